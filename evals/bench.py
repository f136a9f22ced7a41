"""Measure speed and retrieval quality on this machine: `make bench`, or one part by name."""

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from evals.bench_parts import faq, pages, pipeline, whole_ingest
from evals.bench_parts.scale import measure_scale
from evals.readers import find_documents
from evals.suites import load_suite
from kb.guide import open_guide
from kb.settings import Settings, read_settings

SUFFIXES = {".pdf", ".docx", ".html", ".md", ".txt"}
Part = Callable[[argparse.Namespace, Settings], None]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the parts named, or all of them; figures go to standard output."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], help=", ".join(PARTS))
    parser.add_argument("--passages", type=int, default=100_000, help="size of the scale part")
    parser.add_argument("--files", type=Path, help="folder of files for the intake part")
    parser.add_argument("--most-files", type=int, default=200, help="files for the pages part")
    parser.add_argument("--library", type=Path)
    parser.add_argument("--data", type=Path)
    options = parser.parse_args(arguments)
    settings = read_settings(library=options.library, data=options.data)
    for name in options.parts or PARTS:
        say(f"\n## {name}")
        PARTS[name](options, settings)
    return 0


def ask_speed(options: argparse.Namespace, settings: Settings) -> None:
    """Time whole answers over the shipped library, warm; every question is asked once before."""
    del options
    guide = open_guide(settings)
    guide.index.wait_for_collection(60)
    questions = [case.question for case in load_suite("guidance").cases]
    for question in questions:
        guide.ask(question)
    # Once as asked before and once reworded: the cache of question vectors flatters the first.
    times = [guide.ask(question).timings_ms["total"] for question in questions]
    fresh = [guide.ask(question + "?!").timings_ms["total"] for question in questions]
    say(f"passages {guide.index.counts.passages}, questions {len(questions)}")
    say(f"ask, same question again: {spread(times)} ms")
    say(f"ask, embedded anew:       {spread(fresh)} ms")
    guide.close()


def start(options: argparse.Namespace, settings: Settings) -> None:
    """Time a whole process that opens the index and answers one question; peak memory."""
    del options
    command = [sys.executable, "-m", "kb", "--library", str(settings.library)]
    command += ["--data", str(settings.data), "ask", "Får jag klistra in personnummer i ChatGPT?"]
    times = []
    for _ in range(3):
        started = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        times.append(time.perf_counter() - started)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    say(f"whole process, one answer: median {statistics.median(times):.2f} s, peak {peak} MiB")


def scale(options: argparse.Namespace, settings: Settings) -> None:
    """Time retrieval over synthetic passages against its floor, in the same run."""
    with tempfile.TemporaryDirectory() as folder:
        figures = measure_scale(options.passages, Path(folder), models=settings.models)
    for name, values in figures.items():
        say(f"{name}: {spread(values)}")
    floor = statistics.median(figures["floor: embed + exact scan + lexical, ms"])
    found = statistics.median(figures["retrieval, ms"])
    say(f"retrieval over floor: {found / floor:.2f}x")


def quality(options: argparse.Namespace, settings: Settings) -> None:
    """Measure MRR and R@1 on the 503 Swedish pairs of zaragoza-construction-faq."""
    del options
    for name, (mrr, first) in faq.measure(models=settings.models).items():
        say(f"{name}: MRR {mrr:.3f}, R@1 {first:.3f}")


def rate(options: argparse.Namespace, settings: Settings) -> None:
    """Compare ingest and indexing with LlamaIndex's pipeline on the same weights and texts."""
    del options
    with tempfile.TemporaryDirectory() as folder:
        ours, theirs = pipeline.compare(Path(folder), models=settings.models)
    ratios = [b / a for a, b in zip(ours, theirs, strict=True)]
    say(f"Vägvisaren {spread(ours)} s, LlamaIndex + sentence-transformers {spread(theirs)} s")
    say(f"ratio, pair by pair: {spread(ratios)}")


def whole(options: argparse.Namespace, settings: Settings) -> None:
    """Compare whole ingest, files to searchable index, with LlamaIndex on the same vectors."""
    folder = options.files or settings.library
    files = [path for path in sorted(folder.rglob("*")) if path.suffix in SUFFIXES]
    with tempfile.TemporaryDirectory() as place:
        found = whole_ingest.compare(files, Path(place), models=settings.models)
    both = [a + b for a, b in zip(found.reading, found.indexing, strict=True)]
    say(f"files {found.files}, passages {found.passages}, LlamaIndex nodes {found.nodes}")
    say(f"Vägvisaren: reading {spread(found.reading)} s, indexing {spread(found.indexing)} s")
    for name, seconds in (("Vägvisaren", both), ("LlamaIndex", found.plain)):
        rate = found.files / statistics.median(seconds)
        say(f"{name}: {spread(seconds)} s, {rate:.2f} documents/s")
    say(f"ratio, round by round: {', '.join(f'{ratio:.2f}' for ratio in found.ratios)}")


def spread(values: Sequence[float]) -> str:
    """Return the median and the 95th percentile."""
    return f"p50 {np.percentile(values, 50):.2f}  p95 {np.percentile(values, 95):.2f}"


def say(text: str) -> None:
    """Write a line at once, so that a long run shows how far it is."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def pdf_pages(options: argparse.Namespace, settings: Settings) -> None:
    """Compare the PDF reader with plain pypdf on the same files, in CPU seconds."""
    del settings
    folder = options.files or find_documents()
    if folder is None:
        say("No documents: name a folder with --files.")
        return
    timed = pages.compare(sorted(folder.rglob("*.pdf"))[: options.most_files])
    for name, total in (
        ("ours", sum(t.ours for t in timed)),
        ("plain", sum(t.plain for t in timed)),
    ):
        say(f"{name}: {sum(t.pages for t in timed) / total:.1f} pages per CPU second")
    say(f"time against plain pypdf, file by file: {spread([t.ours / t.plain for t in timed])}")


PARTS: dict[str, Part] = {
    "ask": ask_speed,
    "start": start,
    "quality": quality,
    "rate": rate,
    "whole": whole,
    "pages": pdf_pages,
    "scale": scale,
}

if __name__ == "__main__":
    sys.exit(main())
