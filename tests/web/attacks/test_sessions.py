"""Others' conversations and cookies, fixed sessions, guessed passwords."""

import json
import time

import httpx
import pytest

from tests.web.attacks.hostile import QUESTION, SECRET, SECRET_QUESTION
from tests.web.attacks.town import ANNA, BO, COOKIE, Town, a_session, ask, functions

PERSONAL = ("/", "/en/", "/config", "/gradio_api/info", "/avsnitt/nyckelkort/1/kort", "/om")


@pytest.fixture
def theirs(bo: httpx.Client) -> str:
    """Return the id of another's conversation."""
    identity = a_session()
    ask(bo, QUESTION, session=identity)
    return identity


@pytest.mark.parametrize("page", ["", "/en"])
def test_anothers_answers_are_not_read(anna: httpx.Client, theirs: str, page: str) -> None:
    for address in ("queue/data", f"heartbeat/{theirs}"):
        query = {"session_hash": theirs}
        answer = anna.get(f"{page}/gradio_api/{address}", params=query)
        assert answer.status_code == 403
    twice = f"{page}/gradio_api/queue/data?session_hash={a_session()}&session_hash={theirs}"
    assert anna.get(twice).status_code == 403
    coded = f"{page}/gradio_api/queue/data?session%5fhash={theirs}"
    assert anna.get(coded).status_code == 403


def test_an_address_names_another_than_the_body(anna: httpx.Client, theirs: str) -> None:
    body = {"data": ["x", None, None, None], "fn_index": 0, "session_hash": a_session()}
    answer = anna.post(f"/gradio_api/queue/join?session_hash={theirs}", json=body)
    assert answer.status_code == 403


@pytest.mark.parametrize("change", ["upper", "space", "nul", "longer", "width"])
def test_an_id_that_only_looks_like_anothers_opens_nothing(
    anna: httpx.Client, theirs: str, change: str
) -> None:
    forged = {
        "upper": theirs.upper(),
        "space": f" {theirs}",
        "nul": f"{theirs}\0",
        "longer": f"{theirs}_0",
        "width": theirs.replace("a", "ａ", 1) + "ａ",
    }[change]
    body = {"data": [json.dumps({"act": "rate", "number": 1, "useful": True}), None, None]}
    answer = anna.post(
        "/gradio_api/queue/join", json=body | {"fn_index": 3, "session_hash": forged}
    )
    if answer.status_code == 200:  # a conversation of one's own, and an empty one
        query = {"session_hash": forged}
        assert "Tack" not in anna.get("/gradio_api/queue/data", params=query).text
    else:
        assert answer.status_code == 403


def test_the_cookie_of_one_does_not_open_the_conversation_of_another(
    town: Town, anna: httpx.Client, bo: httpx.Client, theirs: str
) -> None:
    both = f"{COOKIE}={bo.cookies[COOKIE]}; {COOKIE}={anna.cookies[COOKIE]}"
    headers = {"cookie": both}
    query = {"session_hash": theirs}
    assert town.anybody().get("/", headers=headers).status_code == 200
    answer = town.anybody().get("/gradio_api/queue/data", params=query, headers=headers)
    assert answer.status_code == 403


def test_what_is_for_a_group_is_nowhere_for_others(anna: httpx.Client, skola: httpx.Client) -> None:
    assert SECRET in ask(skola, SECRET_QUESTION)
    assert SECRET not in ask(anna, SECRET_QUESTION)
    for address in ("/avsnitt/skolsystemet/1/elevlistor", "/original/skolsystemet/1"):
        assert skola.get(address).status_code == 200
        forged = {"x-groups": "skola", "x-forwarded-user": "prov3", "x-remote-user": "prov3"}
        refused = anna.get(address, headers=forged, params={"audience": "skola", "groups": "skola"})
        missing = anna.get(address.replace("skolsystemet", "finnsinte"))
        assert refused.status_code == missing.status_code == 404
        assert refused.content == missing.content


def test_a_session_fixed_beforehand_is_not_the_one_that_is_signed_in(town: Town) -> None:
    fixed = "A" * 43
    browser = town.anybody()
    form = {"namn": ANNA, "losenord": town.passwords[ANNA]}
    browser.post("/logga-in", data=form, headers={"cookie": f"{COOKIE}={fixed}"})
    assert browser.cookies[COOKIE] != fixed
    cookie = {"cookie": f"{COOKIE}={fixed}"}
    assert town.anybody().get("/config", headers=cookie).status_code == 401


def test_an_attackers_own_session_is_not_lent_to_who_signs_in_over_it(town: Town) -> None:
    mine = town.signed_in(ANNA).cookies[COOKIE]
    form = {"namn": BO, "losenord": town.passwords[BO]}
    other = town.anybody()
    other.post("/logga-in", data=form, headers={"cookie": f"{COOKIE}={mine}"})
    cookie = {"cookie": f"{COOKIE}={mine}"}
    assert town.anybody().get("/config", headers=cookie).status_code == 401


def test_a_stolen_cookie_is_worth_nothing_after_signing_out(town: Town) -> None:
    browser = town.signed_in(ANNA)
    stolen = {"cookie": f"{COOKIE}={browser.cookies[COOKIE]}"}
    browser.post("/logga-ut")
    assert town.anybody().get("/config", headers=stolen).status_code == 401


def test_the_cookie_is_closed_to_scripts_and_other_sites(town: Town) -> None:
    form = {"namn": ANNA, "losenord": town.passwords[ANNA]}
    said = town.anybody().post("/logga-in", data=form).headers["set-cookie"]
    assert "HttpOnly" in said
    assert "samesite=lax" in said.lower()
    assert "domain" not in said.lower()


def test_no_personal_answer_is_kept_by_the_browser(anna: httpx.Client, theirs: str) -> None:
    for address in PERSONAL:
        assert anna.get(address).headers["cache-control"] == "no-store", address
    session, function = a_session(), functions(anna)[0]
    body = {"data": [QUESTION, None, None, None], "fn_index": function["id"]}
    joined = anna.post("/gradio_api/queue/join", json=body | {"session_hash": session})
    assert joined.headers["cache-control"] == "no-store"
    query = {"session_hash": session}
    with anna.stream("GET", "/gradio_api/queue/data", params=query) as stream:
        assert stream.headers["cache-control"] == "no-store"
        stream.read()
    for address in ("/original/nyckelkort/1",):
        assert anna.get(address).headers["cache-control"] == "private, no-store"


@pytest.mark.parametrize("till", ["//evil.example", "/\\evil.example", "https://evil.example"])
def test_signing_in_leads_to_no_other_site(town: Town, till: str) -> None:
    form = {"namn": ANNA, "losenord": town.passwords[ANNA], "till": till}
    assert town.anybody().post("/logga-in", data=form).headers["location"] == "/"
    page = town.anybody().get("/logga-in", params={"till": till}).text
    assert "evil.example" not in page


def test_guessing_passwords_is_slowed_down_and_the_right_one_is_not(town: Town) -> None:
    guesser = town.anybody()
    started = time.monotonic()
    for number in range(10):
        form = {"namn": ANNA, "losenord": f"gissning {number}"}
        assert guesser.post("/logga-in", data=form).status_code == 403
    guessed = time.monotonic() - started
    assert guessed > 2
    assert len(town.passwords[ANNA]) == 16  # 96 bits
    started = time.monotonic()
    town.signed_in(ANNA)
    assert time.monotonic() - started < guessed


def test_guessing_the_token_of_the_metrics_is_slowed_down(town: Town, anna: httpx.Client) -> None:
    started = time.monotonic()
    for number in range(8):
        headers = {"authorization": f"Bearer gissning {number}"}
        answer = anna.get("/matvarden", headers=headers)
        assert answer.status_code == 401
        assert "vagvisaren_" not in answer.text
    assert time.monotonic() - started > 0.5
    for forged in ("", "Bearer", "Basic x", "Bearer \xff"):
        headers_ = {b"authorization": forged.encode("latin-1")}
        assert anna.get("/matvarden", headers=headers_).status_code in (401, 429)
    assert anna.get("/matvarden?token=ett-langt-ord-for-matvarden").status_code in (401, 429)


def test_a_token_of_a_program_is_taken_from_its_header_alone(
    town: Town, anna: httpx.Client
) -> None:
    for query in ("token", "access_token", "authorization", "api_key"):
        answer = anna.get(f"/api/v1/search?q=x&{query}={town.token}")
        assert answer.status_code == 401
    body = {"question": "x", "access_token": town.token}
    assert anna.post("/api/v1/ask", json=body).status_code == 401
    basic = anna.get("/api/v1/search?q=x", auth=("x", town.token))
    assert basic.status_code == 401
