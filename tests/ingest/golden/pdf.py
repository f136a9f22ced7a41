"""Typeset a made document as PDF: plain, tagged, in two columns, turned, with page furniture."""

from dataclasses import dataclass, field

from tests.ingest.golden.content import Made, Part
from tests.ingest.golden.navigation import Bookmark, navigation
from tests.ingest.golden.typeset import measure, wrap
from tests.ingest.made_files import assemble

_LEFT, _TOP, _BOTTOM, _LEADING, _SIZE = 72.0, 760.0, 110.0, 14.0, 11.0
_HEADINGS = {1: 18.0, 2: 14.0, 3: 12.0}
_FACES = {"F1": b"Helvetica", "F2": b"Helvetica-Bold", "F3": b"Helvetica-Oblique"}


@dataclass(frozen=True)
class Look:
    """How to typeset: columns, tagged, turned a quarter, short pages, bookmarks and page labels."""

    columns: int = 1
    tagged: bool = False
    turned: bool = False
    bottom: float = _BOTTOM
    listed: bool = False


@dataclass
class _Page:
    marks: list[bytes] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)


class Typesetter:
    """Fill pages from the top; `element` numbers what is tagged."""

    def __init__(self, made: Made, look: Look) -> None:
        self.look, self.made = look, made
        self.pages = [_Page()]
        self.roles: dict[int, tuple[str, list[bytes]]] = {}
        self.tables: dict[int, list[list[int]]] = {}
        self.bookmarks: list[Bookmark] = []
        self._column, self._y, self._note = 0, _TOP, 0
        self._mcid = 0

    @property
    def width(self) -> float:
        """Return the width of a column in points."""
        return 451.0 if self.look.columns == 1 else 210.0

    def set(self, part: Part) -> None:
        """Set one part."""
        match part.kind:
            case "heading":
                self._heading(part)
            case "paragraph":
                self._paragraph(part)
            case "advice":
                self._block([part.text], face="F3", role="P")
            case "items" | "numbered":
                self._list(part)
            case "table":
                self._table(part)

    def _heading(self, part: Part) -> None:
        size = _HEADINGS[part.level] if self.look.columns == 1 else _HEADINGS[part.level] - 1
        self._y -= 8
        lines = wrap(part.text, width=0.8 * self.width, size=size, hyphens=False)
        if self._y - len(lines) * 1.2 * size - 3 * _LEADING < self._floor():
            self._next()
        self._block(lines, face="F2", size=size, role=f"H{part.level}")
        self.bookmarks.append(Bookmark(part.text, part.level, 100 + len(self.pages) - 1))

    def _paragraph(self, part: Part) -> None:
        lines = wrap(part.text, width=self.width, size=_SIZE)
        raised = ""
        if part.note:
            self._note += 1
            raised = str(self._note)
        self._block(lines, role="P", raised=raised)
        if part.note:
            self.pages[-1].notes.append((raised, part.note))

    def _list(self, part: Part) -> None:
        for number, (text,) in enumerate(part.rows, start=1):
            marker = f"{number}." if part.kind == "numbered" else "•"
            lines = wrap(text, width=self.width - 20, size=_SIZE)
            element = self._element("LI")
            for n, line in enumerate(lines):
                self._room(1)
                if n == 0:
                    self._show(marker, 4.0, "F1", _SIZE, element)
                self._show(line, 20.0, "F1", _SIZE, element)
                self._y -= _LEADING
            self._y -= 3

    def _table(self, part: Part) -> None:
        self._room(len(part.rows))
        wide = self.width / len(part.rows[0])
        rows: list[list[int]] = []
        for number, row in enumerate(part.rows):
            rows.append([])
            self._room(1)
            for column, cell in enumerate(row):
                element = self._element("TH" if number == 0 else "TD")
                rows[-1].append(element)
                face = "F2" if number == 0 else "F1"
                self._show(cell, column * wide, face, _SIZE, element)
            self._y -= _LEADING + 2
        self.tables[rows[0][0]] = rows
        self._y -= 6

    def _block(
        self,
        lines: list[str],
        *,
        role: str,
        face: str = "F1",
        size: float = _SIZE,
        raised: str = "",
    ) -> None:
        element = self._element(role)
        for number, line in enumerate(lines, start=1):
            self._room(1)
            self._show(line, 0.0, face, size, element)
            if raised and number == len(lines):
                self._show(raised, measure(line, size) + 0.5, face, 6.5, element, rise=4.0)
            self._y -= 1.25 * size if size > _SIZE else _LEADING
        self._y -= 6

    def _element(self, role: str) -> int:
        number = len(self.roles) + 1
        self.roles[number] = (role, [])
        return number

    def _room(self, lines: int) -> None:
        if self._y - lines * _LEADING < self._floor():
            self._next()

    def _floor(self) -> float:
        return self.look.bottom

    def _next(self) -> None:
        self._y = _TOP
        self._column += 1
        if self._column >= self.look.columns:
            self._column, self._mcid = 0, 0
            self.pages.append(_Page())

    def _show(
        self, text: str, x: float, face: str, size: float, element: int, *, rise: float = 0.0
    ) -> None:
        left = _LEFT + x + self._column * (self.width + 31)
        shown = show(text, left, self._y + rise, face, size)
        if self.look.tagged:
            role, marks = self.roles[element]
            page = 100 + len(self.pages) - 1
            marks.append(b"<</Type/MCR/Pg %d 0 R/MCID %d>>" % (page, self._mcid))
            shown = b"/%s<</MCID %d>>BDC %s EMC" % (role.encode(), self._mcid, shown)
            self._mcid += 1
        self.pages[-1].marks.append(shown)


def typeset(made: Made, look: Look) -> bytes:
    """Return the PDF of a document."""
    setter = Typesetter(made, look)
    for part in made.parts:
        setter.set(part)
    objects: dict[int, bytes] = {}
    count = len(setter.pages)
    for number, page in enumerate(setter.pages):
        content = b"\n".join([*page.marks, *_furniture(made, look, page, number, count)])
        objects[200 + number] = b"<</Length %d>>stream\n%s\nendstream" % (len(content), content)
        turned = b"/Rotate 90" if look.turned else b""
        objects[100 + number] = (
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Resources<</Font<<"
            b"/F1 3 0 R/F2 4 0 R/F3 5 0 R>>>>%s>>" % (200 + number, turned)
        )
    kids = b" ".join(b"%d 0 R" % (100 + n) for n in range(count))
    objects[2] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, kids)
    for number, name in enumerate(_FACES.values(), start=3):
        objects[number] = (
            b"<</Type/Font/Subtype/Type1/BaseFont/%s/Encoding/WinAnsiEncoding>>" % name
        )
    catalog = b"/Type/Catalog/Pages 2 0 R"
    if look.tagged:
        objects.update(_tree(setter))
        catalog += b"/MarkInfo<</Marked true>>/StructTreeRoot 6 0 R"
    if look.listed:
        more, marks = navigation(setter.bookmarks)
        catalog += more
        objects.update(marks)
    objects[1] = b"<<" + catalog + b">>"
    # Object 5 is a font here: no information dictionary.
    return assemble(objects).replace(b"/Info 5 0 R", b"")


def show(text: str, x: float, y: float, face: str, size: float) -> bytes:
    """Return the operators that show text at a place in points."""
    raw = text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    return b"BT /%s %g Tf %g %g Td (%s) Tj ET" % (face.encode(), size, x, y, raw)


def _furniture(made: Made, look: Look, page: _Page, number: int, count: int) -> list[bytes]:
    """Return the header, the footer and the footnotes of a page."""
    shown = [
        show(made.header, _LEFT, 805, "F1", 8),
        show(f"Sida {number + 1} av {count}", 480, 40, "F1", 8),
    ]
    if look.tagged:
        shown = [b"/Artifact BMC %s EMC" % mark for mark in shown]
    y = 96.0
    for mark, note in page.notes:
        shown += [show(mark, _LEFT, y + 3, "F1", 5), show(note, _LEFT + 4, y, "F1", 8)]
        y -= 11
    return shown


def _tree(setter: Typesetter) -> dict[int, bytes]:
    """Return the structure tree: elements in order, the cells of a table in its rows."""
    objects: dict[int, bytes] = {}
    cells = {one for rows in setter.tables.values() for row in rows for one in row}
    kids: list[bytes] = []
    for number, (role, marks) in sorted(setter.roles.items()):
        objects[1000 + number] = b"<</S/%s/K[%s]>>" % (role.encode(), b" ".join(marks))
        if number in setter.tables:
            rows = [
                b"<</S/TR/K[%s]>>" % b" ".join(b"%d 0 R" % (1000 + cell) for cell in row)
                for row in setter.tables[number]
            ]
            kids.append(b"<</S/Table/K[%s]>>" % b" ".join(rows))
        elif number not in cells:
            kids.append(b"%d 0 R" % (1000 + number))
    objects[6] = b"<</Type/StructTreeRoot/K[%s]>>" % b" ".join(kids)
    return objects
