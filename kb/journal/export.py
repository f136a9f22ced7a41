"""Take out what a records request asks for, and write it so that it can be read or processed."""

import csv
import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, select

from kb.journal.chain import stamp
from kb.journal.queries import KeptTurn, Wanted, find_turns, within
from kb.journal.records import Record
from kb.journal.tables import SEALED
from kb.present import to_json

Format = Literal["json", "html", "csv"]
OUTCOMES = {
    "answered": "besvarad",
    "not_covered": "framgår inte av underlaget",
    "out_of_scope": "utanför området",
    "redact_first": "återlämnad: personuppgifter i frågan",
    "refused": "avvisad: försök att styra svaret",
    "failed": "misslyckades",
}
EVENTS = (
    Record.SIGN_IN,
    Record.COUNCIL_MOVE,
    Record.PUBLICATION,
    Record.READING,
    Record.REMOVAL,
    Record.SWITCH,
    Record.TOKEN,
)
"""The kinds that come along with `everything`."""
_HIDDEN = ("salt", "setup", "content", "mode", "source", "secret")
_FORMULA = tuple("=+-@\t\r＝＋－＠")
# Opened with commas between the cells, as in other countries, a cell may begin within ours,
# after a comma or on a new line.
_LATER_CELL = re.compile(r"([,\t\r\n] *)(?=[=+\-@＝＋－＠])")


@dataclass(frozen=True, slots=True)
class Export:
    """An extract: what was asked for, when and by whom it was made, turns and other events."""

    wanted: str
    made: str
    by: str
    turns: tuple[KeptTurn, ...]
    events: Mapping[str, tuple[Mapping[str, Any], ...]]
    names_hidden: bool = False


def take_out(
    connection: Connection,
    wanted: Wanted,
    *,
    by: str,
    now: datetime,
    everything: bool = False,
    hide_names: bool = False,
) -> Export:
    """Collect what is asked for; `hide_names` gives every person a number instead.

    What is wanted narrows the events of `everything` as it narrows the turns.
    """
    turns = tuple(find_turns(connection, wanted))
    events = {kind.value: _events(connection, kind, wanted) for kind in EVENTS if everything}
    export = Export(wanted.text, stamp(now), by, turns, events)
    return _with_numbers(export, wanted) if hide_names else export


def export_json(export: Export) -> str:
    """Return the extract as JSON, one object."""
    data = {
        "extract": {
            "wanted": export.wanted,
            "made": export.made,
            "by": export.by,
            "names_hidden": export.names_hidden,
            "turns": len(export.turns),
        },
        "turns": [turn_data(kept) for kept in export.turns],
        "events": {kind: [shown(row) for row in rows] for kind, rows in export.events.items()},
    }
    return to_json(data, indent=2) + "\n"


def export_csv(export: Export) -> str:
    """Return the turns as CSV for a spreadsheet, no cell of which can be a formula."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(
        ["id", "tid", "användare", "samtal", "utfall", "fråga", "svar", "källor", "omdöme"]
    )
    for kept in export.turns:
        row = kept.row
        sources = "; ".join(
            f"{one['document_id']}@{one['edition']}#{one['anchor']}" for one in kept.citations
        )
        opinions = "; ".join(
            f"{'bra' if one['useful'] else 'dåligt'} {one['reason']} {one['comment']}".strip()
            for one in kept.feedback
        )
        cells = [row["id"], local_time(row["at"]), row["actor"], row["session"]]
        cells += [OUTCOMES[row["outcome"]]]
        cells += [row["question"], row["text"], sources, opinions]
        writer.writerow([harmless(str(cell)) for cell in cells])
    return "\ufeff" + out.getvalue()


def harmless(cell: str) -> str:
    """Keep a spreadsheet from reading a cell as a formula."""
    cell = _LATER_CELL.sub(r"\1'", cell)
    return f"'{cell}" if cell.lstrip().startswith(_FORMULA) or cell.startswith(_FORMULA) else cell


def turn_data(kept: KeptTurn) -> dict[str, Any]:
    """Return a turn with sources and feedback as plain data."""
    return {
        **shown(kept.row),
        "citations": [one["shown"] for one in kept.citations],
        "feedback": [shown(one) for one in kept.feedback],
    }


def local_time(at: str) -> str:
    """Return a moment of the journal in the machine's own time: `2026-11-22 11:00:05`."""
    return datetime.fromisoformat(at).astimezone().strftime("%Y-%m-%d %H:%M:%S")


def shown(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a record without what serves only the seal."""
    return {key: value for key, value in row.items() if key not in _HIDDEN}


def _events(connection: Connection, kind: Record, wanted: Wanted) -> tuple[Mapping[str, Any], ...]:
    table = SEALED[kind]
    query = select(table).where(*within(table.c.at, wanted.since, wanted.until))
    equal = {table.c.actor: wanted.user, table.c.session: wanted.session}
    query = query.where(*(column == value for column, value in equal.items() if value is not None))
    rows = map(dict, connection.execute(query.order_by(table.c.at)).mappings())
    sought = (wanted.search or "").casefold()
    return tuple(
        row for row in rows if sought in "\n".join(map(str, shown(row).values())).casefold()
    )


def _with_numbers(export: Export, wanted: Wanted) -> Export:
    """Give every person and every conversation a number that holds within the extract.

    What a reading of the journal was narrowed to is hidden whole: a user, a conversation or a
    name may stand there.
    """
    numbers: dict[tuple[str, str], str] = {}

    def number(kind: str, name: str) -> str:
        if not name:
            return ""
        same = sum(known == kind for known, _ in numbers)
        return numbers.setdefault((kind, name), f"{kind} {same + 1}")

    def without(row: Mapping[str, Any]) -> dict[str, Any]:
        hidden = {
            "actor": number("person", row["actor"]),
            "session": number("samtal", row["session"]),
            "channel": row["channel"].partition(":")[0],
        }
        return {**row, **hidden, **({"filter": "dolt"} if "filter" in row else {})}

    turns = tuple(
        KeptTurn(without(one.row), one.citations, _each(without, one.feedback))
        for one in export.turns
    )
    nameless = replace(
        wanted,
        user=number("person", wanted.user or "") or None,
        session=number("samtal", wanted.session or "") or None,
    )
    return Export(
        nameless.text,
        export.made,
        export.by,
        turns,
        {kind: _each(without, rows) for kind, rows in export.events.items()},
        names_hidden=True,
    )


def _each(
    change: Callable[[Mapping[str, Any]], dict[str, Any]], rows: Sequence[Mapping[str, Any]]
) -> tuple[Mapping[str, Any], ...]:
    return tuple(map(change, rows))
