"""Remember which files were taken in from which folder, and tell when one is no longer there."""

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from ingest.document import Document, Status
from ingest.files.kept import ORIGINALS, write_whole
from ingest.intake.reading import File
from ingest.intake.shelf import open_shelf

_RECORD = "folders.json"
_Record = dict[str, dict[str, str]]


@dataclass(frozen=True, slots=True)
class Missing:
    """An original that is no longer in its folder, and the Document that stands without it."""

    label: str
    document: Document


def find_missing(
    paths: Sequence[Path], files: Sequence[File], *, library: Path
) -> tuple[Missing, ...]:
    """Return the originals that earlier intakes of these folders had and this one has not.

    A file that was renamed, a Document that was withdrawn and one with a newer edition are not
    told. Nothing is done about a missing original: what is in force is the council's to decide.
    """
    record = _read(library)
    here = {file.digest for file in files}
    gone: dict[str, str] = {}
    for folder in paths:
        now = _inside(folder, files)
        before = record.get(_key(folder), {})
        gone |= {digest: Path(name).name for name, digest in before.items() if name not in now}
    gone = {digest: label for digest, label in gone.items() if digest not in here}
    if not gone:
        return ()
    shelf = open_shelf(library, coming=())
    found = []
    for digest, label in sorted(gone.items(), key=lambda item: item[1]):
        for document in shelf.find(label, digest):
            is_last = shelf.newest(document.front.id) == document
            is_made_of_it = document.front.original_digest == digest
            if is_last and is_made_of_it and document.front.status is not Status.WITHDRAWN:
                found.append(Missing(label, document))
    return tuple(found)


def remember(
    paths: Sequence[Path], files: Sequence[File], *, library: Path, missing: Sequence[Missing]
) -> None:
    """Note what the folders hold now; what is missing stays noted until it is dealt with.

    Raises:
        RefusedFileError: it cannot be written.
    """
    record = _read(library)
    waiting = {one.document.front.original_digest for one in missing}
    for folder in paths:
        if folder.is_dir():
            before = record.get(_key(folder), {})
            kept = {name: digest for name, digest in before.items() if digest in waiting}
            record[_key(folder)] = kept | _inside(folder, files)
    if record != _read(library):
        text = json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True)
        write_whole(library / ORIGINALS / _RECORD, text.encode())


def _inside(folder: Path, files: Sequence[File]) -> dict[str, str]:
    """Return the files of a folder: their names in it, the last part as a label, and digests."""
    inside = {}
    for file in files:
        if folder.is_dir() and file.path.is_relative_to(folder):
            above = file.path.relative_to(folder).parent
            inside[(above / file.label).as_posix()] = file.digest
    return inside


def _key(folder: Path) -> str:
    """Name a folder by a digest of where it lies: the library is shared, the place is not."""
    return sha256(str(folder.resolve()).encode()).hexdigest()[:16]


def _read(library: Path) -> _Record:
    with suppress(OSError, ValueError, AttributeError):
        data = json.loads((library / ORIGINALS / _RECORD).read_text(encoding="utf-8"))
        return {
            str(key): {str(name): str(digest) for name, digest in names.items()}
            for key, names in data.items()
        }
    return {}
