"""Which version a database has, and which one this program brings: they have to be the same.

A version is a checksum of all that a migration installs, kept in the comment of schema maint. What
belongs in here is the comparison; bringing a database to this version is steps.py's.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from maint_pipeline.errors import NotMigratedError, OtherVersionError

if TYPE_CHECKING:
    from maint_pipeline.database.connection import Connection

_PACKAGE = Path(__file__).parent.parent
_REVISIONS = Path(__file__).parent / "migrations" / "versions"


@cache
def program_version() -> str:
    """Give the version that this program's migration installs: all of its SQL."""
    files = [file for file in _PACKAGE.rglob("*.sql") if "sample" not in file.parts]
    # What makes functions of the check files.
    files.append(_PACKAGE / "checks" / "script.py")
    digest = hashlib.sha256()
    for file in sorted(files):
        digest.update(f"{file.relative_to(_PACKAGE)}\0".encode() + file.read_bytes() + b"\0")
    return digest.hexdigest()


def schema_comment() -> str:
    """Give the comment of schema maint in a database of this version."""
    return f"maint_pipeline: maintenance tables and functions, version {program_version()}"


def installed_version(connection: Connection) -> str | None:
    """Return which version a database has, None if its first migration has not completed.

    Args:
        connection: of any role.
    """
    row = connection.execute(
        "select obj_description(to_regnamespace('maint'), 'pg_namespace') as comment"
    ).fetchone()
    comment: str | None = row["comment"] if row else None
    return comment.rpartition(" ")[2] if comment else None


def is_known_revision(revision: str) -> bool:
    """Return whether this program has a revision of the tables: a newer one's it doesn't know."""
    return any(_REVISIONS.glob(f"rev_{revision}_*.py"))


def refuse_other_version(connection: Connection) -> None:
    """Refuse a database of another version: a task would do half of its work.

    Args:
        connection: as `maint_owner`.

    Raises:
        NotMigratedError: the database was never migrated, or not to the end.
        OtherVersionError: it was migrated by another version.
    """
    installed = installed_version(connection)
    if installed is None:
        raise NotMigratedError
    if installed == program_version():
        return
    row = connection.execute("select version_num from maint.alembic_version").fetchone()
    if row and not is_known_revision(row["version_num"]):
        raise OtherVersionError(NEWER)
    raise OtherVersionError(
        "This database has another version than this program: run `maint migrate`, or upgrade "
        "maint_pipeline here if a newer one has migrated the database."
    )


NEWER = (
    "A newer maint_pipeline than this one has migrated this database: upgrade maint_pipeline here."
)
