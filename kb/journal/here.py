"""Say who acts on the command line, with what role, and open the journal that settings name."""

import getpass
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from ingest.errors import CouncilError, SettingsError
from kb.journal.records import Actor, Role
from kb.journal.store import Journal, journal_path, open_journal
from kb.settings import Settings

ROLES = {
    Role.READER: "läsare",
    Role.AUTHOR: "författare",
    Role.REVIEWER: "granskare",
    Role.ADMIN: "administratör",
}


def actor_here(settings: Settings, *, by: str | None = None) -> Actor:
    """Return who acts: the name that is given, else the setting's, else the login.

    The machine's login is always written beside a given name. Without a council in the settings
    whoever may write in the library may do all that needs a role: they could do it with an
    editor. Two different names are needed all the same where two are.
    """
    login = _login()
    user = by or settings.actor or login
    role = settings.council.get(user, Role.READER) if settings.council else Role.ADMIN
    return Actor(user=user, role=role, channel=f"cli:{login}")


def require(actor: Actor, least: Role, *, to: str) -> None:
    """Refuse one whose role may not do something.

    Raises:
        CouncilError: the role is less than what is needed.
    """
    order = list(Role)
    if order.index(actor.role) < order.index(least):
        raise CouncilError(
            f"{actor.user} har rollen {ROLES[actor.role]}; att {to} kräver {ROLES[least]}. "
            "Roller sätts i VAGVISAREN_COUNCIL."
        )


@contextmanager
def opened_journal(settings: Settings) -> Iterator[Journal]:
    """Open the journal that the settings name, and close it afterwards."""
    url = settings.journal_url.get_secret_value() if settings.journal_url else None
    journal = open_journal(settings.data, url=url)
    try:
        yield journal
    finally:
        journal.close()


@contextmanager
def opened_journal_in_use(settings: Settings) -> Iterator[Journal]:
    """Open the journal of a service that runs or has run; make none.

    Whoever turns a service off from another login, without its settings, must not be told that
    it is off when a new journal in their own data folder says so.

    Raises:
        SettingsError: the data folder holds no journal, and no other database is named.
    """
    if not settings.journal_url and not journal_path(settings.data).exists():
        raise SettingsError(
            f"I {settings.data} finns ingen journal; ingenting är gjort. Ange tjänstens egen "
            "datamapp med --data eller VAGVISAREN_DATA, eller dess databas med "
            "VAGVISAREN_JOURNAL_URL."
        )
    with opened_journal(settings) as journal:
        yield journal


def now() -> datetime:
    """Return this moment in UTC."""
    return datetime.now(UTC)


def _login() -> str:
    try:
        return os.environ.get("SUDO_USER") or getpass.getuser()
    except (OSError, KeyError):
        return "okänd"
