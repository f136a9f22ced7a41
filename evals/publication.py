"""The publish gate: ask the cases of a library as a publication would leave it, before it does."""

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from evals.asker import Asker, Job
from evals.baseline import BASELINES, Baseline, read_baseline
from evals.candidate import asking
from evals.cases import Case
from evals.console import progress
from evals.metrics import BY_NAME, Better
from evals.opening import open_asker
from evals.policy import Policy, read_policy
from evals.records import Record
from evals.results import Result, score_suite
from evals.robustness import NAME as ROBUSTNESS
from evals.suites import Suite, load_suites
from kb.council.gate import Candidate, Gate, Verdict
from kb.library import Library
from kb.settings import Settings

SHOWN = 10  # changed answers that the verdict lists


@dataclass(frozen=True, slots=True)
class Asked:
    """A case with its answer and result over one library."""

    case: Case
    record: Record
    result: Result

    @property
    def is_right(self) -> bool:
        """Say whether everything the case asks for happened."""
        return self.result.metrics["right"] == 1


def open_gate(settings: Settings) -> Gate:
    """Return the gate of the shipped suites and policy for the library of the settings."""
    policy = read_policy()
    suites = load_suites([name for name in policy.suites if name != ROBUSTNESS])
    baseline = read_baseline(None, folder=BASELINES)
    return partial(judge, settings=settings, policy=policy, suites=suites, baseline=baseline)


def judge(
    candidate: Candidate,
    *,
    settings: Settings,
    policy: Policy,
    suites: Sequence[Suite],
    baseline: Baseline | None = None,
) -> Verdict:
    """Ask every case that the library can answer, and compare what became worse.

    What was wrong before and is still wrong stops nothing: else nothing could be mended.
    """
    suites = bound(suites, candidate.library, baseline)
    cases = sum(len(suite.cases) for suite in suites)
    if not cases:
        return Verdict(
            passed=True,
            summary=f"Inga testfall talar om biblioteket, så inget vaktar publiceringen av "
            f"{candidate.document.key}.",
        )
    sys.stderr.write(f"Prövar {cases} testfall mot biblioteket som det skulle bli …\n")
    with asking(candidate.library, settings) as asker:
        after = _ask(suites, asker, policy, settings)
    broken = [one for one in after if not one.is_right or breaks(one.result, policy)]
    before = _ask_now(suites, broken, policy, settings)
    worse = [one for one in broken if _is_worse(one, before, policy)]
    left = len(broken) - len(worse)
    return Verdict(
        passed=len(worse) <= policy.publication.max_worse
        and not any(one.case.critical or breaks(one.result, policy) for one in worse),
        summary=_summary(candidate, cases, worse, before, left),
    )


def bound(
    suites: Sequence[Suite], library: Library, baseline: Baseline | None
) -> tuple[Suite, ...]:
    """Return the suites with the cases whose Documents the library holds.

    A case's Documents are those of its gold, and those that its answer in the baseline cites. Cases
    that name none (attacks, questions outside) go along when any other case is held.
    """
    held = {document.front.id for document in library.documents}
    spoken = [
        [documents_of(suite.name, case, baseline) for case in suite.cases] for suite in suites
    ]
    if not any(documents and documents <= held for row in spoken for documents in row):
        return ()
    return tuple(
        replace(
            suite,
            cases=tuple(
                case for case, documents in zip(suite.cases, row, strict=True) if documents <= held
            ),
        )
        for suite, row in zip(suites, spoken, strict=True)
    )


def documents_of(suite: str, case: Case, baseline: Baseline | None) -> frozenset[str]:
    """Return the ids of the Documents that a case is about."""
    before = baseline.by_key.get((suite, case.id)) if baseline else None
    sections = (*case.gold, *(before.cited if before else ()))
    return frozenset(section.partition("#")[0] for section in sections)


def breaks(result: Result, policy: Policy) -> bool:
    """Say whether an answer breaks what holds for every answer."""
    for name in policy.hard:
        wanted = 1.0 if BY_NAME[name].better is Better.HIGH else 0.0
        if result.metrics.get(name) not in (wanted, None):
            return True
    return False


def _ask(
    suites: Iterable[Suite], asker: Asker, policy: Policy, settings: Settings
) -> tuple[Asked, ...]:
    as_of = settings.as_of or policy.as_of
    asked: list[Asked] = []
    suites = tuple(suites)
    with progress(sum(len(suite.cases) for suite in suites)) as tell:
        for suite in suites:
            records = []
            for case in suite.cases:
                records.append(asker.ask(Job(suite.name, case, as_of, policy.seed)))
                tell(1)
            results = score_suite(replace(suite, cases=suite.cases), records)
            asked += map(Asked, suite.cases, records, results)
    return tuple(asked)


def _ask_now(
    suites: Sequence[Suite], broken: Sequence[Asked], policy: Policy, settings: Settings
) -> dict[tuple[str, str], Asked]:
    """Ask what is broken of the library in force, to know whether it was before."""
    wanted = {one.result.key for one in broken}
    if not wanted:
        return {}
    left = [
        replace(suite, cases=tuple(c for c in suite.cases if (suite.name, c.id) in wanted))
        for suite in suites
    ]
    asker = open_asker(settings)
    try:
        return {one.result.key: one for one in _ask(left, asker, policy, settings)}
    finally:
        asker.guide.close()


def _is_worse(one: Asked, before: dict[tuple[str, str], Asked], policy: Policy) -> bool:
    was = before[one.result.key]
    lost = was.is_right and not one.is_right
    return lost or (breaks(one.result, policy) and not breaks(was.result, policy))


def _summary(
    candidate: Candidate,
    cases: int,
    worse: Sequence[Asked],
    before: dict[tuple[str, str], Asked],
    left: int,
) -> str:
    """Say what the council must know: what got worse, answer by answer."""
    lines = [f"{cases} testfall prövade för {candidate.document.key}: {len(worse)} blir sämre."]
    if left:
        lines.append(f"{left} var fel redan innan och är det fortfarande.")
    for one in sorted(worse, key=lambda one: not one.case.critical)[:SHOWN]:
        mark = "KRITISKT " if one.case.critical else ""
        lines.append(f"- {mark}{one.result.suite}/{one.case.id}: {one.record.asked}")
        lines.append(f"    nu:    {_told(before[one.result.key])}")
        lines.append(f"    efter: {_told(one)}")
    if len(worse) > SHOWN:
        lines.append(f"… och {len(worse) - SHOWN} till; kör vagvisaren eval för hela listan.")
    return "\n".join(lines)


def _told(asked: Asked) -> str:
    answer = asked.record.answer
    sources = ", ".join(asked.result.cited) or "inga källor"
    return f"{answer.text[:140]!r} ({sources})"
