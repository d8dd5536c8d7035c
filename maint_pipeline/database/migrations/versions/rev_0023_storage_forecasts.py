"""What was foreseen of storage, day by day."""

from maint_pipeline.database.migrations import run_sql_beside

revision = "0023"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    run_sql_beside(__file__)
