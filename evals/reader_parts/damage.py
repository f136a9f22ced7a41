"""Damage a file the way transfers, old programs and attackers do."""

import random
import zipfile
from io import BytesIO

_TOKENS: dict[str, tuple[bytes, ...]] = {
    ".pdf": (
        *(b"0", b"-1", b"65536", b"4294967295", b"99999999999999999999", b"1e300", b"nan", b"null"),
        *(
            b"true",
            b"[",
            b"]",
            b"<<",
            b">>",
            b"(",
            b")",
            b"<",
            b">",
            b"\\",
            b"%",
            b"obj",
            b"endobj",
        ),
        *(b"stream", b"endstream", b"xref", b"trailer", b"startxref", b"%%EOF", b"1 0 R", b"2 0 R"),
        *(b"100 0 R", b"200 0 R", b"/Kids", b"/Count -3", b"/Parent", b"/Length 99999", b"/Filter"),
        *(b"/FlateDecode", b"/ASCIIHexDecode", b"/LZWDecode", b"/Rotate 45", b"/MediaBox[0 0 0 0]"),
        *(b"/MediaBox[0 0 1e9 1e9]", b"/CropBox[9 9 1 1]", b"/Resources", b"/Font", b"/Contents"),
        *(b"/K", b"/S/H1", b"/S/TR", b"/StructTreeRoot", b"/RoleMap", b"/MCID -1", b"BT", b"ET"),
        *(b"Tj", b"TJ", b"Tf", b"Tm", b"cm", b"q", b"Q", b"Do", b"BDC", b"EMC", b"BI ID EI", b"gs"),
        *(b"/Annots", b"/Outlines", b"/First", b"/Next", b"/Dest", b"/OCProperties", b"/Encrypt"),
    ),
    ".docx": (
        *(b"<w:p>", b"</w:p>", b"<w:r>", b"<w:t>", b"<w:tbl>", b"<w:tr>", b"<w:tc>", b"<w:sdt>"),
        *(b"<w:vMerge/>", b'<w:gridSpan w:val="99999"/>', b"<w:numPr/>", b'w:val="-1"', b"&x;"),
        *(b'<w:ilvl w:val="999"/>', b'<w:numId w:val="x"/>', b'<w:outlineLvl w:val="99"/>'),
        *(b'<w:footnoteReference w:id="99"/>', b"<w:drawing/>", b"<!DOCTYPE a>", b"\x00", b"<a/>"),
        *(b'<w:sz w:val="99999999999"/>', b'w:val=""', b"<w:basedOn/>", b"<w:hyperlink/>"),
    ),
    ".html": (
        *(b"<table>", b"<tr>", b"<td colspan=99999 rowspan=99999>", b"</table>", b"<ul><li>"),
        *(b"<style>*{}", b"</style>", b"<style>:not(", b"<h1>", b"<p style='", b"<!--", b"-->"),
        *(
            b"<form>",
            b"<svg>",
            b"&#x110000;",
            b"&#0;",
            b"<![CDATA[",
            b"<?xml?>",
            b"\x00",
            b"<ol start=9e9>",
        ),
    ),
    ".md": (
        *(
            b"# ",
            b"> " * 50,
            b"- " * 50,
            b"|---|",
            b"```",
            b"<div hidden>",
            b"<!--",
            b"[a]: ",
            b"***",
        ),
        *(
            b"1. ",
            b"<!-- sida 99999999999 -->",
            b"\\",
            b"![](",
            b"&#x200b;",
            b"\xe2\x80\xae",
            b"\x00",
        ),
    ),
    ".txt": (b"\f", b"\x00", b"\xff\xfe", b"\xe2\x80\xae", b"1. ", b"\xe2\x80\xa2 ", b"\r", b"-\n"),
}
_TOKENS[".htm"] = _TOKENS[".html"]
_MOST_CHANGES = 6


def damage(data: bytes, other: bytes, suffix: str, rng: random.Random) -> bytes:
    """Return a damaged copy of a file; in a Word file the parts are damaged, or the archive."""
    if suffix == ".docx" and rng.random() < 0.8:
        return _damage_parts(data, rng)
    return _damage_bytes(data, other, suffix, rng)


def _damage_bytes(data: bytes, other: bytes, suffix: str, rng: random.Random) -> bytes:
    out = bytearray(data)
    for _ in range(rng.randint(1, _MOST_CHANGES)):
        at = rng.randrange(len(out) + 1)
        length = rng.choice((1, 2, 4, 16, 64, 256, 1024))
        match rng.randrange(8):
            case 0:
                out[at : at + 1] = bytes([rng.randrange(256)])
            case 1:
                del out[at : at + length]
            case 2:
                out[at:at] = out[at : at + length] * rng.choice((1, 2, 50))
            case 3:
                start = rng.randrange(len(other) + 1)
                out[at : at + length] = other[start : start + length]
            case 4 | 5 | 6:
                out[at : at + rng.choice((0, 0, 4))] = b" " + rng.choice(_TOKENS[suffix]) + b" "
            case _:
                out = out[: max(1, at)] if rng.random() < 0.2 else out
    return bytes(out)


def _damage_parts(data: bytes, rng: random.Random) -> bytes:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = {entry.filename: archive.read(entry) for entry in archive.infolist()}
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError):
        return data
    name = rng.choice(sorted(parts))
    parts[name] = _damage_bytes(parts[name], parts[rng.choice(sorted(parts))], ".docx", rng)
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return buffer.getvalue()
