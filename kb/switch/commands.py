"""What `switch` does; every function returns True when its work found a problem."""

import argparse
import sys
from dataclasses import asdict

from kb.journal.here import actor_here, now, opened_journal_in_use, require
from kb.journal.records import Role, SwitchMove
from kb.present import to_json
from kb.settings import Settings
from kb.switch.state import Standing, read_switch, turn_switch


def run_off(options: argparse.Namespace, settings: Settings) -> bool:
    """Turn the service off; who did it and what was said stand in the journal."""
    move = SwitchMove(is_on=False, message=options.message, message_en=options.message_en)
    return _turn(options, settings, move)


def run_on(options: argparse.Namespace, settings: Settings) -> bool:
    """Turn the service on."""
    return _turn(options, settings, SwitchMove(is_on=True))


def run_status(options: argparse.Namespace, settings: Settings) -> bool:
    """Show how the switch stands; True when it is off."""
    with opened_journal_in_use(settings) as journal, journal.looking() as connection:
        standing = read_switch(connection)
    _show(options, standing)
    return not standing.is_on


def _turn(options: argparse.Namespace, settings: Settings, move: SwitchMove) -> bool:
    actor = actor_here(settings, by=options.by)
    require(actor, Role.ADMIN, to="stänga av eller slå på tjänsten")
    with opened_journal_in_use(settings) as journal:
        turn_switch(journal, move, actor=actor, now=now())
        with journal.looking() as connection:
            standing = read_switch(connection)
    _show(options, standing)
    return False


def _show(options: argparse.Namespace, standing: Standing) -> None:
    sys.stdout.write((to_json(asdict(standing)) if options.json else _text(standing)) + "\n")


def _text(standing: Standing) -> str:
    if not standing.at:
        return "På. Tjänsten har aldrig stängts av."
    turned = f"sedan {standing.at[:19].replace('T', ' ')} UTC, av {standing.by}"
    if standing.is_on:
        return f"På {turned}."
    english = f"\n{standing.message_en}" if standing.message_en else ""
    return f"Av {turned}. Medarbetarna läser:\n{standing.message}{english}"
