"""What the web needs of the knowledge base: a guide that answers, and a record of it."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Protocol, TypeAlias

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
    ) -> Answer:
        """Answer one question; `history` holds the earlier turns, oldest first."""
        ...

    def passage_context(self, document_id: str, edition: str, anchor: str) -> PassageContext | None:
        """Return the passage in its context, or None where there is none to show."""
        ...


Recorder: TypeAlias = Callable[[Answer, str], None]
"""Writes an Answer of a conversation (its id) in the journal, before it is shown.

It raises VagvisarenError when it cannot: then the Answer is not shown.
"""


def keep_nothing(answer: Answer, session: str) -> None:
    """Write nothing: a recorder for trying out and for tests."""
