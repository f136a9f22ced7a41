"""Find what a Swedish municipal text refers to: decisions, dates, diarienummer."""

import re
from collections.abc import Sequence
from datetime import date

_MONTHS = (
    "januari februari mars april maj juni juli augusti september oktober november december".split()
)
_BODY = (
    r"(?:KSAU|KF|KS|[Kk]ommunfullmäktige|[Kk]ommunstyrelsens arbetsutskott|[Kk]ommunstyrelsen|"
    r"(?:[A-ZÅÄÖ][\wåäö]*(?:- och [\wåäö]+)? ?)?[\wåäö]*nämnden)"
)
DAY = (
    r"(?:(?P<iso>(?:19|20)\d\d-\d\d-\d\d)|(?P<day>\d{1,2}) (?P<month>" + "|".join(_MONTHS) + r") "
    r"(?P<year>(?:19|20)\d\d)|(?P<six>\d{6}))(?!\d)"
)
_DECISION = re.compile(
    rf"(?P<body>\b{_BODY})(?:s? beslut)?(?: den)? {DAY},? ?§§? ?(?P<number>\d{{1,4}})"
)
_OWN_DECISION = re.compile(
    rf"^(?i:beslutad|beslutade|beslutat|antagen|antagna|antaget|fastställd|fastställda|fastställt)"
    rf" av:? (?P<body>{_BODY})(?: den)? {DAY}"
    rf"(?:,? ?§§? ?(?P<number>\d{{1,4}}))?"
)
_SHORT_BODIES = {
    "kommunfullmäktige": "KF",
    "kommunstyrelsen": "KS",
    "kommunstyrelsens arbetsutskott": "KSAU",
}
_DNR = re.compile(
    r"(?<![\w-])(?P<marked>(?:[Dd]nr|[Dd]iarienr|[Dd]iarienummer|[ÄäEe]rendenr|[Ää]rendenummer)"
    r"\.?:? ?)?(?P<number>[A-ZÅÄÖ]{2,6}[- ]\d{4}[-/]\d{1,6}(?:-\d+)?|\d{4}[-/]\d{2,6})(?![\w/-])"
)
_NOT_DNR = re.compile(r"ISSN|ISBN|[A-ZÅÄÖ]*FS[ -]")  # serial numbers, not case numbers
_DATED = re.compile(rf"(?:Datum|SIGNERAD|Signerad|Upprättad|Daterad|Beslutsdatum):?\s*{DAY}")
_ANY_DATE = re.compile(rf"(?<![\w-]){DAY}")


def find_decisions(text: str) -> tuple[str, ...]:
    """Return the decisions a text refers to, each once: `KF 2021-03-31 § 100`."""
    flat = flatten(text)
    return tuple(dict.fromkeys(filter(None, map(_decision, _DECISION.finditer(flat)))))


def find_dates(text: str) -> tuple[date, ...]:
    """Return the full dates of a text, each once, in order of appearance."""
    days = (day_of(match) for match in _ANY_DATE.finditer(flatten(text)) if not match["six"])
    return tuple(dict.fromkeys(day for day in days if day))


def find_dnr(text: str) -> str | None:
    """Return the first diarienummer: STK-2024-629, KS 2023/00123, or `dnr 2023-123`."""
    for match in _DNR.finditer(_DECISION.sub(" ", flatten(text))):
        number = match["number"]
        bare = number[0].isdigit()
        if (bare and not match["marked"]) or _NOT_DNR.match(number):
            continue
        if re.search(r"[ -](?:19|20)\d\d-[01]\d-[0-3]\d$", number):
            continue  # "KF 2021-03-31" is a date
        return number
    return None


def find_own_decision(lines: Sequence[str]) -> str | None:
    """Return the document's own adoption: a line that begins by saying so, never a mention."""
    for line in lines:
        match = _OWN_DECISION.match(flatten(re.sub(r"^[|\s-]+", "", line)))
        if match:
            return _decision(match)
    return None


def find_own_date(text: str) -> date | None:
    """Return the date a letterhead gives the document: `Datum 2024-07-30`."""
    match = _DATED.search(text)
    return day_of(match) if match else None


def written_forms(day: date) -> tuple[str, ...]:
    """Return the ways a date is written: `2024-07-30`, `30 juli 2024`, `240730`."""
    return day.isoformat(), f"{day.day} {_MONTHS[day.month - 1]} {day.year}", f"{day:%y%m%d}"


def flatten(text: str) -> str:
    """Put a date that a line break cut together again, and blanks for line breaks."""
    return " ".join(re.sub(r"(\d)-\s+(\d)", r"\1-\2", text).split())


def day_of(match: re.Match[str]) -> date | None:
    """Return the date that a match of `DAY` names; None if there is no such day."""
    try:
        if match["iso"]:
            return date.fromisoformat(match["iso"])
        if match["six"]:
            year, month, day = (int(match["six"][at : at + 2]) for at in (0, 2, 4))
            return date(2000 + year, month, day)
        return date(int(match["year"]), _MONTHS.index(match["month"]) + 1, int(match["day"]))
    except ValueError:
        return None


def _decision(match: re.Match[str]) -> str | None:
    day = day_of(match)
    if day is None:
        return None
    body = match["body"].strip()
    body = _SHORT_BODIES.get(body.lower(), body[0].upper() + body[1:])
    number = f" § {match['number']}" if match["number"] else ""
    return f"{body} {day.isoformat()}{number}"
