"""Split a Document into Passages: by heading, then by sentence-safe size."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from ingest.document import Block, BlockKind, Document, Passage
from ingest.library import sentences
from ingest.library.markdown import Section, sections

VERSION = "4"  # part of the index identity: raise it when the same body gives other Passages
SOFT_LIMIT = 1_200  # characters; about 300 tokens of the default embedding, which holds 512
HARD_LIMIT = 2_400


def split(document: Document) -> tuple[Passage, ...]:
    """Return the Passages of a Document in reading order.

    Every passage lies within one section. A section over `SOFT_LIMIT` characters is parted
    between blocks; a paragraph or list over `HARD_LIMIT` between sentences or items. The first
    part has the section's anchor, further parts `anchor~2`, `anchor~3`.
    """
    passages = []
    for section in sections(document.body):
        for number, blocks in enumerate(_parts(section), start=1):
            anchor = section.anchor if number == 1 else f"{section.anchor}~{number}"
            passages.append(
                Passage(
                    document_id=document.front.id,
                    edition=document.front.edition,
                    anchor=anchor,
                    title=document.front.title,
                    headings=section.headings,
                    blocks=blocks,
                    norm=section.norm,
                    basis=section.basis,
                    questions=document.front.questions.get(anchor, ()),
                )
            )
    return tuple(passages)


def _parts(section: Section) -> Iterator[tuple[Block, ...]]:
    part: list[Block] = []
    size = 0
    for block in chain.from_iterable(map(_pieces, section.blocks)):
        if part and size + len(block.text) > SOFT_LIMIT:
            yield tuple(part)
            part, size = [], 0
        part.append(block)
        size += len(block.text)
    if part:
        yield tuple(part)


def _pieces(block: Block) -> Iterator[Block]:
    """Part a block that is too long to embed, at sentence ends or between items."""
    if len(block.text) <= HARD_LIMIT:
        yield block
        return
    start, end = 0, 0
    for first, last in _units(block):
        while last - first > HARD_LIMIT:  # one "sentence" without an end: cut it at a space
            cut = block.text.rfind(" ", first, first + HARD_LIMIT)
            cut = cut if cut > first else first + HARD_LIMIT
            yield replace(block, text=block.text[start:cut].strip())
            start = first = cut
        if last - start > SOFT_LIMIT and end > start:
            yield replace(block, text=block.text[start:end].strip())
            start = first
        end = last
    if block.text[start:].strip():
        yield replace(block, text=block.text[start:].strip())


def _units(block: Block) -> list[tuple[int, int]]:
    if block.kind is not BlockKind.TABLE:
        return sentences.spans(block.text)
    units, position = [], 0
    for line in block.text.splitlines(keepends=True):
        units.append((position, position + len(line.rstrip())))
        position += len(line)
    return units
