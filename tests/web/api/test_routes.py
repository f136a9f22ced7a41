"""Every address of the API, over the real guide of a small library."""

import json
import logging
from dataclasses import fields

import pytest
from starlette.testclient import TestClient

from kb.records import Citation
from tests.web.api.made import (
    PERSONAL_NUMBER,
    QUESTION,
    SECRET,
    SECRET_QUESTION,
    Place,
)
from web.api.replies import AnswerReply, CitationReply, HitsReply, PassageReply


def test_an_answer_is_the_contracts_json(api: TestClient) -> None:
    reply = api.post("/api/v1/ask", json={"question": QUESTION})
    assert reply.status_code == 200
    answer = reply.json()
    assert list(answer) == list(AnswerReply.model_fields)
    assert (answer["outcome"], answer["short"]) == ("answered", "Nej.")
    assert (
        answer["citations"][0]["quote"]
        in "Du får inte dela ditt lösenord med någon, inte heller med en AI-tjänst."
    )
    AnswerReply.model_validate_json(reply.content)


def test_the_described_citation_is_the_real_one() -> None:
    assert list(CitationReply.model_fields) == [one.name for one in fields(Citation)]


def test_an_answer_is_journalled_before_it_is_given_out(api: TestClient, place: Place) -> None:
    call = {"question": QUESTION, "as_of": "2026-06-01", "language": "en"}
    answer = api.post("/api/v1/ask", json=call).json()
    kept = place.turns()[-1].row
    assert (kept["id"], kept["channel"], kept["as_of"]) == (answer["id"], "api", "2026-06-01")
    assert kept["actor"].startswith("token:")
    assert answer["language"] == "en"


def test_a_follow_up_is_understood_from_earlier_questions(api: TestClient) -> None:
    call = {"question": "Och personuppgifter?"}
    alone = api.post("/api/v1/ask", json=call).json()
    earlier = ["Får jag mata in lösenord i en öppen AI-tjänst?"]
    answer = api.post("/api/v1/ask", json=call | {"history": earlier}).json()
    assert answer["citations"][0]["anchor"] == "mata-in"
    assert alone["citations"] != answer["citations"]


def test_personal_data_is_turned_back_and_leaves_no_trace(
    api: TestClient, place: Place, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    told = f"Får jag mata in {PERSONAL_NUMBER} i en AI-tjänst?"
    reply = api.post("/api/v1/ask", json={"question": told})
    assert (reply.json()["outcome"], reply.json()["question"]) == ("redact_first", "")
    kept = place.turns()[-1]
    assert kept.row["outcome"] == "redact_first"
    for trace in (reply.text, str(kept), caplog.text):
        assert "2385" not in trace


def test_personal_data_in_an_earlier_question_is_turned_back_too(
    api: TestClient, place: Place
) -> None:
    before = len(place.turns())
    call = {"question": QUESTION, "history": [f"Gäller {PERSONAL_NUMBER}?"]}
    reply = api.post("/api/v1/ask", json=call)
    assert (reply.status_code, reply.json()["type"]) == (422, "/api/#personal_data")
    assert "2385" not in reply.text
    assert len(place.turns()) == before


def test_hits_are_the_contracts_json_by_get_and_post(api: TestClient) -> None:
    by_get = api.get("/api/v1/search", params={"q": "lösenord", "k": 2})
    by_post = api.post("/api/v1/search", json={"q": "lösenord", "k": 2})
    assert by_get.json() == by_post.json()
    assert by_get.json()["hits"][0]["document_id"] == "losenord"
    assert len(by_get.json()["hits"]) == 2
    HitsReply.model_validate_json(by_get.content)


@pytest.mark.parametrize("method", ["get", "post"])
def test_personal_data_is_not_searched_for(api: TestClient, method: str) -> None:
    call = {"q": f"Vad gäller {PERSONAL_NUMBER}?"}
    sent = {"params": call} if method == "get" else {"json": call}
    reply = api.request(method, "/api/v1/search", **sent)  # type: ignore[arg-type]
    assert reply.status_code == 422
    assert reply.json()["type"] == "/api/#personal_data"
    assert "2385" not in reply.text


def test_a_passage_comes_word_for_word_with_the_facts_of_its_document(api: TestClient) -> None:
    reply = api.get("/api/v1/passages/personuppgifter/1/mata-in")
    data = reply.json()
    assert data["passage"]["text"] == "Du får inte mata in personuppgifter i en öppen AI-tjänst."
    assert data["document"]["title"] == "Personuppgifter i AI-tjänster"
    assert "skyddad identitet" in data["after"]
    PassageReply.model_validate_json(reply.content)


def test_a_source_of_an_answer_leads_to_its_passage(api: TestClient) -> None:
    answer = api.post("/api/v1/ask", json={"question": QUESTION}).json()
    source = answer["citations"][0]
    steps = "/".join((source["document_id"], source["edition"], source["anchor"]))
    passage = api.get(f"/api/v1/passages/{steps}").json()["passage"]
    assert source["quote"] in passage["text"]
    assert source["digest"] == passage["digest"]


@pytest.mark.parametrize(
    "steps", ["finns/inte/alls", "..%2f..%2fetc/1/passwd", "a%0d%0aSet-Cookie:x/1/b", "%00/1/b"]
)
def test_a_passage_that_is_not_there_is_a_problem(api: TestClient, steps: str) -> None:
    reply = api.get(f"/api/v1/passages/{steps}")
    assert reply.status_code == 404
    assert reply.headers["content-type"] == "application/problem+json"
    assert "set-cookie" not in reply.headers


def test_feedback_is_written_masked(api: TestClient, place: Place) -> None:
    answer = api.post("/api/v1/ask", json={"question": QUESTION}).json()
    said = {"answer": answer["id"], "useful": False, "comment": f"Gäller {PERSONAL_NUMBER}"}
    assert api.post("/api/v1/feedback", json=said).json() == {"noted": True}
    (kept,) = place.turns()[-1].feedback
    assert (kept["channel"], kept["comment"]) == ("api", "Gäller [personnummer]")


def test_feedback_on_an_answer_that_is_not_there_is_a_problem(api: TestClient) -> None:
    reply = api.post("/api/v1/feedback", json={"answer": "0" * 32, "useful": True})
    assert (reply.status_code, reply.json()["type"]) == (404, "/api/#no_answer")


def test_a_document_of_another_group_is_nowhere(api: TestClient) -> None:
    replies = (
        api.post("/api/v1/ask", json={"question": SECRET_QUESTION}),
        api.post("/api/v1/search", json={"q": SECRET_QUESTION, "k": 50}),
        api.get("/api/v1/passages/skolsystemet/1/elevlistor"),
    )
    for reply in replies:
        assert SECRET not in reply.text
        assert "skolsystemet" not in reply.text
    assert replies[2].status_code == 404


def test_what_is_not_open_looks_like_what_is_not_there(api: TestClient) -> None:
    closed = api.get("/api/v1/passages/skolsystemet/1/elevlistor")
    missing = api.get("/api/v1/passages/finns/inte/alls")
    assert closed.content == missing.content


def test_a_token_of_the_group_opens_its_documents(anyone: TestClient, place: Place) -> None:
    headers = {"authorization": f"Bearer {place.token('skola')}"}
    answer = anyone.post("/api/v1/ask", json={"question": SECRET_QUESTION}, headers=headers)
    assert SECRET in answer.json()["text"]
    passage = anyone.get("/api/v1/passages/skolsystemet/1/elevlistor", headers=headers)
    assert passage.json()["passage"]["text"] == SECRET


def test_a_caller_cannot_name_groups_of_its_own(api: TestClient) -> None:
    for extra in ("groups", "audience", "role"):
        call = {"question": SECRET_QUESTION, extra: ["skola"]}
        assert api.post("/api/v1/ask", json=call).status_code == 422


def test_a_line_of_the_longest_question_is_answered(api: TestClient) -> None:
    call = {"question": "lösenord " * 444, "history": ["å" * 4000] * 6}
    assert len(json.dumps(call)) > 100_000
    assert api.post("/api/v1/ask", json=call).status_code == 200
