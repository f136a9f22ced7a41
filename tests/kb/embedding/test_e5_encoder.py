"""The default model itself: golden values, one vector for one text, hostile text, spans."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from unicodedata import normalize

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from onnxruntime import InferenceSession  # type: ignore[import-untyped]
from tokenizers import Tokenizer

from ingest.errors import IndexUnavailableError
from kb.embedding import e5_build
from kb.embedding.e5_build import make_tokenizer
from kb.embedding.e5_encoder import E5, open_e5
from kb.embedding.e5_graph import describe_encoder
from kb.embedding.e5_weights import find_weights, read_weights, word_vectors

SENTENCES = [
    "Nämnden beslutar om budgeten i december.",
    "Den som använder en AI-tjänst ansvarar för resultatet.",
    "Kaffe och bullar serveras i foajén från klockan nio.",
]
PASSAGE = " ".join(SENTENCES)
SPANS = [
    (PASSAGE.index(sentence), PASSAGE.index(sentence) + len(sentence)) for sentence in SENTENCES
]
TEXTS = [
    "Får jag klistra in ett mejl från en invånare i en chattjänst?",
    "what does the plan say about open data",
    "Rådet möts den 3 oktober 2026, § 14, dnr STK-2026-118.",
    "| Klass | Tjänst |\n| --- | --- |\n| Öppen | Alla godkända |",
    "ok",
    PASSAGE * 12,
]


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return make_tokenizer(read_weights(find_weights()))


@pytest.mark.parametrize(
    ("text", "ids"),
    [  # as printed in fairseq's page on XLM-RoBERTa, whose vocabulary this is
        ("Hello world!", [0, 35378, 8999, 38, 2]),
        ("Bonjour le monde", [0, 84602, 95, 11146, 2]),
        ("你好，世界", [0, 6, 124084, 4, 3221, 2]),
        ("नमस्ते दुनिया", [0, 68700, 97883, 29405, 2]),
        ("مرحبا بالعالم", [0, 665, 193478, 258, 1705, 77796, 2]),
    ],
)
def test_tokens_are_those_of_xlm_roberta(text: str, ids: list[int], tokenizer: Tokenizer) -> None:
    assert tokenizer.encode(text).ids == ids


def test_vectors_are_those_of_the_exact_weights(e5: E5, tokenizer: Tokenizer) -> None:
    weights = read_weights(find_weights())
    words = word_vectors(weights)
    session = InferenceSession(describe_encoder(weights).SerializeToString())
    for text in TEXTS:
        ids = tokenizer.encode("passage: " + text).ids
        (exact,) = session.run(["embedding"], {"words": words[ids][None]})
        assert float(e5.embed_passages([text])[0] @ exact[0]) >= 0.998, text[:40]


def test_near_meanings_are_nearer_than_far_ones(e5: E5) -> None:
    query = e5.embed_query("Vem ansvarar för det som en AI har skrivit?")
    scores = e5.embed_passages(SENTENCES) @ query
    assert scores.argmax() == 1


def test_a_question_in_english_finds_the_swedish_sentence(e5: E5) -> None:
    scores = e5.embed_passages(SENTENCES) @ e5.embed_query("When is the budget decided?")
    assert scores.argmax() == 0


def test_vectors_are_float32_of_length_one(e5: E5) -> None:
    rows = e5.embed_passages(TEXTS)
    assert rows.shape == (len(TEXTS), e5.dimensions)
    assert rows.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)


def test_no_texts_make_no_rows(e5: E5) -> None:
    assert e5.embed_passages([]).shape == (0, 384)
    assert e5.embed_passages_with_spans([]) == []


def test_one_text_has_one_vector_alone_in_bulk_and_again(e5: E5) -> None:
    bulk = e5.embed_passages(TEXTS * 2)
    for row, text in enumerate(TEXTS * 2):
        np.testing.assert_array_equal(bulk[row], e5.embed_passages([text])[0])


def test_threads_share_the_model_without_harm(e5: E5) -> None:
    expected = {text: e5.embed_questions([text])[0] for text in TEXTS}
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda text: e5.embed_questions([text])[0], TEXTS * 8))
    for text, vector in zip(TEXTS * 8, found, strict=True):
        np.testing.assert_array_equal(vector, expected[text])


def test_questions_and_passages_have_prefixes_of_their_own(e5: E5) -> None:
    text = TEXTS[0]
    np.testing.assert_array_equal(e5.embed_questions([text])[0], e5.embed_query(text))
    assert not np.array_equal(e5.embed_query(text), e5.embed_passages([text])[0])


def test_a_remembered_vector_cannot_be_changed(e5: E5) -> None:
    vector = e5.embed_query("en fråga")
    assert e5.embed_query("en fråga") is vector
    with pytest.raises(ValueError, match="read-only"):
        vector[0] = 1


@pytest.mark.parametrize(
    "text", ["", " ", "\0", "\ud800", "\n\n", "🎉", "</s><mask>", "a" * 100_000]
)
def test_odd_text_still_has_a_vector(text: str, e5: E5) -> None:
    vector = e5.embed_passages([text])[0]
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)


def test_unusable_characters_count_for_nothing(e5: E5) -> None:
    np.testing.assert_array_equal(
        e5.embed_query("Vad\0 gäller\ud83d?"), e5.embed_query("Vad gäller?")
    )


def test_text_past_the_limit_counts_for_nothing(e5: E5) -> None:
    long = PASSAGE * 60
    np.testing.assert_array_equal(*e5.embed_passages([long, long + "Något annat."]))


@settings(deadline=None, max_examples=50)  # a shared machine may be slow now and then
@given(text=st.text(alphabet="aåäöÅÄÖéü e\u0301\u030a\u0308§–1", max_size=60))
def test_composed_and_decomposed_text_are_the_same(text: str, e5: E5) -> None:
    composed, decomposed = normalize("NFC", text), normalize("NFD", text)
    np.testing.assert_array_equal(*e5.embed_questions([composed, decomposed]))


@settings(deadline=None, max_examples=50)  # a shared machine may be slow now and then
@given(text=st.text(max_size=200))
def test_any_text_has_one_vector_of_length_one(text: str, e5: E5) -> None:
    first, second = e5.embed_passages([text, text])
    np.testing.assert_array_equal(first, second)
    assert np.linalg.norm(first) == pytest.approx(1, abs=1e-5)


def test_progress_is_told_for_each_text_in_order(e5: E5) -> None:
    told: list[tuple[int, int]] = []
    e5.embed_passages(SENTENCES, progress=lambda done, total: told.append((done, total)))
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_an_interrupted_bulk_stops_soon(e5: E5) -> None:
    told: list[int] = []

    def interrupt(done: int, total: int) -> None:
        told.append(done)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        e5.embed_passages(SENTENCES * 100, progress=interrupt)
    assert told == [1]


def test_a_passage_has_the_same_vector_with_and_without_spans(e5: E5) -> None:
    whole, _ = e5.embed_passage_spans(PASSAGE, SPANS)
    np.testing.assert_array_equal(whole, e5.embed_passages([PASSAGE])[0])


def test_the_span_that_answers_is_the_nearest(e5: E5) -> None:
    _, rows = e5.embed_passage_spans(PASSAGE, SPANS)
    assert (rows @ e5.embed_query("När tas budgeten?")).argmax() == 0
    assert (rows @ e5.embed_query("Var får man fika?")).argmax() == 2


def test_spans_that_cover_a_text_pool_back_to_its_tokens(e5: E5) -> None:
    """All tokens but the two at the ends and the prefix's lie in exactly one span."""
    whole, rows = e5.embed_passage_spans(PASSAGE, [(0, len(PASSAGE)), *SPANS])
    assert float(rows[0] @ whole) > 0.99
    assert not np.array_equal(rows[0], whole)


@pytest.mark.parametrize("span", [(0, 0), (5, 3), (len(PASSAGE), len(PASSAGE) + 9), (-5, -1)])
def test_a_span_without_tokens_has_the_passage_s_vector(span: tuple[int, int], e5: E5) -> None:
    whole, rows = e5.embed_passage_spans(PASSAGE, [span])
    np.testing.assert_array_equal(rows[0], whole)


def test_a_span_behind_the_token_limit_has_the_passage_s_vector(e5: E5) -> None:
    text = PASSAGE * 60
    for span in ((len(text) - 50, len(text)), (6000, 6050)):
        whole, rows = e5.embed_passage_spans(text, [span])
        np.testing.assert_array_equal(rows[0], whole)


def test_spans_follow_the_text_through_normalisation(e5: E5) -> None:
    untidy = "\0" + normalize("NFD", PASSAGE)
    moved = [(_moved(start), _moved(end)) for start, end in SPANS]
    whole, rows = e5.embed_passage_spans(PASSAGE, SPANS)
    found_whole, found = e5.embed_passage_spans(untidy, moved)
    np.testing.assert_array_equal(found_whole, whole)
    np.testing.assert_array_equal(found, rows)


def test_spans_in_bulk_are_those_of_each_alone(e5: E5) -> None:
    passages = [(PASSAGE, SPANS), (SENTENCES[0], []), ("", [(0, 1)])]
    for (text, spans), (whole, rows) in zip(
        passages, e5.embed_passages_with_spans(passages), strict=True
    ):
        alone, alone_rows = e5.embed_passage_spans(text, spans)
        np.testing.assert_array_equal(whole, alone)
        np.testing.assert_array_equal(rows, alone_rows)
        assert rows.shape == (len(spans), 384)


@settings(deadline=None, max_examples=50)  # a shared machine may be slow now and then
@given(data=st.data(), text=st.text(max_size=80))
def test_any_spans_have_vectors_of_length_one(data: st.DataObject, text: str, e5: E5) -> None:
    offsets = st.integers(-2, len(text) + 2)
    spans = data.draw(st.lists(st.tuples(offsets, offsets), max_size=4))
    _, rows = e5.embed_passage_spans(text, spans)
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)


def test_the_identity_names_model_weights_recipe_and_prefixes(e5: E5) -> None:
    name, source, recipe, prefixes = e5.identity.split("/")
    assert (name, prefixes) == ("multilingual-e5-small", "query-passage")
    assert recipe == f"int8-{e5_build.BUILD}"
    assert len(source) == 12


def test_a_model_that_cannot_be_built_is_explained(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(e5_build, "find_weights", lambda: tmp_path / "none.bin")
    with pytest.raises(IndexUnavailableError, match=r"none\.bin"):
        open_e5(tmp_path / "e5")


def _moved(offset: int) -> int:
    return 1 + len(normalize("NFD", PASSAGE[:offset]))
