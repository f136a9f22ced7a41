"""Choose what answers: the passage, then its sentences, then what a further passage adds."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kb.answer.scoring import Reading, Scored, Scorer
from kb.records import Hit

LEAD_ALONE = 0.05  # lead of a passage when every hit is of its own document


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen: hits in order of how well they answer, and the units to quote.

    `coverage` is the share of the question's content words that the best passage and the
    questions written for it say; `typed` says that a quoted unit holds a value of the asked kind.
    `score` is that of the best passage, `lead` how far it is ahead of every other document's.
    """

    hits: tuple[Hit, ...]
    units: tuple[Scored, ...]
    coverage: float
    typed: bool
    score: float = 0.0
    lead: float = LEAD_ALONE


def choose(
    reading: Reading,
    hits: Sequence[Hit],
    *,
    scorer: Scorer,
    year_of: Callable[[Hit], int | None],
) -> Choice | None:
    """Choose passages and units for a question; None when there are no hits.

    A comparison is answered from the best passage of each year, oldest first.
    """
    if not hits:
        return None
    scores = dict(
        zip((hit.passage.id for hit in hits), scorer.passages(reading, hits), strict=True)
    )
    ranked = sorted(hits, key=lambda hit: -scores[hit.passage.id])
    best = ranked[0]
    years = sorted({year for hit in ranked if (year := year_of(hit))})
    if reading.question.compares and year_of(best) and len(years) > 1:
        units = _one_per_year(reading, ranked, years, scorer=scorer, year_of=year_of)
    else:
        limit = scores[best.passage.id] - scorer.weights.close_passage
        close = [hit for hit in ranked[1:4] if scores[hit.passage.id] >= limit]
        units = _with_additions(reading, best, close, scorer=scorer)
    rivals = [
        scores[hit.passage.id]
        for hit in ranked
        if hit.passage.document_id != best.passage.document_id
    ]
    score = scores[best.passage.id]
    return Choice(
        hits=tuple(ranked),
        units=tuple(units),
        coverage=scorer.coverage(reading.wanted, scorer.heard(best.passage)),
        typed=any(scored.typed for scored in units),
        score=score,
        lead=score - max(rivals) if rivals else LEAD_ALONE,
    )


def _one_per_year(
    reading: Reading,
    ranked: Sequence[Hit],
    years: Sequence[int],
    *,
    scorer: Scorer,
    year_of: Callable[[Hit], int | None],
) -> list[Scored]:
    chosen: list[Scored] = []
    for year in years:
        hit = next(hit for hit in ranked if year_of(hit) == year)
        units = sorted(scorer.units(reading, hit), key=lambda scored: -scored.score)
        chosen += sorted(units[: scorer.weights.added_units], key=lambda scored: scored.place)
    return chosen


def _with_additions(
    reading: Reading, best: Hit, close: Sequence[Hit], *, scorer: Scorer
) -> list[Scored]:
    """Quote the best passage, and what the close ones say beyond it."""
    weights = scorer.weights
    units = scorer.units(reading, best)
    chosen = _keep(units, scorer)
    limit = max(scored.score for scored in units) - weights.added_margin
    added = 0
    for hit in close:
        fresh: list[Scored] = []
        for scored in sorted(scorer.units(reading, hit), key=lambda scored: -scored.score):
            full = added + len(fresh) >= weights.added_units
            if full or len(chosen) + len(fresh) >= weights.most_units or scored.score < limit:
                break
            if not any(scorer.says_the_same(scored, other) for other in (*chosen, *fresh)):
                fresh.append(scored)
        chosen += sorted(fresh, key=lambda scored: scored.place)
        added += len(fresh)
    return chosen


def _keep(units: Sequence[Scored], scorer: Scorer) -> list[Scored]:
    """Keep a short passage whole; of a long one the best units, in reading order."""
    weights = scorer.weights
    length = sum(len(scored.unit.text) for scored in units)
    if len(units) <= weights.whole_units and length <= weights.whole_characters:
        return list(units)
    limit = max(scored.score for scored in units) - weights.keep
    kept: list[Scored] = []
    for scored in sorted(units, key=lambda scored: -scored.score):
        if len(kept) >= weights.most_units or scored.score < limit:
            break
        if not any(scorer.says_the_same(scored, other) for other in kept):
            kept.append(scored)
    return sorted(kept, key=lambda scored: scored.place)
