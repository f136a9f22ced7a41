"""Ask a Case the way the app asks, and keep what the scorers need of it."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from evals.canary import has_canary, make_canary, place_canary
from evals.cases import Case
from evals.evidence import Witness
from evals.records import Record
from ingest.errors import VagvisarenError
from kb.finish import finish
from kb.guide import Guide
from kb.records import Answer, Hit

_KEPT = 20  # hits kept; the figures look at ten


@dataclass(frozen=True, slots=True)
class Job:
    """A case to ask, on a day, under the seed of its run."""

    suite: str
    case: Case
    as_of: date
    seed: int


@dataclass(frozen=True, slots=True)
class Asker:
    """Ask through the Guide; let the Witness say what the library holds of the citations."""

    guide: Guide
    witness: Witness

    def ask(self, job: Job) -> Record:
        """Return the Record of a job.

        Raises:
            VagvisarenError: the product broke on the question; the message names the case.
        """
        canary = make_canary(job.seed, job.case.id) if has_canary(job.case) else ""
        case = place_canary(job.case, canary)
        as_of = case.as_of or job.as_of
        try:
            answer, hits = self._answer(case, as_of)
        except Exception as error:  # the outer edge of the product under test
            raise VagvisarenError(
                f"Testfallet {job.suite}/{case.id} gick inte att köra ({error!r}). "
                "Rätta felet och kör om med samma --out; det som är klart körs inte igen."
            ) from error
        return Record(
            suite=job.suite,
            id=case.id,
            asked=case.question,
            canary=canary,
            as_of=as_of,
            answer=answer,
            hits=passage_keys(hits),
            evidence=self.witness.examine(answer, as_of=as_of),
            named_years=self.witness.named_years(case.question),
        )

    def _answer(self, case: Case, as_of: date) -> tuple[Answer, Sequence[Hit]]:
        """Answer as the app does; with a gold passage, also say what the answer was chosen from.

        `Guide.ask` is `trace` and `finish`; taking the two apart spares asking twice.
        """
        if not case.gold:
            answer = self.guide.ask(
                case.question, history=case.history, as_of=as_of, turn_id=case.id
            )
            return answer, ()
        started = time.perf_counter()
        draft = self.guide.trace(case.question, history=case.history, as_of=as_of)
        answer = finish(draft, case.id)
        spent = (time.perf_counter() - started) * 1000
        return replace(answer, timings_ms={"total": spent}), draft.hits


def passage_keys(hits: Sequence[Hit]) -> tuple[str, ...]:
    """Name the sections of hits, best first, each once: `document#anchor`, parts joined."""
    names = (section(hit.passage.document_id, hit.passage.anchor) for hit in hits)
    return tuple(dict.fromkeys(names))[:_KEPT]


def section(document_id: str, anchor: str) -> str:
    """Name a section as the gold of a Case does; its parts `anchor~2` are the same section."""
    return f"{document_id}#{anchor.split('~')[0]}"
