import pytest

from kb.language.swedish import Analyser, open_analyser
from kb.outcomes import contact_for, notice_text, public_sentence
from kb.records import Language, Outcome


@pytest.fixture(scope="module")
def analyser(tmp_path_factory: pytest.TempPathFactory) -> Analyser:
    return open_analyser(tmp_path_factory.getbasetemp() / "lexicon")


@pytest.mark.parametrize("outcome", Outcome)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_outcome_has_a_public_sentence(outcome: Outcome, language: Language) -> None:
    sentence = public_sentence(outcome, language, contact="Fråga chefen.", found="personnummer")
    assert "{" not in sentence
    assert sentence or outcome is Outcome.ANSWERED


@pytest.mark.parametrize(
    ("question", "role"),
    [
        ("vem godkänner vår konsekvensbedömning dpia", "dataskyddssamordnare"),
        ("hur upphandla avtal leverantör", "upphandling"),
        ("något helt annat", "närmaste chef"),
        ("Får brandväggsregler matas in?", "informationssäkerhetssamordnaren"),
        ("Vart anmäler jag en it-incident i Malmö stad?", "informationssäkerhetssamordnaren"),
        ("En elev skriver till AI-verktyget att hon vill dö", "112"),
        ("Facket och vi är oense om AI-verktyget", "fack"),
        ("Hur länge ska AI-chatten bevaras?", "stadsarkiv"),
    ],
)
def test_the_role_to_ask_follows_the_topic(question: str, role: str, analyser: Analyser) -> None:
    assert role in contact_for(question, "sv", analyser=analyser)


def test_notices_have_both_languages() -> None:
    for kind in ("older_edition", "only_older", "year_meant", "steered", "corrected"):
        values = {"year": "", "quote": "x", "word": "a", "mended": "b"}
        assert notice_text(kind, "sv", **values)
        assert notice_text(kind, "en", **values)
