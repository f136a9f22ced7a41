"""Whatever moment an intake or a sync is killed at, library and index are whole."""

from pathlib import Path

import pytest

from tests.kb.kill_cycle import kill_cycle


@pytest.mark.parametrize("kills", [6, pytest.param(20, marks=pytest.mark.slow)])
def test_a_killed_intake_and_sync_leave_all_whole(tmp_path: Path, kills: int) -> None:
    found = kill_cycle(kills, tmp_path, seed=kills)
    assert (found.kills, found.broken) == (kills, [])
