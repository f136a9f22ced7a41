"""Write the table of docs/accessibility.md: `python -m tests.browser.axe_table`."""

import re
import sys
from pathlib import Path

from playwright.sync_api import expect, sync_playwright

from tests.browser.axe import VIEWS, hold_against_axe
from tests.browser.conftest import QUIET, chromium
from tests.browser.states import STATES
from tests.web.served import served

PAGE = Path(__file__).parents[2] / "docs" / "accessibility.md"
_BETWEEN = re.compile(r"(?<=<!-- axe -->\n).*(?=<!-- /axe -->)", re.DOTALL)


def measure() -> str:
    """Return the table in Markdown: faults of every state in every view, then the undecided."""
    heads = [f"{width} {scheme}" for width, _, scheme in VIEWS.values()]
    lines = ["| " + " | ".join(("state", *heads, "not decided")) + " |", "|---" * 8 + "|"]
    total = 0
    expect.set_options(timeout=60_000)
    with served() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(QUIET))
        for state in STATES:
            page = browser.new_page(base_url=address)
            page.set_default_timeout(60_000)
            state.reach(page)
            found = list(hold_against_axe(page))
            page.close()
            total += sum(len(one.faults) for one in found)
            counts = (str(len(one.faults)) for one in found)
            undecided = max(one.unsure for one in found)
            lines.append("| " + " | ".join((state.name, *counts, str(undecided))) + " |")
            for one in found:
                sys.stderr.write("".join(f"{state.name}, {one.view}: {f}\n" for f in one.faults))
        browser.close()
    runs = len(STATES) * len(VIEWS)
    return "\n".join((*lines, "", f"{total} violations in {runs} runs.", ""))


if __name__ == "__main__":
    text = PAGE.read_text(encoding="utf-8")
    table = measure()
    PAGE.write_text(_BETWEEN.sub(lambda _: table, text), encoding="utf-8")
    sys.stdout.write(table)
