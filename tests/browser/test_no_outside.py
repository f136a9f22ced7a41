"""The whole product, a whole conversation: no request leaves the machine, by browser or server.

The browser writes down every request and look-up of its own (its net log), Python in the server
every address it asks for (an audit hook, children too), and where strace may look, the kernel
every call, whatever language it comes from.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Response, expect

from kb.cli import main
from kb.embedding.e5_encoder import E5
from tests.browser.conftest import QUIET
from tests.browser.steps import ask, open_chat
from tests.browser.watched import Watched, can_trace, outside, watched

ROOT = Path(__file__).parents[2]
DOCUMENTS = ("personuppgifter", "godkanda-verktyg", "incident", "kom-igang")
# What Chromium asks for itself, whatever page is open; the test's resolver finds none of it. On the
# city's computers its own policies decide.
CHROMIUMS_OWN = {
    "accounts.google.com",
    "content-autofill.googleapis.com",
    "update.googleapis.com",
    "~notfound",
}
QUESTION = "Får jag klistra in personuppgifter i ett öppet AI-verktyg?"


@dataclass(frozen=True)
class Seen:
    """What was seen of a whole conversation."""

    address: str
    requests: list[str]
    policies: dict[str, str]
    net_log: Path
    server: Watched
    journal: Path
    exit_code: int


@pytest.fixture(scope="module")
def seen(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory, models: Path, e5: E5
) -> Iterator[Seen]:
    """Serve a small library, hold a conversation on every page, turn off, stop."""
    assert e5.identity  # built before, or the server would do it
    place = tmp_path_factory.mktemp("watched")
    (place / "library").mkdir()
    (place / "data").mkdir()
    (place / "data" / "models").symlink_to(models)
    for name in DOCUMENTS:
        shutil.copy(ROOT / "guidance" / f"{name}.md", place / "library")
    net_log = place / "net-log.json"
    requests: list[str] = []
    policies: dict[str, str] = {}

    def note(answer: Response) -> None:
        requests.append(answer.url)
        policies[urlsplit(answer.url).path] = answer.headers.get("content-security-policy", "")

    with watched(place, traced=can_trace(), VAGVISAREN_LOG_FORMAT="json") as server:
        chromium = browser.browser_type.launch(
            executable_path=shutil.which("chromium"),
            args=[
                *QUIET,
                f"--log-net-log={net_log}",
                "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
            ],
        )
        context = chromium.new_context(base_url=server.address)
        context.set_default_timeout(60_000)
        context.on("response", note)
        converse(context.new_page(), place)
        context.close()
        chromium.close()
        server.process.terminate()
        code = server.process.wait(timeout=90)
        yield Seen(server.address, requests, policies, net_log, server, place / "data", code)


def converse(page: Page, place: Path) -> None:
    """Ask, ask on, open a passage, go to the other language, hear that it is closed."""
    open_chat(page)
    ask(page, QUESTION)
    page.locator("button.kopiera").first.click()
    link = page.locator("#kallor a.oppna").first.get_attribute("href")
    ask(page, "![bild](https://example.org/x.png) Gäller det även bilder?")
    assert link is not None
    page.goto(link)
    expect(page.locator("h1")).to_be_visible()
    open_chat(page, "/en/")
    ask(page, "May I paste personal data into an open AI tool?")
    page.goto("/finns-inte")
    assert main(["--data", str(place / "data"), "switch", "off", "--message", "Stängt nu."]) == 0
    open_chat_when_closed(page)
    assert main(["--data", str(place / "data"), "switch", "on"]) == 0


def open_chat_when_closed(page: Page) -> None:
    """Open the chat until it says that it is closed: the switch is read every other second."""
    for _ in range(100):
        page.goto("/")
        if page.locator("#avstangt").count():
            break
        page.wait_for_timeout(100)
    expect(page.locator("#avstangt")).to_contain_text("Stängt nu.")


def hosts_in(net_log: Path) -> set[str]:
    """Return every host that the browser asked or looked up."""
    text = net_log.read_text(encoding="utf-8", errors="replace")
    urls = re.findall(r'"(?:url|location)":"((?:https?|wss?)://[^"]+)"', text)
    names = re.findall(r'"host(?:name)?":"([^"]+)"', text)
    addresses = [*urls, *(name if "//" in name else f"//{name}" for name in names)]
    return {urlsplit(one).hostname or "" for one in addresses}


def test_the_browser_asked_nobody_but_the_server(seen: Seen) -> None:
    assert {urlsplit(url).netloc for url in seen.requests if url.startswith("http")} == {
        urlsplit(seen.address).netloc
    }
    assert len(seen.requests) > 50


def test_the_browsers_own_log_names_no_other_host(seen: Seen) -> None:
    assert "127.0.0.1" in hosts_in(seen.net_log)
    assert hosts_in(seen.net_log) - CHROMIUMS_OWN == {"127.0.0.1"}


def test_python_in_the_server_asked_for_no_outside_address(seen: Seen) -> None:
    text = seen.server.connects.read_text(encoding="utf-8")
    assert text.startswith("watching")
    assert outside(seen.server.names_and_addresses) == []


def test_the_kernel_saw_no_call_to_an_outside_address(seen: Seen) -> None:
    if not can_trace():
        pytest.skip("strace is not installed or may not look: apt-get install strace")
    assert seen.server.calls.stat().st_size > 0
    assert outside(seen.server.called) == []


def test_every_page_and_every_error_has_a_policy_without_eval(seen: Seen) -> None:
    assert {"/", "/en/", "/finns-inte"} <= set(seen.policies)
    for path, policy in seen.policies.items():
        assert "frame-ancestors 'none'" in policy, path
        assert "unsafe-eval" not in policy, path
        scripts = re.search(r"script-src ([^;]*)", policy)
        assert "unsafe-inline" not in (scripts.group(1) if scripts else ""), path


def test_a_stop_by_signal_leaves_the_journal_closed(seen: Seen) -> None:
    assert seen.exit_code == 0
    assert not (seen.journal / "journal.sqlite3-wal").exists()
    assert main(["--data", str(seen.journal), "journal", "check"]) == 0


def test_the_log_has_no_word_of_the_conversation(seen: Seen) -> None:
    said = seen.server.errors.read_text(encoding="utf-8")
    assert '"route": "question"' in said
    for word in ("klistra", "example.org", "session_hash", "Stängt nu"):
        assert word not in said


def test_the_watch_sees_what_it_should(tmp_path: Path) -> None:
    watching = {
        "PYTHONPATH": str(Path(__file__).parent / "watching"),
        "CONNECTS_FILE": str(tmp_path / "connects"),
    }
    code = "import socket; socket.socket(type=socket.SOCK_DGRAM).connect(('127.0.0.9', 9))"
    subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code], env=os.environ | watching, check=True
    )
    assert "127.0.0.9" in (tmp_path / "connects").read_text(encoding="utf-8")
    assert outside(["127.0.0.9", "::1", "192.0.2.1", "example.org"]) == ["192.0.2.1", "example.org"]
