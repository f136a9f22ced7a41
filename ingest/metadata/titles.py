"""Propose a title: the heading above the text, the plan a memo speaks of, the file's property."""

import re
from collections import Counter
from collections.abc import Sequence

from ingest.document import Block, BlockKind
from ingest.text.memo import is_generic_heading, is_memo

_PLAN_TITLE = re.compile(
    r"\b[A-ZÅÄÖ][\wåäö]*(?:plan|program|strategi|policy|riktlinjer?)"
    r"(?: (?!är\b|ska\b)[\wåäö/&-]+){1,12}? 20\d\d\b(?!-)"
)
_USELESS_TITLE = re.compile(r"microsoft word|untitled|\.(docx?|pdf|indd|rtf)$|^\W*$", re.I)
_BODY_STARTS = 200  # characters of running text above a heading: then it is not the title
_LONGEST_TITLE = 200


def propose_title(
    blocks: Sequence[Block], property_title: str | None = None
) -> tuple[str, str] | None:
    """Return a title and the Swedish name of the rule that found it; None where nothing tells."""
    headings = [block.text for block in blocks if block.kind is BlockKind.HEADING]
    above = _title_above(blocks)
    if above:
        return above, "rubriken över texten"
    plan = _plan_title(blocks)
    named = (plan, "planen som texten nämner flera gånger") if plan else None
    if named and is_memo(headings):
        return named
    prop = " ".join((property_title or "").split())
    if prop and not _USELESS_TITLE.search(prop) and not is_generic_heading(prop):
        return prop[:_LONGEST_TITLE], "filens egenskaper"
    usable = next((heading for heading in headings if not is_generic_heading(heading)), None)
    return named or ((usable, "den första talande rubriken") if usable else None)


def opening(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks before the first paragraph of prose: what a letterhead holds."""
    above: list[Block] = []
    for block in blocks[:12]:
        if block.kind is BlockKind.PARAGRAPH and len(block.text) > _BODY_STARTS:
            break
        above.append(block)
    return above


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
