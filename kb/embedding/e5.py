"""The default embedding model as a LlamaIndex embedding, for programs built on LlamaIndex."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.bridge.pydantic import PrivateAttr

from kb.embedding.e5_encoder import E5, NAME, open_e5
from kb.embedding.model import Matrix, Progress, Span, SpanVectors, Vector


class MultilingualE5(BaseEmbedding):
    """Embed with the model in `folder`, built first when it is not there.

    The vectors are those of `kb.embedding.e5_encoder.E5`, which the project itself uses directly
    because importing LlamaIndex takes two seconds. Safe to share between threads. Raises
    IndexUnavailableError when the model can be neither read nor built.
    """

    folder: Path
    workers: int | None = None
    model_name: str = NAME
    _encoder: E5 = PrivateAttr()

    @classmethod
    def class_name(cls) -> str:
        """Return the name LlamaIndex stores this kind of embedding under."""
        return "MultilingualE5"

    def model_post_init(self, context: Any, /) -> None:
        """Open the model as soon as the fields are known."""
        super().model_post_init(context)
        self._encoder = open_e5(self.folder, workers=self.workers)

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle and copy as the folder to open again; LlamaIndex's worker processes need it."""
        return _reopen, (type(self), self.folder, self.workers)

    @property
    def identity(self) -> str:
        """Name what decides the vectors: model, weights, recipe and prefixes."""
        return self._encoder.identity

    @property
    def dimensions(self) -> int:
        """Return the length of a vector."""
        return self._encoder.dimensions

    def embed_query(self, text: str) -> Vector:
        """Return the vector (384,) of a question; see `E5.embed_query`."""
        return self._encoder.embed_query(text)

    def embed_questions(self, texts: Sequence[str], *, progress: Progress | None = None) -> Matrix:
        """Return the vectors (n, 384) of questions; see `E5.embed_questions`."""
        return self._encoder.embed_questions(texts, progress=progress)

    def embed_passages(self, texts: Sequence[str], *, progress: Progress | None = None) -> Matrix:
        """Return the vectors (n, 384) of passages; see `E5.embed_passages`."""
        return self._encoder.embed_passages(texts, progress=progress)

    def embed_passage_spans(self, text: str, spans: Sequence[Span]) -> SpanVectors:
        """Return a passage's vector and its spans'; see `E5.embed_passage_spans`."""
        return self._encoder.embed_passage_spans(text, spans)

    def embed_passages_with_spans(
        self,
        passages: Sequence[tuple[str, Sequence[Span]]],
        *,
        progress: Progress | None = None,
    ) -> list[SpanVectors]:
        """Return the vectors of passages and their spans, in bulk."""
        return self._encoder.embed_passages_with_spans(passages, progress=progress)

    def _get_query_embedding(self, query: str) -> list[float]:
        return _as_list(self._encoder.embed_query(query))

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        return [_as_list(vector) for vector in self._encoder.embed_passages(texts)]

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return await asyncio.to_thread(self._get_query_embedding, query)

    async def _aget_text_embedding(self, text: str) -> list[float]:
        return await asyncio.to_thread(self._get_text_embedding, text)

    async def _aget_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        return await asyncio.to_thread(self._get_text_embeddings, texts)


def _as_list(vector: Vector) -> list[float]:
    values: list[float] = vector.tolist()
    return values


def _reopen(kind: type[MultilingualE5], folder: Path, workers: int | None) -> MultilingualE5:
    return kind(folder=folder, workers=workers)
