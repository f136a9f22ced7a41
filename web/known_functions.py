"""The functions of a page: to call one that is none is refused, and is no fault of ours."""

import gradio as gr
from gradio.block_function import BlockFunction
from starlette.exceptions import HTTPException

from web.texts import Wording


class KnownFunctions(dict[int, BlockFunction]):
    """Functions by their number; any other number is refused with `text`.

    Gradio looks a number up as it came from the browser, and fails where there is none.
    """

    text: str = ""

    def __missing__(self, number: int) -> BlockFunction:
        """Refuse a number that is none: of an older page perhaps, or made up."""
        raise HTTPException(404, self.text)


def close_other_functions(blocks: gr.Blocks, *, page: Wording) -> None:
    """Let a finished page's functions be called, and say plainly that there is no other."""
    known = KnownFunctions(blocks.default_config.fns)
    known.text = page.say("not_your_conversation")
    blocks.default_config.fns = known
