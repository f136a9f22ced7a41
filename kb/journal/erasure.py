"""Erase a person's or a conversation's records on request, and say that it was done."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from ingest.errors import JournalError
from kb.journal.records import Actor, Record, RemovalKind
from kb.journal.removing import Item, Removal, remove, with_parts
from kb.journal.store import Journal
from kb.journal.tables import feedback, sign_in, turn

_PERSONAL = (feedback, sign_in)


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose records are meant: exactly one of the three."""

    user: str | None = None
    session: str | None = None
    turn: str | None = None

    @property
    def rule(self) -> str:
        """Say what was asked for without naming anybody."""
        if self.user is not None:
            return "en användares uppgifter"
        return "ett samtal" if self.session is not None else "ett svar"


def find_records(connection: Connection, whose: Whose) -> tuple[Item, ...]:
    """Return the turns, with their parts, and for a user feedback and sign-ins too.

    What a person did for the council, and that they read the journal, is not theirs to erase.
    """
    chosen = {turn.c.actor: whose.user, turn.c.session: whose.session, turn.c.id: whose.turn}
    given = [(column, value) for column, value in chosen.items() if value]
    if len(given) != 1:
        raise JournalError("Ange ett av --user, --session och --turn.")
    column, value = given[0]
    items = dict.fromkeys(
        with_parts(connection, connection.scalars(select(turn.c.id).where(column == value)))
    )
    if column.name in ("actor", "session"):
        for table in _PERSONAL:
            found = connection.scalars(select(table.c.id).where(table.c[column.name] == value))
            items |= dict.fromkeys(Item(Record(table.name).value, name) for name in found)
    return tuple(items)


def erase(
    journal: Journal,
    whose: Whose,
    *,
    reason: str,
    decision: str,
    actor: Actor,
    now: datetime,
) -> dict[str, int]:
    """Erase records and log it; return how many of each kind went.

    Raises:
        JournalError: no reason is given, nothing is found, or it cannot be written.
    """
    if not reason.strip():
        raise JournalError("Ange skälet till raderingen med --reason.")
    with journal.writing() as connection:
        items = find_records(connection, whose)
        if not items:
            raise JournalError("Inget i journalen hör dit. Kontrollera uppgiften och försök igen.")
        removal = Removal(RemovalKind.ERASURE, whose.rule, decision, reason)
        counts = remove(connection, items, removal, actor=actor, now=now)
    journal.wipe()
    return counts
