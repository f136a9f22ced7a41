"""Hold a page against axe-core in light and dark at three widths."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from playwright.sync_api import Page

AXE = Path(sys.prefix) / "axe/node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
CHECK = """async (rules) => {
  const found = await axe.run(document, { runOnly: { type: "tag", values: rules } });
  return found.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 150))}`);
}"""
# Two frames after a change of scheme or width: before, colours may be those of the last one.
_COUNT = """async (rules) => {
  for (const _ of [1, 2]) await new Promise(requestAnimationFrame);
  const found = await axe.run(document, { runOnly: { type: "tag", values: rules } });
  const said = (v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 150))}`;
  return {
    faults: found.violations.map(said), unsure: found.incomplete.length,
    overflow: document.documentElement.scrollWidth - innerWidth,
  };
}"""
VIEWS = {
    "light": (1280, 900, "light"),
    "dark": (1280, 900, "dark"),
    "phone": (390, 844, "light"),
    "phone-dark": (390, 844, "dark"),
    "reflow": (320, 256, "light"),
    "reflow-dark": (320, 256, "dark"),
}


class Found(NamedTuple):
    """What axe-core found in one view; `unsure` are rules that it could not decide.

    `overflow` is how many pixels the page is wider than its window.
    """

    view: str
    faults: list[str]
    unsure: int
    overflow: int


def hold_against_axe(page: Page, *, views: Iterable[str] = VIEWS) -> Iterator[Found]:
    """Yield what is found in each view of a page as it stands; the page is not loaded anew."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    for view in views:
        width, height, scheme = VIEWS[view]
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(
            color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce"
        )
        found: dict[str, Any] = page.evaluate(_COUNT, RULES)
        yield Found(view, found["faults"], found["unsure"], found["overflow"])
