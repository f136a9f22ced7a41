from dataclasses import replace

from ingest.document import Basis, FrontMatter, Norm
from kb.answer.compose import compose
from kb.answer.scoring import Known
from kb.answer.understand import understand
from kb.answer.units import units_of
from tests.kb.made import choice, passage

FRONT = FrontMatter(id="prov", title="Prov", decided_by="KF 2021-03-31 § 100")


def front(document_id: str, edition: str) -> FrontMatter:
    return replace(FRONT, year=int(edition) if edition.isdigit() and len(edition) == 4 else None)


def test_neighbouring_sentences_share_a_number_and_are_verbatim() -> None:
    one = passage("## Rubrik\n\nFörsta meningen. Andra meningen.")
    made = compose(understand("Vad gäller?"), choice(one), front=front, known=Known("", 1.0))
    assert made.text == "Första meningen. Andra meningen. [1]"
    assert made.citations[0].quote == "Första meningen. Andra meningen."


def test_sentences_with_a_gap_get_a_number_each() -> None:
    one = passage("## Rubrik\n\nFörsta. Andra. Tredje.")
    whole = choice(one)
    made = compose(
        understand("Vad gäller?"),
        replace(whole, units=(whole.units[0], whole.units[2])),
        front=front,
        known=Known("", 1.0),
    )
    assert [citation.quote for citation in made.citations] == ["Första.", "Tredje."]


def test_a_list_is_quoted_whole_with_its_lead_in() -> None:
    one = passage("## Rubrik\n\nTänk på:\n- ett\n- två")
    made = compose(understand("Vilka?"), choice(one), front=front, known=Known("", 1.0))
    assert made.citations[0].quote == "Tänk på:\n- ett\n- två"
    assert made.text.endswith("[1]")


def test_years_are_said_when_two_editions_are_quoted() -> None:
    old = passage("21 mnkr.", front=FrontMatter(id="plan", title="P", edition="2025"))
    new = passage("7 mnkr.", front=FrontMatter(id="plan", title="P", edition="2026"))
    made = compose(
        understand("jämför 2025 och 2026"),
        choice(new, old),
        front=front,
        known=Known("", 1.0),
    )
    assert made.text == "2026: 7 mnkr. [1] 2025: 21 mnkr. [2]"


def test_the_direct_answer_comes_first() -> None:
    rule = passage('## Regel {#a norm="FÅR INTE"}\n\nDu får inte dela lösenord.')
    made = compose(
        understand("Får jag dela lösenord?"),
        choice(rule),
        front=front,
        known=Known("Får jag dela mitt lösenord?", 1.0),
    )
    assert made.text == "Nej. Du får inte dela lösenord. [1]"


def test_a_citation_says_how_strong_the_rule_is_and_what_it_rests_on() -> None:
    rule = passage('## Regel {#a norm="BÖR" basis="råd"}\n\nDu bör pröva först.')
    made = compose(understand("Vad gäller?"), choice(rule), front=front, known=Known("", 1.0))
    assert (made.citations[0].norm, made.citations[0].basis) == (Norm.SHOULD, Basis.ADVICE)


def test_units_cover_the_whole_text_of_a_passage() -> None:
    one = passage("## R\n\nEtt. Två.\n\nTänk på:\n- a\n- b\n\n| x | y |\n|---|---|\n| 1 | 2 |")
    assert [unit.whole for unit in units_of(one)] == [False, False, True, True]
    assert all(u.text == one.blocks[u.block].text[u.start : u.end] for u in units_of(one))
