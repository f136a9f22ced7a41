"""One conversation, kept on the server: take a question, ask the guide, show it step by step."""

import logging
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from uuid import uuid4

from anyio import to_thread
from markupsafe import Markup

from ingest.errors import VagvisarenError
from kb.person import ANYONE, Person
from kb.records import Answer, Outcome, Turn
from web.guide import Guide, PassageContext
from web.recorder import KeepNothing, Recorder
from web.render import render_answer, render_pending
from web.sources import Group, render_panel, source_of
from web.texts import Wording

MAX_QUESTION = 5_000
MAX_EXCHANGES = 40
HISTORY = 6
_KEEP_NOTHING = KeepNothing()
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and its answer as shown; `turn` is None when nothing of it may be kept.

    `groups` are those that whoever asked had: what is shown may be for them only.
    """

    turn: Turn | None
    log: Markup
    group: Group
    related: tuple[str, ...]
    groups: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Conversation:
    """What has been asked and answered so far, oldest first; `session` names it once begun."""

    exchanges: tuple[Exchange, ...] = ()
    session: str = ""

    @property
    def history(self) -> tuple[Turn, ...]:
        """Return the last turns the guide may build on."""
        turns = tuple(exchange.turn for exchange in self.exchanges if exchange.turn)
        return turns[-HISTORY:]

    def is_open_to(self, person: Person) -> bool:
        """Say whether a person still has every group that what is shown may be for."""
        return all(exchange.groups <= person.groups for exchange in self.exchanges)

    @property
    def related(self) -> tuple[str, ...]:
        """Return the follow-up questions offered by the last answer."""
        return self.exchanges[-1].related if self.exchanges else ()

    @property
    def groups(self) -> tuple[Group, ...]:
        """Return the sources of every answer."""
        return tuple(exchange.group for exchange in self.exchanges)

    @property
    def log(self) -> Markup:
        """Return everything shown so far."""
        return Markup("").join(exchange.log for exchange in self.exchanges)


@dataclass(frozen=True, slots=True)
class Frame:
    """What the page shows at one moment; None and `conversation=None` mean: as it was.

    `draft` is what stands in the question box.
    """

    status: str
    log: str | None = None
    sources: str | None = None
    draft: str | None = None
    conversation: Conversation | None = None


async def converse(
    guide: Guide,
    conversation: Conversation,
    question: str,
    *,
    page: Wording,
    today: date,
    pause: Callable[[], Awaitable[None]],
    recorder: Recorder = _KEEP_NOTHING,
    person: Person = ANYONE,
) -> AsyncIterator[Frame]:
    """Answer a question in calm steps: the question, each block of the answer, the sources.

    Expected faults come as a status, the question left in the box. `pause` parts the steps.
    `recorder` writes every answer before it is shown. Only what is open to `person` is used.
    """
    if not conversation.is_open_to(person):  # a group was withdrawn: nothing earlier is shown again
        conversation = Conversation()
    fault = _fault(question, conversation, page)
    if fault:
        yield Frame(status=fault)
        return
    question = question.strip()
    number = len(conversation.exchanges) + 1
    asked = render_pending(question, number=number, page=page)
    yield Frame(status=page.say("searching"), log=conversation.log + asked, draft="")
    session = conversation.session or uuid4().hex
    work = partial(_ask_on_record, guide, conversation, question, page, recorder, session, person)
    answer, contexts = await to_thread.run_sync(work)
    may_show = answer.outcome is not Outcome.REDACT_FIRST
    steps = render_answer(answer, question=question if may_show else None, number=number, page=page)
    for step in steps[:-1]:
        yield Frame(status=page.say("searching"), log=conversation.log + step)
        await pause()
    sources = tuple(
        source_of(*pair, page=page, today=today)
        for pair in zip(answer.citations, contexts, strict=True)
    )
    group = Group(number, question if may_show else "", sources)
    exchange = Exchange(_turn(question, answer), steps[-1], group, answer.related, person.groups)
    after = Conversation((*conversation.exchanges, exchange), session)
    yield Frame(
        status=_finished(answer, page),
        log=after.log,
        sources=render_panel(after.groups, newest=number, page=page),
        draft=None if may_show else question,
        conversation=after,
    )


def _fault(question: str, conversation: Conversation, page: Wording) -> str:
    """Say what is wrong with a question, or return an empty text."""
    if not question.strip():
        return page.say("status_empty")
    if len(question) > MAX_QUESTION:
        return page.say("status_too_long", length=len(question), limit=MAX_QUESTION)
    if len(conversation.exchanges) >= MAX_EXCHANGES:
        return page.say("status_full", limit=MAX_EXCHANGES)
    return ""


def _ask_on_record(
    guide: Guide,
    conversation: Conversation,
    question: str,
    page: Wording,
    recorder: Recorder,
    session: str,
    person: Person,
) -> tuple[Answer, tuple[PassageContext | None, ...]]:
    """Ask, and write the Answer down; one that cannot be written is not shown."""
    answer, contexts = _ask(guide, conversation, question, page=page, person=person)
    try:
        recorder.turn(answer, actor=person.acting(channel="web", session=session))
    except VagvisarenError as error:
        _LOG.error("The answer could not be journalled: %s", error)
        return _failed(page.say("failed_answer"), page), ()
    return answer, contexts


def _ask(
    guide: Guide, conversation: Conversation, question: str, *, page: Wording, person: Person
) -> tuple[Answer, tuple[PassageContext | None, ...]]:
    """Ask the guide, and fetch the passage of each citation; a fault becomes a failed Answer."""
    try:
        answer = guide.ask(question, history=conversation.history, audience=person.groups)
        contexts = tuple(
            guide.passage_context(c.document_id, c.edition, c.anchor, audience=person.groups)
            for c in answer.citations
        )
    except VagvisarenError as error:
        _LOG.warning("The guide could not answer: %s", error)
        return _failed(str(error), page), ()
    except Exception as error:  # the outer edge of the web: a person always gets an answer
        # The message may quote the question, which must not reach a log: the kind and place may.
        place = "".join(traceback.format_tb(error.__traceback__))
        _LOG.error("The guide failed with %s\n%s", type(error).__name__, place)
        return _failed(page.say("failed_answer"), page), ()
    return answer, contexts


def _failed(text: str, page: Wording) -> Answer:
    return Answer(
        id=uuid4().hex,
        question="",
        language=page.language,
        outcome=Outcome.FAILED,
        short="",
        text=text,
    )


def _turn(question: str, answer: Answer) -> Turn | None:
    """Keep what a follow-up may build on; never a question with personal data, never an attack."""
    if answer.outcome in {Outcome.REDACT_FIRST, Outcome.REFUSED, Outcome.FAILED}:
        return None
    return Turn(question=question, answer=answer.text)


def _finished(answer: Answer, page: Wording) -> str:
    if answer.outcome is Outcome.FAILED:
        return page.say("status_failed")
    count = len(answer.citations)
    if count == 0:
        return page.say("done_none")
    return page.say("done_one") if count == 1 else page.say("done_many", n=count)
