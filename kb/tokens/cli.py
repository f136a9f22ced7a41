"""The verb `token` of the command line."""

import argparse

from kb.arguments import Verbs, a_count, imported_when_run, one_of
from kb.journal.records import Role

_COMMANDS = "kb.tokens.commands"


def add_token(verbs: Verbs, shared: argparse.ArgumentParser) -> None:
    """Add `token` with its own verbs."""
    verb = verbs.add_parser("token", help="nycklar till API och MCP: utfärda, se, återkalla")
    own = verb.add_subparsers(title="kommandon", required=True, metavar="KOMMANDO")
    _add_issue(own, shared)
    listing = own.add_parser("list", parents=[shared], help="visa nycklarna, aldrig hemligheten")
    listing.set_defaults(run=imported_when_run(_COMMANDS, "run_list"))
    revoking = own.add_parser("revoke", parents=[shared], help="återkalla en nyckel genast")
    revoking.add_argument("id", metavar="ID", help="nyckelns id, det mellan vgv_ och nästa _")
    revoking.set_defaults(run=imported_when_run(_COMMANDS, "run_revoke"))
    for one in (listing, revoking):
        _add_by(one)


def _add_issue(verbs: Verbs, shared: argparse.ArgumentParser) -> None:
    verb = verbs.add_parser("issue", parents=[shared], help="utfärda en nyckel; den visas en gång")
    verb.add_argument("--name", required=True, metavar="NAMN", help="vad nyckeln är till för")
    verb.add_argument(
        "--days", required=True, type=a_count, metavar="N", help="så många dagar gäller den"
    )
    verb.add_argument("--role", type=one_of(Role), default=Role.READER, metavar="ROLL")
    verb.add_argument(
        "--group",
        action="append",
        default=[],
        metavar="GRUPP",
        help="grupp vars dokument nyckeln öppnar, utöver dem för alla; en gång per grupp",
    )
    _add_by(verb)
    verb.set_defaults(run=imported_when_run(_COMMANDS, "run_issue"))


def _add_by(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--by", metavar="NAMN", help="vem som gör det (VAGVISAREN_ACTOR)")
