"""Retention by rule: which records have had their time, and removing them (gallring)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from ingest.errors import JournalError
from kb.journal.chain import stamp
from kb.journal.records import Actor, Record, RemovalKind, Retained
from kb.journal.removing import Item, Removal, remove, with_parts
from kb.journal.store import Journal
from kb.journal.tables import SEALED


@dataclass(frozen=True, slots=True)
class Due:
    """What one rule removes: records past their days, with the parts that go along."""

    kind: Retained
    days: int
    before: str
    items: tuple[Item, ...]

    @property
    def rule(self) -> str:
        """Name the rule as the log of removals has it."""
        return f"{self.kind.value}: {self.days} dagar"


def find_due(
    connection: Connection, rules: Mapping[Retained, int], *, now: datetime
) -> tuple[Due, ...]:
    """Return what each rule removes at this moment; kinds without a rule are kept."""
    return tuple(_due(connection, kind, rules[kind], now) for kind in Retained if kind in rules)


def remove_due(
    journal: Journal,
    rules: Mapping[Retained, int],
    *,
    decision: str | None,
    actor: Actor,
    now: datetime,
) -> tuple[Due, ...]:
    """Remove what is past its days, one entry in the log a rule; return what went.

    Raises:
        JournalError: no decision is named that allows it, or it cannot be written.
    """
    if decision is None or not decision.strip():
        raise JournalError(
            "Gallring kräver nämndens beslut. Ange det i VAGVISAREN_RETENTION_DECISION, "
            'till exempel "KS 2027-01-20 § 12".'
        )
    with journal.writing() as connection:
        gone = []
        for kind in (kind for kind in Retained if kind in rules):
            due = _due(connection, kind, rules[kind], now)
            if due.items:
                removal = Removal(RemovalKind.BY_RULE, due.rule, decision)
                remove(connection, due.items, removal, actor=actor, now=now)
            gone.append(due)
    journal.wipe()
    return tuple(gone)


def _due(connection: Connection, kind: Retained, days: int, now: datetime) -> Due:
    before = stamp(now - timedelta(days=days))
    table = SEALED[Record(kind)]
    names = list(connection.scalars(select(table.c.id).where(table.c.at < before)))
    if kind is Retained.TURN:
        return Due(kind, days, before, tuple(with_parts(connection, names)))
    return Due(kind, days, before, tuple(Item(kind.value, name) for name in names))
