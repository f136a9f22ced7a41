"""What the page does when somebody asks, begins anew, or says which role they have."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import date
from typing import Any

import gradio as gr

from kb.person import ANYONE, Person
from web.conversation import Conversation, Frame
from web.converse import converse
from web.counting import timed
from web.guide import Guide
from web.layout import RELATED, Parts
from web.metrics import Metrics
from web.reactions import Given
from web.recorder import Recorder
from web.request_log import started_at
from web.starters import StarterGroup, questions_of
from web.texts import Wording
from web.visitor import visitor_of

Updates = tuple[Any, ...]
Respond = Callable[
    [str, Conversation, Given, str, gr.EventData, gr.Request], AsyncIterator[Updates]
]


def responder(
    guide: Guide,
    *,
    parts: Parts,
    page: Wording,
    starters: Sequence[StarterGroup],
    pause: float,
    today: Callable[[], date],
    recorder: Recorder,
    metrics: Metrics,
) -> Respond:
    """Make the handler of every question, with everything it needs at hand."""
    # By the name in the page: Gradio makes a button anew, with another id, when it changes it.
    places = {button.elem_id: place for place, button in enumerate(parts.related)}
    starting = {button.elem_id: place for place, button in enumerate(parts.suggested)}

    async def rest() -> None:
        await asyncio.sleep(pause)

    async def respond(
        question: str,
        conversation: Conversation,
        given: Given,
        role: str,
        event: gr.EventData,
        request: gr.Request,
    ) -> AsyncIterator[Updates]:
        # What a button asks is what the server offered, not what the browser says it shows.
        pressed = getattr(event.target, "elem_id", None)
        if pressed in places:
            question = "".join(conversation.related[places[pressed] :][:1])
        elif pressed in starting:
            question = "".join(questions_of(starters, role)[starting[pressed] :][:1])
        frames = converse(
            guide,
            conversation,
            question or "",
            page=page,
            today=today(),
            pause=rest,
            recorder=recorder,
            person=who(request),
            given=given,
        )
        since = started_at(request.request.scope if request.request else {})
        async for frame in timed(frames, metrics, since=since):
            yield _updates(frame)

    return respond


def who(request: gr.Request) -> Person:
    """Return who asks, as sign-in said of the HTTP request that the event came by."""
    return visitor_of(request.request.scope) if request.request else ANYONE


def status_line(kind: str, text: str) -> str:
    """Return the status line; `kind` tells the page's script what has happened."""
    return f'<span class="{kind}">{text}</span>'


def starter_again(page: Wording) -> Callable[[], Updates]:
    """Make the handler that forgets the conversation and shows the page as it was at first."""

    def start_again() -> Updates:
        shown = (gr.Column(visible=True), gr.Column(visible=False))
        first = ("", "", status_line("nytt", page.say("status_new")), "", Conversation(), *shown)
        return (*first, *_related_buttons((), changed=True), Given())

    return start_again


def chooser(starters: Sequence[StarterGroup], *, page: Wording) -> Callable[[str], Updates]:
    """Make the handler that offers what a role asks; the choice is kept on the server only."""
    most = max((len(group.questions) for group in starters), default=0)
    labels = {group.role: group.label for group in starters}

    def choose(role: str) -> Updates:
        questions = questions_of(starters, role)
        shown = [gr.Button(question, visible=True) for question in questions]
        hidden = [gr.Button(visible=False) for _ in range(most - len(questions))]
        said = status_line("tyst", page.say("role_chosen", role=labels.get(role, "")))
        return (role if role in labels else "", said, *shown, *hidden)

    return choose


def _updates(frame: Frame) -> Updates:
    """Translate a Frame into one value for each output; what it leaves alone is skipped."""
    done = frame.conversation
    asked = frame.log is not None
    kept = gr.skip()
    return (
        frame.log if asked else kept,
        kept if frame.sources is None else frame.sources,
        status_line("klart" if done else "pagar", frame.status),
        kept if frame.draft is None else frame.draft,
        kept if done is None else done,
        gr.Column(visible=False) if asked else kept,
        gr.Column(visible=True) if asked else kept,
        *_related_buttons(done.related if done else (), changed=asked),
    )


def _related_buttons(questions: Sequence[str], *, changed: bool) -> Updates:
    if not changed:
        return tuple(gr.skip() for _ in range(RELATED))
    shown = [gr.Button(text, visible=True) for text in questions[:RELATED]]
    return (*shown, *(gr.Button(visible=False) for _ in range(RELATED - len(shown))))
