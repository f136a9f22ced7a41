"""The lexical index finds entries by words, scores within [0, 1], and notices damage."""

from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.errors import IndexUnavailableError
from kb.index.lexical import LexicalIndex, WeightedTerm, build, weigh
from kb.language.swedish import Analyser, open_analyser

ENTRIES = [
    ("fokus", "Planen för 2026 har fokus på information och samverkan."),
    ("pengar", "Servicenämnden begär 41 mnkr i permanent budgetförstärkning."),
    ("incident", "En personuppgiftsincident anmäls till IMY inom 72 timmar."),
    ("beslut", "Kommunfullmäktige beslutade 2021-03-31 § 100 om riktlinjer."),
    ("tjänst", "Skriv aldrig in känsliga personuppgifter i en öppen AI-tjänst."),
    ("tom", ""),
]


@pytest.fixture(scope="module")
def analyser(tmp_path_factory: pytest.TempPathFactory) -> Analyser:
    return open_analyser(tmp_path_factory.getbasetemp() / "lexicon")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, analyser: Analyser) -> Path:
    folder = tmp_path_factory.mktemp("lexical") / "index"
    build(folder, ENTRIES, analyser)
    return folder


@pytest.fixture(scope="module")
def index(folder: Path) -> LexicalIndex:
    return LexicalIndex.open(folder)


def found(index: LexicalIndex, analyser: Analyser, question: str) -> list[str]:
    hits = index.search(weigh(analyser.content_terms(question)), k=3)
    return [identifier for identifier, _ in hits]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Vad är fokus i utvecklingsplanen 2026?", "fokus"),
        ("Hur mycket pengar kostar det?", "pengar"),
        ("Vart rapporterar jag en incident?", "incident"),
        ("Vad beslutades i § 100?", "beslut"),
        ("den 31 mars 2021", "beslut"),
        ("Får jag klistra in känsliga uppgifter i ChatGPT?", "tjänst"),
        ("Where do I report a data breach?", "incident"),
    ],
)
def test_right_entry_comes_first(
    index: LexicalIndex, analyser: Analyser, question: str, answer: str
) -> None:
    assert found(index, analyser, question)[0] == answer


def test_words_that_are_nowhere_find_nothing(index: LexicalIndex, analyser: Analyser) -> None:
    assert found(index, analyser, "pannkakor tågtider") == []
    assert index.search([], k=3) == []


def test_word_itself_scores_above_its_synonym(index: LexicalIndex) -> None:
    own = index.search([WeightedTerm("fokus")], k=1)[0][1]
    rivals = [WeightedTerm("saknas", 1.0, 0), WeightedTerm("fokus", 0.5, 0)]
    assert index.search(rivals, k=1)[0][1] < own


def test_rivals_count_once(index: LexicalIndex) -> None:
    alone = index.search([WeightedTerm("fokus", 1.0, 0)], k=1)
    both = index.search([WeightedTerm("fokus", 1.0, 0), WeightedTerm("samverkan", 1.0, 0)], k=1)
    assert both[0][1] == pytest.approx(alone[0][1])


def test_term_given_twice_counts_once(index: LexicalIndex) -> None:
    terms = [WeightedTerm("fokus"), WeightedTerm("fokus", 0.3)]
    assert index.search(terms, k=1) == index.search(terms[:1], k=1)


def test_equal_scores_come_in_order_of_id(tmp_path: Path, analyser: Analyser) -> None:
    build(tmp_path / "i", [("b", "samma ord"), ("a", "samma ord")], analyser)
    hits = LexicalIndex.open(tmp_path / "i").search([WeightedTerm("ord")], k=2)
    assert [identifier for identifier, _ in hits] == ["a", "b"]


def test_index_knows_its_size_and_frequencies(index: LexicalIndex, analyser: Analyser) -> None:
    assert index.size == len(ENTRIES)
    assert index.document_frequency("personuppgift") == 2
    assert index.document_frequency("saknas") == 0
    assert index.idf("saknas") > index.idf("fokus") > index.idf("personuppgift") > 0
    assert index.identity == analyser.identity


def test_vocabulary_holds_words_as_written(index: LexicalIndex) -> None:
    words = index.vocabulary()
    assert words["personuppgiftsincident"] == 1
    assert words["i"] == 2
    assert "72" not in words


def test_empty_library_can_be_opened_and_searched(tmp_path: Path, analyser: Analyser) -> None:
    build(tmp_path / "i", [], analyser)
    index = LexicalIndex.open(tmp_path / "i")
    assert (index.size, index.vocabulary(), index.search([WeightedTerm("plan")], k=5)) == (
        0,
        {},
        [],
    )


def test_identifier_of_any_kind_comes_back(tmp_path: Path, analyser: Analyser) -> None:
    identifier = "plan-2026@2026-1#om planen å/ä"
    build(tmp_path / "i", [(identifier, "plan")], analyser)
    hits = LexicalIndex.open(tmp_path / "i").search([WeightedTerm("plan")], k=1)
    assert hits[0][0] == identifier


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from("fokus personuppgift 2026 plan imy saknas".split()), max_size=8))
def test_score_is_a_share(index: LexicalIndex, words: list[str]) -> None:
    hits = index.search([WeightedTerm(word) for word in words], k=10)
    assert all(0 < score <= 1 for _, score in hits)
    assert [score for _, score in hits] == sorted((s for _, s in hits), reverse=True)


def test_folder_that_holds_something_is_not_built_into(folder: Path, analyser: Analyser) -> None:
    with pytest.raises(IndexUnavailableError, match="inte tom"):
        build(folder, ENTRIES, analyser)


def test_missing_index_says_how_to_build_it(tmp_path: Path) -> None:
    with pytest.raises(IndexUnavailableError, match="sync --rebuild"):
        LexicalIndex.open(tmp_path)


@pytest.mark.parametrize("suffix", [".store", ".term", ".idx", "meta.json", "vocabulary.tsv"])
def test_changed_file_is_noticed(tmp_path: Path, analyser: Analyser, suffix: str) -> None:
    build(tmp_path / "i", ENTRIES, analyser)
    (path,) = [p for p in (tmp_path / "i").iterdir() if p.name.endswith(suffix)]
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    with pytest.raises(IndexUnavailableError, match="skadat"):
        LexicalIndex.open(tmp_path / "i")


def test_half_written_index_is_noticed(tmp_path: Path, analyser: Analyser) -> None:
    build(tmp_path / "i", ENTRIES, analyser)
    next((tmp_path / "i").glob("*.idx")).unlink()
    with pytest.raises(IndexUnavailableError, match="ofullständigt"):
        LexicalIndex.open(tmp_path / "i")


@pytest.mark.parametrize("seal", ["", "[]", "{}", '{"format": 1}', '{"format": 99, "files": {}}'])
def test_broken_seal_is_noticed(tmp_path: Path, analyser: Analyser, seal: str) -> None:
    build(tmp_path / "i", ENTRIES, analyser)
    (tmp_path / "i" / "sealed.json").write_text(seal)
    with pytest.raises(IndexUnavailableError):
        LexicalIndex.open(tmp_path / "i")


def test_other_analysis_is_refused(folder: Path, analyser: Analyser) -> None:
    assert LexicalIndex.open(folder, identity=analyser.identity).size == len(ENTRIES)
    with pytest.raises(IndexUnavailableError, match="språkanalys"):
        LexicalIndex.open(folder, identity="en annan")


def test_a_read_only_index_answers_and_nothing_is_written_beside_it(
    folder: Path, analyser: Analyser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = tmp_path / "index"
    copytree(folder, index, ignore=ignore_patterns("*.lock"))
    before = sorted(path.name for path in index.iterdir())
    monkeypatch.setattr("kb.index.lexical.os.access", lambda *_: False)
    assert found(LexicalIndex.open(index), analyser, "Hur mycket pengar kostar det?")[0] == "pengar"
    assert sorted(path.name for path in index.iterdir()) == before


def test_folder_that_cannot_be_written_is_said(tmp_path: Path, analyser: Analyser) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(IndexUnavailableError, match="kunde inte skrivas"):
        build(tmp_path / "file" / "index", ENTRIES, analyser)
