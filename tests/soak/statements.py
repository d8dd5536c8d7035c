"""Wrong calls and wrong rows in SQL: each refused in words, and nothing changes."""

from collections.abc import Iterator
from contextlib import closing
from random import Random

import psycopg
from psycopg import sql

from maint_pipeline.database.connection import Connection
from tests.requests import ADMIN, USER
from tests.soak.databases import clone
from tests.soak.hostile import hostile
from tests.soak.lanes import Lane
from tests.soak.tasks import WrongError
from tests.soak.unchanged import LOOK_AGAIN, Database

TABLES = (
    "maint.retention_policies", "maint.legal_holds", "maint.maintenance_windows",
    "maint.notification_channels", "maint.check_thresholds", "maint.checks", "maint.settings",
    "public.maintenance_task_runs",
)  # fmt: skip
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
            table = random.choice(TABLES)
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
