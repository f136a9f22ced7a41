"""What `council` does; every function returns True when its work found a problem."""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from importlib import import_module

from ingest.document import Document, Status
from kb.check.review import open_review
from kb.council.desk import Desk, find_edition, make_move
from kb.council.difference import difference, difference_json, difference_text
from kb.council.gate import Gate
from kb.council.inbox import Asked, inbox
from kb.council.moves import RULES, STATUSES, Move
from kb.council.overview import Listed, list_editions
from kb.council.similar import group_alike
from kb.guide import open_tools
from kb.journal.events import note_reading
from kb.journal.export import local_time
from kb.journal.here import actor_here, now, opened_journal, require
from kb.journal.queries import Wanted, find_turns
from kb.journal.records import Reading, Role
from kb.language.swedish import Analyser
from kb.library import Library, load_library
from kb.present import to_json
from kb.settings import Settings
from kb.terminal import in_one


def open_gate(settings: Settings) -> Gate:
    """Return what judges a publication; the evals stand to the right of kb, so by name."""
    gate: Gate = import_module("evals.publication").open_gate(settings)
    return gate


def run_list(options: argparse.Namespace, settings: Settings) -> bool:
    """List the editions; True when a review is overdue or a file is not as it was published."""
    library = _library(settings)
    with opened_journal(settings) as journal, journal.looking() as connection:
        listed = list_editions(connection, library, today=_today(settings))
    chosen = [
        one
        for one in listed
        if options.status in (None, one.status) and (one.is_overdue or not options.overdue)
    ]
    if options.json:
        _say(to_json({"editions": [asdict(one) for one in chosen]}))
    else:
        _say("\n".join(map(_listed_line, chosen)) or "Inga dokument.")
    return any(one.is_overdue or one.is_changed or one.is_unfinished for one in chosen)


def run_diff(options: argparse.Namespace, settings: Settings) -> bool:
    """Show what an edition changes."""
    library = _library(settings)
    waiting = (Status.IN_REVIEW, Status.DRAFT)
    document = find_edition(library, options.name, statuses=waiting)
    with opened_journal(settings) as journal, journal.looking() as connection:
        found = difference(connection, library, document, today=_today(settings))
    _say(to_json(difference_json(found)) if options.json else difference_text(found))
    _warn_of_conflicts(document, settings)
    return False


def run_move(options: argparse.Namespace, settings: Settings) -> bool:
    """Submit, approve, publish or withdraw; True when the gate held a publication back."""
    actor = actor_here(settings, by=options.by)
    if not settings.council:
        sys.stderr.write("obs: VAGVISAREN_COUNCIL är inte satt, så inga roller prövas.\n")
    with opened_journal(settings) as journal:
        moved = make_move(
            Desk(settings.library, journal, open_gate(settings), settings.data),
            Move(options.move),
            options.name,
            actor=actor,
            now=now(),
            today=_today(settings),
            note=options.note,
            valid_from=options.valid_from,
            reviewed=options.personal_data_reviewed,
        )
    if options.json:
        _say(to_json(asdict(moved)))
    elif moved.is_stopped:
        _say(f"{moved.key} publicerades inte.")
    else:
        _say(f"{moved.key}: {RULES[moved.move].done}. Status: {STATUSES[moved.after]}.")
    if moved.move in (Move.SUBMIT, Move.APPROVE):
        _warn_of_conflicts(find_edition(_library(settings), moved.key), settings)
    if moved.verdict:
        sys.stderr.write(f"{moved.verdict.summary}\n")
    if Status.PUBLISHED in (moved.before, moved.after) and not moved.is_stopped:
        sys.stderr.write("Kör vagvisaren sync, så svarar chatten efter det.\n")
    return moved.is_stopped


def run_inbox(options: argparse.Namespace, settings: Settings) -> bool:
    """Show what the council should look at; that it was read is written before it is shown."""
    actor = actor_here(settings, by=options.by)
    require(actor, Role.AUTHOR, to="läsa inkorgen")
    wanted = Wanted(options.since, options.until)
    with opened_journal(settings) as journal:
        with journal.looking() as connection:
            turns = tuple(find_turns(connection, wanted))
        reading = Reading("council inbox", wanted.text, len(turns))
        with journal.writing() as connection:
            note_reading(connection, reading, actor=actor, now=now())
    asked = inbox(turns, group=lambda questions: _group(questions, settings))[: options.k]
    if options.json:
        _say(to_json({"groups": [asdict(one) for one in asked]}))
    else:
        _say("\n\n".join(map(_asked_text, asked)) or "Inkorgen är tom.")
    return False


def _group(questions: Sequence[str], settings: Settings) -> list[list[int]]:
    if not questions:
        return []
    embedder, analyser = open_tools(settings)

    def terms(question: str) -> frozenset[str]:
        return _first_terms(analyser, question)

    return group_alike(questions, embed=embedder.embed_questions, terms=terms)


def _first_terms(analyser: Analyser, question: str) -> frozenset[str]:
    found = analyser.content_terms(question)
    return frozenset(term for one in found for term in one.alternatives[0].terms)


def _warn_of_conflicts(document: Document, settings: Settings) -> None:
    """Tell a reviewer of sentences that go against rules in force."""
    for warning in open_review(settings, today=_today(settings))(document):
        sys.stderr.write(f"obs: {warning}\n")


def _library(settings: Settings) -> Library:
    library = load_library(settings.library)
    for name, reason in library.refused:
        sys.stderr.write(f"obs: {name} är inte med: {reason}\n")
    return library


def _today(settings: Settings) -> date:
    return settings.as_of or date.today()


def _listed_line(one: Listed) -> str:
    parts = [f"{one.key}: {STATUSES[one.status]}", one.title]
    if one.submitted_by and one.status is Status.IN_REVIEW:
        parts.append(f"inlämnat av {', '.join(one.submitted_by)}")
        approved = ", ".join(one.approved_by)
        parts.append(f"godkänt av {approved}" if approved else "väntar på godkännande")
    if one.is_overdue:
        parts.append(f"ÖVERSYN FÖRSENAD sedan {one.review_by}")
    elif one.review_by:
        parts.append(f"översyn senast {one.review_by}")
    if one.is_changed:
        parts.append("FILEN ÄR ÄNDRAD sedan rådet publicerade den")
    if one.is_unfinished:
        parts.append("SENASTE ÅTGÄRD i journalen syns inte i filen")
    return "; ".join(parts)


def _asked_text(one: Asked) -> str:
    counts = f"{one.not_covered} utan svar, {one.not_useful} omdömen att svaret inte hjälpte"
    asked = f"RÅDET TILLFRÅGAT {one.asked_council} ggr: " if one.asked_council else ""
    lines = [
        f"{asked}{one.count} × {in_one(one.question)}",
        f"  {counts}; senast {local_time(one.last)[:10]}",
        *(f"  även: {in_one(wording)}" for wording in one.wordings[1:]),
        *(f"  till rådet: {in_one(note)}" for note in one.notes),
        *(f"  kommentar: {in_one(comment)}" for comment in one.comments),
        *(f"  hänvisad till: {contact}" for contact in one.contacts),
    ]
    return "\n".join(lines)


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
