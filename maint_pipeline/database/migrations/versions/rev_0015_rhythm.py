"""What the checks of behaviour remember of each user's rhythm."""

from maint_pipeline.database.migrations import run_sql_beside

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns and indexes."""
    run_sql_beside(__file__)
