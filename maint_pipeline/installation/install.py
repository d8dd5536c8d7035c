"""What `maint migrate` installs: the database's own objects together with the check catalogue.

It is above both packages, because neither may import the other.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing

from maint_pipeline.checks.catalog import load_checks
from maint_pipeline.checks.script import catalog_script
from maint_pipeline.database.connection import connect
from maint_pipeline.database.migrate import is_current as _is_current
from maint_pipeline.database.migrate import (
    migrate,
    new_worker_password,
    open_server_views,
)
from maint_pipeline.database.plan import plan as _plan
from maint_pipeline.database.removal import remove
from maint_pipeline.database.trust import members_of_owner as _members_of_owner
from maint_pipeline.database.trust import untrusted_tables

__all__ = [
    "install",
    "is_installed",
    "members_of_owner",
    "new_worker_password",
    "open_server_views",
    "plan",
    "remove",
    "untrusted_owners",
]


def install(
    url: str,
    report: Callable[[str], None] = lambda step: None,
    *,
    trust: Sequence[str] = (),
    replace: Sequence[str] = (),
) -> bool:
    """Bring a database to the current version of maint_pipeline.

    Args:
        url: libpq URL of a role with the privileges that docs/administrator.md lists.
        report: called with a short text for each step.
        trust: roles whose tables maintenance works on, beside those that are trusted anyway.
        replace: our functions that take the place of the application's.

    Returns:
        Whether there was anything to do.

    Raises:
        MaintError: as `database.migrate.migrate` does.
    """
    return migrate(url, catalog_script(load_checks()), report, trust=trust, replace=replace)


def plan(url: str, trust: Sequence[str] = (), replace: Sequence[str] = ()) -> str:
    """Return what `install` would do, changing nothing.

    Args:
        url: as for `install`.
        trust: as for `install`.
        replace: as for `install`.

    Returns:
        A script with comments; empty when there is nothing to do.

    Raises:
        MaintError: as `database.plan.plan` does.
    """
    return _plan(url, catalog_script(load_checks()), trust, replace)


def untrusted_owners(url: str) -> dict[str, list[str]]:
    """Return which roles own tables of the application and are not trusted.

    Args:
        url: as for `install`.

    Returns:
        Their tables, by role.
    """
    found: dict[str, list[str]] = {}
    with closing(connect(url, application_name="maint migrate", as_owner=False)) as connection:
        for row in untrusted_tables(connection):
            found.setdefault(row["owner"], []).append(row["relation"])
    return found


def members_of_owner(url: str) -> list[str]:
    """Name who can act as `maint_owner` beside the worker, superusers and the role of the URL.

    Args:
        url: as for `install`.
    """
    with closing(connect(url, application_name="maint migrate", as_owner=False)) as connection:
        return _members_of_owner(connection)


def is_installed(url: str) -> bool:
    """Return whether a database is at the current version.

    Args:
        url: libpq URL of any role.
    """
    return _is_current(url)
