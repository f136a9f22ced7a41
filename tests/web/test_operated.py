"""The server as it is run: limits, the switch, metrics, logs, and a stop that loses no answer."""

import json
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.web.operated import Server, answers, join, operated, wait_for

TOKEN = "t" * 24
WAITING = "Vad får jag vänta mig?"


@pytest.fixture(scope="module")
def limited(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that takes six questions a minute of each, one at a time."""
    folder = tmp_path_factory.mktemp("limited")
    with operated(folder, token=TOKEN, per_minute=6, at_once=1, concurrent=4) as server:
        yield server


@pytest.fixture
def client(limited: Server) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=limited.address, timeout=90) as client:
        yield client


def as_(token: str) -> dict[str, str]:
    """Be somebody else: without sign-in who asks is told by the token, then the address."""
    return {"authorization": f"Bearer {token}"}


def test_who_asks_too_quickly_gets_a_429_with_words_and_seconds(client: httpx.Client) -> None:
    client.headers.update(as_("quick"))
    for n in range(6):
        assert join(client, "Får jag?", f"quick{n}").status_code == 200
        *_, done, _ = answers(client, f"quick{n}")
        assert done["success"] is True
    refused = join(client, "Får jag?", "quick6")
    assert refused.status_code == 429
    assert 0 < int(refused.headers["retry-after"]) <= 60
    assert refused.json()["error"] == "too_quick"
    assert "Din fråga står kvar" in refused.json()["message"]
    assert join(client, "May I?", "quick7", page="/en/").json()["message"].startswith("You are")
    client.headers.update(as_("another"))
    assert join(client, "Får jag?", "other").status_code == 200


def test_who_is_being_answered_must_wait_and_hears_so(
    client: httpx.Client, limited: Server
) -> None:
    client.headers.update(as_("slow"))
    assert join(client, WAITING, "slow1").status_code == 200
    wait_for((limited.folder / "asked").exists)
    refused = join(client, "Får jag?", "slow2")
    assert (refused.status_code, refused.json()["error"]) == (429, "too_many_at_once")
    (limited.folder / "go").touch()
    *_, done, _ = answers(client, "slow1")
    assert done["success"] is True
    assert join(client, "Får jag?", "slow3").status_code == 200


def test_a_service_that_is_turned_off_answers_nobody_and_says_why(
    client: httpx.Client, limited: Server
) -> None:
    client.headers.update(as_("off"))
    file = limited.folder / "off"
    file.write_text("Stängt för <b>underhåll</b>.", encoding="utf-8")
    refused = join(client, "Får jag?", "off1")
    assert (refused.status_code, refused.json()["error"]) == (503, "switched_off")
    assert refused.json()["message"] == "Stängt för <b>underhåll</b>."
    assert 'id="avstangt" role="alert">Stängt för &lt;b&gt;' in client.get("/").text
    assert "Closed for now." in client.get("/en/").text
    assert client.get("/redo").json()["failing"] == "switch"
    assert client.get("/halsa").status_code == 200
    file.unlink()
    assert join(client, "Får jag?", "off2").status_code == 200
    assert "avstangt" not in client.get("/").text


@pytest.mark.parametrize("path", ["upload", "file=/etc/passwd", "stream/a/b/c", "component_server"])
def test_there_is_no_way_to_upload(client: httpx.Client, path: str) -> None:
    answer = client.post(f"/gradio_api/{path}", files={"files": ("a.txt", b"x" * 1000)})
    assert answer.status_code == 404


def test_the_metrics_need_their_token_and_tell_of_what_happened(client: httpx.Client) -> None:
    assert client.get("/matvarden").status_code == 401
    client.headers.update(as_("metrics"))
    assert join(client, "Får jag?", "metrics").status_code == 200
    list(answers(client, "metrics"))
    text = client.get("/matvarden", headers=as_(TOKEN)).text
    turns = 'vagvisaren_turns_total{channel="web",language="sv",mode="extractive",'
    assert turns + 'outcome="answered"}' in text
    assert "vagvisaren_first_text_seconds_count" in text
    assert "vagvisaren_queue_length 0.0" in text
    assert 'route="question",status="200"' in text


def test_what_fails_within_gradio_reaches_no_log(client: httpx.Client, limited: Server) -> None:
    client.headers.update(as_("fails"))
    config = client.get("/config").json()
    path = {"path": "/etc/hemlig-199001012385", "meta": {"_type": "gradio.FileData"}}
    body = {"data": [path, None], "fn_index": config["dependencies"][0]["id"]}
    client.post("/gradio_api/queue/join", json={**body, "session_hash": "fails"})
    *_, done, _ = answers(client, "fails")
    assert done["success"] is False
    wait_for(lambda: "A library printed something" in limited.said)
    assert "hemlig" not in limited.said
    assert "Traceback" not in limited.said


def test_a_fault_in_a_page_has_the_headers_an_id_and_no_detail(
    client: httpx.Client, limited: Server
) -> None:
    answer = client.get("/avsnitt/krasch/1/anka")
    assert answer.status_code == 500
    assert answer.headers["x-request-id"] in answer.text
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    wait_for(lambda: "RuntimeError" in limited.said)
    assert "hemligt" not in answer.text + limited.said
    assert "anka" not in limited.said


def test_every_line_of_the_log_is_json_without_addresses(
    client: httpx.Client, limited: Server
) -> None:
    client.get("/avsnitt/ansvar/2026-1/ditt-ansvar?fran=7&till=9")
    client.get("/x%0a%1b[31mfalsk")
    wait_for(lambda: '"route": "passage"' in limited.said)
    lines = [line for line in limited.said.splitlines() if line.startswith("{")]
    assert all(json.loads(line)["logger"] for line in lines)
    assert len(lines) == len(limited.said.splitlines()) - 2  # the test's own: starting, the address
    assert "ditt-ansvar" not in limited.said
    assert "falsk" not in limited.said
    assert "session_hash" not in limited.said


def test_a_stop_takes_no_question_and_finishes_what_is_being_answered(tmp_path: Path) -> None:
    with (
        operated(tmp_path) as server,
        httpx.Client(base_url=server.address, timeout=90) as client,
    ):
        with client.stream("GET", "/gradio_api/heartbeat/open"):  # never ends by itself
            assert join(client, WAITING, "kept").status_code == 200
            wait_for((tmp_path / "asked").exists)
            server.terminate()
            wait_for(lambda: client.get("/redo").status_code == 503, server.process)
            assert client.get("/redo").json()["failing"] == "stopping"
            assert join(client, "Får jag?", "late").json()["error"] == "stopping"
            (tmp_path / "go").touch()
            *_, done, _ = answers(client, "kept")
            assert done["success"] is True
            assert "Svaret är klart" in json.dumps(done, ensure_ascii=False)
        assert server.process.wait(timeout=60) == 0
        assert server.said.endswith("stopped in good order\n")


def test_a_stop_waits_no_longer_than_it_may(tmp_path: Path) -> None:
    with (
        operated(tmp_path, stop_seconds=0.5) as server,
        httpx.Client(base_url=server.address, timeout=90) as client,
    ):
        join(client, WAITING, "never")
        wait_for((tmp_path / "asked").exists)
        started = time.monotonic()
        server.terminate()
        assert server.process.wait(timeout=60) == 0
        assert time.monotonic() - started < 30
        assert "1 answers were cut off" in server.said
