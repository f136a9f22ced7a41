"""Ingest and index the same texts with the product and with a plain LlamaIndex pipeline."""

import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import chromadb
import numpy as np
from llama_index.core import Document as LlamaDocument
from llama_index.core.ingestion import IngestionPipeline
from llama_index.core.node_parser import SentenceSplitter
from llama_index.embeddings.huggingface import HuggingFaceEmbedding

from evals.bench_parts.same_weights import save_as_sentence_transformers
from ingest.document import Document
from kb.embedding.model import open_embedding
from kb.index.sync import sync
from kb.language.swedish import open_analyser
from kb.library import load_library

ROUNDS = 3
LIBRARY = Path(__file__).parents[2] / "guidance"
DOCUMENTS = 10


def compare(folder: Path, *, models: Path) -> tuple[list[float], list[float]]:
    """Return seconds per round of the two, run in turn on the first documents of the library.

    Curated questions are left out: the plain pipeline knows none.
    """
    documents = [
        replace(d, front=replace(d.front, questions={}))
        for d in load_library(LIBRARY).documents[:DOCUMENTS]
    ]
    weights = folder / "weights"
    save_as_sentence_transformers(weights)
    model = HuggingFaceEmbedding(str(weights), query_instruction="", text_instruction="")
    embedder, analyser = open_embedding("e5", models=models), open_analyser(models)
    ours, theirs = [], []
    for number in range(ROUNDS):
        started = time.perf_counter()
        sync(
            documents,
            data=folder / f"ours-{number}",
            embedder=embedder,
            analyser=analyser,
            today=date(2026, 11, 22),
        )
        ours.append(time.perf_counter() - started)
        started = time.perf_counter()
        _plain(documents, model, folder / f"theirs-{number}")
        theirs.append(time.perf_counter() - started)
    return ours, theirs


def _plain(documents: list[Document], model: HuggingFaceEmbedding, folder: Path) -> None:
    """Split, embed and store as LlamaIndex does by default, with Chroma behind it."""
    splitter = SentenceSplitter(chunk_size=256, chunk_overlap=20)
    nodes = IngestionPipeline(transformations=[splitter, model]).run(
        documents=[LlamaDocument(text=d.body, metadata={"title": d.front.title}) for d in documents]
    )
    collection = chromadb.PersistentClient(str(folder)).create_collection("plain")
    collection.add(
        ids=[node.node_id for node in nodes],
        embeddings=np.array([node.get_embedding() for node in nodes], dtype=np.float32),
        documents=[node.get_content() for node in nodes],
    )
