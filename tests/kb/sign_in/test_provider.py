"""What the provider announces is held against the settings, and only the issuer is called."""

from dataclasses import replace
from typing import Any

import httpx
import pytest
from joserfc.jwk import OctKey

from ingest.errors import SignInError
from kb.sign_in.keys import read_keys
from tests.kb.sign_in.fake_provider import ISSUER, OIDC, FakeProvider, rsa
from web.sign_in.attempt import _encoded


def announced_reason(fake: FakeProvider) -> str:
    with pytest.raises(SignInError) as refused:
        fake.provider().announced()
    return refused.value.reason


@pytest.mark.parametrize("issuer", ["https://evil.example", ISSUER + "/", None, [ISSUER]])
def test_an_issuer_that_calls_itself_something_else_is_refused(issuer: Any) -> None:
    assert announced_reason(FakeProvider(metadata={"issuer": issuer})) == "wrong_issuer"


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/token",
        "http://id.staden.example/oidc/token",
        "https://id.staden.example:8443/token",
        "https://id.staden.example@evil.example/token",
        "https://id.staden.example.evil.example/token",
        "//evil.example/token",
        "https://[",
        None,
        7,
    ],
)
@pytest.mark.parametrize("name", ["token_endpoint", "jwks_uri", "authorization_endpoint"])
def test_an_address_elsewhere_is_refused_and_never_called(name: str, address: Any) -> None:
    fake = FakeProvider(metadata={name: address})
    assert announced_reason(fake) == "strange_endpoint"
    assert {call.url.host for call in fake.calls} == {"id.staden.example"}


def test_claims_elsewhere_are_left_alone() -> None:
    fake = FakeProvider(metadata={"userinfo_endpoint": "https://graph.example/me"})
    assert fake.provider().userinfo("at") == {}


def test_a_provider_that_is_away_says_so() -> None:
    fake = FakeProvider(down=True)
    assert announced_reason(fake) == "no_answer"


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (httpx.Response(302, headers={"location": "https://evil.example"}), "status_302"),
        (httpx.Response(500), "status_500"),
        (httpx.Response(200, content=b"<html>"), "not_json"),
        (httpx.Response(200, content=b"[]"), "not_json"),
        (httpx.Response(200, content=b"[" * 100_000), "not_json"),
        (httpx.Response(200, content=b" " * 1_100_000), "too_large"),
    ],
)
def test_an_answer_of_no_use_is_refused(
    answer: httpx.Response, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = FakeProvider()
    monkeypatch.setattr(fake, "answer", lambda request: answer)
    assert announced_reason(fake) == reason


def test_a_provider_that_is_away_is_left_alone_for_a_while() -> None:
    fake = FakeProvider(down=True)
    provider = fake.provider()
    for _ in range(5):
        with pytest.raises(SignInError, match="svarar inte"):
            provider.announced()
    assert len(fake.calls) == 1
    fake.down = False
    fake.clock.move(seconds=11)
    assert provider.announced().keys


def test_announcements_are_kept_for_an_hour() -> None:
    fake = FakeProvider()
    provider = fake.provider()
    provider.announced()
    fake.clock.move(minutes=59)
    provider.announced()
    assert len(fake.calls) == 2
    fake.clock.move(minutes=2)
    provider.announced()
    assert len(fake.calls) == 4


def test_a_new_key_is_fetched_when_a_token_names_it() -> None:
    fake = FakeProvider()
    provider = fake.provider()
    assert provider.key("två") is None
    fake.keys.append(rsa("två"))
    fake.clock.move(seconds=31)
    assert provider.key("två") is not None


def test_unknown_keys_do_not_make_us_call_again_and_again() -> None:
    fake = FakeProvider()
    provider = fake.provider()
    for number in range(20):
        assert provider.key(f"påhittad-{number}") is None
    assert len(fake.calls) == 2


def test_a_key_that_is_withdrawn_is_believed_for_an_hour_at_most() -> None:
    fake = FakeProvider(keys=[rsa("en"), rsa("två")])
    provider = fake.provider()
    assert provider.key("två") is not None
    fake.keys = [rsa("en")]
    fake.clock.move(minutes=61)
    assert provider.key("två") is None


def test_shared_encrypting_weak_and_broken_keys_are_left_out() -> None:
    weak = _encoded((2**1023 + 1).to_bytes(128, "big"))
    entries = [
        OctKey.generate_key(256, {"kid": "delad"}).as_dict(),
        rsa("en").as_dict(private=False) | {"kid": "enc", "use": "enc"},
        {"kty": "RSA", "kid": "svag", "n": weak, "e": "AQAB"},
        {"kty": "RSA", "kid": "trasig", "n": "AQAB"},
        {"kty": "RSA", "kid": "tal", "n": 7, "e": 7},
        "ingen",
        rsa("en").as_dict(private=False),
    ]
    assert set(read_keys({"keys": entries})) == {"en"}


@pytest.mark.parametrize("keys", [{}, {"keys": None}, {"keys": "x"}, {"keys": {}}])
def test_no_list_of_keys_is_no_keys(keys: dict[str, Any]) -> None:
    assert read_keys(keys) == {}


def test_the_secret_goes_in_the_form_where_the_provider_wants_it_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    methods = {"token_endpoint_auth_methods_supported": ["client_secret_post"]}
    fake = FakeProvider(metadata=methods)
    provider = fake.provider()
    provider.announced()
    monkeypatch.setattr(fake, "_give_tokens", _echo)
    form = provider.exchange("kod", verifier="v")
    assert "client_secret=hemligt" in form["body"]
    assert "authorization" not in form["headers"]


def test_a_public_client_sends_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    fake = FakeProvider()
    provider = fake.provider(replace(OIDC, client_secret=None))
    provider.announced()
    monkeypatch.setattr(fake, "_give_tokens", _echo)
    form = provider.exchange("kod", verifier="v")
    assert "client_id=vagvisaren" in form["body"]
    assert "secret" not in form["body"]


def _echo(request: httpx.Request) -> httpx.Response:
    said = {"body": request.content.decode(), "headers": sorted(request.headers)}
    return httpx.Response(200, json=said)
