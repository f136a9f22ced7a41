"""Prove that a collection holds what it should, in a child process that may die of it."""

import io
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryFile
from threading import Event

import numpy as np

from kb.embedding.model import Matrix
from kb.index.vectors import CollectionError, Place, open_collection

SAMPLE = 200
FOUND_SHARE = 0.98
PROBE_SECONDS = 120.0
_STEP = 0.1  # seconds between looks at `stop`


def sample(ids: Sequence[str], vectors: Matrix) -> tuple[list[str], Matrix]:
    """Choose the vectors a probe asks for: the newest, and others spread over the rest."""
    newest = np.arange(max(0, len(ids) - SAMPLE // 4), len(ids))
    spread = np.linspace(0, max(0, len(ids) - 1), num=min(len(ids), SAMPLE), dtype=int)
    chosen = np.unique(np.concatenate([newest, spread]))
    return [ids[place] for place in chosen], vectors[chosen]


def probe(
    place: Place,
    ids: Sequence[str],
    vectors: Matrix,
    *,
    seconds: float = PROBE_SECONDS,
    stop: Event | None = None,
) -> str | None:
    """Ask a collection for itself in a child process; return what is wrong, None if nothing.

    A child, because a damaged collection may end the process that opens it.
    """
    names, chosen = sample(ids, vectors)
    here = str(Path(__file__).resolve().parents[2])
    path = os.pathsep.join(filter(None, (here, os.environ.get("PYTHONPATH"))))
    command = [
        sys.executable,
        "-m",
        "kb.index.probe",
        place.name,
        str(place.folder),
        place.url or "",
    ]
    try:
        with TemporaryFile() as question:
            np.savez(question, ids=np.array(names), vectors=chosen, count=np.array(len(ids)))
            question.seek(0)
            with subprocess.Popen(
                command, stdin=question, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": path},
            ) as child:  # fmt: skip
                answer = _answer(child, seconds, stop)
    except OSError as error:
        return f"provet kunde inte göras ({error.strerror})"
    if answer is None:
        return "provet avbröts eller tog för lång tid"
    if child.returncode != 0:
        return f"provet slutade med kod {child.returncode}"
    return answer.decode().strip() or None


def _answer(child: "subprocess.Popen[bytes]", seconds: float, stop: Event | None) -> bytes | None:
    """Return what the child says; end it, and return None, when time is up or `stop` is set."""
    try:
        for _ in range(max(1, round(seconds / _STEP))):
            try:
                return child.communicate(timeout=_STEP)[0]
            except subprocess.TimeoutExpired:
                if stop is not None and stop.is_set():
                    return None
        return None
    finally:
        child.kill()


def _examine(name: str, folder: str, url: str) -> str:
    """Be the probe's child: read the sample from standard input, return what is wrong."""
    asked = np.load(io.BytesIO(sys.stdin.buffer.read()), allow_pickle=False)
    expected = int(asked["count"])
    try:
        collection = open_collection(Place(name, Path(folder), url or None))
        if len(collection) != expected:
            return f"{len(collection)} vektorer i stället för {expected}"
        share = collection.holds([str(name) for name in asked["ids"]], asked["vectors"])
    except CollectionError as error:
        return str(error)
    return "" if share >= FOUND_SHARE else f"bara {share:.0%} av proven hittade sig själva"


if __name__ == "__main__":
    print(_examine(*sys.argv[1:]))
