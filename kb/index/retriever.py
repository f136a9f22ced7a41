"""Offer the index to LlamaIndex users as a retriever: nodes with scores and their source."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from ingest.document import FrontMatter
from kb.index.reader import Index
from kb.index.snapshot import EVERYONE
from kb.records import Hit


class PassageRetriever(BaseRetriever):
    """Retrieve Passages from an opened index.

    `today` is asked at each query for the day to answer as of; `years` opens the editions for
    those years. A node's id is the passage's, its text the exact text of the Document; its score
    is the fused one.
    """

    def __init__(
        self,
        index: Index,
        *,
        today: Callable[[], date] = date.today,
        audience: frozenset[str] = frozenset({EVERYONE}),
        years: frozenset[int] = frozenset(),
        k: int = 10,
    ) -> None:
        super().__init__()
        self._index = index
        self._today = today
        self._audience = audience
        self._years = years
        self._k = k

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        hits = self._index.search(
            query_bundle.query_str,
            as_of=self._today(),
            audience=self._audience,
            years=self._years,
            k=self._k,
        )
        return [_node(hit, self._index.documents) for hit in hits]


def _node(hit: Hit, documents: Mapping[str, FrontMatter]) -> NodeWithScore:
    passage = hit.passage
    front = documents[f"{passage.document_id}@{passage.edition}"]
    metadata: dict[str, Any] = {
        "document_id": passage.document_id,
        "edition": passage.edition,
        "title": passage.title,
        "kind": str(front.kind),
        "year": front.year,
        "decided_by": front.decided_by,
        "headings": " > ".join(passage.headings),
        "anchor": passage.anchor,
        "page": passage.page,
        "digest": passage.digest,
        "current": hit.current,
        "dense": hit.dense,
        "lexical": hit.lexical,
    }
    unseen = ["digest", "dense", "lexical", "anchor"]
    node = TextNode(
        id_=passage.id,
        text=passage.text,
        metadata=metadata,
        excluded_embed_metadata_keys=list(metadata),
        excluded_llm_metadata_keys=unseen,
    )
    return NodeWithScore(node=node, score=hit.score)
