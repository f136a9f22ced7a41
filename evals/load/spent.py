"""Where the time of a turn goes, one person asking a server that does nothing else."""

import asyncio
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from statistics import median

from evals.load import databases
from evals.load.asker import Heard
from evals.load.crowd import AT_ONCE, open_pages, talk
from evals.load.plan import Plan
from evals.load.rows import read_rows
from evals.load.serving import copied, serving
from evals.load.written import both, table
from kb.guide import open_guide
from kb.journal.here import now
from kb.journal.records import Actor, Role
from kb.journal.store import open_journal
from kb.journal.turns import TurnRecorder
from kb.records import Answer
from kb.settings import read_settings

_ASKED = 60
_EACH = 10  # questions of one person, within what one may ask a minute
_PAUSE = 120.0  # ms between the blocks of an answer, `web.limits.Limits.pause`


def turn(plan: Plan) -> str:
    """Measure a turn as it is heard, and its parts: the guide, the journal, the calm steps."""
    data = copied(plan.data, plan.folder("turn"))
    questions = plan.questions[:_ASKED]
    with serving(data, accounts=_ASKED // _EACH, settings={}) as served:

        async def ask() -> list[Heard]:
            heard: list[Heard] = []
            async with open_pages(served, list(served.passwords)) as askers:
                await talk(askers, plan.questions[-_EACH:], turns=1, thinking=AT_ONCE)
                for place, question in enumerate(questions):
                    heard.append(await askers[place % len(askers)].ask(question))
            return heard

        heard = asyncio.run(ask())
    guide = read_rows(data).guide[-_ASKED:]
    written = {kind: _writing(data, kind, plan, questions) for kind in databases.names()}
    whole = [one.whole * 1000 for one in heard]
    calm = [max(0, one.steps - 2) * _PAUSE for one in heard]
    here = median(written["SQLite"])
    rest = median(whole) - median(guide) - here - median(calm)
    rows = [
        ("whole answer, as heard", both(whole, digits=0)),
        ("first text, as heard", both([one.first * 1000 for one in heard], digits=0)),
        ("the guide", both(guide, digits=0)),
        *((f"a row in {kind}", both(times, digits=1)) for kind, times in written.items()),
        ("calm steps: pauses between blocks", both(calm, digits=0)),
        ("the rest: Gradio, HTTP, rendering (difference of medians)", f"{rest:.0f}"),
    ]
    failed = sum(bool(one.fault) for one in heard)
    said = f"{len(heard)} questions one after another, {failed} failed; milliseconds."
    return f"## A turn\n\n{said}\n\n{table(('part', 'p50 / p95'), rows)}"


def _writing(data: Path, kind: str, plan: Plan, questions: Sequence[str]) -> list[float]:
    """Return milliseconds of writing each Answer in an empty journal of a kind."""
    guide = open_guide(read_settings(data=data))
    actor = Actor(user="p0000", role=Role.READER, channel="web", session="s")
    times = []
    with databases.empty(kind) as url:
        journal = open_journal(plan.folder(f"journal-{kind}"), url=url)
        recorder = TurnRecorder(journal, guide, now=now, today=date.today)
        answers: list[Answer] = [guide.ask(question) for question in questions]
        for answer in answers:
            started = time.perf_counter()
            recorder.record(answer, actor=actor)
            times.append((time.perf_counter() - started) * 1000)
        journal.close()
    guide.close()
    return times
