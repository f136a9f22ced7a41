"""The documentation of the API in a real browser: no barrier, nothing from outside, no script."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from kb.embedding.e5_encoder import E5
from tests.browser.test_accessibility import AXE, CHECK, RULES, VIEWS
from tests.web.api.made import write_library
from tests.web.api.served import Served, served_api


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, models: Path, e5: E5) -> Iterator[Served]:
    del e5
    with served_api(write_library(tmp_path_factory.mktemp("api"), models)) as server:
        yield server


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("view", VIEWS)
def test_no_barrier_is_found(browser: Browser, server: Served, view: str, language: str) -> None:
    if not AXE.is_file():
        pytest.skip("axe-core is not installed: run `make test`, which fetches it with npm")
    width, height, scheme = VIEWS[view]
    page = browser.new_page(
        base_url=server.address,
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
        extra_http_headers={"authorization": f"Bearer {server.token}"},
    )
    asked: list[str] = []
    faults: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: faults.append(message.text))
    page.goto(f"/api/?sprak={language}")
    assert all(url.startswith(server.address) for url in asked)
    assert faults == []
    page.evaluate(AXE.read_text(encoding="utf-8"))
    assert page.evaluate(CHECK, RULES) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()
