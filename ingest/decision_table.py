"""Read a decision table: which information may be used in which type of tool, and by which rule."""

from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ingest.document import Status
from ingest.errors import DecisionTableError


class Verdict(StrEnum):
    """What a table says of one type of tool and one class of information."""

    NO = "nej"
    YES = "ja"
    ONLY_IF = "bara om"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Ruling(_Part):
    """One cell of the table.

    `rules` are sections, `document#anchor`, the one that decides first. `conditions` are sentences
    or first lines of lists, verbatim from those sections; a `bara om` has at least one.
    """

    verdict: Verdict
    rules: Annotated[tuple[str, ...], Field(min_length=1)]
    conditions: tuple[str, ...] = ()


class ToolType(_Part):
    """A type of tool; `words` are how staff name it."""

    name: str
    words: tuple[str, ...] = ()


class InformationClass(_Part):
    """A class of information; `words` are what staff call what belongs to it."""

    name: str
    words: tuple[str, ...] = ()


class Product(_Part):
    """A named product; `tool` is the type that the city has found it to be, null if nobody has."""

    name: str
    words: tuple[str, ...] = ()
    tool: str | None


class Unassessed(_Part):
    """What applies to a product that nobody has assessed: the row of a type of tool.

    `note` is a section that says so, `quotes` sentences of it, verbatim.
    """

    tool: str
    note: str
    quotes: tuple[str, ...] = ()


class Unstated(_Part):
    """What applies when a question only says "AI": the stricter row and the milder one together."""

    words: tuple[str, ...]
    stricter: str
    milder: str


class Handling(_Part):
    """How staff say that information goes into a tool.

    `enter` (klistra in) alone is enough; `process` (sammanfatta) needs a tool beside it; `use`
    (använda, skriva) means going in only where the information stands before the tool, with one
    of `into` between. `altered` (påhittad) takes the information out of its class.
    """

    enter: tuple[str, ...]
    process: tuple[str, ...] = ()
    use: tuple[str, ...] = ()
    into: tuple[str, ...] = ()
    altered: tuple[str, ...] = ()


class DecisionTable(_Part):
    """A decision table of the library; tools and information stand strictest first."""

    id: str
    title: str
    status: Status = Status.DRAFT
    edition: str
    valid_from: date | None = None
    valid_to: date | None = None
    decided_by: str | None = None
    owner: str = "AI-rådet"
    review_by: date | None = None
    tools: dict[str, ToolType]
    products: tuple[Product, ...] = ()
    unassessed: Unassessed
    unstated: Unstated
    information: dict[str, InformationClass]
    handling: Handling
    rulings: dict[str, dict[str, Ruling]]

    def applies(self, on: date) -> bool:
        """Say whether the table is published and in force on a day."""
        begun = self.valid_from is None or self.valid_from <= on
        ended = self.valid_to is not None and self.valid_to < on
        return self.status is Status.PUBLISHED and begun and not ended

    def cells(self) -> Iterator[tuple[str, Ruling]]:
        """Yield every cell with its place, `tool × information`."""
        for tool, row in self.rulings.items():
            for information, ruling in row.items():
                yield f"{tool} × {information}", ruling

    def sections(self) -> Iterator[tuple[str, str]]:
        """Yield every section the table leans on, with the place that names it."""
        for place, ruling in self.cells():
            for rule in ruling.rules:
                yield place, rule
        yield "unassessed", self.unassessed.note


def parse_table(text: str, *, name: str) -> DecisionTable:
    """Read a decision table from YAML; `name` is the file's, for messages.

    Raises:
        DecisionTableError: it is malformed or has holes; the message names place and remedy.
    """
    try:
        data = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise DecisionTableError(f"{name}: inte giltig YAML ({_first_line(error)}).") from error
    if not isinstance(data, Mapping):
        raise DecisionTableError(f"{name}: filen ska börja med id:, title: och rulings:.")
    try:
        table = DecisionTable.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise DecisionTableError(f"{name}: {place}: {first['msg']}.") from error
    for problem in _holes(table):
        raise DecisionTableError(f"{name}: {problem}")
    return table


def _holes(table: DecisionTable) -> Iterator[str]:
    """Yield what does not fit together."""
    rows = (table.unassessed.tool, table.unstated.stricter, table.unstated.milder)
    named = [*rows, *(product.tool for product in table.products if product.tool)]
    for tool in (*named, *table.rulings):
        if tool not in table.tools:
            yield f"verktygstypen {tool} finns inte under tools; välj en av {_list(table.tools)}."
    for tool in table.tools:
        row = table.rulings.get(tool, {})
        if missing := [kind for kind in table.information if kind not in row]:
            yield f"rulings.{tool} saknar {', '.join(missing)}; skriv verdict och rules för dem."
        if strange := [kind for kind in row if kind not in table.information]:
            yield f"rulings.{tool} har {', '.join(strange)}, som inte finns under information."
    for place, ruling in table.cells():
        if ruling.verdict is Verdict.ONLY_IF and not ruling.conditions:
            yield f"{place}: verdict är bara om; skriv villkoren under conditions."
    for place, section in table.sections():
        if section.count("#") != 1:
            yield f"{place}: skriv regeln som dokument#anker, inte {section}."


def _list(names: Mapping[str, object]) -> str:
    return ", ".join(names)


def _first_line(error: yaml.YAMLError) -> str:
    return str(error).splitlines()[0]
