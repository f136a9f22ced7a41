"""The way of a question to its answer: one readable tuple of steps over a frozen Draft."""

from collections.abc import Callable
from dataclasses import replace

from kb.answer.alarm import lead_with, raised
from kb.answer.choose import Choice
from kb.answer.compose import compose, quote_plainly
from kb.answer.decide import decide
from kb.answer.parts import parts_of
from kb.answer.ruled import compose_ruling
from kb.answer.scoring import Known
from kb.answer.screen import Screened, screen
from kb.answer.understand import detect_language
from kb.answer.verify import holds
from kb.answer.years import speaks_of_plans
from kb.draft import Draft, is_enough, question_of, reading_of
from kb.editions import fits_years, mention_older, name_year
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
    return lead_with_alarm(draft, tools)


def lead_with_alarm(draft: Draft, tools: Tools) -> Draft:
    """Quote first what to do in danger, if the question tells of any, whatever else it became."""
    for alarms in tools.alarms:
        section = raised(draft.asked, alarms, tools.analyser)
        if section is None or not alarms.table.applies(draft.as_of):
            continue
        passage = tools.section(section, as_of=draft.as_of)
        if passage is None:
            continue
        rest = draft.composition if draft.outcome is Outcome.ANSWERED else None
        kept = draft.outcome is Outcome.REDACT_FIRST
        return replace(
            draft,
            composition=lead_with(passage, rest, front=tools.front),
            outcome=draft.outcome if kept else Outcome.ANSWERED,
        )
    return draft


def turn_back_personal_data(draft: Draft, tools: Tools) -> Draft:
    """Screen the question; personal data ends the turn, steering is left out.

    An earlier turn with personal data is forgotten.
    """
    screened = screen(draft.asked, today=draft.as_of)
    history = tuple(t for t in draft.history if not screen(t.question, today=draft.as_of).findings)
    draft = replace(draft, screened=screened, history=history)
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


def answer_every_part(draft: Draft, tools: Tools) -> Draft:
    """Where a question asks two things, and each has its own answer, give both in order."""
    question = question_of(draft)
    parts = parts_of(question.text)
    if len(parts) == 1 or question.compares or question.leans:
        return draft
    answers = [_ask_part(draft, part, tools) for part in parts]
    choices = [
        one.choice
        for one in answers
        if one.choice and is_enough(one) and not one.only_older and _fits(one.choice, draft, tools)
    ]
    apart = {choice.hits[0].passage.id for choice in choices}
    if len(choices) < len(parts) or len(apart) < 2:
        return draft
    first = choices[0]
    return replace(
        draft,
        choice=replace(
            first,
            hits=tuple(dict.fromkeys(c.hits[0] for c in choices)) + first.hits[1:],
            units=tuple(dict.fromkeys(unit for choice in choices for unit in choice.units)),
        ),
        support=answers[0].support,
        in_parts=True,
    )


def look_in_tables(draft: Draft, tools: Tools) -> Draft:
    """Let a decision table settle the question, if every rule it leans on is in force."""
    for words in tools.tables:
        if not words.table.applies(draft.as_of):
            continue
        decision = decide(question_of(draft), words, tools.analyser)
        if decision is None:
            continue
        rules = [tools.section(name, as_of=draft.as_of) for name in decision.sections]
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
    tokens = tools.analyser.tokens(question.text)
    in_field = bool(question.years) and speaks_of_plans(question.text)
    if not in_field and not tools.scope.contains(draft.vector, tokens, nearest_passage=nearest):
        return replace(draft, outcome=Outcome.OUT_OF_SCOPE)
    contact = contact_for(question.text, question.language, analyser=tools.analyser)
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
        known=Known() if draft.in_parts else _known(draft, tools),
    )
    return mention_older(name_year(replace(draft, composition=composition)), tools)


def check_quotes(draft: Draft, tools: Tools) -> Draft:
    """Let no answer out whose quotes do not stand in their passages."""
    if draft.composition is None:
        raise ValueError("compose first")
    if all(holds(citation, tools.view.passage) for citation in draft.composition.citations):
        return replace(draft, outcome=Outcome.ANSWERED)
    return replace(draft, outcome=Outcome.FAILED, composition=None)


STEPS: tuple[Step, ...] = (
    turn_back_personal_data,
    read_question,
    find_passages,
    choose_sentences,
    look_back,
    answer_every_part,
    look_in_tables,
    abstain_without_support,
    quote_answer,
    check_quotes,
)


def _fits(choice: Choice, draft: Draft, tools: Tools) -> bool:
    """Say whether the answer to a part speaks of the years that the whole question means."""
    hit, question = choice.hits[0], question_of(draft)
    year = tools.year_of(hit)
    return fits_years(hit, question, tools) and (hit.current or year in question.years)


def _ask_part(draft: Draft, part: str, tools: Tools) -> Draft:
    """Find and choose for one part of a question as if it had been asked alone."""
    language = question_of(draft).language
    alone = Draft(part, draft.as_of, language=language)
    alone = replace(alone, screened=Screened(part, steered=False, findings=()))
    for step in (read_question, find_passages, choose_sentences):
        alone = step(alone, tools)
    return alone


def _known(draft: Draft, tools: Tools) -> Known:
    if draft.choice is None:
        raise ValueError("choose first")
    return tools.scorer.asked_before(reading_of(draft), draft.choice.hits[0].passage)


def _show_nearest(draft: Draft, tools: Tools) -> Draft:
    """Quote the passage that comes nearest, without calling it an answer.

    An older edition is quoted only where its year is asked for: nothing here would say that it is.
    """
    if draft.choice is None:
        return draft
    best = draft.choice.units[0].hit
    if not best.current and tools.year_of(best) not in question_of(draft).years:
        return draft
    units = tuple(scored for scored in draft.choice.units if scored.hit is best)
    quotes = quote_plainly(replace(draft.choice, units=units), front=tools.front)
    if not all(holds(citation, tools.view.passage) for citation in quotes.citations):
        return draft
    return replace(draft, composition=quotes)
