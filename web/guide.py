"""What the web needs of the knowledge base: a guide that answers and shows passages."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from ingest.document import FrontMatter, Passage
from kb.records import Answer, Language, Turn


class PassageContext(Protocol):
    """A passage, its Document's front matter, and the Markdown before and after it."""

    @property
    def front(self) -> FrontMatter: ...  # noqa: D102
    @property
    def passage(self) -> Passage: ...  # noqa: D102
    @property
    def before(self) -> str: ...  # noqa: D102
    @property
    def after(self) -> str: ...  # noqa: D102


class Guide(Protocol):
    """Answer questions and show passages; `kb.guide.Guide` is the one in production."""

    def ask(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        as_of: date | None = None,
        language: Language | None = None,
        audience: frozenset[str] = frozenset(),
    ) -> Answer:
        """Answer one question; `history` holds the earlier turns, oldest first.

        `audience` are the groups whose Documents may be used besides those for everyone.
        """
        ...

    def passage_context(
        self,
        document_id: str,
        edition: str,
        anchor: str,
        *,
        audience: frozenset[str] = frozenset(),
    ) -> PassageContext | None:
        """Return the passage in its context, or None where there is none to show to `audience`."""
        ...
