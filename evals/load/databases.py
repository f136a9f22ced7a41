"""The databases that a journal can lie in here, each empty."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

from sqlalchemy import create_engine, text

from evals.load.postgres import running_server, server_programs


def names() -> tuple[str, ...]:
    """Return the kinds of databases that this machine has."""
    return ("SQLite", "PostgreSQL") if server_programs() else ("SQLite",)


@contextmanager
def empty(kind: str) -> Iterator[str | None]:
    """Yield the URL of an empty database of a kind; None for SQLite, a file in the data folder."""
    programs = server_programs() if kind == "PostgreSQL" else None
    if programs is None:
        yield None
        return
    with running_server(programs, durable=True) as end:
        name = f"last_{uuid4().hex[:8]}"
        start = "postgresql+psycopg://prov@/"
        engine = create_engine(f"{start}postgres{end}", isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        engine.dispose()
        yield f"postgresql://prov@/{name}{end}"
