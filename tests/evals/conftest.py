"""A small library with its index, made once for the tests of whole runs."""

from pathlib import Path

import pytest

from kb.settings import Settings
from tests.evals.small_library import make_small


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory, models: Path) -> Settings:
    """Return the settings of the small library."""
    return make_small(tmp_path_factory.mktemp("small"), models)
