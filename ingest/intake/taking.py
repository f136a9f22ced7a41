"""Take one file that was read: place it, look it through, write it."""

from collections.abc import Sequence
from dataclasses import replace

from ingest.document import Document, Status
from ingest.errors import RefusedFileError
from ingest.files.kept import keep, kept_reading
from ingest.intake.changes import compare
from ingest.intake.claims import claims_of, warn_of_claims
from ingest.intake.own_header import stays_withdrawn, warn_of_withdrawn
from ingest.intake.placing import Place, override, place_new, place_next, place_own, with_origin
from ingest.intake.reading import File, Reading, read_file, read_own
from ingest.intake.shelf import Shelf, write_document
from ingest.intake.taken import FileOutcome, Taken, Terms
from ingest.library.alike import find_akin
from ingest.metadata.proposals import Proposal
from ingest.screening.look_through import Sighting, look_through, name_places, stopping, warn_of


def is_unchanged(file: File, shelf: Shelf) -> bool:
    """Say whether the library's newest edition from this file has these very bytes."""
    return any(
        known.front.original_digest == file.digest for known in shelf.find(file.label, file.digest)
    )


def take(file: File, reading: Reading | None, shelf: Shelf, terms: Terms) -> Taken:
    """Give a file its place in the library; one without a reading is read if it must be.

    Raises:
        RefusedFileError, FrontMatterError: it cannot be; nothing is written.
    """
    if shelf.holds(file.path):
        raise RefusedFileError("Filen ligger redan i biblioteket. Ändra den där och kör sync.")
    fault = shelf.broken.get(file.digest) or shelf.broken.get(file.label)
    if fault:
        raise RefusedFileError(f"Dokumentet som filen hör till måste rättas först. {fault}")
    if is_unchanged(file, shelf):
        return _take_again(file, shelf, terms)
    reading = reading or read_file(file)
    coming = with_origin(reading.document, file.label, file.digest)
    placed = _place(file, coming, reading, shelf, terms)
    own = reading.document.front if reading.own_id else None
    proposals = claims_of(own, reading.conversion, file.label, shelf)
    said = warn_of_claims(own, proposals, placed.document.front, shelf)
    warned = replace(placed, warnings=(*reading.warnings, *placed.warnings, *said))
    return _settle(file, warned, reading, shelf, terms, proposals)


def _place(file: File, coming: Document, reading: Reading, shelf: Shelf, terms: Terms) -> Place:
    """Find out what the file is to the library."""
    if reading.own_id:
        return place_own(coming, shelf, terms.overrides)
    named = shelf.find(file.label, file.digest)
    known = find_akin(coming.body, named)
    if known is not None:
        return place_next(known, coming, shelf, terms.overrides)
    placed = place_new(coming, shelf, terms.overrides, own_id=False)
    if not named:
        return placed
    warning = (
        f"En fil med samma namn är läst som {named[0].key}, men texten är en helt annan: den här "
        "blev ett nytt dokument."
    )
    return replace(placed, warnings=(*placed.warnings, warning))


def _take_again(file: File, shelf: Shelf, terms: Terms) -> Taken:
    """Take in bytes that are in the library: only what is newly said of them can change.

    What the council has withdrawn stays so: an intake that is run again publishes nothing anew.
    """
    (known,) = shelf.find(file.label, file.digest)
    conversion = kept_reading(shelf.library, file.digest)
    own = read_own(file.path) if conversion is None else None
    header = own.document.front if own else None
    read = own or conversion
    said = override(known.front, terms.overrides)
    is_held = stays_withdrawn(known.front, terms.overrides)
    document = replace(known, front=replace(said, status=known.front.status) if is_held else said)
    proposals = claims_of(header, conversion, file.label, shelf)
    claims = warn_of_claims(header, proposals, document.front, shelf)
    warnings = (*(read.warnings if read else ()), *claims)
    if document.front != known.front:
        placed = Place(document, "changed", known, warnings)
        return _settle(file, placed, None, shelf, terms, proposals)
    sightings = look_through(known, today=terms.today, public=terms.public)
    told = (warn_of_withdrawn(known.key),) if is_held else ()
    outcome = FileOutcome(str(file.path), "unchanged", known.front.id, warnings=told)
    remarks = (*warnings, *told, *warn_of(sightings), *terms.review(known))
    return Taken(
        file.path, outcome, known, proposals=proposals, sightings=sightings, remarks=remarks
    )


def _settle(
    file: File,
    placed: Place,
    reading: Reading | None,
    shelf: Shelf,
    terms: Terms,
    proposals: tuple[Proposal, ...],
) -> Taken:
    """Look a placed Document through, write it unless this is a preview, and tell of it.

    The original is kept before the Document is written: a kill in between leaves no Document
    without its original.
    """
    document, earlier = placed.document, placed.earlier
    sightings = look_through(document, today=terms.today, public=terms.public)
    _guard(file, document, sightings, terms)
    if not terms.preview:
        keep(shelf.library, file.digest, file.path, reading.conversion if reading else None)
        document = write_document(document)
    replaced = earlier if earlier and earlier.path == document.path else None
    shelf.add(document, instead_of=replaced)
    warnings = (*placed.warnings, *warn_of(sightings), *terms.review(document))
    pages = reading.pages if reading else None
    outcome = FileOutcome(str(file.path), placed.outcome, document.front.id, None, warnings, pages)
    changes = compare(earlier, document) if earlier else None
    return Taken(
        file.path, outcome, document, earlier, changes, proposals, sightings, remarks=warnings
    )


def _guard(file: File, document: Document, sightings: Sequence[Sighting], terms: Terms) -> None:
    """Refuse to publish personal numbers that no reviewer has said may stand."""
    stop = stopping(sightings)
    reviewed = {file.path.name, str(file.path)} & terms.reviewed
    if not stop or document.front.status is not Status.PUBLISHED or reviewed:
        return
    raise RefusedFileError(
        f"Filen kan inte publiceras: den innehåller {name_places(stop)}. Ta bort personnumren och "
        "läs in den igen, läs in den som utkast utan --publish, eller ange efter granskning "
        f"--personal-data-reviewed {file.label}."
    )
