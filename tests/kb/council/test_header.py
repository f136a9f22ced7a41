"""A status is changed where it stands, and nothing else of the file is touched."""

import stat
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.document import Status
from ingest.errors import CouncilError
from ingest.library.front_matter import parse
from kb.council.header import changed_source, reviewed_digest, write_source

SOURCE = """---
title: "Regler"   # rubriken
id: regler
status: draft   # rådet ändrar
valid_from: null
questions:
  status: ["Vad är status?"]
---

status: draft är ett utkast.
"""
DAY = date(2026, 12, 1)


def test_only_the_lines_of_status_and_first_day_change() -> None:
    changed = changed_source(SOURCE, status=Status.PUBLISHED, valid_from=DAY)
    expected = SOURCE.replace("status: draft   #", "status: published   #", 1)
    assert changed == expected.replace("valid_from: null", "valid_from: 2026-12-01")


def test_a_key_that_is_missing_is_added_last() -> None:
    source = SOURCE.replace("status: draft   # rådet ändrar\n", "")
    changed = changed_source(source, status=Status.IN_REVIEW)
    assert parse(changed).front.status is Status.IN_REVIEW
    assert 'status?"]\nstatus: in_review\n---' in changed


def test_line_ends_and_byte_order_mark_stay() -> None:
    source = "\ufeff" + SOURCE.replace("\n", "\r\n")
    changed = changed_source(source, status=Status.PUBLISHED)
    assert changed == source.replace("status: draft   #", "status: published   #", 1)


def test_a_quoted_status_is_replaced() -> None:
    changed = changed_source(SOURCE.replace("draft   #", '"draft"   #', 1), status=Status.PUBLISHED)
    assert "status: published   #" in changed


@pytest.mark.parametrize(
    "source", ["---\n{id: a, title: b, status: draft}\n---\nText", "---\nid: a\n", "Text"]
)
def test_a_header_that_cannot_be_changed_so_is_refused(source: str) -> None:
    with pytest.raises(CouncilError):
        changed_source(source, status=Status.PUBLISHED)


@given(st.sampled_from(list(Status)), st.sampled_from(list(Status)))
def test_there_and_back_is_the_same_file(first: Status, second: Status) -> None:
    start = changed_source(SOURCE, status=first)
    assert changed_source(changed_source(start, status=second), status=first) == start


def test_the_reviewed_digest_leaves_out_only_the_status() -> None:
    draft, published = (
        parse(changed_source(SOURCE, status=s)) for s in (Status.DRAFT, Status.PUBLISHED)
    )
    assert reviewed_digest(draft) == reviewed_digest(published)
    assert reviewed_digest(draft) != reviewed_digest(parse(SOURCE.replace("utkast", "förslag")))


def test_a_file_keeps_its_rights_and_leaves_nothing_beside(tmp_path: Path) -> None:
    path = tmp_path / "regler.md"
    path.write_text("gammal")
    path.chmod(0o640)
    write_source(path, "ny")
    assert (path.read_text(), stat.S_IMODE(path.stat().st_mode)) == ("ny", 0o640)
    assert [one.name for one in tmp_path.iterdir()] == ["regler.md"]
