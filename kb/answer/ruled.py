"""Compose the answer that a decision table gives: verdict, rules, what the question adds."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from ingest.document import FrontMatter, Norm, Passage
from ingest.library.decision_table import Verdict
from kb.answer.choose import Choice
from kb.answer.compose import Composition, cite, group, lay_out
from kb.answer.decide import Decision
from kb.answer.direct import say_verdict, starts_with_verdict
from kb.answer.scoring import Scored
from kb.answer.understand import Question
from kb.answer.units import Unit, units_of
from kb.records import Hit

_SHORT = 900  # characters of a section that is quoted whole
_MILD = frozenset({Norm.MAY, Norm.MAY_IF})


def compose_ruling(
    question: Question,
    decision: Decision,
    rules: Sequence[Passage],
    choice: Choice | None,
    *,
    front: Callable[[str, str], FrontMatter],
) -> Composition:
    """Compose an answer from a table's decision and the sections it leans on.

    `rules` are the passages of `decision.sections`, in order; `choice` what retrieval found for the
    question, None if it does not support an answer. The section nearest to the question follows the
    rule that decides, unless it speaks of a milder case.
    """
    nearest = _nearest(decision, rules, choice) if decision.verdict else []
    units = list(_of_rule(rules[0], decision.quotes, whole=not nearest and not decision.quotes))
    units += nearest
    for passage in rules[1:]:
        units += _of_rule(passage, decision.quotes, whole=False)
    quotes = group(_once(units))
    citations = tuple(cite(quote, number, front=front) for number, quote in enumerate(quotes, 1))
    short = "" if question.leans else say_verdict(question, decision.verdict)
    return Composition(short, lay_out(short, citations), citations)


def _nearest(decision: Decision, rules: Sequence[Passage], choice: Choice | None) -> list[Scored]:
    """Return what to quote of the passage nearest to the question, if of the same case."""
    if choice is None:
        return []
    best = choice.hits[0]
    if decision.verdict is Verdict.NO and best.passage.norm in _MILD:
        return []
    if best.passage.id in {passage.id for passage in rules[1:]}:
        return []
    if starts_with_verdict(choice.units[0].unit.text):
        return []
    return [scored for scored in choice.units if scored.hit.passage.id == best.passage.id]


def _of_rule(passage: Passage, quotes: Sequence[str], *, whole: bool) -> Iterator[Scored]:
    """Yield the rule of a section, its first sentence, and the sentences the table names."""
    hit = Hit(rank=1, score=1.0, dense=1.0, lexical=1.0, passage=passage)
    everything = whole and len(passage.text) <= _SHORT
    for place, unit in enumerate(units_of(passage)):
        if everything or place == 0 or is_named(unit, quotes):
            yield Scored(hit, unit, score=1.0, meaning=1.0, coverage=1.0, typed=True)


def is_named(unit: Unit, quotes: Iterable[str]) -> bool:
    """Say whether a table names a sentence, or a list by its first line."""
    return unit.text.split("\n", 1)[0].strip() in {quote.strip() for quote in quotes}


def _once(units: Iterable[Scored]) -> list[Scored]:
    """Keep the first of each unit; those of one passage together, in reading order."""
    kept: dict[str, dict[tuple[int, int], Scored]] = {}
    for scored in units:
        kept.setdefault(scored.hit.passage.id, {}).setdefault(scored.place, scored)
    return [found[place] for found in kept.values() for place in sorted(found)]
