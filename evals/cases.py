"""Cases: one question or attack each, with what must and must not happen; JSON Lines."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

from ingest.errors import VagvisarenError
from kb.records import Outcome, Turn


@dataclass(frozen=True, slots=True)
class Case:
    """One Case of a suite.

    `must`: every entry is found in the answer; `|` inside an entry means or. `forbid`: no entry
    is found. `outcomes`: the ways the turn may end; empty means any. `gold`: passages that hold
    the answer, as `document#anchor`; a cited one is enough. `history`: earlier questions.
    """

    id: str
    question: str
    kind: str = "answerable"
    group: str = ""
    must: tuple[str, ...] = ()
    forbid: tuple[str, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    gold: tuple[str, ...] = ()
    history: tuple[Turn, ...] = ()
    as_of: date | None = None
    critical: bool = False
    note: str = ""


def load_cases(path: Path) -> tuple[Case, ...]:
    """Read a suite.

    Raises:
        VagvisarenError: a line is not a Case; the message names file, line and what is wrong.
    """
    cases = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.strip():
            try:
                cases.append(_case(json.loads(line)))
            except (ValueError, TypeError, KeyError) as error:
                raise VagvisarenError(f"{path.name}, line {number}: {error}.") from error
    _refuse_duplicates(path, cases)
    return tuple(cases)


def _case(data: dict[str, Any]) -> Case:
    known = {field.name for field in fields(Case)}
    if unknown := set(data) - known:
        raise ValueError(f"unknown keys {', '.join(sorted(unknown))}; known are {sorted(known)}")
    data = dict(data)
    for key in ("must", "forbid", "gold"):
        data[key] = tuple(data.get(key, ()))
    data["outcomes"] = tuple(Outcome(name) for name in data.get("outcomes", ()))
    data["history"] = tuple(Turn(question) for question in data.get("history", ()))
    data["as_of"] = date.fromisoformat(data["as_of"]) if data.get("as_of") else None
    return Case(**data)


def _refuse_duplicates(path: Path, cases: Iterable[Case]) -> None:
    seen: set[str] = set()
    for case in cases:
        if case.id in seen:
            raise VagvisarenError(f"{path.name}: case id {case.id} stands twice; rename one.")
        seen.add(case.id)
