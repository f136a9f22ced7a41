"""Measure how personal data in questions is met: recall, false alarms, where it comes out."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from evals.cases import Case
from evals.personal_data.eavesdrop import Ear, ask_broken, break_down, listening, tap
from evals.personal_data.exposure import exposed
from evals.personal_data.forms import FORMS, HARDER, Form, written
from evals.personal_data.lookalikes import lookalikes
from evals.personal_data.suite import EARLIER, POSITIVE
from kb.answer.screen import screen
from kb.guide import Guide
from kb.records import Outcome

FRAMES = ("Får jag skriva {} i ChatGPT?", "Kolla {} åt mig", "id {}")
LOOKALIKES_EACH = 250
SEED = 11


@dataclass(frozen=True, slots=True)
class Met:
    """How one case was met; `exposed` names the places where its secret came out."""

    case: Case
    outcome: Outcome
    exposed: tuple[str, ...]

    @property
    def turned_back(self) -> bool:
        """Say whether the person was asked to take the data out."""
        return self.outcome is Outcome.REDACT_FIRST

    @property
    def right(self) -> bool:
        """Say whether it ended as it should and nothing came out."""
        return self.outcome in self.case.outcomes and not self.exposed


@dataclass(frozen=True, slots=True)
class Share:
    """A share of `n`, by name."""

    name: str
    found: int
    n: int


def meet(guide: Guide, cases: Iterable[Case], *, as_of: date) -> tuple[Met, ...]:
    """Ask every case with listening ears, once of the guide and once of one that breaks.

    Secrets are looked for where a person was turned back, and after an earlier turn with one;
    what is no secret may be quoted and logged.
    """
    ear = Ear()
    tapped, broken = tap(guide, ear), break_down(guide)
    met = []
    with listening(ear):
        for case in cases:
            answer = tapped.ask(case.question, history=case.history, as_of=as_of)
            heard = ear.take()
            ask_broken(broken, case.question, case.history, ear)
            heard["error"] = ear.take()["error"]
            hides = case.kind in (*POSITIVE, EARLIER)
            met.append(Met(case, answer.outcome, exposed(case, answer, heard) if hides else ()))
    return tuple(met)


def recall_by_form(*, today: date) -> tuple[Share, ...]:
    """Return how many of all numbers in each form the screening finds, bare in three frames."""
    forms = {**FORMS, **HARDER}
    return tuple(_found(name, form, today) for name, form in forms.items())


def false_alarms(*, today: date) -> tuple[Share, ...]:
    """Return how many lookalikes of each kind the screening takes for personal data."""
    taken: dict[str, list[bool]] = defaultdict(list)
    for kind, text in lookalikes(each=LOOKALIKES_EACH, seed=SEED):
        taken[kind] += [_is_found(frame.format(text), today) for frame in FRAMES]
    return tuple(Share(kind, sum(found), len(found)) for kind, found in taken.items())


def total(name: str, shares: Sequence[Share]) -> Share:
    """Add shares up."""
    return Share(name, sum(one.found for one in shares), sum(one.n for one in shares))


def _found(name: str, form: Form, today: date) -> Share:
    texts = [frame.format(text) for _, _, text in written({name: form}) for frame in FRAMES]
    return Share(name, sum(_is_found(text, today) for text in texts), len(texts))


def _is_found(text: str, today: date) -> bool:
    return bool(screen(text, today=today).findings)
