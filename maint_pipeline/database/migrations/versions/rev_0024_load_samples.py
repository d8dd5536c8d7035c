"""How busy the server is, quarter by quarter."""

from maint_pipeline.database.migrations import run_sql_beside

revision = "0024"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    run_sql_beside(__file__)
