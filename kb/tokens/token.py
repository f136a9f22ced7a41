"""A token: `vgv_<id>_<secret>`, shown once; what is kept is its digest."""

import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import NamedTuple

from kb.journal.chain import stamp
from kb.journal.records import Role
from kb.person import Person

PREFIX = "vgv"  # secret scanners find it by this
_TEXT = re.compile(rf"{PREFIX}_([0-9a-f]{{12}})_([A-Za-z0-9_-]{{43}})")


class State(StrEnum):
    """Whether a token opens anything."""

    VALID = "giltig"
    EXPIRED = "utgången"
    REVOKED = "återkallad"


@dataclass(frozen=True, slots=True)
class Token:
    """What is known of a token; times as the journal writes them, empty for what has not been.

    `groups` are the audiences it opens besides what is for everyone; `used` is when its last use
    was noted, which is done once a day.
    """

    id: str
    name: str
    role: Role
    groups: tuple[str, ...]
    issued: str
    issued_by: str
    expires: str
    revoked: str = ""
    used: str = ""

    def state(self, now: datetime) -> State:
        """Tell whether the token is valid at a moment; a revoked one is so for good."""
        if self.revoked:
            return State.REVOKED
        return State.VALID if stamp(now) < self.expires else State.EXPIRED

    @property
    def person(self) -> Person:
        """Return who asks when the token is shown."""
        return Person(f"token:{self.id}", self.name, self.role, frozenset(self.groups))


class Parts(NamedTuple):
    """The two parts of a token: the id, which is no secret, and the digest of the whole."""

    id: str
    digest: str


def make_token() -> str:
    """Make the text of a new token, 256 bits of it random."""
    return f"{PREFIX}_{secrets.token_hex(6)}_{secrets.token_urlsafe(32)}"


def read_token(text: str) -> Parts | None:
    """Read the text of a token; None when it cannot be one."""
    found = _TEXT.fullmatch(text)
    return Parts(found[1], _digest(text)) if found else None


def is_same(digest: str, other: str) -> bool:
    """Compare two digests in a time that says nothing of where they differ."""
    return hmac.compare_digest(digest, other)


def _digest(text: str) -> str:
    """Return the digest that is kept.

    A plain one is enough: a random secret of 256 bits cannot be guessed from a list, as a
    password can.
    """
    return sha256(text.encode()).hexdigest()
