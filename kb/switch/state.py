"""Turn the service off or on, as an event in the journal, and read how it stands."""

import unicodedata
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from ingest.errors import SettingsError
from kb.journal.chain import append
from kb.journal.masking import writable
from kb.journal.records import Actor, Record, SwitchMove
from kb.journal.store import Journal
from kb.journal.tables import switch
from kb.journal.turns import who

MOST_MESSAGE = 500  # characters of what the public is told


@dataclass(frozen=True, slots=True)
class Standing:
    """How the switch stands: `is_on` with empty messages until somebody has turned it off.

    `message` is what the public reads in Swedish, `message_en` in English (empty: none was given);
    `at` and `by` say when and by whom it was last turned, for the command line alone.
    """

    is_on: bool = True
    message: str = ""
    message_en: str = ""
    at: str = ""
    by: str = ""


def turn_switch(journal: Journal, move: SwitchMove, *, actor: Actor, now: datetime) -> str:
    """Write that the service is turned off or on; return the record's id.

    Raises:
        SettingsError: it is turned off without a message, or one is too long.
        JournalError: it could not be written; then the switch stands as it did.
    """
    kept = _tidy(move)
    with journal.writing() as connection:
        row = connection.execute(select(switch.c.n).order_by(switch.c.n.desc()).limit(1)).first()
        values = {**who(actor), **asdict(kept), "n": row.n + 1 if row else 1}
        return append(connection, Record.SWITCH, values, now=now)


def read_switch(connection: Connection) -> Standing:
    """Return how the switch stands."""
    row = connection.execute(select(switch).order_by(switch.c.n.desc()).limit(1)).first()
    if row is None:
        return Standing()
    return Standing(row.is_on, row.message, row.message_en, at=row.at, by=row.actor)


def _tidy(move: SwitchMove) -> SwitchMove:
    """Make each message one line that says something."""
    message, message_en = (_line(text) for text in (move.message, move.message_en))
    if move.is_on:
        return SwitchMove(is_on=True)
    if not message:
        raise SettingsError('Skriv vad medarbetarna ska få veta: --message "…".')
    if max(len(message), len(message_en)) > MOST_MESSAGE:
        raise SettingsError(f"Meddelandet är för långt. Skriv högst {MOST_MESSAGE} tecken.")
    return SwitchMove(is_on=False, message=message, message_en=message_en)


def _line(text: str) -> str:
    """Return a text as one line; control characters and marks of direction become spaces."""
    shown = (" " if unicodedata.category(one).startswith("C") else one for one in writable(text))
    return " ".join("".join(shown).split())
