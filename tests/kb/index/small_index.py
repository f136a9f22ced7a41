"""A cheap embedder, a cheap analyser and small libraries, for the tests of the index."""

import re
from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from multiprocessing import get_context
from multiprocessing.context import ForkServerContext
from pathlib import Path
from typing import Any, cast

import numpy as np

from ingest.document import Document, FrontMatter, Status
from kb.embedding.model import Matrix, Progress, Span, SpanVectors, Vector
from kb.index.reader import Index, open_index
from kb.index.sync import SyncReport, sync
from kb.language.swedish import Alternative, Analyser, ContentTerm, Token
from kb.language.tokens import TokenKind

TODAY = date(2026, 11, 22)
DIMENSIONS = 64
_WORD = re.compile(r"[\w§]+")


class WordBag:
    """An Embedder without a model: each word adds a direction of its own."""

    def __init__(self, identity: str = "word-bag 1") -> None:
        self.identity = identity
        self.dimensions = DIMENSIONS
        self.embedded = 0

    def embed_query(self, text: str) -> Vector:
        total = np.full(DIMENSIONS, 1e-3, dtype=np.float32)
        for word in _WORD.findall(text.lower()):
            seed = int.from_bytes(sha256(word.encode()).digest()[:8], "little")
            total += np.random.default_rng(seed).standard_normal(DIMENSIONS).astype(np.float32)
        return np.asarray(total / np.linalg.norm(total), dtype=np.float32)

    def embed_questions(self, texts: Sequence[str], *, progress: Progress | None = None) -> Matrix:
        return self.embed_passages(texts)

    def embed_passages(self, texts: Sequence[str], *, progress: Progress | None = None) -> Matrix:
        self.embedded += len(texts)
        return np.stack([self.embed_query(text) for text in texts])

    def embed_passages_with_spans(
        self,
        passages: Sequence[tuple[str, Sequence[Span]]],
        *,
        progress: Progress | None = None,
    ) -> list[SpanVectors]:
        self.embedded += len(passages)
        return [
            (
                self.embed_query(text),
                np.array([self.embed_query(text[a:b]) for a, b in spans]).reshape(-1, DIMENSIONS),
            )
            for text, spans in passages
        ]


class PlainWords:
    """An Analyser without a dictionary: lower-case words are the terms."""

    def __init__(self, identity: str = "plain 1") -> None:
        self.identity = identity

    def tokens(self, text: str) -> list[Token]:
        return [
            Token(TokenKind.WORD, m.start(), m.end(), m.group().lower(), m.group().lower())
            for m in _WORD.finditer(text)
        ]

    def content_terms(self, text: str) -> list[ContentTerm]:
        return [
            ContentTerm(
                kind=t.kind,
                word=t.surface,
                start=t.start,
                end=t.end,
                alternatives=(Alternative((t.whole,), 1.0),),
            )
            for t in self.tokens(text)
        ]


def forkserver() -> ForkServerContext:
    """Return a context whose processes start at once: what they import is there already."""
    context = get_context("forkserver")
    context.set_forkserver_preload(
        ["chromadb", "tests.kb.index.small_index", "tests.kb.journal.made"]
    )
    return context


def plain_words(identity: str = "plain 1") -> Analyser:
    return cast(Analyser, PlainWords(identity))


def document(identifier: str, body: str, **front: Any) -> Document:
    given = {"title": identifier.capitalize(), "status": Status.PUBLISHED, **front}
    return Document(FrontMatter(id=identifier, **given), body)


def library(size: int = 6, *, edited: int | None = None) -> list[Document]:
    """Return Documents of three passages; `edited` names one with another text in it."""
    return [
        document(
            f"dok-{number}",
            f"Inledning om ämne{number}.\n\n## Regel {number}\n\n"
            f"Regeln om sak{number} gäller alla. Den gäller även del{number}.\n\n"
            f"## Undantag {number}\n\nUndantaget{' nytt' if number == edited else ''} "
            f"om fall{number} gäller ingen.\n",
            questions={f"regel-{number}": (f"Vad gäller för fråga{number}?",)},
        )
        for number in range(size)
    ]


def run_sync(data: Path, documents: Sequence[Document], **options: Any) -> SyncReport:
    """Sync with the cheap parts, without Chroma unless asked for."""
    chosen = {
        "embedder": WordBag(), "analyser": plain_words(), "today": TODAY, "use_chroma": False,
        **options,
    }  # fmt: skip
    return sync(documents, data=data, **chosen)


def open_small(data: Path, **options: Any) -> Index:
    """Open with the cheap parts, without Chroma unless asked for."""
    chosen = {
        "embedder": WordBag(), "analyser": plain_words(), "today": TODAY, "use_chroma": False,
        **options,
    }  # fmt: skip
    return open_index(data, **chosen)
