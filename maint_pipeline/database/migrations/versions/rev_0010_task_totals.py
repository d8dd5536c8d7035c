"""What the ledger adds up to."""

from maint_pipeline.database.migrations import run_sql_beside

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    run_sql_beside(__file__)
