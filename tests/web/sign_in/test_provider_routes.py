"""Coming back from the provider: what is right lets in, everything else is refused and written."""

from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from ingest.errors import JournalError
from kb.sign_in.setup import CALLBACK
from tests.kb.sign_in.fake_provider import CLIENT, ISSUER, ORIGIN
from tests.web.sign_in.small_app import OWN, PAGE, Place, asked_of

COOKIE = "__Host-vagvisaren-session"


def refused_for(place: Place, reason: str) -> bool:
    """Tell whether the last thing written is a refusal for a reason, and nobody is in."""
    return place.written.lines[-1].startswith("refused") and reason in place.written.lines[-1]


def test_a_person_is_asked_for_as_the_standard_says(place: Place) -> None:
    answer = place.browser().get("/logga-in")
    asked = asked_of(answer)
    assert answer.headers["location"].startswith(f"{ISSUER}/auth?")
    assert asked["redirect_uri"] == ORIGIN + CALLBACK
    assert (asked["response_type"], asked["code_challenge_method"]) == ("code", "S256")
    assert (asked["client_id"], asked["scope"]) == (CLIENT, "openid profile")
    assert min(len(asked[name]) for name in ("state", "nonce", "code_challenge")) == 43


def test_every_attempt_has_secrets_of_its_own(place: Place) -> None:
    one, two = (asked_of(place.browser().get("/logga-in")) for _ in range(2))
    for name in ("state", "nonce", "code_challenge"):
        assert one[name] != two[name]
    assert len({one["state"], one["nonce"], one["code_challenge"]}) == 3


def test_signing_in_makes_the_person_of_the_claims(place: Place) -> None:
    browser = place.signed_in()
    assert browser.get("/").text.startswith("u1001 reviewer chefer ")
    assert place.written.lines == ["in u1001 oidc; role=reviewer; groups=chefer"]


def test_the_cookies_are_closed_to_scripts_and_other_sites(place: Place) -> None:
    browser = place.browser()
    given = place.leave(browser)
    for cookie in (
        browser.get("/logga-in").headers["set-cookie"],
        place.come_back(browser, given).headers.get_list("set-cookie")[0],
    ):
        assert cookie.startswith("__Host-vagvisaren-")
        for mark in ("HttpOnly", "Secure", "SameSite=lax", "Path=/"):
            assert mark in cookie
        assert "Domain" not in cookie


def test_a_session_cookie_says_nothing(place: Place) -> None:
    identity = place.signed_in().cookies[COOKIE]
    assert len(identity) == 43
    assert "u1001" not in identity


def test_a_person_comes_to_the_page_they_wanted(place: Place) -> None:
    browser = place.browser()
    given = place.leave(browser, till="/avsnitt/a/b/c?fran=1&till=2")
    answer = place.come_back(browser, given)
    assert answer.headers["location"] == "/avsnitt/a/b/c?fran=1&till=2"


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"aud": "annan-tjanst"}, "wrong_audience"),
        ({"iss": "https://evil.example"}, "wrong_issuer"),
        ({"azp": "annan-tjanst"}, "wrong_party"),
        ({"exp": 1}, "expired"),
        ({"iat": 1}, "wrong_time"),
        ({"iat": 9_999_999_999}, "wrong_time"),
        ({"nbf": 9_999_999_999}, "not_yet_valid"),
        ({"nonce": None}, "wrong_nonce"),
        ({"nonce": "x" * 43}, "wrong_nonce"),
        ({"sub": None}, "no_subject"),
    ],
)
def test_a_wrong_token_lets_nobody_in(place: Place, changed: dict[str, Any], reason: str) -> None:
    browser = place.browser()
    place.fake.claims = changed
    answer = place.come_back(browser, place.leave(browser))
    assert answer.status_code == 400
    assert refused_for(place, reason)
    assert COOKIE not in browser.cookies
    assert browser.get("/config").status_code == 401


def test_an_id_token_of_an_earlier_attempt_is_refused(place: Place) -> None:
    first = asked_of(place.browser().get("/logga-in"))["nonce"]
    place.fake.token = place.fake.signed(place.fake.id_claims(nonce=first))
    browser = place.browser()
    assert place.come_back(browser, place.leave(browser)).status_code == 400
    assert refused_for(place, "wrong_nonce")


def test_an_answer_is_taken_once(place: Place) -> None:
    browser = place.browser()
    jar = dict(browser.cookies)
    given = place.leave(browser)
    jar = dict(browser.cookies)
    assert place.come_back(browser, given).status_code == 303
    place.fake.codes[given["code"]] = {}  # even a provider that would give tokens again
    again = place.browser()
    for name, value in jar.items():
        again.cookies.set(name, value)
    assert place.come_back(again, given).status_code == 400
    assert refused_for(place, "used_attempt")


def test_the_browser_forgets_an_attempt_that_has_been_used(place: Place) -> None:
    browser = place.signed_in()
    assert list(browser.cookies) == [COOKIE]


def test_a_used_code_is_refused_by_the_provider(place: Place) -> None:
    browser = place.browser()
    used = place.leave(browser)
    place.come_back(browser, used)
    given = place.leave(browser) | {"code": used["code"]}
    assert place.come_back(browser, given).status_code == 503
    assert refused_for(place, "status_400")


def test_a_code_of_somebody_elses_attempt_is_refused(place: Place) -> None:
    theirs = place.leave(place.browser())
    browser = place.browser()
    mine = place.leave(browser)
    assert place.come_back(browser, mine | {"code": theirs["code"]}).status_code == 503
    assert COOKIE not in browser.cookies


def test_an_answer_to_another_browser_is_refused(place: Place) -> None:
    given = place.leave(place.browser())
    for browser in (place.browser(), place.signed_in(sub="u1002")):
        assert place.come_back(browser, given).status_code == 400
        assert refused_for(place, "no_attempt")


@pytest.mark.parametrize("state", ["", "x", "x" * 43, "å" * 43, "../../x", "a\r\nb"])
def test_a_state_that_nobody_gave_is_refused(place: Place, state: str) -> None:
    browser = place.browser()
    given = place.leave(browser) | {"state": state}
    assert place.come_back(browser, given).status_code == 400
    assert len(place.fake.calls) == 2  # what it announces and its keys: the code went nowhere


def test_an_attempt_that_took_too_long_is_refused(place: Place) -> None:
    browser = place.browser()
    given = place.leave(browser)
    place.clock.move(minutes=10, seconds=1)
    assert place.come_back(browser, given).status_code == 400
    assert refused_for(place, "no_attempt")


@pytest.mark.parametrize("part", ["started", "target", "secret"])
def test_a_tampered_attempt_is_refused(place: Place, part: str) -> None:
    browser = place.browser()
    given = place.leave(browser)
    (name,) = dict(browser.cookies)
    secret, started, target = browser.cookies[name].split(".")
    changed = {
        "started": f"{secret}.{int(started) + 60}.{target}",
        "target": f"{secret}.{started}.L2V2aWw",
        "secret": f"{'A' * 43}.{started}.{target}",
    }[part]
    browser.cookies.clear()
    browser.cookies.set(name, changed)
    place.clock.move(seconds=90)
    assert place.come_back(browser, given).status_code == 400
    assert refused_for(place, "no_attempt")


@pytest.mark.parametrize("issuer", [None, "https://evil.example", ISSUER + "/", ""])
def test_an_answer_of_another_provider_is_refused(place: Place, issuer: str | None) -> None:
    browser = place.browser()
    given = place.leave(browser)
    changed = {name: value for name, value in given.items() if name != "iss"}
    if issuer is not None:
        changed["iss"] = issuer
    assert place.come_back(browser, changed).status_code == 400
    assert refused_for(place, "wrong_provider")
    assert not any(call.url.path.endswith("/token") for call in place.fake.calls)


def test_a_provider_that_never_names_itself_need_not(place: Place) -> None:
    place.fake.metadata = {"authorization_response_iss_parameter_supported": False}
    browser = place.browser()
    given = place.leave(browser)
    del given["iss"]
    assert place.come_back(browser, given).status_code == 303


@pytest.mark.parametrize("name", ["state", "code", "iss"])
def test_what_stands_twice_is_refused(place: Place, name: str) -> None:
    browser = place.browser()
    given = place.leave(browser)
    query = "&".join(f"{key}={quote(value)}" for key, value in [*given.items(), (name, "x")])
    assert browser.get(f"/logga-in/svar?{query}").status_code == 400
    assert COOKIE not in browser.cookies


def test_what_the_provider_says_of_an_error_is_not_shown(place: Place) -> None:
    browser = place.browser()
    given = place.leave(browser)
    del given["code"]
    answer = place.come_back(
        browser, given | {"error": "access_denied", "error_description": "<b>Ring 0701740605</b>"}
    )
    assert answer.status_code == 400
    assert "Ring" not in answer.text
    assert place.written.lines[-1] == "refused - refused_by_provider"


def test_a_new_id_is_given_at_every_sign_in(place: Place) -> None:
    browser = place.browser()
    # Put there by somebody who wants to share the session.
    browser.cookies.set(COOKIE, "A" * 43, domain="vagvisaren.staden.example", path="/")
    place.signed_in(browser)
    first = browser.cookies[COOKIE]
    assert first != "A" * 43
    place.signed_in(browser)
    assert browser.cookies[COOKIE] != first
    stale = place.browser()
    stale.cookies.set(COOKIE, first)
    assert stale.get("/config").status_code == 401


def test_who_lacks_the_required_claim_is_told_and_written_down(tmp_path: Path) -> None:
    place = Place(tmp_path, required=("organisation", "staden"))
    browser = place.browser()
    answer = place.come_back(browser, place.leave(browser))
    assert answer.status_code == 403
    assert "kontot har inte tillgång" in answer.text
    assert place.written.lines[-1] == "refused u1001 not_allowed"


def test_claims_that_are_kept_apart_are_fetched(place: Place) -> None:
    place.fake.userinfo = {"sub": "u1001", "roles": ["ai-forf"], "groups": []}
    browser = place.signed_in(roles=None, groups=None)
    assert browser.get("/").text.startswith("u1001 author ")


def test_claims_of_somebody_else_are_refused(place: Place) -> None:
    place.fake.userinfo = {"sub": "u1002", "roles": ["ai-rad"]}
    place.fake.claims = {"roles": None}
    browser = place.browser()
    assert place.come_back(browser, place.leave(browser)).status_code == 400
    assert refused_for(place, "other_subject")


def test_nobody_comes_in_unwritten(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise JournalError("nej")

    monkeypatch.setattr(place.written, "sign_in", broken)
    browser = place.browser()
    assert place.come_back(browser, place.leave(browser)).status_code == 503
    assert COOKIE not in browser.cookies


def test_a_provider_that_is_away_gives_a_page_that_says_so(place: Place) -> None:
    place.fake.down = True
    answer = place.browser().get("/logga-in", headers=PAGE)
    assert answer.status_code == 503
    assert "Försök igen om en stund" in answer.text
    assert place.written.lines == ["refused - no_answer"]


def test_an_english_page_is_refused_in_english(place: Place) -> None:
    browser = place.browser()
    place.fake.claims = {"aud": "annan"}
    answer = place.come_back(browser, place.leave(browser, till="/en/"))
    assert "The sign-in could not be confirmed" in answer.text
    assert "/logga-in?till=%2Fen%2F" in answer.text


def test_no_token_is_written_anywhere(place: Place) -> None:
    browser = place.browser()
    given = place.leave(browser)
    place.come_back(browser, given)
    place.come_back(browser, given)
    said = "\n".join(place.written.lines)
    assert given["code"] not in said
    assert given["state"] not in said
    assert "Prov Ett" not in said


def test_refusals_by_the_thousand_do_not_fill_the_journal(place: Place) -> None:
    browser = place.browser()
    for _ in range(100):
        browser.get("/logga-in/svar?state=x")
    assert len(place.written.lines) == 60
    place.clock.move(seconds=61)
    browser.get("/logga-in/svar?state=x")
    assert place.written.lines[-1] == "refused - no_attempt; unwritten=40"


def logout_token(place: Place, **more: Any) -> str:
    event: dict[str, Any] = {"http://schemas.openid.net/event/backchannel-logout": {}}
    return place.fake.signed(place.fake.id_claims(**{"events": event} | more))


def test_the_provider_ends_the_sessions_of_one_who_has_left(place: Place) -> None:
    browser = place.signed_in(sid="p1")
    token = logout_token(place, sid="p1")
    answer = place.browser().post("/logga-ut/tjanst", data={"logout_token": token})
    assert answer.status_code == 200
    assert browser.get("/config").status_code == 401
    assert place.written.lines[-1] == "out u1001 by_provider"


@pytest.mark.parametrize("changed", [{"aud": "x"}, {"events": None}, {"nonce": "n"}, {"iat": 1}])
def test_others_end_no_sessions(place: Place, changed: dict[str, Any]) -> None:
    browser = place.signed_in()
    token = logout_token(place, **changed)
    answer = place.browser().post("/logga-ut/tjanst", data={"logout_token": token})
    assert answer.status_code == 400
    assert browser.get("/config").status_code == 200


def test_a_page_of_another_site_cannot_end_sessions_in_the_providers_name(place: Place) -> None:
    token = logout_token(place)
    answer = place.browser().post(
        "/logga-ut/tjanst", data={"logout_token": token}, headers={"origin": "https://evil.example"}
    )
    assert answer.status_code == 403
    assert place.browser().post("/logga-ut/tjanst", headers=OWN).status_code == 400
