"""Accounts for trying out: a password a run, this machine only, and it says so."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.errors import SettingsError
from kb.journal.records import Role
from kb.person import Person
from tests.web.sign_in.small_app import PAGE, Place
from web.server import require_loopback
from web.sign_in.opening import open_trial

OWN = {"origin": "http://127.0.0.1:7860"}
COOKIE = "vagvisaren-lokal-session"


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    accounts = (
        Person("prov1", "prov1", Role.REVIEWER, frozenset({"hr"})),
        Person("prov2", "prov2"),
    )
    place = Place(tmp_path, trial=open_trial(accounts))
    yield place
    place.sessions.close()


def password(place: Place, name: str) -> str:
    passwords: dict[str, str] = dict(getattr(place.entrance.way, "passwords", {}))
    return passwords[name]


def test_the_page_says_that_it_is_for_trying_out(place: Place) -> None:
    browser = place.browser()
    assert browser.get("/", headers=PAGE).headers["location"] == "/logga-in?till=%2F"
    page = browser.get("/logga-in").text
    assert "bara till för att prova" in page
    assert "<option>prov1</option>" in page


def test_the_console_says_so_too_and_gives_the_passwords(
    capsys: pytest.CaptureFixture[str],
) -> None:
    trial = open_trial((Person("prov1"),))
    said = capsys.readouterr().err
    assert "bara till för att prova" in said
    assert trial.passwords["prov1"] in said
    assert trial.passwords != open_trial((Person("prov1"),)).passwords


def test_the_right_password_lets_in(place: Place) -> None:
    browser = place.browser()
    form = {"namn": "prov1", "losenord": password(place, "prov1"), "till": "/en/"}
    answer = browser.post("/logga-in", data=form, headers=OWN)
    assert answer.headers["location"] == "/en/"
    assert browser.get("/").text.startswith("prov1 reviewer hr")
    assert place.written.lines == ["in prov1 trial; role=reviewer; groups=hr"]


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"namn": "prov1"},
        {"namn": "prov1", "losenord": "x"},
        {"namn": "prov1", "losenord": "å\udcff".encode("utf-8", "replace").decode()},
        {"namn": "okänd", "losenord": ""},
        {"losenord": "x"},
    ],
)
def test_a_wrong_password_does_not(place: Place, form: dict[str, str]) -> None:
    browser = place.browser()
    answer = browser.post("/logga-in", data=form, headers=OWN)
    assert answer.status_code == 403
    assert "Lösenordet stämmer inte" in answer.text
    assert COOKIE not in browser.cookies
    assert place.written.lines == ["refused - wrong_password"]


def test_one_accounts_password_is_no_others(place: Place) -> None:
    form = {"namn": "prov1", "losenord": password(place, "prov2")}
    assert place.browser().post("/logga-in", data=form, headers=OWN).status_code == 403


def test_another_site_signs_nobody_in(place: Place) -> None:
    form = {"namn": "prov1", "losenord": password(place, "prov1")}
    headers = {"origin": "https://evil.example"}
    assert place.browser().post("/logga-in", data=form, headers=headers).status_code == 403


def test_signing_out_leads_to_our_own_page(place: Place) -> None:
    browser = place.browser()
    form = {"namn": "prov1", "losenord": password(place, "prov1")}
    browser.post("/logga-in", data=form, headers=OWN)
    answer = browser.post("/logga-ut", headers=OWN)
    assert answer.headers["location"] == "/utloggad?sprak=sv"
    assert browser.get("/config").status_code == 401


def test_trial_accounts_stay_on_this_machine(place: Place) -> None:
    with pytest.raises(SettingsError, match="provkonton"):
        require_loopback("0.0.0.0", entrance=place.entrance)
