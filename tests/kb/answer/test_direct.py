import pytest

from kb.answer.direct import direct_answer
from kb.answer.scoring import Known
from kb.answer.understand import understand
from tests.kb.made import passage

RULE = "Du får inte mata in personnummer i en öppen AI-tjänst."


def short(question: str, norm: str, *, known: str | None = None, likeness: float = 1.0) -> str:
    rule = passage(f'## Regel {{#a norm="{norm}"}}\n\n{RULE}')
    asked_before = Known(known or question, likeness)
    return direct_answer(understand(question), rule, RULE, known=asked_before).short


@pytest.mark.parametrize(
    ("question", "norm", "answer"),
    [
        ("Får jag klistra in personnummer i ChatGPT?", "FÅR INTE", "Nej."),
        ("Är det förbjudet att klistra in personnummer?", "FÅR INTE", "Ja."),
        ("Får jag använda Copilot?", "FÅR", "Ja."),
        ("Måste jag granska svaret?", "MÅSTE", "Ja."),
        ("May I paste personal numbers?", "FÅR INTE", "No."),
        ("Får jag använda verktyget?", "FÅR OM", "Bara om villkoren nedan är uppfyllda."),
        ("Får jag inte klistra in personnummer?", "FÅR INTE", ""),
        ("Vad är ett personnummer?", "FÅR INTE", ""),
        ("Måste jag använda AI?", "FÅR", ""),
    ],
)
def test_norm_and_wording_give_the_direct_answer(question: str, norm: str, answer: str) -> None:
    assert short(question, norm) == answer


@pytest.mark.parametrize(
    ("question", "norm"),
    [
        ("Vad får jag öva på när jag testar AI?", "FÅR"),
        ("jag är barnskötare, vad får jag använda ai till", "FÅR"),
        ("Hur får jag hjälp av AI med en kravprofil?", "FÅR"),
        ("var ska det stå att innehållet är gjort av ai", "MÅSTE"),
        ("What must we disclose about AI-generated images?", "MÅSTE"),
        ("Which account should I use for AI at work?", "MÅSTE"),
    ],
)
def test_an_open_question_has_no_yes_or_no(question: str, norm: str) -> None:
    assert short(question, norm) == ""


@pytest.mark.parametrize(
    ("question", "norm", "answer"),
    [
        ("Måste vi veta vilka underleverantörer AI-tjänsten använder?", "MÅSTE", "Ja."),
        ("Får jag fråga varför någon vill se våra AI-chattar?", "FÅR INTE", "Nej."),
    ],
)
def test_a_question_word_inside_a_closed_question_leaves_it_closed(
    question: str, norm: str, answer: str
) -> None:
    assert short(question, norm) == answer


def test_nothing_is_said_when_the_passage_does_not_cover_the_question() -> None:
    assert short("Får jag klistra in recept i ChatGPT?", "FÅR INTE", likeness=0.4) == ""


def test_nothing_is_said_when_the_known_question_asks_something_else() -> None:
    known = "Min chef struntar i AI-reglerna, vad gör jag?"
    assert short("Får jag strunta i AI?", "FÅR", known=known) == ""


@pytest.mark.parametrize(("norm", "answer"), [("FÅR INTE", "Nej."), ("FÅR", ""), ("FÅR OM", "")])
def test_leave_is_given_only_for_just_the_known_question(norm: str, answer: str) -> None:
    assert short("Får jag skriva ett pressmeddelande?", norm, likeness=0.6) == answer


def test_a_leading_no_stays_when_the_question_turns_the_same_way() -> None:
    section = passage(
        "## Är hela AI-förordningen uppskjuten? {#a}\n\nNej, hela är inte uppskjuten."
    )
    asked = understand("Är hela AI-förordningen uppskjuten?")
    assert direct_answer(asked, section, section.text, known=Known(asked.text, 1.0)).short == "Nej."


def test_a_leading_no_falls_away_when_the_question_turns_otherwise() -> None:
    section = passage(
        "## Är hela AI-förordningen uppskjuten? {#a}\n\nNej, hela är inte uppskjuten."
    )
    asked = understand("När gäller AI-förordningen?")
    direct = direct_answer(asked, section, section.text, known=Known(asked.text, 1.0))
    assert (direct.short, section.text[direct.cut :]) == ("", "hela är inte uppskjuten.")


def test_a_sections_own_no_stands_only_for_the_question_it_was_written_for() -> None:
    section = passage("## Går det att se om en text är skriven av AI? {#a}\n\nNej, det går inte.")
    asked = understand("Måste jag berätta att en text är skriven av AI?")
    direct = direct_answer(asked, section, section.text, known=Known(asked.text, 0.6))
    assert (direct.short, section.text[direct.cut :]) == ("", "det går inte.")
