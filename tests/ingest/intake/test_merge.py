from hypothesis import given
from hypothesis import strategies as st

from ingest.intake.merge import carry_corrections

READ = "# Plan\n\n<!-- sida 1 -->\n\nStaden ska ha er plan.\n\nKostnaden är 7 mnkr.\n\nSlut.\n"
CURATED = READ.replace("er plan", "en plan")


def test_a_correction_follows_to_where_the_original_did_not_change() -> None:
    coming = READ.replace("7 mnkr", "9 mnkr").replace("# Plan\n", "# Plan\n\nInledning.\n")
    carried = carry_corrections(READ, CURATED, coming)
    assert carried.body == coming.replace("er plan", "en plan")
    assert (carried.kept, carried.lost) == (1, ())


def test_pages_are_those_of_the_new_original() -> None:
    coming = READ.replace("sida 1", "sida 4")
    assert "<!-- sida 4 -->\n\nStaden ska ha en plan." in (
        carry_corrections(READ, CURATED, coming).body
    )


def test_where_both_changed_the_original_stands_and_the_correction_is_told() -> None:
    coming = READ.replace("er plan", "er ny plan")
    carried = carry_corrections(READ, CURATED, coming)
    assert carried.body == coming
    assert carried.lost == ("Staden ska ha en plan.",)


def test_a_fault_mended_in_the_original_too_is_no_loss() -> None:
    carried = carry_corrections(READ, CURATED, CURATED)
    assert (carried.body, carried.lost) == (CURATED, ())


def test_added_and_struck_paragraphs_follow() -> None:
    curated = READ.replace("Slut.", "Se även policyn.\n\nSlut.").replace(
        "Kostnaden är 7 mnkr.\n\n", ""
    )
    coming = "Nytt först.\n\n" + READ
    carried = carry_corrections(READ, curated, coming)
    assert "Se även policyn." in carried.body
    assert "Kostnaden" not in carried.body
    assert carried.body.startswith("Nytt först.")
    assert carried.lost == ()


def test_a_struck_paragraph_that_changed_is_told() -> None:
    curated = READ.replace("Kostnaden är 7 mnkr.\n\n", "")
    carried = carry_corrections(READ, curated, READ.replace("7 mnkr", "9 mnkr"))
    assert carried.lost == ("(struket) Kostnaden är 7 mnkr.",)
    assert "9 mnkr" in carried.body


_BODIES = st.lists(st.sampled_from("ABCDEF"), max_size=6).map("\n\n".join)


@given(_BODIES, _BODIES)
def test_without_corrections_the_new_original_stands(read: str, coming: str) -> None:
    assert carry_corrections(read, read, coming).body == coming


@given(_BODIES, _BODIES)
def test_without_a_new_original_the_corrections_stand(read: str, curated: str) -> None:
    carried = carry_corrections(read, curated, read)
    assert carried.body.split() == curated.split()
    assert carried.lost == ()


@given(_BODIES, _BODIES, _BODIES)
def test_every_correction_is_carried_or_told(read: str, curated: str, coming: str) -> None:
    carried = carry_corrections(read, curated, coming)
    added = set(curated.split()) - set(read.split()) - set(coming.split())
    assert added <= set(carried.body.split()) | set(" ".join(carried.lost).split())
