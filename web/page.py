"""The chat page as Gradio Blocks: what happens when a question is asked."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import date
from typing import Any

import gradio as gr

from kb.person import ANYONE, Person
from web.conversation import Conversation, Frame, converse
from web.counting import timed
from web.forgetful import ForgetfulBlocks
from web.guide import Guide
from web.layout import RELATED, Parts, lay_out
from web.limits import Limits
from web.metrics import Metrics
from web.recorder import Recorder
from web.request_log import started_at
from web.texts import Wording
from web.visitor import visitor_of

Updates = tuple[Any, ...]
Respond = Callable[[str, Conversation, gr.EventData, gr.Request], AsyncIterator[Updates]]


def build_page(
    guide: Guide,
    *,
    page: Wording,
    starters: Sequence[str],
    limits: Limits,
    today: Callable[[], date],
    recorder: Recorder,
    metrics: Metrics,
) -> gr.Blocks:
    """Build the page in one language; its queue is closed to direct calls."""
    blocks = ForgetfulBlocks(title=page.say("page_title"), analytics_enabled=False)
    with blocks:
        parts = lay_out(page, starters)
        # One event for every way to ask: while an answer is on its way no other can start.
        gr.on(
            [
                parts.box.submit,
                *(button.click for button in (parts.ask, *parts.suggested, *parts.related)),
            ],
            _responder(
                guide,
                parts=parts,
                page=page,
                limits=limits,
                today=today,
                recorder=recorder,
                metrics=metrics,
            ),
            inputs=[parts.box, parts.state],
            outputs=parts.outputs,
            trigger_mode="once",
            show_progress="hidden",
            concurrency_limit=limits.concurrent,
            api_visibility="private",
        )
        parts.new.click(
            lambda: _start_again(page),
            outputs=parts.outputs,
            show_progress="hidden",
            api_visibility="private",
        )
    blocks.state_session_capacity = limits.sessions
    blocks.max_threads = limits.threads  # before the queue, which takes it over
    blocks.queue(
        api_open=False, max_size=limits.queued, default_concurrency_limit=limits.concurrent
    )
    return blocks


def _responder(
    guide: Guide,
    *,
    parts: Parts,
    page: Wording,
    limits: Limits,
    today: Callable[[], date],
    recorder: Recorder,
    metrics: Metrics,
) -> Respond:
    """Make the handler of every question, with everything it needs at hand."""
    # By the name in the page: Gradio makes a button anew, with another id, when it changes it.
    places = {button.elem_id: place for place, button in enumerate(parts.related)}
    texts = {button.elem_id: str(button.value) for button in parts.suggested}

    async def pause() -> None:
        await asyncio.sleep(limits.pause)

    async def respond(
        question: str, conversation: Conversation, event: gr.EventData, request: gr.Request
    ) -> AsyncIterator[Updates]:
        # What a button asks is what the server offered, not what the browser says it shows.
        pressed = getattr(event.target, "elem_id", None)
        if pressed in places:
            question = "".join(conversation.related[places[pressed] :][:1])
        elif pressed in texts:
            question = texts[pressed]
        frames = converse(
            guide,
            conversation,
            question or "",
            page=page,
            today=today(),
            pause=pause,
            recorder=recorder,
            person=_who(request),
        )
        since = started_at(request.request.scope if request.request else {})
        async for frame in timed(frames, metrics, since=since):
            yield _updates(frame)

    return respond


def _who(request: gr.Request) -> Person:
    """Return who asks, as sign-in said of the HTTP request that the event came by."""
    return visitor_of(request.request.scope) if request.request else ANYONE


def _updates(frame: Frame) -> Updates:
    """Translate a Frame into one value for each output; what it leaves alone is skipped."""
    done = frame.conversation
    asked = frame.log is not None
    kept = gr.skip()
    return (
        frame.log if asked else kept,
        kept if frame.sources is None else frame.sources,
        f'<span class="{"klart" if done else "pagar"}">{frame.status}</span>',
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


def _start_again(page: Wording) -> Updates:
    """Forget the conversation and show the page as it was at first."""
    status = f'<span class="nytt">{page.say("status_new")}</span>'
    shown = (gr.Column(visible=True), gr.Column(visible=False))
    return ("", "", status, "", Conversation(), *shown, *_related_buttons((), changed=True))
