"""From one edition to the next: what did not change keeps its anchor and its vector."""

from pathlib import Path

import pytest

from ingest.document import Document
from kb.library import load_library
from tests.ingest.taking_in import convert_here, take
from tests.kb.index.small_index import WordBag, open_small, run_sync

SECTIONS = ["Bakgrund", "Mål", "Kostnad", "Risker", "Bakgrund"]


def text(*changed: int, first: str = "") -> str:
    rows = [
        f"## {name}\n\nAvsnitt {n} om {name.lower()} gäller{' nu' * (n in changed)} alla.\n"
        for n, name in enumerate(SECTIONS)
    ]
    return f"# Rutin för AI\n\n{first}" + "\n".join(rows)


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    convert_here(monkeypatch)
    path = tmp_path / "rutin.md"
    path.write_text(text())
    return path


def publish(source: Path, tmp_path: Path) -> tuple[Document, ...]:
    take(source, library=tmp_path / "library", publish=True)
    return load_library(tmp_path / "library").documents


def test_only_what_changed_is_embedded(source: Path, tmp_path: Path) -> None:
    embedder = WordBag()
    run_sync(tmp_path / "data", publish(source, tmp_path), embedder=embedder)
    first = embedder.embedded
    source.write_text(text(2))
    report = run_sync(tmp_path / "data", publish(source, tmp_path), embedder=embedder)
    assert (first, embedder.embedded - first) == (5, 1)
    assert (report.added, report.changed, report.dropped) == (1, 0, 0)


def test_anchors_hold_when_sections_come_in_between(source: Path, tmp_path: Path) -> None:
    before = publish(source, tmp_path)
    run_sync(tmp_path / "data", before)
    source.write_text(text(2, first="## Bakgrund\n\nEn ny bakgrund först.\n\n"))
    run_sync(tmp_path / "data", publish(source, tmp_path))
    index = open_small(tmp_path / "data")
    old, new = (
        {
            passage.text: passage.anchor
            for passage in index.whole.passages_of(f"rutin-for-ai@{edition}")
        }
        for edition in (1, 2)
    )
    index.close()
    same = old.keys() & new.keys()
    assert len(same) == 4
    assert all(old[words] == new[words] for words in same)
    assert len(set(new.values())) == len(new) == 6


def test_an_edition_that_comes_back_is_not_embedded_again(source: Path, tmp_path: Path) -> None:
    embedder = WordBag()
    for number in (0, 2, 0):
        source.write_text(text(number))
        run_sync(tmp_path / "data", publish(source, tmp_path), embedder=embedder)
    assert embedder.embedded == 5 + 2
