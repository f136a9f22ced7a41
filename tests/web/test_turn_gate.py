"""No question passes a rule that says no, by whichever way it comes; all else is left alone."""

import json
from collections.abc import Callable

import anyio
import pytest
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send

from ingest.errors import JournalError
from kb.switch.state import Standing
from web.operation import Doors
from web.public_switch import PublicSwitch
from web.refusal import STATUS, Reason, Refusal
from web.running import Running
from web.turn_gate import Rule, TurnGate

ASKING = [
    ("POST", "/gradio_api/queue/join"),
    ("POST", "/en/gradio_api/queue/join"),
    ("POST", "/api/v1/ask"),
    ("GET", "/api/v1/search"),
    ("POST", "/mcp"),
    ("POST", "/mcp/"),
]
NOT_ASKING = [
    ("GET", "/"),
    ("GET", "/gradio_api/queue/data"),
    ("GET", "/avsnitt/a/b/c"),
    ("GET", "/redo"),
    ("GET", "/mcp"),
]


class Held:
    """A switch that stands as it is told to."""

    def __init__(self, standing: Standing | None, *, is_fresh: bool = True) -> None:
        self.standing = standing
        self.is_fresh = is_fresh

    def read(self) -> Standing:
        if self.standing is None:
            raise JournalError("postgresql://hemligt")
        return self.standing


def client(*rules: Rule, refused: Callable[[Reason], None] = lambda _: None) -> TestClient:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await PlainTextResponse("framme")(scope, receive, send)

    return TestClient(TurnGate(app, rules=rules, running=Running(), refused=refused))


OFF = Standing(is_on=False, message="Stängt till <b>13</b>.", message_en="")


@pytest.mark.parametrize(("method", "path"), ASKING)
def test_a_closed_switch_stops_every_way_to_ask(method: str, path: str) -> None:
    answer = client(PublicSwitch(Held(OFF))).request(method, path)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "60")
    assert answer.json()["error"] == "switched_off"


@pytest.mark.parametrize(("method", "path"), NOT_ASKING)
def test_what_asks_nothing_is_left_alone(method: str, path: str) -> None:
    assert client(PublicSwitch(Held(OFF))).request(method, path).text == "framme"


@pytest.mark.parametrize(
    ("path", "accepts", "said"),
    [
        ("/gradio_api/queue/join", "en", OFF.message),
        ("/en/gradio_api/queue/join", "sv", "Vägvisaren is closed right now."),
        ("/api/v1/ask", "en-GB,en", "Vägvisaren is closed right now."),
        ("/api/v1/ask", "sv", OFF.message),
    ],
)
def test_the_message_is_in_the_language_of_the_page_or_the_request(
    path: str, accepts: str, said: str
) -> None:
    answer = client(PublicSwitch(Held(OFF))).post(path, headers={"accept-language": accepts})
    assert answer.json()["message"] == said


@pytest.mark.parametrize("is_fresh", [True, False])
def test_a_switch_that_cannot_be_read_stops_everything_and_tells_nothing(is_fresh: bool) -> None:
    answer = client(PublicSwitch(Held(None, is_fresh=is_fresh))).post("/gradio_api/queue/join")
    assert answer.status_code == 503
    assert answer.json()["error"] == "switch_unreadable"
    assert "hemligt" not in answer.text


def test_a_switch_that_is_on_lets_through() -> None:
    assert client(PublicSwitch(Held(Standing()))).post("/api/v1/ask").text == "framme"


def test_closed_doors_stop_questions() -> None:
    doors = Doors()
    opened = client(doors)
    assert opened.post("/api/v1/ask").status_code == 200
    doors.close()
    assert opened.post("/api/v1/ask").json()["error"] == "stopping"


def test_the_first_rule_that_refuses_is_counted_and_no_other_is_tried() -> None:
    tried: list[str] = []
    counted: list[Reason] = []

    def rule(name: str, refusal: Refusal | None) -> Rule:
        async def judge(scope: Scope) -> Refusal | None:
            tried.append(name)
            return refusal

        return judge

    rules = [
        rule("first", None),
        rule("second", Refusal(Reason.QUEUE_FULL, retry=5)),
        rule("third", Refusal(Reason.TOO_QUICK, retry=9)),
    ]
    client(*rules, refused=counted.append).post("/mcp")
    assert (tried, counted) == (["first", "second"], [Reason.QUEUE_FULL])


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_has_a_status_and_words_in_both_languages(reason: Reason) -> None:
    refusal = Refusal(reason, retry=7)
    assert STATUS[reason] in (429, 503)
    assert refusal.text("sv") != refusal.text("en")
    assert "{" not in refusal.text("sv") + refusal.text("en")


def test_the_words_of_a_refusal_are_data_whatever_stands_in_them() -> None:
    body = client(PublicSwitch(Held(OFF))).post("/api/v1/ask").content
    assert json.loads(body)["message"] == OFF.message


@pytest.mark.parametrize("path", ["/api/v1/ask", "/mcp"])
def test_a_program_gets_a_problem_in_both_languages(path: str) -> None:
    answer = client(PublicSwitch(Held(OFF))).post(path)
    assert answer.headers["content-type"] == "application/problem+json"
    said = answer.json()
    assert (said["type"], said["status"]) == ("/api/#unavailable", 503)
    assert said["detail"] == OFF.message
    assert said["detail_en"] == "Vägvisaren is closed right now."


def test_what_the_page_shows_instead_of_the_box() -> None:
    async def closed(standing: Standing | None) -> str:
        return await PublicSwitch(Held(standing)).closed("sv")

    assert anyio.run(closed, Standing()) == ""
    assert anyio.run(closed, OFF) == OFF.message
    assert anyio.run(closed, None) == "Vägvisaren kan inte svara just nu. Försök igen om en stund."
