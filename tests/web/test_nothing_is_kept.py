"""Of a question with personal data nothing is kept: not on disk, in logs, in Gradio's memory.

The real app runs as a process of its own, with a real guide, a real journal and every logger at
its loudest; every byte it has written is searched for the marks that the questions carried.
"""

import os
import re
import signal
import sqlite3
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from kb.settings import Settings
from tests.evals.small_library import make_small
from tests.web.serve_watched import BREAKS
from tests.web.test_application import call, functions

ROOT = Path(__file__).parents[2]
# No mark stands in more than one question, so that a find says which of them came out.
TURNED_BACK = {
    "zebrafisk": "Får jag skriva 19900101-2385 zebrafisk i en öppen AI-tjänst?",
    "ananaspaj": "Eleven 2000\u200b0229-2399 ananaspaj?",
    "kvastskaft": "Skyddad identitet kvastskaft, nås på 070-1740612, får jag mata in?",
    "gurkmeja": "Hon är gravid och nås på gurkmeja.annan@example.se, kan AI skriva?",
    "trumvirvel": f"{BREAKS} trumvirvel 20170101-2393",
    "mossgrön": f"{'Vi har haft ett möte. ' * 205}Mossgrön 202402292383",
}
BROKEN = f"{BREAKS} lakritsrot, vad gäller?"
WEAK = "Får jag skriva 070-1740688 i en öppen AI-tjänst?"
MASKED = "Får jag mata in [personnummer] i en öppen AI-tjänst?"
FOLLOW_UP = "Och om jag bara vill prova?"
DIGITS = ("2385", "2399", "1740612", "2393", "2383")


@dataclass(frozen=True, slots=True)
class Left:
    """What a run has left: every file as bytes, the rows of the journal, what was shown."""

    files: dict[str, bytes]
    turns: list[dict[str, Any]]
    shown: dict[str, str]
    later: dict[str, str]


@pytest.fixture(scope="module")
def left(tmp_path_factory: pytest.TempPathFactory, models: Path) -> Left:
    """Ask everything, stop the app, and gather what it has written."""
    folder = tmp_path_factory.mktemp("kept")
    settings = make_small(folder, models)
    temporary = folder / "temporary"
    temporary.mkdir()
    process = start(settings, folder)
    try:
        address = address_of(folder / "stderr.txt", process)
        with httpx.Client(base_url=address, timeout=60) as client:
            shown = {
                mark: ask(client, question, f"s{n}")
                for n, (mark, question) in enumerate(TURNED_BACK.items())
            }
            # Each session goes on, so that what it kept would be sent again.
            later = {mark: ask(client, FOLLOW_UP, f"s{n}") for n, mark in enumerate(TURNED_BACK)}
            for question in (WEAK, BROKEN):
                shown[question] = ask(client, question, "other")
            shown[MASKED] = ask(client, MASKED, "masked")
            later[MASKED] = ask(client, FOLLOW_UP, "masked")
    finally:
        process.send_signal(signal.SIGINT)  # so that it can still say what it remembers
        process.wait(timeout=120)
    files = {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and "models" not in path.parts
    }
    return Left(files, journal_rows(settings.data / "journal.sqlite3"), shown, later)


def start(settings: Settings, folder: Path) -> subprocess.Popen[bytes]:
    """Start the app with its own folder for everything temporary."""
    temporary = str(folder / "temporary")
    paths = {"TMPDIR": temporary, "GRADIO_TEMP_DIR": temporary, "HOME": temporary}
    program = [sys.executable, "-X", "faulthandler", "-m", "tests.web.serve_watched"]
    places = [str(settings.library), str(settings.data), str(folder / "memory.txt")]
    with (folder / "stderr.txt").open("wb") as errors, (folder / "stdout.txt").open("wb") as out:
        return subprocess.Popen(
            [*program, *places],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stderr=errors,
            stdout=out,
            env={**os.environ, **paths},
        )


def address_of(errors: Path, process: subprocess.Popen[bytes]) -> str:
    """Wait until the app says where it answers."""
    while process.poll() is None:
        found = re.search(r"http://\S+?(?=/ )", errors.read_text(encoding="utf-8"))
        if found:
            return found.group()
    raise AssertionError(errors.read_text(encoding="utf-8"))


def ask(client: httpx.Client, question: str, session: str) -> str:
    """Ask as the page does; return everything that came back."""
    function = functions(client, "/")[0]
    body = {
        "data": [question, None, None, None],
        "fn_index": function["id"],
        "session_hash": session,
        "trigger_id": function["targets"][0][0],
        "event_data": None,
    }
    return "\n".join(repr(message) for message in call(client, "/", body))


def journal_rows(path: Path) -> list[dict[str, Any]]:
    """Return the turns of a journal, read without our code."""
    with sqlite3.connect(path) as connection:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute("SELECT * FROM turn ORDER BY rowid")]


def places_of(mark: str, left: Left) -> list[str]:
    """Return the files that hold a mark, in any of the ways that text is written."""
    written = [mark.encode(), mark.encode("utf-16-le"), ascii(mark)[1:-1].encode()]
    written += [mark.capitalize().encode(), mark.upper().encode()]
    return [name for name, content in left.files.items() if any(one in content for one in written)]


def test_the_run_was_heard_and_asked(left: Left) -> None:
    log = left.files["stderr.txt"]
    for said in (b"debug   sqlalchemy.engine", b"text left out"):
        assert said in log
    assert b"AI-tj" in left.files["memory.txt"]
    assert len(left.turns) == 2 * len(TURNED_BACK) + 4


@pytest.mark.parametrize("mark", TURNED_BACK)
def test_a_question_that_is_turned_back_is_written_nowhere(left: Left, mark: str) -> None:
    assert places_of(mark, left) == []


def test_no_digits_of_anyone_are_written_anywhere(left: Left) -> None:
    log = left.files["stderr.txt"].decode()
    memory = left.files["memory.txt"].decode()
    rows = repr(left.turns)
    for digits in ("19900101-2385", "900101-2385", "0229-2399", "1740612", "0101-2393"):
        assert digits not in log
        assert digits not in memory
        assert digits not in rows


@pytest.mark.parametrize("mark", TURNED_BACK)
def test_nothing_of_it_comes_back_then_or_later(left: Left, mark: str) -> None:
    for heard in (left.shown[mark], left.later[mark]):
        assert mark.lower() not in heard.lower()
        assert not any(digits in words_of(heard) for digits in DIGITS)


def words_of(heard: str) -> str:
    """Return what came back without ids and timings, which hold any digits at all."""
    return re.sub(r"[0-9a-f-]{8,}|\d+\.\d+", "", heard)


def test_the_journal_says_only_that_it_was_turned_back(left: Left) -> None:
    turned = [row for row in left.turns if row["outcome"] == "redact_first"]
    assert len(turned) == len(TURNED_BACK) - 1  # one broke the guide first
    for row in turned:
        assert (row["question"], row["short"], row["text"]) == ("", "", "")
    failed = [row for row in left.turns if row["outcome"] == "failed"]
    assert [row["question"] for row in failed] == ["", ""]


def test_a_broken_guide_leaves_its_message_nowhere(left: Left) -> None:
    assert places_of("lakritsrot", left) in ([], ["memory.txt"])
    assert b"RuntimeError" in left.files["stderr.txt"]
    assert b"lakritsrot" not in left.files["stderr.txt"]
    assert "RuntimeError" not in left.shown[BROKEN]


def test_a_phone_number_that_was_let_through_is_masked_in_the_journal(left: Left) -> None:
    assert "Får jag skriva [telefonnummer] i en öppen AI-tjänst?" in {
        row["question"] for row in left.turns
    }
    assert b"1740688" not in left.files["data/journal.sqlite3"]


def test_a_masked_question_is_answered_and_kept_as_it_was_sent(left: Left) -> None:
    (row,) = [row for row in left.turns if row["question"] == MASKED]
    assert row["outcome"] == "answered"
    assert "[personnummer]" in left.shown[MASKED]
    assert not any(digits in words_of(left.later[MASKED]) for digits in DIGITS)
