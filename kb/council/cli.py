"""The verb `council` of the command line."""

import argparse

from ingest.document import Status
from kb.arguments import Verbs, a_count, a_date, imported_when_run, one_of

_COMMANDS = "kb.council.commands"
_MOVES = {
    "submit": "lämna ett utkast till granskning",
    "approve": "godkänn det som är under granskning (inte sitt eget)",
    "publish": "publicera det som är godkänt",
    "withdraw": "dra tillbaka det publicerade, eller ta det under granskning tillbaka till utkast",
}


def add_council(verbs: Verbs, shared: argparse.ArgumentParser) -> None:
    """Add `council` with its own verbs."""
    verb = verbs.add_parser("council", help="AI-rådets arbete: granska, publicera, se inkorgen")
    own = verb.add_subparsers(title="kommandon", required=True, metavar="KOMMANDO")
    _add_list(own, shared)
    _add_diff(own, shared)
    for name, text in _MOVES.items():
        _add_move(own, shared, name, text)
    _add_inbox(own, shared)


def _add_list(verbs: Verbs, shared: argparse.ArgumentParser) -> None:
    verb = verbs.add_parser("list", parents=[shared], help="visa dokument, status och översyn")
    verb.add_argument("--status", type=one_of(Status), metavar="STATUS")
    verb.add_argument("--overdue", action="store_true", help="bara där översynen är försenad")
    verb.set_defaults(run=imported_when_run(_COMMANDS, "run_list"))


def _add_diff(verbs: Verbs, shared: argparse.ArgumentParser) -> None:
    verb = verbs.add_parser(
        "diff", parents=[shared], help="visa vad en utgåva ändrar, avsnitt för avsnitt"
    )
    verb.add_argument("name", metavar="ID[@UTGÅVA]")
    verb.set_defaults(run=imported_when_run(_COMMANDS, "run_diff"))


def _add_move(verbs: Verbs, shared: argparse.ArgumentParser, name: str, text: str) -> None:
    verb = verbs.add_parser(name, parents=[shared], help=text)
    verb.add_argument("name", metavar="ID[@UTGÅVA]")
    verb.add_argument("--note", default="", metavar="TEXT", help="skriv varför, i journalen")
    verb.add_argument("--by", metavar="NAMN", help="vem som gör det (VAGVISAREN_ACTOR)")
    if name == "publish":
        verb.add_argument("--valid-from", type=a_date, metavar="DATUM", help="första dagen")
        verb.add_argument(
            "--personal-data-reviewed",
            action="store_true",
            help="personnumren i texten är granskade och får stå kvar; skrivs i journalen",
        )
    verb.set_defaults(run=imported_when_run(_COMMANDS, "run_move"), move=name)
    verb.set_defaults(valid_from=None, personal_data_reviewed=False)


def _add_inbox(verbs: Verbs, shared: argparse.ArgumentParser) -> None:
    verb = verbs.add_parser(
        "inbox", parents=[shared], help="visa frågor utan svar och svar som inte hjälpte"
    )
    verb.add_argument("--from", dest="since", type=a_date, metavar="DATUM", help="första dagen")
    verb.add_argument("--to", dest="until", type=a_date, metavar="DATUM", help="sista dagen")
    verb.add_argument("-k", type=a_count, default=50, metavar="N", help="antal grupper")
    verb.add_argument("--by", metavar="NAMN", help="vem som läser (VAGVISAREN_ACTOR)")
    verb.set_defaults(run=imported_when_run(_COMMANDS, "run_inbox"))
