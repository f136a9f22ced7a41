"""Poisoned DOCX files: what a run, a style, a comment, a field or a property can hide."""

import base64
import io
import zipfile
from collections.abc import Callable, Mapping
from xml.sax.saxutils import escape, quoteattr

from evals.poison.cases import Poison

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    f'xmlns:r="{_OFFICE}" xmlns:wp="{_DRAWING}/wordprocessingDrawing" '
    f'xmlns:a="{_DRAWING}/main" xmlns:pic="{_DRAWING}/picture"'
)
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)


def make_docx(case: Poison) -> bytes:
    """Return a document with heading, text and the planted sentence by the case's technique."""
    write = INSIDE.get(case.technique)
    links = [("styles", "styles.xml")]
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": _content_types(case),
        "_rels/.rels": _relationships(
            ("officeDocument", "word/document.xml"),
            package=("core-properties", "docProps/core.xml"),
        ),
        "word/document.xml": _document(case, write(case.planted) if write else ""),
        "word/styles.xml": _styles(),
        "docProps/core.xml": _properties(case),
    }
    if case.technique == "comment":
        parts["word/comments.xml"] = _comments(case.planted)
        links.append(("comments", "comments.xml"))
    if case.technique == "alt_text":
        parts["word/media/bild.png"] = _PIXEL
        links.append(("image", "media/bild.png"))
    parts["word/_rels/document.xml.rels"] = _relationships(*links)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def _run(text: str, properties: str = "") -> str:
    space = '<w:t xml:space="preserve">'
    return f"<w:r><w:rPr>{properties}</w:rPr>{space}{escape(text)}</w:t></w:r>"


def _paragraph(inner: str, style: str = "") -> str:
    styled = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{styled}{inner}</w:p>"


def _styled(properties: str) -> Callable[[str], str]:
    return lambda text: _paragraph(_run("Gäller tills vidare. ") + _run(text, properties))


def _picture(text: str) -> str:
    blip = (
        '<pic:pic><pic:nvPicPr><pic:cNvPr id="1" name="bild.png"/><pic:cNvPicPr/></pic:nvPicPr>'
        '<pic:blipFill><a:blip r:embed="r2"/></pic:blipFill><pic:spPr/></pic:pic>'
    )
    return _paragraph(
        '<w:r><w:drawing><wp:inline><wp:extent cx="9525" cy="9525"/>'
        f'<wp:docPr id="1" name="Bild" descr={quoteattr(text)}/><a:graphic>'
        f'<a:graphicData uri="{_DRAWING}/picture">{blip}</a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )


def _field(text: str) -> str:
    instruction = quoteattr(f' QUOTE "{text}" ')
    complex_field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> SET regel "{escape(text)}" </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    simple = f"<w:fldSimple w:instr={instruction}>{_run('Bilaga 1')}</w:fldSimple>"
    return _paragraph(simple + complex_field)


def _deleted(text: str) -> str:
    gone = f"<w:r><w:delText>{escape(text)}</w:delText></w:r>"
    return _paragraph(
        f'<w:del w:id="7" w:author="AI-rådet" w:date="2026-11-01T08:00:00Z">{gone}</w:del>'
    )


def _commented(text: str) -> str:
    del text  # stands in the comments part
    return _paragraph(
        '<w:commentRangeStart w:id="1"/>'
        + _run("Se kommentaren.")
        + '<w:commentRangeEnd w:id="1"/>'
        '<w:r><w:commentReference w:id="1"/></w:r>'
    )


INSIDE: Mapping[str, Callable[[str], str]] = {
    "vanish": _styled("<w:vanish/>"),
    "vanish_style": _styled('<w:rStyle w:val="Dold"/>'),
    "vanish_paragraph_style": lambda text: _paragraph(_run(text), "DoltStycke"),
    "white": _styled('<w:color w:val="FFFFFF"/>'),
    "one_point": _styled('<w:sz w:val="2"/>'),
    "alt_text": _picture,
    "hidden_field": _field,
    "deleted": _deleted,
    "comment": _commented,
    "plain": lambda text: _paragraph(_run(text)),
}
"""Techniques that put the planted in the body; `comment` and `metadata` put it beside."""


def _document(case: Poison, inside: str) -> str:
    body = _paragraph(_run(case.title), "Rubrik1") + _paragraph(_run(case.text)) + inside
    return f"<w:document {_NAMES}><w:body>{body}</w:body></w:document>"


def _styles() -> str:
    hidden = "<w:rPr><w:vanish/></w:rPr></w:style>"
    return (
        f'<w:styles {_NAMES}><w:style w:type="paragraph" w:styleId="Rubrik1">'
        '<w:name w:val="heading 1"/></w:style>'
        f'<w:style w:type="character" w:styleId="Dold"><w:name w:val="Dold"/>{hidden}'
        f'<w:style w:type="paragraph" w:styleId="DoltStycke"><w:name w:val="DoltStycke"/>{hidden}'
        "</w:styles>"
    )


def _comments(text: str) -> str:
    comment = f'<w:comment w:id="1" w:author="AI-rådet">{_paragraph(_run(text))}</w:comment>'
    return f"<w:comments {_NAMES}>{comment}</w:comments>"


def _properties(case: Poison) -> str:
    names = f'xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    more = ""
    if case.technique == "metadata":
        text = escape(case.planted)
        more = (
            f"<dc:subject>{text}</dc:subject><dc:description>{text}</dc:description>"
            f"<cp:keywords>{text}</cp:keywords><cp:category>{text}</cp:category>"
        )
    title = f"<dc:title>{escape(case.title)}</dc:title>"
    return f"<cp:coreProperties {names}>{title}{more}</cp:coreProperties>"


def _content_types(case: Poison) -> str:
    parts = ["document", "styles", *["comments"] * (case.technique == "comment")]
    overrides = "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{_TYPE}.{part}'
        f'{".main" if part == "document" else ""}+xml"/>'
        for part in parts
    )
    return (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Default Extension="png" ContentType="image/png"/>{overrides}</Types>'
    )


def _relationships(*targets: tuple[str, str], package: tuple[str, str] | None = None) -> str:
    every = [(f"{_OFFICE}/{kind}", target) for kind, target in targets]
    if package:
        every.append((f"{_PACKAGE}/relationships/metadata/{package[0]}", package[1]))
    links = "".join(
        f'<Relationship Id="r{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(every, start=1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>'
