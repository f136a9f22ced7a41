"""Embeddings through LlamaIndex: a double, an endpoint on this machine, a real model folder."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from llama_index.core.base.embeddings.base import BaseEmbedding

from ingest.errors import IndexUnavailableError, SettingsError
from kb.embedding.adapted import AdaptedEmbedding, Prefixes, choose_prefixes
from kb.embedding.e5_encoder import E5
from kb.embedding.model import Embedder, open_embedding

E5_PREFIXES = Prefixes("query: ", "passage: ")


class CountingEmbedding(BaseEmbedding):
    """Embed a text as how many a, b and c it holds; refuse a text that says so."""

    def _get_text_embedding(self, text: str) -> list[float]:
        if "refuse" in text:
            raise ConnectionError("secret-key at http://inside")
        return [float(text.count(letter)) for letter in "abc"]

    def _get_query_embedding(self, query: str) -> list[float]:
        return self._get_text_embedding(query)

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_text_embedding(query)


@pytest.fixture
def counting() -> AdaptedEmbedding:
    return AdaptedEmbedding(CountingEmbedding(), "counting", 3, failures=(ConnectionError,))


def test_rows_have_length_one(counting: AdaptedEmbedding) -> None:
    np.testing.assert_allclose(
        counting.embed_passages(["aaabbbb", "cc"]), [[0.6, 0.8, 0.0], [0.0, 0.0, 1.0]], rtol=1e-6
    )
    np.testing.assert_allclose(counting.embed_query("bb"), [0, 1, 0])
    np.testing.assert_allclose(counting.embed_questions(["bb", "c"]), [[0, 1, 0], [0, 0, 1]])


def test_nothing_in_makes_nothing_out(counting: AdaptedEmbedding) -> None:
    assert counting.embed_passages([]).shape == (0, 3)
    assert counting.embed_questions([]).shape == (0, 3)
    assert counting.embed_passages_with_spans([]) == []


def test_a_text_of_zeros_stays_finite(counting: AdaptedEmbedding) -> None:
    np.testing.assert_array_equal(counting.embed_query("x"), [0, 0, 0])


def test_a_span_is_embedded_on_its_own(counting: AdaptedEmbedding) -> None:
    ((whole, rows), (other, none)) = counting.embed_passages_with_spans(
        [("aab bc", [(0, 3), (4, 6), (3, 3), (-9, 2)]), ("c", [])]
    )
    np.testing.assert_allclose(rows[0] * np.sqrt(5), [2, 1, 0], rtol=1e-6)
    np.testing.assert_allclose(rows[1] * np.sqrt(2), [0, 1, 1], rtol=1e-6)
    np.testing.assert_array_equal(rows[2], whole)
    np.testing.assert_allclose(rows[3], [1, 0, 0])
    np.testing.assert_allclose(other, [0, 0, 1])
    assert none.shape == (0, 3)


def test_progress_follows_the_batches(counting: AdaptedEmbedding) -> None:
    told: list[tuple[int, int]] = []
    rows = counting.embed_passages(["a"] * 100, progress=lambda *done: told.append(done))
    assert told == [(64, 100), (100, 100)]
    assert (rows == [1, 0, 0]).all()


def test_a_failure_is_explained_without_its_own_words(counting: AdaptedEmbedding) -> None:
    with pytest.raises(IndexUnavailableError, match="svarar inte") as caught:
        counting.embed_query("refuse")
    assert "secret" not in str(caught.value)


def test_vectors_of_another_length_are_refused() -> None:
    changed = AdaptedEmbedding(CountingEmbedding(), "counting", 4)
    with pytest.raises(IndexUnavailableError, match="fel antal"):
        changed.embed_passages(["a"])


@pytest.mark.parametrize(
    ("name", "prefixes"),
    [
        ("multilingual-e5-large", E5_PREFIXES),
        ("e5-base-v2", E5_PREFIXES),
        ("sentence-bert-swedish-cased", Prefixes()),
        ("me5x", Prefixes()),
    ],
)
def test_the_e5_family_has_its_prefixes(name: str, prefixes: Prefixes) -> None:
    assert choose_prefixes(name) == prefixes


def test_an_instructed_model_has_an_instruction_before_questions_only() -> None:
    prefixes = choose_prefixes("multilingual-e5-large-instruct")
    assert prefixes.query.startswith("Instruct: ")
    assert prefixes.passage == ""


class Endpoint(HTTPServer):
    """An embeddings endpoint that remembers what it was asked."""

    status = 200

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: list[dict[str, Any]] = []
        self.keys: set[str] = set()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"


class _Handler(BaseHTTPRequestHandler):
    server: Endpoint

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append(asked | {"path": self.path})
        self.server.keys.add(self.headers["Authorization"])
        texts = asked["input"] if isinstance(asked["input"], list) else [asked["input"]]
        data = [
            {"object": "embedding", "index": i, "embedding": [len(t), t.count("a"), 1.0]}
            for i, t in enumerate(texts)
        ]
        usage = {"prompt_tokens": 1, "total_tokens": 1}
        body = {"object": "list", "model": asked["model"], "data": data, "usage": usage}
        self.send_response(self.server.status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(body if self.server.status == 200 else {}).encode())

    def log_message(self, format: str, *args: Any) -> None:
        """Keep quiet."""


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    pytest.importorskip("llama_index.embeddings.openai_like", reason="needs the extra [openai]")
    with Endpoint() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def open_endpoint(endpoint: Endpoint, model: str = "multilingual-e5-large") -> Embedder:
    return open_embedding(
        f"openai:{model}", models=Path("unused"), api_key="k-1", base_url=endpoint.url
    )


def test_an_endpoint_is_asked_with_model_key_and_prefixes(endpoint: Endpoint) -> None:
    embedder = open_endpoint(endpoint)
    rows = embedder.embed_passages(["aa", "b\0"])
    embedder.embed_query("Var?")
    assert embedder.dimensions == 3
    assert [asked["path"] for asked in endpoint.asked] == ["/v1/embeddings"] * 3
    assert endpoint.asked[1]["input"] == ["passage: aa", "passage: b"]
    assert endpoint.asked[2]["input"] == ["query: Var?"]
    assert endpoint.asked[1]["model"] == "multilingual-e5-large"
    assert endpoint.keys == {"Bearer k-1"}
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, rtol=1e-6)


def test_the_identity_of_an_endpoint_holds_no_key(endpoint: Endpoint) -> None:
    identity = open_endpoint(endpoint, "m").identity
    assert identity.startswith("openai:m@127.0.0.1/3/")
    assert "k-1" not in identity
    assert identity != open_endpoint(endpoint, "multilingual-e5-large").identity


def test_an_endpoint_that_refuses_is_explained(endpoint: Endpoint) -> None:
    endpoint.status = 401
    with pytest.raises(IndexUnavailableError, match="nyckel"):
        open_endpoint(endpoint)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a sentence-transformers folder holding the default model's weights."""
    pytest.importorskip("sentence_transformers", reason="needs the extra [transformers]")
    from evals.bench_parts.same_weights import save_as_sentence_transformers

    folder = tmp_path_factory.mktemp("hub") / "multilingual-e5-small"
    save_as_sentence_transformers(folder)
    return folder


@pytest.fixture(scope="module")
def theirs(folder: Path, models: Path) -> Embedder:
    return open_embedding(f"sentence-transformers:{folder}", models=models)


@pytest.mark.transformers
def test_a_sentence_transformers_folder_gives_the_default_s_vectors(
    theirs: Embedder, e5: E5
) -> None:
    texts = [
        "Nämnden beslutar om budgeten i december.",
        "Den som använder en AI-tjänst ansvarar för resultatet.",
        "The committee decides on the budget.",
        "Rådet möts den 3 oktober 2026, § 14, dnr STK-2026-118. " * 20,
    ]
    assert theirs.dimensions == e5.dimensions
    passages = theirs.embed_passages(texts) * e5.embed_passages(texts)
    questions = theirs.embed_questions(texts) * e5.embed_questions(texts)
    assert (passages.sum(axis=1) >= 0.998).all()
    assert (questions.sum(axis=1) >= 0.998).all()


@pytest.mark.transformers
def test_the_identity_of_a_folder_follows_its_weights(
    theirs: Embedder, folder: Path, models: Path
) -> None:
    weights = folder / "model.safetensors"
    data = bytearray(weights.read_bytes())
    data[-1] ^= 1
    weights.write_bytes(data)
    changed = open_embedding(f"sentence-transformers:{folder}", models=models)
    assert changed.identity != theirs.identity


@pytest.mark.transformers
def test_a_folder_that_is_not_there_is_explained(tmp_path: Path) -> None:
    pytest.importorskip("llama_index.embeddings.huggingface", reason="needs [transformers]")
    with pytest.raises(SettingsError, match="finns inte"):
        open_embedding(f"sentence-transformers:{tmp_path / 'none'}", models=tmp_path)
