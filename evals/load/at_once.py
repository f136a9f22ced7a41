"""How many answers to make at a time: the same crowd in the same moment, by that limit."""

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from statistics import median

from evals.load.crowd import AT_ONCE, open_pages, talk
from evals.load.plan import Plan
from evals.load.serving import Served, copied, serving
from evals.load.written import table

_CHOICES = (2, 4, 8, 16, 32)  # VAGVISAREN_ANSWERS_AT_ONCE
_ROUNDS = 3  # interleaved, so that what else the machine does meets every choice
_WARM = 50  # questions before, so that what is read once is in memory

Figures = tuple[float, float, float]  # seconds to first text p50, to the last whole, answers/s


def at_once(plan: Plan) -> str:
    """Measure the largest crowd asking in one moment, for each number of answers at a time."""
    people = max(plan.people)
    found: defaultdict[int, list[Figures]] = defaultdict(list)
    for turn in range(_ROUNDS):
        for choice in _CHOICES:
            data = copied(plan.data, plan.folder(f"at-once-{choice}-{turn}"))
            settings = {"ANSWERS_AT_ONCE": str(choice)}
            with serving(data, accounts=people, settings=settings) as served:
                found[choice].append(asyncio.run(_ask(served, plan.questions)))
    head = ("at a time", "first text p50, s", "the last whole answer, s", "answers/s")
    lines = [_line(choice, figures) for choice, figures in found.items()]
    said = f"{people} people ask in the same moment; medians of {_ROUNDS} interleaved runs."
    return f"## Answers at a time\n\n{said}\n\n{table(head, lines)}"


async def _ask(served: Served, questions: Sequence[str]) -> Figures:
    async with open_pages(served, list(served.passwords)) as askers:
        await talk(askers[:_WARM], questions[-_WARM:], turns=1, thinking=AT_ONCE, seed=1)
        talked = await talk(askers, questions, turns=1, thinking=AT_ONCE, seed=2)
    heard = talked.heard
    return (
        median(one.first for one in heard),
        max(one.whole for one in heard),
        len(heard) / talked.seconds,
    )


def _line(choice: int, figures: Sequence[Figures]) -> Sequence[str]:
    first, last, rate = (median(values) for values in zip(*figures, strict=True))
    return str(choice), f"{first:.1f}", f"{last:.1f}", f"{rate:.1f}"
