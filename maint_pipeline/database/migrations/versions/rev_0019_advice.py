"""What was advised, and what came of it."""

from maint_pipeline.database.migrations import run_sql_beside

revision = "0019"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    run_sql_beside(__file__)
