"""Alembic's entry: turns revisions into one SQL script, which `steps.py` shows or runs.

The history is kept in `maint.alembic_version`, so that it can't meet the application's own.
"""

from alembic import context

# The transaction is whose runs the script.
context.configure(
    dialect_name="postgresql",
    version_table_schema="maint",
    transactional_ddl=False,
    output_buffer=context.config.output_buffer,
)
context.run_migrations()
