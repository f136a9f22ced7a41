"""The guard lets through what the page asks for and nothing else."""

import httpx
import pytest

from web.guard import MAX_BODY


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example:7860", ""])
def test_a_strange_name_for_this_machine_is_refused(client: httpx.Client, host: str) -> None:
    answer = client.get("/halsa", headers={"host": host})
    assert answer.status_code == 400
    assert "Öppna Vägvisaren på den adress" in answer.text


@pytest.mark.parametrize("host", ["127.0.0.1:1", "localhost", "[::1]:7860"])
def test_this_machine_is_known_by_its_names(client: httpx.Client, host: str) -> None:
    assert client.get("/halsa", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:9999"])
def test_a_call_from_another_site_is_refused(client: httpx.Client, origin: str) -> None:
    answer = client.post("/gradio_api/queue/join", json={}, headers={"origin": origin})
    assert answer.status_code == 403


def test_a_cross_site_post_without_an_origin_is_refused(client: httpx.Client) -> None:
    headers = {"sec-fetch-site": "cross-site"}
    assert client.post("/gradio_api/queue/join", json={}, headers=headers).status_code == 403


def test_no_answer_invites_another_site(client: httpx.Client) -> None:
    answer = client.get("/", headers={"origin": str(client.base_url).rstrip("/")})
    assert answer.status_code == 200
    assert answer.headers.get("access-control-allow-origin") != "*"


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/upload",
        "/gradio_api/file=/etc/passwd",
        "/gradio_api/proxy=http://127.0.0.1/",
        "/gradio_api/run/predict",
        "/gradio_api/call/respond",
        "/gradio_api/component_server",
        "/gradio_api/deep_link",
        "/en/gradio_api/upload",
        "/login",
        "/docs",
        "/monitoring",
        "/resurser/../app.py",
    ],
)
def test_what_the_page_never_uses_is_closed(client: httpx.Client, path: str) -> None:
    assert client.get(path).status_code == 404
    assert client.post(path, json={}).status_code == 404


def test_a_large_body_is_refused_by_what_it_says(client: httpx.Client) -> None:
    answer = client.post("/gradio_api/queue/join", content=b"x" * (MAX_BODY + 1))
    assert answer.status_code == 413


def test_every_answer_has_the_security_headers(client: httpx.Client) -> None:
    for path in ("/", "/halsa", "/avsnitt/a/b/c", "/finns-inte", "/resurser/vagvisaren.js"):
        headers = client.get(path).headers
        assert headers["x-content-type-options"] == "nosniff", path
        assert headers["referrer-policy"] == "same-origin", path
        assert headers["x-frame-options"] == "DENY", path
        assert "frame-ancestors 'none'" in headers["content-security-policy"], path


def test_no_policy_allows_eval_or_a_strange_host(client: httpx.Client) -> None:
    for path in ("/", "/en/", "/avsnitt/plan-2026/1/fokus"):
        policy = client.get(path).headers["content-security-policy"]
        assert "unsafe-eval" not in policy
        assert "http" not in policy
        assert "*" not in policy
        assert (
            "script-src" not in policy
            or "'unsafe-inline'" not in policy.split("script-src")[1].split(";")[0]
        )
