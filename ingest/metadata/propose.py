"""Propose what a document is: title, kind, year, diarienummer, decisions, dates, validity."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ingest.document import Block, BlockKind, Kind
from ingest.metadata.proposals import Proposal, Spot, spots_of, trace
from ingest.metadata.references import (
    find_dates,
    find_decisions,
    find_dnr,
    find_own_date,
    find_own_decision,
    flatten,
    written_forms,
)
from ingest.metadata.titles import opening, propose_title
from ingest.metadata.validity_terms import find_terms
from ingest.text.memo import is_memo

_PLAN = r"[\wåäö]*plan(?:en)?"
_PLAN_YEARS = (
    re.compile(rf"\b(20\d\d) års {_PLAN}\b"),
    re.compile(rf"\b{_PLAN}(?: [^\W\d]+){{0,8}}? (?:för )?(20\d\d)\b(?!\s?[-–]\s?\d)", re.I),
)
_TITLE_YEAR = re.compile(r"(?<![\d:/-])((?:19|20)\d\d)$")
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


@dataclass(frozen=True, slots=True)
class Metadata:
    """Proposals for a curator; None where the text does not say.

    `decided_by` is only what the document says of its own adoption; `decisions` are all it
    mentions, as `KF 2021-03-31 § 100`. `dated` is the document's own date. `proposals` say of
    each of these, and of validity, edition and what the document replaces, where it was found.
    """

    title: str | None = None
    kind: Kind | None = None
    year: int | None = None
    dnr: str | None = None
    decided_by: str | None = None
    dated: date | None = None
    decisions: tuple[str, ...] = ()
    dates: tuple[date, ...] = ()
    proposals: tuple[Proposal, ...] = ()


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
    letterhead = "\n".join(block.text for block in opening(blocks))
    headings = [block.text for block in blocks if block.kind is BlockKind.HEADING]
    named = (title, "huvudet i filen") if title and titled else propose_title(blocks, title)
    called = named[0] if named else None
    kind = _kind(called, headings, [*furniture, title or ""])
    year = _year(called, blocks)
    found = Metadata(
        called,
        kind[0] if kind else None,
        year[0] if year else None,
        find_dnr(margins) or find_dnr(letterhead) or find_dnr(title or ""),
        find_own_decision([*text.splitlines(), *furniture]),
        find_own_date(margins) or find_own_date(" ".join(letterhead.split())),
        find_decisions(text),
        find_dates(text),
    )
    rules = {"title": named, "kind": kind, "year": year}
    ruled = {key: rule[1] for key, rule in rules.items() if rule}
    return replace(found, proposals=_trace_all(found, ruled, blocks, furniture, title or ""))


def _trace_all(
    found: Metadata,
    ruled: Mapping[str, str],
    blocks: Sequence[Block],
    furniture: Sequence[str],
    prop: str,
) -> tuple[Proposal, ...]:
    """Say of everything that was found where it stands, in the order of the front matter."""
    margins = [Spot(flatten(words), "sidhuvud eller sidfot") for words in furniture]
    letterhead = [*margins, *spots_of(opening(blocks), "dokumentets inledning")]
    body = spots_of(blocks, "texten")
    everywhere = [*letterhead, Spot(prop, "filens egenskaper"), *body]
    proposals: list[Proposal] = []
    for key, value in (("title", found.title), ("kind", found.kind), ("year", found.year)):
        if value is not None:
            proposal = trace(key, str(value), [*body, *margins])
            if proposals and "titel" in ruled[key]:  # read from the title, wherever that stands
                proposal = replace(proposals[0], key=key, value=str(value))
            proposals.append(replace(proposal, rule=ruled[key]))
    if found.decided_by:
        own = [spot for spot in (*body, *margins) if find_own_decision([spot.text])]
        words = own[0] if own else Spot("", "")
        rule = "raden som säger vem som beslutat"
        proposals.append(Proposal("decided_by", found.decided_by, rule, words.text, words.page))
    if found.dnr:
        proposals.append(trace("dnr", found.dnr, everywhere))
    if found.dated:
        forms = written_forms(found.dated)
        proposals.append(trace("dated", found.dated.isoformat(), letterhead, forms=forms))
    return (*proposals, *find_terms(body, opening=letterhead))


def _year(title: str | None, blocks: Sequence[Block]) -> tuple[int, str] | None:
    match = _TITLE_YEAR.search(title or "")
    if match:
        return int(match.group(1)), "årtalet sist i titeln"
    texts = [flatten(block.text) for block in blocks]
    years = Counter(
        int(year) for text in texts for shape in _PLAN_YEARS for year in shape.findall(text)
    )
    ranked = years.most_common(2)
    if not ranked or ranked[0][1] < 2 or (len(ranked) > 1 and ranked[1][1] == ranked[0][1]):
        return None
    return ranked[0][0], f"planåret som nämns flest gånger ({ranked[0][1]})"


def _kind(
    title: str | None, headings: Sequence[str], margins: Sequence[str]
) -> tuple[Kind, str] | None:
    """Judge by the memo's headings, by running headers, then by the title's first word."""
    if is_memo(list(headings)):
        return Kind.MEMO, "rubrikerna är en tjänsteskrivelses"
    if any("tjänsteskrivelse" in words.lower() for words in margins):
        return Kind.MEMO, "ordet tjänsteskrivelse i sidhuvudet"
    words = (title or "").lower()
    for pattern, kind in _KINDS:
        if re.match(pattern, words):
            return kind, "titelns första ord"
    found = [kind for pattern, kind in _KINDS if re.search(rf"\b{pattern}", words)]
    return (found[0], "ett ord i titeln") if len(found) == 1 else None
