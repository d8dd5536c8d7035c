"""Checks of health, and the samples that they compare with."""

from maint_pipeline.database.migrations import run_sql_beside

revision = "0021"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the category and the tables."""
    run_sql_beside(__file__)
