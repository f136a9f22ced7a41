"""What the measurements of load read: processes, the page's events, what a server prints."""

from pathlib import Path

import pytest

from evals.load.asker import event_of
from evals.load.process import processor_seconds, resident, taken_by
from evals.load.proxy import SHIPPED, fitted
from evals.load.serving import copied, passwords_in


def test_processor_time_is_user_and_system_also_when_the_name_has_brackets() -> None:
    stat = "7 (a) b) S 1 7 7 0 -1 4194560 1 0 0 0 150 50 0 0 20 0 1 0 1 1 1"
    assert processor_seconds(stat) == pytest.approx(2.0, rel=1e-6)


def test_resident_memory_is_in_mebibytes() -> None:
    assert resident("1000 512 100 1 0 1 0") == pytest.approx(2.0)


def test_a_process_that_has_ended_is_told_of() -> None:
    with pytest.raises(FileNotFoundError):
        taken_by(2**30)


def test_the_event_that_asks_starts_from_the_box_of_the_question() -> None:
    config = {
        "components": [
            {"id": 3, "props": {"elem_id": "reaktion"}},
            {"id": 8, "props": {"elem_id": "fraga"}},
            {"id": 9, "props": {}},
        ],
        "dependencies": [
            {"id": 0, "inputs": [3, 9]},
            {"id": 5, "inputs": [8, 9, 9, 9]},
        ],
    }
    assert event_of(config) == (5, 4)


def test_passwords_are_read_from_what_the_server_prints() -> None:
    said = (
        "Provkonton, bara till för att prova:\n  p0000 (reader): aB-_1\n  p0001 (admin): x\nLös\n"
    )
    assert passwords_in(said) == {"p0000": "aB-_1", "p0001": "x"}


def test_the_copy_of_a_data_folder_has_the_index_and_nobodys_journal(tmp_path: Path) -> None:
    data = tmp_path / "original"
    data.mkdir()
    for name in ("manifest.sqlite3", "journal.sqlite3", "journal.sqlite3-wal", "sessions.sqlite3"):
        (data / name).touch()
    assert [one.name for one in copied(data, tmp_path).iterdir()] == ["manifest.sqlite3"]


def test_the_shipped_proxy_is_fitted_to_this_machine_and_nothing_else_is_changed(
    tmp_path: Path,
) -> None:
    shipped = SHIPPED.read_text(encoding="utf-8")
    text = fitted(shipped, tmp_path, port=4, replicas=(5, 6))
    assert "server 127.0.0.1:5 " in text
    assert "server 127.0.0.1:6 " in text
    assert "/etc/nginx" not in text
    assert "hash $nod consistent;" in text
