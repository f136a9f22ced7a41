"""The standing headings of a municipal memo (tjänsteskrivelse)."""

import re

# Headings that every memo has: never a title, and together the mark of a memo.
_MEMO = frozenset(
    {
        "sammanfattning",
        "förslag till beslut",
        "beslutsunderlag",
        "beslutsplanering",
        "beslutet skickas till",
        "beslutet expedieras till",
        "ärendet",
        "ansvariga",
        "beskrivning av ärendet",
        "ärendebeskrivning",
        "bakgrund till ärendet",
    }
)
# Headings that say what a document is or where one is in it, not what it is about.
_GENERIC = _MEMO | {
    "tjänsteskrivelse",
    "innehåll",
    "innehållsförteckning",
    "beslut",
    "bakgrund",
    "inledning",
    "introduktion",
    "syfte",
    "bilaga",
    "bilagor",
    "yttrande",
    "protokoll",
    "protokollsutdrag",
    "rapport",
    "pm",
    "datum",
    "vår referens",
    "dokument",
    "författning",
    "förord",
    "kommittédirektiv",
    "regeringens proposition",
    "versionshistorik",
    "huvudmeny",
    "meny",
    "untitled",
    "namnlös",
    "document",
    "contents",
    "table of contents",
    "abstract",
    "introduction",
}
_ENOUGH = 3
# The name or number of a series: "Svensk författningssamling", "SFS 2025:1458".
_SERIES = re.compile(r".*författningssamling|[\w-]{2,10} \d{4}:\d+", re.I)


def is_memo_heading(text: str) -> bool:
    """Return whether a line is one of the headings that memos share."""
    return _plain(text) in _MEMO


def is_generic_heading(text: str) -> bool:
    """Return whether a heading says nothing of what the document is about."""
    if _plain(text) in _GENERIC or not re.search(r"[^\W\d_]{3}", text):
        return True
    return _SERIES.fullmatch(text.strip()) is not None


def is_memo(headings: list[str]) -> bool:
    """Return whether the headings are those of a memo."""
    plain = {_plain(heading) for heading in headings}
    return "tjänsteskrivelse" in plain or len(plain & _MEMO) >= _ENOUGH


def _plain(text: str) -> str:
    words = re.sub(r"^[\d.]+\s+|[:.]+$", "", " ".join(text.split())).casefold()
    # "Tjänsteskrivelse STK-2024-629": the number does not make it a title.
    return re.sub(r"\s+(?:\d|[a-zåäö]{2,6}-)[\w/:.-]*$", "", words)
