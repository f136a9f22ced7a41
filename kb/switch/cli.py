"""The verb `switch` of the command line."""

import argparse

from kb.arguments import Verbs, imported_when_run

_COMMANDS = "kb.switch.commands"


def add_switch(verbs: Verbs, shared: argparse.ArgumentParser) -> None:
    """Add `switch` with its own verbs."""
    verb = verbs.add_parser("switch", help="stäng av tjänsten för alla med ett meddelande, och på")
    own = verb.add_subparsers(title="kommandon", required=True, metavar="KOMMANDO")
    off = own.add_parser("off", parents=[shared], help="stäng av: inga frågor besvaras")
    off.add_argument("--message", required=True, metavar="TEXT", help="vad medarbetarna får läsa")
    off.add_argument("--message-en", default="", metavar="TEXT", help="detsamma på engelska")
    _add_by(off)
    off.set_defaults(run=imported_when_run(_COMMANDS, "run_off"))
    on = own.add_parser("on", parents=[shared], help="slå på igen")
    _add_by(on)
    on.set_defaults(run=imported_when_run(_COMMANDS, "run_on"))
    status = own.add_parser("status", parents=[shared], help="visa om tjänsten är på")
    status.set_defaults(run=imported_when_run(_COMMANDS, "run_status"))


def _add_by(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--by", metavar="NAMN", help="vem som gör det (VAGVISAREN_ACTOR)")
