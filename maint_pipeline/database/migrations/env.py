"""Alembic's entry: runs the revisions on the connection that `migrate.py` hands over.

The history is kept in `maint.alembic_version`, so that it can't meet the application's own.
"""

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    version_table_schema="maint",
    transaction_per_migration=True,
)
with context.begin_transaction():
    context.run_migrations()
