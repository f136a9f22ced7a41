"""The verbs `journal` and `receipt` of the command line."""

import argparse
from pathlib import Path

from kb.arguments import Verbs, a_date, imported_when_run

_COMMANDS = "kb.journal.commands"


def add_journal(verbs: Verbs, shared: argparse.ArgumentParser) -> None:
    """Add `journal` with its own verbs."""
    verb = verbs.add_parser("journal", help="ta ut, gallra, radera i och kontrollera journalen")
    own = verb.add_subparsers(title="kommandon", required=True, metavar="KOMMANDO")
    for add in (_add_export, _add_gallra, _add_erase, _add_check):
        add(own, shared)


def add_receipt(verbs: Verbs, shared: argparse.ArgumentParser) -> None:
    """Add `receipt`."""
    verb = verbs.add_parser(
        "receipt",
        parents=[shared],
        help="visa ett svars kvitto: fråga, svar, utgåvor, och vad som ändrats sedan dess",
    )
    verb.add_argument("id", metavar="ID", help="svarets id")
    verb.add_argument(
        "--again",
        action="store_true",
        help="ställ frågan igen över biblioteket som det var (ur git om det har ändrats)",
    )
    _add_by(verb)
    verb.set_defaults(run=imported_when_run(_COMMANDS, "run_receipt"))


def _add_export(verbs: Verbs, shared: argparse.ArgumentParser) -> None:
    verb = verbs.add_parser("export", parents=[shared], help="ta ut det en begäran gäller")
    verb.add_argument("--from", dest="since", type=a_date, metavar="DATUM", help="första dagen")
    verb.add_argument("--to", dest="until", type=a_date, metavar="DATUM", help="sista dagen")
    verb.add_argument("--user", metavar="ANVÄNDARE", help="bara en användares frågor")
    verb.add_argument("--session", metavar="SAMTAL", help="bara ett samtal")
    verb.add_argument("--search", metavar="TEXT", help="bara där texten står i fråga eller svar")
    verb.add_argument("--format", choices=["json", "html", "csv"], default="json")
    verb.add_argument("--out", type=Path, metavar="FIL", help="skriv i en fil i stället")
    verb.add_argument(
        "--everything",
        action="store_true",
        help="även inloggningar, rådets åtgärder, läsningar och gallringar (inte i csv)",
    )
    verb.add_argument(
        "--hide-names", action="store_true", help="ersätt användare och samtal med nummer"
    )
    _add_by(verb)
    verb.set_defaults(run=imported_when_run(_COMMANDS, "run_export"))


def _add_gallra(verbs: Verbs, shared: argparse.ArgumentParser) -> None:
    verb = verbs.add_parser(
        "gallra", parents=[shared], help="ta bort det vars tid är ute enligt VAGVISAREN_RETENTION"
    )
    _add_confirm(verb)
    _add_by(verb)
    verb.set_defaults(run=imported_when_run(_COMMANDS, "run_gallra"))


def _add_erase(verbs: Verbs, shared: argparse.ArgumentParser) -> None:
    verb = verbs.add_parser("erase", parents=[shared], help="radera på begäran")
    whose = verb.add_mutually_exclusive_group(required=True)
    whose.add_argument("--user", metavar="ANVÄNDARE")
    whose.add_argument("--session", metavar="SAMTAL")
    whose.add_argument("--turn", metavar="ID", help="ett svar")
    verb.add_argument("--reason", default="", metavar="SKÄL", help="varför det raderas")
    verb.add_argument("--decision", default="", metavar="BESLUT", help="beslutet det vilar på")
    _add_confirm(verb)
    _add_by(verb)
    verb.set_defaults(run=imported_when_run(_COMMANDS, "run_erase"))


def _add_check(verbs: Verbs, shared: argparse.ArgumentParser) -> None:
    verb = verbs.add_parser(
        "check", parents=[shared], help="kontrollera att inget är ändrat, tillagt eller borttaget"
    )
    verb.add_argument(
        "--noted", metavar="NUMMER:SIGILL", help="ett sigill som noterats utanför journalen"
    )
    verb.set_defaults(run=imported_when_run(_COMMANDS, "run_check"))


def _add_confirm(verb: argparse.ArgumentParser) -> None:
    sure = verb.add_mutually_exclusive_group()
    sure.add_argument(
        "--dry-run", action="store_true", help="visa bara vad som skulle tas bort (standard)"
    )
    sure.add_argument("--confirm", action="store_true", help="ta bort")


def _add_by(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--by", metavar="NAMN", help="vem som gör det (VAGVISAREN_ACTOR)")
