"""Remove records, and write beforehand in the same moment what goes, why and by whose decision."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import NamedTuple

from sqlalchemy import Connection, delete, insert, select

from kb.journal.chain import append, canonical, content_digest
from kb.journal.masking import mask_person, writable
from kb.journal.records import Actor, Record, RemovalKind
from kb.journal.tables import SEALED, citation, feedback, removed
from kb.journal.turns import who

_AT_ONCE = 500


class Item(NamedTuple):
    """One record that goes."""

    kind: str
    record: str


@dataclass(frozen=True, slots=True)
class Removal:
    """Why records go: the kind, the rule, the decision it rests on, a reason in words."""

    kind: RemovalKind
    rule: str
    decision: str
    reason: str = ""


def remove(
    connection: Connection,
    items: Sequence[Item],
    removal: Removal,
    *,
    actor: Actor,
    now: datetime,
) -> dict[str, int]:
    """Remove records within the caller's write; return how many of each kind went."""
    counts = dict(sorted(Counter(item.kind for item in items).items()))
    identity = append(
        connection,
        Record.REMOVAL,
        {
            **who(actor),
            "kind": removal.kind.value,
            "rule": removal.rule,
            "decision": writable(removal.decision),
            "reason": mask_person(removal.reason, today=now.date()),
            "counts": canonical(counts),
            "items_digest": items_digest(items),
        },
        now=now,
    )
    named = [{**item._asdict(), "removal": identity} for item in items]
    if named:
        connection.execute(insert(removed), named)
    for kind in counts:
        table = SEALED[Record(kind)]
        for some in _batches(item.record for item in items if item.kind == kind):
            connection.execute(delete(table).where(table.c.id.in_(some)))
    return counts


def with_parts(connection: Connection, turns: Iterable[str]) -> Iterator[Item]:
    """Yield turns with the citations and the feedback that go with them."""
    for some in _batches(turns):
        yield from (Item(Record.TURN.value, name) for name in some)
        for table in (citation, feedback):
            parts = select(table.c.id).where(table.c.turn.in_(some))
            yield from (Item(table.name, name) for name in connection.scalars(parts))


def items_digest(items: Iterable[Item]) -> str:
    """Return the digest of the records that a removal names, in whatever order."""
    return content_digest("\n".join(sorted(f"{item.kind} {item.record}" for item in items)))


def _batches(names: Iterable[str]) -> Iterator[list[str]]:
    left = iter(names)
    while some := list(islice(left, _AT_ONCE)):
        yield some
