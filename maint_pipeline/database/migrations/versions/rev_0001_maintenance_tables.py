"""Schema maint with its tables, the ledger, and what alerts need to have a life."""

from maint_pipeline.database.migrations import run_sql_beside

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create what is missing; add columns to what the application has."""
    run_sql_beside(__file__)
