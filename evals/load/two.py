"""Two replicas behind the shipped proxy, one journal in PostgreSQL; then one is killed."""

import asyncio
import re
from collections import Counter
from pathlib import Path

from evals.load import databases
from evals.load.crowd import Talked, Thinking, open_pages, talk
from evals.load.plan import Plan
from evals.load.proxy import can_proxy, proxied
from evals.load.rows import read_rows
from evals.load.serving import Served, copied, serving
from evals.load.written import both, table

_PEOPLE = 60
_THINKING = Thinking(1, 6)
_KILL_AFTER = 6.0  # seconds into the second round


def replicas(plan: Plan) -> str:
    """Let a crowd talk through the proxy, whole and then with a replica killed under way."""
    if not (can_proxy() and "PostgreSQL" in databases.names()):
        return "## Two replicas\n\nNot measured: nginx, openssl or PostgreSQL is not installed."
    first, second = (copied(plan.data, plan.folder(f"replica-{n}")) for n in (1, 2))
    folder = plan.folder("proxy")
    with databases.empty("PostgreSQL") as url:
        settings = {"JOURNAL_URL": str(url)}
        with (
            serving(first, accounts=_PEOPLE, settings=settings) as one,
            serving(second, accounts=_PEOPLE, settings=settings) as other,
            proxied(folder, replicas=(port(one), port(other))) as address,
        ):
            whole = asyncio.run(_talk(plan, one, address))
            kept = read_rows(first, url=url)
            broken = asyncio.run(_talk(plan, one, address, kill=other))
            after = read_rows(first, url=url)
    answered = len(broken.heard) - len(broken.faults)
    rows = [
        _line("both stand", whole, kept.turns),
        _line(f"one is killed after {_KILL_AFTER:g} s", broken, after.turns - kept.turns),
    ]
    head = [
        "",
        "questions",
        "failed",
        "first text p50 / p95, s",
        "whole p50 / p95, s",
        "in the journal",
    ]
    shares = ", ".join(map(str, sorted(served_by(folder).values())))
    lost = max(0, answered - (after.turns - kept.turns))
    return (
        f"## Two replicas\n\n{_PEOPLE} people signed in, thinking {_THINKING}; two processes "
        f"on the same two cores, nginx with the shipped configuration, one journal in "
        f"PostgreSQL.\n\n"
        f"{table(head, rows)}\n\n"
        f"- Requests by replica: {shares}.\n"
        f"- Answers heard that are not in the journal: {lost}. Broken seals: {after.faults}.\n"
        f"- Faults when one was killed: {_told(broken)}. Whoever asked there was answered by the "
        f"other from the next question on."
    )


def port(served: Served) -> int:
    """Return the port that a server listens on."""
    return int(served.address.rpartition(":")[2])


def served_by(folder: Path) -> Counter[str]:
    """Count the requests of each replica in the proxy's log."""
    log = (folder / "out.log").read_text(encoding="utf-8")
    return Counter(re.findall(r"127\.0\.0\.1:(\d+)$", log, re.MULTILINE))


def _line(name: str, talked: Talked, rows: int) -> list[str]:
    good = [one for one in talked.heard if not one.fault]
    return [
        name, str(len(talked.heard)), str(len(talked.faults)), both([one.first for one in good]),
        both([one.whole for one in good]), str(rows),
    ]  # fmt: skip


def _told(talked: Talked) -> str:
    counted = Counter(talked.faults)
    return ", ".join(f"{number} × {name}" for name, number in counted.items()) or "none"


async def _talk(plan: Plan, one: Served, address: str, *, kill: Served | None = None) -> Talked:
    # Sessions lie in the shared database: who has signed in at one replica is known at both.
    async with open_pages(one, list(one.passwords), address=address) as askers:
        asking = asyncio.create_task(
            talk(askers, plan.questions, turns=plan.turns, thinking=_THINKING, seed=7)
        )
        if kill is not None:
            await asyncio.sleep(_KILL_AFTER)
            kill.process.kill()
        return await asking
