"""The statements that repairs are made of, each with what it may change and its class.

A is undone in milliseconds and nobody loses access. B takes or gives access, or changes what runs.
C reads, rewrites, drops or builds something, or can't be tried in a transaction. What loses data is
not here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from maint_pipeline.repairs.allowances import (
    NAME,
    Found,
    changes,
    column,
    constraint,
    default_privileges,
    foreign_key,
    goes,
    granted_to_us,
    membership,
    on_table,
    one,
    policy,
    relation,
    revoked,
    revoked_in_schema,
    role_setting,
    server_setting,
    trigger,
)
from maint_pipeline.repairs.scope import COME, Scope

_PATH = rf"{NAME}(?:\.{NAME})?"
_NAMES = rf"{NAME}(?:, {NAME})*"
# Types of arguments: names with dots, brackets, commas and blanks, nothing that could end it.
_ROUTINE = rf'{_PATH}\((?:"(?:[^"]|"")+"|[a-zA-Z0-9_$., \[\]()])*\)'
_STRING = r"'(?:[^'\\]|'')*'"
_SETTING = r"[a-z_][a-z0-9_]*(?:\.[a-z_][a-z0-9_]*)*"
_PRIVILEGES = r"[a-z]+(?:, [a-z]+)*"

PARTS = {
    "name": NAME, "path": _PATH, "names": _NAMES, "routine": _ROUTINE, "string": _STRING,
    "setting": _SETTING, "privileges": _PRIVILEGES,
}  # fmt: skip


@dataclass(frozen=True)
class Shape:
    """A kind of statement.

    Args:
        pattern: what it looks like; `<name>` and the like stand for parts.
        scopes: what it may change.
        judge: A, B or C, and why.
        alone: it can't be in a transaction.
        runs_code: it can run functions of the application: it is run as the table's owner, from
            where no such function gets any further.
    """

    pattern: str
    scopes: Callable[[Found], list[Scope]]
    judge: tuple[str, str]
    alone: bool = False
    runs_code: bool = False


_TAKES = ("B", "it takes access away")
_DECIDES = ("B", "it changes who sees or may write which rows")
_BEHAVES = ("B", "code of the application runs that did not, or no longer runs")
_SERVER = ("C", "it changes the whole server and can't be tried in a transaction")
_BUILDS = ("C", "it builds or drops an index, which can't be done in a transaction")
_READS_ALL = ("C", "it reads or rewrites a whole table")
_WORDS = "nosuperuser|nobypassrls|nocreaterole|nocreatedb|noreplication|nologin"
_ON = "table |sequence |routine |function |procedure |schema |database |foreign server |type "

SHAPES = [
    Shape(
        rf"revoke (?:grant option for )?<privileges> on (?P<what>{_ON})?"
        "(?P<object><routine>|<path>) from <names:roles>(?P<cascade> cascade)?",
        revoked, _TAKES,
    ),
    Shape(
        "revoke <privileges> on (?P<what>large object )(?P<object>[0-9]+) from <names:roles>",
        revoked, _TAKES,
    ),
    Shape(
        "revoke <privileges> on (?P<what>parameter )<setting:object> from <names:roles>",
        revoked, _TAKES,
    ),
    Shape(
        "revoke <privileges> on all (?P<all>tables|sequences|functions|routines) "
        "in schema <name:schema> from <names:roles>",
        revoked_in_schema, _TAKES,
    ),
    Shape("revoke <name:role> from <name:member>", membership, _TAKES),
    Shape(
        "alter default privileges for role <name:role>(?: in schema <name:schema>)? revoke all on "
        "(?P<objects>tables|sequences|functions|types|schemas) from <names:roles>",
        default_privileges, _TAKES,
    ),
    Shape(
        "grant select on sequence <path:object> to maint_owner",
        granted_to_us, ("B", "it lets maintenance read more"),
    ),
    Shape(
        rf"alter role <name:role> (?:{_WORDS})(?: (?:{_WORDS}))*",
        lambda found: changes("roles", found["role"], "flags"), _TAKES,
    ),
    Shape(
        "alter role <name:role> connection limit [0-9]+",
        lambda found: changes("roles", found["role"], "limit"),
        ("B", "connections beyond the limit are refused"),
    ),
    Shape(
        "alter (?:role <name:role>|database <name:database>) reset <setting:setting>",
        role_setting, ("B", "sessions work with another setting from then on"),
    ),
    Shape("alter table <path:table> enable row level security", relation("row_security"), _TAKES),
    Shape(
        r"alter view <path:table> set \(security_invoker = on\)", relation("options"), _TAKES
    ),
    Shape(
        r"alter table <path:table> reset \(autovacuum_enabled\)",
        relation("options"), ("A", "only upkeep changes, and nobody loses access"),
    ),
    Shape(
        "alter table <path:table> enable trigger (?P<trigger>all|<name>)", trigger, _BEHAVES
    ),
    Shape(
        "alter (?:function|procedure|routine) <routine:object> set search_path "
        "(?:=|to) (?:<string>|<name>)(?:, (?:<string>|<name>))*",
        lambda found: changes("routines", found["object"], "definition"),
        ("A", "a function finds what it found, and nobody loses access"),
    ),
    Shape(
        "alter function <routine:object> not leakproof",
        lambda found: changes("routines", found["object"], "definition"),
        ("A", "a function is planned with more care, and nobody loses access"),
    ),
    Shape("drop policy <name:policy> on <path:table>", on_table("policies", "policy"), _DECIDES),
    Shape(
        r"alter policy <name:policy> on <path:table>(?: using \(.+\))?(?: with check \(.+\))?",
        policy, _DECIDES,
    ),
    Shape("drop rule <name:rule> on <path:table>", on_table("rules", "rule"), _BEHAVES),
    Shape(
        "drop event trigger <name:trigger>",
        lambda found: goes("event_triggers", found["trigger"]), _BEHAVES,
    ),
    Shape(
        "alter table <path:table> drop constraint <name:constraint>",
        foreign_key, ("C", "it drops a foreign key: rows that break it can come"),
    ),
    Shape(
        "alter table <path:table> validate constraint <name:constraint>",
        constraint, _READS_ALL, runs_code=True,
    ),
    Shape(
        "alter table <path:table> set logged",
        lambda found: [
            *relation("persistence")(found),
            Scope("relations", frozenset({"persistence"}), {"kind": one("S")}),
        ],
        _READS_ALL, runs_code=True,
    ),
    Shape(
        "alter table <path:table> alter column <name:column> type text",
        column, _READS_ALL, runs_code=True,
    ),
    Shape(
        "drop index concurrently <path:index>",
        lambda found: goes("indexes", found["index"]), _BUILDS, alone=True,
    ),
    Shape(
        r"create index concurrently on <path:table> \(<names>\)",
        lambda found: [Scope("indexes", frozenset({COME}), {"table": one(found["table"])})],
        _BUILDS, alone=True,
    ),
    Shape(
        "reindex index concurrently <path:index>",
        lambda found: changes("indexes", found["index"], "valid"), _BUILDS, alone=True,
    ),
    Shape(
        "alter system set <setting:setting> = (?:[a-z0-9]+|<string>)",
        server_setting, _SERVER, alone=True,
    ),
    Shape("alter system reset <name:setting>", server_setting, _SERVER, alone=True),
    Shape(r"select pg_reload_conf\(\)", lambda _found: [], _SERVER, alone=True),
]  # fmt: skip
