"""Records: what was asked and answered in one run, kept so that it can be scored again."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from ingest.errors import VagvisarenError
from kb.present import answer_json, to_json
from kb.records import Answer
from kb.validity import Standing


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the library itself says of one citation, on the day of the question.

    `resolves`: the passage is there; `verbatim`: it holds the quote; `same_digest`: its text is
    what was quoted; `standing` is None when the library has no such edition.
    """

    n: int
    resolves: bool
    verbatim: bool
    same_digest: bool
    published: bool
    standing: Standing | None
    year: int | None


@dataclass(frozen=True, slots=True)
class Record:
    """One case asked once. `hits` are passages found, best first, as `document#anchor`.

    `named_years` are the years in the question that the library has a yearly document of.
    """

    suite: str
    id: str
    asked: str
    canary: str
    as_of: date
    answer: Answer
    hits: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    named_years: tuple[int, ...] = ()

    @property
    def key(self) -> tuple[str, str]:
        """Identify the case within a run."""
        return self.suite, self.id


_READER: TypeAdapter[Record] = TypeAdapter(Record)


def record_json(record: Record) -> str:
    """Return a Record as one line; the Answer in the contract's form, whole."""
    data: dict[str, Any] = asdict(record) | {"answer": answer_json(record.answer)}
    return to_json(data)


def read_records(path: Path) -> tuple[Record, ...]:
    """Read the Records of a run.

    Raises:
        VagvisarenError: the file is missing or a line of it is no Record.
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise VagvisarenError(f"{path} går inte att läsa. Ange en mapp från en körning.") from error
    return tuple(_parse(path, lines))


def _parse(path: Path, lines: Iterable[str]) -> Iterable[Record]:
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                yield _READER.validate_json(line)
            except ValidationError as error:
                raise VagvisarenError(
                    f"{path.name}, rad {number} är inget svar från en körning. Kör sviten igen."
                ) from error
