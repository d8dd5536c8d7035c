"""When maint_pipeline came into the database."""

from maint_pipeline.database.migrations import run_sql_beside

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    run_sql_beside(__file__)
