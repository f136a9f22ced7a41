"""Write everything but turns: feedback, sign-ins, and that somebody read the journal."""

from dataclasses import asdict, replace
from datetime import datetime

from sqlalchemy import Connection, select

from ingest.errors import UnknownAnswerError
from kb.journal.chain import append
from kb.journal.masking import mask_person, writable
from kb.journal.records import Actor, CouncilMove, Feedback, Publication, Reading, Record, SignIn
from kb.journal.store import Journal
from kb.journal.tables import turn
from kb.journal.turns import who

MOST_COMMENT = 2_000  # characters of a comment that are kept


def note_feedback(journal: Journal, feedback: Feedback, *, actor: Actor, now: datetime) -> str:
    """Write what a person thought of an answer, the comment masked; return its id.

    Raises:
        UnknownAnswerError: there is no such turn.
        JournalError: it cannot be written.
    """
    today = now.date()
    kept = replace(
        feedback,
        reason=mask_person(feedback.reason[:MOST_COMMENT], today=today),
        comment=mask_person(feedback.comment[:MOST_COMMENT], today=today),
    )
    with journal.writing() as connection:
        if connection.execute(select(turn.c.id).where(turn.c.id == kept.turn)).first() is None:
            raise UnknownAnswerError("Svaret finns inte i journalen. Kontrollera dess id.")
        return append(connection, Record.FEEDBACK, who(actor) | asdict(kept), now=now)


def note_sign_in(journal: Journal, event: SignIn, *, actor: Actor, now: datetime) -> str:
    """Write an event of signing in; return its id."""
    kept = asdict(replace(event, detail=writable(event.detail)))
    with journal.writing() as connection:
        return append(connection, Record.SIGN_IN, who(actor) | kept, now=now)


def note_reading(connection: Connection, reading: Reading, *, actor: Actor, now: datetime) -> str:
    """Write that somebody reads the journal, before anything is shown; return its id."""
    kept = replace(reading, filter=mask_person(reading.filter, today=now.date()))
    return append(connection, Record.READING, who(actor) | asdict(kept), now=now)


def note_move(connection: Connection, move: CouncilMove, *, actor: Actor, now: datetime) -> str:
    """Write a move of the council within the caller's write; return its id."""
    kept = replace(move, note=mask_person(move.note, today=now.date()))
    return append(connection, Record.COUNCIL_MOVE, who(actor) | asdict(kept), now=now)


def note_publication(
    connection: Connection, publication: Publication, *, actor: Actor, now: datetime
) -> str:
    """Write an edition as it was published within the caller's write; return its id."""
    kept = replace(publication, source=writable(publication.source))
    return append(connection, Record.PUBLICATION, who(actor) | asdict(kept), now=now)
