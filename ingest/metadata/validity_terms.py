"""Read what a document says of its own validity: from, to, review, edition, what it replaces."""

import re
from collections.abc import Iterator, Sequence

from ingest.metadata.proposals import Proposal, Spot, shorten
from ingest.metadata.references import DAY, day_of

_GAP = r"[\s:|]*(?:den )?"
_TERMS: tuple[tuple[str, str, re.Pattern[str]], ...] = tuple(
    (key, rule, re.compile(rf"(?i:\b{words}){_GAP}{DAY}"))
    for key, rule, words in (
        (
            "valid_from",
            "orden om när det börjar gälla",
            r"(?:träder i kraft|börjar gälla|gäller från(?: och med)?|gäller fr\.? ?o\.? ?m\.?"
            r"|giltigt? från(?: och med)?|ikraftträdande)",
        ),
        (
            "valid_to",
            "orden om hur länge det gäller",
            r"(?:gäller (?:till och med|t\.? ?o\.? ?m\.?|längst till)|giltigt? till(?: och med)?"
            r"|giltighetstid(?: till)?(?: och med)?)",
        ),
        (
            "review_by",
            "orden om nästa översyn",
            r"(?:nästa (?:revidering|översyn)|revideras (?:senast|före)|ses över senast)",
        ),
    )
)
# In running text the words must be about this document, not about a law that it speaks of.
_THIS = re.compile(r"\b[Dd]e(?:tta|nna|ssa)\b[^.]{0,80}$")
_PERIOD = re.compile(
    r"(?i:\bgiltighetstid|\bgäller(?: för)?(?: perioden| åren)?)[\s:|]*"
    r"(?P<first>20\d\d)\s?[-–]\s?(?P<last>20\d\d)(?![\d-])"
)
_EDITION = re.compile(
    r"(?i)\b(?:version|utgåva|upplaga)\b[\s:|]*(\d{1,4}(?:[.-]\d{1,3}){0,2})(?!\d)"
)
_REPLACES = (
    re.compile(r"(?i)^[|\s*-]*ersätter[\s:|]+(?P<what>[^|]{4,160}?)[\s|]*$"),
    re.compile(
        r"(?:\b[Dd]etta dokument|\b[Dd]e(?:nn|ss)a [^\W\d]+|\b[Dd]e(?:t|n) här [^\W\d]+"
        r"|^(?:Anvisning|Dokument|Föreskrift|Plan|Policy|Program|Riktlinj|Rutin|Strategi|Vägledning)"
        r"[^\W\d]*)"
        r" ersätter (?P<what>[^|]{4,160}?)(?:\.(?:\s|$)|[;|]|$)"
    ),
    re.compile(
        r"\b[Gg]enom (?:dessa?|denna|detta|föreskrifterna|beslutet|planen|policyn)[^.|]{0,40}? "
        r"upphävs (?P<what>[^|]{4,160}?)(?:\.(?:\s|$)|[;|]|$)"
    ),
)


def find_terms(text: Sequence[Spot], *, opening: Sequence[Spot]) -> tuple[Proposal, ...]:
    """Return proposals for valid_from, valid_to, review_by, edition and supersedes.

    The edition is only read from `opening`, the letterhead and the margins: further down it is
    another document's. Of `supersedes` the value is the words that name the other document.
    """
    found: dict[str, Proposal] = {}
    own = (*_terms(opening, anywhere=True), *_terms(text, anywhere=False))
    for proposal in (*_editions(opening), *own):
        found.setdefault(proposal.key, proposal)
    return tuple(found.values())


def _editions(spots: Sequence[Spot]) -> Iterator[Proposal]:
    for spot in spots:
        if match := _EDITION.search(spot.text):
            yield _proposal("edition", match[1], f"ordet för utgåva i {spot.rule}", spot, match)


def _terms(spots: Sequence[Spot], *, anywhere: bool) -> Iterator[Proposal]:
    for spot in spots:
        for key, rule, pattern in _TERMS:
            match = pattern.search(spot.text)
            day = day_of(match) if match else None
            if match and day and (anywhere or _is_own(spot.text, match)):
                yield _proposal(key, day.isoformat(), rule, spot, match)
        match = _PERIOD.search(spot.text)
        if match and (anywhere or _is_own(spot.text, match)):
            rule = "orden om giltighetstid"
            yield _proposal("valid_from", f"{match['first']}-01-01", rule, spot, match)
            yield _proposal("valid_to", f"{match['last']}-12-31", rule, spot, match)
        replaced = next(filter(None, (shape.search(spot.text) for shape in _REPLACES)), None)
        if replaced:
            what = replaced["what"].strip(' .”"')
            yield _proposal("supersedes", what, "orden om vad det ersätter", spot, replaced)


def _is_own(line: str, match: re.Match[str]) -> bool:
    """Say whether the words begin their line, or follow on "detta", "denna", "dessa"."""
    before = line[: match.start()]
    return not before.strip(" |*-") or re.search(_THIS, before) is not None


def _proposal(key: str, value: str, rule: str, spot: Spot, match: re.Match[str]) -> Proposal:
    return Proposal(key, value, rule, shorten(spot.text, match.group()), spot.page)
