"""Open the way in that the settings name, and close it afterwards."""

import secrets
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime

from kb.person import Person
from kb.settings import Settings
from kb.sign_in.calls import http_client
from kb.sign_in.provider import Provider
from kb.sign_in.sessions import open_sessions
from kb.sign_in.setup import read_limits, read_oidc, read_trial
from web.recorder import Recorder
from web.sign_in.entrance import Entrance, Trial
from web.sign_in.noted import Noted


@contextmanager
def opened_entrance(
    settings: Settings, *, recorder: Recorder, now: Callable[[], datetime]
) -> Iterator[Entrance | None]:
    """Open the way in; None where the settings name none.

    Raises:
        SettingsError: half of it is set, or two ways at once.
        SignInError: the database of sessions does not answer.
    """
    oidc, accounts = read_oidc(settings), read_trial(settings)
    if oidc is None and not accounts:
        yield None
        return
    with ExitStack() as stack:
        url = settings.journal_url.get_secret_value() if settings.journal_url else None
        limits = read_limits(settings)
        sessions = open_sessions(settings.data, url=url, limits=limits, now=now)
        stack.callback(sessions.close)
        noted = Noted(recorder, now=now)
        if oidc is not None:
            provider = Provider(oidc, stack.enter_context(http_client()), now=now)
            yield Entrance(provider, sessions, noted, now, origin=oidc.origin)
        else:
            yield Entrance(open_trial(accounts), sessions, noted, now)


def open_trial(accounts: tuple[Person, ...]) -> Trial:
    """Give every account a password for this run, and print them where only the starter reads."""
    passwords = {account.user: secrets.token_urlsafe(12) for account in accounts}
    lines = ["Provkonton, bara till för att prova och bara på den egna datorn:"]
    lines += [
        f"  {account.user} ({account.role.value}): {passwords[account.user]}"
        for account in accounts
    ]
    lines.append("Lösenorden gäller tills servern stängs.")
    print("\n".join(lines), file=sys.stderr, flush=True)
    return Trial(accounts, passwords)
