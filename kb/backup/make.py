"""Make a backup: the journal at one moment, the library while nobody writes in it."""

import io
import os
import tarfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from filelock import FileLock, Timeout

from ingest.errors import BackupError
from ingest.intake.shelf import claimed
from kb.backup.archive import CONTENTS, JOURNAL, LIBRARY, Contents, Part, part_of
from kb.backup.rows import table_names, write_rows
from kb.data_folder import make_data_folder
from kb.journal.chain import head, stamp
from kb.journal.schema import HEAD
from kb.journal.store import Journal

_PATIENCE = 30  # seconds that a backup waits for a move of the council


def make_backup(
    out: Path, *, library: Path, data: Path, journal: Journal, now: datetime
) -> Contents:
    """Write a backup at `out`, whole or not at all; only its owner may read it.

    The index, the models and who is signed in are not part of it: they are made anew.

    Raises:
        BackupError: there is a file there already, something writes in the library, or a file of
            the library cannot be kept.
    """
    if out.exists():
        raise BackupError(f"{out} finns redan. Ange en annan fil med --out.")
    beside = out.with_name(f".{out.name}.tmp")
    try:
        with ExitStack() as stack:
            stack.enter_context(_still(library, data))
            folder = Path(stack.enter_context(TemporaryDirectory(dir=out.parent)))
            file = os.open(beside, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
            stream = stack.enter_context(os.fdopen(file, "wb"))
            contents = _write(stream, library, folder, journal, now)
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(out)
    finally:
        beside.unlink(missing_ok=True)
    return contents


def _write(
    stream: io.BufferedWriter, library: Path, folder: Path, journal: Journal, now: datetime
) -> Contents:
    parts: dict[str, Part] = {}
    with tarfile.open(fileobj=stream, mode="w:gz", format=tarfile.PAX_FORMAT) as tar:
        rows, last = _write_journal(journal, folder)
        files = [(f"{JOURNAL}/{path.name}", path) for path in sorted(folder.iterdir())]
        for name, path in (*files, *_library_files(library)):
            parts[name] = part_of(path)
            with path.open("rb") as source:
                tar.addfile(_entry(name, parts[name].size, now), source)
        contents = Contents(
            made=stamp(now), program=version("vagvisaren"), schema_version=HEAD, last=last,
            rows=rows, parts=parts,
        )  # fmt: skip
        listed = contents.model_dump_json(indent=1).encode()
        tar.addfile(_entry(CONTENTS, len(listed), now), io.BytesIO(listed))
    return contents


def _write_journal(journal: Journal, folder: Path) -> tuple[dict[str, int], tuple[int, str]]:
    """Write every table as it stands at one moment; return the counts and the last link."""
    rows = {}
    with journal.looking() as connection:
        for name in table_names():
            with (folder / f"{name}.jsonl").open("wb") as out:
                rows[name] = write_rows(connection, name, out)
        last = head(connection)
        return rows, (last.n, last.seal)


def _library_files(library: Path) -> Iterator[tuple[str, Path]]:
    """Yield every file of the library but locks and what is half-written."""
    for path in sorted(library.rglob("*")):
        name = path.relative_to(library).as_posix()
        if path.is_symlink():
            raise BackupError(
                f"{name} i biblioteket är en länk och kan inte säkerhetskopieras. "
                "Lägg filen själv där i stället."
            )
        if path.is_file() and path.name != ".lock" and not path.name.endswith(".tmp"):
            yield f"{LIBRARY}/{name}", path


def _entry(name: str, size: int, now: datetime) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mtime, entry.mode = size, int(now.timestamp()), 0o600
    return entry


@contextmanager
def _still(library: Path, data: Path) -> Iterator[None]:
    """Keep the council's moves and intake away while the library is read."""
    if not library.is_dir():
        raise BackupError(f"Biblioteket {library} finns inte. Ange en mapp med --library.")
    make_data_folder(data)
    try:
        with FileLock(data / "council.lock", timeout=_PATIENCE), claimed(library):
            yield
    except Timeout as error:
        raise BackupError("En åtgärd i rådet pågår. Försök igen om en stund.") from error
