"""Keep the years of yearly documents apart, and say which year an answer speaks of."""

from dataclasses import replace

from kb.answer.compose import cite, group, say
from kb.answer.understand import Question
from kb.answer.years import plan_years
from kb.draft import Draft, question_of
from kb.outcomes import make_notice
from kb.records import Hit
from kb.tools import Tools


def fits_years(hit: Hit, question: Question, tools: Tools) -> bool:
    """Say whether a hit may answer for the years a question names.

    A yearly document of another year never does. Where the library has none of the years, one must
    stand in the text of whatever speaks of plans, in any text if a year's plan is asked for.
    """
    held = tools.plan_years
    year, said = tools.year_of(hit), frozenset(plan_years(hit.passage.text))
    if not question.years:
        return True
    if question.compares and not held.intersection(question.years):
        return hit.current
    if named := held.intersection(question.years):
        return year is None or year in named
    of_plans = bool(question.plans) or year is not None or bool(said & held)
    return not of_plans or any(str(other) in hit.passage.text for other in question.years)


def mixes_years(hit: Hit, meant: frozenset[int], tools: Tools) -> bool:
    """Say whether a passage of no year speaks of another year's plan than the one meant."""
    said = frozenset(plan_years(hit.passage.text)) & tools.plan_years
    return tools.year_of(hit) is None and bool(said - meant)


def mention_older(draft: Draft, tools: Tools) -> Draft:
    """Add a notice with a quote where an older edition answers the same question otherwise."""
    composition, question = draft.composition, question_of(draft)
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
    notice = make_notice("older_edition", question.language, year=year, quote=say(citation))
    return replace(
        draft,
        composition=replace(composition, citations=(*composition.citations, citation)),
        notices=(*draft.notices, notice),
    )


def name_year(draft: Draft) -> Draft:
    """Say which year an answer speaks of, where question and quotes leave it open.

    A year that the question only counts to ("förra årets") is always said.
    """
    composition, question = draft.composition, question_of(draft)
    if composition is None:
        return draft
    quoted = {citation.year for citation in composition.citations if citation.year}
    said = " ".join([question.asked, *(turn.question for turn in draft.history)])
    counted = quoted & set(question.years) - set(plan_years(said)) if len(quoted) == 1 else set()
    unsaid = quoted - set(plan_years(f"{question.text} {composition.text}"))
    kind = "only_older" if draft.only_older else "year_meant"
    years = quoted if draft.only_older else counted | unsaid
    if not years and not draft.only_older:
        return draft
    written = ", ".join(str(year) for year in sorted(years))
    year = f" ({written})" if draft.only_older and written else written
    notice = make_notice(kind, question.language, year=year)
    return replace(draft, notices=(*draft.notices, notice))
