"""The verb `sign-out` of the command line."""

import argparse

from kb.arguments import Verbs, imported_when_run


def add_sign_out(verbs: Verbs, shared: argparse.ArgumentParser) -> None:
    """Add `sign-out`."""
    verb = verbs.add_parser(
        "sign-out",
        parents=[shared],
        help="avsluta en persons alla inloggningar genast, till exempel när en roll tas bort",
    )
    verb.add_argument("user", metavar="ANVÄNDARE", help="id som i journalen")
    verb.add_argument("--by", metavar="VEM", help="vem som gör det (VAGVISAREN_ACTOR)")
    verb.set_defaults(run=imported_when_run("kb.sign_in.command", "run_sign_out"))
