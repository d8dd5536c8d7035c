"""The SQL that reads one of our columns from a relation of the application."""

from __future__ import annotations

from psycopg import sql

from maint_pipeline.sources.catalog import Column, Relation
from maint_pipeline.sources.evidence import Found, Surroundings
from maint_pipeline.sources.likeness import is_read

_WORDS = {"action", "entity", "severity", "status", "role"}
_ROLE = sql.SQL("(select roles.{} from {} as roles where roles.{} = {})")
_NAMES_OF_ROLES = ("name", "role", "role_name", "code", "slug", "key")


def mapping(part: str, relation: Relation, found: Found, around: Surroundings) -> dict[str, str]:
    """Write the SQL for each of our columns.

    Args:
        part: which.
        relation: the application's.
        found: its columns, by our names.
        around: all relations.

    Returns:
        SQL over the relation's columns, by those of our names that something reads: a column, or an
        expression where a column alone would not fit.
    """
    sqls = {
        ours: f"{column.quoted}::text" if ours in _WORDS and column.kind == "number"
        else column.quoted
        for ours, column in found.items()
    }  # fmt: skip
    if part == "user_roles":
        sqls["role"] = _role(relation, found["role"], around)
    elif part == "organizations" and "deleted_at" not in sqls:
        sqls |= _deleted(relation)
    return {ours: expression for ours, expression in sqls.items() if is_read(part, ours)}


def _role(relation: Relation, column: Column, around: Surroundings) -> str:
    if column.kind == "boolean":
        return f"case when {column.quoted} then 'admin' else 'user' end"
    if named := _named_elsewhere(relation, column, around):
        return named
    admins = [label for label in column.labels or [] if _is_admin(label)]
    if admins and "admin" not in (column.labels or []):
        listed = ", ".join(sql.Literal(label).as_string() for label in admins)
        return (
            f"case when {column.quoted}::text in ({listed}) then 'admin' "
            f"else {column.quoted}::text end"
        )
    return column.quoted


def relation_of_roles(
    part: str, relation: Relation, found: Found, around: Surroundings
) -> str | None:
    """Name the relation, quoted, that the SQL of `mapping` reads beside the relation itself."""
    if part != "user_roles" or not _named_elsewhere(relation, found["role"], around):
        return None
    roles = _roles(relation, found["role"], around)
    return roles.quoted if roles else None


def _roles(relation: Relation, column: Column, around: Surroundings) -> Relation | None:
    key = relation.refers_to(column)
    return around.relations.get(key.to_oid) if key else None


def _named_elsewhere(relation: Relation, column: Column, around: Surroundings) -> str | None:
    """Read a role's name from the relation that the column points at."""
    roles = _roles(relation, column, around)
    # A column of the same name there would be taken for ours.
    if roles is None or len(roles.primary_key) != 1 or column.plain in roles.by_name:
        return None
    for name in _NAMES_OF_ROLES:
        if name in roles.by_name:
            (own,) = [c.quoted for c in roles.columns if c.name == roles.primary_key[0]]
            parts = (roles.by_name[name].quoted, roles.quoted, own, column.quoted)
            return _ROLE.format(*map(sql.SQL, parts)).as_string()
    return None


def _is_admin(label: str) -> bool:
    return label.lower().replace("_", "").replace("-", "").replace(" ", "") in {
        "admin", "superadmin", "administrator", "platformadmin", "systemadmin", "siteadmin",
        "sysadmin", "superuser", "globaladmin", "appadmin",
    }  # fmt: skip


def _deleted(relation: Relation) -> dict[str, str]:
    for name, is_deleted in (("is_deleted", ""), ("deleted", ""), ("is_active", "not ")):
        column = relation.by_name.get(name)
        if column and column.kind == "boolean":
            return {
                "deleted_at": f"case when {is_deleted}{column.quoted} "
                "then timestamptz '-infinity' end"
            }
    return {}
