"""Propose what a document is: title, kind, year, diarienummer, decisions, dates."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ingest.document import Block, BlockKind, Kind
from ingest.memo import is_generic_heading, is_memo
from ingest.references import (
    find_dates,
    find_decisions,
    find_dnr,
    find_own_date,
    find_own_decision,
    flatten,
)

_PLAN = r"[\wåäö]*plan(?:en)?"
_PLAN_YEARS = (
    re.compile(rf"\b(20\d\d) års {_PLAN}\b"),
    re.compile(rf"\b{_PLAN}(?: [^\W\d]+){{0,8}}? (?:för )?(20\d\d)\b(?!\s?[-–]\s?\d)", re.I),
)
_TITLE_YEAR = re.compile(r"(?<![\d:/-])((?:19|20)\d\d)$")
_PLAN_TITLE = re.compile(
    r"\b[A-ZÅÄÖ][\wåäö]*(?:plan|program|strategi|policy|riktlinjer?)"
    r"(?: (?!är\b|ska\b)[\wåäö/&-]+){1,12}? 20\d\d\b(?!-)"
)
_KINDS: tuple[tuple[str, Kind], ...] = (
    (r"tjänsteskrivelse\b", Kind.MEMO),
    (r"rollblad\b", Kind.ROLE_SHEET),
    (r"(?:ordlista|begreppslista|terminologi)\b", Kind.GLOSSARY),
    (r"(?:\w*riktlinjer?|policy|anvisning(?:ar)?|\w*föreskrifter)\b", Kind.GUIDELINE),
    (r"(?:\w*plan|\w*strategi|\w*program)\b", Kind.PLAN),
    (r"(?:\w*principer?)\b", Kind.PRINCIPLE),
    (r"(?:beslut|protokollsutdrag)\b", Kind.DECISION),
    (r"(?:\w*vägledning|handbok|checklista|stöd)\b", Kind.GUIDANCE),
)
_USELESS_TITLE = re.compile(r"microsoft word|untitled|\.(docx?|pdf|indd|rtf)$|^\W*$", re.I)
_BODY_STARTS = 200  # characters of running text above a heading: then it is not the title
_LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True)
class Metadata:
    """Proposals for a curator; None where the text does not say.

    `decided_by` is only what the document says of its own adoption; `decisions` are all it
    mentions, as `KF 2021-03-31 § 100`. `dated` is the document's own date.
    """

    title: str | None = None
    kind: Kind | None = None
    year: int | None = None
    dnr: str | None = None
    decided_by: str | None = None
    dated: date | None = None
    decisions: tuple[str, ...] = ()
    dates: tuple[date, ...] = ()


def propose_metadata(
    blocks: Sequence[Block],
    *,
    title: str | None = None,
    titled: bool = False,
    furniture: Sequence[str] = (),
) -> Metadata:
    """Read proposals from a document's text.

    `title` is what the file's own properties say; `titled` that a person wrote it there, and
    it wins. `furniture` is the words of running headers, where the diarienummer and the kind
    often stand.
    """
    text = "\n".join(block.text for block in blocks)
    margins = "\n".join(furniture)
    headings = [block.text for block in blocks if block.kind is BlockKind.HEADING]
    proposed = title if title and titled else propose_title(blocks, title)
    return Metadata(
        proposed,
        _kind(proposed, headings, [*furniture, title or ""]),
        _year(proposed, blocks),
        find_dnr(margins) or find_dnr(_opening(blocks)) or find_dnr(title or ""),
        find_own_decision([*text.splitlines(), *furniture]),
        find_own_date(margins) or find_own_date(" ".join(_opening(blocks).split())),
        find_decisions(text),
        find_dates(text),
    )


def propose_title(blocks: Sequence[Block], property_title: str | None = None) -> str | None:
    """Return a title: a heading above the text, the plan the text speaks of, the property."""
    headings = [block.text for block in blocks if block.kind is BlockKind.HEADING]
    above = _title_above(blocks)
    if above:
        return above
    if is_memo(headings):
        plan = _plan_title(blocks)
        if plan:
            return plan
    prop = " ".join((property_title or "").split())
    if prop and not _USELESS_TITLE.search(prop) and not is_generic_heading(prop):
        return prop[:_LONGEST_TITLE]
    usable = (heading for heading in headings if not is_generic_heading(heading))
    return _plan_title(blocks) or next(usable, None)


def _opening(blocks: Sequence[Block]) -> str:
    """Return the text before the first paragraph of prose: what a letterhead holds."""
    opening: list[str] = []
    for block in blocks[:12]:
        if block.kind is BlockKind.PARAGRAPH and len(block.text) > _BODY_STARTS:
            break
        opening.append(block.text)
    return "\n".join(opening)


def _title_above(blocks: Sequence[Block]) -> str | None:
    """Return the first telling heading, if it stands above the running text."""
    running = 0
    for block in blocks:
        if block.kind is not BlockKind.HEADING:
            running += len(block.text)
        elif running > _BODY_STARTS:
            return None
        elif not is_generic_heading(block.text) and len(block.text) <= _LONGEST_TITLE:
            return block.text
    return None


def _plan_title(blocks: Sequence[Block]) -> str | None:
    """Return the plan a text names by title and year more than once."""
    named = Counter(match.group() for block in blocks for match in _PLAN_TITLE.finditer(block.text))
    if not named:
        return None
    title, times = named.most_common(1)[0]
    return title if times > 1 else None


def _year(title: str | None, blocks: Sequence[Block]) -> int | None:
    match = _TITLE_YEAR.search(title or "")
    if match:
        return int(match.group(1))
    texts = [flatten(block.text) for block in blocks]
    years = Counter(
        int(year) for text in texts for shape in _PLAN_YEARS for year in shape.findall(text)
    )
    ranked = years.most_common(2)
    if not ranked or ranked[0][1] < 2 or (len(ranked) > 1 and ranked[1][1] == ranked[0][1]):
        return None
    return ranked[0][0]


def _kind(title: str | None, headings: Sequence[str], margins: Sequence[str]) -> Kind | None:
    """Judge by the memo's headings, by running headers, then by the title's first word."""
    if is_memo(list(headings)) or any("tjänsteskrivelse" in words.lower() for words in margins):
        return Kind.MEMO
    words = (title or "").lower()
    for pattern, kind in _KINDS:
        if re.match(pattern, words):
            return kind
    found = [kind for pattern, kind in _KINDS if re.search(rf"\b{pattern}", words)]
    return found[0] if len(found) == 1 else None
