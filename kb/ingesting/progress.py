"""Show how far a long job is, on standard error and only to a person at a terminal."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from tqdm import tqdm

_FORM = "{percentage:3.0f} % |{bar}| {n_fmt}/{total_fmt}, {rate_noinv_fmt}, {remaining} kvar"


@dataclass(frozen=True, slots=True)
class Progress:
    """A bar that steps, and lets lines be written to standard output in between."""

    _bar: "tqdm[None]"

    def step(self) -> None:
        """Count one more as done."""
        self._bar.update()

    def reach(self, done: int, total: int) -> None:
        """Say how many are done, of how many."""
        self._bar.total = total
        self._bar.update(done - self._bar.n)

    def say(self, line: str) -> None:
        """Write a line to standard output, clear of the bar, at once."""
        with tqdm.external_write_mode(file=sys.stdout):
            sys.stdout.write(line + "\n")
            sys.stdout.flush()


@contextmanager
def showing(total: int, *, unit: str) -> Iterator[Progress]:
    """Show a bar with rate and remaining time; where nobody looks, nothing is written."""
    bar: tqdm[None]
    with tqdm(
        total=total, unit=f" {unit}", file=sys.stderr, disable=None, leave=False, bar_format=_FORM
    ) as bar:
        yield Progress(bar)
