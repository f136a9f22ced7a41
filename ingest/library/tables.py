"""Read a table of the library from YAML: a decision table or a table of alarms, by its kind."""

from collections.abc import Mapping
from typing import Annotated

import yaml
from pydantic import Field, TypeAdapter, ValidationError

from ingest.errors import TableError
from ingest.library.alarm_table import AlarmTable
from ingest.library.decision_table import DecisionTable, holes

Table = DecisionTable | AlarmTable
_ANY: TypeAdapter[Table] = TypeAdapter(Annotated[Table, Field(discriminator="kind")])


def parse_table(text: str, *, name: str) -> Table:
    """Read a table; `name` is the file's, for messages.

    Raises:
        TableError: it is malformed or has holes; the message names place and remedy.
    """
    try:
        data = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise TableError(f"{name}: inte giltig YAML ({str(error).splitlines()[0]}).") from error
    if not isinstance(data, Mapping):
        raise TableError(f"{name}: filen ska börja med id:, title: och kind:.")
    try:
        table = _ANY.validate_python(data)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"][1:]) or "kind"
        raise TableError(f"{name}: {place}: {first['msg']}.") from error
    for problem in holes(table) if isinstance(table, DecisionTable) else ():
        raise TableError(f"{name}: {problem}")
    return table
