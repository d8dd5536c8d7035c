"""What makes an empty scratch server like the database's: its roles, and its collation."""

from __future__ import annotations

from contextlib import suppress

import psycopg
from psycopg import sql

from maint_pipeline.advice.target import Target
from maint_pipeline.backups.dumps import DATABASE, ROLE
from maint_pipeline.database.connection import Connection


def make_roles(superuser: Connection, target: Target) -> None:
    """Make the database's roles, none of which can log in or is a superuser.

    Args:
        superuser: of the scratch server.
        target: with the roles.
    """
    superuser.execute(sql.SQL("create role {} login bypassrls").format(sql.Identifier(ROLE)))
    known = {row["rolname"] for row in superuser.execute("select rolname from pg_roles")}
    for name, role in target.roles.items():
        if name in known:
            continue
        words = "bypassrls" if role["bypasses"] or role["is_superuser"] else "nobypassrls"
        inherit = "inherit" if role["inherits"] else "noinherit"
        superuser.execute(
            sql.SQL("create role {} nologin {} {}").format(
                sql.Identifier(name), sql.SQL(words), sql.SQL(inherit)
            )
        )
        superuser.execute(
            sql.SQL("grant {} to {}").format(sql.Identifier(name), sql.Identifier(ROLE))
        )
    for name, role in target.roles.items():
        for parent in role["member_of"]:
            if name in known or (parent in known and not parent.startswith("pg_read_all_data")):
                continue
            with suppress(psycopg.Error):
                superuser.execute(
                    sql.SQL("grant {} to {}").format(sql.Identifier(parent), sql.Identifier(name))
                )


def make_database(superuser: Connection, target: Target) -> list[str]:
    """Make the database with the collation of the original, as far as this machine knows it."""
    row = target.server["database"]
    provider = row.get("datlocprovider", "c")
    parts: list[sql.Composable] = [sql.SQL("encoding {}").format(target.server["encoding"])]
    if provider == "b":
        parts.append(
            sql.SQL("locale_provider builtin builtin_locale {}").format(row.get("datlocale") or "C")
        )
        parts.append(sql.SQL("lc_collate 'C' lc_ctype 'C'"))
    else:
        parts += [
            sql.SQL("lc_collate {}").format(row["datcollate"]),
            sql.SQL("lc_ctype {}").format(row["datctype"]),
        ]
        if provider == "i":
            parts.append(
                sql.SQL("locale_provider icu icu_locale {}").format(
                    row.get("datlocale") or row.get("daticulocale")
                )
            )
    create = sql.SQL("create database {} owner {} template template0 {}")
    names = (sql.Identifier(DATABASE), sql.Identifier(ROLE))
    try:
        superuser.execute(create.format(*names, sql.SQL(" ").join(parts)))
    except psycopg.Error:
        superuser.execute(create.format(*names, sql.SQL("encoding 'UTF8'")))
        return [f"the collation {row['datcollate']}: this machine has none of that name"]
    return []
