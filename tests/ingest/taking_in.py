"""Take files in for a test: in this process, on a fixed day."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ingest.document import Status
from ingest.files.convert import Conversion, convert
from ingest.intake.reading import find_files
from ingest.intake.take_in import intake
from ingest.intake.taken import FileOutcome, Overrides, Taken, Terms

TODAY = date(2026, 11, 22)
PLAN = """Utvecklingsplan för gemensam IT 2026

Nämnden har till kommunstyrelsen inkommit med planen. Den gäller hela staden.
"""
PLAN_ID = "utvecklingsplan-for-gemensam-it-2026"


def convert_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Convert in this process: the child is tested in test_isolation."""

    def directly(path: Path, *, max_bytes: int) -> Conversion:
        return convert(path)

    monkeypatch.setattr("ingest.intake.reading.convert_isolated", directly)


def take(
    *paths: Path, library: Path, publish: bool = False, overrides: Overrides | None = None
) -> list[FileOutcome]:
    """Return what became of each file, as it is printed."""
    taken = take_all(*paths, library=library, publish=publish, overrides=overrides)
    return [one.file for one in taken]


def take_all(
    *paths: Path,
    library: Path,
    publish: bool = False,
    overrides: Overrides | None = None,
    **terms: Any,
) -> list[Taken]:
    """Return what became of each file, with all that a reviewer sees."""
    said = overrides or Overrides()
    if publish:
        said = replace(said, status=Status.PUBLISHED)
    files = find_files(paths, today=TODAY)
    return list(intake(files, library=library, terms=Terms(TODAY, said, **terms), workers=1))
