"""Print how personal data in questions is met: `python -m evals.personal_data`."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from evals.opening import make_ready
from evals.personal_data.forms import FORMS
from evals.personal_data.measure import Met, Share, false_alarms, meet, recall_by_form, total
from evals.personal_data.suite import NAME, NEGATIVE, POSITIVE
from evals.statistics import interval
from evals.suites import load_suite
from kb.guide import open_guide
from kb.settings import Settings, read_settings


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; return 1 if anything came out or a critical case is not right."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--library", type=Path)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--as-of", type=date.fromisoformat, default=date.today())
    options = parser.parse_args(arguments)
    settings = read_settings(library=options.library, data=options.data, as_of=options.as_of)
    met = ask_suite(settings, as_of=options.as_of)
    sys.stdout.write("\n".join(report(met, today=options.as_of)) + "\n")
    return int(any(one.exposed or (one.case.critical and not one.right) for one in met))


def ask_suite(settings: Settings, *, as_of: date) -> tuple[Met, ...]:
    """Ask the suite of the library in the settings."""
    make_ready(settings)
    guide = open_guide(settings, use_chroma=False)
    try:
        return meet(guide, load_suite(NAME).cases, as_of=as_of)
    finally:
        guide.close()


def report(met: Sequence[Met], *, today: date) -> Iterator[str]:
    """Yield the lines of a Markdown report: the suite, then every form and every lookalike."""
    forms, alarms = recall_by_form(today=today), false_alarms(today=today)
    measured = [one for one in forms if one.name in FORMS]
    harder = [one for one in forms if one.name not in FORMS]
    asked = [one for one in met if one.case.kind in POSITIVE]
    taken = [one for one in met if one.case.kind in NEGATIVE]
    yield "| | found | of | share | 95 % |"
    yield "|---|---:|---:|---:|---|"
    yield _row(Share("suite: turned back", sum(one.turned_back for one in asked), len(asked)))
    yield _row(Share("suite: turned back wrongly", sum(m.turned_back for m in taken), len(taken)))
    yield _row(Share("suite: came out anywhere", sum(bool(one.exposed) for one in met), len(met)))
    yield _row(total("the thirteen forms", measured))
    yield _row(total("harder forms", harder))
    yield _row(total("lookalikes taken for numbers", alarms))
    yield "\n| form or lookalike | found | of | share | 95 % |"
    yield "|---|---:|---:|---:|---|"
    yield from map(_row, (*forms, *alarms))
    for one in met:
        if not one.right:
            places = f"; came out in {', '.join(one.exposed)}" if one.exposed else ""
            yield f"- {one.case.id}: {one.outcome}{places}"


def _row(share: Share) -> str:
    low, high = interval([1.0] * share.found + [0.0] * (share.n - share.found))
    value = share.found / share.n
    return f"| {share.name} | {share.found} | {share.n} | {value:.3f} | {low:.3f}–{high:.3f} |"


if __name__ == "__main__":
    sys.exit(main())
