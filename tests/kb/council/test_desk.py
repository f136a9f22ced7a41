"""A move is checked, judged, written in the journal and then done in the file."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from ingest.document import Status
from ingest.errors import CouncilError
from ingest.library.front_matter import load
from kb.council import desk as desk_module
from kb.council.desk import Desk, Moved, find_edition, make_move
from kb.council.difference import difference, difference_json, difference_text
from kb.council.gate import Candidate, Verdict
from kb.council.moves import Move
from kb.council.overview import Listed, list_editions
from kb.journal.records import Actor, Role
from kb.journal.store import open_journal
from kb.journal.tables import council_move, publication
from kb.journal.verify import verify
from kb.library import load_library
from tests.kb.journal.made import START, TODAY

SOURCE = """---
id: regler
title: Regler
status: draft
edition: "1"
review_by: 2026-12-01
---

## Granska {#granska}

Du ska granska svaret.
"""
AUTHOR, REVIEWER = Actor(user="u1001", role=Role.AUTHOR), Actor(user="u1002", role=Role.REVIEWER)


def unguarded(candidate: Candidate) -> Verdict:
    return Verdict(True, f"Inga testfall prövar publiceringen av {candidate.document.key}.")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    library = tmp_path / "library"
    library.mkdir()
    (library / "regler.md").write_text(SOURCE, encoding="utf-8")
    journal = open_journal(tmp_path)
    yield Desk(library, journal, unguarded, tmp_path)
    journal.close()


def move(desk: Desk, what: Move, actor: Actor, name: str = "regler", **options: Any) -> Moved:
    return make_move(desk, what, name, actor=actor, now=START, today=TODAY, **options)


def approve(desk: Desk) -> None:
    move(desk, Move.SUBMIT, AUTHOR)
    move(desk, Move.APPROVE, REVIEWER)


def publish(desk: Desk, **options: Any) -> Moved:
    approve(desk)
    return move(desk, Move.PUBLISH, REVIEWER, **options)


def source(desk: Desk, name: str = "regler.md") -> str:
    return (desk.library / name).read_text(encoding="utf-8")


def moves(desk: Desk) -> list[tuple[Any, ...]]:
    columns = [council_move.c[n] for n in ("actor", "move", "before", "after", "stopped")]
    with desk.journal.looking() as connection:
        return [tuple(row) for row in connection.execute(select(*columns))]


def listed(desk: Desk, today: date = TODAY) -> Listed:
    with desk.journal.looking() as connection:
        return list_editions(connection, load_library(desk.library), today=today)[0]


def test_a_document_goes_from_draft_to_published_and_back(desk: Desk) -> None:
    publish(desk)
    assert source(desk) == SOURCE.replace("draft", "published").replace(
        "---\n\n##", "valid_from: 2026-11-22\n---\n\n##"
    )
    move(desk, Move.WITHDRAW, REVIEWER, note="fel")
    assert load(desk.library / "regler.md").front.status is Status.WITHDRAWN
    assert moves(desk) == [
        ("u1001", "submit", "draft", "in_review", False),
        ("u1002", "approve", "in_review", "in_review", False),
        ("u1002", "publish", "in_review", "published", False),
        ("u1002", "withdraw", "published", "withdrawn", False),
    ]
    with desk.journal.looking() as connection:
        assert verify(connection).faults == ()


def test_the_whole_file_is_kept_as_it_was_published(desk: Desk) -> None:
    publish(desk, valid_from=date(2027, 1, 1))
    with desk.journal.looking() as connection:
        row = connection.execute(select(publication)).one()
    assert row.source == source(desk)
    assert "valid_from: 2027-01-01" in row.source
    assert json.loads(row.verdict)["passed"] is True


def test_a_move_that_is_refused_changes_nothing(desk: Desk) -> None:
    with pytest.raises(CouncilError):
        move(desk, Move.PUBLISH, REVIEWER)
    assert (source(desk), moves(desk)) == (SOURCE, [])


def test_a_text_changed_after_approval_must_be_approved_again(desk: Desk) -> None:
    approve(desk)
    path = desk.library / "regler.md"
    path.write_text(source(desk).replace("granska svaret", "lita på svaret"), encoding="utf-8")
    with pytest.raises(CouncilError, match="inte godkänd som den är nu"):
        move(desk, Move.PUBLISH, REVIEWER)


def test_the_gate_sees_the_library_as_it_would_become(desk: Desk) -> None:
    seen: list[Candidate] = []

    def gate(candidate: Candidate) -> Verdict:
        seen.append(candidate)
        return Verdict(True, "3 av 3 testfall")

    publish(replace(desk, gate=gate))
    (document,) = seen[0].library.documents
    assert document == seen[0].document
    assert (document.front.status, document.front.valid_from) == (Status.PUBLISHED, TODAY)


def test_what_the_gate_holds_back_is_not_published_and_that_is_written(desk: Desk) -> None:
    approve(desk)
    before = source(desk)
    strict = replace(desk, gate=lambda _: Verdict(False, "2 av 3 testfall"))
    moved = move(strict, Move.PUBLISH, REVIEWER)
    assert (moved.is_stopped, moved.after, source(desk)) == (True, Status.IN_REVIEW, before)
    assert moves(desk)[-1] == ("u1002", "publish", "in_review", "in_review", True)
    with desk.journal.looking() as connection:
        assert connection.scalar(select(council_move.c.note).where(council_move.c.stopped)) == (
            "2 av 3 testfall"
        )
        assert connection.execute(select(publication)).all() == []
    assert not move(desk, Move.PUBLISH, REVIEWER).is_stopped


def number_in(desk: Desk) -> None:
    path = desk.library / "regler.md"
    path.write_text(f"{source(desk)}\nGäller 19900101-2385.\n", encoding="utf-8")


def test_a_personal_number_stops_the_publication_and_changes_nothing(desk: Desk) -> None:
    number_in(desk)
    approve(desk)
    before = source(desk)
    with pytest.raises(CouncilError, match="--personal-data-reviewed") as held:
        move(desk, Move.PUBLISH, REVIEWER)
    assert "••••••••-•••• (rad " in str(held.value)
    assert (source(desk), moves(desk)[-1][1]) == (before, "approve")


def test_reviewed_personal_numbers_are_published_and_the_journal_says_so(desk: Desk) -> None:
    number_in(desk)
    approve(desk)
    move(desk, Move.PUBLISH, REVIEWER, reviewed=True, note="provnummer")
    with desk.journal.looking() as connection:
        note = connection.scalar(select(council_move.c.note).where(council_move.c.note != ""))
    assert note is not None
    assert note.startswith("provnummer Granskade personuppgifter får stå kvar: ••••••••-•••• (rad ")
    assert load(desk.library / "regler.md").front.status is Status.PUBLISHED


def test_nothing_is_noted_as_reviewed_where_there_is_no_number(desk: Desk) -> None:
    publish(desk, reviewed=True)
    with desk.journal.looking() as connection:
        assert connection.scalars(select(council_move.c.note)).all() == ["", "", ""]


def test_a_break_before_the_file_is_written_shows_and_can_be_repeated(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    approve(desk)

    def break_off(path: Path, text: str) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(desk_module, "write_source", break_off)
        with pytest.raises(KeyboardInterrupt):
            move(desk, Move.PUBLISH, REVIEWER)
    assert listed(desk).is_unfinished
    move(desk, Move.WITHDRAW, REVIEWER)
    publish(desk)
    assert not listed(desk).is_unfinished


def test_a_file_that_changed_under_the_gate_is_left_alone(desk: Desk) -> None:
    approve(desk)

    def gate(candidate: Candidate) -> Verdict:
        path = candidate.document.path
        assert path is not None
        path.write_text(source(desk) + "\nNytt.\n", encoding="utf-8")
        return Verdict(True, "")

    with pytest.raises(CouncilError, match="ändrades under tiden"):
        move(replace(desk, gate=gate), Move.PUBLISH, REVIEWER)
    assert source(desk).endswith("Nytt.\n")


def test_the_list_says_who_is_waited_for_and_what_is_overdue(desk: Desk) -> None:
    move(desk, Move.SUBMIT, AUTHOR)
    waiting = listed(desk)
    assert (waiting.status, waiting.submitted_by, waiting.approved_by) == (
        Status.IN_REVIEW, ("u1001",), (),
    )  # fmt: skip
    move(desk, Move.APPROVE, REVIEWER)
    assert listed(desk).approved_by == ("u1002",)
    move(desk, Move.PUBLISH, REVIEWER)
    assert not listed(desk).is_overdue
    assert listed(desk, date(2026, 12, 2)).is_overdue


def test_a_published_file_changed_beside_the_council_is_pointed_out(desk: Desk) -> None:
    publish(desk)
    assert not listed(desk).is_changed
    changed = source(desk).replace("granska svaret", "lita på svaret")
    (desk.library / "regler.md").write_text(changed, encoding="utf-8")
    assert listed(desk).is_changed


def add_second_edition(desk: Desk) -> None:
    second = SOURCE.replace('"1"', '"2"').replace("granska svaret", "granska hela svaret")
    (desk.library / "regler-2.md").write_text(second, encoding="utf-8")


def test_of_several_editions_the_one_the_move_fits_is_meant(desk: Desk) -> None:
    publish(desk)
    add_second_edition(desk)
    assert move(desk, Move.SUBMIT, AUTHOR).key == "regler@2"
    with pytest.raises(CouncilError, match=r"regler@2 .*regler@1"):
        find_edition(load_library(desk.library), "regler")
    with pytest.raises(CouncilError, match="finns inte"):
        move(desk, Move.SUBMIT, AUTHOR, "borta")


def test_a_difference_is_shown_by_section_against_the_published_edition(desk: Desk) -> None:
    publish(desk)
    add_second_edition(desk)
    library = load_library(desk.library)
    with desk.journal.looking() as connection:
        after = find_edition(library, "regler@2")
        found = difference(connection, library, after, today=TODAY)
    assert "**hela**" in difference_text(found)
    data = difference_json(found)
    assert (data["edition"], data["against"]) == ("regler@2", "regler@1")
    (changed,) = data["passages"]
    assert (changed["kind"], changed["before"]) == ("changed", "Du ska granska svaret.")


def test_an_edition_changed_in_place_is_compared_with_what_was_published(desk: Desk) -> None:
    publish(desk)
    changed = source(desk).replace("granska svaret", "granska hela svaret")
    (desk.library / "regler.md").write_text(changed, encoding="utf-8")
    library = load_library(desk.library)
    with desk.journal.looking() as connection:
        found = difference(connection, library, library.documents[0], today=TODAY)
    assert "**hela**" in difference_text(found)


def test_a_first_edition_is_all_new(desk: Desk) -> None:
    library = load_library(desk.library)
    with desk.journal.looking() as connection:
        found = difference(connection, library, library.documents[0], today=TODAY)
    assert "allt är nytt. 1 nytt" in difference_text(found)
