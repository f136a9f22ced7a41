"""Time the PDF reader against plain pypdf on the same files, in turn."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pypdf import PdfReader

from ingest.errors import RefusedFileError
from ingest.pdf.source import read_pdf

ROUNDS = 3
Side = Callable[[Path], None]


@dataclass(frozen=True, slots=True)
class Timed:
    """One file in one round: its pages, and the CPU seconds that each reading took."""

    name: str
    pages: int
    ours: float
    plain: float


def compare(paths: Sequence[Path]) -> list[Timed]:
    """Read every file with both, turn about, round by round; refused files are left out."""
    timed: list[Timed] = []
    for number in range(ROUNDS):
        for path in paths:
            sides = (_ours, _plain) if number % 2 == 0 else (_plain, _ours)
            try:
                seconds = {side: _time(side, path) for side in sides}
            except RefusedFileError:
                continue
            pages = len(PdfReader(path).pages)
            timed.append(Timed(path.name, pages, seconds[_ours], seconds[_plain]))
    return timed


def _time(read: Side, path: Path) -> float:
    start = time.process_time()
    read(path)
    return time.process_time() - start


def _ours(path: Path) -> None:
    read_pdf(path)


def _plain(path: Path) -> None:
    for page in PdfReader(path).pages:
        page.extract_text()
