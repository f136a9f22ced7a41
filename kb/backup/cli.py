"""The verbs `backup` and `restore` of the command line."""

import argparse
from pathlib import Path

from kb.arguments import Verbs, imported_when_run

_COMMANDS = "kb.backup.commands"


def add_backup(verbs: Verbs, shared: argparse.ArgumentParser) -> None:
    """Add `backup`."""
    verb = verbs.add_parser(
        "backup", parents=[shared], help="säkerhetskopiera biblioteket och journalen i en fil"
    )
    verb.add_argument("--out", type=Path, required=True, metavar="FIL.tar.gz")
    verb.add_argument("--by", metavar="ANVÄNDARE", help="vem som gör det (VAGVISAREN_ACTOR)")
    verb.set_defaults(run=imported_when_run(_COMMANDS, "run_backup"))


def add_restore(verbs: Verbs, shared: argparse.ArgumentParser) -> None:
    """Add `restore`."""
    verb = verbs.add_parser(
        "restore",
        parents=[shared],
        help="återställ en säkerhetskopia i ett tomt bibliotek och en tom journal",
    )
    verb.add_argument("file", type=Path, metavar="FIL.tar.gz")
    verb.add_argument(
        "--check", action="store_true", help="kontrollera bara att kopian är hel; återställ inget"
    )
    verb.set_defaults(run=imported_when_run(_COMMANDS, "run_restore"))
