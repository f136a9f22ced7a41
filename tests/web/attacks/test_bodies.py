"""Bodies that no page sends: huge, deep, doubled, half characters."""

import json

import httpx
import pytest

from tests.web.attacks.hostile import QUESTION
from tests.web.attacks.town import Town, a_session, ask, functions, join, messages

ADDRESSES = ("/gradio_api/queue/join", "/gradio_api/cancel", "/gradio_api/reset")


@pytest.mark.parametrize("address", [*ADDRESSES, "/logga-in", "/logga-ut", "/api/v1/ask", "/mcp"])
def test_an_oversized_body_is_refused(town: Town, anna: httpx.Client, address: str) -> None:
    headers = {"content-type": "application/json", "authorization": f"Bearer {town.token}"}
    whole = b'{"data":["' + b"x" * 3_000_000 + b'"]}'
    assert anna.post(address, content=whole, headers=headers).status_code == 413


def test_an_oversized_body_in_pieces_is_cut_off(town: Town, anna: httpx.Client) -> None:
    before = len(town.log())
    pieces = iter([b"x" * 65_536] * 40)
    try:
        answer = anna.post("/gradio_api/queue/join", content=pieces)
        assert answer.status_code >= 400
    except httpx.TransportError:
        pass  # cut off while it was being sent
    assert "MemoryError" not in town.log()[before:]
    assert anna.get("/halsa").status_code == 200


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("depth", [10_000, 100_000])
def test_a_body_ten_thousand_deep_is_refused(anna: httpx.Client, address: str, depth: int) -> None:
    for opened, closed in (("[", "]"), ('{"a":', "}")):
        whole = (opened * depth + "1" + closed * depth)[:250_000]
        answer = anna.post(address, content=whole, headers={"content-type": "application/json"})
        assert answer.status_code == 400


@pytest.mark.parametrize("address", ["/api/v1/ask", "/mcp"])
def test_a_deep_call_of_a_program_is_refused(town: Town, address: str) -> None:
    headers = {
        "content-type": "application/json",
        "accept": "application/json, text/event-stream",
        "authorization": f"Bearer {town.token}",
    }
    deep = "[" * 100_000 + "]" * 100_000
    assert town.anybody().post(address, content=deep, headers=headers).status_code == 400


@pytest.mark.parametrize(
    "body",
    [
        '{"session_hash":"%s","session_hash":"annans","data":[],"fn_index":0}',
        '{"session_hash":"%s","data":[],"data":["x",null,null,null],"fn_index":0}',
        '{"session_hash":"%s","data":[{"path":"x","path":"/etc/passwd"}],"fn_index":0}',
        '{"session_hash":"%s","data":[],"fn_index":0}{"fn_index":1}',
        '{"session_hash":["%s"],"data":[],"fn_index":0}',
        '{"session_hash":null,"data":["%s"],"fn_index":0}',
        '[{"session_hash":"%s"}]',
        '"%s"',
        "session_hash=%s",
        "",
    ],
)
def test_a_body_that_can_be_read_in_two_ways_is_refused(anna: httpx.Client, body: str) -> None:
    content = body.replace("%s", a_session())
    assert join(anna, content).status_code in (400, 403)


@pytest.mark.parametrize("form", ["utf-16", "utf-32", "utf-8-sig", "utf-7"])
def test_another_encoding_smuggles_nothing(bo: httpx.Client, anna: httpx.Client, form: str) -> None:
    session = a_session()
    ask(bo, QUESTION, session=session)
    body = json.dumps({"data": ["x", None, None, None], "fn_index": 0, "session_hash": session})
    assert join(anna, body.encode(form)).status_code in (400, 403)


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_what_a_form_of_another_site_could_send_is_no_call(anna: httpx.Client, kind: str) -> None:
    body = {"data": [QUESTION, None, None, None], "fn_index": 0, "session_hash": a_session()}
    headers = {"content-type": kind}
    answer = anna.post("/gradio_api/queue/join", content=json.dumps(body), headers=headers)
    assert answer.status_code in (400, 415, 422)


@pytest.mark.parametrize("sign", ["\x00", "\ud800", "\udfff\ud800", "\uffff", "\x1b[2J", "\u202e"])
def test_a_question_with_impossible_characters_is_answered_and_breaks_nothing(
    anna: httpx.Client, sign: str
) -> None:
    said = ask(anna, f"{QUESTION} {sign}")
    assert "Svaret är klart" in said
    assert "close_stream" in said


def test_a_question_of_a_hundred_thousand_characters_is_turned_away(anna: httpx.Client) -> None:
    assert "Frågan är för lång" in ask(anna, "x" * 100_000)


def test_a_stream_of_a_conversation_that_never_was_says_nothing(anna: httpx.Client) -> None:
    query = {"session_hash": a_session()}
    with (
        pytest.raises(httpx.RemoteProtocolError),
        anna.stream("GET", "/gradio_api/queue/data", params=query) as stream,
    ):
        assert b"Traceback" not in stream.read()


def test_an_event_of_another_is_not_cancelled(anna: httpx.Client, bo: httpx.Client) -> None:
    session = a_session()
    function = functions(bo)[0]
    body = {"data": [QUESTION, None, None, None], "fn_index": function["id"]}
    event = join(bo, body | {"session_hash": session}).json()["event_id"]
    theirs = {"session_hash": session, "fn_index": function["id"], "event_id": event}
    assert anna.post("/gradio_api/cancel", json=theirs).status_code == 403
    assert "Svaret är klart" in json.dumps(messages(bo, session), ensure_ascii=False)
