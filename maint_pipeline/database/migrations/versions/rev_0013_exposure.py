"""What the checks of exposure and of indexes remember."""

from maint_pipeline.database.migrations import run_sql_beside

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    run_sql_beside(__file__)
