"""Take footnotes out of the running text and put them after what refers to them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.document import BlockKind
from ingest.hyphens import Vocabulary, join_lines
from ingest.pdf_lines import Line
from ingest.pdf_style import Style
from ingest.pieces import Piece

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
    for line in lines:
        starts = _NOTE_START.match(line.text) is not None
        if line.tag.role:
            is_note = line.tag.role in _NOTE_ROLES
            new = inside is None or inside.tag.element != line.tag.element
        else:
            low = line.y < _FOOT * heights[line.page - 1]
            small = line.size <= _SMALLER * style.size and low
            goes_on = inside is not None and inside.page == line.page and not starts
            is_note, new = small and (starts or goes_on), starts
        if not is_note:
            kept.append(line)
            inside = None
            continue
        if new or not groups:
            groups.append([])
        groups[-1].append(line)
        inside = line
    return kept, [_note(group, vocabulary) for group in groups]


def place_notes(pieces: Sequence[Piece], notes: Sequence[Note]) -> list[Piece]:
    """Put each note after the piece that refers to it, else last on its page.

    The raised number goes from the running text, so that a quote is the words alone; m² and
    other raised numbers that no note explains stay.
    """
    out = list(pieces)
    for note in reversed(notes):
        if out:
            index = _find(out, note)
            out[index] = _without_mark(out[index], note)
            raised = note.number.translate(_RAISE)
            text = f"{raised} {note.text}".strip()
            while index + 1 < len(out) and out[index + 1].kind is BlockKind.LIST:
                index += 1  # a note must not part a list from its lead-in
            out.insert(index + 1, Piece(BlockKind.PARAGRAPH, text, page=note.page))
    return out


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
