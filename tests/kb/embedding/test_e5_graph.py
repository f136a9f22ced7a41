"""The graph computes what the weights say: checked against plain numpy."""

from math import erf
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from onnx import ModelProto
from onnxruntime import InferenceSession  # type: ignore[import-untyped]

from kb.embedding.e5_graph import add_words, describe_encoder
from kb.embedding.e5_weights import Weights, read_weights, word_vectors
from tests.kb.embedding.e5_files import HEADS, HIDDEN, LAYERS, write_tiny_weights

IDS = [0, 5, 9, 30, 12, 4, 7, 2]


@pytest.fixture
def weights(tmp_path: Path) -> Weights:
    write_tiny_weights(tmp_path / "w.bin")
    return read_weights(tmp_path / "w.bin")


def test_states_are_those_of_the_transformer_written_out(weights: Weights) -> None:
    _, states = run(describe_encoder(weights), word_vectors(weights)[IDS])
    np.testing.assert_allclose(states, forward(weights, IDS), atol=2e-5)


def test_embedding_is_the_normalised_mean_of_the_states(weights: Weights) -> None:
    embedding, states = run(describe_encoder(weights), word_vectors(weights)[IDS])
    mean = states.mean(axis=0)
    np.testing.assert_allclose(embedding, mean / np.linalg.norm(mean), atol=1e-6)


def test_levelling_changes_no_result(weights: Weights) -> None:
    words = word_vectors(weights)[IDS]
    exact = describe_encoder(weights)
    watched = [output.name for output in exact.graph.output][2:]
    session = InferenceSession(exact.SerializeToString())
    inputs = session.run(watched, {"words": words[None]})
    peaks = {n: np.abs(v[0]).max(axis=0) * 9 for n, v in zip(watched, inputs, strict=True)}
    levelled = describe_encoder(weights, peaks=peaks)
    assert len(watched) == 2 * LAYERS
    assert len(levelled.graph.node) == len(exact.graph.node) + len(watched)
    np.testing.assert_allclose(run(levelled, words)[1], run(exact, words)[1], atol=2e-5)


def test_words_are_looked_up_within_half_a_step(weights: Weights) -> None:
    vectors = word_vectors(weights)
    model = add_words(describe_encoder(weights), vectors)
    model.graph.output.extend(describe_encoder(weights).graph.input)
    session = InferenceSession(model.SerializeToString())
    (words,) = session.run(["words"], {"input_ids": np.array([IDS], np.int32)})
    step = np.abs(vectors[IDS]).max(axis=1, keepdims=True) / 127
    assert (np.abs(words[0] - vectors[IDS]) <= step * 0.5001).all()


def run(model: ModelProto, words: NDArray[np.float32]) -> tuple[NDArray[np.float32], ...]:
    session = InferenceSession(model.SerializeToString())
    values = session.run(["embedding", "states"], {"words": words[None]})
    return tuple(value[0] for value in values)


def forward(weights: Weights, ids: list[int]) -> NDArray[np.float64]:
    """Return the token states of a BERT encoder, in float64, one operation after another."""

    def array(name: str, *shape: int) -> NDArray[np.float64]:
        values: NDArray[np.float64] = weights.array(name, *shape).astype(np.float64)
        return values

    def linear(x: NDArray[np.float64], name: str, width: int) -> NDArray[np.float64]:
        product: NDArray[np.float64] = x @ array(f"{name}.w", width, x.shape[1]).T
        return product + array(f"{name}.b")

    def norm(x: NDArray[np.float64], name: str) -> NDArray[np.float64]:
        centred = x - x.mean(axis=1, keepdims=True)
        scaled = centred / np.sqrt((centred**2).mean(axis=1, keepdims=True) + 1e-12)
        result: NDArray[np.float64] = scaled * array(f"{name}.w") + array(f"{name}.b")
        return result

    config = weights.config
    x = array("emb.word", config.vocabulary, HIDDEN)[ids]
    x = x + array("emb.pos", config.positions, HIDDEN)[: len(ids)] + array("emb.type", 2, HIDDEN)[0]
    x = norm(x, "emb.ln")
    for at in (f"l{layer}." for layer in range(LAYERS)):
        split = [
            linear(x, at + k, HIDDEN).reshape(len(ids), HEADS, -1).swapaxes(0, 1) for k in "qkv"
        ]
        scores = split[0] @ split[1].swapaxes(1, 2) / np.sqrt(HIDDEN // HEADS)
        shares = np.exp(scores - scores.max(axis=2, keepdims=True))
        shares /= shares.sum(axis=2, keepdims=True)
        mixed = (shares @ split[2]).swapaxes(0, 1).reshape(len(ids), HIDDEN)
        x = norm(x + linear(mixed, at + "ao", HIDDEN), at + "aln")
        wide = linear(x, at + "fi", config.feed_forward)
        wide *= 0.5 * (1 + _erf(wide / np.sqrt(2)))
        x = norm(x + linear(wide, at + "fo", HIDDEN), at + "oln")
    return x


def _erf(x: NDArray[np.float64]) -> NDArray[np.float64]:
    values: NDArray[np.float64] = np.vectorize(erf)(x)
    return values
