"""Take files into the library: read in parallel, then place one by one, each step whole."""

import os
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from time import perf_counter

from ingest.errors import FrontMatterError, RefusedFileError
from ingest.intake.reading import File, Reading, read_file
from ingest.intake.shelf import Shelf, claimed, open_shelf
from ingest.intake.taken import FileOutcome, Taken, Terms
from ingest.intake.taking import is_unchanged, take

_MOST_WORKERS = 4  # each child that reads a file may take a gigabyte


def intake(
    files: Sequence[File], *, library: Path, terms: Terms, workers: int | None = None
) -> Generator[Taken, None, None]:
    """Take files, as `find_files` finds them, into the library: one outcome a file, in order.

    The same bytes with the same overrides are `unchanged` and the Document is not touched, so
    that an intake that was broken off goes on where it was. A new version of a file known by its
    name becomes the next edition, with what a curator wrote. One bad file stops nothing.
    `workers` files are read at a time; by default one a core.

    Raises:
        RefusedFileError: the library cannot be written to, another intake is at work in it, or
            a file named as reviewed is not among the files.
    """
    _check_reviewed(files, terms)
    with nullcontext() if terms.preview else claimed(library):
        shelf = open_shelf(library, coming={file.digest for file in files})
        for file, reading in _read_ahead(files, shelf, workers or _cores()):
            start = perf_counter()
            seconds = 0.0
            try:
                read = reading.result() if reading else None
                seconds = read.seconds if read else 0.0
                taken = take(file, read, shelf, terms)
            except (RefusedFileError, FrontMatterError) as error:
                outcome = FileOutcome(str(file.path), "refused", reason=str(error))
                taken = Taken(file.path, outcome)
            seconds = round(seconds + perf_counter() - start, 3)
            yield replace(taken, file=replace(taken.file, seconds=seconds))


def _check_reviewed(files: Sequence[File], terms: Terms) -> None:
    """See that each file named as reviewed is one of the files, and only one."""
    for entry in sorted(terms.reviewed):
        meant = [file for file in files if entry in (file.path.name, str(file.path))]
        if not meant:
            raise RefusedFileError(f"{entry} är inte en av filerna. Ange filens namn som det står.")
        if len(meant) > 1:
            raise RefusedFileError(
                f"{len(meant)} filer heter {entry}. Ange hela sökvägen till den som granskats: "
                f"{meant[0].path}"
            )


def _cores() -> int:
    try:
        cores = len(os.sched_getaffinity(0))
    except AttributeError:
        cores = os.cpu_count() or 1
    return min(cores, _MOST_WORKERS)


def _read_ahead(
    files: Sequence[File], shelf: Shelf, workers: int
) -> Iterator[tuple[File, Future[Reading] | None]]:
    """Yield files in order, each with its reading under way; None where none is needed.

    At most twice as many are read ahead as workers read at a time.
    """
    pool = ThreadPoolExecutor(workers, thread_name_prefix="reader")
    waiting: deque[tuple[File, Future[Reading] | None]] = deque()
    try:
        for file in files:
            needed = not shelf.holds(file.path) and not is_unchanged(file, shelf)
            waiting.append((file, pool.submit(read_file, file) if needed else None))
            if len(waiting) > 2 * workers:
                yield waiting.popleft()
        while waiting:
            yield waiting.popleft()
    finally:
        pool.shutdown(cancel_futures=True)
