"""Plain text to pieces: hard-wrapped lines, bare headings, bullets."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.document import BlockKind
from ingest.text.hyphens import Vocabulary, join_lines, read_vocabulary
from ingest.text.markers import is_wrapped_marker, item_marker
from ingest.text.memo import is_generic_heading, is_memo_heading
from ingest.text.pieces import Piece, ends_sentence, table_text

SECTION_NUMBER = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,4})\.?\s+[A-ZÅÄÖ]")
_MINUTE = re.compile(r"§ ?\d{1,4} [A-ZÅÄÖ]")  # of minutes: "§ 14 Yttrande över …"
_LONGEST_HEADING = 100
# A line that ends like this is cut by the margin, not by its author.
_GOES_ON = re.compile(
    r"(?:[,–\u2010\u00ad-]|\b(?:och|eller|samt|för|av|i|på|till|med|som|att|en|ett|den|det|de|"
    r"enligt|om|vid|från|inom|under|ur|är|ska|kan|har))$"
)
_FALLBACK_WIDTH = 72


@dataclass(frozen=True, slots=True)
class _Segment:
    """Lines that belong together: one row, paragraph, item or heading of a group."""

    lines: tuple[str, ...]
    page: int | None

    @property
    def is_item(self) -> bool:
        return item_marker(self.lines[0]) is not None


def read_plain_text(text: str) -> Iterator[Piece]:
    """Yield the pieces of a plain text; a form feed starts a new page."""
    lines = text.split("\n")
    vocabulary = read_vocabulary(lines)
    width = _wrap_width(lines)
    groups = [_segments(group, width, page) for page, group in _groups(text)]
    following = [group[0] for group in groups[1:]]
    memo = any(is_memo_heading(segment.lines[0]) for group in groups for segment in group)
    for number, group in enumerate(groups):
        if all(_is_row(segment) for segment in group) and sum(len(s.lines) for s in group) > 1:
            yield _table(group)
            continue
        after = following[number] if number < len(following) else None
        yield from _read_group(group, after, vocabulary, memo=memo, first=number == 0)


def _is_row(segment: _Segment) -> bool:
    return all("\t" in line.strip() for line in segment.lines)


def _table(group: Sequence[_Segment]) -> Piece:
    """Return lines with tabs between their parts as the table they are."""
    lines = [line for segment in group for line in segment.lines]
    rows = [[cell.strip() for cell in re.split(r"\t+", line.strip())] for line in lines]
    return Piece(BlockKind.TABLE, table_text(rows), page=group[0].page)


def _groups(text: str) -> Iterator[tuple[int | None, list[str]]]:
    """Yield runs of non-blank lines, with their page where the text has page breaks."""
    pages = text.split("\f")
    for number, page in enumerate(pages, start=1):
        for group in re.split(r"\n[ \t]*(?:\n[ \t]*)+", page):
            lines = [line for line in group.split("\n") if line.strip()]
            if lines:
                yield (number if len(pages) > 1 else None), lines


def _wrap_width(lines: Sequence[str]) -> int:
    """Return the column the text is wrapped at: near the longest of its lines."""
    lengths = sorted(len(line.strip()) for line in lines if len(line.strip()) > 30)
    return lengths[int(len(lengths) * 0.95)] if lengths else _FALLBACK_WIDTH


def _segments(lines: Sequence[str], width: int, page: int | None) -> list[_Segment]:
    """Split a group where the author broke a line, not where the wrapping did."""
    runs: list[list[str]] = [[lines[0]]]
    lines = [*lines, ""]
    for number, line in enumerate(lines[1:-1], start=1):
        before, after = lines[number - 1].strip(), lines[number + 1].strip()
        opens = len(runs[-1]) == 1
        if _is_break(before, line.strip(), width, opens=opens) or (
            ends_sentence(before) and _stands_out(line.strip(), after, width)
        ):
            runs.append([line])
        else:
            runs[-1].append(line)
    return [_Segment(tuple(run), page) for run in runs]


def _is_break(before: str, line: str, width: int, *, opens: bool) -> bool:
    """Judge whether the author ended a line; `opens` when it is the first of its segment."""
    if item_marker(line) is not None:
        return not is_wrapped_marker(before, line, width)
    if is_memo_heading(before):
        return True
    if line[:1].islower() or _GOES_ON.search(before):
        return False
    # The first word of the next line had room on this one: nothing but the author broke it.
    # A first line may be a heading, of which prose then says no more; it gets more room.
    room = len(before) + 1 + len(line.split()[0])
    return room < (0.9 if opens and not ends_sentence(before) else 0.8) * width


def _stands_out(line: str, after: str, width: int) -> bool:
    """Return whether a line right under the end of a paragraph is a heading of what follows."""
    short = len(line) < 0.6 * width and looks_like_heading(line) and item_marker(line) is None
    return short and bool(after) and _is_break(line, after, width, opens=True)


def _read_group(
    group: Sequence[_Segment],
    after: _Segment | None,
    vocabulary: Vocabulary,
    *,
    memo: bool,
    first: bool,
) -> Iterator[Piece]:
    following = [*group[1:], after]
    above = False
    for number, (segment, below) in enumerate(zip(group, following, strict=True)):
        text = join_lines(segment.lines, vocabulary)
        starts = number == 0 or above or ends_sentence(group[number - 1].lines[-1].strip())
        title = first and len(group) == 1 and after is not None and _is_title(segment)
        if title or (
            starts and _is_heading(segment, below, nested=above, last=number == len(group) - 1)
        ):
            level = _level(text, memo=memo, opening=first and number == 0, nested=above)
            yield Piece(BlockKind.HEADING, text, level, page=segment.page)
            above = True
            continue
        above = False
        marked = item_marker(text)
        if marked is not None:
            marker, rest = marked
            yield Piece(BlockKind.LIST, rest, marker=marker, page=segment.page)
        else:
            yield Piece(BlockKind.PARAGRAPH, text, page=segment.page)


def _is_title(segment: _Segment) -> bool:
    """Return whether a line that stands alone at the top of a text is its title."""
    text = segment.lines[0].strip()
    return (
        len(segment.lines) == 1 and len(text) <= _LONGEST_HEADING and looks_like_heading(text)
    ) and not segment.is_item


def _is_heading(segment: _Segment, below: _Segment | None, *, nested: bool, last: bool) -> bool:
    """Judge by shape: one short line, no end mark, with something under it to be a heading of.

    Right under another heading the bar is higher: what follows must be prose, or a row of
    addressees and the lead-in of a list would pass.
    """
    text = segment.lines[0].strip()
    if len(segment.lines) > 1 or len(text) > _LONGEST_HEADING or below is None:
        return False
    if not looks_like_heading(text) or segment.is_item:
        return False
    if is_memo_heading(text) or _MINUTE.match(text):
        return True
    if below.is_item and is_generic_heading(text):
        return True
    prose = _is_prose(below)
    if nested or last:
        return prose
    return prose or below.is_item or looks_like_heading(below.lines[0].strip())


def looks_like_heading(text: str) -> bool:
    """Return whether one line has the shape of a heading: capital first, no end mark."""
    if is_memo_heading(text):
        return True
    capital = text[:1].isupper() or SECTION_NUMBER.match(text) is not None
    capital = capital or _MINUTE.match(text) is not None
    letters = re.search(r"[^\W\d_]{2}", text) is not None
    return capital and letters and not ends_sentence(text) and not _GOES_ON.search(text)


def _is_prose(segment: _Segment) -> bool:
    text = " ".join(segment.lines)
    return not segment.is_item and (len(segment.lines) > 1 or ends_sentence(text.strip()))


def _level(text: str, *, memo: bool, opening: bool, nested: bool) -> int:
    numbered = SECTION_NUMBER.match(text)
    if numbered:
        return min(6, 1 + numbered.group(1).count("."))
    if is_memo_heading(text) or (opening and not memo):
        return 1
    return 3 if nested and not memo else 2
