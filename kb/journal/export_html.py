"""Write an extract as one page that anyone can read: no script, no outside address."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from kb.journal.export import Export, shown

OUTCOMES = {
    "answered": "besvarad",
    "not_covered": "framgår inte av underlaget",
    "out_of_scope": "utanför området",
    "redact_first": "återlämnad: personuppgifter i frågan",
    "refused": "avvisad: försök att styra svaret",
    "failed": "misslyckades",
}
EVENT_NAMES = {
    "sign_in": "Inloggningar",
    "council_move": "AI-rådets åtgärder",
    "publication": "Publiceringar",
    "reading": "Läsningar av journalen",
    "removal": "Gallringar och raderingar",
    "switch": "Av- och påslag",
    "token": "API-nycklar",
}


def export_html(export: Export) -> str:
    """Return the extract as HTML; every text of a person is escaped."""
    template = _environment().get_template("export.html")
    events = {kind: [shown(row) for row in rows] for kind, rows in export.events.items()}
    return template.render(export=export, events=events, outcomes=OUTCOMES, names=EVENT_NAMES)


def local_time(at: str) -> str:
    """Return a moment of the journal in the machine's own time: `2026-11-22 11:00:05`."""
    moment = datetime.fromisoformat(at)
    return moment.astimezone().strftime("%Y-%m-%d %H:%M:%S")


def place(shown_citation: Mapping[str, Any]) -> str:
    """Return where a quote stands: its headings and its page."""
    where = " › ".join(shown_citation["headings"])
    page = shown_citation["page"]
    return f"{where}, s. {page}" if page else where


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("kb.journal"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"local_time": local_time, "place": place}
    return environment
