"""Run the page's own search for personal data over texts: in Node, or else in Chromium."""

import json
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Any

from ingest.screening.contact_data import PublicContacts
from web.personal_data import WARNING_TEXTS, rules_of
from web.texts import wording

SCRIPTS = ("telefonnummer.js", "personuppgifter.js")
WORDS = {
    key.removeprefix("mask_"): wording("sv").say(key)
    for key in WARNING_TEXTS
    if key.startswith("mask_")
}
_ANSWER = """
const look = globalThis.personuppgifter(JSON.parse(setting.rules));
const answer = (text) => ({
  found: look.find(text, setting.today), masked: look.mask(text, setting.today, setting.words) });
"""
_NODE = """
require("readline").createInterface({ input: process.stdin }).on("line", (line) =>
  console.log(JSON.stringify(JSON.parse(line).map(answer))));
"""


@dataclass(frozen=True, slots=True)
class Seen:
    """What the page finds in a text: `sure` and unsure pieces as (kind, words), and it masked."""

    sure: tuple[tuple[str, str], ...]
    unsure: tuple[tuple[str, str], ...]
    masked: str


Look = Callable[[Sequence[str]], list[Seen]]


@contextmanager
def looking(*, today: date, public: PublicContacts | None = None) -> Iterator[Look]:
    """Yield what looks through texts as the page does; None of the two programs is an error."""
    setting = {
        "rules": json.dumps(rules_of(public or PublicContacts(), today=today)),
        "today": today.isoformat(),
        "words": WORDS,
    }
    sources = [(files("web") / "static" / name).read_text(encoding="utf-8") for name in SCRIPTS]
    program = "\n".join((*sources, f"const setting = {json.dumps(setting)};", _ANSWER))
    with _in_node(program) if shutil.which("node") else _in_chromium(program) as answer:
        yield lambda texts: [_seen(one) for one in answer(texts)]


@contextmanager
def _in_node(program: str) -> Iterator[Callable[[Sequence[str]], Any]]:
    process = subprocess.Popen(
        ["node", "--input-type=commonjs", "--eval", program + _NODE],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    assert process.stdin is not None
    assert process.stdout is not None
    stdin, stdout = process.stdin, process.stdout

    def answer(texts: Sequence[str]) -> Any:
        stdin.write(json.dumps(list(texts)) + "\n")
        stdin.flush()
        return json.loads(stdout.readline())

    try:
        yield answer
    finally:
        stdin.close()
        stdout.close()
        process.wait(timeout=20)


@contextmanager
def _in_chromium(program: str) -> Iterator[Callable[[Sequence[str]], Any]]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--headless=new", "--no-sandbox"]
        )
        page = browser.new_page()
        page.add_script_tag(content=program + "globalThis.answer = answer;")
        yield lambda texts: page.evaluate("(texts) => texts.map(answer)", list(texts))
        browser.close()


def _seen(answer: dict[str, Any]) -> Seen:
    sure, unsure = (
        tuple((one["kind"], one["words"]) for one in answer["found"] if one["sure"] is wanted)
        for wanted in (True, False)
    )
    return Seen(sure, unsure, answer["masked"])
