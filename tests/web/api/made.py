"""A small library with its journal, and the API over it without Gradio, for these tests."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from fastapi import FastAPI

from kb.commands import bring_level
from kb.guide import Guide, open_guide
from kb.journal.queries import KeptTurn, Wanted, find_turns
from kb.journal.recorder import JournalRecorder
from kb.journal.records import Actor, Role
from kb.journal.store import Journal, open_journal
from kb.journal.turns import TurnRecorder
from kb.settings import Settings
from kb.tokens.register import TokenRegister
from tests.evals.small_library import TODAY, make_small
from web.api.gate import Gate
from web.api.mount import Api, add_api
from web.api.patience import Patience
from web.guard import Guard

ADMIN = Actor(user="u1003", role=Role.ADMIN, channel="cli:root")
QUESTION = "Får jag dela mitt lösenord med en AI-tjänst?"
SECRET_QUESTION = "Får jag skriva ut elevlistor ur Skolsystemet?"
SECRET = "Du får inte skriva ut elevlistor ur Skolsystemet."
PERSONAL_NUMBER = "19900101-2385"
_RESTRICTED = f"""---
id: skolsystemet
title: Skolsystemet
kind: vägledning
status: published
audience: skola
questions:
  elevlistor: ["{SECRET_QUESTION}"]
---

## Du får inte skriva ut elevlistor ur Skolsystemet {{#elevlistor norm="FÅR INTE" basis=råd}}

{SECRET}
"""


@dataclass(slots=True)
class Clock:
    """A clock that goes a millisecond each time it is read, so that records have an order."""

    now: datetime = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(milliseconds=1)
        return self.now


@dataclass(frozen=True, slots=True)
class Place:
    """All that an API stands on."""

    settings: Settings
    guide: Guide
    journal: Journal
    register: TokenRegister
    recorder: JournalRecorder
    clock: Clock

    def token(self, *groups: str, days: int = 90) -> str:
        """Issue a token; return its text."""
        _, text = self.register.issue(
            name="Provet", role=Role.READER, groups=groups, days=days, actor=ADMIN
        )
        return text

    def turns(self) -> list[KeptTurn]:
        """Return what has been journalled."""
        with self.journal.looking() as connection:
            return list(find_turns(connection, Wanted()))


def write_library(folder: Path, models: Path) -> Settings:
    """Write the small library with one Document for a group, and index it."""
    settings = make_small(folder, models)
    (settings.library / "skolsystemet.md").write_text(_RESTRICTED, encoding="utf-8")
    assert bring_level(settings).skipped == ()
    return settings


@contextmanager
def opened_place(settings: Settings, data: Path) -> Iterator[Place]:
    """Open the guide of the settings with a journal in `data`."""
    clock = Clock()
    guide, journal = open_guide(settings), open_journal(data)
    turns = TurnRecorder(journal, guide, now=clock, today=lambda: TODAY)
    yield Place(
        settings,
        guide,
        journal,
        TokenRegister(journal, now=clock),
        JournalRecorder(journal, turns, now=clock),
        clock,
    )
    journal.close()
    guide.close()


async def no_sleep(seconds: float) -> None:
    """Pass the time at once."""


def light_app(place: Place, api: Api | None = None, *, patience: Patience | None = None) -> FastAPI:
    """Build the API behind guard and gate, as the app does, without the chat."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    chosen = api or Api(place.guide, place.register)
    add_api(app, chosen, recorder=place.recorder, today=lambda: TODAY)
    app.add_middleware(
        Gate,
        tokens=chosen.tokens,
        patience=patience or Patience(sleep=no_sleep),
    )
    app.add_middleware(Guard, hosts={"127.0.0.1"})
    return app
