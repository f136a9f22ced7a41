"""The library as intake sees it: which Documents it holds, and how they are written."""

import os
import re
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from ingest.document import Document
from ingest.errors import FrontMatterError, RefusedFileError
from ingest.front_matter import dump, load, parse

_ORIGINALS = "originals"
_SHINGLE = 8
_SAME_TEXT = 0.9


@dataclass(slots=True)
class Shelf:
    """The Documents of one library folder, kept level with it while files are taken in.

    `coming` holds the digests of the files of this intake: a Document whose bytes are among
    them is not up for replacement by another file of the same name. `taken` holds the names of
    the Markdown files, malformed ones too, so that none is overwritten.
    """

    library: Path
    documents: dict[str, Document] = field(default_factory=dict)
    coming: frozenset[str] = frozenset()
    taken: set[str] = field(default_factory=set)
    _shingles: dict[str, frozenset[int]] = field(default_factory=dict)

    def find(self, label: str, digest: str) -> Document | None:
        """Return the Document made from these bytes, else from an older file of this name."""
        documents = self.documents.values()
        same = [document for document in documents if document.front.original_digest == digest]
        if same:
            return next((one for one in same if one.front.original == label), same[0])
        for document in documents:
            front = document.front
            if front.original == label and front.original_digest not in self.coming:
                return document
        return None

    def holds(self, path: Path) -> bool:
        """Return whether a file lies in the library folder itself."""
        return path.resolve().is_relative_to(self.library.resolve())

    def find_twin(self, body: str) -> str | None:
        """Return the id of a Document with (nearly) the same words, whatever its format was."""
        words = _shingles(body)
        for identity, document in self.documents.items():
            if identity not in self._shingles:
                self._shingles[identity] = _shingles(document.body)
            other = self._shingles[identity]
            if words and other and _overlap(words, other) >= _SAME_TEXT:
                return identity
        return None

    def free_id(self, wanted: str) -> str:
        """Return an id no Document has: `plan`, `plan-2`, `plan-3`."""
        number, identity = 1, wanted
        while identity in self.documents or identity in self.taken:
            number += 1
            identity = f"{wanted}-{number}"
        return identity

    def add(self, document: Document) -> None:
        """Note a Document that was written."""
        self.documents[document.front.id] = document
        self._shingles.pop(document.front.id, None)


def open_shelf(library: Path, *, coming: Iterable[str]) -> Shelf:
    """Read a library folder, made if missing; raise RefusedFileError if it cannot be written.

    A malformed Document is left alone here: `sync` reports it.
    """
    try:
        library.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=library):
            pass
    except OSError as error:
        raise RefusedFileError(
            f"Biblioteket {library.name} går inte att skriva i. Ändra mappens rättigheter eller "
            "välj en annan mapp med --library."
        ) from error
    shelf = Shelf(library, coming=frozenset(coming))
    for path in sorted(library.glob("*.md")):
        shelf.taken.add(path.stem)
        with suppress(FrontMatterError):
            shelf.add(load(path))
    return shelf


def write_document(document: Document, library: Path) -> Document:
    """Write a Document in one step, so that a crash leaves the old one or the new one.

    Raises FrontMatterError, and writes nothing, if it could not be read back.
    """
    path = document.path or library / f"{document.front.id}.md"
    text = dump(document)
    parse(text, path=path)
    _write(path, text.encode())
    return replace(document, path=path)


def keep_original(path: Path, library: Path, digest: str) -> None:
    """Keep the bytes a Document was made from, named by their digest."""
    extension = re.sub(r"[^.a-z0-9]", "", path.suffix.lower())
    kept = library / _ORIGINALS / f"{digest.removeprefix('sha256:')}{extension}"
    if not kept.exists():
        _write(kept, path.read_bytes())


def _write(path: Path, data: bytes) -> None:
    """Write beside, flush to disk, then put in place."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise RefusedFileError(
            f"{path.name} gick inte att skriva ({error.strerror}). Frigör utrymme eller ändra "
            "mappens rättigheter och försök igen."
        ) from error


def _shingles(body: str) -> frozenset[int]:
    words = re.findall(r"\w+", re.sub(r"<!--.*?-->", " ", body).lower())
    last = max(1, len(words) - _SHINGLE + 1) if words else 0
    return frozenset(hash(tuple(words[at : at + _SHINGLE])) for at in range(last))


def _overlap(first: frozenset[int], second: frozenset[int]) -> float:
    return len(first & second) / min(len(first), len(second))
