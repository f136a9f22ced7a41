"""Score what an answer says: outcome, facts, falsehoods, the direct answer, what it cites."""

from collections.abc import Sequence

from evals.asker import section
from evals.cases import Case
from evals.records import Record
from evals.scorers.text import heard, normalise, says
from kb.records import Answer, Outcome

_DIRECT = {
    "ja": "Ja", "yes": "Ja", "nej": "Nej", "no": "Nej", "bara om": "Bara om", "only if": "Bara om",
}  # fmt: skip

OUTCOMES = {
    Outcome.ANSWERED: "besvarad",
    Outcome.NOT_COVERED: "framgår inte",
    Outcome.OUT_OF_SCOPE: "utanför området",
    Outcome.REDACT_FIRST: "personuppgifter",
    Outcome.REFUSED: "styrförsök",
    Outcome.FAILED: "tekniskt fel",
}


def outcome(case: Case, record: Record) -> float | None:
    """Say whether the turn ended in an allowed way."""
    return float(record.answer.outcome in case.outcomes) if case.outcomes else None


def must(case: Case, record: Record) -> float | None:
    """Say whether every fact is told; an answer that had to be given and was not tells none."""
    if not case.must:
        return None
    return float(_ends_rightly(case, record) and tells(case, record.answer))


def forbid(case: Case, record: Record) -> float | None:
    """Say whether nothing false or forbidden is told."""
    if not case.forbid:
        return None
    text = normalise(heard(record.answer))
    return float(not any(says(entry, text) for entry in case.forbid))


def short(case: Case, record: Record) -> float | None:
    """Say whether the direct answer is one of those allowed."""
    if not case.short:
        return None
    return float(_ends_rightly(case, record) and direct(record.answer) in case.short)


def right(case: Case, record: Record) -> float:
    """Say whether everything the case asks for happened."""
    parts = (outcome, must, forbid, short)
    return float(all(part(case, record) != 0 for part in parts) and not _failed(record))


def gold_cited(case: Case, record: Record) -> float | None:
    """Say whether one of the gold sections is cited in an answer."""
    return float(bool(_cited_gold(case, record))) if case.gold else None


def citation_precision(case: Case, record: Record) -> float | None:
    """Return the share of citations that are gold or hold a fact; none cited is 0."""
    if not case.gold:
        return None
    citations = record.answer.citations if record.answer.outcome is Outcome.ANSWERED else ()
    gold = {c.n for c in citations if section(c.document_id, c.anchor) in case.gold}
    telling = {
        c.n for c in citations if any(says(entry, normalise(c.quote)) for entry in case.must)
    }
    return len(gold | telling) / len(citations) if citations else 0.0


def tells(case: Case, answer: Answer) -> bool:
    """Say whether an answer tells every fact that a case demands, if any."""
    text = normalise(heard(answer))
    return all(says(entry, text) for entry in case.must)


def direct(answer: Answer) -> str:
    """Return the direct answer as one of `SHORT`; its own words if it is none of them."""
    said = normalise(answer.short).strip(" .")
    return next((name for start, name in _DIRECT.items() if said.startswith(start)), said)


def why_not(case: Case, record: Record) -> tuple[str, ...]:
    """Return what a case asks for and did not get, for a person to read."""
    said = record.answer
    text = normalise(heard(said))
    told = " ".join(entry for entry in case.forbid if says(entry, text))
    lacking = "; ".join(entry for entry in case.must if not says(entry, text))
    reasons = (
        (
            outcome(case, record) == 0,
            f"utfallet är {_or([said.outcome])}, inte {_or(case.outcomes)}",
        ),
        (bool(lacking), f"saknar: {lacking}"),
        (bool(told), f"säger: {told}"),
        (short(case, record) == 0, f"direkt svar {_or([direct(said)])}, inte {_or(case.short)}"),
    )
    return tuple(text for holds, text in reasons if holds)


def _or(choices: Sequence[str]) -> str:
    names: dict[str, str] = {str(outcome): label for outcome, label in OUTCOMES.items()}
    return " eller ".join(f"”{names.get(choice, choice)}”" for choice in choices)


def cited(answer: Answer) -> tuple[str, ...]:
    """Return the sections an answer cites, in order, each once."""
    return tuple(dict.fromkeys(section(c.document_id, c.anchor) for c in answer.citations))


def _cited_gold(case: Case, record: Record) -> set[str]:
    if record.answer.outcome is not Outcome.ANSWERED:
        return set()
    return set(cited(record.answer)) & set(case.gold)


def _ends_rightly(case: Case, record: Record) -> bool:
    return outcome(case, record) != 0


def _failed(record: Record) -> bool:
    return record.answer.outcome is Outcome.FAILED
