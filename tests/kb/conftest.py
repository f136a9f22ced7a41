"""A journal in every database that it may lie in."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from evals.load.postgres import running_server, server_programs
from kb.journal.store import Journal, open_journal

_NUMBERS = count(1)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The end of the URLs of a running server; tests are skipped where there is none."""
    programs = server_programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed")
    pytest.importorskip("psycopg")
    with running_server(programs) as end:
        yield end


@pytest.fixture
def postgres_url(postgres: str) -> str:
    """The URL of an empty schema of its own."""
    name = f"prov{next(_NUMBERS)}"
    server = create_engine(f"postgresql+psycopg://prov@/postgres{postgres}")
    with server.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA {name}"))
    server.dispose()
    return f"postgresql://prov@/postgres{postgres}&options=-csearch_path%3D{name}"


@pytest.fixture(params=["sqlite", "postgresql"])
def journal(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Journal]:
    """An empty journal."""
    url = request.getfixturevalue("postgres_url") if request.param == "postgresql" else None
    opened = open_journal(tmp_path, url=url)
    yield opened
    opened.close()


@pytest.fixture
def file_journal(tmp_path: Path) -> Iterator[Journal]:
    """An empty journal in a file."""
    opened = open_journal(tmp_path)
    yield opened
    opened.close()
