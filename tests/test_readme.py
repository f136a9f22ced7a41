"""The README is true: its commands parse, its settings and outcomes are the real ones."""

import re
import shlex
from pathlib import Path

import pytest

from kb.cli import build_parser
from kb.records import Outcome
from kb.settings import Settings

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^vagvisaren .+$", README, re.MULTILINE)
GUIDES = sorted((ROOT / "docs/guides").glob("*.md"))
SHOWN = [
    command
    for guide in GUIDES
    for command in re.findall(r"^vagvisaren .+$", guide.read_text(encoding="utf-8"), re.MULTILINE)
]


@pytest.mark.parametrize("command", [*COMMANDS, *SHOWN])
def test_every_command_of_readme_and_guides_parses(command: str) -> None:
    assert callable(build_parser().parse_args(shlex.split(command, comments=True)[1:]).run)


def test_the_readme_shows_every_verb() -> None:
    verbs = {shlex.split(command)[1] for command in COMMANDS}
    shown = (
        "ask search ingest sync check council journal receipt sign-out switch token backup restore "
        "doctor eval serve"
    )
    assert verbs == set(shown.split())
    help_text = build_parser().format_help()
    assert all(verb in help_text for verb in verbs)


def test_the_settings_table_is_complete() -> None:
    shown = set(re.findall(r"^\| `(VAGVISAREN_\w+)`", README, re.MULTILINE))
    assert shown == {f"VAGVISAREN_{name.upper()}" for name in Settings.model_fields}


def test_every_outcome_is_named() -> None:
    assert all(f"`{outcome}`" in README for outcome in Outcome)


def test_every_link_to_a_file_leads_to_one() -> None:
    for target in re.findall(r"\]\((?!http)([^)#]+)\)", README):
        assert (ROOT / target).exists(), target


@pytest.mark.parametrize("target", re.findall(r"^make (\w+)", README, re.MULTILINE))
def test_every_make_target_exists(target: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.search(rf"^{target}:", makefile, re.MULTILINE)
