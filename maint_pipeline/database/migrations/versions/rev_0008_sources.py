"""Which relation of the application plays which part."""

from maint_pipeline.database.migrations import run_sql_beside

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables."""
    run_sql_beside(__file__)
