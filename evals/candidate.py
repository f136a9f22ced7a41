"""Judge a candidate library before it is published: the cases it touches, and the critical ones."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from evals.baseline import Baseline, read_baseline
from evals.cases import Case
from evals.changes import Change, changes
from evals.gate import PART, Verdict, judge
from evals.policy import read_policy
from evals.robustness import NAME as ROBUSTNESS
from evals.run import perform
from evals.suites import Suite, load_suites
from evals.trial import Trial
from evals.waivers import read_waivers
from kb.library import load_library
from kb.settings import Settings


@dataclass(frozen=True)
class Guarded:
    """What the gate says of a candidate: the verdict and the answers that would change.

    `cases` is how many were asked; 0 means that no case speaks of this library, so that nothing
    guards it: publish with a warning.
    """

    verdict: Verdict
    changed: tuple[Change, ...]
    cases: int


def guard(settings: Settings, documents: Collection[str], *, folder: Path) -> Guarded:
    """Ask the candidate library what its change touches; `documents` are the ids that change.

    `settings` name the candidate's library and a data folder of its own; `folder` takes the
    answers.

    Raises:
        VagvisarenError: the candidate cannot be indexed or answered from.
    """
    policy, baseline = read_policy(), read_baseline()
    suites = load_suites([name for name in policy.suites if name != ROBUSTNESS])
    held = {document.front.id for document in load_library(settings.library).documents}
    chosen = touched(suites, changed=frozenset(documents), held=held, baseline=baseline)
    if not chosen:
        return Guarded(Verdict(()), (), 0)
    run = perform(chosen, settings, policy=policy, folder=folder)
    trial = Trial(
        policy=policy, suites=run.suites, results=run.results, figures=run.figures,
        today=date.today(), baseline=baseline, waivers=read_waivers(),
    )  # fmt: skip
    return Guarded(judge(trial, PART), changes(run, baseline), len(run.records))


def touched(
    suites: Sequence[Suite],
    *,
    changed: Collection[str],
    held: Collection[str],
    baseline: Baseline | None,
) -> tuple[Suite, ...]:
    """Choose the cases that a change of documents may touch, and the critical ones.

    A case speaks of the documents of its gold sections and of those it cited in the baseline.
    It is asked if one of them changes, or if it is critical and the library holds one of them or
    it speaks of none. A library that holds no document any case speaks of is asked nothing.
    """
    spoken = {
        (suite.name, case.id): _speaks_of(suite.name, case, baseline)
        for suite in suites
        for case in suite.cases
    }
    if not any(documents & set(held) for documents in spoken.values()):
        return ()

    def is_chosen(suite: Suite, case: Case) -> bool:
        documents = spoken[suite.name, case.id]
        if documents & set(changed):
            return True
        return case.critical and (not documents or bool(documents & set(held)))

    kept = (replace(s, cases=tuple(c for c in s.cases if is_chosen(s, c))) for s in suites)
    return tuple(suite for suite in kept if suite.cases)


def _speaks_of(suite: str, case: Case, baseline: Baseline | None) -> frozenset[str]:
    before = baseline.by_key.get((suite, case.id)) if baseline else None
    cited = before.cited if before else ()
    return frozenset(place.partition("#")[0] for place in (*case.gold, *cited))
