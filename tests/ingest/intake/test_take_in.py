"""Intake: files become Documents in the library, once, and nothing is lost."""

import os
from hashlib import sha256
from pathlib import Path

import pytest

from ingest.document import Kind, Status
from ingest.errors import RefusedFileError
from ingest.intake.taken import Overrides
from ingest.library.front_matter import load
from tests.ingest.taking_in import PLAN, take

OTHER = "Policy för resor\n\nDen som reser i tjänsten väljer tåg. Flyg kräver chefens beslut.\n"


def test_a_file_becomes_a_draft_document_with_its_original(library: Path, plan: Path) -> None:
    (outcome,) = take(plan, library=library)
    assert (outcome.outcome, outcome.document_id) == (
        "added",
        "utvecklingsplan-for-gemensam-it-2026",
    )
    front = load(library / "utvecklingsplan-for-gemensam-it-2026.md").front
    digest = sha256(plan.read_bytes()).hexdigest()
    assert (front.kind, front.year, front.status) == (Kind.PLAN, 2026, Status.DRAFT)
    assert (front.original, front.original_digest) == ("plan.txt", f"sha256:{digest}")
    assert (library / "originals" / f"{digest}.txt").read_bytes() == plan.read_bytes()


def test_the_same_file_again_leaves_a_curators_correction(library: Path, plan: Path) -> None:
    take(plan, library=library)
    document = library / "utvecklingsplan-for-gemensam-it-2026.md"
    document.write_text(document.read_text() + "\nEn rättelse.\n")
    before = document.read_bytes()
    (outcome,) = take(plan, library=library)
    assert outcome.outcome == "unchanged"
    assert document.read_bytes() == before


def test_a_renamed_copy_is_known_by_its_bytes(library: Path, plan: Path) -> None:
    (first,) = take(plan, library=library)
    copy = plan.rename(plan.with_name("kopia.txt"))
    (second,) = take(copy, library=library)
    assert (second.outcome, second.document_id) == ("unchanged", first.document_id)


def test_new_overrides_change_the_header_only(library: Path, plan: Path) -> None:
    take(plan, library=library)
    path = library / "utvecklingsplan-for-gemensam-it-2026.md"
    path.write_text(path.read_text() + "\nEn rättelse.\n")
    (outcome,) = take(plan, library=library, overrides=Overrides(kind=Kind.MEMO, year=2027))
    document = load(path)
    assert outcome.outcome == "changed"
    assert (document.front.kind, document.front.year) == (Kind.MEMO, 2027)
    assert (document.front.edition, "En rättelse." in document.body) == ("1", True)


def test_the_same_text_in_two_formats_is_two_documents_and_a_warning(
    library: Path, plan: Path
) -> None:
    page = plan.with_suffix(".html")
    title, _, text = PLAN.strip().partition("\n\n")
    page.write_text(f"<html><body><h1>{title}</h1><p>{text}</p></body></html>")
    first, second = take(plan, page, library=library)
    assert second.outcome == "added"
    assert second.document_id == f"{first.document_id}-2"
    assert f"dokumentet {first.document_id}" in second.warnings[0]


def test_files_of_one_name_do_not_overwrite_each_other(library: Path, tmp_path: Path) -> None:
    for folder, text in (("a", PLAN), ("b", OTHER)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "plan.txt").write_text(text)
    folders = (tmp_path / "a", tmp_path / "b")
    assert [o.outcome for o in take(*folders, library=library)] == ["added", "added"]
    assert [o.outcome for o in take(*folders, library=library)] == ["unchanged", "unchanged"]


def test_a_folder_is_walked_in_order_and_one_bad_file_stops_nothing(
    library: Path, tmp_path: Path
) -> None:
    source = tmp_path / "in"
    (source / "inre").mkdir(parents=True)
    (source / "a.xlsx").write_bytes(b"PK\x03\x04")
    (source / "b.txt").write_text(PLAN)
    (source / "inre" / "c.txt").write_text(OTHER)
    (source / ".dold.txt").write_text(OTHER)
    outcomes = take(source, library=library)
    assert [(Path(o.path).name, o.outcome) for o in outcomes] == [
        ("a.xlsx", "refused"),
        ("b.txt", "added"),
        ("c.txt", "added"),
    ]
    assert "PDF" in (outcomes[0].reason or "")


def test_publishing_leaves_the_first_day_open(library: Path, plan: Path) -> None:
    take(plan, library=library, publish=True)
    front = load(library / "utvecklingsplan-for-gemensam-it-2026.md").front
    assert (front.status, front.valid_from) == (Status.PUBLISHED, None)


def test_the_title_given_names_the_document(library: Path, plan: Path) -> None:
    (outcome,) = take(plan, library=library, overrides=Overrides(title="Årets plan för Öst"))
    assert outcome.document_id == "arets-plan-for-ost"


def test_a_long_id_keeps_its_year(library: Path, plan: Path) -> None:
    title = "Utvecklingsplan för " + "gemensam digitalisering och " * 6 + "annat 2026"
    (outcome,) = take(plan, library=library, overrides=Overrides(title=title))
    assert outcome.document_id is not None
    assert len(outcome.document_id) <= 80
    assert outcome.document_id.endswith("-2026")


def test_a_document_brings_its_own_header(library: Path, tmp_path: Path) -> None:
    path = tmp_path / "regler.md"
    path.write_text(
        "---\nid: regler\ntitle: Regler\nkind: princip\nedition: '3'\n---\n\n# A\n\nB.\n"
    )
    (outcome,) = take(path, library=library)
    document = load(library / "regler.md")
    assert (outcome.outcome, document.front.kind) == ("added", Kind.PRINCIPLE)
    assert (document.front.edition, document.body) == ("3", "# A\n\nB.")
    assert take(path, library=library)[0].outcome == "unchanged"


def test_a_malformed_header_is_refused_with_its_line(library: Path, tmp_path: Path) -> None:
    path = tmp_path / "regler.md"
    path.write_text("---\nid: regler\ntitle: Regler\nkind: bok\n---\n\nText.\n")
    (outcome,) = take(path, library=library)
    assert outcome.outcome == "refused"
    assert "rad 4" in (outcome.reason or "")


def test_what_could_not_be_read_back_is_refused_and_not_written(library: Path, plan: Path) -> None:
    take(plan, library=library)
    path = library / "utvecklingsplan-for-gemensam-it-2026.md"
    before = path.read_bytes()
    (outcome,) = take(plan, library=library, overrides=Overrides(year=99999))
    assert outcome.outcome == "refused"
    assert "year" in (outcome.reason or "")
    assert path.read_bytes() == before


def test_a_malformed_document_in_the_library_is_never_overwritten(
    library: Path, plan: Path
) -> None:
    library.mkdir()
    broken = library / "utvecklingsplan-for-gemensam-it-2026.md"
    broken.write_text("---\ntrasig\n")
    (outcome,) = take(plan, library=library)
    assert outcome.document_id == "utvecklingsplan-for-gemensam-it-2026-2"
    assert broken.read_text() == "---\ntrasig\n"


def test_a_file_of_the_library_itself_is_refused(library: Path, plan: Path) -> None:
    take(plan, library=library)
    (outcome,) = take(library / "utvecklingsplan-for-gemensam-it-2026.md", library=library)
    assert "redan i biblioteket" in (outcome.reason or "")


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write anywhere")
def test_a_read_only_library_is_one_clear_error(library: Path, plan: Path) -> None:
    library.mkdir(mode=0o500)
    with pytest.raises(RefusedFileError, match="går inte att skriva"):
        take(plan, library=library)


def test_a_library_that_cannot_be_made_is_one_clear_error(plan: Path) -> None:
    with pytest.raises(RefusedFileError, match="går inte att skriva"):
        take(plan, library=plan / "bibliotek")


def test_a_failed_write_leaves_the_old_document(
    library: Path, plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(plan, library=library)
    path = library / "utvecklingsplan-for-gemensam-it-2026.md"
    before = path.read_bytes()
    plan.write_text(PLAN + "\nNytt.\n")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("ingest.files.kept.os.fsync", full)
    (outcome,) = take(plan, library=library)
    assert outcome.outcome == "refused"
    assert "Frigör utrymme" in (outcome.reason or "")
    assert path.read_bytes() == before
    assert not list(library.glob(".*.tmp"))
