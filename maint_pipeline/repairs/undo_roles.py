"""The way back of roles, their memberships and settings."""

from __future__ import annotations

from collections.abc import Iterator

from maint_pipeline.repairs.errors import NoWayBackError
from maint_pipeline.repairs.snapshot import State
from maint_pipeline.repairs.statements import ROLES, SETTINGS, Statement, either, literal

# Settings that are lists: each of their members is a name, kept quoted where it needs to be.
_LISTS = frozenset(
    {
        "search_path", "temp_tablespaces", "session_preload_libraries", "local_preload_libraries",
        "shared_preload_libraries", "unix_socket_directories",
    }
)  # fmt: skip


def undo_role(identity: str, old: State | None, new: State | None) -> Iterator[Statement]:
    """Set a role's attributes as they were."""
    if not old or not new:
        raise NoWayBackError(f"Role {identity} came or went.")
    words = [
        name if value else f"no{name}"
        for name, value in old["flags"].items()
        if new["flags"][name] != value
    ]
    if old["limit"] != new["limit"]:
        words.append(f"connection limit {int(old['limit'])}")
    if old["until"] != new["until"]:
        if old["until"] is None:
            raise NoWayBackError(f"Role {identity} had a password without an end.")
        words.append(f"valid until {literal(old['until'])}")
    yield Statement(ROLES, f"alter role {identity} {' '.join(words)}")


def undo_membership(_identity: str, old: State | None, new: State | None) -> Iterator[Statement]:
    """Revoke a membership that came, grant one that went, by the same grantor."""
    if new:
        yield Statement(
            ROLES, f"revoke {new['role']} from {new['member']} granted by {new['grantor']}"
        )
    if old:
        options = old["options"]
        if "inherit_option" in options:  # from PostgreSQL 16 on
            words = " with " + ", ".join(
                f"{name.removesuffix('_option')} {str(value).lower()}"
                for name, value in sorted(options.items())
            )
        else:
            words = " with admin option" if options["admin_option"] else ""
        yield Statement(
            ROLES, f"grant {old['role']} to {old['member']}{words} granted by {old['grantor']}"
        )


def undo_role_setting(_identity: str, old: State | None, new: State | None) -> Iterator[Statement]:
    """Set a role's or a database's setting as it was, or reset it."""
    setting = either(old, new)
    role, database = setting["role"], setting["database"]
    if role is None:
        who = f"database {database}" if database is not None else "role all"
    else:
        who = f"role {role}"
        if database is not None:
            who += f" in database {database}"
    if old is None:
        yield Statement(SETTINGS, f"alter {who} reset {_setting_name(setting['name'])}")
    else:
        name = _setting_name(old["name"])
        yield Statement(SETTINGS, f"alter {who} set {name} to {_value(old['name'], old['value'])}")


def undo_server_setting(
    identity: str, old: State | None, _new: State | None
) -> Iterator[Statement]:
    """Write what ALTER SYSTEM had written, or take it out of the file."""
    name = _setting_name(identity)
    text = (
        f"alter system set {name} to {_value(identity, old['value'])}"
        if old
        else f"alter system reset {name}"
    )
    yield Statement(SETTINGS, text, alone=True)


def _setting_name(name: str) -> str:
    parts = name.split(".")
    if not all(
        part.replace("_", "a").replace("$", "a").isalnum() and part.isascii() for part in parts
    ):
        raise NoWayBackError(f"The setting {name!r} has a strange name.")
    return ".".join(parts)


def _value(name: str, value: str) -> str:
    # A list as one literal would be one member of that name.
    if name.lower() in _LISTS:
        members = _members(value)
        return ", ".join(literal(member) for member in members) if members else "''"
    return literal(value)


def _members(value: str) -> list[str]:
    """Read a list as PostgreSQL keeps it: names by commas, with quotes where they need them."""
    members: list[str] = []
    rest = value.strip()
    while rest:
        if rest.startswith('"'):
            end = 1
            while end < len(rest) and (rest[end] != '"' or rest[end : end + 2] == '""'):
                end += 2 if rest[end] == '"' else 1
            members.append(rest[1:end].replace('""', '"'))
            rest = rest[end + 1 :]
        else:
            head, _, _ = rest.partition(",")
            members.append(head.strip())
            rest = rest[len(head) :]
        rest = rest.lstrip()
        if rest.startswith(","):
            rest = rest[1:].lstrip()
    return members
