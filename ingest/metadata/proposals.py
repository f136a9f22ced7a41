"""Where a proposal for the front matter was found: the words, the page, the rule."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.document import Block
from ingest.metadata.references import flatten

_LONGEST_QUOTE = 160


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a source says of one key of the front matter, and where it says so.

    `key` is a key of the front matter, or `dated` for the source's own date; `value` is written
    as it would stand there. `rule` says in Swedish how it was found, `quote` holds the line it
    was read from; `page` is None where that has no page.
    """

    key: str
    value: str
    rule: str
    quote: str = ""
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Spot:
    """One line that a value may be read from; `rule` names the kind of place."""

    text: str
    rule: str
    page: int | None = None


def spots_of(blocks: Iterable[Block], rule: str) -> list[Spot]:
    """Return the lines of blocks, each flat, with its page."""
    return [
        Spot(flatten(line), rule, block.page) for block in blocks for line in block.text.split("\n")
    ]


def trace(key: str, value: str, spots: Sequence[Spot], *, forms: Sequence[str] = ()) -> Proposal:
    """Return a proposal with the first line that holds its value, in any of its written forms."""
    for form in (value, *forms):
        for spot in spots:
            if form.casefold() in spot.text.casefold():
                return Proposal(key, value, spot.rule, shorten(spot.text, form), spot.page)
    return Proposal(key, value, spots[0].rule if spots else "texten")


def shorten(line: str, around: str) -> str:
    """Return a line, or of a long one the part around some words, verbatim."""
    if len(line) <= _LONGEST_QUOTE:
        return line
    at = max(0, line.casefold().find(around.casefold()))
    start = max(0, min(at - _LONGEST_QUOTE // 3, len(line) - _LONGEST_QUOTE))
    end = start + _LONGEST_QUOTE
    blank = line.find(" ", start, at) if start else -1  # whole words, where there are blanks
    last = line.rfind(" ", at + len(around), end) if end < len(line) else -1
    return line[blank + 1 if blank >= 0 else start : last if last >= 0 else end].strip()
