"""The doctor says how sign-in is set, and whether the provider can be used."""

from collections.abc import Sequence

import httpx
import pytest

from ingest.errors import SettingsError, SignInError
from kb.doctor import Check, Level
from kb.settings import Settings
from kb.sign_in import doctor
from kb.sign_in.doctor import look_at_sign_in
from tests.kb.sign_in.fake_provider import CLIENT, ISSUER, ORIGIN, FakeProvider

WHOLE = {"oidc_issuer": ISSUER, "oidc_client_id": CLIENT, "public_url": ORIGIN}


def look(monkeypatch: pytest.MonkeyPatch, fake: FakeProvider, **changed: object) -> Sequence[Check]:
    def client() -> httpx.Client:
        return httpx.Client(transport=httpx.MockTransport(fake.answer))

    monkeypatch.setattr(doctor, "http_client", client)
    return tuple(look_at_sign_in(Settings.model_validate(WHOLE | changed)))


def test_no_sign_in_is_in_order_and_says_what_it_means() -> None:
    (check,) = look_at_sign_in(Settings())
    assert check.level is Level.OK
    assert "bara på den egna datorn" in check.found


def test_trial_accounts_are_a_warning() -> None:
    (check,) = look_at_sign_in(Settings.model_validate({"trial_accounts": {"prov": {}}}))
    assert check.level is Level.WARN


def test_a_provider_that_answers_is_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    (check,) = look(monkeypatch, FakeProvider(), oidc_roles={"ai-rad": "reviewer"})
    assert check.level is Level.OK
    assert f"{ISSUER} svarar, 1 nycklar" in check.found


def test_a_provider_without_keys_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    check, *_ = look(monkeypatch, FakeProvider(keys=[]))
    assert check.level is Level.FAIL


def test_no_roles_is_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    *_, check = look(monkeypatch, FakeProvider())
    assert (check.name, check.level) == ("Roller", Level.WARN)


def test_a_provider_that_is_away_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SignInError, match="svarar inte"):
        look(monkeypatch, FakeProvider(down=True))


def test_half_a_configuration_is_a_fault() -> None:
    with pytest.raises(SettingsError, match="saknas"):
        tuple(look_at_sign_in(Settings.model_validate({"oidc_issuer": ISSUER})))
