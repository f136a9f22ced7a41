"""A made document as a Word file that has been through many hands.

Tracked changes, footnotes, lists that Word numbers, a merged heading row, a text box, a hidden run,
a comment and a page header with the diarienummer.
"""

from html import escape
from pathlib import Path

from tests.ingest.golden.content import Made, Part
from tests.ingest.made_files import W, make_docx, paragraph

_RUN = "<w:r><w:t xml:space='preserve'>{}</w:t></w:r>"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_BOX = (
    '<w:r><w:drawing><wp:anchor xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
    'wordprocessingDrawing"><w:txbxContent>{}</w:txbxContent></wp:anchor></w:drawing></w:r>'
)


def write_revised(made: Made, path: Path) -> None:
    """Write the Word file."""
    notes: list[str] = []
    body = "".join(_part(part, notes) for part in made.parts)
    box = _BOX.format(paragraph("Frågor om planen besvaras av AI-rådet."))
    hidden = paragraph("Arbetsmaterial, ta bort före beslut.", run="<w:vanish/>")
    more = {
        "word/styles.xml": _styles(),
        "word/numbering.xml": _numbering(),
        "word/footnotes.xml": _footnotes(notes),
        "word/comments.xml": f'<w:comments xmlns:w="{W}"><w:comment w:id="1">'
        f"{paragraph('Stämmer beloppet?')}</w:comment></w:comments>",
        "word/header1.xml": f'<w:hdr xmlns:w="{W}">{paragraph(made.header)}</w:hdr>',
        "word/_rels/document.xml.rels": _relations("styles", "numbering", "footnotes", "comments"),
    }
    make_docx(path, f"{body}<w:p>{box}</w:p>{hidden}", more=more)


def _part(part: Part, notes: list[str]) -> str:
    match part.kind:
        case "heading":
            return paragraph(escape(part.text), style=f"R{part.level}")
        case "paragraph" | "advice":
            return _paragraph(part, notes)
        case "items" | "numbered":
            number = 2 if part.kind == "items" else 1
            return "".join(_item(text, number) for (text,) in part.rows)
        case "table":
            return _table(part)


def _paragraph(part: Part, notes: list[str]) -> str:
    """Return a paragraph: its second word inserted, one after it deleted, its note at the end."""
    first, second, rest = (escape(text) for text in part.text.split(" ", 2))
    inserted = f'<w:ins w:id="1" w:author="a">{_RUN.format(second)}</w:ins>'
    deleted = '<w:del w:id="2" w:author="a"><w:r><w:delText> inte</w:delText></w:r></w:del>'
    mark = ""
    if part.note:
        notes.append(part.note)
        mark = f'<w:r><w:footnoteReference w:id="{len(notes)}"/></w:r>'
    return (
        f"<w:p>{_RUN.format(f'{first} ')}{inserted}{deleted}{_RUN.format(f' {rest}')}{mark}</w:p>"
    )


def _item(text: str, number: int) -> str:
    listed = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'
    return f"<w:p><w:pPr>{listed}</w:pPr>{_RUN.format(escape(text))}</w:p>"


def _table(part: Part) -> str:
    """Return a table under a heading row that is one cell wide."""
    wide = f'<w:tc><w:tcPr><w:gridSpan w:val="{len(part.rows[0])}"/></w:tcPr>'
    head = f"<w:tr>{wide}{paragraph('Tusental kronor')}</w:tc></w:tr>"
    rows = ("".join(f"<w:tc>{paragraph(escape(cell))}</w:tc>" for cell in row) for row in part.rows)
    return f"<w:tbl>{head}{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def _styles() -> str:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="R{n}"><w:name w:val="heading {n}"/>'
        f'<w:pPr><w:outlineLvl w:val="{n - 1}"/></w:pPr></w:style>'
        for n in (1, 2, 3)
    )
    return f'<w:styles xmlns:w="{W}">{styles}</w:styles>'


def _numbering() -> str:
    forms = {1: ("decimal", "%1."), 2: ("bullet", "\uf0b7")}
    kinds = "".join(
        f'<w:abstractNum w:abstractNumId="{n}"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        f'<w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl></w:abstractNum>'
        for n, (form, text) in forms.items()
    )
    used = "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n in forms)
    return f'<w:numbering xmlns:w="{W}">{kinds}{used}</w:numbering>'


def _footnotes(notes: list[str]) -> str:
    written = (
        f'<w:footnote w:id="{n}">{paragraph(escape(note))}</w:footnote>'
        for n, note in enumerate(notes, start=1)
    )
    return f'<w:footnotes xmlns:w="{W}">{"".join(written)}</w:footnotes>'


def _relations(*names: str) -> str:
    kinds = "".join(
        f'<Relationship Id="{name}" Type="{_KINDS}{name}" Target="{name}.xml"/>' for name in names
    )
    return f'<Relationships xmlns="{_RELATIONS}">{kinds}</Relationships>'
