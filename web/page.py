"""The chat page as Gradio Blocks: which event starts what."""

from collections.abc import Callable, Sequence
from datetime import date

import gradio as gr

from kb.records import Mode
from web.chat import chooser, responder, starter_again
from web.forgetful import ForgetfulBlocks
from web.guide import Guide
from web.known_functions import close_other_functions
from web.layout import Parts, lay_out
from web.limits import Limits
from web.metrics import Metrics
from web.react import reactor
from web.recorder import Recorder
from web.starters import StarterGroup
from web.texts import Wording

STATUS_SECONDS = 5.0
"""How often those who wait are told of their place in the queue."""
LOOK_SECONDS = 0.01
"""How often a queue looks for a question; Gradio's own millisecond keeps an idle server busy."""


def build_page(
    guide: Guide,
    *,
    page: Wording,
    starters: Sequence[StarterGroup],
    limits: Limits,
    today: Callable[[], date],
    recorder: Recorder,
    metrics: Metrics,
    mode: Mode = "extractive",
) -> gr.Blocks:
    """Build the page in one language; its queue is closed to direct calls.

    `mode` is how answers are made, which the page says before anyone asks.
    """
    blocks = ForgetfulBlocks(title=page.say("page_title"), analytics_enabled=False)
    with blocks:
        parts = lay_out(page, starters, mode=mode)
        respond = responder(
            guide,
            parts=parts,
            page=page,
            starters=starters,
            pause=limits.pause,
            today=today,
            recorder=recorder,
            metrics=metrics,
        )
        # One event for every way to ask: while an answer is on its way no other can start.
        gr.on(
            [
                parts.box.submit,
                *(button.click for button in (parts.ask, *parts.suggested, *parts.related)),
            ],
            respond,
            inputs=[parts.box, parts.state, parts.given, parts.chosen],
            outputs=parts.outputs,
            trigger_mode="once",
            show_progress="hidden",
            concurrency_limit=limits.concurrent,
            api_visibility="private",
        )
        _wire_the_rest(parts, page=page, starters=starters, recorder=recorder)
    blocks.state_session_capacity = limits.sessions
    blocks.max_threads = limits.threads  # before the queue, which takes it over
    blocks.queue(
        api_open=False,
        max_size=limits.queued,
        default_concurrency_limit=limits.concurrent,
        # By default everyone who waits is told at every answer that starts: work that grows with
        # the square of the queue, of which the page shows nothing.
        status_update_rate=STATUS_SECONDS,
    )
    close_other_functions(blocks, page=page)
    blocks._queue.sleep_when_free = LOOK_SECONDS
    return blocks


def _wire_the_rest(
    parts: Parts, *, page: Wording, starters: Sequence[StarterGroup], recorder: Recorder
) -> None:
    """Wire a new conversation, the choice of role, and what is done with an answer."""
    parts.new.click(
        starter_again(page),
        outputs=[*parts.outputs, parts.given],
        show_progress="hidden",
        api_visibility="private",
    )
    parts.role.input(
        chooser(starters, page=page),
        inputs=[parts.role],
        outputs=[parts.chosen, parts.status, *parts.suggested],
        show_progress="hidden",
        api_visibility="private",
    )
    # The box is out of sight: the buttons in the conversation write in it. Every reaction
    # counts, also one that comes while another is on its way.
    parts.bridge.submit(
        reactor(page=page, recorder=recorder),
        inputs=[parts.bridge, parts.state, parts.given],
        outputs=[parts.log, parts.status],
        trigger_mode="multiple",
        show_progress="hidden",
        api_visibility="private",
    )
