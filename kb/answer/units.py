"""Part a Passage into Units, the smallest things an answer may quote: a sentence, a whole list."""

from dataclasses import dataclass

from ingest.document import BlockKind, Passage
from ingest.library import sentences


@dataclass(frozen=True, slots=True)
class Unit:
    """A verbatim slice of one block: a sentence, or a list with its lead-in, or a table.

    `start` and `end` are character offsets in the block's text; `spans` are the rows of the
    passage's span vectors that it covers, as a range; `whole` says that it is a list or a table.
    """

    block: int
    start: int
    end: int
    spans: range
    text: str
    whole: bool


def units_of(passage: Passage) -> tuple[Unit, ...]:
    """Return the units of a passage in reading order; lists and tables are never cut.

    The rows of the span vectors are those of `sentences.spans(passage.text)`.
    """
    units: list[Unit] = []
    found = sentences.spans(passage.text)
    row = offset = 0
    for number, block in enumerate(passage.blocks):
        first = row
        while row < len(found) and found[row][0] < offset + len(block.text):
            row += 1
        if block.kind in (BlockKind.LIST, BlockKind.TABLE):
            units.append(
                Unit(number, 0, len(block.text), range(first, row), block.text, whole=True)
            )
        else:
            for place in range(first, row):
                start, end = found[place][0] - offset, found[place][1] - offset
                rows = range(place, place + 1)
                units.append(Unit(number, start, end, rows, block.text[start:end], whole=False))
        offset += len(block.text) + 2  # blocks are parted by a blank line
    return tuple(units)
