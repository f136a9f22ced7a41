"""Take footnotes out of the running text and put them after what refers to them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.document import BlockKind
from ingest.pdf.lines import Line
from ingest.pdf.style import Style
from ingest.text.hyphens import Vocabulary, join_lines
from ingest.text.pieces import Piece

_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_DIGITS = str.maketrans(_RAISED, "0123456789")
_RAISE = str.maketrans("0123456789", _RAISED)
_NOTE_ROLES = frozenset({"Note", "FENote"})
_NOTE_START = re.compile(rf"\[?([{_RAISED}]{{1,2}}|\d{{1,2}})\]?\.?\s*(?=[^\W\d_])")
_SMALLER = 0.9
_FOOT = 0.35


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: the page it stands on, its number as printed, its words."""

    page: int
    number: str
    text: str


def part_notes(
    lines: Sequence[Line], style: Style, heights: Sequence[float], vocabulary: Vocabulary
) -> tuple[list[Line], list[Note]]:
    """Return the lines without footnotes, and the footnotes.

    A tagged file says what is a note; else it is small type at the foot of a page, from a line
    that starts with a number to the end of the small type.
    """
    kept: list[Line] = []
    groups: list[list[Line]] = []
    inside: Line | None = None
    number = 0
    for line in lines:
        inside = inside if inside is not None and inside.page == line.page else None
        starts = _starts(line, number if inside is not None else None)
        if line.tag.role:
            is_note = line.tag.role in _NOTE_ROLES
            new = inside is None or inside.tag.element != line.tag.element
        else:
            low = line.y < _FOOT * heights[line.page - 1]
            small = line.size <= _SMALLER * style.size and low and not line.heading
            is_note, new = small and (starts > 0 or inside is not None), starts > 0
        if not is_note:
            kept.append(line)
            inside = None
            continue
        if new or not groups:
            groups.append([])
            number = starts
        groups[-1].append(line)
        inside = line
    return kept, [_note(group, vocabulary) for group in groups]


def _starts(line: Line, before: int | None) -> int:
    """Return the number of the note that a line starts, else 0.

    Among notes the next must follow: "9 september" is no note after the second.
    """
    match = _NOTE_START.match(line.text)
    if match is None:
        return 0
    number = int(match.group(1).translate(_DIGITS))
    raised = match.group(1)[0] in _RAISED
    return number if raised or before is None or number == before + 1 else 0


def place_notes(pieces: Sequence[Piece], notes: Sequence[Note]) -> list[Piece]:
    """Put each note after the piece that refers to it, else last on its page.

    The raised number goes from the running text, so that a quote is the words alone; m² and
    other raised numbers that no note explains stay.
    """
    out = list(pieces)
    following: dict[int, list[Piece]] = {}
    for note in notes:
        if not out:
            break
        index = _find(out, note)
        out[index] = _without_mark(out[index], note)
        while index + 1 < len(out) and out[index + 1].kind is BlockKind.LIST:
            index += 1  # a note must not part a list from its lead-in
        text = f"{note.number.translate(_RAISE)} {note.text}".strip()
        piece = Piece(BlockKind.PARAGRAPH, text, page=note.page)
        following.setdefault(index, []).append(piece)
    return [piece for index, one in enumerate(out) for piece in (one, *following.get(index, ()))]


def _note(lines: Sequence[Line], vocabulary: Vocabulary) -> Note:
    text = join_lines([line.text for line in lines], vocabulary)
    match = _NOTE_START.match(text)
    number = match.group(1).translate(_DIGITS) if match else ""
    return Note(lines[0].page, number, text[match.end() :] if match else text)


def _mark(note: Note) -> re.Pattern[str]:
    raised = note.number.translate(_RAISE)
    return re.compile(rf"(?<=[^\s{_RAISED}]){raised}(?![{_RAISED}\w])")


def _find(pieces: Sequence[Piece], note: Note) -> int:
    """Return the index of the piece that refers to the note."""
    last = 0
    for index, piece in enumerate(pieces):
        if piece.page is None or piece.page > note.page:
            continue
        last = index
        on_page = (piece.last_page or piece.page) >= note.page
        if note.number and on_page and _mark(note).search(piece.text):
            return index
    return last


def _without_mark(piece: Piece, note: Note) -> Piece:
    if not note.number or piece.kind is BlockKind.TABLE:
        return piece
    return replace(piece, text=_mark(note).sub("", piece.text, count=1))
