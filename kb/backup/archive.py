"""The backup file: a gzipped tar of parts, and last a list of what they must be.

library/…               the files of the library, originals too
journal/<table>.jsonl   the rows of each table
backup.json             format, time, the journal's last link, size and digest of every part
"""

import tarfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from gzip import BadGzipFile
from hashlib import file_digest
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from ingest.errors import BackupError

CONTENTS = "backup.json"
LIBRARY, JOURNAL = "library", "journal"
_MOST_CONTENTS = 64 * 2**20  # bytes: a library of 200,000 files


class Part(BaseModel):
    """One file of a backup: bytes and `sha256` hex digest."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    size: int
    digest: str


class Contents(BaseModel):
    """What a backup holds; `schema_version` is the journal's migration, `last` its last link."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    format: Literal[1] = 1
    made: str
    program: str
    schema_version: str
    last: tuple[int, str]
    rows: Mapping[str, int]
    parts: Mapping[str, Part]


def part_of(path: Path) -> Part:
    """Return the size and digest of a file."""
    with path.open("rb") as stream:
        return Part(size=path.stat().st_size, digest=file_digest(stream, "sha256").hexdigest())


def unpack(archive: Path, into: Path) -> Contents:
    """Unpack a backup in an empty folder, every part as its list says.

    Raises:
        BackupError: it is no backup, or not whole.
    """
    with _opened(archive) as tar:
        found: dict[str, Part] = {}
        source: bytes | None = None
        for member, stream in _files(tar):
            if member.name == CONTENTS:
                source = stream.read(_MOST_CONTENTS)
                continue
            place = into / _safe(member.name)
            place.parent.mkdir(parents=True, exist_ok=True)
            with place.open("xb") as out:
                while block := stream.read(2**20):
                    out.write(block)
            found[member.name] = part_of(place)
    contents = _read_contents(source)
    differing = {name for name, part in contents.parts.items() if found.get(name) != part}
    if wrong := sorted(differing | (found.keys() - contents.parts.keys())):
        raise BackupError(
            f"Säkerhetskopian är inte hel: {wrong[0]} saknas eller är ändrad ({len(wrong)} filer). "
            "Ingenting har återställts. Använd en annan kopia."
        )
    return contents


def _read_contents(source: bytes | None) -> Contents:
    if source is None:
        raise BackupError(
            "Säkerhetskopian är inte hel: innehållslistan saknas. Ingenting har återställts. "
            "Använd en annan kopia."
        )
    try:
        return Contents.model_validate_json(source)
    except ValidationError as error:
        raise BackupError(
            "Säkerhetskopian är gjord av en annan version av Vägvisaren. Återställ med den "
            "versionen och uppgradera sedan."
        ) from error


@contextmanager
def _opened(archive: Path) -> Iterator[tarfile.TarFile]:
    try:
        with tarfile.open(archive, "r:gz") as tar:
            yield tar
    except (tarfile.TarError, EOFError, BadGzipFile, zlib.error, FileExistsError) as error:
        raise BackupError(
            f"{archive.name} går inte att läsa som säkerhetskopia. Ingenting har återställts. "
            "Använd en annan kopia."
        ) from error


def _files(tar: tarfile.TarFile) -> Iterator[tuple[tarfile.TarInfo, BinaryIO]]:
    """Yield the plain files; anything else (links, devices) is no part of a backup."""
    for member in tar:
        stream = tar.extractfile(member) if member.isfile() else None
        if stream is None:
            raise BackupError(f"Säkerhetskopian håller annat än filer: {member.name!r}.")
        yield member, stream  # type: ignore[misc]  # typeshed says IO[bytes]


def _safe(name: str) -> PurePosixPath:
    """Return a part's name as a path below the folder."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or path.parts[:1] not in ((LIBRARY,), (JOURNAL,)):
        raise BackupError(f"Säkerhetskopian håller ett otillåtet filnamn: {name!r}.")
    return path
