"""Generate the answers of a run, once, into a file; a killed run goes on where it was."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from evals.asker import Asker, Job
from evals.records import Record, read_records, record_json

Tell = Callable[[int], None]
"""Is told how many more jobs are done."""

_asker: Asker | None = None  # of a worker process: opened once, by `_open_in_worker`


def generate(
    jobs: Sequence[Job], path: Path, answer: Callable[[Sequence[Job]], Iterator[Record]], tell: Tell
) -> tuple[Record, ...]:
    """Answer every job that `path` does not hold yet; return all Records in the jobs' order.

    `answer` yields one Record a job, in order. Each is written before the next is awaited.
    """
    done = {record.key: record for record in _resume(path)}
    left = [job for job in jobs if (job.suite, job.case.id) not in done]
    tell(len(jobs) - len(left))
    with path.open("a", encoding="utf-8") as file:
        for record in answer(left):
            file.write(record_json(record) + "\n")
            file.flush()
            done[record.key] = record
            tell(1)
    return tuple(done[job.suite, job.case.id] for job in jobs)


def here(open_asker: Callable[[], Asker], jobs: Sequence[Job]) -> Iterator[Record]:
    """Answer jobs in this process; nothing is opened when there are none."""
    if jobs:
        asker = open_asker()
        try:
            yield from map(asker.ask, jobs)
        finally:
            asker.guide.close()


def over_processes(
    open_asker: Callable[[], Asker], jobs: Sequence[Job], *, workers: int
) -> Iterator[Record]:
    """Answer jobs in several processes, each with a Guide of its own; order is kept."""
    with ProcessPoolExecutor(
        workers, get_context("spawn"), initializer=_open_in_worker, initargs=(open_asker,)
    ) as pool:
        yield from pool.map(_ask_in_worker, jobs, chunksize=4)


def answerer(
    open_asker: Callable[[], Asker], *, workers: int | None = None, worth: int = 400
) -> Callable[[Sequence[Job]], Iterator[Record]]:
    """Return how to answer jobs: side by side from `worth` jobs up, else in this process."""

    def answer(jobs: Sequence[Job]) -> Iterator[Record]:
        count = workers or (min(os.cpu_count() or 1, 8) if len(jobs) >= worth else 1)
        if count == 1:
            return here(open_asker, jobs)
        return over_processes(open_asker, jobs, workers=count)

    return answer


def _resume(path: Path) -> Iterable[Record]:
    """Return the Records written before; half a last line, from a kill, is cut off."""
    if not path.exists():
        return ()
    text = path.read_bytes()
    whole = text.rfind(b"\n") + 1
    if whole < len(text):
        with path.open("r+b") as file:
            file.truncate(whole)
    return read_records(path)


def _open_in_worker(open_asker: Callable[[], Asker]) -> None:
    global _asker  # a worker process has no other place to keep it
    _asker = open_asker()


def _ask_in_worker(job: Job) -> Record:
    if _asker is None:
        raise RuntimeError("the worker was not opened")
    return _asker.ask(job)
