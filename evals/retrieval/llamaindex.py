"""The baseline: plain LlamaIndex over Chroma with default settings and the same embedding."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import chromadb
from llama_index.core import Document as LlamaDocument
from llama_index.core import StorageContext, VectorStoreIndex
from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.embeddings import BaseEmbedding
from llama_index.core.node_parser import MarkdownNodeParser, NodeParser, SentenceSplitter
from llama_index.core.schema import NodeWithScore, TextNode
from llama_index.vector_stores.chroma import ChromaVectorStore

from evals.cases import Case
from evals.retrieval.rankings import Place, Ranking
from ingest.document import Document
from ingest.library.front_matter import dump
from ingest.library.markdown import sections

FOUND = 10  # chunks asked for; LlamaIndex's own default is 2
_HALF = 0.5


@dataclass(frozen=True, slots=True)
class Baseline:
    """A way a newcomer might index the guidance: `read` gives a Document's text, `parser` parts it.

    A parser of None is LlamaIndex's own: 1,024 tokens a chunk, 200 of them shared.
    """

    name: str
    read: Callable[[Document], str]
    parser: Callable[[], NodeParser] | None = None


def _body(document: Document) -> str:
    return document.body


BASELINES = (
    Baseline("LlamaIndex + Chroma, defaults, whole files", dump),
    Baseline("LlamaIndex + Chroma, defaults, text without front matter", _body),
    Baseline(
        "the same, chunks of 256 tokens",
        _body,
        lambda: SentenceSplitter(chunk_size=256, chunk_overlap=20),
    ),
    Baseline("the same, a chunk a heading (MarkdownNodeParser)", _body, MarkdownNodeParser),
)


@dataclass(frozen=True, slots=True)
class Span:
    """A section of a text: its name `document#anchor` and its character offsets."""

    name: str
    start: int
    end: int


def open_retriever(
    baseline: Baseline, documents: Sequence[Document], embedding: BaseEmbedding, folder: Path
) -> BaseRetriever:
    """Index Documents as the baseline does, in a Chroma collection in `folder`."""
    collection = chromadb.PersistentClient(str(folder)).create_collection("baseline")
    store = StorageContext.from_defaults(vector_store=ChromaVectorStore(collection))
    texts = [
        LlamaDocument(id_=d.key, text=baseline.read(d), metadata={"title": d.front.title})
        for d in documents
    ]
    index = VectorStoreIndex.from_documents(
        texts,
        storage_context=store,
        embed_model=embedding,
        transformations=[baseline.parser()] if baseline.parser else None,
    )
    return index.as_retriever(similarity_top_k=FOUND)


def rank_all(
    retriever: BaseRetriever, baseline: Baseline, documents: Sequence[Document],
    cases: Sequence[Case],
) -> Mapping[str, Ranking]:  # fmt: skip
    """Return the rankings of cases by their ids.

    A chunk counts for every section that lies at least half in it, or that it lies half in: where
    a chunk is large, that is to its advantage.
    """
    texts = {d.key: baseline.read(d) for d in documents}
    spans = {d.key: spans_of(d, texts[d.key]) for d in documents}
    return {
        case.id: tuple(_place(hit, texts, spans) for hit in retriever.retrieve(case.question))
        for case in cases
    }


def spans_of(document: Document, text: str) -> tuple[Span, ...]:
    """Return where the sections of a Document stand in a text that holds its body."""
    return tuple(_spans(document, text.rindex(document.body)))


def covered(start: int, end: int, spans: Sequence[Span]) -> frozenset[str]:
    """Return the sections that share at least half of themselves, or of the chunk, with it."""
    return frozenset(span.name for span in spans if _shares(start, end, span))


def _spans(document: Document, offset: int) -> Iterator[Span]:
    lines = document.body.splitlines(keepends=True)
    starts = [sum(map(len, lines[:at])) for at in range(len(lines) + 1)]
    found = sections(document.body)
    ends = [starts[one.line - 1] for one in found[1:]] + [len(document.body)]
    for one, end in zip(found, ends, strict=True):
        name = f"{document.front.id}#{one.anchor}"
        yield Span(name, offset + starts[one.line - 1], offset + end)


def _shares(start: int, end: int, span: Span) -> bool:
    shared = min(end, span.end) - max(start, span.start)
    return shared > 0 and shared >= _HALF * min(end - start, span.end - span.start)


def _place(
    hit: NodeWithScore, texts: Mapping[str, str], spans: Mapping[str, Sequence[Span]]
) -> Place:
    node = cast(TextNode, hit.node)
    key, content = node.ref_doc_id or "", node.get_content()
    start = node.start_char_idx if node.start_char_idx is not None else texts[key].find(content)
    return Place(covered(start, start + len(content), spans[key]), len(content.split()))
