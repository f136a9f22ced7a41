"""Checks of a run by itself: what always holds, floors, completeness, loosened demands, waivers."""

from collections.abc import Iterator

from evals.figures import Figure, show, write_value
from evals.metrics import BY_NAME, Better
from evals.policy import loosenings
from evals.results import GROUP
from evals.trial import Finding, Kind, Trial
from evals.waivers import REMOVED

_NOISE = 1e-9  # differences below this are rounding


def hard(trial: Trial) -> Iterator[Finding]:
    """Find every answer that breaks what holds for all answers; nothing excuses it."""
    for result in trial.results:
        for name in trial.policy.hard:
            metric = BY_NAME[name]
            wanted = 1.0 if metric.better is Better.HIGH else 0.0
            if result.metrics.get(name, wanted) not in (wanted, None):
                text = f"{result.suite}/{result.id} bryter mot ”{metric.label}”"
                yield Finding(Kind.HARD, text, True, result.suite, result.id, name)


def critical(trial: Trial) -> Iterator[Finding]:
    """Find every critical case that is not wholly right; nothing excuses it."""
    for result in trial.results:
        if result.critical and result.metrics["right"] != 1:
            text = f"Det kritiska testfallet {result.suite}/{result.id} är inte rätt"
            yield Finding(Kind.CRITICAL, text, True, result.suite, result.id, "right")


def complete(trial: Trial) -> Iterator[Finding]:
    """Find suites with too few cases, and cases taken away or edited since the baseline."""
    for suite in trial.suites:
        rules = trial.policy.suites.get(suite.name)
        if rules and len(suite.cases) < rules.cases:
            text = f"Sviten {suite.name} har {len(suite.cases)} testfall; minst {rules.cases} krävs"
            yield Finding(Kind.COMPLETE, text, True, suite.name)
    for old in trial.baseline.results if trial.baseline else ():
        if old.suite not in trial.names or old.id.startswith(GROUP):
            continue
        now = trial.by_key.get(old.key)
        name = f"{old.suite}/{old.id}"
        if now is None:
            waived = trial.waiver(old.suite, old.id, REMOVED)
            text = f"Testfallet {name} finns i baslinjen men är borttaget"
            yield Finding(Kind.COMPLETE, text, waived is None, old.suite, old.id, REMOVED)
        elif now.case != old.case:
            text = f"Testfallet {name} är ändrat sedan baslinjen och jämförs inte"
            yield Finding(Kind.COMPLETE, text, False, old.suite, old.id)


def floors(trial: Trial) -> Iterator[Finding]:
    """Find figures below their floor, or above it where less is better."""
    for suite in trial.suites:
        rules = trial.policy.suites.get(suite.name)
        for name, rule in (rules.metrics if rules else {}).items():
            metric, figure = BY_NAME[name], trial.figure(suite.name, name)
            if figure is None:
                text = f"{suite.name}: ”{metric.label}” gäller inget testfall"
                yield Finding(Kind.FLOOR, text, True, suite.name, "", name)
            elif metric.gain(figure.value, rule.floor) < -_NOISE:
                yield Finding(Kind.FLOOR, _below(figure, rule.floor), True, suite.name, "", name)


def loosened(trial: Trial) -> Iterator[Finding]:
    """Find demands smaller than those of the baseline; each must be named with its reason."""
    if trial.baseline is None:
        return
    named = {one.what: one for one in trial.policy.loosened}
    found = [*loosenings(trial.baseline.header.policy, trial.policy), *_no_longer_critical(trial)]
    for what in found:
        reason = named.get(what)
        text = f"Kravet {what} är sänkt sedan {trial.baseline.header.release}"
        if reason:
            text += f" ({reason.approved_by}: {reason.reason})"
        else:
            text += ", utan skäl i policyn"
        yield Finding(Kind.LOOSENED, text, reason is None)
    for what in named.keys() - set(found):
        text = f"Skälet för {what} i policyn behövs inte längre; ta bort det"
        yield Finding(Kind.LOOSENED, text, False)


def waivers(trial: Trial) -> Iterator[Finding]:
    """Find waivers that have run out, or speak of what cannot be waived or does not exist."""
    for waiver in trial.waivers:
        suite, _, case = waiver.case.partition("/")
        if suite not in trial.names:
            continue
        name = f"Undantaget {waiver.case} ({waiver.metric}, {waiver.approved_by})"
        known = (suite, case) in trial.by_key or waiver.metric == REMOVED
        if trial.is_untouchable(waiver):
            why, fails = "gäller något kritiskt eller hårt och kan inte ges", True
        elif waiver.expires < trial.today:
            why, fails = f"gick ut {waiver.expires}; rätta felet eller besluta på nytt", True
        elif not known:
            why, fails = "gäller inget testfall; ta bort det", True
        else:
            why, fails = f"gäller till och med {waiver.expires}: {waiver.reason}", False
        yield Finding(Kind.WAIVER, f"{name} {why}", fails, suite, case, waiver.metric)


def _below(figure: Figure, floor: float) -> str:
    metric = BY_NAME[figure.metric]
    side = "under golvet" if metric.better is Better.HIGH else "över taket"
    limit = write_value(floor, metric.unit)
    return f"{figure.suite}: ”{metric.label}” är {show(figure)}, {side} {limit}"


def _no_longer_critical(trial: Trial) -> Iterator[str]:
    for old in trial.baseline.results if trial.baseline else ():
        now = trial.by_key.get(old.key)
        if old.critical and now is not None and not now.critical:
            yield f"{old.suite}/{old.id}.critical"
