"""Whole ingest, files to searchable index: the product and plain LlamaIndex, on the same files."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import chromadb
import numpy as np
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.ingestion import IngestionPipeline
from llama_index.core.node_parser import SentenceSplitter
from pydantic import PrivateAttr

from evals.bench_parts.plain_readers import read_plainly
from ingest.document import Status
from ingest.intake.reading import find_files
from ingest.intake.take_in import intake
from ingest.intake.taken import Overrides, Terms
from kb.embedding.model import Embedder, open_embedding
from kb.index.reader import open_index
from kb.index.sync import sync
from kb.language.swedish import Analyser, open_analyser
from kb.library import load_library

ROUNDS = 3
TODAY = date(2026, 11, 22)


@dataclass(frozen=True, slots=True)
class Figures:
    """Seconds a round: reading files into the library, making them searchable, LlamaIndex whole."""

    files: int
    passages: int
    nodes: int
    reading: list[float]
    indexing: list[float]
    plain: list[float]

    @property
    def ratios(self) -> list[float]:
        """Return, round by round, LlamaIndex's time over the product's."""
        both = zip(self.reading, self.indexing, self.plain, strict=True)
        return [plain / (reading + indexing) for reading, indexing, plain in both]


class SameEmbedding(BaseEmbedding):
    """The product's embedder as LlamaIndex takes one: the same vectors on both sides."""

    _embedder: Embedder = PrivateAttr()

    def __init__(self, embedder: Embedder, **options: Any) -> None:
        super().__init__(embed_batch_size=64, **options)
        self._embedder = embedder

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        return [vector.tolist() for vector in self._embedder.embed_passages(texts)]

    def _get_query_embedding(self, query: str) -> list[float]:
        return list(map(float, self._embedder.embed_query(query)))

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_query_embedding(query)


def compare(files: Sequence[Path], folder: Path, *, models: Path) -> Figures:
    """Take the same files in with both, in turn, each round into new folders.

    The product reads every file in a child process, keeps originals, screens for personal data,
    embeds every sentence too and builds a lexical index; LlamaIndex does none of these. Files
    that either refuses are left out of both.
    """
    embedder, analyser = open_embedding("e5", models=models), open_analyser(models)
    same = SameEmbedding(embedder)
    usable = _usable(files, folder / "probe")
    reading, indexing, plain = [], [], []
    nodes = passages = 0
    for number in range(ROUNDS):
        started = time.perf_counter()
        library = folder / f"library-{number}"
        _take(usable, library)
        reading.append(time.perf_counter() - started)
        started = time.perf_counter()
        passages = _index(library, folder / f"ours-{number}", embedder, analyser)
        indexing.append(time.perf_counter() - started)
        started = time.perf_counter()
        nodes = _plain(usable, same, folder / f"theirs-{number}")
        plain.append(time.perf_counter() - started)
    return Figures(len(usable), passages, nodes, reading, indexing, plain)


def _usable(files: Sequence[Path], library: Path) -> list[Path]:
    """Return the files that both can read; reading them once also warms the disk."""
    found = find_files(list(files), today=TODAY)
    taken = intake(found, library=library, terms=Terms(TODAY))
    mine = [one.source for one in taken if one.file.outcome == "added"]
    return [path for path in mine if any(one.text.strip() for one in read_plainly([path]))]


def _take(files: Sequence[Path], library: Path) -> None:
    terms = Terms(TODAY, Overrides(status=Status.PUBLISHED))
    for _ in intake(find_files(list(files), today=TODAY), library=library, terms=terms):
        pass


def _index(library: Path, data: Path, embedder: Embedder, analyser: Analyser) -> int:
    documents = load_library(library).documents
    sync(documents, data=data, embedder=embedder, analyser=analyser, today=TODAY)
    index = open_index(data, embedder=embedder, analyser=analyser, today=TODAY, use_chroma=False)
    try:
        return index.counts.passages
    finally:
        index.close()


def _plain(files: Sequence[Path], model: BaseEmbedding, folder: Path) -> int:
    """Read, split, embed and store as LlamaIndex does by default, with Chroma behind it."""
    splitter = SentenceSplitter(chunk_size=256, chunk_overlap=20)
    pipeline = IngestionPipeline(transformations=[splitter, model])
    nodes = pipeline.run(documents=read_plainly(files))
    collection = chromadb.PersistentClient(str(folder)).create_collection("plain")
    for start in range(0, len(nodes), 200):
        part = nodes[start : start + 200]
        collection.add(
            ids=[node.node_id for node in part],
            embeddings=np.array([node.get_embedding() for node in part], dtype=np.float32),
            documents=[node.get_content() for node in part],
        )
    return len(nodes)
