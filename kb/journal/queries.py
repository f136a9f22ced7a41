"""Read turns with their sources and feedback out of the journal."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Select, select

from kb.journal.chain import stamp
from kb.journal.tables import citation, feedback, turn

_AT_ONCE = 500  # turns whose sources are fetched together
_JSON = ("notices", "related", "timings", "found")
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which turns are asked for; what is not said does not narrow.

    `since` and `until` are days of the machine's own time zone, both included; `search` stands
    anywhere in question or answer, in upper or lower case.
    """

    since: date | None = None
    until: date | None = None
    user: str | None = None
    session: str | None = None
    turn: str | None = None
    search: str | None = None
    outcomes: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """Say what is asked for, for the journal and for the heading of an export."""
        parts = {
            "från": self.since,
            "till": self.until,
            "användare": self.user,
            "samtal": self.session,
            "svar": self.turn,
            "sökord": self.search,
            "utfall": ", ".join(self.outcomes),
        }
        return "; ".join(f"{name} {value}" for name, value in parts.items() if value) or "allt"


@dataclass(frozen=True, slots=True)
class KeptTurn:
    """A turn as the journal holds it, with its citations and its feedback, oldest first."""

    row: Row
    citations: tuple[Row, ...]
    feedback: tuple[Row, ...]


def find_turns(connection: Connection, wanted: Wanted) -> Iterator[KeptTurn]:
    """Yield the turns that are asked for, oldest first."""
    rows = (_read(dict(row)) for row in connection.execute(_query(wanted)).mappings())
    sought = (wanted.search or "").casefold()
    chosen = (row for row in rows if sought in f"{row['question']}\n{row['text']}".casefold())
    while some := list(islice(chosen, _AT_ONCE)):
        names = [row["id"] for row in some]
        cited = _by_turn(
            {"shown": json.loads(row["content"]), **row}
            for row in connection.execute(
                select(citation).where(citation.c.turn.in_(names)).order_by(citation.c.n)
            ).mappings()
        )
        said = _by_turn(
            connection.execute(
                select(feedback).where(feedback.c.turn.in_(names)).order_by(feedback.c.at)
            ).mappings()
        )
        for row in some:
            name = row["id"]
            yield KeptTurn(row, tuple(cited.get(name, ())), tuple(said.get(name, ())))


def earlier_in_session(connection: Connection, kept: KeptTurn) -> tuple[KeptTurn, ...]:
    """Return the turns of the same conversation before one, oldest first."""
    if not kept.row["session"]:
        return ()
    same = find_turns(connection, Wanted(session=kept.row["session"]))
    return tuple(one for one in same if one.row["at"] < kept.row["at"])


def within(column: Any, since: date | None, until: date | None) -> list[Any]:
    """Return the conditions that a time lies within days, both included."""
    conditions = []
    if since:
        conditions.append(column >= _midnight(since))
    if until:
        conditions.append(column < _midnight(until + timedelta(days=1)))
    return conditions


def _query(wanted: Wanted) -> Select[Any]:
    query = select(turn).order_by(turn.c.at, turn.c.id).execution_options(yield_per=_AT_ONCE)
    equal = {turn.c.actor: wanted.user, turn.c.session: wanted.session, turn.c.id: wanted.turn}
    query = query.where(*(column == value for column, value in equal.items() if value is not None))
    query = query.where(*within(turn.c.at, wanted.since, wanted.until))
    return query.where(turn.c.outcome.in_(wanted.outcomes)) if wanted.outcomes else query


def _read(row: Row) -> dict[str, Any]:
    return {**row, **{name: json.loads(row[name]) for name in _JSON}}


def _by_turn(rows: Sequence[Row] | Iterator[Row] | Any) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["turn"]].append(row)
    return found


def _midnight(day: date) -> str:
    return stamp(datetime.combine(day, time.min).astimezone())
