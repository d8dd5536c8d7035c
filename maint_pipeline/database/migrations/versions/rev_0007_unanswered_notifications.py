"""Notifications that a server got and did not answer."""

from maint_pipeline.database.migrations import run_sql_beside

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    run_sql_beside(__file__)
