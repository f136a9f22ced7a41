"""Make the table of the switch: when the service was turned off and on, and what was said."""

import sqlalchemy as sa
from alembic import op

from kb.journal.guards import postgresql_triggers, sqlite_guards

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Take the step; the journal never goes back."""
    texts = ("at", "salt", "actor", "role", "channel", "session", "message", "message_en")
    op.create_table(
        "switch",
        sa.Column("id", sa.Text, primary_key=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in texts),
        sa.Column("n", sa.Integer, nullable=False),
        sa.Column("is_on", sa.Boolean, nullable=False),
    )
    op.create_index("switch_at", "switch", ["at"])
    op.create_index("switch_n", "switch", ["n"], unique=True)
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    # What turned the service off must not be gallrat: it would be on again.
    guards = postgresql_triggers if is_postgresql else sqlite_guards
    for statement in guards([], [("switch", "id")]):
        op.execute(statement)
