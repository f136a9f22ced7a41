from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import pytest

from evals.asker import Asker, Job
from evals.generate import answerer, generate
from evals.records import Record
from tests.evals.made import TODAY, case, record

JOBS = [Job("s", case(f"c{number}"), TODAY, 7) for number in range(4)]


class Scripted:
    """Answer jobs, and fall over after so many."""

    def __init__(self, *, breaks_after: int = 99) -> None:
        self.asked: list[str] = []
        self._left = breaks_after

    def __call__(self, jobs: Sequence[Job]) -> Iterator[Record]:
        for job in jobs:
            if self._left == 0:
                raise KeyboardInterrupt
            self._left -= 1
            self.asked.append(job.case.id)
            yield record(id=job.case.id)


def quiet(done: int) -> None:
    del done


def test_a_killed_run_goes_on_where_it_was(tmp_path: Path) -> None:
    path = tmp_path / "answers.jsonl"
    with pytest.raises(KeyboardInterrupt):
        generate(JOBS, path, Scripted(breaks_after=2), quiet)
    second = Scripted()
    records = generate(JOBS, path, second, quiet)
    assert second.asked == ["c2", "c3"]
    assert [one.id for one in records] == ["c0", "c1", "c2", "c3"]


def test_half_a_line_from_a_kill_is_asked_again(tmp_path: Path) -> None:
    path = tmp_path / "answers.jsonl"
    generate(JOBS, path, Scripted(), quiet)
    whole = path.read_bytes()
    path.write_bytes(whole[:-40])
    again = Scripted()
    generate(JOBS, path, again, quiet)
    assert again.asked == ["c3"]
    assert path.read_bytes() == whole


def test_nothing_is_opened_when_everything_is_answered(tmp_path: Path) -> None:
    path = tmp_path / "answers.jsonl"
    generate(JOBS, path, Scripted(), quiet)

    def refuse() -> Asker:
        raise AssertionError("opened")

    assert len(generate(JOBS, path, answerer(refuse), quiet)) == 4


def test_progress_counts_what_was_there_already(tmp_path: Path) -> None:
    path = tmp_path / "answers.jsonl"
    generate(JOBS[:3], path, Scripted(), quiet)
    told: list[int] = []
    generate(JOBS, path, Scripted(), told.append)
    assert told == [3, 1]


def broken_asker(folder: Path) -> Asker:
    raise FileNotFoundError(folder)


def test_a_worker_that_cannot_open_stops_the_run(tmp_path: Path) -> None:
    answer = answerer(partial(broken_asker, tmp_path), workers=1)
    with pytest.raises(FileNotFoundError):
        generate(JOBS, tmp_path / "answers.jsonl", answer, quiet)
