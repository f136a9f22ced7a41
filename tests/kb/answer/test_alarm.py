import pytest

from ingest.document import FrontMatter
from ingest.library.alarm_table import Alarm, AlarmTable
from kb.answer.alarm import lead_with, raised, read_alarms
from kb.answer.compose import quote_plainly
from kb.language.swedish import Analyser, open_analyser
from tests.kb.made import choice, passage

TABLE = AlarmTable(
    id="akut",
    title="Akut",
    edition="1",
    kind="larm",
    alarms=(
        Alarm(section="k#akut", words=("vill inte leva", "andas inte")),
        Alarm(section="k#oro", words=("slår sina barn",)),
    ),
)
ALARM = passage("## Ring {#ring}\n\nRing 112 direkt. Vänta inte på AI.")
OTHER = passage("## Chatt {#chatt}\n\nEleven får använda chatten.")


def front(document_id: str, edition: str) -> FrontMatter:
    return FrontMatter(id=document_id, title="Prov", edition=edition)


@pytest.fixture(scope="module")
def analyser() -> Analyser:
    return open_analyser()


@pytest.mark.parametrize(
    ("question", "section"),
    [
        ("en elev skriver i chatten att hon inte vill leva, vad gör jag", None),
        ("eleven skriver: jag VILL INTE LEVA", "k#akut"),
        ("han andas inte, ska jag fråga AI", "k#akut"),
        ("kan AI avgöra om föräldern slår sina barn", "k#oro"),
        ("slår sina barn och en av dem andas inte", "k#akut"),
        ("får jag använda AI på jobbet", None),
    ],
)
def test_the_most_urgent_expression_decides(
    question: str, section: str | None, analyser: Analyser
) -> None:
    assert raised(question, read_alarms(TABLE, analyser), analyser) == section


def test_the_alarm_stands_alone_where_there_is_no_answer() -> None:
    said = lead_with(ALARM, None, front=front)
    assert said.text == "Ring 112 direkt. Vänta inte på AI. [1]"
    assert said.short == ""


def test_the_answer_follows_the_alarm_with_its_own_numbers() -> None:
    said = lead_with(ALARM, quote_plainly(choice(OTHER), front=front), front=front)
    assert said.text.endswith("\n\nEleven får använda chatten. [2]")
    assert [citation.n for citation in said.citations] == [1, 2]
