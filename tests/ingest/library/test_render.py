"""Rendering: Markdown that reads back as the same blocks."""

from hypothesis import given
from hypothesis import strategies as st

from ingest.document import Block, BlockKind
from ingest.library.markdown import sections
from ingest.library.render import to_markdown
from ingest.markup.markdown_source import read_markdown
from ingest.text.pieces import gather

H, P, LIST, TABLE = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST, BlockKind.TABLE


def test_pages_are_marked_where_they_change() -> None:
    blocks = [
        Block(H, "Plan", 1, 1, 1),
        Block(P, "Ett stycke.", 0, 1, 1),
        Block(P, "Över två sidor.", 0, 1, 2),
        Block(P, "Sist.", 0, 2, 2),
    ]
    assert to_markdown(blocks) == (
        "<!-- sida 1 -->\n\n# Plan\n\nEtt stycke.\n\n<!-- sida 1–2 -->\n\nÖver två sidor.\n\n"
        "<!-- sida 2 -->\n\nSist.\n"
    )


def test_a_list_follows_its_lead_in_without_a_blank_line() -> None:
    assert to_markdown([Block(LIST, "Så här:\n- ett\n- två")]) == "Så här:\n- ett\n- två\n"


def test_a_list_that_starts_at_three_needs_a_blank_line_to_be_a_list() -> None:
    assert to_markdown([Block(LIST, "Så här:\n3. tre")]) == "Så här:\n\n3. tre\n"


def test_only_an_accidental_marker_is_escaped() -> None:
    texts = ["# inte rubrik", "1. inte punkt", "2021 var *året* i [fråga]", "- streck", "[a]: b"]
    lines = to_markdown([Block(P, text) for text in texts]).split("\n\n")
    assert lines == [
        "\\# inte rubrik",
        "1\\. inte punkt",
        "2021 var *året* i [fråga]",
        "\\- streck",
        "\\[a]: b\n",
    ]


def test_the_library_reads_pages_back() -> None:
    blocks = [Block(H, "Plan", 1, 3, 3), Block(P, "Text.", 0, 3, 4), Block(P, "Mer.", 0, 4, 4)]
    read = [block for part in sections(to_markdown(blocks)) for block in part.blocks]
    assert [(block.text, block.page, block.last_page) for block in read] == [
        ("Text.", 3, 4),
        ("Mer.", 4, 4),
    ]


_WORDS = st.lists(st.text("abcåäö§", min_size=1, max_size=8), min_size=2, max_size=9).map(
    lambda words: " ".join(words).capitalize() + "."
)
_PARAGRAPHS = st.builds(
    Block, st.just(P), st.one_of(_WORDS, _WORDS.map("# {}".format), _WORDS.map("7. {}".format))
)
_HEADINGS = st.builds(Block, st.just(H), _WORDS, st.integers(1, 6))
_TABLES = st.just(Block(TABLE, "| A | B |\n| --- | --- |\n| 1 | 2 |"))
_LISTS = st.lists(_WORDS, min_size=1, max_size=4).map(
    lambda items: Block(LIST, "\n".join(["Så här:", *(f"- {item}" for item in items)]))
)


@given(st.lists(st.one_of(_PARAGRAPHS, _HEADINGS, _TABLES, _LISTS), max_size=6))
def test_blocks_survive_a_round_trip(blocks: list[Block]) -> None:
    # A heading that only repeats the one above it is dropped when read; keep them apart.
    distinct = [
        block for n, block in enumerate(blocks) if not (n and block.kind is blocks[n - 1].kind is H)
    ]
    assert gather(read_markdown(to_markdown(distinct))[0]) == tuple(distinct)
