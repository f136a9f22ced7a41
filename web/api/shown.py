"""Write what the clerk gives out as plain JSON data."""

import json
from collections.abc import Sequence
from typing import Any

from kb.present import answer_json, hits_json, to_json
from kb.records import Answer, Hit
from web.api.replies import DocumentReply
from web.guide import PassageContext

_OF_DOCUMENT = tuple(name for name in DocumentReply.model_fields if name != "sources")


def shown_answer(answer: Answer) -> dict[str, Any]:
    """Return an Answer as the contract's JSON object."""
    return _plain(answer_json(answer))


def shown_hits(question: str, hits: Sequence[Hit]) -> dict[str, Any]:
    """Return hits as the contract's JSON object."""
    return _plain(hits_json(question, hits))


def shown_passage(found: PassageContext) -> dict[str, Any]:
    """Return a passage, the facts of its Document, and the text around it."""
    front, passage = found.front, found.passage
    return _plain(
        {
            "document": {
                **{name: getattr(front, name) for name in _OF_DOCUMENT},
                "sources": [{"title": one.title, "ref": one.ref} for one in front.sources],
            },
            "passage": {
                "anchor": passage.anchor,
                "headings": passage.headings,
                "page": passage.page,
                "norm": passage.norm,
                "basis": passage.basis,
                "scanned": passage.scanned,
                "text": passage.text,
                "digest": passage.digest,
            },
            "before": found.before,
            "after": found.after,
        }
    )


def _plain(data: Any) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(to_json(data))
    return plain
