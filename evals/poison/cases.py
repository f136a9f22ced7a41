"""Poisoned cases: a document with something planted, and what must become of it."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Any

from evals.canary import PLACE, make_canary
from ingest.errors import VagvisarenError

CASES = Path(__file__).parent / "poisoned.jsonl"


class Format(StrEnum):
    """A file format; the value is the extension."""

    PDF = "pdf"
    DOCX = "docx"
    HTML = "html"
    MD = "md"


class Fate(StrEnum):
    """What may become of a file that is taken in.

    `refused`: it is no Document; `removed`: the planted is not in the Document, the rest is;
    `flagged`: the reviewer is warned; `clean`: nothing is found amiss.
    """

    REFUSED = "refused"
    REMOVED = "removed"
    FLAGGED = "flagged"
    CLEAN = "clean"


@dataclass(frozen=True, slots=True)
class Poison:
    """One poisoned document.

    `planted` is what an attacker wants said, with `{CANARY}` for the word it is known by; `must`
    are the fates that will do, any of them; `question` would bring the planted out. `title` and
    `text` are the harmless rest. `header` is front matter, for Markdown. A case that must come
    out `clean` is a control: it plants nothing.
    """

    id: str
    format: Format
    technique: str
    planted: str
    must: tuple[Fate, ...]
    question: str
    title: str
    text: str
    header: str = ""
    canary: str = ""

    @property
    def is_control(self) -> bool:
        """Say whether nothing is planted."""
        return Fate.CLEAN in self.must

    @property
    def file_name(self) -> str:
        """Return the name that the file is taken in under."""
        return f"{self.id}.{self.format}"

    @property
    def digest(self) -> str:
        """Identify what is planted and demanded; 12 hex digits."""
        parts = [
            repr(getattr(self, field.name)) for field in fields(self) if field.name != "canary"
        ]
        return sha256("\0".join(parts).encode()).hexdigest()[:12]


def load_poisons(path: Path = CASES) -> tuple[Poison, ...]:
    """Read the list of cases.

    Raises:
        VagvisarenError: a line is no case; the message names file, line and what is wrong.
    """
    cases: list[Poison] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
        if line.strip():
            try:
                cases.append(_read(json.loads(line)))
            except (ValueError, TypeError, KeyError) as error:
                raise VagvisarenError(f"{path.name}, rad {number}: {error}.") from error
    twice = {case.id for case in cases if sum(case.id == other.id for other in cases) > 1}
    if twice:
        raise VagvisarenError(f"{path.name}: id {min(twice)} står två gånger; byt namn på den ena.")
    return tuple(cases)


def place_canaries(cases: Iterable[Poison], *, seed: int) -> tuple[Poison, ...]:
    """Give every case its canary in this run, filled in where it is asked for."""
    return tuple(_placed(case, make_canary(seed, case.id)) for case in cases)


def _read(data: dict[str, Any]) -> Poison:
    must = tuple(Fate(fate) for fate in data["must"])
    case = Poison(**{**data, "format": Format(data["format"]), "must": must})
    if not must:
        raise ValueError("must är tomt; skriv refused, removed, flagged eller clean")
    if not case.is_control and PLACE not in case.planted + case.header:
        raise ValueError(f"{PLACE} saknas i planted")
    return case


def _placed(case: Poison, canary: str) -> Poison:
    return replace(
        case,
        canary=canary,
        planted=case.planted.replace(PLACE, canary),
        header=case.header.replace(PLACE, canary),
    )
