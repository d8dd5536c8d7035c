"""What the ledger adds up to."""

from maint_pipeline.database.migrations import run_sql_beside

revision = "0012"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    run_sql_beside(__file__)
