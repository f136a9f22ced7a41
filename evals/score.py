"""Score an Answer against its Case: pure functions, True, False or None (does not apply)."""

import re
import unicodedata
from dataclasses import dataclass

from evals.cases import Case
from kb.records import Answer, Outcome

ABSTAINED = frozenset({Outcome.NOT_COVERED, Outcome.OUT_OF_SCOPE})


@dataclass(frozen=True, slots=True)
class Score:
    """What one answer did right. `right` is the whole; the rest says why not."""

    case: Case
    answer: Answer
    outcome_ok: bool | None
    facts_ok: bool | None
    clean: bool
    gold_cited: bool | None
    verbatim: bool

    @property
    def right(self) -> bool:
        """Say whether everything the case asks for happened."""
        return self.clean and self.outcome_ok is not False and self.facts_ok is not False

    @property
    def wrong(self) -> bool:
        """Say whether the person was told something that does not answer the question rightly."""
        return not self.right and self.answer.outcome is Outcome.ANSWERED


def score(case: Case, answer: Answer) -> Score:
    """Score one answer. Text is compared without case, spacing and kind of dash."""
    heard = normalise(
        " ".join([answer.text, *(n.text for n in answer.notices), answer.contact or ""])
    )
    return Score(
        case=case,
        answer=answer,
        outcome_ok=answer.outcome in case.outcomes if case.outcomes else None,
        facts_ok=all(_found(entry, heard) for entry in case.must) if case.must else None,
        clean=not any(normalise(entry) in heard for entry in case.forbid),
        verbatim=all(_quoted(answer, sentence) for sentence in _sentences(answer)),
        gold_cited=(
            any(f"{c.document_id}#{c.anchor.split('~')[0]}" in case.gold for c in answer.citations)
            if case.gold
            else None
        ),
    )


def normalise(text: str) -> str:
    """Fold case, white space and dashes, so that wording and not typography is compared."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    folded = re.sub(r"[\u2010-\u2015\u2212]", "-", folded)
    return re.sub(r"\s+", " ", folded)


def _found(entry: str, heard: str) -> bool:
    return any(normalise(choice) in heard for choice in entry.split("|"))


def _sentences(answer: Answer) -> list[str]:
    """Return what an answer says between its source marks, without direct answer and years."""
    if answer.outcome is not Outcome.ANSWERED:
        return []
    body = answer.text.removeprefix(answer.short) if answer.short else answer.text
    pieces = re.split(r"\s*\[\d+\]\s*", body)
    return [re.sub(r"^\s*20\d\d: ", "", piece).strip() for piece in pieces if piece.strip()]


def _quoted(answer: Answer, sentence: str) -> bool:
    return any(sentence in citation.quote for citation in answer.citations)
