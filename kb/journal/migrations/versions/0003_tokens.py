"""Make the table of the API's tokens; what is written there stays."""

import sqlalchemy as sa
from alembic import op

from kb.journal.guards import postgresql_triggers, sqlite_guards

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_TEXTS = (
    "at salt actor role channel session event token name granted audiences expires secret"
).split()


def upgrade() -> None:
    """Take the step; the journal never goes back."""
    columns = [sa.Column(name, sa.Text, nullable=False) for name in _TEXTS]
    op.create_table("token", sa.Column("id", sa.Text, primary_key=True), *columns)
    op.create_index("token_at", "token", ["at"])
    op.create_index("token_token", "token", ["token"])
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    guards = postgresql_triggers if is_postgresql else sqlite_guards
    for statement in guards([], [("token", "id")]):
        op.execute(statement)
