"""Make answers, records, results and trials for the tests of the evals, without an index."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from evals.baseline import Baseline, Header
from evals.cases import Case
from evals.figures import figures
from evals.policy import Policy
from evals.records import Evidence, Record
from evals.results import Result, score_suite
from evals.suites import Suite
from evals.trial import Trial
from evals.waivers import Waiver
from ingest.document import Kind, Status
from kb.records import Answer, Citation, Outcome
from kb.validity import Standing

TODAY = date(2026, 11, 22)
APPROVED = datetime(2026, 11, 1, tzinfo=UTC)
QUOTE = "Du får inte mata in personnummer i en öppen AI-tjänst."
POLICY: dict[str, Any] = {
    "as_of": TODAY,
    "hard": ["verbatim", "asr"],
    "suites": {"s": {"cases": 2, "metrics": {"right": {"floor": 0.5}}}},
}


def citation(n: int = 1, place: str = "regler#personnummer", quote: str = QUOTE) -> Citation:
    document, _, anchor = place.partition("#")
    return Citation(
        n=n, document_id=document, title="Regler", kind=Kind.GUIDANCE, edition="1", year=None,
        status=Status.PUBLISHED, valid_from=None, valid_to=None, decided_by=None, dnr=None,
        headings=("Personnummer",), page=None, anchor=anchor, quote=quote, digest="sha256:0",
    )  # fmt: skip


def answer(text: str | None = None, **given: Any) -> Answer:
    """Return an answer of one quote; with an outcome that is no answer, one without quotes."""
    answered = given.get("outcome", Outcome.ANSWERED) is Outcome.ANSWERED
    default: dict[str, Any] = {
        "id": "a", "question": "Får jag?", "language": "sv", "outcome": Outcome.ANSWERED,
        "short": "", "text": text or (f"{QUOTE} [1]" if answered else "Det framgår inte."),
        "citations": (citation(),) if answered else (), "timings_ms": {"total": 12.0},
    }  # fmt: skip
    return Answer(**(default | given))


def evidence(**given: Any) -> Evidence:
    default: dict[str, Any] = {
        "n": 1, "resolves": True, "verbatim": True, "same_digest": True, "published": True,
        "standing": Standing.IN_FORCE, "year": None,
    }  # fmt: skip
    return Evidence(**(default | given))


def record(said: Answer | None = None, **given: Any) -> Record:
    default: dict[str, Any] = {
        "suite": "s", "id": "a", "asked": "Får jag?", "canary": "", "as_of": TODAY,
        "answer": said or answer(),
    }  # fmt: skip
    return Record(**(default | given))


def case(identifier: str = "a", **given: Any) -> Case:
    default: dict[str, Any] = {
        "question": f"Får jag {identifier}?", "must": ("personnummer",),
        "outcomes": (Outcome.ANSWERED,),
    }  # fmt: skip
    return Case(id=identifier, **(default | given))


def suite(*cases: Case, name: str = "s") -> Suite:
    return Suite(name, cases or (case("a"), case("b")), "sha256:0")


def results(asked: Suite, **said: Answer) -> tuple[Result, ...]:
    """Score a suite; cases without an answer of their own are answered by the standing quote."""
    records = [record(said.get(one.id), suite=asked.name, id=one.id) for one in asked.cases]
    return score_suite(asked, records)


def baseline(asked: Suite, *, policy: dict[str, Any] | None = None, **said: Answer) -> Baseline:
    scored = results(asked, **said)
    header = Header(
        release="1.0", approved_by="AI-rådet", approved_at=APPROVED,
        policy=Policy.model_validate(POLICY | (policy or {})),
        suites={asked.name: asked.digest}, figures=figures(scored),
    )  # fmt: skip
    return Baseline(header, scored)


def trial(
    asked: Suite | None = None,
    *,
    before: Baseline | None = None,
    policy: dict[str, Any] | None = None,
    waivers: Sequence[Waiver] = (),
    **said: Answer,
) -> Trial:
    asked = asked or suite()
    scored = results(asked, **said)
    return Trial(
        policy=Policy.model_validate(POLICY | (policy or {})), suites=(asked,), results=scored,
        figures=figures(scored), today=TODAY, baseline=before, waivers=waivers,
    )  # fmt: skip


def waiver(**given: Any) -> Waiver:
    default = {
        "case": "s/a", "metric": "right", "reason": "Vägledningen skrivs om.",
        "approved_by": "AI-rådet", "expires": date(2027, 1, 31),
    }  # fmt: skip
    return Waiver.model_validate(default | given)


WRONG = answer("Något annat. [1]", citations=(citation(quote="Något annat."),))
SILENT = answer(outcome=Outcome.NOT_COVERED)
