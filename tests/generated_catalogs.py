"""Catalogs made at random out of a seed: odd names, grants that rest on grants, partitions."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from psycopg import sql

NAMES = (
    "plain_{}", 'Weird "{}" name', "o'clock {}", "semi;{}", "ünïcode {}", "a.b{}", "from {}",
    "\\'; drop table x; -- {}", "  {}", "$1 {}", "%s {}", "{} to public", "{}()", "x" * 52 + "{}",
)  # fmt: skip
PRIVILEGES = ("select", "insert", "update", "delete", "truncate", "references", "trigger")
COLUMN_PRIVILEGES = ("select", "insert", "update", "references")


def quoted(*parts: str) -> str:
    """As PostgreSQL quotes a name, which is what checks print."""
    return ".".join(
        part if part.isascii() and part.isidentifier() and part.islower()
        else sql.Identifier(part).as_string()
        for part in parts
    )  # fmt: skip


@dataclass
class Catalog:
    """Statements that make it, and those of one repair, as a check would write them."""

    make: list[str] = field(default_factory=list)
    repair: str = ""


class Maker:
    """Makes one catalog; `number` keeps its names apart from the others'."""

    def __init__(self, seed: int, number: int) -> None:
        self.random = Random(seed)
        self.number = number
        self.made = Catalog()
        self.schema, self.owner, *self.roles = (self.name(kind) for kind in "sortu")
        self.tables: list[str] = []
        self.policies: list[tuple[str, str]] = []

    def name(self, kind: str) -> str:
        return quoted(self.random.choice(NAMES).format(f"{kind}{self.number}"))

    def do(self, *statements: str) -> None:
        self.made.make += statements

    def catalog(self) -> Catalog:
        for role in (self.owner, *self.roles):
            flags = " ".join(
                self.random.sample(("createdb", "createrole", "bypassrls", "login"), 2)
            )
            self.do(f"create role {role} {flags} connection limit {self.random.choice((-1, 3))}")
        self.do(f"create schema {self.schema} authorization {self.owner}")
        for role in self.roles:
            self.do(f"grant usage on schema {self.schema} to {role}")
        self.memberships()
        for _ in range(self.random.randint(1, 2)):
            self.table()
        self.grants()
        self.default_privileges()
        self.others()
        self.made.repair = self.repair()
        return self.made

    def memberships(self) -> None:
        one, two, three = self.roles
        if self.random.random() < 0.7:
            self.do(f"grant {one} to {two} with admin option")
            if self.random.random() < 0.5:
                self.do(f"set role {two}", f"grant {one} to {three}", "reset role")
        if self.random.random() < 0.3:
            self.do(f"grant {self.owner} to {three}")

    def table(self) -> None:
        table = f"{self.schema}.{self.name('t' + str(len(self.tables)) + '_')}"
        column = self.name("c")
        columns = f'(id integer, {column} text, "C 2" integer)'
        if self.random.random() < 0.4:
            part = f"{self.schema}.{self.name('p' + str(len(self.tables)) + '_')}"
            self.do(
                f"create table {table} {columns} partition by range (id)",
                f"create table {part} partition of {table} for values from (0) to (10)",
                f"alter table {part} owner to {self.owner}",
            )
            if self.random.random() < 0.5:
                self.do(f"grant select on {part} to {self.roles[0]}")
        else:
            self.do(f"create table {table} {columns}")
        self.do(f"alter table {table} owner to {self.owner}")
        self.tables.append(table)
        if self.random.random() < 0.5:
            policy = self.name("y")
            to = self.random.choice(("public", *self.roles))
            way = self.random.choice(("permissive", "restrictive"))
            self.do(
                f"create policy {policy} on {table} as {way} "
                f"for {self.random.choice(('all', 'select', 'delete'))} to {to} "
                f'using ({column} = current_user and "C 2" > 3)',
                f"comment on policy {policy} on {table} is 'it''s {self.number} \\ %'",
            )
            self.policies.append((policy, table))

    def grants(self) -> None:
        for _ in range(self.random.randint(1, 5)):
            table = self.random.choice(self.tables)
            on_column = self.random.random() < 0.3
            privilege = self.random.choice(COLUMN_PRIVILEGES if on_column else PRIVILEGES)
            what = f"{privilege}{' (id)' if on_column else ''} on {table}"
            first, second, third = self.random.sample(self.roles, 3)
            if self.random.random() < 0.5:
                self.do(f"grant {what} to {first}" + self.random.choice(("", " with grant option")))
            else:
                self.do(
                    f"grant {what} to {first} with grant option", f"set role {first}",
                    f"grant {what} to {second}{self.random.choice(('', ' with grant option'))}",
                    f"grant {what} to {self.random.choice(('public', third))}", "reset role",
                )  # fmt: skip
        if self.random.random() < 0.2:
            self.do(f"revoke all on {self.random.choice(self.tables)} from {self.owner}")

    def default_privileges(self) -> None:
        place = self.random.choice(("", f" in schema {self.schema}"))
        begin = f"alter default privileges for role {self.owner}{place}"
        objects = self.random.choice(("tables", "sequences", "functions"))
        role = self.random.choice(("public", *self.roles))
        option = " with grant option" if role != "public" and self.random.random() < 0.3 else ""
        self.do(f"{begin} grant all on {objects} to {role}{option}")
        self.opened = (place, objects, role)

    def others(self) -> None:
        self.view = f"{self.schema}.{self.name('v')}"
        self.routine = f"{self.schema}.{self.name('f')}"
        self.do(
            f"create view {self.view} with (security_barrier = on) as "
            f"select id from {self.tables[0]}",
            f"create function {self.routine}(integer, text[]) returns integer language sql "
            f"set work_mem = '8MB' as 'select 1'",
            f"alter role {self.roles[0]} set search_path to public, \"odd, one\", 'x''y'",
            f"alter role {self.roles[0]} set work_mem to '7MB'",
        )

    def repair(self) -> str:
        table, role = self.random.choice(self.tables), self.random.choice(self.roles)
        place, objects, opened = self.opened
        ways = [
            f"revoke all on {table} from {role}",
            f"revoke {self.random.choice(PRIVILEGES)} on {table} from public, {role}",
            f"revoke grant option for select on {table} from {role} cascade",
            f"revoke select, insert on all tables in schema {self.schema} from {role}",
            f"revoke {self.roles[0]} from {self.roles[1]}",
            f"alter default privileges for role {self.owner}{place} "
            f"revoke all on {objects} from {opened}",
            f"alter table {table} enable row level security",
            f"alter view {self.view} set (security_invoker = on)",
            f"alter function {self.routine}(integer,text[]) set search_path = pg_catalog, pg_temp",
            f"alter role {role} nosuperuser nobypassrls nocreaterole nocreatedb noreplication",
            f"alter role {role} connection limit 7",
            f"alter role {self.roles[0]} reset search_path",
            f"revoke usage on schema {self.schema} from {role}",
            f"revoke execute on routine {self.routine}(integer,text[]) from public, {role}",
        ]
        ways += [f"drop policy {policy} on {table}" for policy, table in self.policies]
        ways += [
            f"alter policy {policy} on {table} using (id > 1)" for policy, table in self.policies
        ]
        return self.random.choice(ways) + ";"
