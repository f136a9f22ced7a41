"""Who asks: a signed-in person or program, with a role and the groups whose Documents they see."""

from dataclasses import dataclass

from kb.journal.records import Actor, Role


@dataclass(frozen=True, slots=True)
class Person:
    """Who asks; without a `user`, somebody who has not signed in.

    `user` is the stable id from sign-in, `name` what the page shows. `groups` are the audiences
    that are open to the person besides what is for everyone; they are held against a Document's
    `audience` where Passages are fetched.
    """

    user: str = ""
    name: str = ""
    role: Role = Role.READER
    groups: frozenset[str] = frozenset()

    def acting(self, *, channel: str, session: str = "") -> Actor:
        """Return the person as the journal writes them."""
        return Actor(user=self.user, role=self.role, channel=channel, session=session)


ANYONE = Person()
"""Somebody who has not signed in: sees what is for everyone, has no part in the council."""
