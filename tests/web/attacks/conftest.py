"""The app is started once for every attack; each browser is signed in once."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from kb.embedding.e5_encoder import E5
from tests.web.attacks.hostile import write_hostile
from tests.web.attacks.town import ANNA, BO, SKOLA, Town, opened_town


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory, models: Path, e5: E5) -> Iterator[Town]:
    """Serve the hostile library; `e5` has put its model in `models`."""
    del e5
    folder = tmp_path_factory.mktemp("attacks")
    with opened_town(write_hostile(folder, models), folder) as town:
        yield town


@pytest.fixture(scope="session")
def anna(town: Town) -> httpx.Client:
    """Return the browser of an ordinary reader: the attacker."""
    return town.signed_in(ANNA)


@pytest.fixture(scope="session")
def bo(town: Town) -> httpx.Client:
    """Return the browser of another ordinary reader: the one who is attacked."""
    return town.signed_in(BO)


@pytest.fixture(scope="session")
def skola(town: Town) -> httpx.Client:
    """Return the browser of a reader of the group `skola`."""
    return town.signed_in(SKOLA)


@pytest.fixture(scope="session")
def nobody(town: Town) -> httpx.Client:
    """Return a browser in which nobody has signed in."""
    return town.anybody()
