"""Markdown from documents becomes HTML that cannot do or fetch anything."""

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from web.markdown import one_line, plain_inline, render_blocks, split_quote

_TAGS = set("p ul ol li table thead tbody tr th td em strong code pre br hr blockquote a".split())


class _Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def _elements(html: str) -> list[tuple[str, dict[str, str | None]]]:
    parser = _Elements()
    parser.feed(html)
    return parser.found


def test_raw_html_is_shown_as_text() -> None:
    assert render_blocks("Se <script>alert(1)</script>") == (
        "<p>Se &lt;script&gt;alert(1)&lt;/script&gt;</p>\n",
    )


def test_an_image_becomes_its_alternative_text() -> None:
    assert plain_inline("![en <b>bild</b>](https://example.org/x.png)") == (
        "en &lt;b&gt;bild&lt;/b&gt;"
    )


def test_only_web_addresses_become_links() -> None:
    assert "<a " not in plain_inline("[klicka](javascript:alert(1)) [hem](/logga-ut)")
    assert '<a href="https://malmo.se">' in plain_inline("[hem](https://malmo.se)")


def test_each_top_level_block_is_a_piece_of_its_own() -> None:
    blocks = render_blocks("Inledning\n- ett\n- två\n\nSlut")
    assert [block[:4] for block in blocks] == ["<p>I", "<ul>", "<p>S"]


def test_a_heading_does_not_disturb_the_headings_of_the_page() -> None:
    assert render_blocks("## Bakgrund") == ('<p class="rubrik">Bakgrund</p>\n',)


def test_a_reference_is_never_taken_for_the_definition_of_a_link() -> None:
    assert render_blocks("[1]: https://example.org") == ("<p>[1]: https://example.org</p>\n",)


@given(st.text(alphabet=st.sampled_from("ab <>\"'&[]()!*_`#|-\n:/\\hjs"), max_size=120))
def test_no_text_makes_an_element_or_attribute_of_its_own(text: str) -> None:
    for tag, attributes in _elements("".join(render_blocks(text))):
        assert tag in _TAGS
        assert set(attributes) <= {"href", "start", "class", "title"}
        assert (attributes.get("href") or "https://").startswith(("https://", "http://"))


@given(st.text(min_size=1), st.text(min_size=1), st.text())
def test_splitting_a_quote_loses_no_character(before: str, quote: str, after: str) -> None:
    assert "".join(split_quote(before + quote + after, quote)) == before + quote + after


def test_a_block_of_a_longer_quote_is_inside_it() -> None:
    quote = "Inledning:\n- ett\n- två"
    assert split_quote("två", quote) == ("", "två", "")
    assert split_quote("tre", quote) == ("tre", "", "")


def test_a_word_within_a_quote_is_not_taken_for_the_quote() -> None:
    assert split_quote("ett", "Det finns ett krav.") == ("ett", "", "")


def test_a_cell_of_a_quoted_table_is_inside_it() -> None:
    assert split_quote("Öppen", "| Klass | Får |\n|---|---|\n| Öppen | ja |") == ("", "Öppen", "")


def test_html_for_gradio_is_one_line() -> None:
    assert one_line("<p>a\n\n  b</p>\n") == "<p>a b</p>"
