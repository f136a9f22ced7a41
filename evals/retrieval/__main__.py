"""Print the retrieval table: `python -m evals.retrieval`."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from evals.cases import Case
from evals.halves import is_development
from evals.opening import make_ready
from evals.retrieval import ablation, llamaindex
from evals.retrieval.rankings import Row, measure, table
from evals.suites import load_suites
from kb.embedding.e5 import MultilingualE5
from kb.embedding.e5_encoder import NAME
from kb.library import load_library
from kb.settings import Settings, read_settings

SUITES = ("retrieval", "answers")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; figures go to standard output."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("suites", nargs="*", default=SUITES, help="cases with gold sections")
    parser.add_argument("--library", type=Path)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--as-of", type=date.fromisoformat, default=date.today())
    parser.add_argument(
        "--unfitted", action="store_true", help="only the half that no weight was fitted on"
    )
    options = parser.parse_args(arguments)
    settings = read_settings(library=options.library, data=options.data, as_of=options.as_of)
    cases = [c for suite in load_suites(options.suites) for c in suite.cases if c.gold]
    if options.unfitted:
        cases = [case for case in cases if not is_development(case)]
    make_ready(settings)
    with TemporaryDirectory() as folder:
        rows = list(compare(cases, settings, Path(folder), as_of=options.as_of))
    sys.stdout.write(f"{len(cases)} cases of {', '.join(options.suites)}\n\n{table(rows)}\n")
    return 0


def compare(
    cases: Sequence[Case], settings: Settings, folder: Path, *, as_of: date
) -> Iterator[Row]:
    """Yield a row for the whole retrieval, each ablation of it, and each baseline."""
    gold = {case.id: frozenset(case.gold) for case in cases}
    (folder / "ours").mkdir()
    whole, *less = ablation.open_ways(settings, folder / "ours", as_of=as_of)
    best = ablation.rank_all(whole, cases, as_of=as_of)
    yield measure(whole.name, best, gold)
    for way in less:
        yield measure(way.name, ablation.rank_all(way, cases, as_of=as_of), gold, whole=best)
    documents = load_library(settings.library).documents
    embedding = MultilingualE5(folder=settings.models / NAME)
    for number, baseline in enumerate(llamaindex.BASELINES):
        place = folder / f"chroma-{number}"
        retriever = llamaindex.open_retriever(baseline, documents, embedding, place)
        found = llamaindex.rank_all(retriever, baseline, documents, cases)
        yield measure(baseline.name, found, gold, whole=best)


if __name__ == "__main__":
    sys.exit(main())
