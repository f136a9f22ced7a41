"""Turn a draft that has ended into the Answer that a person gets."""

from collections.abc import Sequence

from kb.answer.understand import detect_language
from kb.draft import Draft
from kb.outcomes import notice_text, public_sentence
from kb.records import Answer, Citation, Language, Notice, Outcome

RELATED = 3  # follow-up questions offered with an answer
_LEADS_ON = frozenset({Outcome.ANSWERED, Outcome.NOT_COVERED})
"""After what follow-up questions are offered; what lies outside has nothing near it."""


def finish(draft: Draft, turn_id: str = "") -> Answer:
    """Turn a draft that has ended into what a person gets."""
    outcome = draft.outcome or Outcome.FAILED
    language = (
        draft.question.language
        if draft.question
        else draft.language or detect_language(draft.asked)
    )
    composition = draft.composition
    notices = draft.notices
    if outcome is Outcome.ANSWERED and language == "en":
        notices = (Notice("swedish_quotes", notice_text("swedish_quotes", "en")), *notices)
    notices += _scanned(composition.citations if composition else (), language)
    return Answer(
        id=turn_id,
        question="" if outcome is Outcome.REDACT_FIRST else draft.asked,
        language=language,
        outcome=outcome,
        short=composition.short if composition else "",
        text=_text(draft, outcome, language),
        citations=composition.citations if composition else (),
        notices=notices,
        contact=draft.values.get("contact"),
        related=_related(draft) if outcome in _LEADS_ON else (),
        personal_data=tuple(filter(None, draft.values.get("found", "").split(", "))),
    )


def _related(draft: Draft) -> tuple[str, ...]:
    """Offer questions that neighbouring passages are known to answer."""
    cited = {
        f"{c.document_id}@{c.edition}#{c.anchor}"
        for c in (draft.composition.citations if draft.composition else ())
    }
    hits = draft.choice.hits if draft.choice else ()
    near = (hit.passage for hit in hits if hit.passage.id not in cited)
    return tuple(p.questions[0] for p in near if p.questions)[:RELATED]


def _scanned(citations: Sequence[Citation], language: Language) -> tuple[Notice, ...]:
    """Tell which quotes were read from pictures: signs and figures may be wrong in them."""
    numbers = ", ".join(f"[{citation.n}]" for citation in citations if citation.scanned)
    if not numbers:
        return ()
    return (Notice("scanned", notice_text("scanned", language, numbers=numbers)),)


def _text(draft: Draft, outcome: Outcome, language: Language) -> str:
    """Return the answer, or the outcome's public sentence with what comes nearest."""
    if outcome is Outcome.ANSWERED and draft.composition:
        return draft.composition.text
    sentence = public_sentence(outcome, language, **{"contact": "", **draft.values})
    if outcome is Outcome.REDACT_FIRST and draft.composition:
        return f"{draft.composition.text}\n\n{sentence}"
    if outcome is Outcome.NOT_COVERED and draft.composition:
        nearest = notice_text("nearest", language)
        return f"{sentence}\n\n{nearest}\n\n{draft.composition.text}"
    return sentence
