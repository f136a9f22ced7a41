"""A place to sign in at, new for every test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.sign_in.small_app import Place


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    place = Place(tmp_path)
    yield place
    place.sessions.close()
