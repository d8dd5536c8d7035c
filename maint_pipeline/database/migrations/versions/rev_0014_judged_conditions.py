"""What the checks of policies know of conditions that they have read before."""

from maint_pipeline.database.migrations import run_sql_beside

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    run_sql_beside(__file__)
