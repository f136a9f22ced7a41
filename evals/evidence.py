"""Evidence: hold a citation against the library's own files, not against the index it came from."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from evals.records import Evidence
from evals.scorers.text import years_in
from ingest.document import Document, Status
from ingest.library.passages import split
from kb.records import Answer, Citation
from kb.validity import Standing, standings


class Witness:
    """Testify about citations from the Documents of a library."""

    def __init__(self, documents: Iterable[Document]) -> None:
        documents = tuple(documents)
        self._fronts = {document.key: document.front for document in documents}
        self._passages = {one.id: one for document in documents for one in split(document)}
        self._years = frozenset(front.year for front in self._fronts.values() if front.year)
        self._standings = lru_cache(maxsize=64)(self._decide)

    def examine(self, answer: Answer, *, as_of: date) -> tuple[Evidence, ...]:
        """Say of every citation of an answer what the library holds of it."""
        return tuple(self._testify(citation, as_of) for citation in answer.citations)

    def named_years(self, question: str) -> tuple[int, ...]:
        """Return the years in a question that the library has a yearly document of."""
        return tuple(sorted(years_in(question) & self._years))

    def _testify(self, citation: Citation, as_of: date) -> Evidence:
        key = f"{citation.document_id}@{citation.edition}"
        front = self._fronts.get(key)
        passage = self._passages.get(f"{key}#{citation.anchor}")
        return Evidence(
            n=citation.n,
            resolves=passage is not None,
            verbatim=passage is not None
            and bool(citation.quote.strip())
            and citation.quote in passage.text,
            same_digest=passage is not None and passage.digest == citation.digest,
            published=front is not None and front.status is Status.PUBLISHED,
            standing=self._standings(as_of).get(key),
            year=front.year if front else None,
        )

    def _decide(self, as_of: date) -> dict[str, Standing]:
        return standings(self._fronts.values(), as_of=as_of)
