"""What each command does; every function returns True when its work found a problem."""

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any, TextIO

from ingest.errors import VagvisarenError
from kb import present
from kb.doctor import Level, examine
from kb.draft import Draft
from kb.finish import finish
from kb.guide import Guide, open_guide, open_tools
from kb.index.sync import SyncReport, sync
from kb.ingesting.progress import showing
from kb.library import load_library
from kb.originals import Originals
from kb.records import Outcome, Turn
from kb.removals import find_vanished, refuse_mass_removal
from kb.settings import Settings


def run_sync(options: argparse.Namespace, settings: Settings) -> bool:
    """Bring the index level with the library and say what changed."""
    with showing(0, unit="dokument") as bar:
        report = bring_level(
            settings,
            rebuild=options.rebuild,
            dry_run=options.dry_run,
            accept_removals=options.accept_removals,
            progress=bar.reach,
        )
    if options.json:
        _say(present.to_json(present.sync_json(report)))
    else:
        _say(present.sync_text(report))
    return bool(report.skipped)


def run_search(options: argparse.Namespace, settings: Settings) -> bool:
    """Print the hits of a question."""
    guide = _ready_guide(settings)
    groups = frozenset(options.audience)
    hits = guide.search(options.question, k=options.k, as_of=options.as_of, audience=groups)
    if options.json:
        _say(present.to_json(present.hits_json(options.question, hits)))
    else:
        _say(present.hits_text(hits))
    guide.close()
    return False


def run_ask(options: argparse.Namespace, settings: Settings) -> bool:
    """Answer one question, or a file of them in order."""
    if options.mode == "generative":
        raise VagvisarenError(
            "Ingen språkmodell är inställd. Kör utan --mode: svaren är då exakta citat."
        )
    if (options.question is None) == (options.batch is None):
        raise VagvisarenError("Skriv en fråga, eller ange en fil med --batch FIL.jsonl.")
    if options.batch is not None:
        if options.journal:
            raise VagvisarenError(
                "--batch journalförs inte. Ställ frågan ensam, eller utan --journal."
            )
        return _run_batch(options, settings)
    guide = _ready_guide(settings)
    answer = guide.ask(
        options.question,
        as_of=options.as_of,
        language=options.language,
        audience=frozenset(options.audience),
    )
    if settings.journal_ask if options.journal is None else options.journal:
        # By name and only here: a database loads slowly, and most commands need none.
        journal_single = import_module("kb.journal.single").journal_single
        journal_single(answer, guide, settings, as_of=options.as_of, insist=bool(options.journal))
    if options.json:
        _say(present.to_json(present.answer_json(answer)))
    else:
        _say(present.answer_text(answer))
    guide.close()
    return False


def run_serve(options: argparse.Namespace, settings: Settings) -> bool:
    """Bring the index level and start the web app; runs until stopped."""
    del options
    bring_level(settings)
    # The app stands to the right of kb; kb only starts it, by name.
    import_module("app").serve(settings)
    return False


def run_eval(options: argparse.Namespace, settings: Settings) -> bool:
    """Run suites of cases and judge what came of them."""
    # The evals stand to the right of kb; kb only starts them, by name.
    return bool(import_module("evals.command").run(options, settings))


def run_doctor(options: argparse.Namespace, settings: Settings) -> bool:
    """Print every check with OK, WARN or FAIL and the remedy."""
    checks = examine(settings)
    if options.json:
        _say(present.to_json({"checks": [present.check_json(check) for check in checks]}))
    else:
        for check in checks:
            remedy = f" Åtgärd: {check.remedy}" if check.remedy else ""
            _say(f"{check.level:4} {check.name}: {check.found}{remedy}")
    return any(check.level is Level.FAIL for check in checks)


def bring_level(
    settings: Settings,
    *,
    rebuild: bool = False,
    dry_run: bool = False,
    accept_removals: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> SyncReport:
    """Bring the index level with the library; what could not be read is in the report.

    Raises:
        VagvisarenError: the library is empty, or has lost more than a share of what the index
            has of it; `rebuild` and, for the second, `accept_removals` do it all the same.
    """
    library = load_library(settings.library)
    embedder, analyser = open_tools(settings)

    def bring(*, only_look: bool) -> SyncReport:
        return sync(
            library.documents,
            data=settings.data,
            tables=library.tables,
            embedder=embedder,
            analyser=analyser,
            today=settings.as_of or date.today(),
            rebuild=rebuild,
            dry_run=only_look,
            progress=progress,
            chroma_url=settings.chroma_url,
        )

    if not (rebuild or dry_run):
        ahead = bring(only_look=True)
        if not library.documents and ahead.dropped:
            raise VagvisarenError(
                f"Biblioteket {settings.library} är tomt; indexet är inte ändrat. "
                "Kontrollera --library, eller töm indexet med --rebuild."
            )
        if not accept_removals and _is_of_library(settings):
            ids = {document.front.id for document in library.documents}
            indexed = ahead.dropped + ahead.changed + ahead.unchanged
            refuse_mass_removal(find_vanished(ahead.gone, ids), indexed=indexed)
    report = bring(only_look=dry_run)
    if not dry_run:
        _library_mark(settings).write_text(str(settings.library.resolve()), encoding="utf-8")
        Originals(settings.library, settings.data).prune(library.documents)
    return replace(report, skipped=(*library.refused, *report.skipped))


def _ready_guide(settings: Settings, *, use_chroma: bool = False) -> Guide:
    """Open the guide; build the index first if there is none, or it is of another library."""
    if not (settings.data / "manifest.sqlite3").exists():
        sys.stderr.write("Bygger indexet för första gången …\n")
        bring_level(settings)
    elif "library" in settings.model_fields_set and not _is_of_library(settings):
        sys.stderr.write(f"Indexet är av ett annat bibliotek; bygger om för {settings.library} …\n")
        bring_level(settings)
    return open_guide(settings, use_chroma=use_chroma)


def _library_mark(settings: Settings) -> Path:
    """Return the file that says which library the index was last made level with."""
    return settings.data / "library.txt"


def _is_of_library(settings: Settings) -> bool:
    mark = _library_mark(settings)
    return mark.exists() and mark.read_text(encoding="utf-8") == str(settings.library.resolve())


def _run_batch(options: argparse.Namespace, settings: Settings) -> bool:
    try:
        # JSON may hold other line separators than \n inside a text.
        lines = options.batch.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise VagvisarenError(f"{options.batch} går inte att läsa som UTF-8-text.") from error
    guide = _ready_guide(settings)
    failed = False
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            asked = _read_line(line)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            failed = True
            sys.stderr.write(
                f"{options.batch.name}, rad {number}: går inte att läsa ({error}). Skriv "
                '{"id": "…", "question": "…"}, och as_of som "2026-11-01".\n'
            )
            unread = Draft("", date.today(), outcome=Outcome.FAILED)
            answer = replace(finish(unread, f"rad-{number}"), timings_ms={"total": 0.0})
            _say(present.to_json(present.answer_json(answer)))
            continue
        answer = guide.ask(
            asked["question"],
            history=asked.get("history", ()),
            as_of=asked.get("as_of") or options.as_of,
            language=options.language,
            turn_id=asked["id"],
            audience=frozenset(options.audience),
        )
        _say(present.to_json(present.answer_json(answer)))
    guide.close()
    return failed


def _read_line(line: str) -> dict[str, Any]:
    """Read one line of a batch: id, question, and perhaps as_of and history."""
    data = json.loads(line)
    if not isinstance(data["question"], str):
        raise TypeError("question ska vara en text")
    return {
        "id": str(data["id"]),
        "question": data["question"],
        "as_of": date.fromisoformat(data["as_of"]) if data.get("as_of") else None,
        "history": tuple(_turns(data.get("history") or ())),
    }


def _turns(history: Any) -> Iterator[Turn]:
    """Accept earlier turns as texts, as {question, answer}, or as {role, content} messages."""
    for item in history:
        if isinstance(item, str):
            yield Turn(item)
        elif "question" in item:
            yield Turn(str(item["question"]), str(item.get("answer", "")))
        elif item.get("role") == "user":
            yield Turn(str(item.get("content", "")))


def _say(text: str, *, to: TextIO | None = None) -> None:
    (to or sys.stdout).write(text + "\n")
    (to or sys.stdout).flush()
