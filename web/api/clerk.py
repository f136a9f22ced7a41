"""Do what a program asks for: in a thread, within limits, on record, by what is open to it."""

import logging
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Protocol, TypeVar
from uuid import uuid4

from anyio import CapacityLimiter, to_thread

from ingest.errors import UnknownAnswerError, VagvisarenError
from kb.answer.screen import screen
from kb.journal.records import Feedback
from kb.person import Person
from kb.records import Answer, Hit, Language, Outcome, Turn
from web.api.problems import ProblemError, ProblemKind
from web.api.requests import AskCall, FeedbackCall, PassageCall, SearchCall
from web.guide import Guide, PassageContext
from web.recorder import Recorder
from web.texts import wording

_LOG = logging.getLogger(__name__)
_Result = TypeVar("_Result")


class SearchableGuide(Guide, Protocol):
    """A guide that also shows what it finds; `kb.guide.Guide` is the one in production."""

    def search(
        self,
        question: str,
        *,
        k: int = 10,
        as_of: date | None = None,
        audience: frozenset[str] = frozenset(),
    ) -> Sequence[Hit]:
        """Return the hits of a question that are open to `audience`, best first."""
        ...


@dataclass(frozen=True, slots=True)
class Limits:
    """How much the programs may take of the server; the chat has its own."""

    at_once: int = 4
    waiting: int = 32


class Clerk:
    """Answers programs over one guide; the HTTP API and MCP are two ways to it.

    Every method raises ProblemError when it cannot do what is asked.
    """

    def __init__(
        self,
        guide: SearchableGuide,
        *,
        recorder: Recorder,
        today: Callable[[], date],
        limits: Limits | None = None,
    ) -> None:
        self._guide = guide
        self._recorder = recorder
        self._today = today
        self._limits = limits or Limits()
        self._limiter = CapacityLimiter(self._limits.at_once)

    async def ask(self, call: AskCall, *, person: Person, channel: str) -> Answer:
        """Answer a question; an Answer that cannot be written down is not given out."""
        return await self._in_thread(partial(self._ask, call, person, channel))

    async def search(self, call: SearchCall, *, person: Person) -> Sequence[Hit]:
        """Return the passages found; what holds personal data is not searched for."""
        return await self._in_thread(partial(self._search, call, person))

    async def read_passage(self, call: PassageCall, *, person: Person) -> PassageContext:
        """Return a passage in its context."""
        return await self._in_thread(partial(self._read_passage, call, person))

    async def feedback(self, call: FeedbackCall, *, person: Person, channel: str) -> None:
        """Write what somebody thought of an Answer."""
        await self._in_thread(partial(self._feedback, call, person, channel))

    async def _in_thread(self, work: Callable[[], _Result]) -> _Result:
        if self._limiter.statistics().tasks_waiting >= self._limits.waiting:
            raise ProblemError(ProblemKind.BUSY)
        return await to_thread.run_sync(partial(_guarded, work), limiter=self._limiter)

    def _ask(self, call: AskCall, person: Person, channel: str) -> Answer:
        if any(self._holds_personal_data(earlier) for earlier in call.history):
            raise ProblemError(ProblemKind.PERSONAL_DATA)
        history = tuple(Turn(question=earlier) for earlier in call.history)
        try:
            answer = self._guide.ask(
                call.question,
                history=history,
                as_of=call.as_of,
                language=call.language,
                audience=person.groups,
            )
        except VagvisarenError as error:
            _LOG.warning("The guide could not answer: %s", error)
            answer = _failed(str(error), call.language or "sv")
        except Exception as error:  # the outer edge: a call always gets an Answer
            _log_fault(error)
            answer = _failed("", call.language or "sv")
        actor = person.acting(channel=channel)
        self._recorder.turn(answer, actor=actor, as_of=call.as_of)
        return answer

    def _search(self, call: SearchCall, person: Person) -> Sequence[Hit]:
        if self._holds_personal_data(call.q):
            raise ProblemError(ProblemKind.PERSONAL_DATA)
        return self._guide.search(call.q, k=call.k, as_of=call.as_of, audience=person.groups)

    def _holds_personal_data(self, text: str) -> bool:
        return bool(screen(text, today=self._today()).findings)

    def _read_passage(self, call: PassageCall, person: Person) -> PassageContext:
        found = self._guide.passage_context(
            call.document_id, call.edition, call.anchor, audience=person.groups
        )
        if found is None:
            raise ProblemError(ProblemKind.NO_PASSAGE)
        return found

    def _feedback(self, call: FeedbackCall, person: Person, channel: str) -> None:
        said = Feedback(call.answer, call.useful, call.reason, call.comment)
        try:
            self._recorder.feedback(said, actor=person.acting(channel=channel))
        except UnknownAnswerError as error:
            raise ProblemError(ProblemKind.NO_ANSWER) from error


def _guarded(work: Callable[[], _Result]) -> _Result:
    """Turn what goes wrong into a problem that tells nothing of what was sent."""
    try:
        return work()
    except ProblemError:
        raise
    except VagvisarenError as error:
        _LOG.error("A call could not be answered: %s", error)
        raise ProblemError(ProblemKind.UNAVAILABLE) from None
    except Exception as error:
        _log_fault(error)
        raise ProblemError(ProblemKind.FAILED) from None


def _log_fault(error: Exception) -> None:
    """Log kind and place; the message may quote the question, which must not reach a log."""
    place = "".join(traceback.format_tb(error.__traceback__))
    _LOG.error("A call failed with %s\n%s", type(error).__name__, place)


def _failed(text: str, language: Language) -> Answer:
    return Answer(
        id=uuid4().hex,
        question="",
        language=language,
        outcome=Outcome.FAILED,
        short="",
        text=text or wording(language).say("failed_answer"),
    )
