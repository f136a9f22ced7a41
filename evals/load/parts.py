"""The parts that measure one server: a crowd, the long run of sessions, the start."""

import asyncio
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass

from evals.load import databases
from evals.load.crowd import AT_ONCE, Talked, Thinking, open_pages, talk
from evals.load.plan import Plan
from evals.load.process import Taken
from evals.load.rows import Rows, read_rows
from evals.load.serving import Served, copied, serving
from evals.load.written import both, table

_IDLE = 5.0  # seconds
_STOPS = (100, 250, 500, 1_000, 1_500, 2_000)
_SIDE_BY_SIDE = 8  # sessions of the long run that ask at the same time


@dataclass(frozen=True, slots=True)
class Crowd:
    """What came of a crowd: what it heard, what the server took for it."""

    people: int
    journal: str
    thinking: Thinking
    talked: Talked
    before: Taken
    after: Taken
    own: float  # seconds of processor time that the asking itself took


def crowd(plan: Plan) -> str:
    """Measure crowds of every size, each on a new server with an empty journal."""
    found: list[Crowd] = []
    checks = []
    for people in plan.people:
        for kind in databases.names():
            crowds, rows = _crowds(plan, people, kind)
            found += crowds
            asked = sum(len(one.talked.heard) for one in crowds)
            checks.append(
                f"{people} people, {kind}: {asked} questions asked, {rows.turns} in the journal, "
                f"{rows.outcomes.get('failed', 0)} of them failed, {rows.faults} broken seals"
            )
    head = ["people", "journal", "thinking", "questions", "failed", "first text p50 / p95, s",
            "whole p50 / p95, s", "answers/s", "server, cores",
            "server CPU an answer, ms", "asking, cores", "server MiB before / after"]  # fmt: skip
    lines = [_line(one) for one in found]
    return f"## A crowd\n\n{table(head, lines)}\n\n" + "\n".join(f"- {line}." for line in checks)


def _line(one: Crowd) -> Sequence[str]:
    heard, seconds = one.talked.heard, one.talked.seconds
    spent = one.after.seconds - one.before.seconds
    return (
        str(one.people), one.journal, str(one.thinking), str(len(heard)),
        str(len(one.talked.faults)), both([h.first for h in heard]), both([h.whole for h in heard]),
        f"{len(heard) / seconds:.1f}", f"{spent / seconds:.2f}",
        f"{spent / len(heard) * 1000:.0f}",
        f"{one.own / seconds:.2f}", f"{one.before.memory:.0f} / {one.after.memory:.0f}",
    )  # fmt: skip


def _crowds(plan: Plan, people: int, kind: str) -> tuple[list[Crowd], Rows]:
    data = copied(plan.data, plan.folder(f"crowd-{people}-{kind}"))
    with (
        databases.empty(kind) as url,
        serving(data, accounts=people, settings={"JOURNAL_URL": url} if url else {}) as served,
    ):

        async def measure() -> list[Crowd]:
            async with open_pages(served, list(served.passwords)) as askers:
                measured = []
                for seed, (turns, thinking) in enumerate(
                    ((plan.turns, plan.thinking), (1, AT_ONCE))
                ):
                    own, before = time.process_time(), served.taken
                    talked = await talk(
                        askers, plan.questions, turns=turns, thinking=thinking, seed=seed
                    )
                    own = time.process_time() - own
                    measured.append(
                        Crowd(people, kind, thinking, talked, before, served.taken, own)
                    )
                return measured

        return asyncio.run(measure()), read_rows(data, url=url)


def sessions(plan: Plan) -> str:
    """Measure the memory of a server that one person after another comes to."""
    data = copied(plan.data, plan.folder("sessions"))
    stops = [*(stop for stop in _STOPS if stop < plan.sessions), plan.sessions]
    faults: list[str] = []
    with serving(data, accounts=plan.sessions, settings={}) as served:
        lines = [("0", f"{served.taken.memory:.0f}", "–")]
        names, gone = list(served.passwords), 0
        for stop in stops:
            before = served.taken.memory
            faults += asyncio.run(_come_and_go(served, names[gone:stop], plan.questions))
            grown = (served.taken.memory - before) * 1024 / (stop - gone)
            lines.append((str(stop), f"{served.taken.memory:.0f}", f"{grown:.0f}"))
            gone = stop
    head = ["sessions so far", "server MiB", "KiB for each new one"]
    said = f"{plan.sessions} people, each signed in, one question each, {len(faults)} failed."
    return f"## Sessions\n\n{said}\n\n{table(head, lines)}"


async def _come_and_go(served: Served, names: Sequence[str], questions: Sequence[str]) -> list[str]:
    """Let people come, ask once and go, some side by side; return what failed."""
    faults: list[str] = []
    for place in range(0, len(names), _SIDE_BY_SIDE):
        async with open_pages(served, names[place : place + _SIDE_BY_SIDE]) as askers:
            talked = await talk(askers, questions, turns=1, thinking=AT_ONCE, seed=place)
            faults += talked.faults
    return faults


def start(plan: Plan) -> str:
    """Time the start over a ready index, and what the server takes when nobody asks."""
    data = copied(plan.data, plan.folder("start"))
    times, work, idle, memory = [], [], [], []
    for _ in range(plan.starts):
        with serving(data, accounts=0, settings={}) as served:
            times.append(served.started_in)
            work.append(before := served.taken.seconds)
            time.sleep(_IDLE)
            idle.append((served.taken.seconds - before) / _IDLE)
            memory.append(served.taken.memory)
    return (
        "## Start\n\n"
        f"From `vagvisaren serve` to 200 on `/redo`, index and model ready: median "
        f"{statistics.median(times):.1f} s of {len(times)} "
        f"({', '.join(f'{one:.1f}' for one in times)}), of which "
        f"{statistics.median(work):.1f} s are processor time. With nobody asking it takes "
        f"{statistics.median(idle) * 100:.1f} % of a core and {statistics.median(memory):.0f} MiB."
    )
