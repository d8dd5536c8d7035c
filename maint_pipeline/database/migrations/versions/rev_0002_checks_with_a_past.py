"""What checks remember: ignored findings, the approved baseline, and the past of the audit log."""

from maint_pipeline.database.migrations import run_sql_beside

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables."""
    run_sql_beside(__file__)
