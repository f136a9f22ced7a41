"""Bombs: files that are endless to read end in bounded time, in Blocks or in a reason."""

import re
from pathlib import Path

import pytest

from ingest.errors import RefusedFileError
from ingest.files.isolation import convert_isolated
from tests.ingest.bombs import OTHER_BOMBS, PDF_BOMBS, write

QUICK = 3.0  # seconds that the child may take; most need less than one
TOO_MUCH = r"orimligt|skadad|minne|sekunder|avbröts|stycken|gränsen|läsbar text|[1-9]\d* blocks"


@pytest.mark.slow
@pytest.mark.parametrize("name", PDF_BOMBS)
def test_a_pdf_bomb_is_stopped(tmp_path: Path, name: str) -> None:
    expect_an_end(write(tmp_path / "a.pdf", PDF_BOMBS[name]()))


@pytest.mark.slow
@pytest.mark.parametrize("name", OTHER_BOMBS)
def test_another_bomb_is_stopped(tmp_path: Path, name: str) -> None:
    suffix, make = OTHER_BOMBS[name]
    expect_an_end(write(tmp_path / f"a{suffix}", make()))


def expect_an_end(path: Path) -> None:
    """Expect Blocks, or one of the reasons that tell what is too much."""
    assert re.search(TOO_MUCH, _ending(path))


def _ending(path: Path) -> str:
    try:
        return f"{len(convert_isolated(path, seconds=QUICK).blocks)} blocks"
    except RefusedFileError as refusal:
        return str(refusal)
