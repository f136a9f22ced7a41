"""The journal as lines of JSON, one file a table: the same out of and into every database."""

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import Connection, func, insert, select

from kb.journal.chain import canonical
from kb.journal.tables import metadata

_AT_ONCE = 500  # rows a statement


def table_names() -> tuple[str, ...]:
    """Return the tables of the journal, in the order they are written."""
    return tuple(sorted(metadata.tables))


def write_rows(connection: Connection, name: str, out: BinaryIO) -> int:
    """Write every row of a table as a line of JSON; return how many."""
    table = metadata.tables[name]
    rows = connection.execution_options(yield_per=_AT_ONCE).execute(
        select(table).order_by(*table.primary_key.columns)
    )
    written = (out.write(canonical(dict(row)).encode() + b"\n") for row in rows.mappings())
    return sum(1 for _ in written)


def read_rows(connection: Connection, name: str, path: Path) -> int:
    """Insert the lines of a file in a table; return how many."""
    count = 0
    with path.open("rb") as lines:
        for part in _parts(json.loads(line) for line in lines):
            connection.execute(insert(metadata.tables[name]), part)
            count += len(part)
    return count


def count_rows(connection: Connection) -> int:
    """Count the rows of the whole journal."""
    counts = (select(func.count()).select_from(table) for table in metadata.tables.values())
    return sum(connection.scalar(count) or 0 for count in counts)


def _parts(rows: Iterable[dict[str, object]]) -> Iterator[list[dict[str, object]]]:
    remaining = iter(rows)
    while part := list(islice(remaining, _AT_ONCE)):
        yield part
