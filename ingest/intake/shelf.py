"""The library as intake sees it: which Documents it holds, and how they are written."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from filelock import FileLock, Timeout

from ingest.document import Document, FrontMatter
from ingest.errors import FrontMatterError, RefusedFileError
from ingest.files.kept import ORIGINALS, write_whole
from ingest.library.alike import Shingles, are_twins, twin_shingles
from ingest.library.editions import age, file_stem, next_edition
from ingest.library.front_matter import dump, load, parse

_ORIGIN = re.compile(r"(?m)^original(?:_digest)?:\s*(\S.*)$")


@dataclass(slots=True)
class Shelf:
    """The Documents of one library folder by `id@edition`, kept level while files are taken in.

    `coming` holds the digests of the files of this intake: a Document whose bytes are among
    them is not up for replacement by another file of the same name. `taken` holds the names of
    the Markdown files, malformed ones too, so that none is overwritten; `broken` says what is
    wrong with the Document that a file name or digest belongs to.
    """

    library: Path
    documents: dict[str, Document] = field(default_factory=dict)
    coming: frozenset[str] = frozenset()
    taken: set[str] = field(default_factory=set)
    broken: dict[str, str] = field(default_factory=dict)
    _latest: dict[str, Document] = field(default_factory=dict)
    _ids_of: dict[str, set[str]] = field(default_factory=dict)
    _keys_of: dict[str, set[str]] = field(default_factory=dict)
    _shingles: dict[str, Shingles] = field(default_factory=dict)

    def find(self, label: str, digest: str) -> tuple[Document, ...]:
        """Return the edition made from these bytes, else the newest ones of this file's name.

        Bytes that come back after others, under one name, are a change of the newest edition.
        Several Documents may come from files of one name, in different folders.
        """
        if not digest:
            return ()
        same = [self.documents[key] for key in sorted(self._keys_of.get(digest, ()))]
        named = (self._latest[identity] for identity in sorted(self._ids_of.get(label, ())))
        older = [
            one
            for one in named
            if one.front.original == label and one.front.original_digest not in self.coming
        ]
        if not same:
            return tuple(older)
        best = next((one for one in same if one.front.original == label), same[0])
        return (next((one for one in older if one.front.id == best.front.id), best),)

    def newest(self, identity: str) -> Document | None:
        """Return the newest edition of an id."""
        return self._latest.get(identity)

    def holds(self, path: Path) -> bool:
        """Return whether a file lies in the library folder itself."""
        return path.resolve().is_relative_to(self.library.resolve())

    def find_twin(self, body: str) -> str | None:
        """Return the id of a Document with (nearly) the same words, whatever its format was."""
        words = twin_shingles(body)
        for key, document in self.documents.items():
            if key not in self._shingles:
                self._shingles[key] = twin_shingles(document.body)
            if are_twins(words, self._shingles[key]):
                return document.front.id
        return None

    def named_in(self, text: str) -> Document | None:
        """Return the newest edition whose title or dnr a text names; the longest title wins."""
        said = text.casefold()
        named = [
            one
            for one in self._latest.values()
            if _is_named(one.front.title, said)
            or (one.front.dnr and _is_named(one.front.dnr, said))
        ]
        return max(named, key=lambda one: len(one.front.title), default=None)

    def free_id(self, wanted: str) -> str:
        """Return an id no Document has: `plan`, `plan-2`, `plan-3`."""
        number, identity = 1, wanted
        while identity in self._latest or identity in self.taken:
            number += 1
            identity = f"{wanted}-{number}"
        return identity

    def next_edition(self, front: FrontMatter) -> str:
        """Return the first edition after a Document's that its id does not have."""
        edition = next_edition(front.edition)
        while f"{front.id}@{edition}" in self.documents:
            edition = next_edition(edition)
        return edition

    def free_path(self, front: FrontMatter) -> Path:
        """Return a path for a new file: `plan.md`, for a later edition `plan@2.md`."""
        first = front.id if front.id not in self.taken else file_stem(front)
        number, stem = 1, first
        while stem in self.taken:
            number += 1
            stem = f"{first}-{number}"
        return self.library / f"{stem}.md"

    def add(self, document: Document, *, instead_of: Document | None = None) -> None:
        """Note a Document that was written, over another if it took its place."""
        if instead_of is not None:
            self._remove(instead_of)
        self._remove(document)
        front = document.front
        self.documents[document.key] = document
        self._keys_of.setdefault(front.original_digest or "", set()).add(document.key)
        self._ids_of.setdefault(front.original or "", set()).add(front.id)
        latest = self._latest.get(front.id)
        if latest is None or age(front.edition) >= age(latest.front.edition):
            self._latest[front.id] = document
        if document.path:
            self.taken.add(document.path.stem.lower())

    def _remove(self, document: Document) -> None:
        there = self.documents.pop(document.key, None)
        self._shingles.pop(document.key, None)
        if there is not None:
            self._keys_of[there.front.original_digest or ""].discard(there.key)


def open_shelf(library: Path, *, coming: Iterable[str]) -> Shelf:
    """Read a library folder; a missing one is empty.

    A malformed Document is left alone here: `sync` reports it, and its file is refused.
    """
    shelf = Shelf(library, coming=frozenset(coming))
    for path in sorted(library.rglob("*.md")):
        if is_apart(path.relative_to(library)):
            continue
        shelf.taken.add(path.stem.lower())
        try:
            shelf.add(load(path))
        except FrontMatterError as error:
            shelf.broken.update(dict.fromkeys(_origin(path), str(error)))
    return shelf


def _is_named(name: str, said: str) -> bool:
    """Say whether a text in lower case has a name in it, as whole words."""
    return bool(re.search(rf"(?<!\w){re.escape(name.casefold())}(?!\w)", said))


def _origin(path: Path) -> list[str]:
    """Return the file name and the digest that a malformed Document says it was made from."""
    with suppress(OSError):
        text = path.read_text(encoding="utf-8", errors="replace")
        return [line.strip("'\" ") for line in _ORIGIN.findall(text)]
    return []


def is_apart(path: Path) -> bool:
    """Say whether a file of the library is no Document: originals, tables, hidden, README."""
    parts = {ORIGINALS, "tables"} & set(path.parts[:-1])
    return bool(parts) or path.name == "README.md" or any(p.startswith(".") for p in path.parts)


@contextmanager
def claimed(library: Path) -> Iterator[None]:
    """Be the only intake that writes in a library; clear what a killed one left half-written.

    Raises:
        RefusedFileError: another is writing, or the folder cannot be made or written to.
    """
    try:
        (library / ORIGINALS).mkdir(parents=True, exist_ok=True)
        lock = FileLock(library / ORIGINALS / ".lock", timeout=0)
        lock.acquire()
    except Timeout as error:
        raise RefusedFileError(
            f"Någon annan läser just nu in filer i biblioteket {library.name}. Vänta tills det är "
            "klart och kör igen."
        ) from error
    except OSError as error:
        raise RefusedFileError(
            f"Biblioteket {library.name} går inte att skriva i. Ändra mappens rättigheter eller "
            "välj en annan mapp med --library."
        ) from error
    try:
        for left in (*library.glob(".*.tmp"), *(library / ORIGINALS).glob(".*.tmp")):
            left.unlink(missing_ok=True)
        yield
    finally:
        lock.release()


def write_document(document: Document) -> Document:
    """Write a Document at its path in one step: a crash leaves the old file or the new one.

    Raises:
        FrontMatterError: it could not be read back; nothing is written.
        RefusedFileError: it could not be written.
    """
    path = document.path
    if path is None:
        raise RefusedFileError(f"{document.key} har ingen plats i biblioteket.")
    text = dump(document)
    written = parse(text, path=path)
    write_whole(path, text.encode())
    return replace(document, body=written.body)
