"""Screening policy for questions: personal data is turned back, steering is left out."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

import yaml

from ingest.personal_data import Finding, find_personal_numbers

MAX_LENGTH = 4_000  # characters of a question; what is longer is not a question
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff"
    "\ufff9-\ufffb\ufe00-\ufe0f\U000e0000-\U000e0fff\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]"
)
_CLAUSE = re.compile(
    r"(?<=[.!?])\s+|\n+|,\s+(?:then|and then|sedan|och sedan|och sen|därefter)\s+"
    r"|\s+(?:and then|och sedan|och sen)\s+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Screened:
    """A question after screening.

    `text` is what may be answered, cleaned and without steering clauses; `steered` says that
    something was left out; `findings` are pieces of personal data: if there are any, nothing of
    the question may be stored or passed on.
    """

    text: str
    steered: bool
    findings: tuple[Finding, ...]


def screen(question: str, *, today: date) -> Screened:
    """Clean a question and take out what tries to steer the system."""
    clean = unicodedata.normalize("NFC", _INVISIBLE.sub("", question))[:MAX_LENGTH].strip()
    findings = find_personal_numbers(clean, today=today)
    clauses = [clause for clause in _CLAUSE.split(clean) if clause and clause.strip()]
    kept = [clause for clause in clauses if not _steers(clause)]
    if len(kept) == len(clauses):
        return Screened(clean, False, findings)
    return Screened(" ".join(kept).strip(), True, findings)


def _steers(clause: str) -> bool:
    return any(pattern.search(clause) for pattern in _patterns())


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    source = files("kb").joinpath("data/instructions.yaml").read_text(encoding="utf-8")
    return tuple(re.compile(text, re.IGNORECASE) for text in yaml.safe_load(source)["clauses"])
