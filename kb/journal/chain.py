"""Seal every record in one chain, so that a change, a loss or an addition shows.

A link holds the digest of a record and is itself part of the next link's digest. The digest takes
in the record's random salt, which goes with the record when it is removed: what is left in the
chain then says that something was written, and nothing of what.
"""

import json
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, NamedTuple
from uuid import uuid4

from sqlalchemy import Connection, insert, select

from kb.journal.records import Record
from kb.journal.tables import SEALED, chain

START = "sha256:" + "0" * 64


class Head(NamedTuple):
    """The last link: noted outside the journal, it proves later that nothing was cut off."""

    n: int
    seal: str


def append(
    connection: Connection,
    kind: Record,
    values: Mapping[str, Any],
    *,
    now: datetime,
    identity: str | None = None,
) -> str:
    """Write a record and its link within the caller's write; return the record's id."""
    row = {
        "id": identity or uuid4().hex,
        "at": stamp(now),
        "salt": secrets.token_hex(16),
        **values,
    }
    connection.execute(insert(SEALED[kind]), row)
    last = head(connection)
    link = {
        "n": last.n + 1,
        "at": row["at"],
        "kind": kind.value,
        "record": row["id"],
        "digest": digest_of(row),
    }
    connection.execute(insert(chain), {**link, "seal": seal_of(last.seal, link)})
    return str(row["id"])


def head(connection: Connection) -> Head:
    """Return the last link; `n` is 0 in an empty journal."""
    last = connection.execute(select(chain.c.n, chain.c.seal).order_by(chain.c.n.desc()).limit(1))
    found = last.first()
    return Head(found.n, found.seal) if found else Head(0, START)


def digest_of(row: Mapping[str, Any]) -> str:
    """Return the digest of a record, salt included."""
    return _digest(canonical(dict(row)))


def seal_of(before: str, link: Mapping[str, Any]) -> str:
    """Return the seal of a link after the seal of the one before it."""
    parts = (before, *(str(link[name]) for name in ("n", "at", "kind", "record", "digest")))
    return _digest("\0".join(parts))


def canonical(data: object) -> str:
    """Write data as JSON that is the same for the same data."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def stamp(moment: datetime) -> str:
    """Write a moment, in any zone, as the journal keeps it: UTC to the microsecond."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def content_digest(text: str) -> str:
    """Return `sha256:` and the hex digest of a text, as a Passage's."""
    return _digest(text)


def _digest(text: str) -> str:
    return "sha256:" + sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
