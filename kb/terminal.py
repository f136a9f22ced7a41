"""Keep the texts of people and documents from steering the terminal that shows them."""

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, redirect_stderr, redirect_stdout
from typing import Any, TextIO, cast

_PICTURES = {code: 0x2400 + code for code in range(0x20)} | {0x7F: 0x2421}
_UNSEEN = (*range(0x80, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_VISIBLE = _PICTURES | dict.fromkeys(_UNSEEN, 0xFFFD)
_KEPT = {ord("\n"): "\n", ord("\t"): "\t"}


def visible(text: str, *, returns: bool = False) -> str:
    """Return text whose control characters and turns of direction are seen instead of obeyed.

    Line ends and tabs stay, and with `returns` what takes a progress bar back to the line's start.
    """
    kept = _KEPT | ({ord("\r"): "\r"} if returns else {})
    return text.replace("\r\n", "\n").translate(_VISIBLE | kept)


def in_one(text: str) -> str:
    """Return text whose further lines are indented, so that none passes for a line of ours."""
    return "\n    ".join(text.splitlines())


class _Terminal:
    """A terminal's stream on which every text is `visible`; all else is the stream's own."""

    def __init__(self, stream: TextIO, *, returns: bool) -> None:
        self._stream = stream
        self._returns = returns

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def write(self, text: str) -> int:
        self._stream.write(visible(text, returns=self._returns))
        return len(text)


@contextmanager
def harmless_terminal() -> Iterator[None]:
    """Show on a terminal only what is visible; files and pipes get every byte as it is."""
    with ExitStack() as stack:
        if sys.stdout.isatty():
            stream = cast(TextIO, _Terminal(sys.stdout, returns=False))
            stack.enter_context(redirect_stdout(stream))
        if sys.stderr.isatty():
            stream = cast(TextIO, _Terminal(sys.stderr, returns=True))
            stack.enter_context(redirect_stderr(stream))
        yield
