"""The tables of the journal; text and whole numbers only, so that every database keeps them alike.

Times are UTC as `2026-11-22T10:00:00.000000Z`, which sorts as text. JSON is canonical text. Each
sealed table has `id`, `at` and a `salt` that makes the digest of a removed record say nothing.
"""

from sqlalchemy import Boolean, Column, Index, Integer, MetaData, Table, Text
from sqlalchemy.schema import SchemaItem

from kb.journal.records import Record

metadata = MetaData()


def _text(name: str, *, empty: bool = False) -> Column[str]:
    return Column(name, Text, nullable=empty)


def _sealed(name: Record, *parts: SchemaItem, by: bool = True) -> Table:
    """Make a table whose rows are sealed in the chain; `by` adds who did it."""
    who = [_text("actor"), _text("role"), _text("channel"), _text("session")] if by else []
    return Table(
        name.value, metadata, Column("id", Text, primary_key=True), _text("at"), _text("salt"),
        *who, *parts, Index(f"{name.value}_at", "at"),
    )  # fmt: skip


turn = _sealed(
    Record.TURN,
    *map(_text, ("language", "outcome", "mode", "as_of", "question", "short", "text")),
    *map(_text, ("notices", "contact", "related", "timings", "found", "setup")),
    Column("masked", Boolean, nullable=False),
    Index("turn_session", "session"),
)
citation = _sealed(
    Record.CITATION,
    _text("turn"),
    Column("n", Integer, nullable=False),
    *map(_text, ("document_id", "edition", "anchor", "digest", "content")),
    Index("citation_turn", "turn"),
    by=False,
)
feedback = _sealed(
    Record.FEEDBACK,
    _text("turn"),
    Column("useful", Boolean, nullable=False),
    _text("reason"),
    _text("comment"),
    Index("feedback_turn", "turn"),
)
sign_in = _sealed(Record.SIGN_IN, _text("event"), _text("detail"))
council_move = _sealed(
    Record.COUNCIL_MOVE,
    *map(_text, ("move", "document_id", "edition", "before", "after", "digest", "note")),
    Column("stopped", Boolean, nullable=False),
)
publication = _sealed(
    Record.PUBLICATION,
    *map(_text, ("move", "document_id", "edition", "digest", "source", "verdict")),
)
reading = _sealed(
    Record.READING, _text("command"), _text("filter"), Column("found", Integer, nullable=False)
)
removal = _sealed(
    Record.REMOVAL,
    *map(_text, ("kind", "rule", "decision", "reason", "counts", "items_digest")),
)
switch = _sealed(
    Record.SWITCH,
    Column("n", Integer, nullable=False),
    Column("is_on", Boolean, nullable=False),
    *map(_text, ("message", "message_en")),
    Index("switch_n", "n", unique=True),
)
token = _sealed(
    Record.TOKEN,
    *map(_text, ("event", "token", "name", "granted", "audiences", "expires", "secret")),
    Index("token_token", "token"),
)

removed = Table(
    "removed",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("record", Text, primary_key=True),
    _text("removal"),
)
setup = Table("setup", metadata, Column("digest", Text, primary_key=True), _text("content"))
passage_text = Table(
    "passage_text", metadata, Column("digest", Text, primary_key=True), _text("text")
)
chain = Table(
    "chain",
    metadata,
    Column("n", Integer, primary_key=True, autoincrement=False),
    *map(_text, ("at", "kind", "record", "digest", "seal")),
)

SEALED: dict[Record, Table] = {
    Record.TURN: turn,
    Record.CITATION: citation,
    Record.FEEDBACK: feedback,
    Record.SIGN_IN: sign_in,
    Record.COUNCIL_MOVE: council_move,
    Record.PUBLICATION: publication,
    Record.READING: reading,
    Record.REMOVAL: removal,
    Record.SWITCH: switch,
    Record.TOKEN: token,
}
KEPT_FOR_GOOD = (removal, switch, token, removed, setup, passage_text, chain)
"""Tables that no rule and no request removes anything from."""
