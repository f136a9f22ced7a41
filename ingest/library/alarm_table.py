"""The table of alarms: what staff say when nobody should wait for an answer, and what applies."""

from typing import Annotated, Literal

from pydantic import Field

from ingest.library.table_front import Part, TableFront


class Alarm(Part):
    """A section, `document#anchor`, that is quoted first when a question says one of `words`."""

    section: Annotated[str, Field(pattern=r"^[^#]+#[^#]+$")]
    words: Annotated[tuple[str, ...], Field(min_length=1)]


class AlarmTable(TableFront):
    """Alarms, the most urgent first; the first that a question sets off is the one quoted."""

    kind: Literal["larm"]
    alarms: Annotated[tuple[Alarm, ...], Field(min_length=1)]
