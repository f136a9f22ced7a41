"""The way of a question to its answer: one readable tuple of steps over a frozen Draft."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from kb.answer.alarm import lead_with, raised
from kb.answer.choose import choose
from kb.answer.compose import cite, compose, group, quote_plainly, say
from kb.answer.decide import decide
from kb.answer.parts import parts_of
from kb.answer.ruled import compose_ruling
from kb.answer.scoring import Known, Reading
from kb.answer.screen import Screened, screen
from kb.answer.support import weigh_support
from kb.answer.understand import Question, detect_language, understand
from kb.answer.verify import holds
from kb.draft import Draft
from kb.index.lexical import weigh
from kb.index.search import Query
from kb.language.spelling import repair
from kb.outcomes import contact_for, notice_text
from kb.records import Hit, Language, Notice, Outcome
from kb.tools import Tools

FOUND = 12  # hits looked at per question


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
        passage = tools.section(section, as_of=draft.as_of, audience=draft.audience)
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
                _notice("steered", draft.language or detect_language(screened.text)),
            ),
        )
    return draft


def read_question(draft: Draft, tools: Tools) -> Draft:
    """Understand the question, with misspelt words put right for the search."""
    if draft.screened is None:
        raise ValueError("screen the question first")
    question = understand(draft.screened.text, history=draft.history, language=draft.language)
    mended = repair(question.topic, vocabulary=tools.vocabulary, analyser=tools.analyser)
    question = replace(question, topic=mended.text)
    wanted = tuple(tools.analyser.content_terms(question.topic))
    return replace(draft, question=question, wanted=wanted)


def find_passages(draft: Draft, tools: Tools) -> Draft:
    """Retrieve passages: those in force, or those of the year the question names."""
    question = _question(draft)
    vector = tools.embed(question.topic)
    query = Query(vector, tuple(weigh(draft.wanted)))
    plan_years = tools.plan_years
    named = frozenset(question.years) & plan_years
    every_year = question.compares and not named
    found = tools.index.search(
        query,
        as_of=draft.as_of,
        audience=draft.audience,
        years=named,
        include_older=bool(named) or every_year,
        k=FOUND,
    )
    strange = frozenset(question.plans) - plan_years
    hits = tuple(hit for hit in found if _fits_years(hit, tools, named=named, strange=strange))
    older: tuple[Hit, ...] = ()
    if not named and not every_year and tools.has_older(draft.as_of):
        further = tools.index.search(
            query,
            as_of=draft.as_of,
            audience=draft.audience,
            include_older=True,
            k=FOUND,
        )
        older = tuple(
            hit
            for hit in further
            if not hit.current and _fits_years(hit, tools, named=named, strange=strange)
        )
    return replace(draft, vector=vector, hits=hits, older=older)


def choose_sentences(draft: Draft, tools: Tools) -> Draft:
    """Choose what answers, and weigh whether it does.

    An older edition answers where what is in force does not, or says far less of the matter.
    """
    chosen = _weighed(draft, draft.hits, tools)
    if not draft.older:
        return chosen
    older = _weighed(draft, draft.older, tools)
    chosen = replace(chosen, older_choice=older.choice)
    if older.support is None or not older.support.enough:
        return chosen
    lead = tools.scorer.weights.older_leads
    if chosen.support is not None and chosen.support.enough and not _leads(older, chosen, lead):
        return chosen
    notice = _notice("only_older", _question(draft).language)
    return replace(older, notices=(*draft.notices, notice))


def answer_every_part(draft: Draft, tools: Tools) -> Draft:
    """Where a question asks two things, and each has its own answer, give both in order."""
    question = _question(draft)
    parts = parts_of(question.text)
    if len(parts) == 1 or question.compares:
        return draft
    answers = [_ask_part(draft, part, tools) for part in parts]
    choices = [one.choice for one in answers if one.choice and one.support and one.support.enough]
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
        decision = decide(_question(draft), words, tools.analyser)
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
    question = _question(draft)
    if draft.vector is None:
        raise ValueError("retrieve first")
    nearest = max((hit.dense for hit in (*draft.hits, *draft.older)), default=0.0)
    tokens = tools.analyser.tokens(question.text)
    if not tools.scope.contains(draft.vector, tokens, nearest_passage=nearest):
        return replace(draft, outcome=Outcome.OUT_OF_SCOPE)
    contact = contact_for(question.text, question.language, analyser=tools.analyser)
    draft = replace(draft, outcome=Outcome.NOT_COVERED, values={"contact": contact})
    return _show_nearest(draft, tools) if draft.support and draft.support.near else draft


def quote_answer(draft: Draft, tools: Tools) -> Draft:
    """Compose the answer out of verbatim quotes; mention an older edition that differs."""
    if draft.decision is not None:
        supported = draft.support is not None and draft.support.enough
        composition = compose_ruling(
            _question(draft),
            draft.decision,
            draft.rules,
            draft.choice if supported else None,
            front=tools.front,
        )
        return replace(draft, composition=composition)
    if draft.choice is None:
        raise ValueError("choose first")
    composition = compose(
        _question(draft),
        draft.choice,
        front=tools.front,
        known=Known() if draft.in_parts else _known(draft, tools),
    )
    draft = replace(draft, composition=composition)
    return _mention_older(draft, tools)


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
    answer_every_part,
    look_in_tables,
    abstain_without_support,
    quote_answer,
    check_quotes,
)


def _question(draft: Draft) -> Question:
    if draft.question is None:
        raise ValueError("understand the question first")
    return draft.question


def _ask_part(draft: Draft, part: str, tools: Tools) -> Draft:
    """Find and choose for one part of a question as if it had been asked alone."""
    language = _question(draft).language
    alone = Draft(part, draft.as_of, language=language, audience=draft.audience)
    alone = replace(alone, screened=Screened(part, steered=False, findings=()))
    for step in (read_question, find_passages, choose_sentences):
        alone = step(alone, tools)
    return alone


def _fits_years(hit: Hit, tools: Tools, *, named: frozenset[int], strange: frozenset[int]) -> bool:
    """Say whether a hit may answer for the years a question names.

    A yearly document of another year never does. A year's plan that the library does not hold
    must stand in the text itself.
    """
    if strange and not named:
        return any(str(other) in hit.passage.text for other in strange)
    year = tools.year_of(hit)
    return year is None or not named or year in named


def _weighed(draft: Draft, hits: Sequence[Hit], tools: Tools) -> Draft:
    question = _question(draft)
    choice = choose(_reading(draft), hits, scorer=tools.scorer, year_of=tools.year_of)
    if choice is None:
        return draft
    weighed = weigh_support(question, choice, words=len(draft.wanted))
    return replace(draft, choice=choice, support=weighed)


def _leads(one: Draft, other: Draft, lead: float) -> bool:
    """Say whether the best passage of one draft scores that much higher than the other's."""
    if one.choice is None or other.choice is None:
        return one.choice is not None
    return one.choice.score - other.choice.score >= lead


def _known(draft: Draft, tools: Tools) -> Known:
    if draft.choice is None:
        raise ValueError("choose first")
    return tools.scorer.asked_before(_reading(draft), draft.choice.hits[0].passage)


def _reading(draft: Draft) -> Reading:
    if draft.vector is None:
        raise ValueError("retrieve first")
    return Reading(_question(draft), draft.vector, draft.wanted)


def _show_nearest(draft: Draft, tools: Tools) -> Draft:
    """Quote the passage that comes nearest, without calling it an answer.

    An older edition is quoted only where its year is asked for: nothing here would say that it is.
    """
    if draft.choice is None:
        return draft
    best = draft.choice.units[0].hit
    if not best.current and tools.year_of(best) not in _question(draft).years:
        return draft
    units = tuple(scored for scored in draft.choice.units if scored.hit is best)
    quotes = quote_plainly(replace(draft.choice, units=units), front=tools.front)
    if not all(holds(citation, tools.index.passage) for citation in quotes.citations):
        return draft
    return replace(draft, composition=quotes)


def _mention_older(draft: Draft, tools: Tools) -> Draft:
    """Add a notice with a quote where an older edition answers the same question otherwise."""
    composition, question = draft.composition, _question(draft)
    if composition is None or draft.choice is None:
        return draft
    if not any(citation.year for citation in composition.citations):
        return draft
    if not draft.choice.hits[0].current:
        return draft
    older = draft.older_choice
    if older is None:
        return draft
    best = max(older.units, key=lambda scored: scored.score)
    now = max(draft.choice.units, key=lambda scored: scored.score)
    if now.score - best.score > tools.scorer.weights.older_edition:
        return draft
    if best.unit.text in {scored.unit.text for scored in draft.choice.units}:
        return draft
    citation = cite(group([best])[0], len(composition.citations) + 1, front=tools.front)
    year = f" ({citation.year})" if citation.year else ""
    notice = _notice("older_edition", question.language, year=year, quote=say(citation))
    return replace(
        draft,
        composition=replace(composition, citations=(*composition.citations, citation)),
        notices=(*draft.notices, notice),
    )


def _notice(kind: str, language: Language, **values: str) -> Notice:
    return Notice(kind, notice_text(kind, language, **values))
