"""DOCX: headings by outline level, numbers Word counts, tables with merged cells, revisions."""

from pathlib import Path

import pytest

from ingest.document import Block, BlockKind
from ingest.docx.source import read_docx
from ingest.text.pieces import gather
from tests.ingest.made_files import W, make_docx, paragraph

H, P, LIST, TABLE = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST, BlockKind.TABLE

STYLES = f"""<w:styles xmlns:w="{W}">
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="R1"><w:name w:val="heading 1"/>
<w:pPr><w:outlineLvl w:val="0"/><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="R2"><w:name w:val="heading 2"/><w:basedOn w:val="R1"/>
<w:pPr><w:outlineLvl w:val="1"/>
<w:numPr><w:ilvl w:val="1"/><w:numId w:val="2"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Husrubrik"><w:name w:val="Stadens rubrik"/>
<w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="Inn1"><w:name w:val="toc 1"/></w:style>
</w:styles>"""


def level(depth: int, form: str, text: str) -> str:
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


NUMBERING = (
    f'<w:numbering xmlns:w="{W}">'
    f'<w:abstractNum w:abstractNumId="1">{level(0, "decimal", "%1.")}'
    f"{level(1, 'lowerLetter', '%2)')}</w:abstractNum>"
    f'<w:abstractNum w:abstractNumId="2">{level(0, "decimal", "%1")}'
    f"{level(1, 'decimal', '%1.%2')}</w:abstractNum>"
    f'<w:abstractNum w:abstractNumId="3">{level(0, "bullet", "•")}</w:abstractNum>'
    f'<w:abstractNum w:abstractNumId="4">{level(0, "decimal", "§ %1")}</w:abstractNum>'
    + "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n in (1, 2, 3, 4))
    + '<w:num w:numId="5"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0">'
    '<w:startOverride w:val="4"/></w:lvlOverride></w:num></w:numbering>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    + "".join(
        f'<Relationship Id="{kind}" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        f'relationships/{kind}" Target="{kind}.xml"/>'
        for kind in ("styles", "footnotes")
    )
    + "</Relationships>"
)


def item(text: str, number: int, *, depth: int = 0) -> str:
    listed = f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'
    return f"<w:p><w:pPr>{listed}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def read(tmp_path: Path, body: str, **more: str) -> list[Block]:
    parts = {"word/styles.xml": STYLES, "word/numbering.xml": NUMBERING, **more}
    return list(gather(read_docx(make_docx(tmp_path / "a.docx", body, more=parts)).pieces))


def test_headings_are_known_by_outline_level_name_and_base(tmp_path: Path) -> None:
    direct = '<w:p><w:pPr><w:outlineLvl w:val="3"/></w:pPr><w:r><w:t>Egen nivå</w:t></w:r></w:p>'
    body = paragraph("Planen", style="Titel") + paragraph("Läget", style="Husrubrik") + direct
    found = read(tmp_path, body + paragraph("Text som inte är rubrik."))
    assert [(b.text, b.level) for b in found if b.kind is H] == [
        ("Planen", 1),
        ("Läget", 3),
        ("Egen nivå", 4),
    ]


def test_headings_have_the_numbers_that_word_writes(tmp_path: Path) -> None:
    body = (
        paragraph("Inledning", style="R1")
        + paragraph("Bakgrund", style="R2")
        + paragraph("Syfte", style="R2")
        + paragraph("Ansvar", style="R1")
        + paragraph("Nämnder", style="R2")
    )
    assert [b.text for b in read(tmp_path, body)] == [
        "1 Inledning",
        "1.1 Bakgrund",
        "1.2 Syfte",
        "2 Ansvar",
        "2.1 Nämnder",
    ]


def test_a_list_goes_on_counting_after_a_paragraph(tmp_path: Path) -> None:
    body = (
        item("Godkänna planen", 1)
        + item("för året", 1, depth=1)
        + paragraph("Ett stycke emellan som är text och slutar här.")
        + item("Avslå motionen", 1)
        + item("Fjärde punkten", 5)
    )
    assert [b.text for b in read(tmp_path, body)] == [
        "1. Godkänna planen\n  - a) för året",
        "Ett stycke emellan som är text och slutar här.",
        "2. Avslå motionen\n4. Fjärde punkten",
    ]


def test_bullets_and_numbered_sections(tmp_path: Path) -> None:
    body = item("Första", 3) + item("Andra", 3) + item("Nämnden beslutar om planen.", 4)
    assert [b.text for b in read(tmp_path, body)] == [
        "- Första\n- Andra",
        "§ 1 Nämnden beslutar om planen.",
    ]


def test_a_contents_list_is_left_out(tmp_path: Path) -> None:
    gallery = (
        "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/>"
        f"</w:docPartObj></w:sdtPr><w:sdtContent>{paragraph('Innehåll i ruta')}</w:sdtContent>"
        "</w:sdt>"
    )
    body = gallery + paragraph("Inledning 1", style="Inn1") + paragraph("Text.")
    assert [b.text for b in read(tmp_path, body)] == ["Text."]


def test_merged_cells_have_their_text_once(tmp_path: Path) -> None:
    def cell(text: str, settings: str = "") -> str:
        return f"<w:tc><w:tcPr>{settings}</w:tcPr>{paragraph(text)}</w:tc>"

    rows = [
        cell("Klass", '<w:vMerge w:val="restart"/>') + cell("Får jag?", '<w:gridSpan w:val="2"/>'),
        cell("", "<w:vMerge/>") + cell("Öppen") + cell("Intern"),
        cell("A") + cell("Ja") + cell("Nej"),
    ]
    table = "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"
    assert [b.text for b in read(tmp_path, table)] == [
        "| Klass | Får jag? |  |\n| --- | --- | --- |\n|  | Öppen | Intern |\n| A | Ja | Nej |"
    ]


def test_inserted_text_is_kept_deleted_is_not_and_both_are_told(tmp_path: Path) -> None:
    run = "<w:r><w:t xml:space='preserve'>{}</w:t></w:r>"
    gone = "<w:r><w:delText>inte </w:delText></w:r>"
    body = (
        f"<w:p>{run.format('Det är ')}<w:del>{gone}</w:del>"
        f"<w:ins>{run.format('numera ')}</w:ins>{run.format('tillåtet.')}</w:p>"
        f"<w:p><w:moveFrom>{run.format('Flyttat stycke.')}</w:moveFrom></w:p>"
        f"<w:p><w:moveTo>{run.format('Flyttat stycke.')}</w:moveTo></w:p>"
    )
    path = make_docx(tmp_path / "a.docx", body)
    found = read_docx(path)
    assert [piece.text for piece in found.pieces] == ["Det är numera tillåtet.", "Flyttat stycke."]
    assert "2 infogade stycken togs med, 2 borttagna inte" in found.warnings[0]


def test_a_text_box_is_read_once(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{paragraph('Faktaruta om kommunens AI-råd.')}</w:txbxContent>"
    drawing = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/'
        '2006"><mc:Choice Requires="wps"><w:drawing><wp:anchor xmlns:wp="http://schemas.'
        f'openxmlformats.org/drawingml/2006/wordprocessingDrawing">{box}</wp:anchor></w:drawing>'
        '</mc:Choice><mc:Fallback><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml">'
        f"<v:textbox>{box}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    body = f"<w:p><w:r><w:t>Före.</w:t></w:r><w:r>{drawing}</w:r></w:p>"
    texts = " ".join(b.text for b in read(tmp_path, body))
    assert texts.count("Faktaruta") == 1


def test_a_text_box_without_an_older_form_is_read_too(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{paragraph('Faktaruta.')}{paragraph('Med två rader.')}</w:txbxContent>"
    anchor = (
        '<wp:anchor xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
        f'wordprocessingDrawing">{box}</wp:anchor>'
    )
    body = (
        f"<w:p><w:r><w:t>Före.</w:t></w:r><w:r><w:drawing>{anchor}</w:drawing></w:r></w:p>"
        + paragraph("Efter.")
    )
    texts = [block.text for block in read(tmp_path, body)]
    assert texts == ["Före.", "Faktaruta.", "Med två rader.", "Efter."]


def test_a_footnote_follows_what_refers_to_it(tmp_path: Path) -> None:
    notes = (
        f'<w:footnotes xmlns:w="{W}"><w:footnote w:id="2">'
        f"{paragraph('Riktlinjer, KF 2021-03-31 § 100.')}</w:footnote></w:footnotes>"
    )
    mark = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    body = f"<w:p><w:r><w:t>Planen följer riktlinjerna.</w:t></w:r>{mark}</w:p>"
    more = {"word/footnotes.xml": notes, "word/_rels/document.xml.rels": RELATIONS}
    found = read(tmp_path, body + paragraph("Nästa stycke står för sig."), **more)
    assert [b.text for b in found] == [
        "Planen följer riktlinjerna.",
        "Riktlinjer, KF 2021-03-31 § 100.",
        "Nästa stycke står för sig.",
    ]


def test_placeholders_are_left_out(tmp_path: Path) -> None:
    control = (
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr>"
        f"<w:sdtContent>{paragraph('Klicka här för att ange text.')}</w:sdtContent></w:sdt>"
    )
    assert [b.text for b in read(tmp_path, control + paragraph("Text."))] == ["Text."]


@pytest.mark.parametrize("count", [27, 53])
def test_letters_go_on_after_the_last(tmp_path: Path, count: int) -> None:
    body = "".join(item("punkt", 1, depth=1) for _ in range(count))
    last = read(tmp_path, body)[0].text.splitlines()[-1]
    assert last.strip() == {27: "- aa) punkt", 53: "- aaa) punkt"}[count]
