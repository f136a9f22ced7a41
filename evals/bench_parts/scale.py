"""Retrieval over many synthetic passages, against the floor of the same machine and run."""

import random
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ingest.document import Document, FrontMatter, Status
from kb.embedding.model import Embedder, Matrix, Progress, Span, SpanVectors, Vector, open_embedding
from kb.index.lexical import weigh
from kb.index.reader import Index, open_index
from kb.index.search import Query
from kb.index.sync import sync
from kb.language.swedish import Analyser, open_analyser

TODAY = date(2026, 11, 22)
SECTIONS = 50  # passages in a document
CLUSTERS = 500
QUESTIONS = 200


class SyntheticPassages:
    """An Embedder whose passages get clustered random vectors; questions get real ones."""

    def __init__(self, real: Embedder) -> None:
        self._real = real
        self._random = np.random.default_rng(7)
        self._centres = _directions(self._random.normal(size=(CLUSTERS, real.dimensions)))
        self.identity = real.identity + "/synthetic"
        self.dimensions = real.dimensions

    def embed_query(self, text: str) -> Vector:
        """Return the real vector of a question."""
        return self._real.embed_query(text)

    def embed_questions(self, texts: Sequence[str], *, progress: Progress | None = None) -> Matrix:
        """Return the real vectors of questions."""
        return self._real.embed_questions(texts, progress=progress)

    def embed_passages(self, texts: Sequence[str], *, progress: Progress | None = None) -> Matrix:
        """Return a random direction near a random centre for each text."""
        del progress
        centres = self._centres[self._random.integers(CLUSTERS, size=len(texts))]
        return _directions(centres + 0.04 * self._random.normal(size=centres.shape))

    def embed_passages_with_spans(
        self,
        passages: Sequence[tuple[str, Sequence[Span]]],
        *,
        progress: Progress | None = None,
    ) -> list[SpanVectors]:
        """Return random vectors; a span has its passage's."""
        rows = self.embed_passages([text for text, _ in passages], progress=progress)
        return [
            (row, np.repeat(row[None], len(spans), axis=0))
            for row, (_, spans) in zip(rows, passages, strict=True)
        ]


def measure_scale(size: int, data: Path, *, models: Path) -> dict[str, list[float]]:
    """Build an index of `size` passages and time questions over it, step by step.

    Retrieval and its floor are timed in turn, so that both meet the same machine.
    """
    real, analyser = open_embedding("e5", models=models), open_analyser(models)
    embedder = SyntheticPassages(real)
    documents = list(_documents(size))
    started = time.perf_counter()
    sync(documents, data=data, embedder=embedder, analyser=analyser, today=TODAY)
    built = time.perf_counter() - started
    figures: dict[str, list[float]] = {
        "index built, s": [built],
        "retrieval, ms": [],
        "floor: embed + exact scan + lexical, ms": [],
    }
    with closing(open_index(data, embedder=embedder, analyser=analyser, today=TODAY)) as index:
        index.wait_for_collection(600)
        matrix = embedder.embed_passages([""] * size)
        words = _words(random.Random(11))
        for number in range(QUESTIONS + 10):
            question = " ".join(next(words) for _ in range(6))
            found = _timed_retrieval(index, question, embedder, analyser)
            floor = _timed_floor(index, f"{question}.", embedder, analyser, matrix)
            if number >= 10:
                figures["retrieval, ms"].append(found)
                figures["floor: embed + exact scan + lexical, ms"].append(floor)
    return figures


def _timed_retrieval(
    index: Index, question: str, embedder: SyntheticPassages, analyser: Analyser
) -> float:
    started = time.perf_counter()
    query = Query(embedder.embed_query(question), tuple(weigh(analyser.content_terms(question))))
    index.search(query, as_of=TODAY)
    return (time.perf_counter() - started) * 1000


def _timed_floor(
    index: Index, question: str, embedder: SyntheticPassages, analyser: Analyser, matrix: Matrix
) -> float:
    started = time.perf_counter()
    vector = embedder.embed_query(question)
    scores = matrix @ vector
    np.argpartition(scores, -100)[-100:]
    for part in index.lexical.parts.values() if index.lexical else ():
        part.search(weigh(analyser.content_terms(question)), k=100)
    return (time.perf_counter() - started) * 1000


def _documents(size: int) -> Iterator[Document]:
    words = _words(random.Random(5))
    for number in range(size // SECTIONS):
        body = "\n\n".join(
            f"## Avsnitt {section}\n\n" + " ".join(next(words) for _ in range(60)) + "."
            for section in range(SECTIONS)
        )
        name = f"dokument-{number}"
        yield Document(FrontMatter(id=name, title=name, status=Status.PUBLISHED), body)


def _words(source: random.Random) -> Iterator[str]:
    """Yield words of an invented vocabulary with the frequencies of natural text (Zipf)."""
    syllables = "ra me li so ta ne ko va di pe lu sta fri".split()
    vocabulary = ["".join(source.choices(syllables, k=4)) for _ in range(20_000)]
    weights = [1 / rank for rank in range(1, len(vocabulary) + 1)]
    while True:
        yield from source.choices(vocabulary, weights, k=5_000)


def _directions(rows: NDArray[np.float64]) -> Matrix:
    made: Matrix = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    return made
