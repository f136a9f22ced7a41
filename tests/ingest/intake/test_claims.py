"""What a file claims of itself is shown to the reviewer, and taken only from the curator."""

from pathlib import Path

import pytest

from ingest.library.front_matter import load
from tests.ingest.taking_in import take, take_all

PUBLISHED = (
    "---\nid: boken\ntitle: Regler för boken\nedition: '1'\nstatus: published\n---\n\nText.\n"
)
OWN = """---
id: lan
title: Lån
supersedes: boken@1
questions: {lan: ['Får jag låna?', 'Hur länge?']}
---

# Lån

Alla lånar på kortet.
"""


@pytest.fixture
def library(tmp_path: Path) -> Path:
    library = tmp_path / "bibliotek"
    library.mkdir()
    (library / "boken.md").write_text(PUBLISHED)
    return library


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "lan.md"
    path.write_text(OWN)
    return path


def test_questions_of_a_files_own_header_are_shown_and_not_taken(library: Path, own: Path) -> None:
    (taken,) = take_all(own, library=library)
    assert load(library / "lan.md").front.questions == {}
    assert any("”Får jag låna?”, ”Hur länge?”" in warning for warning in taken.file.warnings)
    assert [one.value for one in taken.proposals if one.key == "questions"] == [
        "lan: Får jag låna?",
        "lan: Hur länge?",
    ]


def test_questions_are_taken_with_what_the_curator_publishes_and_told(
    library: Path, own: Path
) -> None:
    (outcome,) = take(own, library=library, publish=True)
    assert load(library / "lan.md").front.questions == {"lan": ("Får jag låna?", "Hur länge?")}
    assert any("Stämmer de med texten?" in warning for warning in outcome.warnings)


def test_questions_that_a_curator_has_taken_over_are_not_called_left_out(
    library: Path, own: Path
) -> None:
    take(own, library=library)
    path = library / "lan.md"
    path.write_text(
        path.read_text().replace("questions: {}", "questions: {lan: ['Får jag låna?']}")
    )
    (taken,) = take_all(own, library=library)
    (told,) = [remark for remark in taken.remarks if "togs inte med" in remark]
    assert "Hur länge?" in told
    assert "Får jag låna?" not in told


def test_a_header_that_ends_what_is_in_force_is_told(library: Path, own: Path) -> None:
    (outcome,) = take(own, library=library)
    assert any("ersätter boken@1, som slutar gälla" in one for one in outcome.warnings)


@pytest.mark.parametrize(
    "words", ["Det här dokumentet ersätter", "Denna rutin ersätter", "Ersätter:"]
)
def test_a_text_that_says_it_replaces_what_is_in_force_is_told(
    library: Path, tmp_path: Path, words: str
) -> None:
    path = tmp_path / "ny.txt"
    path.write_text(f"# Ny\n\n{words} Regler för boken, utgåva 1.\n\nAlla lånar på kortet.\n")
    (taken,) = take_all(path, library=library)
    assert any("ersätter boken@1" in warning for warning in taken.file.warnings)
    assert taken.document is not None
    assert taken.document.front.supersedes is None


def test_a_title_inside_another_word_is_no_claim(library: Path, tmp_path: Path) -> None:
    path = tmp_path / "ny.txt"
    path.write_text("# Ny\n\nErsätter: Regler för bokenhyllan\n\nAlla lånar på kortet.\n")
    assert take(path, library=library)[0].warnings == ()
