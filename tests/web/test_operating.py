"""Readiness looks at what answers rest on as it is now, not as it was at the start."""

from datetime import date
from pathlib import Path
from shutil import copytree

import pytest

from ingest.errors import IndexUnavailableError
from kb.commands import bring_level
from kb.guide import open_guide
from kb.journal.store import open_journal
from kb.settings import Settings
from tests.kb.test_guide import RULE
from web.operating import operation_of


def test_an_index_that_is_taken_away_while_it_serves_is_seen(tmp_path: Path, models: Path) -> None:
    library, data = tmp_path / "library", tmp_path / "data"
    library.mkdir()
    (library / "rule.md").write_text(RULE.format(), encoding="utf-8")
    copytree(models, data / "models")
    settings = Settings(library=library, data=data, as_of=date(2026, 11, 22))
    bring_level(settings)
    guide, journal = open_guide(settings), open_journal(data)
    look = operation_of(settings, guide, journal).looks["index"]
    look()
    data.rename(tmp_path / "borta")
    with pytest.raises(IndexUnavailableError):
        look()
    guide.close()
    journal.close()
