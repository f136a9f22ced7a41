"""Make one call to the provider: short, bounded, past no proxy and along no redirect."""

import json
import ssl
from collections.abc import Mapping
from typing import Any

import httpx

from ingest.errors import SignInError

_WAIT = 5.0
"""Seconds that the provider has to answer."""
_MOST = 1024 * 1024
"""Bytes of an answer that are read."""


def http_client() -> httpx.Client:
    """Return a client that trusts the system's certificates and follows no redirect or proxy."""
    return httpx.Client(
        timeout=_WAIT,
        follow_redirects=False,
        trust_env=False,
        verify=ssl.create_default_context(),
        headers={"accept": "application/json"},
    )


def call(client: httpx.Client, method: str, address: str, **what: Any) -> Mapping[str, Any]:
    """Make one call; what comes back is a JSON object of bounded size.

    Raises:
        SignInError: no answer, or one that cannot be used.
    """
    try:
        with client.stream(method, address, **what) as answer:
            body = bytearray()
            for piece in answer.iter_bytes():
                body += piece
                if len(body) > _MOST:
                    raise _unusable("too_large")
            status = answer.status_code
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise SignInError(
            "Inloggningstjänsten svarar inte. Försök igen om en stund.", reason="no_answer"
        ) from error
    if status != httpx.codes.OK:
        raise _unusable(f"status_{status}")
    try:
        said = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise _unusable("not_json") from error
    if not isinstance(said, dict):
        raise _unusable("not_json")
    return said


def _unusable(reason: str) -> SignInError:
    return SignInError(
        "Inloggningstjänsten gav ett svar som inte kan användas. Försök igen om en stund.",
        reason=reason,
    )
