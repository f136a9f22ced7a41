"""Whatever is changed behind the journal's back shows when it is verified."""

from collections.abc import Callable

import pytest
from sqlalchemy import Connection, text

from kb.journal.chain import Head, head
from kb.journal.records import RemovalKind
from kb.journal.removing import Removal, remove, with_parts
from kb.journal.store import Journal
from kb.journal.tables import metadata
from kb.journal.verify import Verdict, verify
from tests.kb.journal.made import REGISTRAR, START, add_turn


def verdict_after(journal: Journal, *statements: str, noted: Head | None = None) -> Verdict:
    """Do what the guards forbid, put them back, and verify."""
    with journal.writing() as connection:
        unguard(connection)
        for statement in statements:
            connection.execute(text(statement))
        found = verify(connection, noted=noted)
    faults = tuple(fault for fault in found.faults if not fault.startswith("skydd "))
    return Verdict(found.head, found.records, found.removed, faults)


def unguard(connection: Connection) -> None:
    on_table = connection.dialect.name == "postgresql"
    for table, name in guard_names():
        end = f" ON {table}" if on_table else ""
        connection.execute(text(f"DROP TRIGGER IF EXISTS {name}{end}"))


def guard_names() -> list[tuple[str, str]]:
    events = ("update", "delete", "replace", "truncate")
    return [(t.name, f"{t.name}_no_{e}") for t in metadata.sorted_tables for e in events]


def test_an_untouched_journal_is_as_it_was_written(journal: Journal) -> None:
    add_turn(journal)
    with journal.looking() as connection:
        found = verify(connection)
    assert found.faults == ()
    assert (found.records["turn"], found.records["citation"], found.head.n) == (1, 1, 2)


CHANGES: dict[str, Callable[[str], str]] = {
    "är ändrad": lambda turn: f"UPDATE turn SET text = 'Ja.' WHERE id = '{turn}'",
    "saknas utan gallring": lambda turn: f"DELETE FROM turn WHERE id = '{turn}'",
    "länk 1 är ändrad": lambda turn: "UPDATE chain SET at = '2020' WHERE n = 1",
    "länk 1 saknas": lambda turn: "DELETE FROM chain WHERE n = 1",
    "är tillagd vid sidan av": lambda turn: (
        "INSERT INTO sign_in VALUES('x', 'x', 'x', 'x', 'x', 'x', 'x', 'x', 'x')"
    ),
    "removal borta saknas": lambda turn: f"INSERT INTO removed VALUES('turn', '{turn}', 'borta')",
    "setup": lambda turn: "UPDATE setup SET content = '{}'",
    "passage_text": lambda turn: "UPDATE passage_text SET text = 'annat'",
}


@pytest.mark.parametrize("said", CHANGES)
def test_a_change_behind_the_guards_is_named(file_journal: Journal, said: str) -> None:
    turn = add_turn(file_journal)
    found = verdict_after(file_journal, CHANGES[said](turn))
    assert any(said in fault for fault in found.faults), found.faults


def test_a_change_shows_in_every_database(journal: Journal) -> None:
    turn = add_turn(journal)
    found = verdict_after(journal, f"UPDATE turn SET question = 'x' WHERE id = '{turn}'")
    assert found.faults == (f"turn {turn} är ändrad",)


@pytest.mark.parametrize("column", [c.name for c in metadata.tables["turn"].c if c.name != "id"])
def test_every_column_of_a_turn_is_sealed(file_journal: Journal, column: str) -> None:
    add_turn(file_journal)
    value = "1 - masked" if column == "masked" else f"{column} || 'x'"
    assert verdict_after(file_journal, f"UPDATE turn SET {column} = {value}").faults


def test_a_cut_off_end_shows_against_a_head_noted_elsewhere(file_journal: Journal) -> None:
    add_turn(file_journal)
    last = add_turn(file_journal)
    with file_journal.looking() as connection:
        noted = head(connection)
    cut = (
        "DELETE FROM chain WHERE n > 2",
        f"DELETE FROM citation WHERE turn = '{last}'",
        f"DELETE FROM turn WHERE id = '{last}'",
    )
    assert verdict_after(file_journal, *cut).faults == ()
    found = verdict_after(file_journal, noted=noted)
    assert found.faults == ("journalen slutar vid 2, men 4 har noterats",)


def test_a_removal_that_names_more_than_when_written_is_found(file_journal: Journal) -> None:
    first, second = add_turn(file_journal), add_turn(file_journal)
    with file_journal.writing() as connection:
        removal = Removal(RemovalKind.ERASURE, "ett svar", "")
        remove(
            connection, tuple(with_parts(connection, [first])), removal, actor=REGISTRAR, now=START
        )
        name = connection.scalar(text("SELECT id FROM removal"))
        assert verify(connection).faults == ()
        connection.execute(text(f"INSERT INTO removed VALUES('turn', '{second}', '{name}')"))
        connection.execute(text(f"DELETE FROM turn WHERE id = '{second}'"))
        faults = verify(connection).faults
    assert any("nämner andra poster" in fault for fault in faults)


def test_a_missing_guard_is_a_fault(file_journal: Journal) -> None:
    with file_journal.writing() as connection:
        connection.execute(text("DROP TRIGGER turn_no_update"))
        assert verify(connection).faults == ("skydd saknas i databasen: turn_no_update",)
