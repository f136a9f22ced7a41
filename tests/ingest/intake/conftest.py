"""A library to take files into, and a plan to take in, read in this process."""

from pathlib import Path

import pytest

from tests.ingest.taking_in import PLAN, convert_here


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    convert_here(monkeypatch)


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return tmp_path / "bibliotek"


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "plan.txt"
    path.write_text(PLAN)
    return path
