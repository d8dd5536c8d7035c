"""The history of changes: who launched, resolved, added, changed or removed what."""

from maint_pipeline.database.migrations import run_sql_beside

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    run_sql_beside(__file__)
