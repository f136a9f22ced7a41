"""The decision table: which information may be used in which type of tool, and by which rule."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from ingest.library.table_front import Part, TableFront


class Verdict(StrEnum):
    """What a table says of one type of tool and one class of information."""

    NO = "nej"
    YES = "ja"
    ONLY_IF = "bara om"


class Ruling(Part):
    """One cell of the table.

    `rules` are sections, `document#anchor`, the one that decides first. `conditions` are sentences
    or first lines of lists, verbatim from those sections; a `bara om` has at least one.
    """

    verdict: Verdict
    rules: Annotated[tuple[str, ...], Field(min_length=1)]
    conditions: tuple[str, ...] = ()


class ToolType(Part):
    """A type of tool; `words` are how staff name it."""

    name: str
    words: tuple[str, ...] = ()


class InformationClass(Part):
    """A class of information; `words` are what staff call what belongs to it."""

    name: str
    words: tuple[str, ...] = ()


class Product(Part):
    """A named product; `tool` is the type that the city has found it to be, null if nobody has."""

    name: str
    words: tuple[str, ...] = ()
    tool: str | None


class Unassessed(Part):
    """What applies to a product that nobody has assessed: the row of a type of tool.

    `note` is a section that says so, `quotes` sentences of it, verbatim.
    """

    tool: str
    note: str
    quotes: tuple[str, ...] = ()


class Unstated(Part):
    """What applies when a question only says "AI": the stricter row and the milder one together."""

    words: tuple[str, ...]
    stricter: str
    milder: str


class Entered(Part):
    """What applies when information has already gone into a tool: sections, the first decides."""

    rules: Annotated[tuple[str, ...], Field(min_length=1)]


class Handling(Part):
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


class DecisionTable(TableFront):
    """A decision table of the library; tools and information stand strictest first."""

    kind: Literal["beslutstabell"]
    tools: dict[str, ToolType]
    products: tuple[Product, ...] = ()
    unassessed: Unassessed
    unstated: Unstated
    entered: Entered | None = None
    information: dict[str, InformationClass]
    handling: Handling
    rulings: dict[str, dict[str, Ruling]]

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
        for rule in self.entered.rules if self.entered else ():
            yield "entered", rule


def holes(table: DecisionTable) -> Iterator[str]:
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
