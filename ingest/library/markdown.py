"""Read a Document's Markdown body as sections of blocks, each a verbatim slice of the body."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from itertools import count

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ingest.document import Basis, Block, BlockKind, Norm
from ingest.library.heading import Heading, read_heading
from ingest.library.page_marker import Pages, read_marker

_ATTRIBUTES = re.compile(r"\s*\{(?P<inside>[^{}]*)\}\s*$")
_ANCHOR = re.compile(r"#([\w-]+)")
_UNTITLED = Heading("", None, {})
_BLOCKS = {
    "paragraph_open": BlockKind.PARAGRAPH,
    "bullet_list_open": BlockKind.LIST,
    "ordered_list_open": BlockKind.LIST,
    "table_open": BlockKind.TABLE,
    "blockquote_open": BlockKind.PARAGRAPH,
    "fence": BlockKind.PARAGRAPH,
    "code_block": BlockKind.PARAGRAPH,
}


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with the blocks under it, up to the next heading.

    `headings` is the path of headings down to this section's own; it is empty for the text
    before the first heading, whose anchor is `inledning`.
    """

    anchor: str
    headings: tuple[str, ...]
    norm: Norm | None
    basis: Basis | None
    blocks: tuple[Block, ...]
    line: int


def sections(body: str) -> tuple[Section, ...]:
    """Split a Markdown body into sections; one with neither text nor subsections is kept too.

    A block's `text` is a slice of `body` without page markers and comments. A list takes its
    lead-in, a paragraph that ends in a colon, into its own block when no comment parts them.
    """
    lines = body.splitlines()
    reader = _SectionReader(lines)
    for token in _parser().parse(body):
        if token.level == 0 and token.map:
            reader.take(token)
    return reader.finish()


def slug(text: str) -> str:
    """Return a stable ascii anchor for a heading: `Får jag …?` becomes `far-jag`."""
    plain = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].rstrip("-") or "avsnitt"


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": True}).enable("table")


class _SectionReader:
    """Collect the sections of one body, in order."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        self._done: list[Section] = []
        self._path: list[tuple[int, str]] = []
        self._anchors: set[str] = set()
        self._pages: Pages | None = None
        self._start("inledning", _UNTITLED, 1)

    def _start(self, anchor: str, heading: Heading, line: int) -> None:
        self._anchor, self._own, self._line = anchor, heading, line
        self._blocks: list[Block] = []
        self._last_lines = (0, 0)

    def take(self, token: Token) -> None:
        first, end = token.map or (0, 0)
        if token.type == "heading_open":
            self._heading(self._lines[first], int(token.tag[1]), first)
        elif token.type == "html_block":
            for line in self._lines[first:end]:
                self._pages = read_marker(line) or self._pages
        elif token.type in _BLOCKS:
            self._block(_BLOCKS[token.type], first, end)

    def finish(self) -> tuple[Section, ...]:
        self._close()
        return tuple(self._done)

    def _heading(self, source: str, level: int, line: int) -> None:
        self._close()
        heading = read_heading(source)
        self._path = [(depth, above) for depth, above in self._path if depth < level]
        self._path.append((level, heading.text))
        self._start(self._unique(heading.anchor or slug(heading.text)), heading, line + 1)

    def _unique(self, anchor: str) -> str:
        """Return the anchor, or the first of `anchor-2`, `anchor-3` … that is free."""
        numbered = (anchor if n == 1 else f"{anchor}-{n}" for n in count(1))
        free = next(name for name in numbered if name not in self._anchors)
        self._anchors.add(free)
        return free

    def _block(self, kind: BlockKind, first: int, end: int) -> None:
        if kind is BlockKind.LIST and self._blocks and self._is_lead_in(self._blocks[-1], first):
            first = self._last_lines[0]
            self._blocks.pop()
        while end > first and not self._lines[end - 1].strip():
            end -= 1
        text = "\n".join(self._lines[first:end])
        self._last_lines = (first, end)
        pages = self._pages
        block = Block(kind, text)
        if pages is not None:
            block = Block(kind, text, 0, pages.first, pages.last, pages.scanned)
        self._blocks.append(block)

    def _is_lead_in(self, block: Block, line: int) -> bool:
        """Say whether the block leads in the list that starts on `line`.

        It stands right above the list, or ends in a colon with only blank lines between.
        """
        between = self._lines[self._last_lines[1] : line]
        if block.kind is not BlockKind.PARAGRAPH or any(text.strip() for text in between):
            return False
        return not between or block.text.endswith(":")

    def _close(self) -> None:
        if self._blocks or self._path:
            section = Section(
                anchor=self._anchor,
                headings=tuple(text for _, text in self._path),
                norm=self._own.norm,
                basis=self._own.basis,
                blocks=tuple(self._blocks),
                line=self._line,
            )
            self._done.append(section)
