"""Check what the provider signs: an ID token at sign-in, a logout token when it signs one out."""

from collections.abc import Mapping
from datetime import datetime
from hmac import compare_digest
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import GuestProtocol, Key

from ingest.errors import SignInError
from kb.sign_in.provider import Provider

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
"""The signatures that are believed: asymmetric ones. Never `none`, never one of a shared secret."""
LEEWAY = 60
"""Seconds that our clock and the provider's may differ."""
OLDEST = 600
"""Seconds since a token was issued, at most: it is fetched the moment it is made."""
LONGEST_TOKEN = 64 * 1024
_LOGOUT_EVENT = "http://schemas.openid.net/event/backchannel-logout"

Claims = Mapping[str, Any]


def check_id_token(token: object, provider: Provider, *, nonce: str, now: datetime) -> Claims:
    """Return the claims of an ID token that is the provider's own, for us, now and for this nonce.

    Raises:
        SignInError: anything is missing or wrong; `reason` says what.
    """
    claims = _signed(token, provider)
    _check_common(claims, provider, now=now)
    if not _is_time(claims.get("exp")) or now.timestamp() - LEEWAY >= claims["exp"]:
        raise _refused("expired")
    said = claims.get("nonce")
    if not isinstance(said, str) or not compare_digest(said.encode(), nonce.encode()):
        raise _refused("wrong_nonce")
    if not isinstance(claims.get("sub"), str) or not 0 < len(claims["sub"]) <= 255:
        raise _refused("no_subject")
    return claims


def check_logout_token(token: object, provider: Provider, *, now: datetime) -> Claims:
    """Return the claims of a logout token (OpenID Connect Back-Channel Logout 1.0, section 2.6).

    Raises:
        SignInError: anything is missing or wrong.
    """
    claims = _signed(token, provider)
    _check_common(claims, provider, now=now)
    if _is_time(claims.get("exp")) and now.timestamp() - LEEWAY >= claims["exp"]:
        raise _refused("expired")
    events = claims.get("events")
    if not isinstance(events, dict) or not isinstance(events.get(_LOGOUT_EVENT), dict):
        raise _refused("no_logout_event")
    if "nonce" in claims:  # else an ID token could be passed off as one
        raise _refused("wrong_nonce")
    if not any(isinstance(claims.get(name), str) and claims[name] for name in ("sub", "sid")):
        raise _refused("no_subject")
    return claims


def _signed(token: object, provider: Provider) -> Claims:
    """Return the claims when one of the provider's keys signed them with an allowed algorithm."""

    def choose(signed: GuestProtocol) -> Key:
        header = signed.headers()
        kid = header.get("kid")
        key = provider.key(kid if isinstance(kid, str) else None)
        if key is None:
            raise _refused("unknown_key")
        if key.get("alg", header["alg"]) != header["alg"]:
            raise _refused("wrong_algorithm")
        return key

    if not isinstance(token, str) or len(token) > LONGEST_TOKEN:
        raise _refused("no_token")
    try:
        return jwt.decode(token, choose, algorithms=ALGORITHMS).claims
    except (JoseError, ValueError, TypeError, KeyError, RecursionError) as error:
        raise _refused("bad_signature") from error


def _check_common(claims: Claims, provider: Provider, *, now: datetime) -> None:
    oidc = provider.oidc
    if claims.get("iss") != oidc.issuer:
        raise _refused("wrong_issuer")
    audience = claims.get("aud")
    named = [audience] if isinstance(audience, str) else audience
    if not isinstance(named, list) or oidc.client_id not in named:
        raise _refused("wrong_audience")
    # Meant for others too, or given out on somebody else's behalf: only with our own name on it.
    party = claims.get("azp", oidc.client_id if len(named) == 1 else None)
    if party != oidc.client_id:
        raise _refused("wrong_party")
    moment, issued = now.timestamp(), claims.get("iat", 0)
    if not _is_time(issued) or not moment - OLDEST - LEEWAY <= issued <= moment + LEEWAY:
        raise _refused("wrong_time")
    begins = claims.get("nbf", moment)
    if not _is_time(begins) or begins > moment + LEEWAY:
        raise _refused("not_yet_valid")


def _is_time(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _refused(reason: str) -> SignInError:
    return SignInError("Inloggningen kunde inte bekräftas. Försök igen.", reason=reason)
