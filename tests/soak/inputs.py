"""Wrong inputs at the command line, in SQL and in GraphQL: each a clear error, and nothing changes."""

import contextlib
import io
import os
import sys
from collections.abc import Iterator
from contextlib import closing
from random import Random

import psycopg
from psycopg import sql

from maint_pipeline.cli import main
from maint_pipeline.database.connection import Connection
from tests.requests import ADMIN, USER, create_people
from tests.soak.databases import clone, superuser
from tests.soak.hostile import hostile
from tests.soak.lanes import Lane
from tests.soak.tasks import WrongError

LOOK_AGAIN = 100
"""After so many inputs all tables are compared with what they were."""

CLEANUP, ID = "cleanup_old_audit_logs", "00000000-0000-4000-8000-000000000001"
# X becomes a text that is never right, N a number that is never right there.
LINES = tuple(
    line.split(" ")
    for line in (
        "X", "--X", "X X", "alerts X", "run X", "run", f"run {CLEANUP} --set X", "history X",
        f"run {CLEANUP} --set retention_days=X", f"run {CLEANUP} --set workers=X",
        f"run {CLEANUP} --set X=X", f"run {CLEANUP} --set dry_run=X", "run X --set X=X",
        f"run {CLEANUP} --set duty_percent=N", f"run {CLEANUP} --X", "run X --dry-run --json",
        "run update_security_alert --set hours=X", "run send_weekly_report --set days=X",
        "run prune_dagster_history --set keep_tick_days=X",
        "history --days X", "history --days N", "history --task X", "history --status X",
        "alerts --severity X", "alerts --check X", "alerts show X", "alerts ack X",
        f"alerts show {ID}", f"alerts ack {ID} --note X", f"alerts resolve {ID} --notes X",
        f"alerts silence {ID} --for X", f"alerts silence {ID} --for 1d", "alerts silence X --for 1d",
        "alerts resolve X", "alerts resolve X --notes X", "alerts ack X X",
        "archive list X", "archive restore X", f"archive restore {CLEANUP} --from X",
        f"archive restore {CLEANUP} --to X", f"archive restore {CLEANUP} --into X",
        "archive restore", "archive verify --X", "baseline approve X", "baseline approve X X",
        "checks run X", "checks run", "checks explain X", "checks heed", "checks heed X X", "checks --category X",
        "checks ignore X", "checks ignore X --reason X --for X", "changes --days X", "changes X",
        "policies preview X", "policies disable X", "policies enable X",
        "policies add X --table X --time-column X --keep X", "policies add new",
        "policies add new --table X --time-column time --keep 1year",
        "policies add new --table audit_logs --time-column X --keep 1year",
        "policies add new --table audit_logs --time-column time --keep X",
        "policies add new --table audit_logs --time-column time --keep 1year --condition X",
        "policies add X --table audit_logs --time-column time --keep 1year",
        "windows add X --opens X --closes 05:00", "windows add new --opens 01:00 --closes X",
        "windows add new --opens 01:00 --closes 05:00 --days X", "windows remove X",
        "windows add new --opens 01:00 --closes 05:00 --time-zone X",
        "windows add new --opens 01:00 --closes 05:00 --task X",
        "report --days X", "report --days N", "metrics --listen X", "metrics --listen N",
        "serve --port X", "dev --port X", "dev X", "sample --rows X", "sample X", "env X", "doctor X",
        "notifications X", "notifications retry X", "migrate X", "migrate --X",
        "migrate --trust X --plan", "daemon X", "serve X",
    )
)  # fmt: skip
NUMBERS = ("-1", "0", "-9" * 20, "9" * 40, "1.5", "1e3", "0x10", "", " ", "nan", "٣٫٥")


class Database:
    """A database of whose tables nothing may change."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.db: Connection = superuser(url)
        create_people(self.db)
        self.before = self.digest()

    def digest(self) -> dict[str, str]:
        """Give a digest of the rows of every table of ours and of the application."""
        tables = self.db.execute(
            "select format('%I.%I', schemaname, tablename) as name from pg_tables "
            "where schemaname in ('maint', 'public', 'auth') order by 1"
        ).fetchall()
        query = sql.SQL(
            "select md5(coalesce(string_agg(t::text, '' order by t::text), '')) as d from {} as t"
        )
        return {
            row["name"]: self.db.execute(query.format(sql.SQL(row["name"]))).fetchone()["d"]
            for row in tables
        }

    def assert_unchanged(self, inputs: list[object]) -> None:
        after = self.digest()
        if changed := [name for name in after if after[name] != self.before.get(name)]:
            raise WrongError(f"{changed} changed by one of {inputs}")


def wrong_lines(lane: Lane, server_url: str) -> None:
    """Try wrong command lines until the lane has had its share."""
    random = Random(lane.seed)
    url = clone(server_url, f"lines_{lane.number}")
    database = Database(url)
    os.environ |= {
        "MAINT_DATABASE_URL": url,
        "MAINT_DAGSTER_DATABASE_URL": "postgresql://postgres@127.0.0.1:1/dagster",
        "COLUMNS": "200",
    }
    tried: list[object] = []
    while lane.goes_on():
        line = [_filled(random, word) for word in random.choice(LINES)]
        code, said = call(line)
        if code != 2 or "Traceback" in said or not said.strip():
            raise WrongError(f"{line}: exit code {code}: {said[-3000:]}")
        tried.append(line)
        lane.count("wrong command lines")
        if len(tried) == LOOK_AGAIN:
            database.assert_unchanged(tried)
            tried.clear()
    database.assert_unchanged(tried)


def _filled(random: Random, word: str) -> str:
    while "X" in word:
        word = word.replace("X", hostile(random, undecodable=True), 1)
    return random.choice(NUMBERS) if word == "N" else word.replace("=N", f"={NUMBERS[0]}")


def call(line: list[str]) -> tuple[object, str]:
    """Run `maint` in this process; give its exit code and what it said."""
    said = io.StringIO()
    sys.argv = ["maint", *line]
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        try:
            main()
        except SystemExit as end:
            return end.code, said.getvalue()
        except BaseException as error:
            return None, f"{said.getvalue()}\nTraceback: {error!r}"
    return 0, said.getvalue()


TABLES = {
    "maint.retention_policies": ("name", "table_name", "time_column", "condition", "hold_condition",
                                 "keep", "action", "batch_target", "partition_step",
                                 "partitions_ahead", "enabled"),
    "maint.legal_holds": ("policy_name", "column_name", "value", "reason", "held_by", "id"),
    "maint.maintenance_windows": (),
    "maint.notification_channels": (),
    "maint.check_thresholds": (),
    "maint.checks": (),
    "maint.settings": (),
}  # fmt: skip
ROLES = ("anon", "authenticated", "service_role")


def wrong_statements(lane: Lane, server_url: str) -> None:
    """Try wrong calls and wrong rows until the lane has had its share."""
    random = Random(lane.seed)
    url = clone(server_url, f"statements_{lane.number}")
    database = Database(url)
    functions = _functions(database.db)
    tried: list[object] = []
    with closing(psycopg.connect(url, autocommit=True)) as caller:
        while lane.goes_on():
            role, person, statement = next(_statements(random, functions))
            tried.append((role, person, statement))
            _assert_refused(caller, role, person, statement)
            lane.count("wrong statements")
            if len(tried) == 10 * LOOK_AGAIN:
                database.assert_unchanged(tried)
                tried.clear()
    database.assert_unchanged(tried)


def _functions(db: Connection) -> list[tuple[str, list[str], list[str]]]:
    rows = db.execute(
        "select format('%I.%I', nspname, proname) as name, "
        "array(select format_type(t, null) from unnest(proargtypes) as t) as types, "
        "coalesce(proargnames[:pronargs], '{}') as names "
        "from pg_proc join pg_namespace on pg_namespace.oid = pronamespace "
        "where prorettype <> 'trigger'::regtype and (nspname = 'maint' or nspname = 'public' "
        "and proowner = 'maint_owner'::regrole) order by 1"
    ).fetchall()
    return [(row["name"], row["types"], row["names"]) for row in rows]


def _statements(
    random: Random, functions: list[tuple[str, list[str], list[str]]]
) -> Iterator[tuple[str, object, sql.Composed]]:
    public = [function for function in functions if function[0].startswith("public.")]
    while True:
        kind = random.random()
        person = random.choice([None, USER, ADMIN, hostile(random)])
        if kind < 0.35:
            yield "authenticated", ADMIN, _wrong_call(random, *random.choice(public))
        elif kind < 0.5:
            # Of ours that is not for them, whatever the arguments.
            name, types, _ = random.choice(functions)
            role = "anon"
            given = sql.SQL(", ").join(sql.SQL("null::" + each) for each in types)
            yield role, person, sql.SQL("select {}({})").format(sql.SQL(name), given)
        elif kind < 0.6:
            table = random.choice([*TABLES, "public.maintenance_task_runs"])
            what = random.choice(["delete from {}", "truncate {}", "drop table {}",
                                  "alter table {} disable row level security",
                                  "insert into {} default values"])  # fmt: skip
            yield random.choice(ROLES), person, sql.SQL(what).format(sql.SQL(table))
        else:
            yield "maint_owner", None, _wrong_row(random)


def _wrong_call(random: Random, name: str, types: list[str], names: list[str]) -> sql.Composed:
    """A call that no signature fits, or whose argument is no value of its type."""
    call = sql.SQL("select * from {}({})")
    wrong = sql.Literal(hostile(random))
    choice = random.random()
    if types and choice < 0.4:
        place = 0  # uuid or integer
        return call.format(sql.SQL(name), sql.SQL("{} => {}").format(
            sql.Identifier(names[place]), wrong))  # fmt: skip
    if choice < 0.6:
        return call.format(sql.SQL(name), sql.SQL("{} => {}").format(
            sql.Identifier(hostile(random)[:20]), wrong))  # fmt: skip
    if choice < 0.8:
        values = [sql.Literal(hostile(random)) for _ in range(len(types) + random.randint(1, 4))]
        return call.format(sql.SQL(name), sql.SQL(", ").join(values))
    typed = random.choice(["{}::bytea", "array[{}]", "row({})", "{}::numeric", "{}::regclass",
                           "{}::interval", "{}::uuid", "{}::jsonb", "{}::int"])  # fmt: skip
    return call.format(sql.SQL(name), sql.SQL(typed).format(wrong))


def _wrong_row(random: Random) -> sql.Composed:
    """A policy or hold that can't be."""
    text = sql.Literal(hostile(random))
    template = random.choice(WRONG_ROWS)
    return sql.SQL(template).format(text)


WRONG_ROWS = tuple(
    "insert into maint.retention_policies (name, table_name, time_column, keep) values " + values
    for values in (
        "({}, 'audit_logs', 'time', '90 days')",
        "('new', {}, 'time', '90 days')",
        "('new', 'audit_logs', {}, '90 days')",
        "('new', 'audit_logs', 'time', {})",
        "(null, 'audit_logs', {}, '90 days')",
    )
) + tuple(
    f"update maint.retention_policies set {change} where name = 'cleanup_old_audit_logs'"
    for change in (
        "condition = {}", "hold_condition = {}", "table_name = {}", "table_schema = {}",
        "time_column = {}", "keep = {}", "action = {}", "batch_target = {}", "partition_step = {}",
        "partitions_ahead = {}", "force = {}", "enabled = {}", "condition = '(' || {} || ')'",
        "condition = 'true; ' || {}", "condition = 'exists (select ' || {}", "name = {}",
        "keep = '-1 day', condition = {}", "keep = '1 hour', condition = {}",
        "hold_condition = 'pg_sleep(1) is null or ' || {}", "condition = 'id = ' || {}",
    )
) + tuple(
    "insert into maint.legal_holds (policy_name, column_name, value, reason) values " + values
    for values in (
        "({}, 'entity', 'x', 'court')",
        "('cleanup_old_audit_logs', {}, 'x', 'court')",
        "('cleanup_old_audit_logs', 'user_id', {}, 'court')",
        "('cleanup_old_audit_logs', 'time', {}, 'court')",
        "(null, {}, 'x', 'court')",
    )
) + (
    "select maint.record_skipped_task_run({}::uuid, null, null)",
    "select maint.finish_task_run({}, 'completed', '{{}}', null)",
    "select maint.preview_purge({}, now())",
    "select maint.run_check({})",
    "select maint.sync_alerts('check', {})",
    "select public.cleanup_old_audit_logs({})",
)  # fmt: skip


def _assert_refused(caller: psycopg.Connection, role: str, person: object, statement) -> None:
    try:
        with caller.transaction():
            caller.execute("select set_config('request.jwt.claims', %s, true)",
                           [f'{{"sub": "{person}", "role": "{role}"}}' if person in (USER, ADMIN)
                            else str(person or "")])  # fmt: skip
            caller.execute(sql.SQL("set local role {}").format(sql.Identifier(role)))
            caller.execute("set local statement_timeout = '20s'")
            caller.execute(statement)
    except psycopg.Error as error:
        state, message = error.sqlstate or "", error.diag.message_primary or ""
        if not state or state[:2] in ("XX", "57", "58", "53") or not message.strip():
            raise WrongError(f"{role} {statement.as_string(caller)}: {state} {error}") from None
        return
    raise WrongError(f"accepted from {role}: {statement.as_string(caller)}")
