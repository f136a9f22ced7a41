"""What a person has written in a box is not in Gradio's state once the event has it."""

import asyncio
from typing import Any

from web.application import keep_gradio_quiet

keep_gradio_quiet()

import gradio as gr  # noqa: E402 - the silence must come first
from gradio.state_holder import SessionState  # noqa: E402

from web.forgetful import ForgetfulBlocks  # noqa: E402

WRITTEN = "900101-2385"


def remembered(blocks: gr.Blocks) -> tuple[list[Any], str]:
    """Let an event take what a box holds; return what it got, and what the state then says."""
    with blocks:
        box, kept = gr.Textbox(), gr.State("kvar")
        box.submit(lambda text, state: (text, state), inputs=[box, kept], outputs=[box, kept])
    state = SessionState(blocks)
    (function,) = blocks.fns.values()
    taken = asyncio.run(blocks.preprocess_data(function, [WRITTEN, None], state))
    return taken, repr((state.config_values, state.state_data))


def test_the_event_gets_the_text_and_the_state_forgets_it() -> None:
    taken, state = remembered(ForgetfulBlocks())
    assert taken == [WRITTEN, "kvar"]
    assert WRITTEN not in state


def test_gradio_alone_would_keep_it() -> None:
    """When this fails, Gradio forgets by itself and web/forgetful.py can go."""
    assert WRITTEN in remembered(gr.Blocks())[1]
