"""Cases: one question or attack each, with what must and must not happen; JSON Lines."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from ingest.errors import VagvisarenError
from kb.records import Outcome, Turn

SHORT = ("Ja", "Nej", "Bara om", "")  # the direct answers a Case may allow; "" is none given
_LISTS = ("must", "forbid", "gold", "short")


@dataclass(frozen=True, slots=True)
class Case:
    """One Case of a suite.

    `must`: every entry is found in the answer; `|` inside an entry means or. `forbid`: no entry
    is found. `outcomes`: the ways the turn may end; empty means any. `short`: the direct answers
    allowed, of `SHORT`; empty means any. `gold`: passages that hold the answer, as
    `document#anchor`. `history`: earlier questions, oldest first. `group` names a group of
    paraphrases; `role` who asks. `{CANARY}` in the texts is filled in anew for every run.
    """

    id: str
    question: str
    kind: str = "answerable"
    group: str = ""
    role: str = ""
    perspective: str = ""
    must: tuple[str, ...] = ()
    forbid: tuple[str, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    short: tuple[str, ...] = ()
    gold: tuple[str, ...] = ()
    history: tuple[Turn, ...] = ()
    as_of: date | None = None
    critical: bool = False
    note: str = ""

    @property
    def digest(self) -> str:
        """Identify what the case asks and demands; 12 hex digits, another note is not another."""
        parts = [repr(getattr(self, f.name)) for f in fields(self) if f.name not in _NO_DEMAND]
        return sha256("\0".join(parts).encode()).hexdigest()[:12]


_NO_DEMAND = ("note", "role", "perspective")


def load_cases(path: Path) -> tuple[Case, ...]:
    """Read a suite.

    Raises:
        VagvisarenError: a line is not a Case; the message names file, line and what is wrong.
    """
    try:
        # JSON may hold other line separators than \n inside a text.
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise VagvisarenError(f"{path} går inte att läsa som UTF-8-text.") from error
    cases = []
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                cases.append(read_case(json.loads(line)))
            except (ValueError, TypeError, KeyError) as error:
                raise VagvisarenError(f"{path.name}, rad {number}: {_explain(error)}.") from error
    _refuse_duplicates(path, cases)
    return tuple(cases)


def read_case(data: dict[str, Any]) -> Case:
    """Make a Case of its JSON object.

    Raises:
        ValueError, TypeError: a key is unknown, missing or has a value that cannot be used.
    """
    known = {field.name for field in fields(Case)}
    if unknown := set(data) - known:
        raise ValueError(f"okända nycklar {', '.join(sorted(unknown))}; kända är {sorted(known)}")
    for key in ("id", "question"):
        if not isinstance(data.get(key), str) or not data[key].strip():
            raise ValueError(f"{key} saknas; skriv en text")
    data = dict(data)
    for key in _LISTS:
        if not isinstance(data.get(key, []), list):
            raise TypeError(f"{key} ska vara en lista")
        data[key] = tuple(data.get(key, ()))
    if strange := set(data["short"]) - set(SHORT):
        raise ValueError(f"short {sorted(strange)} finns inte; skriv någon av {list(SHORT)}")
    data["outcomes"] = tuple(Outcome(name) for name in data.get("outcomes", ()))
    data["history"] = tuple(Turn(question) for question in data.get("history", ()))
    data["as_of"] = date.fromisoformat(data["as_of"]) if data.get("as_of") else None
    return Case(**data)


def _explain(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"inte JSON ({error}); skriv ett objekt per rad"
    return str(error)


def _refuse_duplicates(path: Path, cases: Iterable[Case]) -> None:
    seen: set[str] = set()
    for case in cases:
        if case.id in seen:
            raise VagvisarenError(
                f"{path.name}: id {case.id} står två gånger; byt namn på den ena."
            )
        seen.add(case.id)
