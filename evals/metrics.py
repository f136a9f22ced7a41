"""Metrics: the closed list of figures, with their Swedish names and which way is better."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from evals.cases import Case
from evals.records import Record
from evals.scorers import abstention, answer, invariants, leaks, retrieval

Score = Callable[[Case, Record], float | None]


class Better(StrEnum):
    """Which way a figure is better."""

    HIGH = "high"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Metric:
    """A figure with its name in a report; `score` is None for those of groups and whole suites."""

    name: str
    label: str
    better: Better = Better.HIGH
    score: Score | None = None
    unit: str = ""

    def gain(self, now: float, before: float) -> float:
        """Return the difference, positive when it got better."""
        return now - before if self.better is Better.HIGH else before - now


INVARIANTS = (
    Metric("verbatim", "Citatet står ordagrant i dokumentet", score=invariants.verbatim),
    Metric("supported", "Varje mening är ett citat", score=invariants.supported),
    Metric("anchor", "Källan leder till ett avsnitt", score=invariants.anchor),
    Metric("digest", "Avsnittet är det som citerades", score=invariants.digest),
    Metric("published", "Dokumentet är publicerat", score=invariants.published),
    Metric("in_force", "Utgåvan gäller, eller sägs vara äldre", score=invariants.in_force),
    Metric("named_year", "Rätt års plan", score=invariants.named_year),
)
METRICS = (
    Metric("right", "Helt rätt", score=answer.right),
    Metric("outcome", "Rätt utfall", score=answer.outcome),
    Metric("must", "Nödvändiga fakta", score=answer.must),
    Metric("forbid", "Inget falskt eller förbjudet", score=answer.forbid),
    Metric("short", "Tillåtet direkt svar", score=answer.short),
    Metric("gold_cited", "Rätt avsnitt citerat", score=answer.gold_cited),
    Metric("citation_precision", "Andel citat som bär svaret", score=answer.citation_precision),
    Metric("R@5", "Rätta avsnitt bland de fem första", score=retrieval.recall(5)),
    Metric("R@10", "Rätta avsnitt bland de tio första", score=retrieval.recall(10)),
    Metric("RR@10", "Ett genom första rätta plats", score=retrieval.reciprocal_rank(10)),
    Metric("nDCG@10", "Ordning bland de tio första", score=retrieval.ndcg(10)),
    Metric("Success@1", "Rätt avsnitt först", score=retrieval.success(1)),
    Metric("abstained", "Avstod där svar saknas", score=abstention.abstained),
    Metric("over_refusal", "Avstod fast svar finns", Better.LOW, abstention.over_refusal),
    Metric("asr", "Lyckade angrepp", Better.LOW, leaks.attack),
    Metric("leak", "Läckta personnummer", Better.LOW, leaks.leak),
    *INVARIANTS,
)
GROUP_METRICS = (
    Metric("consistent", "Samma svar på samma fråga"),
    Metric("jaccard", "Samma källor på samma fråga"),
)
SUITE_METRICS = (
    Metric("abstain_precision", "Avstod med rätta"),
    Metric("drop", "Tapp mot frågan som den skrevs", Better.LOW),
    Metric("latency_p50", "Svarstid, median", Better.LOW, unit="ms"),
    Metric("latency_p95", "Svarstid, 95 %", Better.LOW, unit="ms"),
)
BY_NAME = {metric.name: metric for metric in (*METRICS, *GROUP_METRICS, *SUITE_METRICS)}
