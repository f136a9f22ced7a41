"""Make the first tables of the journal and the triggers that guard them."""

import sqlalchemy as sa
from alembic import op

from kb.journal.guards import postgresql_guards, sqlite_guards

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_WHO = "actor role channel session"
_SEALED = {
    "turn": f"{_WHO} language outcome mode as_of question short text notices contact related "
    "timings found setup masked:bool",
    "citation": "turn n:int document_id edition anchor digest content",
    "feedback": f"{_WHO} turn useful:bool reason comment",
    "sign_in": f"{_WHO} event detail",
    "council_move": f"{_WHO} move document_id edition before after digest note stopped:bool",
    "publication": f"{_WHO} move document_id edition digest source verdict",
    "reading": f"{_WHO} command filter found:int",
    "removal": f"{_WHO} kind rule decision reason counts items_digest",
}
_INDEXES = (("turn", "session"), ("citation", "turn"), ("feedback", "turn"))
_TYPES = {"int": sa.Integer, "bool": sa.Boolean, "": sa.Text}


def upgrade() -> None:
    """Take the step; the journal never goes back."""
    for name, parts in _SEALED.items():
        columns = [_column(part) for part in f"at salt {parts}".split()]
        op.create_table(name, sa.Column("id", sa.Text, primary_key=True), *columns)
        op.create_index(f"{name}_at", name, ["at"])
    for name, column in _INDEXES:
        op.create_index(f"{name}_{column}", name, [column])
    op.create_table(
        "removed",
        sa.Column("kind", sa.Text, primary_key=True),
        sa.Column("record", sa.Text, primary_key=True),
        _column("removal"),
    )
    op.create_table("setup", sa.Column("digest", sa.Text, primary_key=True), _column("content"))
    op.create_table("passage_text", sa.Column("digest", sa.Text, primary_key=True), _column("text"))
    op.create_table(
        "chain",
        sa.Column("n", sa.Integer, primary_key=True, autoincrement=False),
        *(_column(name) for name in ("at", "kind", "record", "digest", "seal")),
    )
    _guard()


def _column(part: str) -> sa.Column[object]:
    name, _, kind = part.partition(":")
    return sa.Column(name, _TYPES[kind], nullable=False)


def _guard() -> None:
    going = [(name, "id") for name in _SEALED if name != "removal"]
    staying = [("removal", "id"), ("removed", "record"), ("chain", "n")]
    staying += [("setup", "digest"), ("passage_text", "digest")]
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    for statement in (postgresql_guards if is_postgresql else sqlite_guards)(going, staying):
        op.execute(statement)
