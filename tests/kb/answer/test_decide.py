import pytest

from ingest.library.decision_table import Verdict
from kb.answer.decide import Decision, decide, read_vocabulary
from kb.answer.understand import understand
from kb.language.swedish import Analyser, open_analyser
from tests.ingest.library.test_decision_table import small


@pytest.fixture(scope="module")
def analyser() -> Analyser:
    return open_analyser()


def ask(question: str, analyser: Analyser) -> Decision | None:
    words = read_vocabulary(small(), analyser)
    return decide(understand(question), words, analyser)


@pytest.mark.parametrize(
    "question",
    [
        "Får jag klistra in ett läkarintyg i en öppen tjänst?",
        "är det ok att klistra in läkarintyget i pratbot",
        "Kan jag låta Pratbot sammanfatta ett läkarintyg?",
        "Får jag använda läkarintyg i en öppen tjänst?",
        "Är det förbjudet att klistra in läkarintyg i Pratbot?",
        "Får jag klistra in ett pressmeddelande och ett läkarintyg i Pratbot?",
    ],
)
def test_the_strictest_information_decides(question: str, analyser: Analyser) -> None:
    decision = ask(question, analyser)
    assert decision is not None
    assert decision.verdict is Verdict.NO
    assert decision.sections[0] == "regler#kanslig"


def test_a_product_that_nobody_has_assessed_is_said_to_be_so(analyser: Analyser) -> None:
    decision = ask("Får jag klistra in ett läkarintyg i Pratbot?", analyser)
    assert decision is not None
    assert decision.product == "Pratbot"
    assert decision.sections[-1] == "verktyg#namngiven"


def test_a_stated_type_wins_over_the_name_of_the_product(analyser: Analyser) -> None:
    decision = ask("Pratbot är ett godkänt verktyg, får jag klistra in läkarintyg?", analyser)
    assert decision is not None
    assert decision.verdict is Verdict.ONLY_IF
    assert decision.quotes == ("Tjänsten är bedömd.",)


def test_ai_of_no_stated_type_gets_the_conditions_and_the_ban(analyser: Analyser) -> None:
    decision = ask("Får jag klistra in ett läkarintyg i AI?", analyser)
    assert decision is not None
    assert decision.verdict is Verdict.ONLY_IF
    assert decision.sections == ("regler#avtalad", "regler#kanslig")


@pytest.mark.parametrize(
    "question",
    [
        "Får jag använda Pratbot för att skriva ett läkarintyg?",
        "Vem får klistra in läkarintyg i Pratbot?",
        "Varför får jag inte klistra in läkarintyg i Pratbot?",
        "Får jag klistra in ett påhittat läkarintyg i Pratbot?",
        "Jag klistrade in ett läkarintyg i Pratbot, vad ska jag göra?",
        "Får jag klistra in bilder i Pratbot?",
        "Vad är ett läkarintyg?",
    ],
)
def test_other_questions_are_left_to_the_search(question: str, analyser: Analyser) -> None:
    assert ask(question, analyser) is None
