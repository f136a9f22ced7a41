"""What libraries print past the logs, tracebacks above all, is told of and not shown.

Gradio prints the traceback of a failed event on standard error, with its message, which may hold
the question.
"""

import io
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from web.logs import places

_LOG = logging.getLogger(__name__)
_NOT_THE_WRITER = frozenset({"muffle.py", "traceback.py", "logging/__init__.py", "warnings.py"})


class Muffled(io.TextIOBase):
    """A stream that drops its text and logs from where it came, once for each exception."""

    def __init__(self) -> None:
        self._last: tuple[str, int] | None = None  # where from, which exception

    def writable(self) -> bool:
        """Tell that it may be written to."""
        return True

    def write(self, text: str) -> int:
        """Drop the text; log that there was one."""
        if text.strip():
            self._note()
        return len(text)

    def _note(self) -> None:
        kind, error, trace = sys.exc_info()
        writer = _writer()
        this = (writer if error is None else "", id(error))
        if this == self._last:
            return
        self._last = this
        fields: dict[str, object] = {"printed_by": writer}
        if kind is not None:
            fields |= {"error": kind.__name__, "at": places(trace)}
        _LOG.warning(
            "A library printed something; it is left out", extra={"vagvisaren_fields": fields}
        )


@contextmanager
def muffled() -> Iterator[None]:
    """Keep everything that is printed off standard output and standard error; logs go on."""
    out, err = sys.stdout, sys.stderr
    sys.stdout = sys.stderr = Muffled()
    try:
        yield
    finally:
        sys.stdout, sys.stderr = out, err


def _writer() -> str:
    """Return file and line of the code that prints."""
    frame = sys._getframe(1)
    while frame.f_back and "/".join(Path(frame.f_code.co_filename).parts[-1:]) in _NOT_THE_WRITER:
        frame = frame.f_back
    return f"{'/'.join(Path(frame.f_code.co_filename).parts[-2:])}:{frame.f_lineno}"
