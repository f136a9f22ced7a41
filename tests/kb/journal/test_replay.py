"""A replay says what has become of every cited passage, and where it can be read as it was."""

import os
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.library.front_matter import parse
from kb.intake import passages_of
from kb.journal.events import note_publication
from kb.journal.receipt import Receipt, read_receipt
from kb.journal.records import Publication
from kb.journal.replay import Fate, Replay, replay
from kb.journal.setups import data_digest, program_version, published_digests
from kb.journal.store import Journal
from kb.library import load_library
from tests.kb.journal.made import REGISTRAR, SETUP, START, TODAY, add_turn, citation, later

SOURCE = """---
id: losen
title: Lösenord
status: published
edition: "1"
---

## Dela inte {#dela}

Du får inte dela ditt lösenord. Byt det ofta.

## Långa lösenord {#langa}

Ett lösenord ska vara långt.
"""
QUOTE = "Du får inte dela ditt lösenord."


def write(folder: Path, source: str, name: str = "losen.md") -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(source, encoding="utf-8")


def receipt_for(journal: Journal, folder: Path, *, texts: bool = True) -> Receipt:
    """Write a turn that cites the first passage of the library as it is, and read its receipt."""
    (passage, _) = passages_of(parse(SOURCE))
    editions = published_digests(load_library(folder).documents)
    setup = replace(SETUP, editions=editions, program=program_version(), data=data_digest())
    turn = add_turn(
        journal, citations=(citation(passage, quote=QUOTE),), setup=setup,
        texts={passage.digest: passage.text} if texts else {},
    )  # fmt: skip
    return read_receipt(journal, turn, actor=REGISTRAR, now=later(1))


def replayed(receipt: Receipt, folder: Path) -> Replay:
    return replay(receipt, load_library(folder), today=TODAY)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    library = tmp_path / "library"
    write(library, SOURCE)
    return library


def test_an_untouched_library_proves_everything(file_journal: Journal, folder: Path) -> None:
    found = replayed(receipt_for(file_journal, folder), folder)
    (one,) = found.citations
    assert (one.fate, one.quote_stands, one.proved_by) == (
        Fate.SAME, True, ("journalen", "biblioteket"),
    )  # fmt: skip
    assert (found.added, found.changed, found.gone, found.differences) == ((), (), (), ())


CHANGES = {
    "changed": (SOURCE.replace("Byt det ofta", "Byt det sällan"), Fate.CHANGED, True),
    "reworded": (SOURCE.replace("dela ditt", "låna ut ditt"), Fate.CHANGED, False),
    "moved": (SOURCE.replace("{#dela}", "{#delning}"), Fate.MOVED, True),
    "gone": (SOURCE.replace(SOURCE[SOURCE.index("## Dela") : SOURCE.index("## Långa")], ""),
             Fate.GONE, False),
    "edition": (SOURCE.replace('edition: "1"', 'edition: "2"'), Fate.NO_EDITION, False),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_what_has_become_of_a_passage_is_said(
    file_journal: Journal, folder: Path, name: str
) -> None:
    source, fate, stands = CHANGES[name]
    receipt = receipt_for(file_journal, folder)
    write(folder, source)
    (one,) = replayed(receipt, folder).citations
    assert (one.fate, one.quote_stands) == (fate, stands)
    assert "journalen" in one.proved_by


def test_documents_that_came_changed_and_went_are_named(
    file_journal: Journal, folder: Path
) -> None:
    write(folder, SOURCE.replace("id: losen", "id: gammal"), "gammal.md")
    receipt = receipt_for(file_journal, folder)
    (folder / "gammal.md").unlink()
    write(folder, SOURCE.replace("id: losen", "id: ny"), "ny.md")
    write(folder, SOURCE.replace("långt", "mycket långt"))
    found = replayed(receipt, folder)
    assert (found.added, found.changed, found.gone) == (("ny@1",), ("losen@1",), ("gammal@1",))


def test_a_newer_edition_in_force_is_named(file_journal: Journal, folder: Path) -> None:
    receipt = receipt_for(file_journal, folder)
    write(folder, SOURCE.replace('edition: "1"', 'edition: "2"'), "losen-2.md")
    (one,) = replayed(receipt, folder).citations
    assert (one.standing, one.now_in_force) == ("older_edition", "losen@2")


def test_an_edition_the_council_published_is_proved_by_the_publication(
    file_journal: Journal, folder: Path
) -> None:
    with file_journal.writing() as connection:
        published = Publication("m", "losen", "1", "d", SOURCE, "{}")
        note_publication(connection, published, actor=REGISTRAR, now=START)
    receipt = receipt_for(file_journal, folder, texts=False)
    (folder / "losen.md").unlink()
    (one,) = replayed(receipt, folder).citations
    assert one.proved_by == ("publiceringen",)


def test_without_any_trace_it_says_that_nothing_proves_it(
    file_journal: Journal, folder: Path
) -> None:
    receipt = receipt_for(file_journal, folder, texts=False)
    write(folder, CHANGES["reworded"][0])
    found = replayed(receipt, folder)
    assert found.citations[0].proved_by == ()
    assert not found.is_proved


def test_git_proves_what_the_library_no_longer_holds(file_journal: Journal, folder: Path) -> None:
    git(folder, "init", "-q")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "x")
    receipt = receipt_for(file_journal, folder, texts=False)
    write(folder, CHANGES["reworded"][0])
    (one,) = replayed(receipt, folder).citations
    assert one.proved_by[0].startswith("git ")


def git(folder: Path, *arguments: str) -> None:
    who = {
        f"GIT_{role}_{what}": "prov"
        for role in ("AUTHOR", "COMMITTER")
        for what in ("NAME", "EMAIL")
    }
    moment = {f"GIT_{role}_DATE": "2026-11-20T10:00:00Z" for role in ("AUTHOR", "COMMITTER")}
    subprocess.run(
        ["git", "-C", str(folder), *arguments],
        check=True, env={**os.environ, **who, **moment}, capture_output=True,
    )  # fmt: skip


def test_another_program_or_other_words_are_said(file_journal: Journal, folder: Path) -> None:
    receipt = receipt_for(file_journal, folder)
    other = replace(receipt, setup=replace(receipt.setup, program="0.0.1", data="sha256:x"))
    said = " ".join(replayed(other, folder).differences)
    assert "0.0.1" in said
    assert "ordlistor" in said
