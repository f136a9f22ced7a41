"""Verify the journal: every link follows the one before, every record is as it was sealed."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, select

from kb.journal.chain import START, Head, content_digest, digest_of, head, seal_of
from kb.journal.guards import missing_guards
from kb.journal.records import Record
from kb.journal.removing import Item, items_digest
from kb.journal.tables import SEALED, chain, passage_text, removal, removed, setup

_MOST = 20  # faults named; a torn journal has thousands


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check of the journal found; `faults` is empty when all is as it was written."""

    head: Head
    records: dict[str, int]
    removed: int
    faults: tuple[str, ...]


def verify(connection: Connection, *, noted: Head | None = None) -> Verdict:
    """Check the whole journal; `noted` is a head that was written down elsewhere earlier.

    Without a noted head, one who can write to the database and knows this code could cut off
    the last records, or seal everything anew.
    """
    missing = missing_guards(connection)
    faults = [f"skydd saknas i databasen: {', '.join(missing)}"] if missing else []
    sealed: dict[str, dict[str, str]] = defaultdict(dict)
    faults += _broken_links(connection, sealed, noted)
    gone = _removed(connection)
    counts = {}
    for kind, table in SEALED.items():
        expected = sealed.pop(kind.value, {})
        counts[kind.value] = 0
        for row in connection.execute(select(table)).mappings():
            counts[kind.value] += 1
            digest = expected.pop(row["id"], None)
            if digest is None:
                faults.append(f"{kind.value} {row['id']} är tillagd vid sidan av")
            elif digest != digest_of(dict(row)):
                faults.append(f"{kind.value} {row['id']} är ändrad")
        lost = (name for name in expected if Item(kind.value, name) not in gone)
        faults += [f"{kind.value} {name} saknas utan gallring" for name in lost]
    faults += [*_false_removals(connection, gone), *_changed_contents(connection)]
    return Verdict(head(connection), counts, len(gone), tuple(faults[:_MOST]))


def _broken_links(
    connection: Connection, sealed: dict[str, dict[str, str]], noted: Head | None
) -> Iterator[str]:
    """Go through the chain, filling `sealed` with what each record's digest should be."""
    before, last = START, 0
    for link in connection.execute(select(chain).order_by(chain.c.n)).mappings():
        last += 1
        if link["n"] != last:
            yield f"länk {last} saknas"
            last = link["n"]
        elif link["seal"] != seal_of(before, dict(link)):
            yield f"länk {last} är ändrad"
        if noted and noted.n == last and noted.seal != link["seal"]:
            yield f"länk {last} är en annan än den som noterades"
        before = link["seal"]
        sealed[link["kind"]][link["record"]] = link["digest"]
    if noted and noted.n > last:
        yield f"journalen slutar vid {last}, men {noted.n} har noterats"


def _removed(connection: Connection) -> dict[Item, str]:
    rows = connection.execute(select(removed.c.kind, removed.c.record, removed.c.removal))
    return {Item(row.kind, row.record): row.removal for row in rows}


def _false_removals(connection: Connection, gone: dict[Item, str]) -> Iterator[str]:
    """Say which removals name other records than those they were written with."""
    named = defaultdict(list)
    for item, identity in gone.items():
        named[identity].append(item)
    for row in connection.execute(select(removal.c.id, removal.c.items_digest)):
        if row.items_digest != items_digest(named.pop(row.id, [])):
            yield f"{Record.REMOVAL.value} {row.id} nämner andra poster än när den skrevs"
    for identity in named:
        yield f"{Record.REMOVAL.value} {identity} saknas"


def _changed_contents(connection: Connection) -> Iterator[str]:
    for table, column in ((setup, setup.c.content), (passage_text, passage_text.c.text)):
        for digest, content in connection.execute(select(table.c.digest, column)):
            if digest != content_digest(content):
                yield f"{table.name} {digest} är ändrad"
