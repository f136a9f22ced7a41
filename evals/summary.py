"""Sum a run up as JSON, for programs."""

from dataclasses import asdict
from typing import Any

from evals.baseline import Baseline
from evals.gate import Verdict
from evals.run import Run


def summary_json(run: Run, verdict: Verdict, baseline: Baseline | None) -> dict[str, Any]:
    """Return verdict, figures with interval and baseline, findings and provenance."""
    figures = []
    for figure in run.figures:
        before = baseline.figure(figure.suite, figure.metric) if baseline else None
        figures.append(asdict(figure) | {"baseline": before.value if before else None})
    return {
        "passed": verdict.passed,
        "baseline": baseline.header.release if baseline else None,
        "cases": {suite.name: len(suite.cases) for suite in run.suites},
        "figures": figures,
        "findings": [asdict(finding) for finding in verdict.findings],
        "provenance": run.about,
    }
