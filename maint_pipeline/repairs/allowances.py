"""What each kind of statement may change, out of the parts that it names."""

from __future__ import annotations

import re
from collections.abc import Callable

from maint_pipeline.repairs.scope import COME, GO, Scope

NAME = r'(?:"(?:[^"]|"")+"|[a-z_][a-z0-9_$]*)'
"""A name as PostgreSQL quotes it."""

Found = dict[str, str]
"""The parts of a statement by name."""


def one(value: str) -> frozenset[object]:
    """Give a set of one."""
    return frozenset({value})


def split_names(names: str) -> frozenset[object]:
    """Read names with commas in between."""
    return frozenset(re.findall(NAME, names))


_GO = frozenset({GO})
_COME = frozenset({COME})


def changes(kind: str, identity: str, *fields: str) -> list[Scope]:
    """One object, some of whose fields may change."""
    return [Scope(kind, frozenset(fields), {"id": one(identity)})]


def goes(kind: str, identity: str) -> list[Scope]:
    """One object that goes, with its comment."""
    return [
        Scope(kind, _GO, {"id": one(identity)}),
        Scope("comments", _GO, {"identity": one(identity)}),
    ]


def revoked(found: Found) -> list[Scope]:
    """Grants on one object to some roles."""
    kind = (found.get("what") or "table").strip()
    kind = {"function": "routine", "procedure": "routine"}.get(kind, kind)
    # A table's word is used for sequences, too, where grants name no kind.
    kinds: frozenset[object] = frozenset({"table", "sequence"} if kind == "table" else {kind})
    where: dict[str, frozenset[object]] = {"what": kinds, "name": one(found["object"])}
    scopes = [
        Scope(
            "grants", frozenset({GO, "option"}), {**where, "grantee": split_names(found["roles"])}
        )
    ]
    if "cascade" in found:
        # Who was given it by them loses it, too.
        scopes.append(Scope("grants", _GO, {**where, "grantor": split_names(found["roles"])}))
    return scopes


def revoked_in_schema(found: Found) -> list[Scope]:
    """Grants on all objects of a kind in a schema."""
    kind = {"tables": "table", "sequences": "sequence"}.get(found["all"], "routine")
    where: dict[str, frozenset[object]] = {
        "what": one(kind),
        "grantee": split_names(found["roles"]),
    }
    return [Scope("grants", _GO, where, within=found["schema"])]


def membership(found: Found) -> list[Scope]:
    """One membership."""
    where: dict[str, frozenset[object]] = {
        "role": one(found["role"]), "member": one(found["member"]),
    }  # fmt: skip
    return [Scope("memberships", _GO, where)]


def granted_to_us(found: Found) -> list[Scope]:
    """That maintenance may read a sequence."""
    where: dict[str, frozenset[object]] = {
        "what": one("sequence"), "name": one(found["object"]), "grantee": one("maint_owner"),
        "privilege": one("SELECT"), "option": frozenset({False}),
    }  # fmt: skip
    return [Scope("grants", _COME, where)]


def trigger(found: Found) -> list[Scope]:
    """Whether triggers of a table fire."""
    where: dict[str, frozenset[object]] = {"table": one(found["table"])}
    if found["trigger"] != "all":
        where["name"] = one(found["trigger"])
    return [Scope("triggers", frozenset({"enabled"}), where)]


def foreign_key(found: Found) -> list[Scope]:
    """A foreign key with its triggers."""
    where: dict[str, frozenset[object]] = {
        "relation": one(found["table"]), "name": one(found["constraint"]), "type": one("f"),
    }  # fmt: skip
    comment = f"{found['constraint']} on {found['table']}"
    return [
        Scope("constraints", _GO, where),
        Scope("triggers", _GO, {"internal": frozenset({True})}),
        Scope("comments", _GO, {"identity": one(comment)}),
    ]


def default_privileges(found: Found) -> list[Scope]:
    """Default privileges of a role."""
    where: dict[str, frozenset[object]] = {
        "role": one(found["role"]), "on": one(found["objects"]),
        "schema": frozenset({found.get("schema")}), "grantee": split_names(found["roles"]),
    }  # fmt: skip
    return [Scope("default_privileges", _GO, where)]


def role_setting(found: Found) -> list[Scope]:
    """One setting of a role or of this database."""
    where: dict[str, frozenset[object]] = {
        "role": frozenset({found.get("role")}), "name": one(found["setting"]),
    }  # fmt: skip
    if "role" in found:
        where["database"] = frozenset({None})
    else:
        where["database"] = one(found["database"])
    return [Scope("role_settings", _GO, where)]


def column(found: Found) -> list[Scope]:
    """The type of a column."""
    where: dict[str, frozenset[object]] = {
        "relation": one(found["table"]), "name": one(found["column"]),
    }  # fmt: skip
    return [Scope("columns", frozenset({"type", "storage", "collation", "statistics"}), where)]


def constraint(found: Found) -> list[Scope]:
    """Whether a constraint is valid."""
    where: dict[str, frozenset[object]] = {
        "relation": one(found["table"]), "name": one(found["constraint"]),
    }  # fmt: skip
    return [Scope("constraints", frozenset({"valid", "definition"}), where)]


def policy(found: Found) -> list[Scope]:
    """The conditions of a policy."""
    return changes("policies", f"{found['policy']} on {found['table']}", "using", "check")


def on_table(kind: str, name: str) -> Callable[[Found], list[Scope]]:
    """Something that is named on a table, and goes."""
    return lambda found: goes(kind, f"{found[name]} on {found['table']}")


def relation(*fields: str) -> Callable[[Found], list[Scope]]:
    """Some fields of a table or view."""
    return lambda found: changes("relations", found["table"], *fields)


def server_setting(found: Found) -> list[Scope]:
    """One setting of the server."""
    return [Scope("server_settings", frozenset({GO, COME, "value"}), {"id": one(found["setting"])})]
