"""Tables and columns get the names that the field uses."""

from maint_pipeline.database.migrations import run_sql_beside

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Rename them."""
    run_sql_beside(__file__)
