from hypothesis import given
from hypothesis import strategies as st

from ingest.library.anchors import keep_anchors
from ingest.library.markdown import sections


def anchors(body: str) -> dict[str, str]:
    return {"\n".join(b.text for b in section.blocks): section.anchor for section in sections(body)}


BEFORE = "## Bakgrund\n\nEtt.\n\n## Regler\n\nTvå.\n\n## Bakgrund\n\nTre.\n"


def test_an_unchanged_body_is_left_alone() -> None:
    assert keep_anchors(BEFORE, BEFORE) == BEFORE


def test_a_section_before_another_of_its_name_does_not_take_its_anchor() -> None:
    after = keep_anchors(BEFORE, "## Bakgrund\n\nNytt.\n\n" + BEFORE)
    found = anchors(after)
    assert (found["Ett."], found["Tre."]) == ("bakgrund", "bakgrund-2")
    assert found["Nytt."] not in ("bakgrund", "bakgrund-2")


def test_a_renamed_section_keeps_its_anchor() -> None:
    after = keep_anchors(BEFORE, BEFORE.replace("## Regler", "## Våra regler"))
    assert "## Våra regler {#regler}" in after


def test_a_changed_section_keeps_its_anchor_by_its_heading() -> None:
    before = '## Regler {#r norm="MÅSTE"}\n\nTvå.\n'
    after = keep_anchors(before, "## Nytt\n\nNoll.\n\n## Regler\n\nTvå och tre.\n")
    assert anchors(after)["Två och tre."] == "r"


_SECTIONS = st.lists(st.tuples(st.sampled_from("AB"), st.sampled_from("xyz")), max_size=5)


@given(_SECTIONS, _SECTIONS)
def test_every_unchanged_section_keeps_its_anchor_and_none_is_shared(
    old: list[tuple[str, str]], new: list[tuple[str, str]]
) -> None:
    before, after = ("".join(f"## {h}\n\n{t}\n\n" for h, t in rows) for rows in (old, new))
    kept = sections(keep_anchors(before, after))
    names = [section.anchor for section in kept]
    assert len(names) == len(set(names))
    assert [section.headings for section in kept] == [(h,) for h, _ in new]
    was = {section.anchor for section in sections(before)}
    same = [rows for rows in new if rows in old]
    assert len([name for name in names if name in was]) >= len(set(same))
