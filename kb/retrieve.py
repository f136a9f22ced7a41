"""Read a question, find its passages, choose their sentences: of the year that it means."""

from collections.abc import Sequence
from dataclasses import replace

from kb.answer.choose import choose
from kb.answer.follow_up import begins_as_follow_up, may_lean
from kb.answer.screen import screen
from kb.answer.support import weigh_support
from kb.answer.understand import understand
from kb.answer.years import Today
from kb.draft import Draft, is_enough, question_of, reading_of
from kb.editions import fits_years, mixes_years
from kb.index.lexical import weigh
from kb.index.search import Query
from kb.language.spelling import repair
from kb.language.swedish import ContentTerm
from kb.records import Hit, Turn
from kb.tools import Tools

FOUND = 12  # hits looked at per question
MOST_WORDS = 400  # of a question that are weighed: the longest honest one has fewer


def read_question(draft: Draft, tools: Tools) -> Draft:
    """Understand the question, with misspelt words put right for the search."""
    return _read(draft, tools)


def find_passages(draft: Draft, tools: Tools) -> Draft:
    """Retrieve passages: those in force, or those of the year the question names."""
    question = question_of(draft)
    vector = tools.embed(question.topic)
    query = Query(vector, tuple(weigh(draft.wanted)))
    plan_years = tools.plan_years
    named = frozenset(question.years) & plan_years
    every_year = question.compares and not named
    found = tools.view.search(
        query,
        as_of=draft.as_of,
        years=named,
        include_older=bool(named) or every_year,
        k=FOUND,
    )
    hits = tuple(hit for hit in found if fits_years(hit, question, tools))
    older: tuple[Hit, ...] = ()
    if not named and not every_year and tools.has_older(draft.as_of):
        further = tools.view.search(
            query,
            as_of=draft.as_of,
            include_older=True,
            k=FOUND,
        )
        older = tuple(
            hit for hit in further if not hit.current and fits_years(hit, question, tools)
        )
    return replace(draft, vector=vector, hits=hits, older=older)


def choose_sentences(draft: Draft, tools: Tools) -> Draft:
    """Choose what answers, and weigh whether it does.

    An older edition answers where what is in force does not, or says far less of the matter.
    """
    everything = _weighed(draft, draft.hits, tools)
    chosen = _of_the_year_meant(draft, everything, tools)
    if not draft.older:
        return chosen
    older = _weighed(draft, draft.older, tools)
    chosen = replace(chosen, older_choice=older.choice)
    if not is_enough(older):
        return chosen
    lead = tools.scorer.weights.older_leads
    if is_enough(chosen) and not _leads(older, everything, lead):
        return chosen
    return replace(older, only_older=True)


def look_back(draft: Draft, tools: Tools) -> Draft:
    """Read a short question as a follow-up where it is better answered so.

    One that does not begin like a follow-up stands alone as soon as anything answers it; one with
    words that the library never uses has a subject of its own.
    """
    question = question_of(draft)
    if not draft.history or question.follows_up or not may_lean(question.text):
        return draft
    if not all(_is_known(word, tools) for word in draft.wanted):
        return draft
    if is_enough(draft) and not begins_as_follow_up(question.text):
        return draft
    fresh = replace(draft, choice=None, support=None, older_choice=None)
    again = choose_sentences(find_passages(_read(fresh, tools, follows=True), tools), tools)
    if not is_enough(again) or (is_enough(draft) and _likelihood(draft) >= _likelihood(again)):
        return draft
    return again


def _is_known(word: ContentTerm, tools: Tools) -> bool:
    """Say whether the library uses a word, or another for it."""
    return any(all(tools.knows(term) for term in way.terms) for way in word.alternatives)


def _read(draft: Draft, tools: Tools, *, follows: bool = False) -> Draft:
    """Understand the question; `follows` reads it as a follow-up whatever its wording."""
    if draft.screened is None:
        raise ValueError("screen the question first")
    question = understand(
        draft.screened.text,
        history=[Turn(screen(turn.question, today=draft.as_of).text) for turn in draft.history],
        language=draft.language,
        today=Today(draft.as_of, tools.plan_in_force(draft.as_of)),
        parts=tools.parts,
        follows=follows,
    )
    mended = repair(question.topic, vocabulary=tools.vocabulary, analyser=tools.analyser)
    question = replace(question, topic=mended.text)
    wanted = tuple(tools.analyser.content_terms(question.topic)[:MOST_WORDS])
    return replace(draft, question=question, wanted=wanted)


def _of_the_year_meant(draft: Draft, everything: Draft, tools: Tools) -> Draft:
    """Choose without passages that set another year's plan beside the one meant, if that answers.

    `everything` is what was chosen with them. Meant is the year the question names; where it names
    none, that of the plan in force, as long as passages of several years say hardly more.
    """
    question = question_of(draft)
    named = frozenset(question.years) & tools.plan_years
    in_force = tools.plan_in_force(draft.as_of)
    meant = named or frozenset(filter(None, [in_force]))
    if question.compares or not meant:
        return everything
    apart = tuple(hit for hit in draft.hits if not mixes_years(hit, meant, tools))
    if len(apart) == len(draft.hits):
        return everything
    focused = _weighed(draft, apart, tools)
    if not is_enough(focused) or focused.choice is None or everything.choice is None:
        return everything
    if named:
        return focused
    best, other = everything.choice.hits[0], focused.choice.hits[0]
    is_of_plans = tools.year_of(best) is not None or mixes_years(best, meant, tools)
    says_as_much = not _leads(everything, focused, tools.scorer.weights.older_leads)
    return focused if is_of_plans and tools.year_of(other) and says_as_much else everything


def _weighed(draft: Draft, hits: Sequence[Hit], tools: Tools) -> Draft:
    question = question_of(draft)
    choice = choose(reading_of(draft), hits, scorer=tools.scorer, year_of=tools.year_of)
    if choice is None:
        return draft
    weighed = weigh_support(question, choice, words=len(draft.wanted))
    return replace(draft, choice=choice, support=weighed)


def _leads(one: Draft, other: Draft, lead: float) -> bool:
    """Say whether the best passage of one draft scores that much higher than the other's."""
    if one.choice is None or other.choice is None:
        return one.choice is not None
    return one.choice.score - other.choice.score >= lead


def _likelihood(draft: Draft) -> float:
    return draft.support.probability if draft.support else 0.0
