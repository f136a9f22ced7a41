"""Restore a backup where there is nothing yet: an empty library and an empty journal."""

from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection
from sqlalchemy.exc import ArgumentError, CompileError, DataError, IntegrityError

from ingest.errors import BackupError
from kb.backup.archive import JOURNAL, LIBRARY, Contents, unpack
from kb.backup.rows import count_rows, read_rows, table_names
from kb.journal.chain import Head
from kb.journal.schema import HEAD
from kb.journal.store import Journal
from kb.journal.verify import verify

_UNFIT = (ArgumentError, CompileError, IntegrityError, DataError)  # rows that are not the table's


def check_backup(archive: Path, *, scratch: Path) -> Contents:
    """Read a backup through, every part against its digest, without restoring anything.

    Raises:
        BackupError: it is no backup, or not whole.
    """
    scratch.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=scratch) as folder:
        return unpack(archive, Path(folder))


def restore_backup(archive: Path, *, library: Path, journal: Journal) -> Contents:
    """Restore a backup in an empty library and an empty journal; all of it, or nothing.

    The journal's seals are verified against the last link that the backup names before
    anything is kept.

    Raises:
        BackupError: something is there already, or the backup is not whole.
    """
    if library.exists() and (not library.is_dir() or any(library.iterdir())):
        raise BackupError(
            f"{library} är inte tom. Återställ i en ny mapp med --library, så skrivs inget över."
        )
    library.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=library.parent) as folder:
        contents = unpack(archive, Path(folder))
        restored = Path(folder) / LIBRARY
        restored.mkdir(exist_ok=True)
        restored.chmod(0o755)
        try:
            with journal.writing() as connection:
                _fill(connection, Path(folder) / JOURNAL, contents)
                restored.replace(library)
        except BaseException:
            if not restored.exists():  # in place already, but the journal was not kept
                library.replace(restored)
            raise
    return contents


def _fill(connection: Connection, rows: Path, contents: Contents) -> None:
    if there := count_rows(connection):
        raise BackupError(
            f"Journalen är inte tom ({there} rader). Ange en tom databas med "
            "VAGVISAREN_JOURNAL_URL eller en ny mapp med --data, så skrivs inget över."
        )
    if contents.schema_version != HEAD or set(contents.rows) != set(table_names()):
        raise BackupError(
            f"Säkerhetskopian är gjord av Vägvisaren {contents.program}, med andra tabeller i "
            "journalen. Återställ med den versionen och uppgradera sedan."
        )
    for name in table_names():
        try:
            read_rows(connection, name, rows / f"{name}.jsonl")
        except (ValueError, TypeError, AttributeError, FileNotFoundError, *_UNFIT) as error:
            raise BackupError(
                f"Säkerhetskopians rader i {name} går inte att läsa. Ingenting har återställts. "
                "Använd en annan kopia."
            ) from error
    verdict = verify(connection, noted=Head(*contents.last) if contents.last[0] else None)
    if verdict.faults:
        raise BackupError(
            f"Journalen i säkerhetskopian stämmer inte med sina sigill: {verdict.faults[0]}. "
            "Ingenting har återställts."
        )
