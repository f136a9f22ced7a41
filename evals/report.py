"""The report: one HTML file in Swedish for the council, to open, read and print."""

from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from evals.changes import changes, told, weakest
from evals.figures import Figure, show, write_value
from evals.gate import Verdict
from evals.heat import heat_map
from evals.metrics import BY_NAME
from evals.policy import Rule
from evals.ratchet import pairs
from evals.results import HEAD
from evals.robustness import flips
from evals.run import Run
from evals.trial import Finding, Kind, Trial
from kb.records import Outcome

OUTCOMES = {
    Outcome.ANSWERED: "besvarad",
    Outcome.NOT_COVERED: "framgår inte",
    Outcome.OUT_OF_SCOPE: "utanför området",
    Outcome.REDACT_FIRST: "personuppgifter",
    Outcome.REFUSED: "styrförsök",
    Outcome.FAILED: "tekniskt fel",
}
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


@dataclass(frozen=True, slots=True)
class Row:
    """A figure as a row: its words, and whether the policy's rule for it holds."""

    label: str
    value: str
    interval: str
    n: int
    before: str
    difference: str
    limit: str
    verdict: str


def render(run: Run, trial: Trial, verdict: Verdict) -> str:
    """Return the report as one HTML page without scripts or outside addresses."""
    template = _environment().get_template("rapport.html")
    return template.render(
        run=run,
        verdict=verdict,
        baseline=trial.baseline.header if trial.baseline else None,
        failures=_by_kind(verdict.failures),
        notes=_by_kind(verdict.notes),
        figures={suite.name: _rows(suite.name, run, trial, verdict) for suite in run.suites},
        changes=changes(run, trial.baseline),
        weakest=weakest(run),
        heat=heat_map(told(run)),
        spellings=_spellings(run),
        lost=[flip for flip in flips(run.results) if flip.loss > 0],
        outcomes=OUTCOMES,
        head=HEAD,
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


def _rows(suite: str, run: Run, trial: Trial, verdict: Verdict) -> list[Row]:
    rules = trial.policy.suites.get(suite)
    broken = {finding.metric for finding in verdict.failures if finding.suite == suite}
    hard = trial.policy.hard
    rows = []
    for figure in run.figures:
        if figure.suite == suite:
            rule = rules.metrics.get(figure.metric) if rules else None
            judged = rule is not None or figure.metric in hard
            words = "bryter" if figure.metric in broken else "håller" if judged else ""
            rows.append(_row(figure, rule, trial, words))
    return rows


def _row(figure: Figure, rule: Rule | None, trial: Trial, verdict: str) -> Row:
    metric = BY_NAME[figure.metric]
    before = trial.baseline.figure(figure.suite, figure.metric) if trial.baseline else None
    difference = ""
    if before:
        better, worse = _moved(figure, trial)
        difference = f"{figure.value - before.value:+.3f}".replace(".", ",").replace("-", "−")
        difference = f"{figure.value - before.value:+.0f} ms" if metric.unit else difference
        difference += f" ({better} bättre, {worse} sämre)" if better or worse else ""
    return Row(
        label=metric.label,
        value=show(figure),
        interval=_interval(figure),
        n=figure.n,
        before=show(before) if before else "",
        difference=difference,
        limit="" if rule is None else write_value(rule.floor, metric.unit),
        verdict=verdict,
    )


def _moved(figure: Figure, trial: Trial) -> tuple[int, int]:
    gains = [pair.gain for pair in pairs(trial, figure.suite, figure.metric)]
    return sum(gain > 0 for gain in gains), sum(gain < 0 for gain in gains)


def _interval(figure: Figure) -> str:
    if figure.low is None or figure.high is None:
        return ""
    return f"{write_value(figure.low)}–{write_value(figure.high)}"


def _spellings(run: Run) -> list[dict[str, Any]]:
    """Return how much every spelling costs."""
    found = flips(run.results)
    rows = []
    for spelling in sorted({flip.spelling for flip in found}):
        own = [flip.loss for flip in found if flip.spelling == spelling]
        rows.append(
            {
                "spelling": spelling,
                "n": len(own),
                "drop": write_value(sum(own) / len(own)),
                "worse": sum(loss > 0 for loss in own),
                "better": sum(loss < 0 for loss in own),
            }
        )
    return rows
