"""Run the default model, multilingual-e5-small: text in, vectors out."""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from kb.embedding.e5_build import (
    BUILD,
    MODEL,
    PASSAGE_PREFIX,
    QUERY_PREFIX,
    TOKENIZER,
    build,
    find_damage,
    read_record,
)
from kb.embedding.model import Matrix, Progress, Span, SpanVectors, Vector, clean_text
from kb.embedding.quiet import keep_onnxruntime_quiet

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from tokenizers import Encoding, Tokenizer

NAME = "multilingual-e5-small"
DIMENSIONS = 384
_REMEMBERED_QUERIES = 1024
_Given = TypeVar("_Given")
_Made = TypeVar("_Made")


def open_e5(
    folder: Path, *, workers: int | None = None, progress: Callable[[str], None] | None = None
) -> "E5":
    """Open the model in `folder`, built first when it is missing, outdated or damaged.

    `workers` threads embed in bulk, by default one a core, at most eight. `progress` is told, in
    Swedish, before a build (about ten seconds). Raises IndexUnavailableError when the model can
    be neither read nor built.
    """
    from tokenizers import Tokenizer

    record = read_record(folder)
    if record is None or find_damage(folder, record):
        record = build(folder, progress=progress)
    tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
    tokenizer.encode_special_tokens = True  # "</s>" in a question is only text
    return E5(
        tokenizer,
        _open_session(folder / MODEL),
        source=record.source.removeprefix("sha256:")[:12],
        workers=workers or min(os.cpu_count() or 1, 8),
    )


class E5:
    """The opened model; one is enough for a process, and threads may share it.

    One text a run: the int8 graph has one scale for a whole run, so that texts in a batch would
    change each other's vectors. The same text gives the same bits, alone or in bulk. Vectors are
    float32 with length 1; text past 512 tokens is not looked at.
    """

    def __init__(self, tokenizer: "Tokenizer", session: Any, *, source: str, workers: int) -> None:
        self._tokenizer = tokenizer
        self._session = session
        self._source = source
        self._workers = workers
        self._remembered = lru_cache(_REMEMBERED_QUERIES)(self._embed_prefixed)

    def __deepcopy__(self, memo: object) -> "E5":
        """Return itself: nothing in it changes, and LlamaIndex copies its embeddings freely."""
        return self

    @property
    def identity(self) -> str:
        """Name what decides the vectors: model, weights, recipe and prefixes."""
        return f"{NAME}/{self._source}/int8-{BUILD}/query-passage"

    @property
    def dimensions(self) -> int:
        """Return the length of a vector."""
        return DIMENSIONS

    def embed_query(self, text: str) -> Vector:
        """Return the vector (384,) of a question, read-only; the latest ones are remembered."""
        return self._remembered(QUERY_PREFIX + clean_text(text))

    def embed_questions(self, texts: Sequence[str], *, progress: Progress | None = None) -> Matrix:
        """Return the vectors (n, 384) of questions, made like those of `embed_query`."""
        prefixed = [QUERY_PREFIX + clean_text(text) for text in texts]
        return _stack(self._in_bulk(self._embed_prefixed, prefixed, progress))

    def embed_passages(self, texts: Sequence[str], *, progress: Progress | None = None) -> Matrix:
        """Return the vectors (n, 384) of passages; `progress(done, total)` follows."""
        prefixed = [PASSAGE_PREFIX + clean_text(text) for text in texts]
        return _stack(self._in_bulk(self._embed_prefixed, prefixed, progress))

    def embed_passage_spans(self, text: str, spans: Sequence[Span]) -> SpanVectors:
        """Return a passage's vector (384,) and those of its `spans` (len(spans), 384).

        Spans are character offsets in `text`. A span's vector is the mean of its tokens' states,
        read in the context of the whole passage (late chunking, Günther et al. 2024,
        arXiv:2409.04701). A span with no token, such as one behind the 512th, gets the
        passage's vector.
        """
        cleaned = clean_text(text)
        encoding = self._tokenizer.encode(PASSAGE_PREFIX + cleaned)
        whole, states = self._run(encoding, ["embedding", "states"])
        moved = [_move_span(text, span, cleaned) for span in spans]
        ends = _last_characters(encoding) - len(PASSAGE_PREFIX)
        return whole[0], _pool_spans(states[0], ends, moved, whole[0])

    def embed_passages_with_spans(
        self,
        passages: Sequence[tuple[str, Sequence[Span]]],
        *,
        progress: Progress | None = None,
    ) -> list[SpanVectors]:
        """Return for each (text, spans) what `embed_passage_spans` returns."""
        return self._in_bulk(lambda given: self.embed_passage_spans(*given), passages, progress)

    def _embed_prefixed(self, text: str) -> Vector:
        (embedding,) = self._run(self._tokenizer.encode(text), ["embedding"])
        vector: Vector = embedding[0]
        vector.flags.writeable = False  # it may be handed to several callers
        return vector

    def _run(self, encoding: "Encoding", outputs: list[str]) -> "list[NDArray[np.float32]]":
        ids = np.array([encoding.ids], np.int32)
        values: list[NDArray[np.float32]] = self._session.run(outputs, {"input_ids": ids})
        return values

    def _in_bulk(
        self,
        function: Callable[[_Given], _Made],
        given: Sequence[_Given],
        progress: Progress | None,
    ) -> list[_Made]:
        """Apply `function` on `workers` threads; results keep the order of what was given."""
        made = []
        with ThreadPoolExecutor(self._workers, "embed") as pool:
            for done, result in enumerate(pool.map(function, given), start=1):
                made.append(result)
                if progress:
                    progress(done, len(given))
        return made


def _open_session(path: Path) -> Any:
    keep_onnxruntime_quiet()
    from onnxruntime import InferenceSession, SessionOptions  # type: ignore[import-untyped]

    options = SessionOptions()
    options.intra_op_num_threads = 1  # callers run side by side instead: 330 queries/s, not 285
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def _stack(vectors: list[Vector]) -> Matrix:
    return np.stack(vectors) if vectors else np.empty((0, DIMENSIONS), np.float32)


def _move_span(text: str, span: Span, cleaned: str) -> Span:
    """Return where `span` of `text` lies in `cleaned`."""
    if text == cleaned:
        return span
    start, end = (len(clean_text(text[: max(0, offset)])) for offset in span)
    return start, end


def _last_characters(encoding: "Encoding") -> "NDArray[np.int64]":
    """Return the offset of each token's last character; -1 for the tokens around the text.

    The last, because a token's first character is often the space before its word.
    """
    return np.array([end for _, end in encoding.offsets], np.int64) - 1


def _pool_spans(
    states: "NDArray[np.float32]",
    ends: "NDArray[np.int64]",
    spans: Sequence[Span],
    whole: Vector,
) -> Matrix:
    """Return the mean state of each span's tokens with length 1; `whole` where there are none."""
    pooled = np.tile(whole, (len(spans), 1))
    for row, (start, end) in enumerate(spans):
        inside = (ends >= max(0, start)) & (ends < end)
        if inside.any():
            mean = states[inside].mean(axis=0)
            pooled[row] = mean / np.linalg.norm(mean)
    return pooled
