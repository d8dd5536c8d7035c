"""What makes archives exact: runs at work, and what was restored."""

from maint_pipeline.database.migrations import run_sql_beside

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables."""
    run_sql_beside(__file__)
