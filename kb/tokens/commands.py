"""What `token` does; every function returns True when its work found a problem."""

import argparse
import sys
from dataclasses import asdict
from typing import Any

from kb.journal.export import local_time
from kb.journal.here import actor_here, now, opened_journal_in_use, require
from kb.journal.records import Role
from kb.present import to_json
from kb.settings import Settings
from kb.tokens.register import TokenRegister
from kb.tokens.token import PREFIX, Token


def run_issue(options: argparse.Namespace, settings: Settings) -> bool:
    """Issue a token: the token alone on stdout, once, what is to be known of it on stderr."""
    actor = actor_here(settings, by=options.by)
    require(actor, Role.ADMIN, to="utfärda nycklar")
    with opened_journal_in_use(settings) as journal:
        issued, text = TokenRegister(journal, now=now).issue(
            name=options.name,
            role=options.role,
            groups=options.group,
            days=options.days,
            actor=actor,
        )
    _say(to_json({"token": text, **_shown(issued)}) if options.json else text)
    sys.stderr.write(
        f"Nyckeln {issued.id} ({issued.name}) gäller till {local_time(issued.expires)}. "
        "Den visas bara nu: förvara den som ett lösenord.\n"
    )
    if not settings.api:
        sys.stderr.write("obs: VAGVISAREN_API är false, så webbappen tar inte emot den.\n")
    return False


def run_list(options: argparse.Namespace, settings: Settings) -> bool:
    """Show every token, who issued it, and whether it is valid; nothing secret."""
    require(actor_here(settings, by=options.by), Role.ADMIN, to="se nycklar")
    with opened_journal_in_use(settings) as journal:
        tokens = TokenRegister(journal, now=now).listed()
    if options.json:
        _say(to_json({"tokens": [_shown(one) for one in tokens]}))
        return False
    _say("\n".join(map(_line, tokens)) or "Inga nycklar är utfärdade.")
    return False


def run_revoke(options: argparse.Namespace, settings: Settings) -> bool:
    """Revoke a token; it opens nothing from the next call on."""
    actor = actor_here(settings, by=options.by)
    require(actor, Role.ADMIN, to="återkalla nycklar")
    with opened_journal_in_use(settings) as journal:
        revoked = TokenRegister(journal, now=now).revoke(options.id, actor=actor)
    _say(to_json(_shown(revoked)) if options.json else _line(revoked))
    return False


def _shown(one: Token) -> dict[str, Any]:
    return {**asdict(one), "state": one.state(now()).value}


def _line(one: Token) -> str:
    groups = f", grupper {', '.join(one.groups)}" if one.groups else ""
    used = f"senast använd {local_time(one.used)[:10]}" if one.used else "inte använd"
    return (
        f"{PREFIX}_{one.id}: {one.state(now())}; {one.name} (roll {one.role}{groups}); utfärdad "
        f"{local_time(one.issued)[:10]} av {one.issued_by}, gäller till "
        f"{local_time(one.expires)[:16]}; {used}"
    )


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
