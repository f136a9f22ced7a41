"""Make a move: check it, judge it, write it in the journal, then change the file."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy import Connection, select

from ingest.document import Document, Status
from ingest.errors import CouncilError
from ingest.library.front_matter import parse
from kb.council.gate import Gate, Verdict, candidate
from kb.council.header import changed_source, read_source, reviewed_digest, write_source
from kb.council.moves import RULES, STATUSES, Move, Row, check, standing_of
from kb.council.personal import check_personal_numbers
from kb.data_folder import make_data_folder
from kb.journal.chain import canonical
from kb.journal.events import note_move, note_publication
from kb.journal.records import Actor, CouncilMove, Publication
from kb.journal.store import Journal
from kb.journal.tables import council_move
from kb.library import Library, load_library

_PATIENCE = 30  # seconds that a move waits for another one


@dataclass(frozen=True, slots=True)
class Moved:
    """What came of a move; `verdict` is the gate's, when there was one to judge."""

    move: Move
    key: str
    before: Status
    after: Status
    valid_from: date | None
    verdict: Verdict | None = None

    @property
    def is_stopped(self) -> bool:
        """Say whether the gate held the publication back."""
        return self.verdict is not None and not self.verdict.passed


@dataclass(frozen=True, slots=True)
class Desk:
    """What a move needs: the library's folder, the journal, the gate, a folder for the lock."""

    library: Path
    journal: Journal
    gate: Gate
    locks: Path


def make_move(
    desk: Desk,
    move: Move,
    name: str,
    *,
    actor: Actor,
    now: datetime,
    today: date,
    note: str = "",
    valid_from: date | None = None,
    reviewed: bool = False,
) -> Moved:
    """Make a move on the edition `id` or `id@edition`.

    `reviewed` says of a publication that a person has seen its personal numbers and that they may
    stand; it is written in the journal.

    The journal is written before the file: a break between leaves a move that the file does not
    show, which the list points out, and never a publication without a trace.

    Raises:
        CouncilError: it may not be made; nothing is changed.
    """
    make_data_folder(desk.locks)
    try:
        with FileLock(desk.locks / "council.lock", timeout=_PATIENCE):
            return _move(desk, move, name, actor, now, today, note, valid_from, reviewed)
    except Timeout as error:
        raise CouncilError("En annan åtgärd pågår. Försök igen om en stund.") from error


def _move(
    desk: Desk,
    move: Move,
    name: str,
    actor: Actor,
    now: datetime,
    today: date,
    note: str,
    valid_from: date | None,
    reviewed: bool,
) -> Moved:
    library = load_library(desk.library)
    document = find_edition(library, name, statuses=tuple(RULES[move].leads))
    if document.path is None:
        raise CouncilError(f"{document.key} ligger inte i en fil. Kör vagvisaren ingest.")
    digest = reviewed_digest(document)
    with desk.journal.looking() as connection:
        standing = standing_of(moves_of(connection, document), digest)
    after = check(move, document, standing, actor)
    source = read_source(document.path)
    starts = _first_day(document, today, valid_from) if move is Move.PUBLISH else None
    changed = changed_source(source, status=after, valid_from=starts)
    verdict = None
    if move is Move.PUBLISH:
        coming = parse(changed, path=document.path)
        seen = check_personal_numbers(coming, today=today, reviewed=reviewed)
        note = " ".join(filter(None, (note, seen)))
        verdict = desk.gate(candidate(library, coming))
    stopped = verdict is not None and not verdict.passed
    moved = Moved(move, document.key, document.front.status, after, starts, verdict)
    if stopped:
        moved = replace(moved, after=document.front.status)
    with desk.journal.writing() as connection:
        entry = CouncilMove(
            move.value, document.front.id, document.front.edition, moved.before.value,
            moved.after.value, digest, note or (verdict.summary if stopped and verdict else ""),
            stopped,
        )  # fmt: skip
        identity = note_move(connection, entry, actor=actor, now=now)
        if move is Move.PUBLISH and verdict and verdict.passed:
            published = parse(changed, path=document.path)
            record = Publication(
                identity, document.front.id, document.front.edition, reviewed_digest(published),
                changed, canonical(asdict(verdict)),
            )  # fmt: skip
            note_publication(connection, record, actor=actor, now=now)
    if changed != source and not stopped:
        if read_source(document.path) != source:
            raise CouncilError(f"{document.path.name} ändrades under tiden. Kör kommandot igen.")
        write_source(document.path, changed)
    return moved


def find_edition(library: Library, name: str, *, statuses: Sequence[Status] = ()) -> Document:
    """Return the edition named `id@edition`, or `id` if that says which.

    Of several editions of an id the one with a status in `statuses` is meant.

    Raises:
        CouncilError: there is none, or more than one could be meant.
    """
    identifier, _, edition = name.partition("@")
    found = [
        document
        for document in library.documents
        if document.front.id == identifier and edition in ("", document.front.edition)
    ]
    if not found:
        raise CouncilError(f"{name} finns inte i biblioteket. Kör vagvisaren council list.")
    fitting = [document for document in found if document.front.status in statuses]
    if len(fitting) == 1:
        return fitting[0]
    if len(found) > 1:
        editions = ", ".join(f"{one.key} ({STATUSES[one.front.status]})" for one in found)
        raise CouncilError(f"{name} har flera utgåvor: {editions}. Skriv en av dem.")
    return found[0]


def moves_of(connection: Connection, document: Document) -> list[Row]:
    """Return the moves on an edition, oldest first."""
    query = select(council_move).where(
        council_move.c.document_id == document.front.id,
        council_move.c.edition == document.front.edition,
    )
    return [dict(row) for row in connection.execute(query.order_by(council_move.c.at)).mappings()]


def _first_day(document: Document, today: date, chosen: date | None) -> date | None:
    """Return the first day to write: the one chosen, today if none stands there, else none."""
    if chosen and document.front.valid_to and document.front.valid_to < chosen:
        raise CouncilError(
            f"{document.key} gäller till och med {document.front.valid_to}. "
            "Välj en tidigare dag med --valid-from."
        )
    return chosen or (None if document.front.valid_from else today)
