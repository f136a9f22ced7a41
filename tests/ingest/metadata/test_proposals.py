from hypothesis import given
from hypothesis import strategies as st

from ingest.document import Block, BlockKind
from ingest.metadata.proposals import Proposal, Spot, shorten, spots_of, trace


def test_a_value_is_traced_to_the_first_line_that_holds_it() -> None:
    table = Block(BlockKind.TABLE, "| Datum | 30 juli 2024 |\n| Dnr | STK-1 |", page=3)
    spots = spots_of([table], "texten")
    assert trace("dnr", "stk-1", spots) == Proposal("dnr", "stk-1", "texten", "| Dnr | STK-1 |", 3)
    found = trace("dated", "2024-07-30", spots, forms=["30 juli 2024"])
    assert found.quote == "| Datum | 30 juli 2024 |"


def test_what_stands_nowhere_keeps_its_rule() -> None:
    assert trace("title", "Plan", [Spot("Annat", "filnamnet")]) == Proposal(
        "title", "Plan", "filnamnet"
    )


def test_a_long_line_is_cut_at_words_around_what_was_found() -> None:
    line = "ordet före " * 30 + "2024-07-30" + " ordet efter" * 30
    quote = shorten(line, "2024-07-30")
    assert "2024-07-30" in quote
    assert f" {quote} " in f" {line} "


@given(st.text(min_size=1), st.text(), st.text())
def test_a_quote_is_always_part_of_its_line(words: str, before: str, after: str) -> None:
    line = before * 40 + words + after * 40
    assert shorten(line, words) in line
    assert len(shorten(line, words)) <= max(160, len(words))
