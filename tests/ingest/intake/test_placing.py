"""A changed original: the next edition, with what a curator did, and nothing written over."""

from datetime import date
from pathlib import Path

import pytest

from ingest.document import Kind, Status
from ingest.intake.changes import ChangeKind
from ingest.intake.taken import Overrides
from ingest.library.front_matter import dump, load
from tests.ingest.taking_in import PLAN, PLAN_ID, take, take_all

SECTIONS = """# Rutin för AI

Inledning om rutinen som gäller.

## Mål

Staden ska ha er plan för allt arbete.

## Kostnad

Kostnaden är 7 mnkr.
"""
OWN = "---\nid: regler\ntitle: Regler\nedition: '3'\nstatus: published\n---\n\n# A\n\nB.\n"


@pytest.fixture
def routine(tmp_path: Path) -> Path:
    path = tmp_path / "rutin.txt"
    path.write_text(SECTIONS)
    return path


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_a_published_document_stays_and_the_next_edition_is_a_draft_beside_it(
    library: Path, plan: Path
) -> None:
    take(plan, library=library, publish=True, overrides=Overrides(valid_from=date(2026, 1, 1)))
    path = library / f"{PLAN_ID}.md"
    edit(path, "edition: '1'", "edition: 2026-1")
    before = path.read_bytes()
    edit(plan, "hela staden", "alla nämnder")
    (outcome,) = take(plan, library=library)
    document = load(library / f"{PLAN_ID}@2026-2.md")
    assert (outcome.outcome, path.read_bytes()) == ("changed", before)
    assert (document.front.edition, document.front.status) == ("2026-2", Status.DRAFT)
    assert document.front.valid_from == date(2026, 1, 1)
    assert "alla nämnder" in document.body
    assert any("utgåva 2026-1 gäller tills" in warning for warning in outcome.warnings)


def test_a_published_next_edition_leaves_the_old_one_in_the_library(
    library: Path, plan: Path
) -> None:
    take(plan, library=library, publish=True)
    edit(plan, "hela staden", "alla nämnder")
    take(plan, library=library, publish=True)
    editions = [load(path).front for path in sorted(library.glob("*.md"))]
    assert [(front.edition, front.status) for front in editions] == [
        ("1", Status.PUBLISHED),
        ("2", Status.PUBLISHED),
    ]


def test_a_draft_is_replaced_by_its_next_edition(library: Path, plan: Path) -> None:
    take(plan, library=library)
    edit(plan, "hela staden", "alla nämnder")
    take(plan, library=library)
    (path,) = library.glob("*.md")
    assert load(path).front.edition == "2"


def test_a_curators_header_and_corrections_survive(library: Path, routine: Path) -> None:
    take(routine, library=library)
    path = library / "rutin-for-ai.md"
    edit(path, "kind: vägledning", "kind: riktlinje")
    edit(path, "owner: AI-rådet", "owner: Stadskontoret")
    edit(path, "er plan", "en plan")
    edit(path, "## Kostnad", "## Kostnad {#pengar}")
    edit(path, "questions: {}", "questions: {pengar: ['Vad kostar det?']}")
    edit(routine, "7 mnkr", "9 mnkr")
    (taken,) = take_all(routine, library=library)
    document = load(path)
    assert (document.front.kind, document.front.owner) == (Kind.GUIDELINE, "Stadskontoret")
    assert document.front.questions == {"pengar": ("Vad kostar det?",)}
    assert "ha en plan" in document.body
    assert "## Kostnad {#pengar}\n\nKostnaden är 9 mnkr." in document.body
    assert "Rättelser i texten som följde med: 2." in taken.file.warnings


def test_what_nobody_touched_follows_the_new_original(library: Path, plan: Path) -> None:
    take(plan, library=library)
    plan.write_text(PLAN.replace("2026", "2027"))
    (outcome,) = take(plan, library=library)
    document = load(library / f"{PLAN_ID}.md")
    assert (document.front.id, document.front.year) == (PLAN_ID, 2027)
    assert document.front.title.endswith("2027")
    assert any("Är det ett nytt dokument" in warning for warning in outcome.warnings)


def test_a_document_whose_header_broke_is_mended_first_never_doubled(
    library: Path, plan: Path
) -> None:
    take(plan, library=library)
    edit(library / f"{PLAN_ID}.md", "owner: AI-rådet", "owner: [trasig")
    for text in (PLAN, PLAN + "\nNytt.\n"):
        plan.write_text(text)
        (outcome,) = take(plan, library=library)
        assert outcome.outcome == "refused"
        assert f"{PLAN_ID}.md, rad" in (outcome.reason or "")


def test_a_correction_that_cannot_follow_keeps_the_old_draft(library: Path, routine: Path) -> None:
    take(routine, library=library)
    path = library / "rutin-for-ai.md"
    edit(path, "er plan", "en plan")
    before = path.read_bytes()
    edit(routine, "er plan", "er nya plan")
    (outcome,) = take(routine, library=library)
    assert path.read_bytes() == before
    assert "er nya plan" in load(library / "rutin-for-ai@2.md").body
    assert any("följde inte med: originalet" in warning for warning in outcome.warnings)


def test_without_the_old_reading_the_old_draft_is_kept_and_the_header_followed(
    library: Path, routine: Path
) -> None:
    take(routine, library=library)
    for reading in (library / "originals").glob("*.reading.json"):
        reading.unlink()
    edit(routine, "7 mnkr", "9 mnkr")
    (outcome,) = take(routine, library=library)
    assert {path.stem for path in library.glob("*.md")} == {"rutin-for-ai", "rutin-for-ai@2"}
    assert any("är inte sparat" in warning for warning in outcome.warnings)


def test_another_document_under_the_same_name_is_a_document_of_its_own(
    library: Path, routine: Path, tmp_path: Path
) -> None:
    take(routine, library=library)
    before = (library / "rutin-for-ai.md").read_bytes()
    other = tmp_path / "annan" / "rutin.txt"
    other.parent.mkdir()
    other.write_text("# Resor i tjänsten\n\nDen som reser väljer tåg framför flyg och bil.\n")
    (outcome,) = take(other, library=library)
    assert (outcome.outcome, outcome.document_id) == ("added", "rutin")
    assert "rutin-for-ai@1, men texten är en helt annan" in outcome.warnings[0]
    assert (library / "rutin-for-ai.md").read_bytes() == before


def test_a_changed_file_belongs_to_the_document_it_is_most_like(
    library: Path, routine: Path, tmp_path: Path
) -> None:
    other = tmp_path / "annan" / "rutin.txt"
    other.parent.mkdir()
    other.write_text("Den som reser i tjänsten väljer tåg framför flyg och bil om det går.\n")
    take(routine, other, library=library)
    edit(routine, "7 mnkr", "9 mnkr")
    (outcome,) = take(routine, library=library)
    assert (outcome.outcome, outcome.document_id) == ("changed", "rutin-for-ai")


def test_a_file_saved_anew_with_the_same_text_is_no_new_edition(
    library: Path, routine: Path
) -> None:
    take(routine, library=library, publish=True)
    routine.write_text(SECTIONS + "\n\n")
    (outcome,) = take(routine, library=library)
    assert (outcome.outcome, len(list(library.glob("*.md")))) == ("unchanged", 1)
    assert take(routine, library=library)[0].warnings == ()


def test_bytes_that_come_back_are_a_change(library: Path, plan: Path) -> None:
    take(plan, library=library, publish=True)
    edit(plan, "hela staden", "alla nämnder")
    take(plan, library=library, publish=True)
    plan.write_text(PLAN)
    (outcome,) = take(plan, library=library, publish=True)
    assert outcome.outcome == "changed"
    assert "hela staden" in load(library / f"{PLAN_ID}@3.md").body
    assert take(plan, library=library)[0].outcome == "unchanged"


def test_the_changes_are_told_by_passage(library: Path, routine: Path) -> None:
    take(routine, library=library)
    edit(routine, "7 mnkr", "9 mnkr")
    (taken,) = take_all(routine, library=library)
    assert taken.earlier is not None
    assert taken.changes is not None
    assert [(one.kind, one.passage.anchor) for one in taken.changes.passages] == [
        (ChangeKind.CHANGED, "kostnad")
    ]
    assert taken.changes.unchanged == 2


def test_an_own_document_with_a_new_edition_is_a_file_of_its_own(
    library: Path, tmp_path: Path
) -> None:
    own = tmp_path / "regler.md"
    own.write_text(OWN)
    take(own, library=library)
    own.write_text(OWN.replace("'3'", "'../../4'").replace("B.", "C."))
    (outcome,) = take(own, library=library)
    assert outcome.outcome == "changed"
    assert {path.name for path in library.glob("*.md")} == {"regler.md", "regler@4.md"}
    assert load(library / "regler.md").body == "# A\n\nB."


def test_an_own_document_of_the_same_edition_keeps_what_was_done_in_the_library(
    library: Path, tmp_path: Path
) -> None:
    own = tmp_path / "regler.md"
    own.write_text(OWN + "\nD.\n")
    take(own, library=library)
    edit(library / "regler.md", "owner: AI-rådet", "owner: Stadskontoret")
    edit(library / "regler.md", "D.", "D, rättat.")
    own.write_text(OWN.replace("B.", "C.") + "\nD.\n")
    take(own, library=library)
    document = load(library / "regler.md")
    assert (document.front.owner, document.body) == ("Stadskontoret", "# A\n\nC.\n\nD, rättat.")


def test_an_own_document_never_writes_over_what_the_library_changed(
    library: Path, tmp_path: Path
) -> None:
    own = tmp_path / "regler.md"
    own.write_text(OWN)
    take(own, library=library)
    edit(library / "regler.md", "B.", "B, rättat.")
    before = (library / "regler.md").read_bytes()
    own.write_text(OWN.replace("B.", "C."))
    (outcome,) = take(own, library=library)
    assert outcome.outcome == "refused"
    assert "ny edition" in (outcome.reason or "")
    assert (library / "regler.md").read_bytes() == before


def test_an_own_document_never_writes_over_one_written_in_the_library(
    library: Path, tmp_path: Path
) -> None:
    library.mkdir()
    (library / "regler.md").write_text(OWN.replace("B.", "Skrivet här."))
    own = tmp_path / "regler.md"
    own.write_text(OWN)
    assert take(own, library=library)[0].outcome == "refused"


def test_a_document_in_a_folder_of_the_library_keeps_its_id_to_itself(
    library: Path, plan: Path
) -> None:
    take(plan, library=library)
    (library / "planer").mkdir()
    moved = library / "planer" / f"{PLAN_ID}.md"
    (library / f"{PLAN_ID}.md").rename(moved)
    assert take(plan, library=library)[0].outcome == "unchanged"
    edit(plan, "hela staden", "alla nämnder")
    take(plan, library=library)
    assert [path for path in library.rglob("*.md") if "originals" not in path.parts] == [moved]


def test_a_document_that_replaces_another_names_it(library: Path, tmp_path: Path) -> None:
    old, new = tmp_path / "a.md", tmp_path / "b.md"
    old.write_text("# Riktlinje för molntjänster\n\nGamla regler.\n")
    new.write_text("# Riktlinje för AI\n\nErsätter: Riktlinje för molntjänster\n\nNya regler.\n")
    _, taken = take_all(old, new, library=library)
    (proposal,) = [one for one in taken.proposals if one.key == "supersedes"]
    assert proposal.value == "riktlinje-for-molntjanster@1"
    assert proposal.quote == "Ersätter: Riktlinje för molntjänster"


def test_a_title_that_the_text_lacks_is_proposed_from_the_files_name(
    library: Path, tmp_path: Path
) -> None:
    path = tmp_path / "min_fil.txt"
    path.write_text("Bara en löpande mening utan någon rubrik över sig, som är ganska lång.\n")
    (taken,) = take_all(path, library=library)
    assert (taken.proposals[0].value, taken.proposals[0].rule) == ("min fil", "filnamnet")


def test_a_document_written_is_read_back_the_same(library: Path, routine: Path) -> None:
    (taken,) = take_all(routine, library=library)
    assert taken.document is not None
    path = taken.document.path
    assert path is not None
    assert dump(load(path)) == path.read_text()
