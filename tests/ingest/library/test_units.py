from hypothesis import given
from hypothesis import strategies as st

from ingest.document import Block, BlockKind
from ingest.library.page_marker import Pages
from ingest.library.render import to_markdown
from ingest.library.units import Unit, body_of, units_of

_TEXTS = st.text("abc åä.", min_size=1).filter(str.strip).map(str.strip)
_PAGED = st.lists(st.tuples(_TEXTS, st.integers(1, 9), st.integers(0, 2)), min_size=1)


def test_units_stand_between_blank_lines_and_know_their_pages() -> None:
    body = "# A\n\n<!-- sida 2 -->\n\nEtt:\n- b\n\n\n<!-- sida 3–4 -->\nTvå.\n"
    assert units_of(body) == [
        Unit("# A"),
        Unit("Ett:\n- b", Pages(2, 2)),
        Unit("Två.", Pages(3, 4)),
    ]


def test_a_marker_inside_a_paragraph_parts_it() -> None:
    assert units_of("Före\n<!-- sida 2 -->\nefter") == [Unit("Före"), Unit("efter", Pages(2, 2))]


@given(_PAGED)
def test_a_body_survives_being_taken_apart(rows: list[tuple[str, int, int]]) -> None:
    blocks = [Block(BlockKind.PARAGRAPH, text, 0, page, page + more) for text, page, more in rows]
    body = to_markdown(blocks)
    assert body_of(units_of(body)) == body


def test_nothing_is_nothing() -> None:
    assert body_of(units_of("\n\n")) == ""
