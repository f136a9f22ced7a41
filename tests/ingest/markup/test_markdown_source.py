"""Markdown of others: plain words, structure kept."""

from ingest.document import BlockKind
from ingest.markup.markdown_source import is_markdown, read_markdown
from ingest.text.pieces import gather


def test_emphasis_links_and_escapes_leave_their_words() -> None:
    text = "Läs **noga** i [planen](https://exempel.se) och `koden` \\* här.\n"
    assert gather(read_markdown(text)[0])[0].text == "Läs noga i planen och koden * här."


def test_bold_headings_are_plain_headings() -> None:
    (block,) = gather(read_markdown("### **Uppföljning**\n")[0])
    assert (block.kind, block.text, block.level) == (BlockKind.HEADING, "Uppföljning", 3)


def test_nested_and_numbered_lists() -> None:
    text = "Så här:\n\n3. tre\n4. fyra\n   - under\n"
    assert gather(read_markdown(text)[0])[0].text == "Så här:\n3. tre\n4. fyra\n  - under"


def test_tables_and_quotes_are_kept() -> None:
    blocks = gather(read_markdown("| A | B |\n|---|---|\n| 1 | **2** |\n\n> Citat.\n")[0])
    assert [block.text for block in blocks] == ["| A | B |\n| --- | --- |\n| 1 | 2 |", "Citat."]


def test_page_markers_number_the_blocks_after_them() -> None:
    text = "<!-- sida 2 -->\n\nEtt.\n\n<!-- sida 2–3 -->\n\nTvå.\n\n<!-- sida 3 -->\n\nTre.\n"
    pages = [(block.page, block.last_page) for block in gather(read_markdown(text)[0])]
    assert pages == [(2, 2), (2, 3), (3, 3)]


def test_comments_and_tags_are_not_text() -> None:
    assert not gather(read_markdown("<!-- hemligt -->\n\n<div></div>\n")[0])


def test_a_text_with_headings_is_markdown() -> None:
    assert is_markdown("## Ett\n\ntext\n\n### Två\n")
    assert not is_markdown("Ett #taggat stycke\n# nej")
