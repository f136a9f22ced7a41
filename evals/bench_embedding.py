"""Measure the default embedding: build, open, questions, passages, memory. Prints JSON."""

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from importlib.resources import files
from pathlib import Path
from statistics import median
from time import perf_counter

from kb.embedding.e5_encoder import E5, NAME, open_e5

_PASSAGE_CHARACTERS = 520  # about 120 tokens of Swedish


def main() -> None:
    """Build and measure in a temporary folder, or only measure the model in `--models`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--models", type=Path, help="folder of built models")
    parser.add_argument("--passages", type=int, default=60)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = (chosen.models or Path(scratch)) / NAME
        result: dict[str, float] = {}
        if not folder.exists():
            result["build_s"] = _build_elsewhere(folder)
        start = perf_counter()
        e5 = open_e5(folder)
        result["open_s"] = perf_counter() - start
        result |= _measure(e5, passages=chosen.passages)
    print(json.dumps({name: round(value, 3) for name, value in result.items()}))


def _build_elsewhere(folder: Path) -> float:
    """Build in a process of its own, so that its memory does not count as the model's."""
    code = "import sys, pathlib; from kb.embedding.e5_build import build; "
    code += "build(pathlib.Path(sys.argv[1]))"
    command = [sys.executable, "-c", code, str(folder)]
    return _timed(lambda: subprocess.run(command, check=True))


def _measure(e5: E5, *, passages: int) -> dict[str, float]:
    chance = random.Random(1)  # noqa: S311  # sample texts, the same in every run
    words = (files("kb") / "data" / "e5_calibration.txt").read_text(encoding="utf-8").split()
    texts = []
    for _ in range(passages):
        start = chance.randrange(len(words) - 200)
        texts.append(" ".join(words[start:])[:_PASSAGE_CHARACTERS])
    with_spans = [(text, [(at, at + 80) for at in range(0, len(text), 80)]) for text in texts]
    questions = [f"Vad beslutade nämnden om AI-tjänster i ärende {n}?" for n in range(60)]
    e5.embed_query(questions.pop())
    times = [_timed(partial(e5.embed_query, question)) for question in questions]
    bulk = _timed(lambda: e5.embed_passages(texts))
    spans = _timed(lambda: e5.embed_passages_with_spans(with_spans))
    return {
        "question_ms_p50": median(times) * 1000,
        "question_ms_p95": sorted(times)[int(len(times) * 0.95)] * 1000,
        "passages_per_s": passages / bulk,
        "passages_with_spans_per_s": passages / spans,
        "peak_memory_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def _timed(action: Callable[[], object]) -> float:
    start = perf_counter()
    action()
    return perf_counter() - start


if __name__ == "__main__":
    main()
