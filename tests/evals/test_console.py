from pathlib import Path

import pytest

from evals.compare import compare
from evals.console import print_differences, print_figures, print_verdict, progress
from evals.gate import judge
from tests.evals.made import WRONG, case, results, suite, trial

MANY = suite(*(case(f"c{number}", critical=True) for number in range(20)))


def test_without_a_terminal_progress_is_a_line_every_tenth(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with progress(40) as tell:
        tell(10)
        for _ in range(30):
            tell(1)
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.splitlines() == [f"Frågar {n}/40" for n in (10, 12, 16, 20, 24, 28, 32, 36, 40)]


def test_the_table_shows_what_the_policy_judges_and_whether_it_holds(
    capsys: pytest.CaptureFixture[str],
) -> None:
    judged = trial(MANY, c1=WRONG)
    print_figures(judged, judge(judged))
    said = capsys.readouterr().out
    assert "Helt rätt" in said
    assert "0,950" in said
    assert "håller" in said  # the figure does; the critical case is another matter
    assert "Nödvändiga fakta" not in said


def test_what_closes_the_gate_is_named_up_to_a_dozen(capsys: pytest.CaptureFixture[str]) -> None:
    judged = trial(MANY, **{f"c{n}": WRONG for n in range(20)})  # type: ignore[arg-type]
    verdict = judge(judged)
    print_verdict(verdict, Path("runs"))
    said = capsys.readouterr().out
    assert said.count("✗") == 12
    assert f"och {len(verdict.failures) - 12} till" in said
    assert "Inte godkänd" in said


def test_only_differences_are_shown(capsys: pytest.CaptureFixture[str]) -> None:
    print_differences(compare(results(MANY), results(MANY, c1=WRONG)), "förr", "nu")
    said = capsys.readouterr().out
    assert "Helt rätt" in said
    assert "-0,050" in said
    assert "Rätt utfall" not in said
