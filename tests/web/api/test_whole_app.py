"""The app as it is served: the guide's commands work, and Gradio's own interface stays closed."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest

from kb.settings import Settings
from tests.web.api.made import QUESTION
from tests.web.api.served import Served, served_api
from tests.web.served import ROOT

GUIDE = (ROOT / "docs/guides/api.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```bash\n(curl .+?)```", GUIDE, re.DOTALL)


@pytest.fixture(scope="module")
def server(small_settings: Settings) -> Iterator[Served]:
    with served_api(small_settings) as server:
        yield server


@pytest.fixture(scope="module")
def client(server: Served) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server.address, timeout=30) as client:
        yield client


@pytest.fixture
def bearer(server: Served) -> dict[str, str]:
    return {"authorization": f"Bearer {server.token}"}


def test_every_example_of_the_guide_works(
    server: Served, client: httpx.Client, bearer: dict[str, str]
) -> None:
    if shutil.which("curl") is None:
        pytest.skip("curl is not installed")
    asked = client.post("/api/v1/ask", json={"question": QUESTION}, headers=bearer).json()
    known = {
        "http://127.0.0.1:7860": server.address,
        "DOKUMENT/UTGAVA/ANKARE": "losenord/1/dela",
        "51872003631a42649d664d225a7cc526": asked["id"],
    }
    assert len(EXAMPLES) == 6
    for example in EXAMPLES:
        command = example
        for written, real in known.items():
            command = command.replace(written, real)
        done = subprocess.run(
            ["bash", "-c", command],
            env={**os.environ, "VGV_TOKEN": server.token},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        assert json.loads(done.stdout)


def test_the_guide_names_every_address(client: httpx.Client, bearer: dict[str, str]) -> None:
    paths = client.get("/api/openapi.json", headers=bearer).json()["paths"]
    for path in paths:
        assert f"/api{path.partition('{')[0]}" in GUIDE


def test_mcp_answers_in_the_whole_app(client: httpx.Client, bearer: dict[str, str]) -> None:
    call = {"name": "ask", "arguments": {"question": QUESTION}}
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call}
    headers = {**bearer, "accept": "application/json, text/event-stream"}
    reply = client.post("/mcp", json=body, headers=headers).json()
    assert reply["result"]["structuredContent"]["short"] == "Nej."


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/call/respond",
        "/gradio_api/run/predict",
        "/gradio_api/api/predict",
        "/gradio_api/mcp/",
        "/gradio_api/mcp/sse",
        "/gradio_api/mcp/schema",
        "/gradio_api/openapi.json",
        "/api/predict",
        "/api/queue/join",
        "/run/predict",
        "/mcp/sse",
        "/docs",
        "/openapi.json",
    ],
)
def test_the_interface_of_gradio_stays_closed(
    client: httpx.Client, bearer: dict[str, str], path: str
) -> None:
    for headers in ({}, bearer):
        assert client.get(path, headers=headers).status_code == 404
        assert client.post(path, json={"data": []}, headers=headers).status_code == 404


@contextmanager
def signed_in(server: Served) -> Iterator[httpx.Client]:
    form = {"namn": "prov", "losenord": server.password, "till": "/"}
    origin = {"origin": server.address}
    with httpx.Client(base_url=server.address, timeout=30) as client:
        assert client.post("/logga-in", data=form, headers=origin).headers["location"] == "/"
        yield client


def test_the_chat_is_for_those_who_sign_in_and_its_functions_are_private(
    server: Served, client: httpx.Client, bearer: dict[str, str]
) -> None:
    assert client.get("/").status_code == 401
    assert client.get("/", headers=bearer).status_code == 401
    with signed_in(server) as person:
        assert person.get("/").status_code == 200
        assert person.get("/gradio_api/info").json()["named_endpoints"] == {}


def test_one_who_has_signed_in_reads_the_documentation_and_nothing_else_of_the_api(
    server: Served,
) -> None:
    with signed_in(server) as person:
        assert person.get("/api/").text.startswith("<!doctype html>")
        assert person.post("/api/v1/ask", json={"question": QUESTION}).status_code == 401
        assert person.get("/api/v1/search", params={"q": QUESTION}).status_code == 401


def test_the_short_address_leads_to_the_documentation(
    client: httpx.Client, bearer: dict[str, str]
) -> None:
    reply = client.get("/api", headers=bearer)
    assert reply.headers["location"] == "/api/"
    assert client.get("/api/", headers=bearer).text.startswith("<!doctype html>")
    assert client.get("/api").status_code == 401
