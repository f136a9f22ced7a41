"""The gate before publication, and a preview that writes nothing."""

from pathlib import Path

import pytest

from ingest.document import Status
from ingest.errors import RefusedFileError
from ingest.intake.shelf import claimed
from ingest.library.front_matter import load
from ingest.screening.contact_data import read_public_contacts
from tests.ingest.taking_in import PLAN, PLAN_ID, take, take_all

MINUTES = (
    "# Protokoll\n\nÄrendet gäller 19900101-2385. Kontakt: nagon.annan@example.se, 070-1740605.\n"
)


@pytest.fixture
def minutes(tmp_path: Path) -> Path:
    path = tmp_path / "protokoll.txt"
    path.write_text(MINUTES)
    return path


def test_a_file_with_a_personal_number_is_not_published(library: Path, minutes: Path) -> None:
    (outcome,) = take(minutes, library=library, publish=True)
    assert outcome.outcome == "refused"
    assert "••••••••-••••" in (outcome.reason or "")
    assert "--personal-data-reviewed protokoll.txt" in (outcome.reason or "")
    assert "2385" not in (outcome.reason or "")
    assert list(library.glob("*.md")) == []
    assert list((library / "originals").glob("*.txt")) == []


def test_it_is_published_when_a_reviewer_says_so_of_that_very_file(
    library: Path, minutes: Path, tmp_path: Path
) -> None:
    other = tmp_path / "annat.txt"
    other.write_text(MINUTES + "\nOch mer.\n")
    reviewed = frozenset({"protokoll.txt"})
    first, second = take_all(other, minutes, library=library, publish=True, reviewed=reviewed)
    assert (first.file.outcome, second.file.outcome) == ("refused", "added")
    assert any("1 personnummer" in warning for warning in second.file.warnings)


def test_a_reviewed_file_that_is_not_there_is_an_error(library: Path, minutes: Path) -> None:
    with pytest.raises(RefusedFileError, match=r"annat\.txt är inte en av filerna"):
        take_all(minutes, library=library, reviewed=frozenset({"annat.txt"}))


def test_of_two_files_of_one_name_the_reviewed_one_is_named_by_its_path(
    library: Path, tmp_path: Path
) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "protokoll.txt").write_text(f"{MINUTES}\nBilaga {name}.\n")
    folders = (tmp_path / "a", tmp_path / "b")
    with pytest.raises(RefusedFileError, match="2 filer heter"):
        take_all(*folders, library=library, reviewed=frozenset({"protokoll.txt"}))
    one = frozenset({str(tmp_path / "b" / "protokoll.txt")})
    taken = take_all(*folders, library=library, publish=True, reviewed=one)
    assert [each.file.outcome for each in taken] == ["refused", "added"]


def test_it_becomes_a_draft_with_warnings_and_the_draft_is_not_published_later(
    library: Path, minutes: Path
) -> None:
    (outcome,) = take(minutes, library=library)
    assert (outcome.outcome, len(outcome.warnings)) == ("added", 3)
    (again,) = take(minutes, library=library, publish=True)
    assert again.outcome == "refused"
    assert load(library / "protokoll.md").front.status is Status.DRAFT


def test_an_own_document_with_a_personal_number_is_held_back_too(
    library: Path, tmp_path: Path
) -> None:
    path = tmp_path / "a.md"
    path.write_text(f"---\nid: a\ntitle: A\nstatus: published\n---\n\n{MINUTES}")
    assert take(path, library=library, publish=True)[0].outcome == "refused"
    assert take(path, library=library)[0].outcome == "added"


def test_what_the_council_made_public_is_not_warned_of(library: Path, minutes: Path) -> None:
    public = read_public_contacts(["example.se", "070-1740605"])
    (taken,) = take_all(minutes, library=library, public=public)
    assert len(taken.file.warnings) == 1


def test_a_personal_number_in_a_name_reaches_neither_id_nor_label(
    library: Path, tmp_path: Path
) -> None:
    path = tmp_path / "19900101-2385 beslut.txt"
    path.write_text("Bara en löpande mening utan någon rubrik över sig, som är ganska lång.\n")
    (taken,) = take_all(path, library=library)
    assert taken.document is not None
    assert taken.document.front.id == "beslut"
    assert "2385" not in (taken.document.front.original or "")
    assert take(path, library=library)[0].outcome == "unchanged"


def test_an_unchanged_file_still_tells_what_stands_but_is_not_warned_of_again(
    library: Path, minutes: Path
) -> None:
    take(minutes, library=library)
    (taken,) = take_all(minutes, library=library)
    assert (taken.file.outcome, taken.file.warnings) == ("unchanged", ())
    assert len(taken.remarks) == 3
    assert [one.key for one in taken.proposals] == ["title"]


def test_a_preview_tells_all_and_writes_nothing(library: Path, minutes: Path) -> None:
    (taken,) = take_all(minutes, library=library, preview=True)
    assert (taken.file.outcome, taken.file.document_id) == ("added", "protokoll")
    assert taken.document is not None
    assert "Ärendet gäller" in taken.document.body
    assert not library.exists()


def test_a_preview_shows_what_a_changed_file_would_change(library: Path, tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text(PLAN)
    take(path, library=library, publish=True)
    before = {path: path.read_bytes() for path in library.rglob("*") if path.is_file()}
    path.write_text(PLAN.replace("hela staden", "alla nämnder"))
    (taken,) = take_all(path, library=library, preview=True)
    assert taken.document is not None
    assert (taken.file.outcome, taken.document.key) == ("changed", f"{PLAN_ID}@2")
    assert before == {path: path.read_bytes() for path in library.rglob("*") if path.is_file()}


def test_twins_within_a_preview_get_ids_of_their_own(library: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "plan.txt").write_text(PLAN + name)
    taken = take_all(tmp_path / "a", tmp_path / "b", library=library, preview=True)
    assert [one.file.document_id for one in taken] == [PLAN_ID, f"{PLAN_ID}-2"]


def test_two_intakes_never_write_at_once(library: Path, minutes: Path) -> None:
    with claimed(library), pytest.raises(RefusedFileError, match="Vänta"):
        take(minutes, library=library)


def test_half_written_files_of_a_killed_intake_are_cleared(library: Path, minutes: Path) -> None:
    (library / "originals").mkdir(parents=True)
    for left in (library / ".a.md.tmp", library / "originals" / ".b.txt.tmp"):
        left.write_text("halv")
    take(minutes, library=library)
    assert not list(library.rglob(".*.tmp"))


def test_a_file_that_changes_while_it_is_read_is_refused(
    library: Path, minutes: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ingest.intake import reading

    def slow(path: Path, *, max_bytes: int) -> object:
        from ingest.files.convert import convert

        conversion = convert(path)
        path.write_text("Annat.")
        return conversion

    monkeypatch.setattr(reading, "convert_isolated", slow)
    (outcome,) = take(minutes, library=library)
    assert "ändrades medan den lästes" in (outcome.reason or "")
    assert list(library.glob("*.md")) == []


def test_what_the_library_says_of_a_document_is_a_warning(library: Path, minutes: Path) -> None:
    (taken,) = take_all(minutes, library=library, review=lambda document: (document.front.id,))
    assert taken.file.warnings[-1] == "protokoll"
    (again,) = take_all(minutes, library=library, review=lambda document: (document.front.id,))
    assert (again.file.warnings, again.remarks[-1]) == ((), "protokoll")
