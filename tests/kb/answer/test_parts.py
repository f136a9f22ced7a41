import pytest

from kb.answer.parts import parts_of


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (
            "Vem beslutar om planen, och vilken nämnd bereder den?",
            ("Vem beslutar om planen", "Vem beslutar om planen: vilken nämnd bereder den?"),
        ),
        (
            "Broschyren är AI-skriven. Måste den märkas, och vem har upphovsrätten?",
            (
                "Broschyren är AI-skriven. Måste den märkas",
                "Broschyren är AI-skriven. vem har upphovsrätten?",
            ),
        ),
        (
            "AI i urvalet: vad säger AI-förordningen och hur kommer diskrimineringslagen in?",
            (
                "AI i urvalet: vad säger AI-förordningen",
                "AI i urvalet: hur kommer diskrimineringslagen in?",
            ),
        ),
        (
            "What must be labelled? Who decides?",
            ("What must be labelled?", "What must be labelled: Who decides?"),
        ),
    ],
)
def test_two_questions_in_one_are_parted(question: str, parts: tuple[str, ...]) -> None:
    assert parts_of(question) == parts


@pytest.mark.parametrize(
    "question",
    [
        "Får jag klistra in namn och adress i en öppen AI-tjänst?",
        "Vad är skillnaden mellan riktlinjer och principer?",
        "Jag vet inte vad som gäller. Får jag använda AI?",
        "",
    ],
)
def test_one_question_stays_whole(question: str) -> None:
    assert parts_of(question) == (question,)
