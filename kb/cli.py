"""The command line: `vagvisaren`, also `python -m kb`."""

import argparse
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from pathlib import Path

from ingest.document import Kind, Status
from ingest.errors import VagvisarenError
from kb import commands
from kb.arguments import Parser, Verbs, a_count, a_date, one_of
from kb.backup.cli import add_backup, add_restore
from kb.check.command import run_check
from kb.council.cli import add_council
from kb.explain import explain
from kb.ingesting.command import run_ingest
from kb.journal.cli import add_journal, add_receipt
from kb.serving import run_serve
from kb.settings import read_settings
from kb.sign_in.cli import add_sign_out
from kb.switch.cli import add_switch
from kb.terminal import harmless_terminal
from kb.tokens.cli import add_token

DONE, FOUND_PROBLEM, COULD_NOT_RUN = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return 0 done, 1 the work found a problem, 2 could not run."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # Swedish in any locale; half a character is escaped
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    options = build_parser().parse_args(arguments)
    with harmless_terminal():
        return _run(options)


def _run(options: argparse.Namespace) -> int:
    try:
        settings = read_settings(
            library=options.library,
            data=options.data,
            as_of=getattr(options, "as_of", None),
            host=getattr(options, "host", None),
            port=getattr(options, "port", None),
        )
        found_problem: bool = options.run(options, settings)
    except VagvisarenError as error:
        sys.stderr.write(f"vagvisaren: {error}\n")
        return COULD_NOT_RUN
    except OSError as error:
        sys.stderr.write(f"vagvisaren: {explain(error)}\n")
        return COULD_NOT_RUN
    except KeyboardInterrupt:
        sys.stderr.write("vagvisaren: avbrutet.\n")
        return COULD_NOT_RUN
    return FOUND_PROBLEM if found_problem else DONE


def build_parser() -> argparse.ArgumentParser:
    """Return the parser; the global options may stand before or after the command."""
    shared = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    _add_global(shared)
    parser: argparse.ArgumentParser = Parser(
        prog="vagvisaren",
        description="Svarar på frågor om AI i arbetet med exakta citat ur godkända dokument.",
    )
    parser.set_defaults(library=None, data=None, json=False)
    _add_global(parser)
    verbs = parser.add_subparsers(title="kommandon", required=True, metavar="KOMMANDO")
    for add in _VERBS:
        add(verbs, shared)
    return parser


def _add_global(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--library", type=Path, metavar="DIR", help="mapp med dokument (VAGVISAREN_LIBRARY)"
    )
    parser.add_argument(
        "--data", type=Path, metavar="DIR", help="mapp för index och modeller (VAGVISAREN_DATA)"
    )
    parser.add_argument("--json", action="store_true", help="skriv JSON på standard ut")


def _add_ingest(verbs: Verbs, shared: argparse.ArgumentParser) -> None:
    verb = verbs.add_parser(
        "ingest", parents=[shared], help="gör filer eller mappar till dokument i biblioteket"
    )
    verb.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    verb.add_argument("--kind", type=one_of(Kind), metavar="SORT")
    verb.add_argument("--title")
    verb.add_argument("--year", type=int)
    verb.add_argument("--valid-from", type=a_date, metavar="DATUM")
    verb.add_argument("--valid-to", type=a_date, metavar="DATUM")
    verb.add_argument("--status", type=one_of(Status), metavar="STATUS")
    verb.add_argument("--publish", action="store_true", help="sätt status published")
    verb.add_argument(
        "--preview", action="store_true", help="visa text, förslag och varningar; skriv inget"
    )
    verb.add_argument(
        "--report", type=Path, metavar="FIL.html", help="skriv en rapport att granska"
    )
    verb.add_argument(
        "--personal-data-reviewed", action="append", default=[], metavar="FIL",
        help="filen (namn utan mapp) får publiceras fast den har personnummer; en gång per fil",
    )  # fmt: skip
    verb.set_defaults(run=run_ingest)


def _add_sync(verbs: Verbs, shared: argparse.ArgumentParser) -> None:
    verb = verbs.add_parser("sync", parents=[shared], help="gör indexet lika med biblioteket")
    verb.add_argument("--rebuild", action="store_true", help="bygg om allt från början")
    verb.add_argument("--dry-run", action="store_true", help="visa bara vad som skulle hända")
    verb.add_argument(
        "--accept-removals", action="store_true", help="även om många dokument har försvunnit"
    )
    verb.set_defaults(run=commands.run_sync)


def _add_search(verbs: Verbs, shared: argparse.ArgumentParser) -> None:
    verb = verbs.add_parser("search", parents=[shared], help="visa träffar med poäng")
    verb.add_argument("question", metavar="Q")
    verb.add_argument("-k", type=a_count, default=10, metavar="N", help="antal träffar")
    verb.add_argument("--as-of", type=a_date, metavar="DATUM", help="sök som om det vore den dagen")
    _add_audience(verb)
    verb.set_defaults(run=commands.run_search)


def _add_ask(verbs: Verbs, shared: argparse.ArgumentParser) -> None:
    verb = verbs.add_parser("ask", parents=[shared], help="ställ en fråga")
    verb.add_argument("question", nargs="?", metavar="Q")
    verb.add_argument("--batch", type=Path, metavar="FIL.jsonl", help="en fråga per rad")
    verb.add_argument(
        "--as-of", type=a_date, metavar="DATUM", help="svara som om det vore den dagen"
    )
    verb.add_argument("--language", choices=["sv", "en"])
    verb.add_argument("--mode", choices=["extractive", "generative"], default="extractive")
    verb.add_argument(
        "--journal",
        action=argparse.BooleanOptionalAction,
        help="skriv frågan i journalen, eller inte (VAGVISAREN_JOURNAL_ASK)",
    )
    _add_audience(verb)
    verb.set_defaults(run=commands.run_ask)


def _add_audience(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "--audience",
        action="append",
        default=[],
        metavar="GRUPP",
        help="se även det som bara är för en grupp; en gång per grupp",
    )


def _add_check(verbs: Verbs, shared: argparse.ArgumentParser) -> None:
    verb = verbs.add_parser(
        "check", parents=[shared], help="granska bibliotekets texter innan de publiceras"
    )
    verb.add_argument(
        "--as-of", type=a_date, metavar="DATUM", help="granska som om det vore den dagen"
    )
    verb.set_defaults(run=run_check)


def _add_serve(verbs: Verbs, shared: argparse.ArgumentParser) -> None:
    verb = verbs.add_parser("serve", parents=[shared], help="starta webbchatten")
    verb.add_argument("--host", help="adress att lyssna på (VAGVISAREN_HOST)")
    verb.add_argument("--port", type=int, help="port (VAGVISAREN_PORT)")
    verb.set_defaults(run=run_serve)


def _add_eval(verbs: Verbs, shared: argparse.ArgumentParser) -> None:
    verb = verbs.add_parser("eval", parents=[shared], help="kör testfall, döm och rapportera")
    verb.add_argument("suites", nargs="*", metavar="SVIT", help="namn i evals/suites, eller filer")
    verb.add_argument("--gate", action="store_true", help="avsluta med 1 om policyn inte hålls")
    verb.add_argument("--critical", action="store_true", help="bara de kritiska testfallen")
    verb.add_argument("--baseline", metavar="B", help="utgåva att jämföra med; annars den senaste")
    verb.add_argument("--out", type=Path, metavar="DIR", help="mapp för svar och rapport")
    verb.add_argument("--score", type=Path, metavar="DIR", help="döm svaren i en gammal körning")
    verb.add_argument(
        "--compare",
        nargs=2,
        metavar=("A", "B"),
        help="jämför två körningar, bibliotek, datamappar eller inställningar (namn=värde)",
    )
    verb.add_argument("--approve", metavar="ROLL", help="godkänn körningen som ny baslinje")
    verb.add_argument("--release", metavar="R", help="utgåva som godkänns; annars programmets")
    verb.add_argument(
        "--as-of", type=a_date, metavar="DATUM", help="fråga som om det vore den dagen"
    )
    verb.add_argument("--workers", type=a_count, metavar="N", help="antal processer")
    verb.set_defaults(run=commands.run_eval)


def _add_doctor(verbs: Verbs, shared: argparse.ArgumentParser) -> None:
    verb = verbs.add_parser("doctor", parents=[shared], help="kontrollera att allt är i ordning")
    verb.set_defaults(run=commands.run_doctor)


_VERBS = (
    _add_ingest,
    _add_sync,
    _add_search,
    _add_ask,
    _add_check,
    _add_serve,
    _add_eval,
    add_journal,
    add_receipt,
    add_council,
    add_sign_out,
    add_switch,
    add_backup,
    add_restore,
    add_token,
    _add_doctor,
)
