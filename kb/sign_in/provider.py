"""Speak with the city's provider: what it announces, its keys, a code for tokens. Nothing else."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import Any
from urllib.parse import quote, urlsplit

import httpx
from joserfc.jwk import Key

from ingest.errors import SignInError
from kb.sign_in.calls import call
from kb.sign_in.keys import pick, read_keys
from kb.sign_in.setup import Oidc

_HOLDS = timedelta(hours=1)
"""How long announcements and keys are believed before they are fetched again."""
_AWAY = timedelta(seconds=10)
"""How long a provider that did not answer is left alone: those who wait would only hold it up."""
_BETWEEN = timedelta(seconds=30)
"""How soon an unknown key may make us fetch them again."""


@dataclass(frozen=True, slots=True)
class Announced:
    """What the provider says of itself, read at `at`; `keys` are by their id."""

    at: datetime
    authorization: str
    token: str
    userinfo: str | None
    end_session: str | None
    names_itself: bool
    takes_basic: bool
    keys: Mapping[str, Key]


class Provider:
    """The provider that settings name, and what it has announced; safe to share between threads.

    Every method raises SignInError when the provider cannot be reached or says what it should
    not. Only the issuer's own origin is ever called.
    """

    def __init__(self, oidc: Oidc, client: httpx.Client, *, now: Callable[[], datetime]) -> None:
        self.oidc = oidc
        self._client = client
        self._now = now
        self._lock = Lock()
        self._announced: Announced | None = None
        self._failed: tuple[datetime, SignInError] | None = None

    def announced(self) -> Announced:
        """Return what the provider announces, at most an hour old."""
        with self._lock:
            if self._announced is None or self._now() - self._announced.at > _HOLDS:
                self._announced = self._fetch()
            return self._announced

    def key(self, kid: str | None) -> Key | None:
        """Return a signing key by its id; an unknown one makes the keys be fetched again.

        Without an id there must be only one key.
        """
        known = self.announced()
        if (found := pick(known.keys, kid)) is not None:
            return found
        with self._lock:
            if self._announced is known and self._now() - known.at > _BETWEEN:
                self._announced = self._fetch()
            return pick((self._announced or known).keys, kid)

    def exchange(self, code: str, *, verifier: str) -> Mapping[str, Any]:
        """Give a code, return the tokens; a code that has been used is refused by the provider."""
        oidc, known = self.oidc, self.announced()
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": oidc.redirect_uri,
            "code_verifier": verifier,
        }
        secret = oidc.client_secret.get_secret_value() if oidc.client_secret else None
        if secret and known.takes_basic:
            pair = (quote(oidc.client_id, safe=""), quote(secret, safe=""))  # RFC 6749, 2.3.1
            return call(self._client, "POST", known.token, data=form, auth=pair)
        form |= {"client_id": oidc.client_id} | ({"client_secret": secret} if secret else {})
        return call(self._client, "POST", known.token, data=form)

    def userinfo(self, access_token: str) -> Mapping[str, Any]:
        """Return the claims that the provider keeps apart; nothing where it has no such place."""
        address = self.announced().userinfo
        if address is None:
            return {}
        return call(
            self._client, "GET", address, headers={"authorization": f"Bearer {access_token}"}
        )

    def _fetch(self) -> Announced:
        """Fetch what is announced; the last failure is told again while it is fresh."""
        if self._failed is not None and self._now() - self._failed[0] < _AWAY:
            raise SignInError(str(self._failed[1]), reason=self._failed[1].reason)
        try:
            announced = self._fetch_now()
        except SignInError as error:
            self._failed = (self._now(), error)
            raise
        self._failed = None
        return announced

    def _fetch_now(self) -> Announced:
        base = self.oidc.issuer.rstrip("/")
        said = call(self._client, "GET", f"{base}/.well-known/openid-configuration")
        if said.get("issuer") != self.oidc.issuer:
            raise SignInError(
                "Inloggningstjänsten kallar sig något annat än VAGVISAREN_OIDC_ISSUER. "
                "Rätta inställningen: den ska vara lika tecken för tecken.",
                reason="wrong_issuer",
            )
        methods = said.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        keys = call(self._client, "GET", self._own(said, "jwks_uri"))
        return Announced(
            at=self._now(),
            authorization=self._own(said, "authorization_endpoint"),
            token=self._own(said, "token_endpoint"),
            userinfo=self._own_if_any(said, "userinfo_endpoint"),
            end_session=self._own_if_any(said, "end_session_endpoint"),
            names_itself=said.get("authorization_response_iss_parameter_supported") is True,
            takes_basic="client_secret_basic" in methods,
            keys=read_keys(keys),
        )

    def _own(self, said: Mapping[str, Any], name: str) -> str:
        """Return an address on the issuer's own origin; another one could lead anywhere."""
        address = self._own_if_any(said, name)
        if address is None:
            raise SignInError(
                f"Inloggningstjänsten anger ingen {name} på sin egen adress. Kontrollera "
                "VAGVISAREN_OIDC_ISSUER med den som sköter tjänsten.",
                reason="strange_endpoint",
            )
        return address

    def _own_if_any(self, said: Mapping[str, Any], name: str) -> str | None:
        address = said.get(name)
        home = urlsplit(self.oidc.issuer)
        if not isinstance(address, str):
            return None
        try:
            place = urlsplit(address)
        except ValueError:
            return None
        own = (place.scheme, place.netloc) == (home.scheme, home.netloc)
        return address if own and address.isprintable() else None
