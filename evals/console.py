"""Say on a terminal how a run goes and what it came to."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from evals.canary import place_canary
from evals.figures import Figure, show
from evals.generate import Tell
from evals.metrics import BY_NAME, INVARIANTS
from evals.records import Record
from evals.scorers.answer import right, why_not
from evals.suites import Suite

_ALWAYS = frozenset(metric.name for metric in INVARIANTS)


@contextmanager
def progress(total: int) -> Iterator[Tell]:
    """Show a bar on standard error while cases are asked; nothing where it is no terminal."""
    console = Console(stderr=True)
    columns = (
        TextColumn("Frågar"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(),
    )  # fmt: skip
    with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task("", total=total)
        yield lambda done: bar.advance(task, done)


def print_figures(figures: Sequence[Figure]) -> None:
    """Print the figures, one table for all suites; invariants that hold are left out."""
    table = Table("svit", "mått", "värde", "95 %", "n", title_justify="left")
    for column in table.columns[2:]:
        column.justify = "right"
    last = ""
    for figure in figures:
        if figure.metric in _ALWAYS and figure.value == 1:
            continue
        name = figure.suite if figure.suite != last else ""
        table.add_row(
            name, BY_NAME[figure.metric].label, show(figure), _range(figure), str(figure.n)
        )
        last = figure.suite
    Console(file=sys.stdout, width=None if sys.stdout.isatty() else 110).print(table)


def print_failures(suites: Sequence[Suite], records: Sequence[Record]) -> None:
    """Print every case that is not right: what was asked, what is amiss, what was answered."""
    cases = {(suite.name, case.id): case for suite in suites for case in suite.cases}
    for record in records:
        case = place_canary(cases[record.key], record.canary)
        if right(case, record):
            continue
        mark = "!" if case.critical else " "
        earlier = "".join(f"{turn.question} → " for turn in case.history)
        sys.stdout.write(f"\n{mark} {record.suite}/{case.id}  {earlier}{record.asked}\n")
        sys.stdout.writelines(f"    {reason}\n" for reason in why_not(case, record))
        sys.stdout.write(f"    {record.answer.text[:300]!r}\n")


def _range(figure: Figure) -> str:
    if figure.low is None or figure.high is None:
        return ""
    return f"{figure.low:.2f}–{figure.high:.2f}".replace(".", ",")
