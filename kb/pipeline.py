"""The way of a question to its answer: one readable tuple of steps over a frozen Draft."""

from collections.abc import Callable
from dataclasses import replace

from kb.answer.compose import compose, quote_plainly
from kb.answer.decide import decide
from kb.answer.ruled import compose_ruling
from kb.answer.screen import screen
from kb.answer.understand import detect_language
from kb.answer.verify import holds
from kb.answer.years import speaks_of_plans
from kb.draft import Draft, question_of, reading_of
from kb.editions import mention_older, name_year
from kb.outcomes import contact_for, make_notice
from kb.records import Outcome
from kb.retrieve import choose_sentences, find_passages, look_back, read_question
from kb.tools import Tools

Step = Callable[[Draft, Tools], Draft]


def run(draft: Draft, tools: Tools) -> Draft:
    """Take a turn through the steps until one of them ends it."""
    for step in STEPS:
        if draft.outcome is not None:
            break
        draft = step(draft, tools)
    return draft


def turn_back_personal_data(draft: Draft, tools: Tools) -> Draft:
    """Screen the question; personal data ends the turn, steering is left out."""
    screened = screen(draft.asked, today=draft.as_of)
    draft = replace(draft, screened=screened)
    if screened.findings:
        kinds = sorted({finding.kind for finding in screened.findings})
        return replace(draft, outcome=Outcome.REDACT_FIRST, values={"found": ", ".join(kinds)})
    if screened.steered and len(tools.analyser.content_terms(screened.text)) == 0:
        return replace(draft, outcome=Outcome.REFUSED)
    if screened.steered:
        return replace(
            draft,
            notices=(
                *draft.notices,
                make_notice("steered", draft.language or detect_language(screened.text)),
            ),
        )
    return draft


def look_in_tables(draft: Draft, tools: Tools) -> Draft:
    """Let a decision table settle the question, if every rule it leans on is in force."""
    for words in tools.tables:
        if not words.table.applies(draft.as_of):
            continue
        decision = decide(question_of(draft), words, tools.analyser)
        if decision is None:
            continue
        rules = [
            tools.section(name, as_of=draft.as_of, audience=draft.audience)
            for name in decision.sections
        ]
        found = tuple(rule for rule in rules if rule is not None)
        if len(found) == len(rules):
            return replace(draft, decision=decision, rules=found)
    return draft


def abstain_without_support(draft: Draft, tools: Tools) -> Draft:
    """End the turn where nothing supports an answer, and say which kind of no it is."""
    if draft.decision is not None or (draft.support is not None and draft.support.enough):
        return draft
    question = question_of(draft)
    if draft.vector is None:
        raise ValueError("retrieve first")
    nearest = max((hit.dense for hit in (*draft.hits, *draft.older)), default=0.0)
    said = draft.choice.coverage if draft.choice else 0.0
    in_field = bool(question.years) and speaks_of_plans(question.text)
    if not in_field and not tools.scope.contains(draft.vector, nearest_passage=nearest, said=said):
        return replace(draft, outcome=Outcome.OUT_OF_SCOPE)
    contact = contact_for(
        tools.analyser.terms(question.text), question.language, terms=tools.analyser.terms
    )
    draft = replace(draft, outcome=Outcome.NOT_COVERED, values={"contact": contact})
    return _show_nearest(draft, tools) if draft.support and draft.support.near else draft


def quote_answer(draft: Draft, tools: Tools) -> Draft:
    """Compose the answer out of verbatim quotes; mention an older edition that differs."""
    if draft.decision is not None:
        supported = draft.support is not None and draft.support.enough
        composition = compose_ruling(
            question_of(draft),
            draft.decision,
            draft.rules,
            draft.choice if supported else None,
            front=tools.front,
        )
        return replace(draft, composition=composition)
    if draft.choice is None:
        raise ValueError("choose first")
    composition = compose(
        question_of(draft),
        draft.choice,
        front=tools.front,
        asked_before=tools.scorer.asked_before(reading_of(draft), draft.choice.hits[0].passage),
    )
    return mention_older(name_year(replace(draft, composition=composition)), tools)


def check_quotes(draft: Draft, tools: Tools) -> Draft:
    """Let no answer out whose quotes do not stand in their passages."""
    if draft.composition is None:
        raise ValueError("compose first")
    if all(holds(citation, tools.index.passage) for citation in draft.composition.citations):
        return replace(draft, outcome=Outcome.ANSWERED)
    return replace(draft, outcome=Outcome.FAILED, composition=None)


STEPS: tuple[Step, ...] = (
    turn_back_personal_data,
    read_question,
    find_passages,
    choose_sentences,
    look_back,
    look_in_tables,
    abstain_without_support,
    quote_answer,
    check_quotes,
)


def _show_nearest(draft: Draft, tools: Tools) -> Draft:
    """Quote the passage that comes nearest, without calling it an answer."""
    if draft.choice is None:
        return draft
    best = draft.choice.units[0].hit
    units = tuple(scored for scored in draft.choice.units if scored.hit is best)
    quotes = quote_plainly(replace(draft.choice, units=units), front=tools.front)
    if not all(holds(citation, tools.index.passage) for citation in quotes.citations):
        return draft
    return replace(draft, composition=quotes)
