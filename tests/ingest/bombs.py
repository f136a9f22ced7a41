"""Files that are small to send and endless to read, made by the tests."""

import zipfile
import zlib
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path

from tests.ingest.made_files import W, assemble, make_raw_pdf, pack_docx

_FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
_LINE = b"BT /F1 12 Tf 10 10 Td (hej hopp) Tj ET\n"


def packed(data: bytes, extra: bytes = b"") -> bytes:
    """Return a compressed stream object."""
    small = zlib.compress(data, 9)
    return b"<</Length %d/Filter/FlateDecode%s>>stream\n%s\nendstream" % (len(small), extra, small)


def pages_of(content: bytes, count: int, more: Mapping[int, bytes] | None = None) -> bytes:
    """Return a PDF that shows one content stream on many pages; `more` adds or replaces objects."""
    kids = b" ".join(b"%d 0 R" % (1000 + n) for n in range(count))
    page = (
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 3 0 R"
        b"/Resources<</Font<</F1 4 0 R>>/XObject<</X 10 0 R>>>>>>"
    )
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, kids),
        3: content,
        4: _FONT,
        **{1000 + n: page for n in range(count)},
        **(more or {}),
    }
    return assemble(objects)


def _forms() -> bytes:
    """Return a page whose forms call one another two to the twentieth times."""
    box = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]"
    more = {
        10 + n: packed(b"/X Do /X Do", box + b"/Resources<</XObject<</X %d 0 R>>>>" % (11 + n))
        for n in range(20)
    }
    more[30] = packed(_LINE, box)
    return pages_of(packed(b"/X Do"), 1, more)


def _letters() -> bytes:
    """Return a font that maps every letter three thousand times over."""
    table = (
        b"begincmap 100 beginbfrange\n" + b"<0000> <FFFF> <0041>\n" * 3000 + b"endbfrange endcmap"
    )
    more = {
        4: b"<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/DescendantFonts[5 0 R]"
        b"/ToUnicode 6 0 R>>",
        5: b"<</Type/Font/Subtype/CIDFontType2/BaseFont/A/CIDSystemInfo<</Registry(Adobe)"
        b"/Ordering(Identity)/Supplement 0>>/W[0 65535 500]>>",
        6: packed(table),
    }
    return pages_of(packed(b"BT /F1 12 Tf <00410042> Tj ET"), 1, more)


def _twice() -> bytes:
    data = zlib.compress(zlib.compress(b" " * (300 * 2**20), 9), 9)
    head = b"<</Length %d/Filter[/FlateDecode/FlateDecode]>>stream\n" % len(data)
    return pages_of(head + data + b"\nendstream", 1)


def _tags() -> bytes:
    """Return a structure tree that is its own child."""
    catalog = b"/MarkInfo<</Marked true>>/StructTreeRoot 6 0 R"
    tree = b"<</Type/StructTreeRoot/K 7 0 R/RoleMap<</A/B/B/A>>>>"
    return make_raw_pdf(_LINE, catalog=catalog, o6=tree, o7=b"<</S/A/K[7 0 R 7 0 R 6 0 R]>>")


def _outline() -> bytes:
    """Return bookmarks that follow one another in a ring."""
    loop = b"<</Title(A)/Parent 6 0 R/Next 7 0 R/First 7 0 R/Last 7 0 R>>"
    outlines = b"<</Type/Outlines/First 7 0 R/Last 7 0 R/Count 1>>"
    return make_raw_pdf(_LINE, catalog=b"/Outlines 6 0 R", o6=outlines, o7=loop)


def _ring() -> bytes:
    """Return a page tree that is its own branch."""
    return pages_of(packed(_LINE), 1, {2: b"<</Type/Pages/Count 9/Kids[2 0 R 1000 0 R 2 0 R]>>"})


PDF_BOMBS: dict[str, Callable[[], bytes]] = {
    "300 MB of blanks": lambda: pages_of(packed(b" " * (300 * 2**20)), 1),
    "compressed twice": _twice,
    "300,000 operators on a page": lambda: pages_of(packed(_LINE * 300_000), 1),
    "the same on 200 pages": lambda: pages_of(packed(_LINE * 20_000), 200),
    "60,000 pages": lambda: pages_of(packed(_LINE), 60_000),
    "forms in forms": _forms,
    "deep arrays": lambda: pages_of(packed(b"[" * 2_000_000), 1),
    "deep dictionaries": lambda: pages_of(packed(b"<<" * 200_000), 1),
    "a letter table": _letters,
    "one string": lambda: pages_of(packed(b"BT /F1 12 Tf (" + b"a" * 20_000_000 + b") Tj ET"), 1),
    "many small objects": lambda: (
        b"%PDF-1.7\n" + b"".join(b"%d 0 obj\n<</A 1>>\nendobj\n" % n for n in range(200_000))
    ),
    "a ring of tags": _tags,
    "a ring of bookmarks": _outline,
    "a ring of pages": _ring,
}


def _blown_up() -> bytes:
    document = (
        f'<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>'.encode()
        + b"a" * (90 * 2**20)
        + b"</w:t></w:r></w:p></w:body></w:document>"
    )
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", document)
    return buffer.getvalue()


OTHER_BOMBS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "word: 90 MB of one letter": (".docx", _blown_up),
    "word: a million paragraphs": (".docx", lambda: pack_docx("<w:p/>" * 1_000_000)),
    "word: deep": (".docx", lambda: pack_docx("<w:ins>" * 5_000 + "</w:ins>" * 5_000)),
    "word: wide tables": (
        ".docx",
        lambda: pack_docx(
            "<w:tbl>"
            + "<w:tr><w:tc><w:tcPr><w:gridSpan w:val='9999'/></w:tcPr><w:p/></w:tc></w:tr>" * 3_000
            + "</w:tbl>"
        ),
    ),
    "html: deep": (".html", lambda: b"<html><body>" + b"<div>" * 200_000 + b"text"),
    "html: a merged table": (
        ".html",
        lambda: b"<html><table>" + b"<tr><td colspan=9999 rowspan=9999>a" * 3_000,
    ),
    "html: style sheets": (
        ".html",
        lambda: (
            b"<html><style>"
            + b"".join(b".a%d > div div *{display:none}" % n for n in range(30_000))
            + b"</style>"
            + b"<div>text om planen</div>" * 20_000
        ),
    ),
    "html: entities": (".html", lambda: b"<html><p>" + b"&amp;" * 2_000_000),
    "markdown: quotes in quotes": (".md", lambda: b"# a\n\n## b\n\n" + b">" * 100_000 + b" text"),
    "markdown: brackets": (".md", lambda: b"# a\n\n## b\n\n" + b"[" * 50_000 + b"text"),
    "markdown: emphasis": (".md", lambda: b"# a\n\n## b\n\n" + b"*a **b " * 50_000),
    "markdown: open tags": (".md", lambda: b"# a\n\n## b\n\ntext " + b'<a "' * 100_000),
    "text: one line": (".txt", lambda: b"ord " * 4_000_000),
    "text: short lines": (".txt", lambda: b"Ord\n" * 2_000_000),
    "text: dots": (".txt", lambda: (b"." * 5_000 + b" 1\n") * 500),
}


def write(path: Path, data: bytes) -> Path:
    """Write a bomb; return its path."""
    path.write_bytes(data)
    return path
