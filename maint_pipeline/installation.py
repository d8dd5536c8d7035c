"""What `maint migrate` installs: the database's own objects together with the check catalogue.

It stands above both rooms, because neither may import the other.
"""

from __future__ import annotations

from collections.abc import Callable

from maint_pipeline.checks.catalog import load_checks
from maint_pipeline.checks.script import catalog_script
from maint_pipeline.database.migrate import is_current as _is_current
from maint_pipeline.database.migrate import migrate, open_server_views, remove
from maint_pipeline.database.migrate import plan as _plan

__all__ = ["install", "is_installed", "open_server_views", "plan", "remove"]


def install(url: str, report: Callable[[str], None] = lambda step: None) -> bool:
    """Bring a database to the current version of maint_pipeline.

    Args:
        url: libpq URL of a role with the privileges that docs/administrator.md lists.
        report: told each step in a few words.

    Returns:
        Whether there was anything to do.

    Raises:
        MaintError: as `database.migrate.migrate` does.
    """
    return migrate(url, catalog_script(load_checks()), report)


def plan(url: str) -> str:
    """Tell what `install` would do, changing nothing.

    Args:
        url: as for `install`.

    Returns:
        A script with comments; empty when there is nothing to do.

    Raises:
        MaintError: as `database.migrate.plan` does.
    """
    return _plan(url, catalog_script(load_checks()))


def is_installed(url: str) -> bool:
    """Tell whether a database is at the current version.

    Args:
        url: libpq URL of any role.
    """
    return _is_current(url, catalog_script(load_checks()))
