"""A conversation belongs to the person and browser that began it."""

import json

import pytest
from starlette.testclient import TestClient

from tests.web.sign_in.small_app import OWN, Place
from web.sign_in.binding import Owners

JOIN = "/gradio_api/queue/join"


def join(browser: TestClient, identity: object, *, page: str = "") -> int:
    body = {"session_hash": identity, "data": [], "fn_index": 0}
    status: int = browser.post(page + JOIN, json=body, headers=OWN).status_code
    return status


@pytest.fixture
def mine(place: Place) -> TestClient:
    browser = place.signed_in()
    assert join(browser, "min1") == 200
    return browser


@pytest.fixture
def theirs(place: Place, mine: TestClient) -> TestClient:
    return place.signed_in(sub="u1002")


def test_the_own_conversation_goes_on(mine: TestClient) -> None:
    assert join(mine, "min1") == 200
    assert mine.get("/gradio_api/queue/data?session_hash=min1").status_code == 200


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", JOIN, {"session_hash": "min1", "data": []}),
        ("POST", "/en" + JOIN, {"session_hash": "min1", "data": []}),
        ("POST", JOIN + "?session_hash=egen", {"session_hash": "min1"}),
        ("POST", JOIN + "?session_hash=min1", {"session_hash": "egen"}),
        ("GET", "/gradio_api/queue/data?session_hash=min1", None),
        ("GET", "/gradio_api/queue/data?session_hash=egen&session_hash=min1", None),
        ("GET", "/gradio_api/queue/data?session_hash=min1&session_hash=egen", None),
        ("GET", "/gradio_api/queue/data?session%5Fhash=m%69n1", None),
        ("POST", "/gradio_api/cancel", {"session_hash": "min1", "fn_index": 0, "event_id": "e"}),
        ("POST", "/gradio_api/reset", {"session_hash": "min1", "event_id": "e"}),
        ("GET", "/gradio_api/heartbeat/min1", None),
    ],
)
def test_anothers_conversation_is_refused(
    theirs: TestClient, method: str, path: str, body: dict[str, object] | None
) -> None:
    answer = theirs.request(method, path, json=body, headers=OWN)
    assert answer.status_code == 403
    assert "går inte att nå" in answer.text


def test_another_browser_of_the_same_person_is_another(place: Place, mine: TestClient) -> None:
    assert join(place.signed_in(), "min1") == 403


def test_after_a_new_sign_in_in_the_same_browser_it_goes_on(place: Place, mine: TestClient) -> None:
    place.clock.move(hours=2)
    assert join(mine, "min1") == 401
    place.signed_in(mine)
    assert join(mine, "min1") == 200


def test_after_signing_out_it_does_not(place: Place, mine: TestClient) -> None:
    mine.post("/logga-ut", headers=OWN)
    place.signed_in(mine)
    assert join(mine, "min1") == 403


def test_another_person_in_the_same_browser_does_not_go_on(place: Place, mine: TestClient) -> None:
    place.signed_in(mine, sub="u1002")
    assert join(mine, "min1") == 403


@pytest.mark.parametrize("path", ["/gradio_api/queue/data", "/gradio_api/queue/data?session_hash="])
def test_a_stream_of_no_conversation_is_refused(mine: TestClient, path: str) -> None:
    assert mine.get(path).status_code == 403


@pytest.mark.parametrize("identity", [None, "", 7, ["min1"], {"a": 1}, "x" * 65, "å", "a b", True])
def test_an_id_that_is_none_is_refused(mine: TestClient, identity: object) -> None:
    assert join(mine, identity) == 403


@pytest.mark.parametrize(
    "body",
    [
        b"x",
        b"[]",
        b"\xff",
        b'{"session_hash": "egen", "session_hash": "min1"}',
        b"[" * 5000,
        b"session_hash=min1",
    ],
)
def test_a_body_that_cannot_be_read_is_refused(theirs: TestClient, body: bytes) -> None:
    assert theirs.post(JOIN, content=body, headers=OWN).status_code == 400


def test_a_body_in_pieces_is_read_whole(theirs: TestClient) -> None:
    whole = json.dumps({"session_hash": "min1"}).encode()
    pieces = (whole[place : place + 3] for place in range(0, len(whole), 3))
    assert theirs.post(JOIN, content=pieces, headers=OWN).status_code == 403


def test_memory_is_bounded_and_nobody_pushes_out_another() -> None:
    owners = Owners(most=100, each=10)
    assert owners.is_own("min1", "jag")
    for number in range(500):
        owners.is_own(f"annan{number}", "den andra")
    assert len(owners) == 11
    assert not owners.is_own("min1", "den andra")
    for number in range(500):
        owners.is_own("x", f"någon{number}")
        owners.is_own(f"y{number}", f"någon{number}")
    assert len(owners) == 100
