"""The history of our tables: Alembic revisions, with their statements in .sql files."""

from pathlib import Path

from alembic import op


def run_sql_beside(revision_file: str) -> None:
    """Emit the .sql file that has the revision's own name.

    Args:
        revision_file: the revision's `__file__`.
    """
    script = Path(revision_file).with_suffix(".sql").read_text(encoding="utf-8")
    # As it is: op.execute() would take the colons in casts and strings for parameters.
    op.get_context().impl.static_output(script)
