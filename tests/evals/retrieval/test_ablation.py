import pytest

from evals.cases import Case
from evals.retrieval.ablation import NeverSplit, Way, open_ways, rank
from kb.draft import Draft
from kb.language.swedish import SYNONYM_CREDIT
from kb.pipeline import turn_back_personal_data
from kb.retrieve import read_question
from kb.settings import Settings
from tests.evals.small_library import TODAY


@pytest.fixture(scope="module")
def ways(small: Settings, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Way]:
    found = open_ways(small, tmp_path_factory.mktemp("ways"), as_of=TODAY)
    return {way.name: way for way in found}


def names(way: Way, question: str) -> list[str]:
    places = rank(way, Case("c", question), as_of=TODAY)
    return [name for place in places for name in place.sections]


def read(question: str, way: Way) -> Draft:
    return read_question(turn_back_personal_data(Draft(question, TODAY), way.tools), way.tools)


def test_the_whole_finds_the_section_first(ways: dict[str, Way]) -> None:
    assert names(ways["whole"], "Får jag dela mitt lösenord?")[0] == "losenord#dela"


def test_words_alone_find_nothing_that_shares_no_word(ways: dict[str, Way]) -> None:
    assert names(ways["words alone"], "Får jag dela mitt lösenord?")[0] == "losenord#dela"
    assert names(ways["words alone"], "xyzzy plugh") == []


def test_meaning_alone_gives_words_no_score(ways: dict[str, Way]) -> None:
    way = ways["meaning alone"]
    assert names(way, "lösenord")[0] == "losenord#dela"


def test_without_compound_parts_a_part_finds_no_compound(ways: dict[str, Way]) -> None:
    way = ways["without compound parts"]
    words = Way("", way.tools, ways["words alone"].change, only_words=True)
    assert "incident#anmal" not in names(words, "uppgiftsincidenten")
    assert way.tools.analyser.identity != ways["whole"].tools.analyser.identity


def test_a_word_is_never_split(small: Settings) -> None:
    assert NeverSplit(small).split("personuppgiftsincident") == ("personuppgiftsincident",)


def test_without_curated_questions_the_index_holds_fewer_vectors(ways: dict[str, Way]) -> None:
    plain = ways["without curated questions"].tools.index.counts
    whole = ways["whole"].tools.index.counts
    assert plain.passages == whole.passages
    assert plain.vectors < whole.vectors


def test_without_synonyms_only_own_words_are_searched_for(ways: dict[str, Way]) -> None:
    way = ways["without synonyms"]
    draft = read("Måste jag anmäla en dataläcka?", way)
    kept = way.change(draft, way.tools).wanted
    assert any(a.credit == SYNONYM_CREDIT for word in draft.wanted for a in word.alternatives)
    assert not any(a.credit == SYNONYM_CREDIT for word in kept for a in word.alternatives)


def test_without_repair_a_misspelling_stays(ways: dict[str, Way]) -> None:
    whole = read("Får jag dela mitt lössenord?", ways["whole"]).question
    less = read("Får jag dela mitt lössenord?", ways["without spelling repair"]).question
    assert whole is not None
    assert less is not None
    assert "lösenord" in whole.topic
    assert "lössenord" in less.topic
