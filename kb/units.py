"""Part a Passage into Units, the smallest things an answer may quote: a sentence, a whole list."""

from dataclasses import dataclass

from ingest import sentences
from ingest.document import BlockKind, Passage


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
    """Return the units of a passage in reading order; lists and tables are never cut."""
    units: list[Unit] = []
    row = 0
    for number, block in enumerate(passage.blocks):
        found = sentences.spans(block.text)
        if block.kind in (BlockKind.LIST, BlockKind.TABLE):
            rows = range(row, row + len(found))
            units.append(Unit(number, 0, len(block.text), rows, block.text, whole=True))
        else:
            for place, (start, end) in enumerate(found, start=row):
                rows = range(place, place + 1)
                units.append(Unit(number, start, end, rows, block.text[start:end], whole=False))
        row += len(found)
    return tuple(units)


def spans_of(passage: Passage) -> list[tuple[int, int]]:
    """Return the character offsets in `passage.index_text` that the span vectors stand for."""
    offset = len(passage.index_text) - len(passage.text)
    found = []
    for block in passage.blocks:
        found += [(offset + start, offset + end) for start, end in sentences.spans(block.text)]
        offset += len(block.text) + 2
    return found
