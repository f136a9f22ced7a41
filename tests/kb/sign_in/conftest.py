"""Sessions in each database that they may lie in."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from evals.load.postgres import running_server, server_programs
from kb.sign_in.sessions import Sessions, open_sessions
from kb.sign_in.setup import SessionLimits
from tests.kb.sign_in.fake_provider import Clock

LIMITS = SessionLimits(whole=timedelta(minutes=60), idle=timedelta(minutes=30))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """Start PostgreSQL once, where it is installed."""
    programs = server_programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed: apt-get install postgresql")
    with running_server(programs) as place:
        yield f"postgresql://prov@/postgres{place}"


@pytest.fixture(params=["sqlite", "postgresql"])
def sessions(request: pytest.FixtureRequest, tmp_path: Path, clock: Clock) -> Iterator[Sessions]:
    url = request.getfixturevalue("server") if request.param == "postgresql" else None
    opened = open_sessions(tmp_path, url=url, limits=LIMITS, now=clock)
    yield opened
    opened.close()
