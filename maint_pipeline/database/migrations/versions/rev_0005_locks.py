"""Locks that only maintenance can take."""

from maint_pipeline.database.migrations import run_sql_beside

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    run_sql_beside(__file__)
