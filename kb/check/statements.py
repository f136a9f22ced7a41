"""Read which way a sentence of guidance goes: whether it gives leave, or frees from a duty."""

import re
from enum import StrEnum
from functools import cache

from ingest.shipped_data import read_yaml


class Turn(StrEnum):
    """Which way a sentence goes, by its Swedish words for a reviewer."""

    LEAVE = "tillåter"
    NO_DUTY = "befriar från"


def turn_of(sentence: str) -> Turn | None:
    """Return which way a sentence goes; None for a question, a ban, or neither."""
    if sentence.rstrip().endswith("?"):
        return None
    wording = _wording()
    if wording["no_duty"].search(sentence):
        return Turn.NO_DUTY
    if wording["leave"].search(sentence) and not wording["negation"].search(sentence):
        return Turn.LEAVE
    return None


def turns_in(text: str) -> bool:
    """Say whether a text may give leave or free from a duty somewhere: quick and generous."""
    wording = _wording()
    return bool(wording["leave"].search(text) or wording["no_duty"].search(text))


def is_unbounded(sentence: str) -> bool:
    """Say whether a sentence gives leave with no bounds: "fritt", "utan godkännande"."""
    return bool(_wording()["unbounded"].search(sentence))


def matter_of(sentence: str) -> str:
    """Return a sentence without its conditions and what it leaves out."""
    return _wording()["aside"].sub(" ", sentence)


def without_bounds(sentence: str) -> str:
    """Return a sentence without the words that only take the bounds off a leave."""
    return _wording()["unbounded"].sub(" ", sentence)


@cache
def _wording() -> dict[str, re.Pattern[str]]:
    return {
        name: re.compile(
            "|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE | re.DOTALL
        )
        for name, patterns in read_yaml("kb", "statements.yaml").items()
    }
