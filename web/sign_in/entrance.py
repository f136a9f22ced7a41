"""How people come in: everything that the gate and the routes of sign-in share."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from kb.person import Person
from kb.sign_in.provider import Provider
from kb.sign_in.sessions import Sessions
from web.sign_in.cookies import Cookies
from web.sign_in.noted import Noted


@dataclass(frozen=True, slots=True)
class Trial:
    """Accounts for trying out, each with the password it has until the server stops."""

    accounts: tuple[Person, ...]
    passwords: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Entrance:
    """One way in, by the city's provider or with accounts for trying out.

    `origin` is the service's own address without a path; None where any name of this machine will
    do. `now` returns this moment with its zone.
    """

    way: Provider | Trial
    sessions: Sessions
    noted: Noted
    now: Callable[[], datetime]
    origin: str | None = None

    @property
    def cookies(self) -> Cookies:
        """Return how cookies are named and marked here."""
        return Cookies(secure=self.is_public)

    @property
    def is_public(self) -> bool:
        """Tell whether the service may be reached from other machines."""
        return self.origin is not None and self.origin.startswith("https://")
