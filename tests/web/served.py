"""Start the chat as a process of its own, the way a person does, and stop it afterwards."""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]


def heard_address(process: "subprocess.Popen[str]") -> tuple[str, str]:
    """Read what a server says until it names its address; return that, and all it said."""
    assert process.stderr is not None
    said = ""
    while (found := re.search(r"http://\S+?(?=/ )", said)) is None:
        line = process.stderr.readline()
        assert line, f"the server did not start: {said}"
        said += line
    return found.group(), said


@contextmanager
def served() -> Iterator[str]:
    """Yield the address of a server round the double; it is stopped when the block ends."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.web.serve_double"],
        cwd=ROOT,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        address, _ = heard_address(process)
        yield address
    finally:
        process.terminate()
        process.communicate(timeout=20)
