"""Retrieval quality on a public Swedish question set: each question has one right answer."""

from pathlib import Path

import numpy as np
from zaragoza_construction_faq import load

from kb.embedding.model import Matrix, open_embedding
from kb.index.lexical import LexicalIndex, build, weigh
from kb.index.search import Weights
from kb.language.swedish import open_analyser


def measure(*, models: Path) -> dict[str, tuple[float, float]]:
    """Return (MRR, R@1) of meaning alone, words alone, and the two as the product fuses them."""
    pairs = [(item["q"], item["a"]) for item in load()]
    embedder, analyser = open_embedding("e5", models=models), open_analyser(models)
    answers = embedder.embed_passages([answer for _, answer in pairs])
    questions = embedder.embed_questions([question for question, _ in pairs])
    dense = questions @ answers.T
    folder = models / "bench-faq"
    build(folder, ((str(n), answer) for n, (_, answer) in enumerate(pairs)), analyser)
    words: Matrix = np.zeros_like(dense)
    index = LexicalIndex.open(folder)
    for row, (question, _) in enumerate(pairs):
        for name, score in index.search(weigh(analyser.content_terms(question)), k=100):
            words[row, int(name)] = score
    return {
        "meaning alone": _figures(dense),
        "words alone": _figures(words),
        "fused": _figures((dense + Weights().lexical * words).astype(np.float32)),
    }


def _figures(scores: Matrix) -> tuple[float, float]:
    right = np.diag(scores)[:, None]
    ranks = 1 + (scores > right).sum(axis=1)
    return float((1 / ranks).mean()), float((ranks == 1).mean())
