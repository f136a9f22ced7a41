"""One attempt to sign in: a secret in the person's own browser, from which all else follows.

State, nonce and PKCE verifier are digests of the secret, the moment and the target. The provider
signs the nonce, so that neither moment nor target can be exchanged; the server keeps nothing of
an attempt until somebody comes back with it, so that nobody can fill it with attempts.
"""

import re
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from hmac import compare_digest

from web.sign_in.targets import safe_target

HOLDS = timedelta(minutes=10)
"""How long a person has to sign in at the provider."""
_WRITTEN = re.compile(r"([\w-]{43})\.(\d{1,12})\.([\w-]*)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Attempt:
    """An attempt begun at `started` (whole seconds since 1970) to reach `target`."""

    secret: str
    started: int
    target: str

    @property
    def state(self) -> str:
        """Return what ties the provider's answer to this browser."""
        return self._derived("state")

    @property
    def nonce(self) -> str:
        """Return what ties the ID token to this attempt."""
        return self._derived("nonce")

    @property
    def verifier(self) -> str:
        """Return what ties the code to this attempt (PKCE)."""
        return self._derived("verifier")

    @property
    def challenge(self) -> str:
        """Return the digest of the verifier that the provider is given beforehand."""
        return _encoded(sha256(self.verifier.encode()).digest())

    def written(self) -> str:
        """Return the attempt as its cookie holds it."""
        return f"{self.secret}.{self.started}.{_encoded(self.target.encode())}"

    def _derived(self, purpose: str) -> str:
        parts = (purpose, self.secret, str(self.started), self.target)
        return _encoded(sha256("\0".join(parts).encode()).digest())


def begin_attempt(target: str, *, now: datetime) -> Attempt:
    """Begin an attempt to reach a target."""
    return Attempt(secrets.token_urlsafe(32), int(now.timestamp()), safe_target(target))


def read_attempt(written: str, *, state: str, now: datetime) -> Attempt | None:
    """Return the attempt that a cookie holds, when it is the one of `state` and still holds."""
    found = _WRITTEN.fullmatch(written)
    if found is None:
        return None
    try:
        target = urlsafe_b64decode(found[3] + "=" * (-len(found[3]) % 4)).decode("ascii")
    except ValueError:
        return None
    attempt = Attempt(found[1], int(found[2]), target)
    fresh = 0 <= now.timestamp() - attempt.started <= HOLDS.total_seconds()
    own = safe_target(target) == target and compare_digest(attempt.state, _ascii(state))
    return attempt if fresh and own else None


def _ascii(text: str) -> str:
    """Return a text that can be compared; no state of ours has any other sign."""
    return text if text.isascii() else ""


def _encoded(content: bytes) -> str:
    return urlsafe_b64encode(content).rstrip(b"=").decode()
