"""What a measurement is given, and the parts of the page that it writes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from random import Random

from evals.load.crowd import Thinking
from evals.suites import load_suite

HEAD = """# Load

Measured by `python -m evals.load --out docs/measurements-load.md`, which renews the parts it is
asked for. A real `vagvisaren serve` over the shipped library, people signed in, everything over
loopback; whoever asks runs on the same cores as the server, so a server of its own does better.
Each person asks questions of the suites, most of them once in a run, so that hardly any answer
rests on what is already in memory. First text is the first block of the answer, not the echo of the
question. Failed is counted by what came over HTTP, and the journal is read afterwards.
"""
_SUITES = ("guidance", "cover", "fresh")


@dataclass(frozen=True)
class Plan:
    """How to measure: the sizes of the crowd, turns of each person, sessions of the long run.

    `data` is a folder with an index, which is copied and never written in; `place` is a folder
    for this measurement alone.
    """

    data: Path
    place: Path
    people: tuple[int, ...] = (100, 200)
    turns: int = 3
    thinking: Thinking = field(default_factory=lambda: Thinking(5, 25))
    sessions: int = 3_000
    starts: int = 3

    @cached_property
    def questions(self) -> Sequence[str]:
        """Return questions that staff ask, in an order that every run has."""
        asked = [case.question for name in _SUITES for case in load_suite(name).cases]
        Random(0).shuffle(asked)  # noqa: S311  no secret
        return asked

    def folder(self, name: str) -> Path:
        """Return a new folder of this measurement."""
        made = self.place / name
        made.mkdir()
        return made


def put(page: str, name: str, text: str) -> str:
    """Return the page with the part `name` exchanged, or put at the end; the others stand."""
    part = f"<!-- {name} -->\n{text.strip()}\n<!-- /{name} -->\n"
    place = re.compile(rf"<!-- {name} -->\n.*?<!-- /{name} -->\n", re.DOTALL)
    if place.search(page):
        return place.sub(lambda _: part, page)
    return f"{page.rstrip()}\n\n{part}".lstrip()
