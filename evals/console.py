"""Say on a terminal how a run goes and what it came to."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from evals.compare import Difference
from evals.figures import Figure, show, write_value
from evals.gate import Verdict
from evals.generate import Tell
from evals.metrics import BY_NAME
from evals.trial import Trial

_HEADLINES = frozenset(
    "right R@5 RR@10 abstained over_refusal asr leak consistent drop latency_p95".split()
)  # of suites that the policy does not judge
_SHOWN = 12  # findings on a terminal; all of them stand in the report


@contextmanager
def progress(total: int) -> Iterator[Tell]:
    """Show on standard error how many cases are asked: a bar, or lines where it is no terminal."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield _tell_in_lines(total)
        return
    columns = (
        TextColumn("Frågar"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(),
    )  # fmt: skip
    with Progress(*columns, console=console) as bar:
        task = bar.add_task("", total=total)
        yield lambda done: bar.advance(task, done)


def _tell_in_lines(total: int) -> Tell:
    """Say every tenth of the way how far it is."""
    done = 0

    def tell(more: int) -> None:
        nonlocal done
        before, done = done, done + more
        if total and before * 10 // total < done * 10 // total:
            sys.stderr.write(f"Frågar {done}/{total}\n")

    return tell


def print_figures(trial: Trial, verdict: Verdict) -> None:
    """Print what matters most of every suite: what the policy judges, and what is right."""
    table = Table("svit", "mått", "värde", "95 %", "n", "baslinje", "policy")
    for column in table.columns[2:6]:
        column.justify = "right"
    last = ""
    for figure in trial.figures:
        rules = trial.policy.suites.get(figure.suite)
        judged = bool(rules and figure.metric in rules.metrics)
        failed = (figure.suite, figure.metric) in verdict.broken
        if not judged and not failed and (rules or figure.metric not in _HEADLINES):
            continue
        before = trial.baseline.figure(figure.suite, figure.metric) if trial.baseline else None
        table.add_row(
            figure.suite if figure.suite != last else "",
            BY_NAME[figure.metric].label,
            show(figure),
            _range(figure),
            str(figure.n),
            show(before) if before else "",
            "BRYTER" if failed else "håller" if judged else "",
        )
        last = figure.suite
    _out().print(table)


def print_verdict(verdict: Verdict, folder: Path) -> None:
    """Print what closes the gate, the first of each kind, and where the report is."""
    out = _out()
    for finding in verdict.failures[:_SHOWN]:
        out.print(f"✗ {finding.text}", markup=False)
    if len(verdict.failures) > _SHOWN:
        out.print(f"… och {len(verdict.failures) - _SHOWN} till")
    words = "Godkänd" if verdict.passed else f"Inte godkänd, brister: {len(verdict.failures)}"
    out.print(f"{words}. Läs {folder / 'rapport.html'}", markup=False)


def print_differences(differences: Sequence[Difference], a: str, b: str) -> None:
    """Print two ways of answering beside each other; figures that are the same are left out."""
    table = Table("svit", "mått", "A", "B", "vinst för B", "95 %", "bättre", "sämre", "p", "n")
    for column in table.columns[2:]:
        column.justify = "right"
    for one in differences:
        if one.better or one.worse:
            span = f"{one.low:+.3f}–{one.high:+.3f}".replace(".", ",")
            table.add_row(
                one.suite, BY_NAME[one.metric].label, write_value(one.a), write_value(one.b),
                f"{one.gain:+.3f}".replace(".", ","), span, str(one.better), str(one.worse),
                "" if one.p is None else write_value(one.p), str(one.n),
            )  # fmt: skip
    out = _out()
    out.print(f"A: {a}\nB: {b}", markup=False)
    out.print(table)


def _out() -> Console:
    return Console(file=sys.stdout, width=None if sys.stdout.isatty() else 120, highlight=False)


def _range(figure: Figure) -> str:
    if figure.low is None or figure.high is None:
        return ""
    return f"{figure.low:.2f}–{figure.high:.2f}".replace(".", ",")
