import pytest

from kb.answer.understand import Expects, detect_language, expected_answer, understand
from kb.answer.years import plan_years
from kb.records import Turn


@pytest.mark.parametrize(
    ("question", "expects"),
    [
        ("Hur mycket pengar begär servicenämnden?", Expects.AMOUNT),
        ("Hur många riktlinjer finns det?", Expects.COUNT),
        ("När börjar högriskkraven gälla?", Expects.DATE),
        ("Vem beslutar betyg?", Expects.WHO),
        ("Vilka fyra principer gäller?", Expects.LIST),
        ("får ja slänga in ett protokoll i chatgpt", Expects.PERMISSION),
        ("May I paste personal data into ChatGPT?", Expects.PERMISSION),
        ("Gäller programmet Det digitala Malmö fortfarande?", Expects.YES_NO),
        ("Vad är generativ AI?", Expects.DEFINITION),
        ("Varför ska jag granska svaret?", Expects.REASON),
        ("Berätta om planen", Expects.OTHER),
    ],
)
def test_the_kind_of_answer_is_read_from_the_wording(question: str, expects: Expects) -> None:
    assert expected_answer(question) is expects


@pytest.mark.parametrize(
    ("question", "years"),
    [
        ("Vad är fokus i planen för 2026?", (2026,)),
        ("jämför 2025 och 2026", (2025, 2026)),
        ("Vilken teknik etablerades under 2021–2024?", ()),
        ("Vad hände 2024-08-14?", ()),
        ("Gäller det från den 2 augusti 2026?", ()),
        ("Beslutade nämnden något i juni 2025?", ()),
    ],
)
def test_only_years_that_are_named_as_such_count(question: str, years: tuple[int, ...]) -> None:
    assert plan_years(question) == years


def test_a_follow_up_takes_its_subject_from_the_last_question() -> None:
    history = (Turn("Hur mycket begärde servicenämnden för planen 2026?"),)
    question = understand("Och 2025 då?", history=history)
    assert question.follows_up
    assert question.years == (2025,)
    assert "servicenämnden" in question.text
    assert "2026" not in question.text


def test_a_question_that_stands_alone_is_left_alone() -> None:
    history = (Turn("Får jag använda ChatGPT?"),)
    question = understand("Vilka fyra principer för digitalisering gäller?", history=history)
    assert not question.follows_up
    assert question.text == "Vilka fyra principer för digitalisering gäller?"


def test_two_years_are_a_comparison() -> None:
    assert understand("Vad skiljer planen 2025 från 2026?").compares


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("What is the focus of the 2026 plan?", "en"),
        ("What does Malmö's plan say?", "en"),
        ("Vad är fokus i planen?", "sv"),
        ("chatgpt?", "sv"),
    ],
)
def test_language_is_told_by_function_words(text: str, language: str) -> None:
    assert detect_language(text) == language


def test_the_direct_answer_of_a_subject_is_none_for_what_stands_beside_it() -> None:
    history = (Turn("Får jag klistra in namn i ChatGPT?"),)
    question = understand("räcker det om chefen vet?", history=history)
    assert question.leans
    assert question.expects is Expects.OTHER


def test_a_follow_up_that_asks_who_expects_who() -> None:
    history = (Turn("Får jag klistra in namn i ChatGPT?"),)
    assert understand("vem godkänner det?", history=history).expects is Expects.WHO


def test_a_follow_up_without_function_words_has_its_subjects_language() -> None:
    history = (Turn("May I paste names into ChatGPT?"),)
    assert understand("why?", history=history).language == "en"


def test_a_comparison_keeps_the_years_of_its_subject() -> None:
    history = (Turn("Vad är fokus i planen 2026?"),)
    question = understand("jämfört med 2025?", history=history)
    assert question.years == (2025, 2026)
    assert question.compares
