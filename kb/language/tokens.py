"""Find words, numbers, dates and references in text, each written in one way.

"§ 100", "100 §" and "§100" become one term, and so do 2021-03-31, "31 mars 2021" and 210331, so
that a question meets the text however either wrote it.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class TokenKind(StrEnum):
    """What a token is."""

    WORD = "word"
    NUMBER = "number"
    DATE = "date"
    REFERENCE = "reference"


@dataclass(frozen=True, slots=True)
class Found:
    """A token as it stands in the text, with its terms; a word's terms are left to the analyser.

    `start` and `end` are character offsets into the text as given. The first term says the whole,
    the others say parts of it.
    """

    kind: TokenKind
    start: int
    end: int
    surface: str
    terms: tuple[str, ...] = ()


MONTHS_SV = tuple(
    "januari februari mars april maj juni juli augusti september oktober november december".split()
)
MONTHS_EN = tuple(
    "january february march april may june july august september october november december".split()
)
_MONTH_NUMBER = {
    name[:length]: number
    for names in (MONTHS_SV, MONTHS_EN)
    for number, name in enumerate(names, start=1)
    for length in (len(name), 3)
} | {"sept": 9}
_MONTH = "|".join(sorted(_MONTH_NUMBER, key=len, reverse=True))
_SPACE = "[ \u00a0\u2009\u202f]"
_DASH = "[-\u2010\u2011\u2012\u2013]"
_LETTER = "(?:[^\\W_][\u0300-\u036f\u00ad]*)"

_PATTERN = re.compile(
    rf"""
    (?=[\d§])(?:  # what starts with a digit or §
      (?P<iso> (?<!\d) \d{{4}} {_DASH} \d\d {_DASH} \d\d (?!\d) )
    | (?P<compact> (?<![\w-]) (?:\d{{8}}|\d{{6}}) (?![\w-]|[.,:]\d|{_SPACE}?§) )
    | (?P<prose> (?<![\w-]) \d{{1,2}} (?::?[aei]|st|nd|rd|th)? \s+ (?:{_MONTH})\b\.?,?
                 \s+ \d{{4}} (?!\d) )
    | (?P<slashed> (?<![\w/]) \d{{1,2}} / \d{{1,2}} [\s-] \d{{4}} (?!\d) )
    | (?P<law> (?<![\w:]) (?P<law_kap>\d{{1,3}}) {_SPACE}? kap(?:\.|itlet|\b) \s*
               (?P<law_par>\d{{1,3}}) {_SPACE}? (?P<law_let>[a-h](?={_SPACE}?§))? {_SPACE}? § )
    | (?P<colon> (?<![\w:,.]) (?P<col_kap>\d{{1,3}}):(?P<col_par>\d{{1,3}})
                 (?:{_SPACE}?(?P<col_let>[a-h])(?!\w))? (?![\w:]) )
    | (?P<kap> (?<![\w:]) \d{{1,3}} {_SPACE}? kap(?:\.|itlet|\b) )
    | (?P<par> §+ {_SPACE}? \d+ (?:{_SPACE}?[a-h](?!\w))? (?!\d)
             | (?<![\w:]) \d+ {_SPACE}? (?:[a-h]{_SPACE}?)? §+ )
    | (?P<grouped> (?<![\w.,-]) \d{{1,3}} (?:{_SPACE}\d{{3}})+ (?:,\d+)? (?!\w|{_SPACE}?\d) )
    | (?P<range> (?<![\w-]) \d+ {_DASH} \d+ (?![\w-]|[.,]\d) )
    | (?P<number> (?<!\w) \d+ (?:[.,]\d+)* (?!\w) )
    )
    | (?=[adfjkmnops]) (?<!\w) (?:  # what starts with a word that announces it
      (?P<english> (?:{_MONTH}) \.? \s+ \d{{1,2}} (?:st|nd|rd|th)? ,? \s+ \d{{4}} (?!\d) )
    | (?P<month> (?:{_MONTH}) \s+ (?:19|20)\d\d (?!\d) )
    | (?P<kap_word> kap(?:\.|itel) {_SPACE}? \d{{1,3}} (?!\d) )
    | (?P<par_word> paragraf {_SPACE} \d+ (?!\d) )
    | (?P<art> art(?:ikel|iklarna|icle|\.) {_SPACE}? \d+ (?:\.\d+)? (?!\d) )
    )
    | (?P<dnr> (?<![\w-]) (?: [a-zåäö]{{2,6}} {_DASH} | (?-i:[A-ZÅÄÖ]{{2,6}}) {_SPACE} )
               (?:19|20)\d\d [-:/] \d{{1,6}} (?![\w-]) )
    | (?P<short> (?<!\w) [a-zåäö]{{1,3}} (?:\.[a-zåäö]{{1,3}})+ (?!\w) )
    | (?P<word> {_LETTER}+ (?:(?:{_DASH}|[:'’]){_LETTER}+)* )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_DASHES = re.compile(_DASH)


def scan(text: str) -> Iterator[Found]:
    """Yield the tokens of the text in order; they never overlap."""
    for match in _PATTERN.finditer(text):
        start, end = match.span()
        surface = normal(text[start:end])
        if match.lastgroup == "word":
            yield Found(TokenKind.WORD, start, end, surface)
        else:
            kind, terms = _terms(match.lastgroup or "", match)
            yield Found(kind, start, end, surface, terms)


def normal(text: str) -> str:
    """Return the text in lower case and NFC, without soft hyphens, one kind of dash."""
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFC", text).lower().replace("\u00ad", "")
    return _DASHES.sub("-", text)


def _terms(name: str, match: re.Match[str]) -> tuple[TokenKind, tuple[str, ...]]:
    found = normal(match.group())
    digits = re.findall(r"\d+", found)
    match name:
        case "short":
            return TokenKind.WORD, (found.replace(".", ""),)
        case "dnr":
            code = re.findall(r"[a-zåäö]+|\d+", found)
            return TokenKind.REFERENCE, ("-".join(code), "-".join(code[1:]))
        case "law" | "colon":
            return TokenKind.REFERENCE, _law(match, "law" if name == "law" else "col")
        case "kap" | "kap_word":
            return TokenKind.REFERENCE, (f"kap{digits[0]}",)
        case "par" | "par_word":
            letter = re.search(r"(?<=[\d\s])[a-h](?!\w)|(?<=\d)[a-h]", found)
            return TokenKind.REFERENCE, (f"§{digits[0]}{letter.group() if letter else ''}",)
        case "art":
            whole = "art" + ".".join(digits)
            return TokenKind.REFERENCE, _unique(whole, f"art{digits[0]}", "artikel")
        case "grouped":
            return TokenKind.NUMBER, (re.sub(r"\s", "", found).replace(",", "."),)
        case "range":
            return TokenKind.NUMBER, ("-".join(digits), *digits)
        case "number":
            return TokenKind.NUMBER, (found.replace(",", "."),)
        case _:
            return _date_terms(name, found, digits)


def _law(match: re.Match[str], prefix: str) -> tuple[str, ...]:
    """Return "10:2a" for the whole; "10 kap. 2 a §" also answers to its chapter and section."""
    chapter, section = match[f"{prefix}_kap"], match[f"{prefix}_par"]
    section += (match[f"{prefix}_let"] or "").lower()
    whole = f"{chapter}:{section}"
    return (whole, f"kap{chapter}", f"§{section}") if prefix == "law" else (whole,)


def _date_terms(name: str, found: str, digits: list[str]) -> tuple[TokenKind, tuple[str, ...]]:
    """Return the terms of a date: the day, its month, its year, the month's name."""
    month = next((_MONTH_NUMBER[word] for word in re.findall(_MONTH, found)), 0)
    if name == "month":
        year = int(digits[0])
        return TokenKind.DATE, (f"{year}-{month:02}", str(year), MONTHS_SV[month - 1])
    day = _day(name, digits, month)
    if day is None:
        return TokenKind.NUMBER, _unique("-".join(digits), *digits)
    terms = (f"{day:%Y-%m-%d}", f"{day:%Y-%m}", f"{day:%Y}", MONTHS_SV[day.month - 1])
    return TokenKind.DATE, (*terms, digits[0]) if name == "compact" else terms


def _day(name: str, digits: list[str], month: int) -> date | None:
    """Return the day that is meant; None when there is no such day."""
    match name:
        case "iso":
            year, month, day = map(int, digits)
        case "compact":
            full = digits[0] if len(digits[0]) == 8 else f"20{digits[0]}"
            year, month, day = int(full[:4]), int(full[4:6]), int(full[6:])
            if not 1900 <= year < 2100:
                return None
        case "slashed":
            day, month, year = map(int, digits)
        case _:
            day, year = map(int, digits)
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _unique(*terms: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(terms))
