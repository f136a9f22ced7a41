"""Run every check over a library."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from kb.check.anchors import check_anchors, check_links, check_question_anchors
from kb.check.finding import Finding, Name, Report, Severity
from kb.check.front import check_front, check_review, check_supersedes
from kb.check.language import check_duplicates, check_readability
from kb.check.laws import check_laws
from kb.check.limits import Limits, shipped_limits
from kb.check.page import Page, open_page
from kb.check.personal import check_personal_data
from kb.check.rules import check_rules
from kb.check.sections import check_length, check_question_counts, check_repeated_questions
from kb.check.tables import check_tables
from kb.library import Library, load_library

_REFUSAL = re.compile(r"^(?:[^,]+, rad (?P<line>\d+): )?(?P<what>.*)$", re.DOTALL)


def check_library(folder: Path, *, today: date, limits: Limits | None = None) -> Report:
    """Check every Document of a folder as of a day; `limits` default to the shipped ones.

    Raises:
        VagvisarenError: the folder does not exist.
    """
    library = load_library(folder)
    pages = tuple(
        open_page(document, document.path, library=folder)
        for document in library.documents
        if document.path
    )
    limits = limits or shipped_limits()
    found = [
        *_refused(library),
        *(finding for page in pages for finding in _alone(page, today=today, limits=limits)),
        *_together(pages, limits=limits),
        *check_tables(library, today=today),
    ]
    ordered = sorted(found, key=lambda finding: (finding.file, finding.line, finding.check))
    return Report(len(pages), tuple(ordered))


def _alone(page: Page, *, today: date, limits: Limits) -> Iterator[Finding]:
    """Run the checks that look at one Document."""
    yield from check_front(page)
    yield from check_review(page, today=today)
    yield from check_anchors(page)
    yield from check_question_anchors(page)
    yield from check_rules(page, limits=limits)
    yield from check_laws(page)
    yield from check_length(page, limits=limits)
    yield from check_question_counts(page, limits=limits)
    yield from check_readability(page, limits=limits)
    yield from check_personal_data(page, today=today, limits=limits)


def _together(pages: tuple[Page, ...], *, limits: Limits) -> Iterator[Finding]:
    """Run the checks that need the whole library."""
    yield from check_supersedes(pages)
    yield from check_links(pages)
    yield from check_repeated_questions(pages)
    yield from check_duplicates(pages, limits=limits)


def _refused(library: Library) -> Iterator[Finding]:
    """Report files that are no Documents; their message says what to write instead."""
    for name, reason in library.refused:
        match = _REFUSAL.match(reason)
        line, what = (int(match["line"] or 1), match["what"]) if match else (1, reason)
        yield Finding(name, line, Severity.ERROR, Name.FRONT_MATTER, what, "")
