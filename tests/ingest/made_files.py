"""Files that the tests make themselves: PDF by hand-written objects, DOCX by its XML."""

import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pypdfium2

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@dataclass(frozen=True)
class Show:
    """Text shown on a page; `element` numbers the tagged block it belongs to, from 1."""

    text: str
    x: float = 72
    y: float = 700
    size: float = 11
    bold: bool = False
    upward: bool = False
    role: str = ""
    element: int = 0


def column(
    lines: Sequence[str], *, top: float = 700, x: float = 72, size: float = 11, leading: float = 14
) -> list[Show]:
    """Return lines set under one another."""
    return [Show(text, x, top - leading * n, size) for n, text in enumerate(lines)]


def make_pdf(pages: Sequence[Sequence[Show]], *, title: str = "", outline: str = "") -> bytes:
    """Return a PDF; it is tagged when any text has a role."""
    objects: dict[int, bytes] = {
        1: b"",
        2: b"<</Type/Pages/Count %d/Kids[%s]>>"
        % (len(pages), b" ".join(b"%d 0 R" % (100 + n) for n in range(len(pages)))),
        3: _font(b"Helvetica"),
        4: _font(b"Helvetica-Bold"),
        5: b"<</Title(%s)>>" % _escape(title),
    }
    elements: dict[int, tuple[str, list[bytes]]] = {}
    for n, shows in enumerate(pages):
        objects[200 + n] = _stream(_content(shows, 100 + n, elements))
        objects[100 + n] = (
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R"
            b"/Resources<</Font<</F1 3 0 R/F2 4 0 R>>>>>>" % (200 + n)
        )
    catalog = b"/Type/Catalog/Pages 2 0 R"
    if elements:
        kids = []
        for number, (role, marks) in sorted(elements.items()):
            objects[1000 + number] = b"<</S/%s/K[%s]>>" % (role.encode(), b" ".join(marks))
            kids.append(b"%d 0 R" % (1000 + number))
        objects[6] = b"<</Type/StructTreeRoot/K[%s]>>" % b" ".join(kids)
        catalog += b"/MarkInfo<</Marked true>>/StructTreeRoot 6 0 R"
    if outline:
        objects[7] = b"<</Type/Outlines/First 8 0 R/Last 8 0 R/Count 1>>"
        objects[8] = b"<</Title(%s)/Parent 7 0 R/Dest[100 0 R/Fit]>>" % _escape(outline)
        catalog += b"/Outlines 7 0 R"
    objects[1] = b"<<" + catalog + b">>"
    return assemble(objects)


def make_raw_pdf(
    content: bytes, *, page: bytes = b"", catalog: bytes = b"", **more: bytes
) -> bytes:
    """Return a PDF of one A4 page with this content; `more` are objects by name: `o9=b"<<>>"`.

    F1 is Helvetica; `page` and `catalog` go into their dictionaries. A later /Resources wins.
    """
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R" + catalog + b">>",
        2: b"<</Type/Pages/Count 1/Kids[100 0 R]>>",
        3: _font(b"Helvetica"),
        100: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 200 0 R"
        + (page if b"/Resources" in page else page + b"/Resources<</Font<</F1 3 0 R>>>>")
        + b">>",
        200: _stream(content),
    }
    return assemble({**objects, **{int(name[1:]): body for name, body in more.items()}})


def scan(pdf: bytes, *, dpi: int = 200) -> bytes:
    """Return a PDF whose pages are pictures of those of another, as from a scanner."""
    objects: dict[int, bytes] = {1: b"<</Type/Catalog/Pages 2 0 R>>"}
    with pypdfium2.PdfDocument(pdf) as document:
        count = len(document)
        for n in range(count):
            width, height = document[n].get_size()
            out = BytesIO()
            picture = document[n].render(scale=dpi / 72, grayscale=True).to_pil()
            picture.save(out, "JPEG", quality=60)
            data = out.getvalue()
            objects[400 + n] = (
                b"<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray"
                b"/BitsPerComponent 8/Filter/DCTDecode/Length %d>>stream\n%s\nendstream"
                % (picture.width, picture.height, len(data), data)
            )
            objects[200 + n] = _stream(b"q %g 0 0 %g 0 0 cm /I Do Q" % (width, height))
            objects[100 + n] = (
                b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %g %g]/Contents %d 0 R"
                b"/Resources<</XObject<</I %d 0 R>>>>>>" % (width, height, 200 + n, 400 + n)
            )
    kids = b" ".join(b"%d 0 R" % (100 + n) for n in range(count))
    objects[2] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, kids)
    return assemble(objects)


def assemble(objects: Mapping[int, bytes]) -> bytes:
    """Return the PDF file of numbered objects; object 1 is the catalog, 5 the information."""
    out = b"%PDF-1.7\n"
    places: dict[int, int] = {}
    for number, body in sorted(objects.items()):
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in sorted(places.items()):
        out += b"%d 1\n%010d 00000 n \n" % (number, place)
    info = b"/Info 5 0 R" if 5 in objects else b""
    size = max(objects) + 1
    return out + b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (
        size,
        info,
        table,
    )


def _font(name: bytes) -> bytes:
    return b"<</Type/Font/Subtype/Type1/BaseFont/%s/Encoding/WinAnsiEncoding>>" % name


def _stream(data: bytes) -> bytes:
    return b"<</Length %d>>stream\n%s\nendstream" % (len(data), data)


def _escape(text: str) -> bytes:
    raw = text.encode("cp1252")
    return raw.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def _content(
    shows: Sequence[Show], page: int, elements: dict[int, tuple[str, list[bytes]]]
) -> bytes:
    out: list[bytes] = []
    for mcid, show in enumerate(shows):
        if show.role == "Artifact":
            out.append(b"/Artifact BMC")
        elif show.role:
            out.append(b"/%s<</MCID %d>>BDC" % (show.role.encode(), mcid))
            mark = b"<</Type/MCR/Pg %d 0 R/MCID %d>>" % (page, mcid)
            elements.setdefault(show.element, (show.role, []))[1].append(mark)
        out.append(
            b"BT /F%d %g Tf %s %g %g Tm (%s) Tj ET"
            % (
                2 if show.bold else 1,
                show.size,
                b"0 1 -1 0" if show.upward else b"1 0 0 1",
                show.x,
                show.y,
                _escape(show.text),
            )
        )
        if show.role:
            out.append(b"EMC")
    return b"\n".join(out)


def make_docx(path: Path, body: str, *, more: Mapping[str, str] | None = None) -> Path:
    """Write a DOCX with the XML inside `<w:body>`; `more` adds parts by name."""
    parts = {
        "[Content_Types].xml": (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/></Types>'
        ),
        "_rels/.rels": (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
            'relationships/officeDocument" Target="word/document.xml"/></Relationships>'
        ),
        "word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>',
        "word/styles.xml": (
            f'<w:styles xmlns:w="{W}"><w:style w:type="paragraph" w:styleId="Rubrik1">'
            '<w:name w:val="heading 1"/></w:style></w:styles>'
        ),
        "word/_rels/document.xml.rels": (
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
            'relationships/styles" Target="styles.xml"/></Relationships>'
        ),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in {**parts, **(more or {})}.items():
            archive.writestr(name, text)
    return path


def paragraph(text: str, *, style: str = "", run: str = "") -> str:
    """Return one paragraph of a DOCX; `run` is the XML of the run's properties."""
    styled = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{styled}<w:r><w:rPr>{run}</w:rPr><w:t>{text}</w:t></w:r></w:p>"
