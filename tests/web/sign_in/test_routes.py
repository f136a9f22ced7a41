"""Signing out works at once, from our own page only, and leads on to the provider's own."""

import pytest

from ingest.errors import JournalError
from tests.kb.sign_in.fake_provider import ISSUER
from tests.web.sign_in.small_app import OWN, PAGE, Place

COOKIE = "__Host-vagvisaren-session"


def test_signing_out_ends_the_session_on_the_server(place: Place) -> None:
    browser = place.signed_in()
    identity = browser.cookies[COOKIE]
    answer = browser.post("/logga-ut", headers=OWN)
    assert answer.status_code == 200
    assert "cache" in answer.headers["clear-site-data"]
    assert "cookies" not in answer.headers["clear-site-data"]
    assert COOKIE not in browser.cookies
    kept = {"cookie": f"{COOKIE}={identity}"}
    assert place.browser().get("/config", headers=kept).status_code == 401
    assert place.written.lines[-1] == "out u1001 by_person"


def test_signing_out_leads_on_to_the_provider(place: Place) -> None:
    page = place.signed_in().post("/logga-ut", headers=OWN).text
    back = "https%3A%2F%2Fvagvisaren.staden.example%2Futloggad"
    address = f"{ISSUER}/end?client_id=vagvisaren&amp;post_logout_redirect_uri={back}"
    assert f'content="0;url={address}"' in page
    assert f'href="{address}"' in page


def test_a_provider_without_signing_out_leads_to_our_own_page(place: Place) -> None:
    place.fake.metadata = {"end_session_endpoint": "https://evil.example/end"}
    answer = place.signed_in().post("/logga-ut", headers=OWN)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/utloggad?sprak=sv"


def test_a_link_signs_nobody_out(place: Place) -> None:
    browser = place.signed_in()
    assert browser.get("/logga-ut").status_code == 405
    assert browser.get("/config").status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "none"},
        {"origin": "https://evil.example", "sec-fetch-site": "same-origin"},
    ],
)
def test_only_our_own_page_signs_out(place: Place, headers: dict[str, str]) -> None:
    browser = place.signed_in()
    assert browser.post("/logga-ut", headers=headers).status_code == 403
    assert browser.get("/config").status_code == 200


def test_a_journal_that_is_away_keeps_nobody_in(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = place.signed_in()

    def broken(*_: object, **__: object) -> None:
        raise JournalError("nej")

    monkeypatch.setattr(place.written, "sign_in", broken)
    assert browser.post("/logga-ut", headers=OWN).status_code == 200
    assert browser.get("/config").status_code == 401


def test_signing_out_twice_is_no_fault(place: Place) -> None:
    browser = place.signed_in()
    browser.post("/logga-ut", headers=OWN)
    assert browser.post("/logga-ut", headers=OWN).status_code == 200
    assert len([line for line in place.written.lines if line.startswith("out")]) == 1


@pytest.mark.parametrize(
    ("path", "heading"),
    [
        ("/utloggad", "Du är utloggad"),
        ("/utloggad?sprak=en", "You are signed out"),
        ("/inloggad", "Du är inloggad igen"),
    ],
)
def test_the_pages_say_how_it_went_and_are_not_kept(place: Place, path: str, heading: str) -> None:
    answer = place.signed_in().get(path, headers=PAGE)
    assert f"<h1>{heading}</h1>" in answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert "<script" not in answer.text
