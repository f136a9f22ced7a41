"""Run a suite of cases through the same public functions as the app, and report."""

import argparse
import sys
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from evals.cases import Case, load_cases
from evals.score import ABSTAINED, Score, score
from kb.guide import Guide, open_guide
from kb.records import Outcome
from kb.settings import read_settings

SUITES = Path(__file__).parent / "suites"


def run_suite(guide: Guide, cases: Iterable[Case], *, as_of: date) -> tuple[Score, ...]:
    """Ask every case of a suite and score the answers."""
    return tuple(
        score(case, guide.ask(case.question, history=case.history, as_of=case.as_of or as_of))
        for case in cases
    )


def figures(scores: Sequence[Score]) -> dict[str, float]:
    """Return the figures of a run; shares in [0, 1].

    `right`: everything asked for happened. `wrong`: answered, but not rightly. `recall` and
    `precision` are those of abstaining; `over_refusal` is the share of answerable cases refused.
    """
    unanswerable = [s for s in scores if set(s.case.outcomes) and set(s.case.outcomes) <= ABSTAINED]
    answerable = [s for s in scores if s.case.outcomes == (Outcome.ANSWERED,)]
    abstained = [s for s in scores if s.answer.outcome in ABSTAINED]
    return {
        "cases": len(scores),
        "right": _share(scores, [s for s in scores if s.right]),
        "wrong": _share(scores, [s for s in scores if s.wrong]),
        "answerable": len(answerable),
        "answerable_right": _share(answerable, [s for s in answerable if s.right]),
        "over_refusal": _share(
            answerable, [s for s in answerable if s.answer.outcome in ABSTAINED]
        ),
        "unanswerable": len(unanswerable),
        "recall": _share(unanswerable, [s for s in unanswerable if s.answer.outcome in ABSTAINED]),
        "precision": _share(abstained, [s for s in abstained if s not in answerable]),
        "verbatim": _share(scores, [s for s in scores if s.verbatim]),
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the suites named, print figures and every case that is not right."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("suites", nargs="+", help="names in evals/suites, or paths")
    parser.add_argument("--library", type=Path)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--as-of", type=date.fromisoformat, default=date.today())
    parser.add_argument("--quiet", action="store_true", help="figures only")
    options = parser.parse_args(arguments)
    guide = open_guide(read_settings(library=options.library, data=options.data))
    for name in options.suites:
        path = Path(name) if name.endswith(".jsonl") else SUITES / f"{name}.jsonl"
        scores = run_suite(guide, load_cases(path), as_of=options.as_of)
        if not options.quiet:
            for failed in (s for s in scores if not s.right):
                sys.stdout.write(_report(failed) + "\n")
        shown = "  ".join(f"{key} {value:.3g}" for key, value in figures(scores).items())
        sys.stdout.write(f"{path.stem}: {shown}\n")
    guide.close()
    return 0


def _share(all_of: Sequence[Score], some: Sequence[Score]) -> float:
    return len(some) / len(all_of) if all_of else float("nan")


def _report(failed: Score) -> str:
    case, answer = failed.case, failed.answer
    why = [
        name
        for name, wrong in (
            (f"utfall {answer.outcome}", failed.outcome_ok is False),
            (f"saknar {list(case.must)}", failed.facts_ok is False),
            (f"får inte {list(case.forbid)}", not failed.clean),
        )
        if wrong
    ]
    return f"{case.id} {case.question}\n   {'; '.join(why)}\n   {answer.text[:300]!r}"


if __name__ == "__main__":
    sys.exit(main())
