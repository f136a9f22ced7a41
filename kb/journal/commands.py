"""What `journal` and `receipt` do; every function returns True when its work found a problem."""

import argparse
import os
import re
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from ingest.errors import JournalError
from kb.journal.again import ask_again
from kb.journal.chain import Head
from kb.journal.erasure import Whose, erase, find_records
from kb.journal.events import note_reading
from kb.journal.export import Export, Format, export_csv, export_json, local_time, take_out
from kb.journal.export_html import export_html
from kb.journal.here import actor_here, now, opened_journal, require
from kb.journal.queries import Wanted
from kb.journal.receipt import read_receipt
from kb.journal.receipt_text import receipt_json, receipt_text
from kb.journal.records import Reading, Role
from kb.journal.removing import Item
from kb.journal.replay import replay
from kb.journal.retention import Due, find_due, remove_due
from kb.journal.verify import verify
from kb.library import load_library
from kb.present import to_json
from kb.settings import Settings

KINDS = {
    "turn": ("fråga", "frågor"),
    "citation": ("källa", "källor"),
    "feedback": ("omdöme", "omdömen"),
    "sign_in": ("inloggning", "inloggningar"),
    "council_move": ("åtgärd av rådet", "åtgärder av rådet"),
    "publication": ("publicering", "publiceringar"),
    "reading": ("läsning", "läsningar"),
    "removal": ("gallring eller radering", "gallringar och raderingar"),
    "switch": ("av- eller påslag", "av- och påslag"),
    "token": ("händelse med API-nycklar", "händelser med API-nycklar"),
}
"""What one and what several of a kind are called."""

_SEAL = re.compile("sha256:[0-9a-f]{64}")


def run_export(options: argparse.Namespace, settings: Settings) -> bool:
    """Take out what is asked for; that it was read is written before it is shown."""
    actor = actor_here(settings, by=options.by)
    require(actor, Role.ADMIN, to="ta ut ur journalen")
    wanted = Wanted(
        options.since, options.until, options.user, options.session, search=options.search
    )
    if wanted.since and wanted.until and wanted.until < wanted.since:
        raise JournalError(f"--to {wanted.until} ligger före --from {wanted.since}.")
    moment = now()
    with opened_journal(settings) as journal:
        with journal.looking() as connection:  # a long read keeps no writer waiting
            export = take_out(
                connection,
                wanted,
                by=actor.user,
                now=moment,
                everything=options.everything,
                hide_names=options.hide_names,
            )
        text = _written(export, options.format)
        reading = Reading(f"journal export {options.format}", wanted.text, len(export.turns))
        with journal.writing() as connection:
            note_reading(connection, reading, actor=actor, now=moment)
    if options.out:
        _write_private(options.out, text)
        sys.stderr.write(f"{len(export.turns)} frågor skrivna i {options.out}.\n")
    else:
        sys.stdout.write(text)
    return False


def run_receipt(options: argparse.Namespace, settings: Settings) -> bool:
    """Show the receipt of an answer and replay it; True when a source can no longer be proved."""
    actor = actor_here(settings, by=options.by)
    require(actor, Role.REVIEWER, to="läsa kvitton")
    with opened_journal(settings) as journal:
        receipt = read_receipt(journal, options.id, actor=actor, now=now())
    library = load_library(settings.library)
    found = replay(receipt, library, today=settings.as_of or date.today())
    again = ask_again(receipt, settings) if options.again else None
    shown: str = (
        to_json(receipt_json(receipt, found, again))
        if options.json
        else receipt_text(receipt, found, again)
    )
    sys.stdout.write(shown + "\n")
    return not found.is_proved


def run_gallra(options: argparse.Namespace, settings: Settings) -> bool:
    """Show, or with --confirm remove, what is past its days by the rules of the settings."""
    actor = actor_here(settings, by=options.by)
    require(actor, Role.ADMIN, to="gallra")
    moment = now()
    with opened_journal(settings) as journal:
        if options.confirm:
            due = remove_due(
                journal,
                settings.retention,
                decision=settings.retention_decision,
                actor=actor,
                now=moment,
            )
        else:
            with journal.looking() as connection:
                due = find_due(connection, settings.retention, now=moment)
    if options.json:
        rules = [_due_json(one) for one in due]
        _say(to_json({"removed": options.confirm, "rules": rules}))
        return False
    if not due:
        _say("Ingen regel är satt: allt bevaras tills nämnden beslutar (VAGVISAREN_RETENTION).")
    for one in due:
        done = "gallrat" if options.confirm else "skulle gallras"
        before = local_time(one.before)[:16]
        _say(f"{one.rule}, före {before}, {done}: {_counted(_counts(one.items))}")
    return False


def run_erase(options: argparse.Namespace, settings: Settings) -> bool:
    """Show, or with --confirm erase, what belongs to a user, a conversation or an answer."""
    actor = actor_here(settings, by=options.by)
    require(actor, Role.ADMIN, to="radera ur journalen")
    whose = Whose(options.user, options.session, options.turn)
    with opened_journal(settings) as journal:
        if options.confirm:
            counts = erase(
                journal,
                whose,
                reason=options.reason,
                decision=options.decision,
                actor=actor,
                now=now(),
            )
        else:
            with journal.looking() as connection:
                counts = _counts(find_records(connection, whose))
    if options.json:
        _say(to_json({"removed": options.confirm, "counts": counts}))
    else:
        done = "Raderat" if options.confirm else "Skulle raderas med --confirm"
        _say(f"{done}: {_counted(counts)}")
    return False


def run_check(options: argparse.Namespace, settings: Settings) -> bool:
    """Verify the journal; True when something is not as it was written."""
    with opened_journal(settings) as journal, journal.looking() as connection:
        verdict = verify(connection, noted=_read_head(options.noted))
    n, seal = verdict.head
    if options.json:
        data = {"head": {"n": n, "seal": seal}, "records": verdict.records}
        _say(to_json({**data, "removed": verdict.removed, "faults": verdict.faults}))
    else:
        _say(f"{_counted(verdict.records)}; {verdict.removed} borttagna enligt loggen")
        _say(f"Sista sigill: {n}:{seal}")
        for fault in verdict.faults:
            _say(f"FEL: {fault}")
        _say("Något är inte som det skrevs." if verdict.faults else "Allt är som det skrevs.")
    return bool(verdict.faults)


def _written(export: Export, form: Format) -> str:
    match form:
        case "json":
            return export_json(export)
        case "html":
            return export_html(export)
        case "csv":
            return export_csv(export)


def _write_private(path: Path, text: str) -> None:
    """Write a file that only its owner may read."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as stream:
        stream.write(text)


def _read_head(text: str | None) -> Head | None:
    if text is None:
        return None
    n, _, seal = text.partition(":")
    if not n.isdigit() or not _SEAL.fullmatch(seal):
        raise JournalError(
            "Skriv hela sigillet som det noterades: numret, kolon, sha256: och 64 tecken."
        )
    return Head(int(n), seal)


def _due_json(due: Due) -> dict[str, Any]:
    return {
        "kind": due.kind,
        "days": due.days,
        "before": due.before,
        "counts": _counts(due.items),
    }


def _counts(items: tuple[Item, ...]) -> dict[str, int]:
    return {kind: n for kind in KINDS if (n := sum(item.kind == kind for item in items))}


def _counted(counts: Mapping[str, int]) -> str:
    counted = ((one, more, counts.get(kind, 0)) for kind, (one, more) in KINDS.items())
    named = [f"{n} {one if n == 1 else more}" for one, more, n in counted if n]
    return ", ".join(named) or "inget"


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
