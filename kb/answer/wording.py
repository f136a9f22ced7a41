"""How questions are worded: `data/questions.yaml` and its regular expressions."""

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from ingest.shipped_data import read_yaml


@cache
def questions() -> dict[str, Any]:
    """Return what `data/questions.yaml` holds."""
    data: dict[str, Any] = read_yaml("kb", "questions.yaml")
    return data


def any_of(patterns: Sequence[str]) -> re.Pattern[str]:
    """Return a pattern that finds what any of several finds, without regard to case."""
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


@cache
def pattern(name: str) -> re.Pattern[str]:
    """Return the pattern that a list of `data/questions.yaml` makes."""
    return any_of(questions()[name])
