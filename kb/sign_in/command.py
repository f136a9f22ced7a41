"""End a person's sessions at once, wherever they are."""

import argparse
import json
import sys

from kb.journal.events import note_sign_in
from kb.journal.here import actor_here, now, opened_journal_in_use, require
from kb.journal.records import Role, SignIn
from kb.settings import Settings
from kb.sign_in.sessions import open_sessions
from kb.sign_in.setup import read_limits


def run_sign_out(options: argparse.Namespace, settings: Settings) -> bool:
    """End the sessions, write it in the journal, and say how many there were."""
    actor = actor_here(settings, by=options.by)
    require(actor, Role.ADMIN, to="avsluta någons inloggning")
    url = settings.journal_url.get_secret_value() if settings.journal_url else None
    with opened_journal_in_use(settings) as journal:
        sessions = open_sessions(settings.data, url=url, limits=read_limits(settings), now=now)
        try:
            ended = len(sessions.end_all(user=options.user))
        finally:
            sessions.close()
        event = SignIn("out", f"by_admin; user={options.user}; sessions={ended}")
        note_sign_in(journal, event, actor=actor, now=now())
    if options.json:
        sys.stdout.write(json.dumps({"user": options.user, "ended": ended}) + "\n")
    else:
        sys.stdout.write(f"{ended} inloggningar avslutade för {options.user}.\n")
    return False
