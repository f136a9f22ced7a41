"""Write an extract as one page that anyone can read: no script, no outside address."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from kb.journal.export import OUTCOMES, Export, local_time, shown
from kb.journal.here import ROLES

EVENT_NAMES = {
    "sign_in": "Inloggningar",
    "council_move": "AI-rådets åtgärder",
    "publication": "Publiceringar",
    "reading": "Läsningar av journalen",
    "removal": "Gallringar och raderingar",
    "switch": "Av- och påslag",
    "token": "API-nycklar",
}
FIELDS = {
    "id": "Postens id",
    "actor": "Vem",
    "role": "Roll",
    "channel": "Kanal",
    "session": "Samtal",
    "event": "Händelse",
    "detail": "Uppgift",
    "move": "Åtgärd",
    "document_id": "Dokument",
    "edition": "Utgåva",
    "before": "Status före",
    "after": "Status efter",
    "digest": "Kontrollsumma",
    "note": "Anteckning",
    "stopped": "Stoppad av grinden",
    "verdict": "Vad grinden sade",
    "command": "Kommando",
    "filter": "Urval",
    "found": "Antal poster",
    "kind": "Slag",
    "rule": "Regel",
    "decision": "Beslut",
    "reason": "Skäl",
    "counts": "Antal av varje slag",
    "items_digest": "Kontrollsumma över posterna",
    "n": "Nummer",
    "is_on": "Påslagen",
    "message": "Meddelande",
    "message_en": "Meddelande på engelska",
    "token": "Nyckelns id",
    "name": "Nyckelns namn",
    "granted": "Nyckelns roll",
    "audiences": "Nyckelns grupper",
    "expires": "Gäller till",
}
"""What an event's columns are called in the extract."""
_CODED = frozenset({"role", "granted", "event", "move", "before", "after"})
_WORDS = {
    **{role.value: name for role, name in ROLES.items()},
    "in": "inloggad",
    "out": "utloggad",
    "refused": "avvisad",
    "issued": "utfärdad",
    "used": "använd",
    "revoked": "återkallad",
    "submit": "lämnad till granskning",
    "approve": "godkänd",
    "publish": "publicerad",
    "withdraw": "tillbakadragen",
    "draft": "utkast",
    "in_review": "under granskning",
    "published": "publicerad",
    "withdrawn": "tillbakadragen",
}


def export_html(export: Export) -> str:
    """Return the extract as HTML; every text of a person is escaped."""
    template = _environment().get_template("export.html")
    events = {kind: [shown(row) for row in rows] for kind, rows in export.events.items()}
    names = {"outcomes": OUTCOMES, "names": EVENT_NAMES, "fields": FIELDS}
    return template.render(export=export, events=events, **names)


def zone(at: str) -> str:
    """Name the zone that `local_time` tells a moment in: `CET, UTC+0100`."""
    return datetime.fromisoformat(at).astimezone().strftime("%Z, UTC%z")


def in_swedish(key: str, value: Any) -> str:
    """Return a value of an event as it is read: roles, moves and yes or no in Swedish."""
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if key == "expires":
        return local_time(value)
    return _WORDS.get(value, value) if key in _CODED else str(value)


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
    environment.filters |= {"local_time": local_time, "place": place, "zone": zone}
    environment.globals["in_swedish"] = in_swedish
    return environment
