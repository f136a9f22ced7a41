from ingest.document import FrontMatter, Passage
from ingest.library.decision_table import Verdict
from kb.answer.choose import Choice
from kb.answer.decide import Decision
from kb.answer.ruled import compose_ruling
from kb.answer.understand import understand
from tests.kb.made import choice, passage

BAN = passage(
    '## Förbud {#forbud norm="FÅR INTE"}\n\nDu får inte mata in läkarintyg. Det gäller alla. '
    "Ställ frågan allmänt i stället."
)
TERMS = passage(
    '## Villkor {#villkor norm="FÅR OM"}\n\nDu får mata in dem om verktyget är bedömt. '
    "Fråga först.\n\nDetta ska vara klart:\n- grund\n- avtal"
)
ROLE = passage('## Rollen {#rollen norm="FÅR INTE"}\n\nSkolan får inte mata in elevers intyg.')
MILD = passage('## Milt {#milt norm="FÅR OM"}\n\nDu får översätta om texten är öppen.')
NO = Decision(Verdict.NO, ("d#forbud",), ())
IF = Decision(Verdict.ONLY_IF, ("d#villkor",), ("Detta ska vara klart:",))


def front(document_id: str, edition: str) -> FrontMatter:
    return FrontMatter(id=document_id, title="Prov", edition=edition)


def text(question: str, decision: Decision, *rules: Passage, found: Choice | None = None) -> str:
    return compose_ruling(
        understand(question),
        decision,
        rules,
        found,
        front=front,
    ).text


def test_a_ban_alone_is_quoted_whole_after_no() -> None:
    said = text("Får jag klistra in ett läkarintyg?", NO, BAN)
    assert said == f"Nej. {BAN.text} [1]"


def test_the_section_nearest_to_the_question_follows_the_rule() -> None:
    said = text("Får jag klistra in ett intyg?", NO, BAN, found=choice(ROLE))
    assert said == f"Nej. Du får inte mata in läkarintyg. [1] {ROLE.text} [2]"


def test_a_milder_section_never_stands_beside_a_no() -> None:
    said = text("Får jag klistra in ett intyg?", NO, BAN, found=choice(MILD))
    assert "översätta" not in said


def test_conditions_are_the_list_that_the_table_names() -> None:
    said = text("Får jag mata in intyg?", IF, TERMS)
    assert said.startswith("Bara om villkoren nedan är uppfyllda.")
    assert "- grund\n- avtal" in said
    assert "Fråga först" not in said


def test_is_it_forbidden_turns_no_into_yes() -> None:
    assert text("Är det förbjudet att mata in läkarintyg?", NO, BAN).startswith("Ja. ")


def test_a_negated_question_gets_the_rule_without_a_direct_answer() -> None:
    assert text("Får jag inte mata in läkarintyg?", NO, BAN).startswith("Du får inte")
