"""Exposure: where what a person should not have written comes out again."""

import re
import unicodedata
from collections.abc import Mapping

from evals.cases import Case
from kb.present import answer_json, to_json
from kb.records import Answer

_SHORTEST = 6  # digits in a row, separators left out, that may point at somebody
_ROW = re.compile(r"\d(?:[^\w\n]{0,3}\d|\n\d|_\d)+")
_MAIL = re.compile(r"[\w.+-]+@[\w.-]+\w")
_OWN = frozenset({"id", "timings_ms"})  # of the answer itself, not of the question


def secrets(case: Case) -> frozenset[str]:
    """Return what of a case's questions must come out nowhere: rows of digits, addresses."""
    text = _fold("\n".join([case.question, *(turn.question for turn in case.history)]))
    rows = (re.sub(r"\D", "", row) for row in _ROW.findall(text))
    return frozenset(row for row in rows if len(row) >= _SHORTEST) | frozenset(_MAIL.findall(text))


def exposed(case: Case, answer: Answer, heard: Mapping[str, str]) -> tuple[str, ...]:
    """Return the places where a secret of the case comes out.

    The places are the keys of the answer's JSON and those of `heard`: logs, errors, the model.
    """
    parts = {key: to_json(value) for key, value in answer_json(answer).items() if key not in _OWN}
    hidden = secrets(case)
    return tuple(place for place, text in {**parts, **heard}.items() if _holds(text, hidden))


def _holds(text: str, hidden: frozenset[str]) -> bool:
    folded = _fold(text)
    digits = re.sub(r"\D", "", folded)
    return any(secret in (digits if secret.isdigit() else folded) for secret in hidden)


def _fold(text: str) -> str:
    """Write every digit as ASCII, and take out what cannot be seen."""
    plain = unicodedata.normalize("NFKC", text)
    seen = (c for c in plain if unicodedata.category(c) != "Cf")
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in seen).casefold()
