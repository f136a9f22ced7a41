"""Let an event take what a box holds, in our Blocks and in Gradio's; print what both remember.

A program of its own, for Gradio leaves event loops open in the process that imports it.
"""

import asyncio
import json
import sys
from typing import Any

from web.application import keep_gradio_quiet

WRITTEN = "900101-2385"


def remember() -> dict[str, Any]:
    """Return what the event got and what the state says afterwards, by kind of Blocks."""
    keep_gradio_quiet()
    import gradio as gr
    from gradio.state_holder import SessionState

    from web.forgetful import ForgetfulBlocks

    seen = {}
    for blocks in (ForgetfulBlocks(), gr.Blocks()):
        with blocks:
            box, kept = gr.Textbox(), gr.State("kvar")
            box.submit(lambda text, state: (text, state), inputs=[box, kept], outputs=[box, kept])
        state = SessionState(blocks)
        (function,) = blocks.fns.values()
        taken = asyncio.run(blocks.preprocess_data(function, [WRITTEN, None], state))
        seen[type(blocks).__name__] = (taken, repr((state.config_values, state.state_data)))
    return seen


if __name__ == "__main__":
    json.dump(remember(), sys.stdout)
