"""The guide: everything a caller may ask of an opened knowledge base."""

import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from threading import Lock

from ingest.document import FrontMatter, Passage
from kb.answer.scope import read_scope
from kb.data_folder import make_data_folder
from kb.draft import Draft
from kb.embedding.model import Embedder, open_embedding
from kb.finish import finish
from kb.index.reader import Index, open_index
from kb.language.swedish import Analyser, open_analyser
from kb.pipeline import run
from kb.records import Answer, Hit, Language, Turn
from kb.settings import Settings
from kb.tools import Tools, tools_over

AUDIENCES = 64  # sets of groups whose tools are kept


@dataclass(frozen=True, slots=True)
class PassageContext:
    """A passage with the text around it and all that is known of its document."""

    front: FrontMatter
    passage: Passage
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Edition:
    """What is known of an edition; `pages` is the last page its text is of, 0 without pages."""

    front: FrontMatter
    pages: int


class _Opened:
    """A generation taken into use, with the tools of every audience that has asked of it."""

    def __init__(self, tools: Tools) -> None:
        self.tools = tools
        self._open_to = lru_cache(maxsize=AUDIENCES)(tools.open_to)

    def tools_for(self, groups: frozenset[str]) -> Tools:
        """Return the tools for somebody of these groups; those no Document is for are left out."""
        return self._open_to(self.tools.index.seen_by(groups).audience)


class Guide:
    """Answer questions over the newest generation of one index. Safe to share between threads."""

    def __init__(
        self, open_tools: Callable[[], Tools], *, today: Callable[[], date] = date.today
    ) -> None:
        self._open_tools = open_tools
        self._today = today
        self._lock = Lock()
        self._opened = _Opened(open_tools())
        self._left: list[Index] = []  # may still be in use by another thread; closed at the end

    def _newest(self, groups: frozenset[str]) -> Tools:
        """Return the tools for somebody of these groups, over the newest generation.

        Goes over to a newer one once a sync has put it in force.
        """
        if self.index.is_stale:
            with self._lock:
                if self.index.is_stale:
                    self._left.append(self.index)
                    self._opened = _Opened(self._open_tools())
        return self._opened.tools_for(groups)

    @property
    def tools(self) -> Tools:
        """Return what the steps of the pipeline work with, for somebody of no group."""
        return self._opened.tools

    @property
    def index(self) -> Index:
        """Return the index that answers are taken from, all of it."""
        return self._opened.tools.index

    def newest(self) -> Index:
        """Go over to the newest generation, if there is a newer one, and return its index.

        Raises:
            IndexUnavailableError: there is no usable index any more.
        """
        self._newest(frozenset())
        return self.index

    def ask(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        as_of: date | None = None,
        language: Language | None = None,
        turn_id: str | None = None,
        audience: frozenset[str] = frozenset(),
    ) -> Answer:
        """Answer one question; `history` are the earlier turns, oldest first.

        `audience` are the groups whose Documents may be used besides those for everyone.
        """
        started = time.perf_counter()
        draft = self.trace(
            question, history=history, as_of=as_of, language=language, audience=audience
        )
        answer = finish(draft, turn_id or uuid.uuid4().hex)
        return replace(answer, timings_ms={"total": (time.perf_counter() - started) * 1000})

    def trace(
        self,
        question: str,
        *,
        history: Sequence[Turn] = (),
        as_of: date | None = None,
        language: Language | None = None,
        audience: frozenset[str] = frozenset(),
    ) -> Draft:
        """Return how a question is answered: what every step found, chose and rejected."""
        draft = Draft(
            asked=question,
            as_of=as_of or self._today(),
            history=tuple(history),
            language=language,
        )
        return run(draft, self._newest(audience))

    def search(
        self,
        question: str,
        *,
        k: int = 10,
        as_of: date | None = None,
        audience: frozenset[str] = frozenset(),
    ) -> list[Hit]:
        """Return the hits of a question that are open to `audience`, best first."""
        day = as_of or self._today()
        return self._newest(audience).view.search(question, as_of=day, k=k)

    def passage_context(
        self,
        document_id: str,
        edition: str,
        anchor: str,
        *,
        audience: frozenset[str] = frozenset(),
    ) -> PassageContext | None:
        """Return a passage in its context; None if it is not there or not open to `audience`."""
        view = self._newest(audience).view
        front = view.documents.get(f"{document_id}@{edition}")
        passage = view.passage(f"{document_id}@{edition}#{anchor}")
        if front is None or passage is None:
            return None
        around = view.neighbours(passage.id)
        place = [other.id for other in around].index(passage.id)
        return PassageContext(
            front=front,
            passage=passage,
            before="\n\n".join(other.text for other in around[:place]),
            after="\n\n".join(other.text for other in around[place + 1 :]),
        )

    def edition(
        self, document_id: str, edition: str, *, audience: frozenset[str] = frozenset()
    ) -> Edition | None:
        """Return a published edition; None if it is not there or not open to `audience`."""
        view, key = self._newest(audience).view, f"{document_id}@{edition}"
        front = view.documents.get(key)
        return None if front is None else Edition(front, view.last_page(key))

    def close(self) -> None:
        """Let go of the index; ask nothing afterwards."""
        for index in (*self._left, self.index):
            index.close()


OpenTools = Callable[[], tuple[Embedder, Analyser]]
"""Gives the embedding model and the Swedish analysis, opened already or now."""


def open_guide(
    settings: Settings, *, use_chroma: bool = True, tools: OpenTools | None = None
) -> Guide:
    """Open the knowledge base that the settings name.

    `use_chroma=False` spares a single question the proof of the collection; exact search answers.
    `tools` spares a process that has opened them from doing it again.

    Raises:
        IndexUnavailableError: there is no usable index; the message says how to make one.
        SettingsError: the embedding cannot be opened.
    """
    embedder, analyser = tools() if tools else open_tools(settings)
    scope = read_scope(embedder.embed_questions, analyser)

    def open_index_tools() -> Tools:
        index = open_index(
            settings.data,
            embedder=embedder,
            analyser=analyser,
            today=settings.as_of or date.today(),
            chroma_url=settings.chroma_url,
            use_chroma=use_chroma,
        )
        return tools_over(index, embedder, analyser, scope)

    return Guide(open_index_tools, today=lambda: settings.as_of or date.today())


def open_tools(settings: Settings) -> tuple[Embedder, Analyser]:
    """Open the embedding model and the Swedish analysis, building them on first use."""
    make_data_folder(settings.data)
    key = settings.embedding_key.get_secret_value() if settings.embedding_key else None
    embedder = open_embedding(
        settings.embedding, models=settings.models, api_key=key, base_url=settings.embedding_url
    )
    return embedder, open_analyser(cache=settings.models)
