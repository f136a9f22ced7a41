"""What all tests share: the default model and the index of the shipped library, built once."""

import os
from datetime import date
from pathlib import Path

import pytest
from filelock import FileLock

from kb.commands import bring_level
from kb.embedding.e5_encoder import E5, NAME, open_e5
from kb.settings import Settings
from tests.kb.embedding.e5_files import recipe_digest

os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # tests that import onnxruntime themselves call nobody
LIBRARY = Path(__file__).parent.parent / "guidance"
SHIPPED_ON = date(2026, 11, 26)  # the day on which the shipped library is asked


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the files with slow tests first, then those with a browser: no worker ends with one."""

    def weight(item: pytest.Item) -> int:
        return 2 * bool(item.get_closest_marker("slow")) + ("browser" in item.path.parts)

    heaviest: dict[Path, int] = {}
    for item in items:
        heaviest[item.path] = max(heaviest.get(item.path, 0), weight(item))
    items.sort(key=lambda item: -heaviest[item.path])


@pytest.fixture(scope="session")
def models(pytestconfig: pytest.Config) -> Path:
    """Return a folder of models that lasts from one run to the next."""
    assert pytestconfig.cache is not None
    return pytestconfig.cache.mkdir(f"models-{recipe_digest()}")


@pytest.fixture(scope="session")
def e5(models: Path) -> E5:
    """Return the default model; the first run ever builds it (ten seconds)."""
    return open_e5(models / NAME)


@pytest.fixture(scope="session")
def shipped(pytestconfig: pytest.Config, models: Path, e5: E5) -> Settings:
    """Return the shipped library with an index of it: copy it to write, it is for every test.

    The index lasts from one run to the next, and is brought level with the library in each.
    """
    del e5  # built before, or the sync would do it
    assert pytestconfig.cache is not None
    data = pytestconfig.cache.mkdir("shipped")
    settings = Settings(library=LIBRARY, data=data, as_of=SHIPPED_ON)
    with FileLock(data / "fixture.lock"):
        if (link := data / "models").resolve() != models.resolve():
            link.unlink(missing_ok=True)
            link.symlink_to(models)
        bring_level(settings)
    return settings
