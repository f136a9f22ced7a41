"""Read who a person is, and what they may do, out of claims that have been checked."""

from collections.abc import Iterable, Mapping
from typing import Any

from ingest.errors import SignInError
from kb.journal.records import Role
from kb.person import Person
from kb.sign_in.setup import Oidc

LONGEST = 255
"""Characters of an id or a name that are taken."""


def person_of(claims: Mapping[str, Any], oidc: Oidc) -> Person:
    """Return the person whom claims describe, with the highest of the roles they give.

    Raises:
        SignInError: there is no id, or the claim that lets a person in is not there.
    """
    user = claims.get(oidc.user_claim)
    if not isinstance(user, str) or not user.isprintable() or not 0 < len(user) <= LONGEST:
        raise SignInError(
            "Inloggningstjänsten sa inte vem du är. Hör av dig till IT-supporten.",
            reason="no_user",
        )
    if oidc.required and oidc.required[1] not in _values(claims, oidc.required[0]):
        raise SignInError(
            "Ditt konto har inte tillgång till Vägvisaren. Hör av dig till IT-supporten om du "
            "behöver den i ditt arbete.",
            reason="not_allowed",
            user=user,
        )
    name = claims.get(oidc.name_claim)
    shown = name if isinstance(name, str) and name.isprintable() else ""
    roles = [oidc.roles[value] for value in _values(claims, oidc.role_claim) if value in oidc.roles]
    groups = [oidc.groups[one] for one in _values(claims, oidc.group_claim) if one in oidc.groups]
    return Person(
        user=user,
        name=shown.strip()[:LONGEST] or user,
        role=max(roles, key=list(Role).index, default=Role.READER),
        groups=frozenset(groups),
    )


def _values(claims: Mapping[str, Any], name: str) -> Iterable[str]:
    """Return the values of a claim, one or several; `a.b` looks for `b` within `a`."""
    value: Any = claims.get(name)
    if value is None and "." in name:
        value = claims
        for part in name.split("."):
            value = value.get(part) if isinstance(value, dict) else None
    values = value if isinstance(value, list) else [value]
    return [one for one in values if isinstance(one, str)]
