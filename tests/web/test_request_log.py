"""Every request is logged and counted once, by class, with an id of our own."""

import logging

import pytest
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send

from web.logs import FIELDS, request_id
from web.metrics import Metrics
from web.request_log import RequestLog, started_at
from web.route_class import RouteClass, route_class


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer with the id that logs within the request get."""
    if scope["path"] == "/krasch":
        raise RuntimeError("hemligt")
    assert started_at(scope) > 0
    await PlainTextResponse(request_id.get(), status_code=418)(scope, receive, send)


@pytest.fixture
def metrics() -> Metrics:
    return Metrics()


@pytest.fixture
def client(metrics: Metrics) -> TestClient:
    return TestClient(RequestLog(app, metrics=metrics), raise_server_exceptions=False)


def test_a_request_is_logged_without_its_address(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, logger="web.request_log"):
        client.get("/avsnitt/hemligt/1/a?fraga=hemlig", headers={"cookie": "hemlig"})
    (record,) = caplog.records
    fields = vars(record)[FIELDS]
    assert fields.pop("ms") >= 0
    assert fields == {"method": "GET", "route": "passage", "status": 418}
    assert "hemlig" not in record.getMessage()


def test_the_id_is_ours_whatever_the_request_says(client: TestClient) -> None:
    answer = client.get("/", headers={"x-request-id": "ondska\tx"})
    assert answer.headers["x-request-id"] == answer.text
    assert len(answer.text) == 16
    assert client.get("/").text != answer.text


def test_a_request_is_counted_by_class_method_and_status(
    client: TestClient, metrics: Metrics
) -> None:
    client.post("/gradio_api/queue/join")
    labels = {"route": "question", "method": "POST", "status": "418"}
    assert metrics.registry.get_sample_value("vagvisaren_requests_total", labels) == 1


def test_a_request_that_fails_before_its_answer_is_counted(
    client: TestClient, metrics: Metrics
) -> None:
    client.get("/krasch")
    labels = {"route": "other", "method": "GET", "status": "499"}
    assert metrics.registry.get_sample_value("vagvisaren_requests_total", labels) == 1


@pytest.mark.parametrize("path", ["/halsa", "/resurser/vagvisaren.js", "/config"])
def test_what_nobody_reads_is_logged_only_when_debugging_or_refused(
    path: str, caplog: pytest.LogCaptureFixture
) -> None:
    async def fine(scope: Scope, receive: Receive, send: Send) -> None:
        await PlainTextResponse("ok")(scope, receive, send)

    with caplog.at_level(logging.DEBUG, logger="web.request_log"):
        TestClient(RequestLog(fine, metrics=Metrics())).get(path)
        TestClient(RequestLog(app, metrics=Metrics())).get(path)
    assert [record.levelname for record in caplog.records] == ["DEBUG", "INFO"]


@pytest.mark.parametrize(
    ("path", "route"),
    [
        ("/", RouteClass.PAGE),
        ("/en/", RouteClass.PAGE),
        ("/en/gradio_api/queue/join", RouteClass.QUESTION),
        ("/gradio_api/queue/data", RouteClass.ANSWER),
        ("/gradio_api/heartbeat/abc", RouteClass.GRADIO),
        ("/api/v1/ask", RouteClass.API),
        ("/mcp", RouteClass.MCP),
        ("/om", RouteClass.ABOUT),
        ("/redo", RouteClass.HEALTH),
        ("/matvarden", RouteClass.METRICS),
        ("/wp-admin/../x", RouteClass.OTHER),
    ],
)
def test_every_address_has_a_class(path: str, route: RouteClass) -> None:
    assert route_class(path) is route
