"""Compare texts by wording, not typography; say what a person has heard."""

import re
import unicodedata

from kb.records import Answer

_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_MONTHS = "jan|feb|mar|apr|maj|may|jun|jul|aug|sep|okt|oct|nov|dec"
_DATE = re.compile(rf"(?:(?:{_MONTHS})\w*\.? 20\d\d)|(?:20\d\d[-:/]\d+)", re.IGNORECASE)


def years_in(text: str) -> frozenset[int]:
    """Return the years a text names; that of a date ("10 september 2025") names no year."""
    return frozenset(int(year) for year in _YEAR.findall(_DATE.sub("", text)))


def normalise(text: str) -> str:
    """Fold case, white space and dashes."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    folded = re.sub(r"[\u2010-\u2015\u2212]", "-", folded)
    return re.sub(r"\s+", " ", folded)


def heard(answer: Answer) -> str:
    """Return everything that an answer tells a person, beside its list of sources."""
    notices = (notice.text for notice in answer.notices)
    return " ".join([answer.text, *notices, answer.contact or ""])


def shown(answer: Answer) -> str:
    """Return everything that an answer puts on the screen, sources and offers included."""
    quotes = (citation.quote for citation in answer.citations)
    titles = (citation.title for citation in answer.citations)
    return " ".join([heard(answer), answer.short, *quotes, *titles, *answer.related])


def says(entry: str, text: str) -> bool:
    """Say whether a normalised text holds an entry; `|` inside it means or."""
    return any(normalise(choice) in text for choice in entry.split("|") if choice.strip())
