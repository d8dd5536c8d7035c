"""What storage costs, and the disk that is filled."""

from maint_pipeline.database.migrations import run_sql_beside

revision = "0020"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables, and the prices that were known."""
    run_sql_beside(__file__)
