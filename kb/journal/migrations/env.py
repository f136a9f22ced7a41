"""Run the migrations on the connection that opened the journal, within its transaction."""

from alembic import context

from kb.journal.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
