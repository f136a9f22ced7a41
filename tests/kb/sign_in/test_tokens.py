"""A token that is not the provider's own, for us, now and for this attempt lets nobody in."""

import hmac
import json
from base64 import urlsafe_b64encode
from typing import Any

import pytest
from joserfc import jws
from joserfc.jwk import ECKey, OctKey

from ingest.errors import SignInError
from kb.sign_in.tokens import check_id_token, check_logout_token
from tests.kb.sign_in.fake_provider import CLIENT, ISSUER, FakeProvider, rsa

NONCE = "n" * 43
SECOND = 1
MINUTE = 60


def check(fake: FakeProvider, token: str) -> dict[str, Any]:
    return dict(check_id_token(token, fake.provider(), nonce=NONCE, now=fake.clock()))


def reason_of(fake: FakeProvider, token: str) -> str:
    with pytest.raises(SignInError) as refused:
        check(fake, token)
    return refused.value.reason


def _part(content: bytes) -> str:
    return urlsafe_b64encode(content).decode().rstrip("=")


def now(fake: FakeProvider) -> int:
    return int(fake.clock().timestamp())


def test_a_right_token_gives_its_claims() -> None:
    fake = FakeProvider()
    assert check(fake, fake.signed(fake.id_claims(nonce=NONCE)))["sub"] == "u1001"


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"iss": "https://evil.example"}, "wrong_issuer"),
        ({"iss": ISSUER + "/"}, "wrong_issuer"),
        ({"iss": None}, "wrong_issuer"),
        ({"aud": "annan-tjanst"}, "wrong_audience"),
        ({"aud": ["annan-tjanst"]}, "wrong_audience"),
        ({"aud": None}, "wrong_audience"),
        ({"aud": {CLIENT: 1}}, "wrong_audience"),
        ({"aud": [CLIENT, "annan-tjanst"]}, "wrong_party"),
        ({"azp": "annan-tjanst"}, "wrong_party"),
        ({"aud": [CLIENT, "annan"], "azp": "annan"}, "wrong_party"),
        ({"nonce": None}, "wrong_nonce"),
        ({"nonce": "x" * 43}, "wrong_nonce"),
        ({"nonce": ["n" * 43]}, "wrong_nonce"),
        ({"exp": None}, "expired"),
        ({"exp": "snart"}, "expired"),
        ({"exp": True}, "expired"),
        ({"iat": None}, "wrong_time"),
        ({"iat": "nyss"}, "wrong_time"),
        ({"sub": None}, "no_subject"),
        ({"sub": ""}, "no_subject"),
        ({"sub": "x" * 256}, "no_subject"),
    ],
)
def test_a_wrong_claim_is_refused(changed: dict[str, Any], reason: str) -> None:
    fake = FakeProvider()
    assert reason_of(fake, fake.signed(fake.id_claims(**{"nonce": NONCE} | changed))) == reason


@pytest.mark.parametrize(
    ("name", "seconds", "reason"),
    [
        ("exp", -MINUTE - SECOND, "expired"),
        ("iat", MINUTE + SECOND, "wrong_time"),
        ("iat", -11 * MINUTE - SECOND, "wrong_time"),
        ("nbf", MINUTE + SECOND, "not_yet_valid"),
    ],
)
def test_a_token_of_another_time_is_refused(name: str, seconds: int, reason: str) -> None:
    fake = FakeProvider()
    claims = fake.id_claims(**{"nonce": NONCE, name: now(fake) + seconds})
    assert reason_of(fake, fake.signed(claims)) == reason


@pytest.mark.parametrize(("name", "seconds"), [("exp", -59), ("iat", 59), ("nbf", 59)])
def test_clocks_may_differ_by_less_than_a_minute(name: str, seconds: int) -> None:
    fake = FakeProvider()
    assert check(fake, fake.signed(fake.id_claims(**{"nonce": NONCE, name: now(fake) + seconds})))


def test_several_audiences_pass_with_our_name_as_party() -> None:
    fake = FakeProvider()
    claims = fake.id_claims(nonce=NONCE, aud=[CLIENT, "konto"], azp=CLIENT)
    assert check(fake, fake.signed(claims))


@pytest.mark.parametrize("part", [0, 1, 2])
def test_a_tampered_token_is_refused(part: int) -> None:
    fake = FakeProvider()
    parts = fake.signed(fake.id_claims(nonce=NONCE)).split(".")
    middle = len(parts[part]) // 2
    other = "A" if parts[part][middle] != "A" else "B"
    parts[part] = parts[part][:middle] + other + parts[part][middle + 1 :]
    assert reason_of(fake, ".".join(parts)) in ("bad_signature", "unknown_key")


def test_a_token_without_signature_is_refused() -> None:
    fake = FakeProvider()
    payload = fake.signed(fake.id_claims(nonce=NONCE)).split(".")[1]
    for alg in ("none", "None", "NONE"):
        header = _part(f'{{"alg":"{alg}","kid":"en"}}'.encode())
        assert reason_of(fake, f"{header}.{payload}.") == "bad_signature"


def test_the_public_key_is_no_shared_secret() -> None:
    fake = FakeProvider()
    payload = fake.signed(fake.id_claims(nonce=NONCE)).split(".")[1]
    signed = _part(b'{"alg":"HS256","kid":"en"}') + "." + payload
    for public in (rsa("en").as_pem(private=False), json.dumps(rsa("en").as_dict()).encode()):
        seal = hmac.digest(public, signed.encode(), "sha256")
        assert reason_of(fake, f"{signed}.{_part(seal)}") == "bad_signature"


def test_the_clients_secret_signs_nothing() -> None:
    fake = FakeProvider(header={"alg": "HS256"}, signing=OctKey.import_key("x" * 64))
    assert reason_of(fake, fake.signed(fake.id_claims(nonce=NONCE))) == "bad_signature"


def test_a_strange_key_under_a_known_id_is_refused() -> None:
    fake = FakeProvider(signing=rsa("annan"))
    assert reason_of(fake, fake.signed(fake.id_claims(nonce=NONCE))) == "bad_signature"


def test_a_key_that_the_token_brings_along_is_not_believed() -> None:
    own = rsa("annan")
    header = {"alg": "RS256", "kid": "annan", "jwk": own.as_dict(private=False)}
    fake = FakeProvider(signing=own, header=header)
    reason = reason_of(fake, fake.signed(fake.id_claims(nonce=NONCE)))
    assert reason in ("unknown_key", "bad_signature")


def test_a_key_for_another_algorithm_is_not_used() -> None:
    fake = FakeProvider(keys=[rsa("en"), ECKey.generate_key("P-256", {"kid": "ec"})])
    fake.header = {"alg": "RS256", "kid": "ec"}
    assert reason_of(fake, fake.signed(fake.id_claims(nonce=NONCE))) == "bad_signature"


def test_an_elliptic_key_is_taken() -> None:
    key = ECKey.generate_key("P-256", {"kid": "ec", "alg": "ES256"})
    fake = FakeProvider(keys=[rsa("en"), key], signing=key, header={"alg": "ES256", "kid": "ec"})
    assert check(fake, fake.signed(fake.id_claims(nonce=NONCE)))


def test_without_an_id_there_must_be_only_one_key() -> None:
    fake = FakeProvider(header={"alg": "RS256"})
    token = fake.signed(fake.id_claims(nonce=NONCE))
    assert check(fake, token)
    fake.keys = [rsa("en"), rsa("annan")]
    assert reason_of(fake, token) == "unknown_key"


@pytest.mark.parametrize("token", ["", "a", "a.b", "a.b.c", "å.ä.ö", "." * 5, "x" * 70_000, "{}"])
def test_what_is_no_token_is_refused(token: str) -> None:
    assert reason_of(FakeProvider(), token) in ("bad_signature", "no_token")


def test_a_payload_that_is_no_object_is_refused() -> None:
    fake = FakeProvider()
    for payload in (b"[]", b"1", b"\xff", b"[" * 5000):
        token = jws.serialize_compact({"alg": "RS256", "kid": "en"}, payload, rsa("en"))
        assert reason_of(fake, token) == "bad_signature"


def logout_claims(fake: FakeProvider, **more: Any) -> dict[str, Any]:
    event: dict[str, Any] = {"http://schemas.openid.net/event/backchannel-logout": {}}
    return fake.id_claims(**{"events": event, "sid": "s1"} | more)


def test_a_logout_token_gives_its_claims() -> None:
    fake = FakeProvider()
    token = fake.signed(logout_claims(fake))
    assert check_logout_token(token, fake.provider(), now=fake.clock())["sid"] == "s1"


@pytest.mark.parametrize(
    "changed",
    [
        {"events": None},
        {"events": {}},
        {"events": ["http://schemas.openid.net/event/backchannel-logout"]},
        {"nonce": NONCE},
        {"sub": None, "sid": None},
        {"aud": "annan"},
        {"iat": 0},
        {"exp": 1},
    ],
)
def test_a_wrong_logout_token_is_refused(changed: dict[str, Any]) -> None:
    fake = FakeProvider()
    token = fake.signed(logout_claims(fake, **changed))
    with pytest.raises(SignInError):
        check_logout_token(token, fake.provider(), now=fake.clock())


def test_a_logout_token_is_no_id_token() -> None:
    fake = FakeProvider()
    assert reason_of(fake, fake.signed(logout_claims(fake))) == "wrong_nonce"
