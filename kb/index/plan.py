"""Compare the library with the index: what to keep, what to write, what has gone."""

import sqlite3
from dataclasses import dataclass, field
from datetime import date

from ingest.document import Document
from kb.index.generations import held, held_tables
from kb.index.manifest import Generation, HeldDocument
from kb.index.stored import body_digest


@dataclass(frozen=True, slots=True)
class Wish:
    """What the index should become: the published editions by key, what it is built with.

    `tables` are the tables: YAML by file name.
    """

    documents: dict[str, Document]
    in_force: frozenset[str]
    identity: str
    today: date
    rebuild: bool = False
    tables: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Plan:
    """What parts the index from the wish: editions to keep as they lie, to write, to drop."""

    kept: tuple[HeldDocument, ...]
    new: tuple[Document, ...]
    added: int
    changed: int
    gone: tuple[str, ...]
    is_level: bool


def make_plan(
    connection: sqlite3.Connection | None, current: Generation | None, wish: Wish
) -> Plan:
    """Compare the wish with the generation that answers now, if any."""
    there = held(connection, current.id) if connection and current else []
    tables = held_tables(connection, current.id) if connection and current else {}
    before = {document.key: document for document in there}
    same = {
        key
        for key, document in wish.documents.items()
        if key in before and _is_same(before[key], document)
    }
    usable = bool(current and current.identity == wish.identity and not wish.rebuild)
    kept = tuple(before[key] for key in sorted(same)) if usable else ()
    gone = tuple(sorted(before.keys() - wish.documents.keys()))
    was_in_force = {document.key for document in there if document.in_force}
    return Plan(
        kept=kept,
        new=tuple(d for key, d in wish.documents.items() if not (usable and key in same)),
        added=len(wish.documents.keys() - before.keys()),
        changed=len((wish.documents.keys() & before.keys()) - same),
        gone=gone,
        is_level=usable
        and len(same) == len(wish.documents)
        and not gone
        and was_in_force == wish.in_force
        and tables == wish.tables,
    )


def _is_same(before: HeldDocument, document: Document) -> bool:
    return before.front == document.front and before.body_digest == body_digest(document)
