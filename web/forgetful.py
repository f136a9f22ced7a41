"""Gradio's Blocks without its memory of what a person has written in the boxes."""

from typing import Any

import gradio as gr
from gradio.block_function import BlockFunction
from gradio.state_holder import SessionState


class ForgetfulBlocks(gr.Blocks):
    """Blocks that keep no input: what a box held is gone when the event has it.

    Gradio writes the last value of every input in the session's state, where it stays, for
    hundreds of sessions, long after the tab is closed; a question that is turned back for
    personal data would lie there too. What is shown (outputs) it keeps still.
    """

    async def preprocess_data(
        self,
        block_fn: BlockFunction,
        inputs: list[Any],
        state: SessionState | None,
        explicit_call: bool = False,
    ) -> list[Any]:
        """Hand the inputs to the event, and forget them."""
        processed: list[Any] = await super().preprocess_data(block_fn, inputs, state, explicit_call)
        if state is not None:
            for block in block_fn.inputs:
                if getattr(block, "stateful", False):
                    continue
                state._update_value_in_config(block._id, None)
        return processed
