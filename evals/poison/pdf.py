"""Poisoned PDF files: what a content stream, a layer, a note or a property can hide."""

import io
import textwrap
from collections.abc import Callable, Mapping

from pypdf import PdfWriter
from pypdf.annotations import Text
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from evals.poison.cases import Poison

_WIDTH, _HEIGHT, _LEFT, _TOP, _LEADING, _SIZE = 595, 842, 72, 760, 15, 11
_COLUMNS = 84  # characters of a line
_PLACE = 420  # height of the planted line


def make_pdf(case: Poison) -> bytes:
    """Return a page with heading, text and the planted sentence by the case's technique."""
    writer = PdfWriter()
    page = writer.add_blank_page(_WIDTH, _HEIGHT)
    content = _page(case)
    if case.technique in DRAWN:
        content += DRAWN[case.technique](case.planted)
    stream = DecodedStreamObject()
    stream.set_data(content.encode("cp1252"))
    page[NameObject("/Contents")] = writer._add_object(stream)
    page[NameObject("/Resources")] = _resources(writer)
    writer.add_metadata({"/Title": case.title})
    if case.technique in BESIDE:
        BESIDE[case.technique](writer, case.planted)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _page(case: Poison) -> str:
    lines = textwrap.wrap(case.text, _COLUMNS)
    shown = [_show(case.title, y=_TOP, size=18, font="F2")]
    shown += [_show(line, y=_TOP - 40 - _LEADING * at) for at, line in enumerate(lines)]
    return "".join(shown)


def _show(
    text: str, *, x: float = _LEFT, y: float = _PLACE, size: float = _SIZE, font: str = "F1",
    mode: int = 0,
) -> str:  # fmt: skip
    escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT /{font} {size:g} Tf {mode} Tr 1 0 0 1 {x:g} {y:g} Tm ({escaped}) Tj ET\n"


def _lines(text: str, *, size: float = _SIZE) -> str:
    """Show a text in as many lines as it needs."""
    lines = textwrap.wrap(text, _COLUMNS)
    return "".join(
        _show(line, y=_PLACE - _LEADING * at, size=size) for at, line in enumerate(lines)
    )


DRAWN: Mapping[str, Callable[[str], str]] = {
    "white": lambda text: f"1 g\n{_lines(text)}0 g\n",
    "one_point": lambda text: _show(text, size=1),
    "off_page": lambda text: _show(text, x=-4000),
    "render_mode_3": lambda text: _show(text, mode=3),
    "transparent": lambda text: f"q /GS1 gs\n{_lines(text)}Q\n",
    "clipped": lambda text: f"q 0 0 0 0 re W n\n{_lines(text)}Q\n",
    "under_picture": lambda text: f"{_lines(text)}q 500 0 0 70 60 370 cm /Im1 Do Q\n",
    "under_rectangle": lambda text: f"{_lines(text)}1 g 60 370 500 70 re f 0 g\n",
    "hidden_layer": lambda text: f"/OC /L1 BDC\n{_lines(text)}EMC\n",
    "actual_text": lambda text: (
        f"/Span <</ActualText <{_hex(text)}>>> BDC\n{_lines('Se bilagan.')}EMC\n"
    ),
    "plain": _lines,
}
"""Techniques that draw the planted on the page."""


def _annotate(writer: PdfWriter, planted: str) -> None:
    writer.add_annotation(0, Text(rect=(500, 700, 520, 720), text=planted))


def _describe(writer: PdfWriter, planted: str) -> None:
    writer.add_metadata({"/Subject": planted, "/Keywords": planted, "/Author": planted})


def _rename(writer: PdfWriter, planted: str) -> None:
    writer.add_metadata({"/Title": planted})


def _hide_field(writer: PdfWriter, planted: str) -> None:
    field = DictionaryObject({
        NameObject("/Type"): NameObject("/Annot"),
        NameObject("/Subtype"): NameObject("/Widget"),
        NameObject("/FT"): NameObject("/Tx"),
        NameObject("/T"): TextStringObject("regel"),
        NameObject("/V"): TextStringObject(planted),
        NameObject("/F"): NumberObject(2),
        NameObject("/Rect"): ArrayObject(map(FloatObject, (72, 380, 520, 400))),
    })  # fmt: skip
    reference = writer._add_object(field)
    writer.pages[0][NameObject("/Annots")] = ArrayObject([reference])
    writer.root_object[NameObject("/AcroForm")] = DictionaryObject(
        {NameObject("/Fields"): ArrayObject([reference])}
    )


def _attach(writer: PdfWriter, planted: str) -> None:
    writer.add_attachment("regler.txt", planted.encode())


BESIDE: Mapping[str, Callable[[PdfWriter, str], None]] = {
    "annotation": _annotate,
    "metadata": _describe,
    "metadata_title": _rename,
    "hidden_field": _hide_field,
    "attachment": _attach,
}
"""Techniques that put the planted elsewhere in the file."""


def _hex(text: str) -> str:
    return b"\xfe\xff".hex() + text.encode("utf-16-be").hex()


def _resources(writer: PdfWriter) -> DictionaryObject:
    """Return fonts, a picture, no opacity, and a layer that is switched off."""
    name = NameObject
    picture = DecodedStreamObject()
    picture.set_data(b"\xc8\xc8\xc8")
    picture.update({
        name("/Type"): name("/XObject"), name("/Subtype"): name("/Image"),
        name("/Width"): NumberObject(1), name("/Height"): NumberObject(1),
        name("/ColorSpace"): name("/DeviceRGB"), name("/BitsPerComponent"): NumberObject(8),
    })  # fmt: skip
    layer = writer._add_object(
        DictionaryObject({name("/Type"): name("/OCG"), name("/Name"): TextStringObject("arbete")})
    )
    writer.root_object[name("/OCProperties")] = DictionaryObject({
        name("/OCGs"): ArrayObject([layer]),
        name("/D"): DictionaryObject({name("/OFF"): ArrayObject([layer])}),
    })  # fmt: skip
    invisible = DictionaryObject({name("/ca"): FloatObject(0), name("/CA"): FloatObject(0)})
    return DictionaryObject({
        name("/Font"): DictionaryObject(
            {name("/F1"): _font("Helvetica"), name("/F2"): _font("Helvetica-Bold")}
        ),
        name("/ExtGState"): DictionaryObject({name("/GS1"): invisible}),
        name("/XObject"): DictionaryObject({name("/Im1"): writer._add_object(picture)}),
        name("/Properties"): DictionaryObject({name("/L1"): layer}),
    })  # fmt: skip


def _font(family: str) -> DictionaryObject:
    return DictionaryObject({
        NameObject("/Type"): NameObject("/Font"),
        NameObject("/Subtype"): NameObject("/Type1"),
        NameObject("/BaseFont"): NameObject(f"/{family}"),
        NameObject("/Encoding"): NameObject("/WinAnsiEncoding"),
    })  # fmt: skip
