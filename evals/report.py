"""The report: one HTML file in Swedish for the council, to open, read and print."""

from collections.abc import Iterable
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined

from evals.changes import changes, told, weakest
from evals.gate import Verdict
from evals.heat import heat_map
from evals.report_rows import figure_rows, hard_rows, spelling_rows
from evals.results import HEAD
from evals.robustness import flips
from evals.run import Run
from evals.scorers.answer import OUTCOMES
from evals.trial import Finding, Kind, Trial

KINDS = {
    Kind.HARD: "Det som alltid gäller",
    Kind.CRITICAL: "Kritiska testfall",
    Kind.COMPLETE: "Sviternas innehåll",
    Kind.FLOOR: "Golv och tak",
    Kind.TOLERANCE: "Tolerans mot baslinjen",
    Kind.RATCHET: "Testfall som blivit sämre",
    Kind.LOOSENED: "Sänkta krav",
    Kind.WAIVER: "Undantag",
}


def render(run: Run, trial: Trial, verdict: Verdict) -> str:
    """Return the report as one HTML page without scripts or outside addresses."""
    template = _environment().get_template("rapport.html")
    return template.render(
        run=run,
        verdict=verdict,
        baseline=trial.baseline.header if trial.baseline else None,
        failures=_by_kind(verdict.failures),
        notes=_by_kind(verdict.notes),
        hard=hard_rows(trial, verdict),
        figures={suite.name: figure_rows(suite.name, trial, verdict) for suite in run.suites},
        changes=changes(run, trial.baseline),
        weakest=weakest(run),
        heat=heat_map(told(run)),
        spellings=spelling_rows(run.results),
        lost=[flip for flip in flips(run.results) if flip.loss > 0],
        outcomes=OUTCOMES,
        head=HEAD,
        asked={record.key: record.asked for record in run.records},
        style=files("evals").joinpath("templates/rapport.css").read_text(encoding="utf-8"),
    )


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("evals", "templates"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    environment.filters["paragraphs"] = lambda text: [p for p in text.split("\n\n") if p.strip()]
    return environment


def _by_kind(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    grouped: dict[str, list[Finding]] = {}
    for finding in findings:
        grouped.setdefault(KINDS[finding.kind], []).append(finding)
    return grouped
