"""A provider in memory with keys of its own, which can be made to say anything."""

import json
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import httpx
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey, RSAKey
from pydantic import SecretStr

from kb.journal.records import Role
from kb.sign_in.provider import Provider
from kb.sign_in.setup import Oidc
from web.sign_in.attempt import _encoded

ISSUER = "https://id.staden.example/oidc"
CLIENT = "vagvisaren"
SECRET = "hemligt: åäö"
ORIGIN = "https://vagvisaren.staden.example"
START = datetime(2026, 11, 26, 8, 0, tzinfo=UTC)

OIDC = Oidc(
    issuer=ISSUER,
    client_id=CLIENT,
    client_secret=SecretStr(SECRET),
    origin=ORIGIN,
    scopes="openid profile",
    user_claim="sub",
    name_claim="name",
    role_claim="roles",
    roles={"ai-rad": Role.REVIEWER, "ai-forf": Role.AUTHOR},
    group_claim="groups",
    groups={"g-chef": "chefer"},
    required=None,
)


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.moment = START

    def __call__(self) -> datetime:
        return self.moment

    def move(self, **by: float) -> None:
        self.moment += timedelta(**by)


@cache
def rsa(kid: str) -> RSAKey:
    """Make a key once for all tests."""
    return RSAKey.generate_key(2048, {"kid": kid, "use": "sig"})


@dataclass
class FakeProvider:
    """What the provider knows and will say; tests change it."""

    clock: Clock = field(default_factory=Clock)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    claims: dict[str, Any] = field(default_factory=dict)
    header: dict[str, Any] = field(default_factory=lambda: {"alg": "RS256", "kid": "en"})
    keys: list[RSAKey | ECKey] = field(default_factory=lambda: [rsa("en")])
    signing: RSAKey | ECKey | OctKey = field(default_factory=lambda: rsa("en"))
    metadata: dict[str, Any] = field(default_factory=dict)
    userinfo: dict[str, Any] | None = None
    token: str | None = None
    calls: list[httpx.Request] = field(default_factory=list)
    down: bool = False

    def provider(self, oidc: Oidc = OIDC) -> Provider:
        """Return the product's own side of the talk."""
        client = httpx.Client(transport=httpx.MockTransport(self.answer))
        return Provider(oidc, client, now=self.clock)

    def answer(self, request: httpx.Request) -> httpx.Response:
        """Answer one call."""
        self.calls.append(request)
        if self.down:
            raise httpx.ConnectError("down")
        path = request.url.path
        if path.endswith("/.well-known/openid-configuration"):
            return httpx.Response(200, json=self.announce())
        if path == "/oidc/keys":
            public = [key.as_dict(private=False) for key in self.keys]
            return httpx.Response(200, json={"keys": public})
        if path == "/oidc/token":
            return self._give_tokens(request)
        if path == "/oidc/me" and self.userinfo is not None:
            assert request.headers["authorization"] == "Bearer at"
            return httpx.Response(200, json=self.userinfo)
        return httpx.Response(404)

    def announce(self) -> dict[str, Any]:
        """Return the discovery document."""
        return {
            "issuer": ISSUER,
            "authorization_endpoint": f"{ISSUER}/auth",
            "token_endpoint": f"{ISSUER}/token",
            "jwks_uri": f"{ISSUER}/keys",
            "end_session_endpoint": f"{ISSUER}/end",
            "authorization_response_iss_parameter_supported": True,
            **({"userinfo_endpoint": f"{ISSUER}/me"} if self.userinfo is not None else {}),
        } | self.metadata

    def authorize(self, address: str, *, code: str = "kod") -> dict[str, str]:
        """Let a person through who came by an address; return what the browser brings back."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        self.codes[code] = asked
        return {"code": code, "state": asked["state"], "iss": ISSUER}

    def id_claims(self, **more: Any) -> dict[str, Any]:
        """Return the claims of a right ID token, with what the test changes; None leaves out."""
        now = int(self.clock().timestamp())
        claims = {
            "iss": ISSUER, "aud": CLIENT, "sub": "u1001", "iat": now, "exp": now + 300,
            "name": "Prov Ett", "roles": ["ai-rad"], "groups": ["g-chef", "g-annan"],
        }  # fmt: skip
        changed = claims | self.claims | more
        return {name: value for name, value in changed.items() if value is not None}

    def signed(self, claims: Mapping[str, Any]) -> str:
        """Return claims signed as the test wants it."""
        return jwt.encode(self.header, dict(claims), self.signing, algorithms=[self.header["alg"]])

    def _give_tokens(self, request: httpx.Request) -> httpx.Response:
        form = {name: values[0] for name, values in parse_qs(request.content.decode()).items()}
        pair = b64decode(request.headers["authorization"].removeprefix("Basic ")).decode()
        assert tuple(map(unquote, pair.split(":"))) == (CLIENT, SECRET)
        asked = self.codes.pop(form["code"], None)
        challenge = _encoded(sha256(form["code_verifier"].encode()).digest())
        if asked is None or asked["code_challenge"] != challenge:
            return httpx.Response(400, json={"error": "invalid_grant"})
        token = self.token or self.signed(self.id_claims(**{"nonce": asked["nonce"]} | self.claims))
        return httpx.Response(200, content=json.dumps({"access_token": "at", "id_token": token}))
