"""Half a configuration is no configuration, and an address must be one that can be trusted."""

import pytest

from ingest.errors import SettingsError
from kb.journal.records import Role
from kb.person import Person
from kb.settings import Settings, read_settings
from kb.sign_in.setup import Oidc, is_loopback, read_oidc, read_trial

WHOLE = {
    "oidc_issuer": "https://id.staden.example",
    "oidc_client_id": "vagvisaren",
    "public_url": "https://vagvisaren.staden.example/",
}


def oidc_of(**changed: object) -> Oidc:
    found = read_oidc(Settings.model_validate(WHOLE | changed))
    assert found is not None
    return found


def test_nothing_set_is_no_sign_in() -> None:
    assert read_oidc(Settings()) is None
    assert read_trial(Settings()) == ()


@pytest.mark.parametrize("missing", WHOLE)
def test_half_a_configuration_says_what_is_missing(missing: str) -> None:
    rest = {name: value for name, value in WHOLE.items() if name != missing}
    with pytest.raises(SettingsError, match=f"VAGVISAREN_{missing.upper()} saknas"):
        read_oidc(Settings.model_validate(rest))


def test_a_secret_alone_is_half_a_configuration() -> None:
    with pytest.raises(SettingsError, match="OIDC_ISSUER, VAGVISAREN_OIDC_CLIENT_ID"):
        read_oidc(Settings.model_validate({"oidc_client_secret": "x"}))


def test_trial_accounts_beside_a_provider_are_refused() -> None:
    with pytest.raises(SettingsError, match="tillsammans"):
        oidc_of(trial_accounts={"prov": {"role": "reader"}})


@pytest.mark.parametrize(
    "address",
    [
        "http://id.staden.example",
        "http://127.0.0.1.evil.example",
        "http://localhost.evil.example",
        "ftp://id.staden.example",
        "id.staden.example",
        "https://",
        "https://id.staden.example?x=1",
        "https://id.staden.example#x",
        "https://prov:hemligt@id.staden.example",
        "https://id.staden.example:port",
        "https://[::1",
        "https://id staden.example",
        "https://id.staden.example\\@evil.example",
    ],
)
@pytest.mark.parametrize("name", ["oidc_issuer", "public_url"])
def test_an_address_that_cannot_be_trusted_is_refused(name: str, address: str) -> None:
    with pytest.raises(SettingsError, match=f"VAGVISAREN_{name.upper()}"):
        oidc_of(**{name: address})


@pytest.mark.parametrize("address", ["http://127.0.0.1:9100", "http://localhost", "http://[::1]:1"])
def test_this_machine_may_have_http(address: str) -> None:
    assert oidc_of(oidc_issuer=address).issuer == address


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("https://Vagvisaren.Staden.example/", "https://vagvisaren.staden.example"),
        ("https://vagvisaren.staden.example:443", "https://vagvisaren.staden.example"),
        ("https://vagvisaren.staden.example:8443", "https://vagvisaren.staden.example:8443"),
        ("http://[::1]:7860", "http://[::1]:7860"),
    ],
)
def test_the_own_address_becomes_an_origin_as_browsers_write_it(address: str, origin: str) -> None:
    found = oidc_of(public_url=address)
    assert found.redirect_uri == f"{origin}/logga-in/svar"


def test_an_own_address_with_a_path_is_refused() -> None:
    with pytest.raises(SettingsError, match="sökväg"):
        oidc_of(public_url="https://staden.example/vagvisaren")


def test_openid_is_always_asked_for() -> None:
    assert oidc_of(oidc_scopes="profile roller").scopes == "openid profile roller"


@pytest.mark.parametrize("rule", ["organisation", "=x", "x=", " = "])
def test_a_rule_that_cannot_be_read_is_refused(rule: str) -> None:
    with pytest.raises(SettingsError, match="VAGVISAREN_OIDC_REQUIRED"):
        oidc_of(oidc_required=rule)


def test_a_required_value_may_hold_an_equals_sign() -> None:
    assert oidc_of(oidc_required="acr=http://id.elegnamnden.se/?a=b").required == (
        "acr",
        "http://id.elegnamnden.se/?a=b",
    )


def test_mappings_are_read_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VAGVISAREN_OIDC_ROLES", '{"ai-rad": "reviewer"}')
    monkeypatch.setenv("VAGVISAREN_TRIAL_ACCOUNTS", '{"prov": {"role": "admin", "groups": ["hr"]}}')
    settings = read_settings()
    assert settings.oidc_roles == {"ai-rad": Role.REVIEWER}
    (account,) = read_trial(settings)
    assert account == Person("prov", "prov", Role.ADMIN, frozenset({"hr"}))


@pytest.mark.parametrize("value", ['{"ai-rad": "chef"}', "[]", "ai-rad"])
def test_a_role_that_does_not_exist_is_refused(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VAGVISAREN_OIDC_ROLES", value)
    with pytest.raises(SettingsError, match="VAGVISAREN_OIDC_ROLES"):
        read_settings()


def test_the_secret_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VAGVISAREN_OIDC_CLIENT_SECRET", "topphemligt")
    assert "topphemligt" not in repr(read_settings())


@pytest.mark.parametrize("host", ["10.0.0.1", "evil.example", "", None, "0.0.0.0", "::"])
def test_another_machine_is_no_loopback(host: str | None) -> None:
    assert not is_loopback(host)
