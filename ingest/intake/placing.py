"""Decide what a file that was read becomes in the library: new, the next edition, or refused."""

from dataclasses import dataclass, replace

from ingest.document import Document, FrontMatter, Status
from ingest.errors import RefusedFileError
from ingest.files.kept import kept_original, kept_reading
from ingest.intake.own_header import admit, stays_withdrawn, warn_of_withdrawn
from ingest.intake.reading import as_read, read_own
from ingest.intake.revision import revise
from ingest.intake.shelf import Shelf
from ingest.intake.taken import FileResult, Overrides
from ingest.library.editions import slug


@dataclass(frozen=True, slots=True)
class Place:
    """A Document with its path, what that is to the library, and the edition it comes after."""

    document: Document
    outcome: FileResult
    earlier: Document | None = None
    warnings: tuple[str, ...] = ()


def place_new(coming: Document, shelf: Shelf, overrides: Overrides, *, own_id: bool) -> Place:
    """Give a new Document an id, unless it has its own, and a path that no other has."""
    front = override(coming.front, overrides)
    if not own_id:
        front = replace(front, id=shelf.free_id(slug(front.title)))
    document = Document(front, coming.body, shelf.free_path(front))
    twin = shelf.find_twin(coming.body)
    if twin is None:
        return Place(document, "added")
    warning = (
        f"Samma text finns redan i dokumentet {twin}. Behåll ett av dem, annars citeras texten "
        "två gånger."
    )
    return Place(document, "added", warnings=(warning,))


def place_next(known: Document, coming: Document, shelf: Shelf, overrides: Overrides) -> Place:
    """Make the next edition of a Document whose file has changed.

    A draft is replaced, if all that a curator did to it follows; what is in review or published
    is never written over: the next edition is a draft in a file of its own.
    """
    revision = revise(known, coming, read=_first_read(known, shelf))
    label, digest = coming.front.original, coming.front.original_digest
    front = override(with_origin(revision.document, label, digest).front, overrides)
    body = revision.document.body
    again = with_origin(known, label, digest)
    if body.strip() == known.body.strip() and front == override(again.front, overrides):
        warning = "Originalet är sparat på nytt; texten är densamma."
        outcome: FileResult = "unchanged" if front == again.front else "changed"
        return Place(replace(again, front=front), outcome, known, (warning,))
    status = overrides.status or Status.DRAFT
    front = replace(front, edition=shelf.next_edition(known.front), status=status)
    in_place = known.front.status is Status.DRAFT and revision.is_whole
    path = known.path if in_place and known.path else shelf.free_path(front)
    warnings = revision.warnings
    if known.front.status is Status.PUBLISHED and status is not Status.PUBLISHED:
        warnings += (_waits(Document(front, body, path), known),)
    return Place(Document(front, body, path), "changed", known, warnings)


def place_own(own: Document, shelf: Shelf, overrides: Overrides) -> Place:
    """Place a file that is a Document already: it says its id and edition itself.

    Its state is the curator's: see `own_header`. An edition that is in review or published is
    written over only by what the curator publishes; otherwise the next one is a draft beside it.

    Raises:
        RefusedFileError: that very edition has been changed in the library, in the same places.
    """
    if stays_withdrawn(own.front, overrides):
        placed = place_own(own, shelf, replace(overrides, status=None))
        return replace(placed, warnings=(*placed.warnings, warn_of_withdrawn(own.key)))
    coming = admit(own, overrides)
    known = shelf.documents.get(coming.key)
    if known is None:
        placed = place_new(coming, shelf, overrides, own_id=True)
        earlier = shelf.newest(coming.front.id)
        return _after(placed, earlier) if earlier else placed
    revision = revise(known, coming, read=_first_read(known, shelf))
    if not revision.is_whole:
        raise RefusedFileError(
            f"{known.key} har ändrats i biblioteket, och filen på samma ställen. Ge filen en ny "
            "edition, så ligger båda kvar."
        )
    is_held = known.front.status is not Status.DRAFT and overrides.status is not Status.PUBLISHED
    if is_held or known.front.status is Status.WITHDRAWN:
        return place_next(_draft_of(known, coming, shelf), coming, shelf, overrides)
    made = with_origin(revision.document, coming.front.original, coming.front.original_digest)
    document = replace(made, front=override(made.front, overrides), path=known.path)
    return Place(document, "changed", known, revision.warnings)


def _after(placed: Place, earlier: Document) -> Place:
    """Say of a new edition which one it comes after, and what that means if it is in force."""
    front = placed.document.front
    warnings = placed.warnings
    if earlier.front.status is Status.PUBLISHED:
        warnings += (
            f"Utgåva {front.edition} tar över efter utgåva {earlier.front.edition}, som är "
            "publicerad. Var det meningen?"
            if front.status is Status.PUBLISHED
            else _waits(placed.document, earlier),
        )
    return replace(placed, outcome="changed", earlier=earlier, warnings=warnings)


def _waits(document: Document, published: Document) -> str:
    """Say that a draft changes nothing yet."""
    name = document.path.name if document.path else document.key
    return (
        f"Utgåva {document.front.edition} är ett utkast i {name}; utgåva "
        f"{published.front.edition} gäller tills den nya publiceras."
    )


def _draft_of(known: Document, coming: Document, shelf: Shelf) -> Document:
    """Return the draft that an earlier change of the same file left beside an edition, if any."""
    newest = shelf.newest(known.front.id)
    is_its = newest is not None and newest.front.original == coming.front.original
    return newest if newest and is_its and newest.front.status is Status.DRAFT else known


def with_origin(document: Document, label: str | None, digest: str | None) -> Document:
    """Return a Document that says which file it was made from."""
    front = replace(document.front, original=label, original_digest=digest)
    return replace(document, front=front)


def override(front: FrontMatter, overrides: Overrides) -> FrontMatter:
    """Return front matter with what the person who takes files in says of it."""
    return replace(
        front,
        kind=overrides.kind or front.kind,
        title=overrides.title or front.title,
        year=overrides.year or front.year,
        valid_from=overrides.valid_from or front.valid_from,
        valid_to=overrides.valid_to or front.valid_to,
        status=overrides.status or front.status,
    )


def _first_read(known: Document, shelf: Shelf) -> Document | None:
    """Return what a Document's original was read as, before anyone touched it."""
    digest = known.front.original_digest or ""
    conversion = kept_reading(shelf.library, digest)
    if conversion is not None:
        return as_read(conversion, known.front.original or "")
    original = kept_original(shelf.library, digest)
    own = read_own(original) if original else None
    return own.document if own else None
