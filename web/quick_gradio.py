"""Import Gradio without the stubs for editors that it writes beside its own files at every start.

For each of its components it parses its own source and writes a `.pyi`: more than a second of
processor time, and a write among the installed packages, which a service may not do.
"""

import inspect
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_WRITER = "gradio.component_meta"


@contextmanager
def without_stubs() -> Iterator[None]:
    """Tell the writer of stubs, and nobody else, that a component has no file of its own."""
    find = inspect.getfile

    def find_for_others(thing: Any) -> str:
        if sys._getframe(1).f_globals.get("__name__") == _WRITER:
            raise OSError("no stubs are written")
        return find(thing)

    inspect.getfile = find_for_others  # type: ignore[assignment]  # takes whatever it is given
    try:
        yield
    finally:
        inspect.getfile = find
