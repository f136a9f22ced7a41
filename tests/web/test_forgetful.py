"""What a person has written in a box is not in Gradio's state once the event has it."""

import json
import sys
from pathlib import Path
from subprocess import run
from typing import Any

import pytest

from tests.web.remember import WRITTEN

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def seen() -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.web.remember"]
    said = run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return dict(json.loads(said.stdout))


def test_the_event_gets_the_text_and_the_state_forgets_it(seen: dict[str, Any]) -> None:
    taken, state = seen["ForgetfulBlocks"]
    assert taken == [WRITTEN, "kvar"]
    assert WRITTEN not in state


def test_gradio_alone_would_keep_it(seen: dict[str, Any]) -> None:
    """When this fails, Gradio forgets by itself and web/forgetful.py can go."""
    assert WRITTEN in seen["Blocks"][1]
