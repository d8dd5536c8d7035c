"""What storage takes, day by day."""

from maint_pipeline.database.migrations import run_sql_beside

revision = "0018"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables."""
    run_sql_beside(__file__)
