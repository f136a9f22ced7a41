import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.document import Document, Kind
from ingest.errors import IndexUnavailableError
from ingest.library import sentences
from kb.embedding.model import Matrix
from kb.index.keeper import KeeperState
from kb.index.reader import Index
from kb.index.search import Query, Weights, fuse
from kb.index.snapshot import Snapshot
from kb.index.storage import collection_place, lexical_folder, manifest_path, owner
from tests.kb.index.small_index import (
    DIMENSIONS,
    TODAY,
    WordBag,
    document,
    library,
    open_small,
    run_sync,
)

EVERYONE = frozenset({"alla"})


def plans() -> list[Document]:
    return [
        document(
            f"plan-{year}", f"Budgeten för piloten är {year - 2000} miljoner kronor.",
            kind=Kind.PLAN, title=f"Utvecklingsplan {year}", year=year,
        )
        for year in (2025, 2026, 2027)
    ]  # fmt: skip


def ids(index: Index, question: str, **options: Any) -> list[str]:
    hits = index.search(question, **{"as_of": TODAY, **options})
    return [hit.passage.document_id for hit in hits]


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Index]:
    run_sync(tmp_path, library(6))
    index = open_small(tmp_path)
    yield index
    index.close()


@pytest.fixture
def planned(tmp_path: Path) -> Iterator[Index]:
    run_sync(tmp_path, plans())
    index = open_small(tmp_path)
    yield index
    index.close()


# Searching


def test_the_passage_that_says_it_comes_first(small: Index) -> None:
    hits = small.search("Undantaget om fall4", as_of=TODAY, k=5)

    assert hits[0].passage.id == "dok-4@1#undantag-4"
    assert [hit.rank for hit in hits] == [1, 2, 3, 4, 5]
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert all(-1 <= hit.dense <= 1 and 0 <= hit.lexical <= 1 for hit in hits)


def test_a_curated_question_finds_its_passage(small: Index) -> None:
    hit = small.search("Vad gäller för fråga2?", as_of=TODAY, k=1)[0]

    assert hit.passage.id == "dok-2@1#regel-2"
    assert hit.dense == pytest.approx(1.0, abs=1e-5)


def test_the_score_is_the_sum_it_says(small: Index) -> None:
    for hit in small.search("regeln om sak1", as_of=TODAY):
        assert hit.score == pytest.approx(hit.dense + 0.10 * hit.lexical)


def test_weights_may_be_chosen(small: Index) -> None:
    for hit in small.search("regeln om sak1", as_of=TODAY, weights=Weights(lexical=0.0)):
        assert hit.score == hit.dense


def test_a_prepared_question_gives_the_same(small: Index) -> None:
    query = small.prepare("regeln om sak1")

    assert isinstance(query, Query)
    assert small.search(query, as_of=TODAY) == small.search("regeln om sak1", as_of=TODAY)


@pytest.mark.parametrize("question", ["", "   ", "☃", "a\0b", "x" * 5000, 'OR AND " ( )'])
def test_odd_questions_are_answered_calmly(small: Index, question: str) -> None:
    assert len(small.search(question, as_of=TODAY, k=3)) == 3


# What may be found


def test_only_what_is_in_force_is_found(planned: Index) -> None:
    assert ids(planned, "budgeten för piloten") == ["plan-2026"]


def test_another_day_has_another_plan_in_force(planned: Index) -> None:
    assert ids(planned, "budgeten för piloten", as_of=date(2025, 6, 1)) == ["plan-2025"]


def test_a_named_year_opens_its_edition_and_ranks_it_first(planned: Index) -> None:
    question = "budgeten för piloten är 25 miljoner kronor"
    first, second = planned.search(question, as_of=TODAY, years=frozenset({2025}))

    assert (first.passage.document_id, first.current) == ("plan-2025", False)
    assert (second.passage.document_id, second.current) == ("plan-2026", True)
    assert first.score == pytest.approx(first.dense + 0.10 * first.lexical + 0.05)
    assert second.score == pytest.approx(second.dense + 0.10 * second.lexical)


def test_a_comparison_finds_both_years(planned: Index) -> None:
    found = ids(planned, "budgeten för piloten", years=frozenset({2025, 2027}))

    assert set(found) == {"plan-2025", "plan-2026", "plan-2027"}


def test_older_editions_are_found_when_asked_for(planned: Index) -> None:
    assert set(ids(planned, "budgeten", include_older=True)) == {"plan-2025", "plan-2026"}


def test_what_is_for_some_is_found_by_them_alone(tmp_path: Path) -> None:
    secret = document("hemlig", "Lösenordet till servern är kanel.", audience="AI-rådet")
    run_sync(tmp_path, [*library(30), secret])
    index = open_small(tmp_path)

    assert "hemlig" not in ids(index, "lösenordet till servern är kanel", k=200)
    assert ids(index, "lösenordet kanel", audience=frozenset({"AI-rådet"}))[0] == "hemlig"
    assert "dok-1" in ids(index, "sak1", audience=frozenset({"AI-rådet"}), k=3)


def test_a_rare_eligible_passage_is_found_among_many_older(tmp_path: Path) -> None:
    old = [
        document("regel", f"Regeln om kanel nummer {n}.", edition=str(n), year=2000 + n)
        for n in range(1, 300)
    ]
    run_sync(tmp_path, old)

    hits = open_small(tmp_path).search("regeln om kanel", as_of=TODAY)

    assert [(hit.passage.edition, hit.lexical > 0) for hit in hits] == [("299", True)]


# Exactness


def snapshot_with(vectors: Matrix, counts: list[int]) -> Snapshot:
    made: Any = None
    starts = np.cumsum([0, *counts[:-1]])
    names = tuple(f"d@1#{number}" for number in range(len(counts)))
    return Snapshot(
        generation=made, keys=("d@1",), fronts={}, bodies={}, collected=frozenset(), names=names,
        rows=np.arange(len(names)), document_of=np.zeros(len(names), dtype=np.intp),
        vectors=vectors, starts=starts, slots=np.zeros(len(vectors), dtype=np.intp),
        position={name: place for place, name in enumerate(names)}, tables={},
    )  # fmt: skip


@given(st.lists(st.integers(1, 4), min_size=1, max_size=40), st.integers(0, 99), st.data())
def test_exact_search_is_what_a_loop_would_find(
    counts: list[int], seed: int, data: st.DataObject
) -> None:
    chance = np.random.default_rng(seed)
    vectors = chance.standard_normal((sum(counts), 8)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    query = vectors[0]
    mask = np.array(data.draw(st.lists(st.booleans(), min_size=len(counts), max_size=len(counts))))
    k = data.draw(st.integers(1, 10))
    snapshot = snapshot_with(vectors, counts)
    best, row = [], 0
    for count in counts:
        best.append(max(float(vectors[r] @ query) for r in range(row, row + count)))
        row += count

    everywhere = snapshot.dense(query, np.arange(len(counts)))
    found = snapshot.nearest(query, mask, k)

    assert everywhere == pytest.approx(np.clip(best, -1, 1), abs=1e-5)
    eligible = [place for place in range(len(counts)) if mask[place]]
    assert set(found) <= set(eligible)
    assert len(set(found)) == len(found) == min(k, len(eligible))
    left_out = [best[place] for place in set(eligible) - set(found)]
    assert max(left_out, default=-2) <= min((best[place] for place in found), default=2) + 1e-5


scores = st.floats(-1, 1, width=32)


@given(st.lists(st.tuples(scores, st.floats(0, 1), st.booleans()), max_size=20))
def test_fusion_orders_by_the_sum_and_keeps_every_candidate(
    parts: list[tuple[float, float, bool]],
) -> None:
    places = np.arange(len(parts))
    dense = np.array([part[0] for part in parts], dtype=np.float32)
    named = np.array([part[2] for part in parts], dtype=bool)
    lexical = {place: part[1] for place, part in enumerate(parts) if part[1]}

    found = fuse(places, dense, lexical, named, weights=Weights(), k=len(parts))

    assert sorted(one.place for one in found) == places.tolist()
    keys = [(-one.score, one.place) for one in found]
    assert keys == sorted(keys)
    for one in found:
        expected = parts[one.place][0] + 0.1 * parts[one.place][1] + 0.05 * parts[one.place][2]
        assert one.score == pytest.approx(expected, abs=1e-6)


@given(st.floats(-1, 1), st.floats(0, 1), st.floats(0, 1))
def test_more_words_in_common_never_lower_a_score(dense: float, less: float, more: float) -> None:
    less, more = sorted((less, more))
    pair = np.array([dense, dense], dtype=np.float32)

    found = fuse(
        np.array([0, 1]), pair, {0: less, 1: more}, np.zeros(2, dtype=bool), weights=Weights(), k=2
    )

    assert {one.place: one.score for one in found}[1] >= {one.place: one.score for one in found}[0]


# Looking up


def test_passages_and_their_neighbours_are_looked_up(small: Index) -> None:
    around = small.whole.neighbours("dok-1@1#regel-1")
    alone = small.whole.neighbours("dok-1@1#inledning", before=3, after=0)

    assert [p.anchor for p in around] == ["inledning", "regel-1", "undantag-1"]
    assert [p.anchor for p in alone] == ["inledning"]
    assert small.whole.passages_of("dok-1@1") == around
    assert small.whole.passage("dok-1@1#regel-1") == around[1]
    assert small.whole.passage("finns@1#inte") is None
    assert small.whole.neighbours("finns@1#inte") == small.whole.passages_of("finns@1") == ()


def test_sentence_vectors_run_along_the_sentences(small: Index) -> None:
    passage = small.whole.passages_of("dok-1@1")[1]
    vectors = small.whole.span_vectors(passage.id)
    texts = sentences.split(passage.text)

    assert vectors.shape == (len(texts), DIMENSIONS) == (2, DIMENSIONS)
    assert vectors[1] == pytest.approx(WordBag().embed_query(texts[1]), abs=1e-6)


def test_counts_and_front_matter_are_told(planned: Index) -> None:
    assert planned.counts.documents == 3
    assert planned.counts.in_force == 1
    assert planned.documents["plan-2025@1"].year == 2025


def test_an_index_knows_when_a_newer_one_answers(tmp_path: Path) -> None:
    run_sync(tmp_path, library(2))
    index = open_small(tmp_path)
    before = index.is_stale

    run_sync(tmp_path, library(2, edited=1))

    assert (before, index.is_stale) == (False, True)
    assert ids(index, "sak1", k=1) == ["dok-1"]
    index.close()


def test_a_manifest_made_anew_makes_an_index_stale(tmp_path: Path) -> None:
    run_sync(tmp_path, library(2))
    index = open_small(tmp_path)
    manifest_path(tmp_path).write_bytes(b"skada" * 5000)
    run_sync(tmp_path, library(2))

    assert index.is_stale
    index.close()


# What may go wrong


def test_without_an_index_the_remedy_is_named(tmp_path: Path) -> None:
    with pytest.raises(IndexUnavailableError, match="Kör vagvisaren sync"):
        open_small(tmp_path)


def overwrite(folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_file():
            path.write_bytes(b"skada")


@pytest.mark.parametrize("damage", [overwrite, shutil.rmtree])
def test_a_damaged_lexical_index_is_rebuilt_on_opening(
    tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    run_sync(tmp_path, library(3))
    damage(lexical_folder(tmp_path, 1))

    hit = open_small(tmp_path).search("sak2", as_of=TODAY, k=1)[0]

    assert (hit.passage.document_id, hit.lexical > 0) == ("dok-2", True)


def test_while_the_lexical_index_cannot_be_rebuilt_vectors_answer(tmp_path: Path) -> None:
    run_sync(tmp_path, library(3))
    shutil.rmtree(lexical_folder(tmp_path, 1))

    with owner(tmp_path):
        index = open_small(tmp_path)

    assert index.lexical is None
    hit = index.search("Regeln om sak2 gäller alla", as_of=TODAY, k=1)[0]
    assert (hit.passage.document_id, hit.lexical) == ("dok-2", 0.0)


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a real Chroma collection."""
    data = tmp_path_factory.mktemp("data")
    run_sync(data, library(60), use_chroma=True)
    return data


@pytest.fixture
def copy(collected: Path, tmp_path: Path) -> Path:
    shutil.copytree(collected, tmp_path / "data")
    return tmp_path / "data"


def test_a_proved_collection_answers_as_exact_search_does(collected: Path) -> None:
    exact = open_small(collected)
    index = open_small(collected, use_chroma=True)
    before = index.search("sak7 gäller alla", as_of=TODAY, k=5)

    assert index.wait_for_collection(60) is KeeperState.HEALTHY
    for number in range(60):
        question = f"regeln om sak{number}"
        assert index.search(question, as_of=TODAY, k=5) == exact.search(question, as_of=TODAY, k=5)
    assert index.search("sak7 gäller alla", as_of=TODAY, k=5) == before
    index.close()


def test_a_damaged_collection_is_rebuilt_while_exact_search_answers(copy: Path) -> None:
    overwrite(collection_place(copy, 1, None).folder)

    index = open_small(copy, use_chroma=True)
    assert ids(index, "Vad gäller för fråga7?", k=1) == ["dok-7"]
    assert index.wait_for_collection(60) is KeeperState.HEALTHY
    assert ids(index, "Vad gäller för fråga7?", k=1) == ["dok-7"]
    index.close()


def test_a_collection_that_fails_a_question_is_doubted_and_rebuilt(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kb.index import vectors

    index = open_small(copy, use_chroma=True)
    assert index.wait_for_collection(60) is KeeperState.HEALTHY

    def fail(*_: Any) -> list[str]:
        raise vectors.CollectionError("Failed to apply logs to the hnsw segment writer")

    with monkeypatch.context() as failing:
        failing.setattr(vectors.Collection, "nearest", fail)
        assert ids(index, "Vad gäller för fråga7?", k=1) == ["dok-7"]
    assert index.wait_for_collection(60) is KeeperState.HEALTHY
    assert ids(index, "Vad gäller för fråga7?", k=1) == ["dok-7"]
    index.close()


def test_a_collection_that_names_strangers_is_not_believed(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kb.index import vectors

    index = open_small(copy, use_chroma=True)
    assert index.wait_for_collection(60) is KeeperState.HEALTHY

    with owner(copy), monkeypatch.context() as failing:  # so that it cannot be rebuilt either
        failing.setattr(vectors.Collection, "nearest", lambda *_: ["okänd@1#x"])
        assert ids(index, "Vad gäller för fråga7?", k=1) == ["dok-7"]
        assert index.wait_for_collection(60) is KeeperState.UNUSED
    assert ids(index, "Vad gäller för fråga7?", k=1) == ["dok-7"]
    index.close()


def test_a_collection_of_another_day_is_not_used(tmp_path: Path) -> None:
    run_sync(tmp_path, plans(), use_chroma=True)

    index = open_small(tmp_path, use_chroma=True, today=date(2027, 2, 1))

    assert index.collection_state is KeeperState.UNUSED
    assert ids(index, "budgeten", as_of=date(2027, 2, 1)) == ["plan-2027"]
    index.close()


def test_closing_calls_the_probe_off(collected: Path) -> None:
    index = open_small(collected, use_chroma=True)

    index.close()

    assert index.collection_state is KeeperState.UNUSED


def test_threads_may_search_at_the_same_time(collected: Path) -> None:
    index = open_small(collected, use_chroma=True)

    with ThreadPoolExecutor(8) as pool:
        found = list(
            pool.map(lambda n: ids(index, f"Vad gäller för fråga{n % 60}?", k=1), range(300))
        )
    index.close()

    assert found == [[f"dok-{n % 60}"] for n in range(300)]
