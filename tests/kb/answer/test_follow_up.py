from pathlib import Path

import pytest

from ingest.library.decision_table import DecisionTable
from ingest.library.tables import parse_table
from kb.answer.follow_up import follow, leans_on_another, may_lean, read_parts

TABLE = Path(__file__).parents[3] / "guidance" / "tables" / "verktyg-och-information.yaml"
READ = parse_table(TABLE.read_text(encoding="utf-8"), name=TABLE.name)
PARTS = read_parts([READ] if isinstance(READ, DecisionTable) else [])
PASTE = "Får jag klistra in kundlistor i ChatGPT?"


@pytest.mark.parametrize(
    ("earlier", "asked", "text"),
    [
        (PASTE, "och i Copilot?", "Får jag klistra in kundlistor i Copilot?"),
        (PASTE, "och källkod då?", "Får jag klistra in källkod i ChatGPT?"),
        ("Får jag använda ChatGPT?", "gäller det även elever?", "Får elever använda ChatGPT?"),
        ("Får elever använda ChatGPT?", "och lärarna?", "Får lärarna använda ChatGPT?"),
        ("Beloppet för planen 2026?", "och 2025 då?", "Beloppet för planen 2025?"),
        ("May I paste names into ChatGPT?", "and into Copilot?", "May I paste names into Copilot?"),
    ],
)
def test_what_a_follow_up_names_takes_the_place_of_its_like(
    earlier: str, asked: str, text: str
) -> None:
    followed = follow(asked, [earlier], PARTS)

    assert followed is not None
    assert (followed.text, followed.leans) == (text, False)


def test_what_asks_more_of_a_subject_stands_beside_it() -> None:
    followed = follow("vem godkänner det?", [PASTE], PARTS)

    assert followed is not None
    assert followed.leans
    assert followed.text == f"{PASTE.rstrip('?')}: vem godkänner det?"


def test_a_mere_why_asks_of_the_same_rule() -> None:
    followed = follow("varför då?", [PASTE], PARTS)

    assert followed is not None
    assert (followed.text, followed.leans) == (PASTE, True)


def test_the_subject_may_lie_several_turns_back() -> None:
    earlier = ["Beloppet för planen 2026?", "och 2025 då?", "vem beslutade det?"]
    followed = follow("är det permanent?", earlier, PARTS)

    assert followed is not None
    assert followed.subject == "Beloppet för planen 2025?"


@pytest.mark.parametrize(
    "asked",
    [
        "en helt annan sak: hur gör jag med det?",
        "Vad är fokus i planen 2026?",
        "Finns det en AI-policy i Malmö stad?",
        "Och får jag klistra in sekretess i ChatGPT?",
    ],
)
def test_another_subject_does_not_lean(asked: str) -> None:
    assert not leans_on_another(asked)
    assert follow(asked, [PASTE], PARTS) is None


def test_a_short_question_may_lean_and_a_long_one_does_not() -> None:
    assert may_lean("hur lång tid har vi på oss?")
    assert not may_lean("Kan jag köra anbuden i en öppen AI-chatt för att jämföra dem?")


def test_thanks_are_no_part_of_a_follow_up() -> None:
    followed = follow("Tack! och i Copilot?", [PASTE], PARTS)

    assert followed is not None
    assert followed.text == "Får jag klistra in kundlistor i Copilot?"
