"""The command `ingest`: files become Documents, with a preview, a report and a progress bar."""

import argparse
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from ingest.document import Status
from ingest.errors import RefusedFileError
from ingest.intake.folders import find_missing, remember
from ingest.intake.reading import find_files
from ingest.intake.take_in import intake
from ingest.intake.taken import Overrides, Taken, Terms
from kb import present
from kb.check.review import open_review
from kb.ingesting.lines import (
    file_lines,
    missing_line,
    preview_json,
    preview_lines,
    summary_line,
)
from kb.ingesting.progress import showing
from kb.settings import Settings

if TYPE_CHECKING:
    from kb.ingesting.report import Report


def run_ingest(options: argparse.Namespace, settings: Settings) -> bool:
    """Convert files into Documents of the library, one line per file; True if one was refused."""
    terms = _terms(options, settings)
    files = find_files(options.paths, today=terms.today)
    report = _open_report(options.report, terms) if options.report else None
    counts: Counter[str] = Counter()
    started = perf_counter()
    try:
        with showing(len(files), unit="filer") as progress:
            for taken in intake(files, library=settings.library, terms=terms):
                progress.say(_line(taken, terms, as_json=options.json))
                counts[taken.file.outcome] += 1
                if report:
                    report.add(taken)
                progress.step()
    except KeyboardInterrupt:
        sys.stderr.write("Avbrutet. Kör samma kommando igen: det som är klart blir oförändrat.\n")
        raise
    missing = find_missing(options.paths, files, library=settings.library)
    if not terms.preview:
        remember(options.paths, files, library=settings.library, missing=missing)
    for one in missing:
        sys.stderr.write(missing_line(one) + "\n")
    if len(files) > 1:
        sys.stderr.write(summary_line(counts, perf_counter() - started) + "\n")
    if report:
        report.write(options.report, missing=missing, seconds=perf_counter() - started)
    return counts["refused"] > 0


def _open_report(path: Path, terms: Terms) -> "Report":
    """Begin a report; its templates are loaded only by those who ask for one."""
    from kb.ingesting.report import Report

    if path.is_dir():
        raise RefusedFileError(f"Rapporten: {path} är en mapp. Ange en fil, som rapport.html.")
    return Report(terms)


def _terms(options: argparse.Namespace, settings: Settings) -> Terms:
    overrides = Overrides(
        kind=options.kind,
        title=options.title,
        year=options.year,
        valid_from=options.valid_from,
        valid_to=options.valid_to,
        status=Status.PUBLISHED if options.publish else options.status,
    )
    today = settings.as_of or date.today()
    return Terms(
        today=today,
        overrides=overrides,
        public=settings.contacts,
        reviewed=frozenset(options.personal_data_reviewed),
        preview=options.preview,
        review=open_review(settings, today=today),
    )


def _line(taken: Taken, terms: Terms, *, as_json: bool) -> str:
    if as_json and terms.preview:
        return present.to_json(preview_json(taken, today=terms.today))
    if as_json:
        return present.to_json(present.ingest_json(taken.file))
    if terms.preview:
        return preview_lines(taken, today=terms.today)
    return file_lines(taken)
