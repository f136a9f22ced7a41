"""Verify an answer before it leaves: every quote stands verbatim in its passage."""

from collections.abc import Callable

from ingest.document import Passage
from kb.records import Citation


def holds(citation: Citation, find: Callable[[str], Passage | None]) -> bool:
    """Say whether a citation's quote stands in the passage it names, with the same digest.

    `find(passage_id)` returns the indexed passage. It fails closed: an unknown passage is False.
    """
    passage = find(f"{citation.document_id}@{citation.edition}#{citation.anchor}")
    if passage is None or passage.digest != citation.digest:
        return False
    return bool(citation.quote.strip()) and citation.quote in passage.text
