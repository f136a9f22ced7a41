"""The API over a small library, called in this process."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from kb.embedding.e5_encoder import E5
from kb.settings import Settings
from tests.web.api.made import Place, light_app, opened_place, write_library


@pytest.fixture(scope="session")
def small_settings(tmp_path_factory: pytest.TempPathFactory, models: Path, e5: E5) -> Settings:
    """Return the settings of an indexed library, made once; `e5` has put its model in `models`."""
    del e5
    return write_library(tmp_path_factory.mktemp("api"), models)


@pytest.fixture(scope="module")
def place(small_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """Open the library with an empty journal of the module's own."""
    with opened_place(small_settings, tmp_path_factory.mktemp("journal")) as place:
        yield place


@pytest.fixture(scope="module")
def anyone(place: Place) -> Iterator[TestClient]:
    """Call without a token."""
    with TestClient(light_app(place), base_url="http://127.0.0.1") as client:
        yield client


@pytest.fixture
def api(anyone: TestClient, place: Place) -> Iterator[TestClient]:
    """Call with a token that opens what is for everyone."""
    anyone.headers["authorization"] = f"Bearer {place.token()}"
    yield anyone
    del anyone.headers["authorization"]
