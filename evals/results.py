"""Results: what every case came to, compact enough to be kept as a baseline."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from evals.canary import place_canary
from evals.cases import Case
from evals.metrics import METRICS
from evals.records import Record
from evals.scorers.answer import cited, direct
from evals.scorers.consistency import agreement
from evals.suites import Suite

HEAD = 90  # characters of a quote that are kept
GROUP = "group:"


@dataclass(frozen=True, slots=True)
class Result:
    """What one case, or one group of paraphrases, came to.

    `metrics` holds None where a figure does not apply. `case` and `answer` are digests: of what
    is asked and demanded, and of what was answered. A group's id starts with `group:`.
    """

    suite: str
    id: str
    metrics: dict[str, float | None]
    case: str = ""
    critical: bool = False
    outcome: str = ""
    short: str = ""
    cited: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    answer: str = ""
    ms: float = field(default=0.0, compare=False)

    @property
    def key(self) -> tuple[str, str]:
        """Identify the case within a run."""
        return self.suite, self.id


def score_suite(suite: Suite, records: Iterable[Record]) -> tuple[Result, ...]:
    """Score every case of a suite, then its groups of paraphrases."""
    by_id = {record.id: record for record in records if record.suite == suite.name}
    pairs = [(case, by_id[case.id]) for case in suite.cases if case.id in by_id]
    scored = tuple(_score(case, record) for case, record in pairs)
    return scored + tuple(_score_groups(suite.name, pairs))


def _score(case: Case, record: Record) -> Result:
    placed = place_canary(case, record.canary)
    answer = record.answer
    return Result(
        suite=record.suite,
        id=case.id,
        metrics={m.name: m.score(placed, record) for m in METRICS if m.score},
        case=case.digest,
        critical=case.critical,
        outcome=answer.outcome,
        short=direct(answer),
        cited=cited(answer),
        quotes=tuple(citation.quote[:HEAD] for citation in answer.citations),
        answer=_digest(answer.text),
        ms=answer.timings_ms.get("total", 0.0),
    )


def _score_groups(suite: str, pairs: Sequence[tuple[Case, Record]]) -> Iterable[Result]:
    groups: dict[str, list[tuple[Case, Record]]] = defaultdict(list)
    for case, record in pairs:
        if case.group:
            groups[case.group].append((case, record))
    for name, members in groups.items():
        if len(members) > 1:
            yield Result(
                suite=suite,
                id=GROUP + name,
                metrics=agreement([record.answer for _, record in members]),
                case=_digest("\0".join(case.digest for case, _ in members)),
            )


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:12]
