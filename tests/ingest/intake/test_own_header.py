"""A file that says its own state: the curator decides, and nothing in force gives way to it."""

from pathlib import Path

import pytest

from ingest.document import Document, Status
from ingest.intake.taken import Overrides
from ingest.library.front_matter import load
from tests.ingest.taking_in import take

OWN = """---
id: regler
title: Regler
edition: '3'
status: published
decided_by: KF 2026-01-02 § 3
questions: {regler: ['Vad gäller?']}
---

# Regler

Alla lånar böcker på kortet.
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "regler.md"
    path.write_text(OWN)
    return path


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def states(library: Path) -> dict[str, Status]:
    documents = map(load, library.glob("*.md"))
    return {one.key: one.front.status for one in documents}


def only(library: Path) -> Document:
    (path,) = library.glob("*.md")
    return load(path)


def test_a_file_that_says_published_is_a_draft_with_what_to_do(library: Path, own: Path) -> None:
    (outcome,) = take(own, library=library)
    document = only(library)
    assert (outcome.outcome, document.front.status) == ("added", Status.DRAFT)
    assert document.front.decided_by == "KF 2026-01-02 § 3"
    told = " ".join(outcome.warnings)
    assert "--publish" in told
    assert "council submit regler@3" in told


@pytest.mark.parametrize("written", ["published", "in_review", "draft"])
def test_the_curator_publishes_it_whatever_it_says(library: Path, own: Path, written: str) -> None:
    change(own, "published", written)
    take(own, library=library, publish=True)
    assert only(library).front.status is Status.PUBLISHED


def test_a_draft_is_published_when_the_same_file_is_taken_in_with_publish(
    library: Path, own: Path
) -> None:
    take(own, library=library)
    (outcome,) = take(own, library=library, publish=True)
    assert (outcome.outcome, states(library)) == ("changed", {"regler@3": Status.PUBLISHED})


def test_a_state_that_the_curator_names_is_the_state(library: Path, own: Path) -> None:
    take(own, library=library, overrides=Overrides(status=Status.IN_REVIEW))
    assert only(library).front.status is Status.IN_REVIEW


def test_what_is_published_stays_so_when_the_file_comes_again(library: Path, own: Path) -> None:
    take(own, library=library, publish=True)
    before = (library / "regler.md").read_bytes()
    assert take(own, library=library)[0].outcome == "unchanged"
    assert (library / "regler.md").read_bytes() == before


def test_a_changed_file_leaves_the_published_and_makes_one_draft_beside_it(
    library: Path, own: Path
) -> None:
    take(own, library=library, publish=True)
    before = (library / "regler.md").read_bytes()
    for new in ("appen", "kvittot"):
        own.write_text(OWN.replace("kortet", new))
        (outcome,) = take(own, library=library)
        assert outcome.outcome == "changed"
    assert (library / "regler.md").read_bytes() == before
    assert list(states(library).values()).count(Status.DRAFT) == 1
    draft = load(library / "regler@4.md")
    assert "kvittot" in draft.body
    assert draft.front.questions == {"regler": ("Vad gäller?",)}


def test_the_draft_of_a_changed_file_says_that_the_published_is_in_force(
    library: Path, own: Path
) -> None:
    take(own, library=library, publish=True)
    change(own, "kortet", "appen")
    (outcome,) = take(own, library=library)
    assert any("gäller tills den nya publiceras" in one for one in outcome.warnings)


def test_a_changed_file_that_the_curator_publishes_takes_the_editions_place(
    library: Path, own: Path
) -> None:
    take(own, library=library, publish=True)
    change(own, "kortet", "appen")
    take(own, library=library, publish=True)
    assert states(library) == {"regler@3": Status.PUBLISHED}
    assert "appen" in only(library).body


@pytest.mark.parametrize("status", [Status.PUBLISHED, Status.WITHDRAWN])
def test_a_new_edition_of_an_id_ends_nothing_in_force(
    library: Path, own: Path, status: Status
) -> None:
    library.mkdir()
    written = OWN.replace("'3'", "'1'")
    (library / "regler.md").write_text(written)
    change(own, "status: published", f"status: {status}")
    (outcome,) = take(own, library=library)
    there = states(library)
    assert (outcome.outcome, there["regler@1"]) == ("changed", Status.PUBLISHED)
    assert there["regler@3"] is not Status.PUBLISHED
    assert (library / "regler.md").read_text() == written


def test_a_new_edition_that_is_published_over_one_in_force_is_told(
    library: Path, own: Path
) -> None:
    library.mkdir()
    (library / "regler.md").write_text(OWN.replace("'3'", "'1'"))
    (outcome,) = take(own, library=library, publish=True)
    assert any("tar över efter utgåva 1" in warning for warning in outcome.warnings)


def test_a_file_that_says_withdrawn_stays_so(library: Path, own: Path) -> None:
    change(own, "published", "withdrawn")
    (outcome,) = take(own, library=library, publish=True)
    assert only(library).front.status is Status.WITHDRAWN
    assert any("council submit regler@3" in warning for warning in outcome.warnings)


def test_what_the_council_withdrew_is_not_published_by_the_same_command_again(
    library: Path, own: Path
) -> None:
    take(own, library=library, publish=True)
    change(library / "regler.md", "status: published", "status: withdrawn")
    (outcome,) = take(own, library=library, publish=True)
    assert (outcome.outcome, states(library)) == ("unchanged", {"regler@3": Status.WITHDRAWN})
    assert any("är tillbakadraget" in warning for warning in outcome.warnings)
