"""Take files into the library: convert, name, compare with what is there, write."""

import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Literal

from ingest.clean import clean, warn_of_removed
from ingest.decode import read_text
from ingest.document import Document, FrontMatter, Kind, Status
from ingest.errors import FrontMatterError, RefusedFileError
from ingest.front_matter import has_front_matter, parse
from ingest.isolation import convert_isolated
from ingest.render import to_markdown
from ingest.shelf import Shelf, keep_original, open_shelf, write_document

FileResult = Literal["added", "changed", "unchanged", "refused"]

_MOST_BYTES = 25 * 2**20
_LONGEST_HEADER = 64 * 1024
_OWN_ID = re.compile(r"(?m)^id:\s*\S")
_LONGEST_ID = 80
_UNTITLED = "Namnlöst dokument"


@dataclass(frozen=True, slots=True)
class Overrides:
    """What the person who takes files in says of them; None leaves it to the text."""

    kind: Kind | None = None
    title: str | None = None
    year: int | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    status: Status | None = None


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """What became of one file; the keys of the JSON that `vagvisaren ingest` prints."""

    path: str
    outcome: FileResult
    document_id: str | None = None
    reason: str | None = None
    warnings: tuple[str, ...] = ()
    pages: int | None = None
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class _Draft:
    """A file as a Document without a place in the library yet; `own_id` when it names its id."""

    document: Document
    warnings: tuple[str, ...]
    pages: int | None
    own_id: bool


def intake(
    paths: Sequence[Path], *, library: Path, overrides: Overrides, publish: bool
) -> Iterator[FileOutcome]:
    """Take files and folders into the library, one outcome a file, in order.

    Folders are walked in name order, hidden files left out. The same bytes with the same
    overrides are `unchanged` and the Document is not touched, so that a curator's corrections
    stay; a new version of a file known by its name keeps what the curator wrote in the front
    matter and counts the edition up. One bad file stops nothing. Raises RefusedFileError when
    the library cannot be written to.
    """
    if publish:
        overrides = replace(overrides, status=Status.PUBLISHED)
    files = list(_walk(paths))
    shelf = open_shelf(library, coming={_digest(path) for path in files})
    for path in files:
        start = time.perf_counter()
        try:
            outcome = _take(path, shelf, overrides)
        except (RefusedFileError, FrontMatterError) as error:
            outcome = FileOutcome(str(path), "refused", reason=str(error))
        yield replace(outcome, seconds=round(time.perf_counter() - start, 3))


def _walk(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        for inner in sorted(path.rglob("*")):
            hidden = any(part.startswith(".") for part in inner.relative_to(path).parts)
            if inner.is_file() and not hidden:
                yield inner


def _digest(path: Path) -> str:
    """Return `sha256:` and the digest of a file; "" when it cannot or should not be read."""
    try:
        if not path.is_file() or path.stat().st_size > _MOST_BYTES:
            return ""
        return "sha256:" + sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def _take(path: Path, shelf: Shelf, overrides: Overrides) -> FileOutcome:
    if shelf.holds(path):
        raise RefusedFileError("Filen ligger redan i biblioteket. Ändra den där och kör sync.")
    digest = _digest(path)
    label = _label(path)
    known = shelf.find(label, digest) if digest else None
    if known and known.front.original_digest == digest:
        return _take_again(path, known, shelf, overrides)
    draft = _read(path, label)
    if draft.own_id:
        known = shelf.documents.get(draft.document.front.id)
    front = replace(draft.document.front, original=label, original_digest=digest)
    if known is None:
        front, warnings = _place(front, draft, shelf, overrides)
        outcome: FileResult = "added"
    else:
        if not draft.own_id:
            edition = _next(known.front.edition)
            front = replace(known.front, edition=edition, original=label, original_digest=digest)
        front, warnings = _override(front, overrides), draft.warnings
        outcome = "changed"
    document = Document(front, draft.document.body, known.path if known else None)
    keep_original(path, shelf.library, digest)
    shelf.add(write_document(document, shelf.library))
    return FileOutcome(str(path), outcome, front.id, None, warnings, draft.pages)


def _place(
    front: FrontMatter, draft: _Draft, shelf: Shelf, overrides: Overrides
) -> tuple[FrontMatter, tuple[str, ...]]:
    """Return the front matter of a new Document with an id of its own, and the warnings."""
    front = _override(front, overrides)
    if not draft.own_id:
        front = replace(front, id=shelf.free_id(_slug(front.title)))
    twin = shelf.find_twin(draft.document.body)
    if twin is None:
        return front, draft.warnings
    warning = (
        f"Samma text finns redan i dokumentet {twin}. Behåll ett av dem, annars citeras texten "
        "två gånger."
    )
    return front, (*draft.warnings, warning)


def _take_again(path: Path, known: Document, shelf: Shelf, overrides: Overrides) -> FileOutcome:
    """Take in bytes that are in the library: only what is newly said of them can change."""
    front = _override(known.front, overrides)
    if front == known.front:
        return FileOutcome(str(path), "unchanged", front.id)
    shelf.add(write_document(replace(known, front=front), shelf.library))
    return FileOutcome(str(path), "changed", front.id)


def _read(path: Path, label: str) -> _Draft:
    if path.suffix.lower() in (".md", ".markdown") and _digest(path):
        own = _read_own(path)
        if own:
            return own
    conversion = convert_isolated(path, max_bytes=_MOST_BYTES)
    found = conversion.metadata
    title = found.title or re.sub(r"[_\s]+", " ", Path(label).stem).strip() or _UNTITLED
    front = FrontMatter(
        id="",
        title=title,
        kind=found.kind or Kind.GUIDANCE,
        year=found.year,
        decided_by=found.decided_by,
        dnr=found.dnr,
    )
    body = to_markdown(conversion.blocks)
    return _Draft(Document(front, body), conversion.warnings, conversion.pages, own_id=False)


def _read_own(path: Path) -> _Draft | None:
    """Read a Markdown file that is a Document already: its header has an id of ours."""
    cleaned = clean(read_text(path))
    if not has_front_matter(cleaned.text):
        return None
    header = cleaned.text.split("\n---", 1)[0]
    if not _OWN_ID.search(header):
        return None
    if len(header) > _LONGEST_HEADER:
        raise RefusedFileError(
            f"{path.name}: huvudet är orimligt långt. Korta det till uppgifterna om dokumentet."
        )
    return _Draft(parse(cleaned.text, path=path), warn_of_removed([cleaned]), None, own_id=True)


def _override(front: FrontMatter, overrides: Overrides) -> FrontMatter:
    return replace(
        front,
        kind=overrides.kind or front.kind,
        title=overrides.title or front.title,
        year=overrides.year or front.year,
        valid_from=overrides.valid_from or front.valid_from,
        valid_to=overrides.valid_to or front.valid_to,
        status=overrides.status or front.status,
    )


def _label(path: Path) -> str:
    """Return a file's name as a label: shown and compared, never used as a path."""
    name = clean(path.name).text
    return " ".join(name.split())[:150]


def _slug(title: str) -> str:
    """Return a readable id of a title; a year at its end survives shortening."""
    plain = title.lower().translate(str.maketrans("åäöéüæø", "aaoeuao"))
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    year = re.search(r"-(?:19|20)\d\d$", slug)
    if len(slug) > _LONGEST_ID:
        tail = year.group() if year else ""
        slug = slug[: _LONGEST_ID - len(tail)].rsplit("-", 1)[0] + tail
    return slug or "dokument"


def _next(edition: str) -> str:
    """Count the last number of an edition up: `1` to `2`, `2026-1` to `2026-2`."""
    match = re.search(r"\d+$", edition)
    if match is None:
        return f"{edition}-2"
    return edition[: match.start()] + str(int(match.group()) + 1)
