"""The whole app round the double, started once: Gradio takes seconds to import."""

from collections.abc import Iterator

import httpx
import pytest

from tests.web.served import served


@pytest.fixture(scope="session")
def client() -> Iterator[httpx.Client]:
    """Call the running app as a browser on the same machine does."""
    with served() as address, httpx.Client(base_url=address, timeout=30) as client:
        yield client
