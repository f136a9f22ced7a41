from hypothesis import given
from hypothesis import strategies as st

from ingest.document import BlockKind, Document, FrontMatter
from ingest.library.passages import HARD_LIMIT, split


def document(body: str) -> Document:
    return Document(FrontMatter(id="prov", title="Prov", questions={"a": ("Får jag?",)}), body)


def test_a_passage_carries_title_headings_and_questions() -> None:
    (passage,) = split(document("## Regel {#a}\n\nDu får inte."))
    assert passage.index_text == "Prov > Regel\nDu får inte."
    assert passage.questions == ("Får jag?",)
    assert passage.id == "prov@1#a"


def test_a_long_section_is_parted_between_blocks_and_numbered() -> None:
    body = "## Regel {#a}\n\n" + "\n\n".join(["Ord " * 200] * 4)
    assert [p.anchor for p in split(document(body))] == ["a", "a~2", "a~3", "a~4"]


def test_a_long_list_is_parted_between_items() -> None:
    items = [f"- Punkt {number} " + "ord " * 20 for number in range(60)]
    passages = split(document("Listan:\n" + "\n".join(items)))
    assert len(passages) > 1
    assert all(p.blocks[0].kind is BlockKind.LIST for p in passages)
    assert "\n".join(p.text for p in passages).count("- Punkt") == 60


@given(st.lists(st.text(st.characters(codec="utf-8", categories=["L", "Zs"]), max_size=4000)))
def test_no_passage_is_longer_than_the_hard_limit_and_nothing_is_lost(parts: list[str]) -> None:
    body = "\n\n".join(" ".join(part.split()) for part in parts)
    passages = split(document(body))
    assert all(len(passage.text) <= HARD_LIMIT for passage in passages)
    assert "".join("".join(p.text.split()) for p in passages) == "".join(body.split())
