"""Take a question, ask the guide, and show the answer step by step."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import date
from functools import partial
from uuid import uuid4

from anyio import to_thread

from kb.answer.screen import screen
from kb.journal.masking import writable
from kb.person import ANYONE, Person
from kb.records import Answer, Outcome, Turn
from web.asking import ask_on_record
from web.conversation import MAX_EXCHANGES, MAX_QUESTION, Conversation, Exchange, Frame
from web.guide import Guide
from web.reactions import Given
from web.recorder import KeepNothing, Recorder
from web.render import render_answer, render_pending
from web.sources import Group, render_panel, source_of
from web.texts import Wording

_KEEP_NOTHING = KeepNothing()


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
    given: Given | None = None,
) -> AsyncIterator[Frame]:
    """Answer a question in calm steps: the question, each block of the answer, the sources.

    Expected faults come as a status, the question left in the box. `pause` parts the steps.
    `recorder` writes every answer before it is shown. Only what is open to `person` is used.
    `given` are the reactions to earlier answers.
    """
    if not conversation.is_open_to(person):  # a group was withdrawn: nothing earlier is shown again
        conversation = Conversation()
    fault = _fault(question, conversation, page)
    if fault:
        yield Frame(status=fault)
        return
    given = given or Given()
    question = writable(question.strip())  # half a character would break the stream off
    number = len(conversation.exchanges) + 1
    # What is turned back is not shown even for a moment: what is shown, Gradio keeps.
    is_private = bool(screen(question, today=today).findings)
    asked = "" if is_private else render_pending(question, number=number, page=page)
    left = None if is_private else ""  # in the box, to be mended
    shown = conversation.shown(given, page=page)
    yield Frame(page.say("searching"), log=shown + asked, draft=left)
    session = conversation.session or uuid4().hex
    work = partial(
        ask_on_record,
        guide,
        question,
        history=conversation.history,
        page=page,
        recorder=recorder,
        session=session,
        person=person,
    )
    answer, contexts = await to_thread.run_sync(work)
    may_show = answer.outcome is not Outcome.REDACT_FIRST and not is_private
    steps = render_answer(answer, question=question if may_show else None, number=number, page=page)
    for step in steps[:-1]:
        yield Frame(status=page.say("searching"), log=shown + step)
        await pause()
    sources = tuple(
        source_of(*pair, page=page, today=today)
        for pair in zip(answer.citations, contexts, strict=True)
    )
    group = Group(number, question if may_show else "", sources)
    exchange = Exchange(
        turn=_turn(question, answer) if may_show else None,
        log=steps[-1],
        group=group,
        related=answer.related,
        receipt=answer.id,
        outcome=answer.outcome,
        groups=person.groups,
    )
    after = Conversation((*conversation.exchanges, exchange), session)
    yield Frame(
        status=_finished(answer, page),
        log=after.shown(given, page=page),
        sources=render_panel(after.groups, newest=number, page=page),
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
