"""Examine an installation: what is in order, what is not, and the remedy."""

import errno
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryFile

from ingest.errors import VagvisarenError
from ingest.screening.look_through import look_through, stopping
from kb.check.finding import Severity
from kb.check.run import check_library
from kb.data_folder import make_data_folder
from kb.guide import open_tools
from kb.index.reader import open_index
from kb.index.sync import sync
from kb.library import load_library
from kb.settings import Settings

_NEEDED_BYTES = 500 * 2**20


class Level(StrEnum):
    """How a check went."""

    OK = "OK"
    WARN = "WARN"
    FAIL = "FAIL"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: what was found, and what to do about it."""

    name: str
    level: Level
    found: str
    remedy: str = ""


def examine(settings: Settings) -> tuple[Check, ...]:
    """Look at everything an answer depends on; a check that cannot run is a FAIL, not an error."""
    checks: list[Check] = []
    for look in _NAMES:
        try:
            checks.extend(look(settings))
        except (VagvisarenError, OSError) as error:
            checks.append(Check(_NAMES[look], Level.FAIL, str(error)))
    return tuple(checks)


def _python(settings: Settings) -> Iterator[Check]:
    del settings
    version = ".".join(map(str, sys.version_info[:3]))
    new_enough = sys.version_info >= (3, 11)
    yield Check(
        "Python",
        Level.OK if new_enough else Level.FAIL,
        version,
        "" if new_enough else "Installera Python 3.11 eller senare.",
    )


def _library(settings: Settings) -> Iterator[Check]:
    library = load_library(settings.library)
    published = [d for d in library.documents if d.front.status == "published"]
    found = f"{len(library.documents)} dokument, {len(published)} publicerade"
    if published:
        yield Check("Bibliotek", Level.OK, found)
    else:
        yield Check(
            "Bibliotek", Level.WARN, found, "Lägg till dokument med vagvisaren ingest --publish."
        )
    for name, reason in library.refused:
        yield Check(f"Dokument {name}", Level.FAIL, reason, "Rätta filen och kör vagvisaren sync.")
    overdue = [
        d.front.id
        for d in published
        if d.front.review_by and d.front.review_by < (settings.as_of or date.today())
    ]
    if overdue:
        yield Check(
            "Granskning",
            Level.WARN,
            f"passerat datum: {', '.join(overdue)}",
            "Låt AI-rådet granska.",
        )
    today = settings.as_of or date.today()
    looked = ((d, look_through(d, today=today, public=settings.contacts)) for d in published)
    if numbered := [document.key for document, seen in looked if stopping(seen)]:
        yield Check(
            "Personnummer",
            Level.WARN,
            f"står i publicerade dokument: {', '.join(numbered)}",
            "Ta bort dem, eller dra tillbaka dokumentet, och kör vagvisaren sync.",
        )


def _guidance(settings: Settings) -> Iterator[Check]:
    report = check_library(settings.library, today=settings.as_of or date.today())
    faulty = report.count(Severity.ERROR) > 0
    yield Check(
        "Vägledning",
        Level.WARN if faulty else Level.OK,
        report.summary,
        "Kör vagvisaren check och rätta felen." if faulty else "",
    )


def _data_folder(settings: Settings) -> Iterator[Check]:
    try:
        make_data_folder(settings.data)
        with TemporaryFile(dir=settings.data) as trial:
            trial.write(b"-")
            trial.flush()
    except OSError as error:
        found = f"{settings.data} går inte att skriva i ({error.strerror})"
        is_full = error.errno == errno.ENOSPC
        remedy = "Frigör utrymme." if is_full else "Ge skrivrätt eller välj en annan med --data."
        yield Check("Datamapp", Level.FAIL, found, remedy)
    else:
        yield Check("Datamapp", Level.OK, f"{settings.data} går att skriva i")


def _disk(settings: Settings) -> Iterator[Check]:
    free = shutil.disk_usage(_existing(settings.data)).free
    enough = free >= _NEEDED_BYTES
    yield Check(
        "Disk",
        Level.OK if enough else Level.WARN,
        f"{free // 2**20} MiB ledigt",
        "" if enough else "Frigör minst 500 MiB.",
    )


def _index(settings: Settings) -> Iterator[Check]:
    embedder, analyser = open_tools(settings)
    yield Check("Språkanalys", Level.OK, analyser.identity)
    yield Check("Inbäddning", Level.OK, embedder.identity)
    today = settings.as_of or date.today()
    index = open_index(
        settings.data,
        embedder=embedder,
        analyser=analyser,
        today=today,
        chroma_url=settings.chroma_url,
    )
    yield Check(
        "Index", Level.OK, f"{index.counts.passages} avsnitt, generation {index.generation}"
    )
    index.close()
    library = load_library(settings.library)
    report = sync(
        library.documents,
        data=settings.data,
        embedder=embedder,
        analyser=analyser,
        today=today,
        dry_run=True,
        chroma_url=settings.chroma_url,
    )
    behind = report.added + report.changed + report.dropped
    yield Check(
        "Indexet mot biblioteket",
        Level.WARN if behind else Level.OK,
        f"{behind} dokument skiljer" if behind else "lika",
        "Kör vagvisaren sync." if behind else "",
    )


def _journal(settings: Settings) -> Iterator[Check]:
    # Here and not at the top: a database loads slowly, and few commands examine anything.
    from kb.journal.here import opened_journal
    from kb.journal.store import journal_path
    from kb.journal.verify import verify

    if not settings.journal_url and not journal_path(settings.data).exists():
        yield Check("Journal", Level.OK, "inget är journalfört än")
        return
    with opened_journal(settings) as journal, journal.looking() as connection:
        verdict = verify(connection)
    count = sum(verdict.records.values())
    if verdict.faults:
        found = f"{len(verdict.faults)} fel, det första: {verdict.faults[0]}"
        remedy = "Kör vagvisaren journal check, och återställ från säkerhetskopian."
        yield Check("Journal", Level.FAIL, found, remedy)
        return
    found = f"{count} poster som de skrevs, sigill {verdict.head.n}"
    yield Check("Journal", Level.OK, found)
    if settings.retention and not settings.retention_decision:
        yield Check(
            "Gallring",
            Level.WARN,
            "regler är satta utan nämndens beslut",
            "Ange beslutet i VAGVISAREN_RETENTION_DECISION.",
        )


def _sign_in(settings: Settings) -> Iterator[Check]:
    from kb.sign_in.doctor import look_at_sign_in

    yield from look_at_sign_in(settings)


def _switch(settings: Settings) -> Iterator[Check]:
    from kb.journal.here import opened_journal
    from kb.journal.store import journal_path
    from kb.switch.state import read_switch

    if not settings.journal_url and not journal_path(settings.data).exists():
        return
    with opened_journal(settings) as journal, journal.looking() as connection:
        standing = read_switch(connection)
    if not standing.is_on:
        found = f"tjänsten är avstängd sedan {standing.at[:16]} UTC, av {standing.by}"
        yield Check("Avstängning", Level.WARN, found, "Slå på med vagvisaren switch on.")


def _existing(path: Path) -> Path:
    return path if path.exists() else _existing(path.parent)


_NAMES: dict[Callable[[Settings], Iterator[Check]], str] = {
    _python: "Python",
    _library: "Bibliotek",
    _guidance: "Vägledning",
    _data_folder: "Datamapp",
    _disk: "Disk",
    _index: "Index",
    _journal: "Journal",
    _sign_in: "Inloggning",
    _switch: "Avstängning",
}
