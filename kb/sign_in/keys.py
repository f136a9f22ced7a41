"""Read the keys that a provider signs with: public, strong enough, meant for signing."""

from collections.abc import Mapping
from typing import Any

from joserfc.errors import JoseError
from joserfc.jwk import ECKey, JWKRegistry, Key, OKPKey, RSAKey

_SMALLEST_RSA = 2048
_BITS_A_LETTER = 6  # of base64


def pick(keys: Mapping[str, Key], kid: str | None) -> Key | None:
    """Return the key of an id; without an id, the only key there is."""
    if kid is None:
        return next(iter(keys.values())) if len(keys) == 1 else None
    return keys.get(kid)


def read_keys(said: Mapping[str, Any]) -> Mapping[str, Key]:
    """Return the public keys that may sign; symmetric, weak and unreadable ones are left out."""
    listed = said.get("keys")
    keys: dict[str, Key] = {}
    for number, entry in enumerate(listed if isinstance(listed, list) else ()):
        if not isinstance(entry, dict) or entry.get("use", "sig") != "sig":
            continue
        if entry.get("kty") not in ("RSA", "EC", "OKP") or _is_short(entry):
            continue
        try:
            key = JWKRegistry.import_key(entry)
        except (JoseError, ValueError, TypeError, KeyError):
            continue
        if isinstance(key, RSAKey) and key.raw_value.key_size < _SMALLEST_RSA:
            continue
        if isinstance(key, RSAKey | ECKey | OKPKey):
            keys[str(entry.get("kid", f"#{number}"))] = key
    return keys


def _is_short(entry: Mapping[str, Any]) -> bool:
    """Tell whether an RSA key is too short, before the library reads it and complains aloud."""
    modulus = entry.get("n", "")
    return entry["kty"] == "RSA" and len(str(modulus)) * _BITS_A_LETTER < _SMALLEST_RSA
