"""No content of an application's row makes a check fail, or hides what other rows tell."""

import json
from datetime import timedelta
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg import sql

from maint_pipeline.checks.run import run_checks
from tests.seeds import few

ADMIN, VICTIM = (f"00000000-0000-0000-0000-00000000000{i}" for i in (1, 2))
BEHAVIOUR = "select name from maint.checks where 'maint.recent_activity' = any (needs)"
INSERT = (
    "insert into public.audit_logs "
    "(entity, entity_id, action, user_id, time, payload_hash, ip_address, user_agent) values "
    "(%(entity)s, %(entity_id)s, %(action)s, %(user)s, %(time)s, %(hash)s, %(ip)s, %(agent)s)"
)
# What an attacker does beside: it has to be seen.
ATTACK = (
    "insert into public.audit_logs (entity, action, user_id, time, payload_hash) "
    f"select 'auth', 'access', '{VICTIM}', now() - n * interval '1 second', 'rate_limited' "
    "from generate_series(1, 20) as n"
)
INCOMPRESSIBLE = "".join(Random(1).choices("0123456789abcdef", k=12_800))
TIMES = (
    "-infinity", "infinity", "4713-11-24 00:00:00+00 BC", "0044-03-15 00:00:00+00 BC", "0001-01-01",
    "294276-12-31 23:59:59.999999+00", "9999-12-31 23:59:59+00", "epoch", "now",
)  # fmt: skip
TEXTS = (
    "", " ", "x" * 12_800, "\x1b[2J\r\x07", "日本語" * 1000, "\u202eabc", "{", "[" * 5000,
    "%s %I %", "'", "\\", "auth", "user_tin", "profile_access", "data_export", "()[]*+?{}|^$.\\",
    "\U0001f9ff" * 700, INCOMPRESSIBLE,
)  # fmt: skip
texts = st.one_of(
    st.sampled_from(TEXTS),
    st.text(st.characters(exclude_characters="\0", exclude_categories=("Cs",)), max_size=50),
)
rows = st.fixed_dictionaries(
    {
        "entity": texts.filter(
            lambda text: len(text) < 10_000
        ),  # the application has an index on it
        "entity_id": st.none() | st.uuids(),
        "action": st.sampled_from(["create", "read", "update", "delete", "access", "export"]),
        "user": st.sampled_from([ADMIN, VICTIM]),
        "time": st.sampled_from(TIMES)
        | st.timedeltas(timedelta(0), timedelta(days=70)).map(lambda age: age),
        "hash": st.none() | st.just("rate_limited") | texts,
        "ip": st.none() | st.sampled_from(["::", "ffff::/16", "0.0.0.0/0", "255.255.255.255"]),
        "agent": st.none() | texts,
    }
)


@pytest.fixture
def application(superuser):
    for user in (ADMIN, VICTIM):
        superuser.execute("insert into auth.users (id) values (%s)", [user])
        superuser.execute("insert into public.profiles (id) values (%s)", [user])
    superuser.execute("insert into public.user_roles (user_id, role) values (%s, 'admin')", [ADMIN])
    # So that every check looks at every row, and none for ever.
    superuser.execute("update maint.check_thresholds set value = '1' where type = 'integer'")
    superuser.execute(f"alter database {superuser.info.dbname} set statement_timeout = '60s'")
    return superuser


def insert(connection, row: dict) -> None:
    if isinstance(row["time"], timedelta):
        now = connection.execute("select now() - %s as time", [row["time"]]).fetchone()
        row = {**row, "time": now["time"]}
    connection.execute(INSERT, row)


def behaviour(owner) -> dict[str, dict]:
    """Prepare and evaluate the checks of behaviour, as a run does."""
    owner.execute("select maint.prepare_checks('security')")
    problem = owner.execute("select problem from maint.observations").fetchone()["problem"]
    assert problem is None, problem
    results = {
        row["name"]: owner.execute("select maint.run_check(%s) as r", [row["name"]]).fetchone()["r"]
        for row in owner.execute(BEHAVIOUR).fetchall()
    }
    owner.execute("select maint.conclude_checks('security')")
    return results


@given(before=st.lists(rows, max_size=4), after=st.lists(rows, max_size=4))
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_audit_row_blinds_the_checks_of_behaviour(application, owner, before, after):
    application.execute("truncate public.audit_logs, maint.observations, maint.known_traits")
    application.execute("truncate maint.activity_hours")
    for planted in (before, after, []):
        plant_and_look(application, owner, planted)


def plant_and_look(application, owner, planted: list[dict]) -> None:
    """Plant rows and an attack; all checks work, the attack is seen, and the window moves on."""
    for row in planted:
        insert(application, row)
    application.execute(ATTACK)
    owner.execute("set statement_timeout = '60s'")
    results = behaviour(owner)
    problems = {name: row["problem"] for name, row in results.items()}
    assert {name: told for name, told in problems.items() if told} == {}
    assert results["failed_sign_ins"]["findings"] >= 1
    moved = "select evaluated_until = observed_at as moved from maint.observations"
    assert owner.execute(moved).fetchone()["moved"]


@pytest.mark.parametrize("time", few(TIMES, 2))
def test_every_time_in_every_part_that_checks_look_at(application, owner, time):
    planted = [
        {"entity": entity, "entity_id": ADMIN, "action": action, "user": ADMIN, "time": time,
            "hash": hash_, "ip": "10.0.0.1", "agent": "x"}
        for entity in ("auth", "profile_access", "user_tin", "invoice")
        for action in ("read", "delete", "export", "update")
        for hash_ in (None, "rate_limited")
    ]  # fmt: skip
    for _ in range(2):  # before the first run, and between two
        plant_and_look(application, owner, planted)


def test_every_text_in_every_column(application, owner):
    row = {"entity": "auth", "entity_id": None, "action": "read", "user": ADMIN, "time": "now",
        "hash": None, "ip": "10.0.0.1", "agent": "x"}  # fmt: skip
    planted = [{**row, column: text} for column in ("agent", "hash") for text in TEXTS]
    planted += [{**row, "entity": text} for text in TEXTS if len(text) < 10_000]
    for _ in range(2):
        plant_and_look(application, owner, planted)


@pytest.mark.parametrize("size", [3_000, 12_800, 1_000_000])
def test_a_long_user_agent_is_one_trait_like_others(application, owner, size):
    row = {"entity": "x" * 2000, "entity_id": None, "action": "read", "user": ADMIN,
        "time": "now", "hash": None, "ip": "10.0.0.1", "agent": "short"}  # fmt: skip
    insert(application, row)
    assert behaviour(owner)["admin_from_new_origin"]["findings"] == 0
    application.execute("update maint.observations set window_start = now() - interval '1 day'")
    application.execute("update maint.known_traits set first_seen_at = now() - interval '9 days'")
    for agent in ("é" * size + "one", "é" * size + "two", "é" * size + "one"):
        insert(application, {**row, "agent": agent})
    assert behaviour(owner)["admin_from_new_origin"]["findings"] == 2
    traits = owner.execute("select value from maint.known_traits where trait = 'agent'").fetchall()
    assert sorted(len(trait["value"]) for trait in traits) == [5, 135, 135]


def test_a_row_that_cant_be_read_hides_only_itself(application, owner):
    application.execute(
        "create function public.odd(public.audit_action) returns text language plpgsql as "
        "$$ begin if $1 = 'export' then raise 'unreadable'; end if; return textin(enum_out($1)); "
        "end $$; create cast (public.audit_action as text) with function public.odd"
    )
    row = {"entity": "x", "entity_id": None, "action": "export", "user": ADMIN, "time": "now",
        "hash": None, "ip": None, "agent": None}  # fmt: skip
    told = []
    owner.add_notice_handler(lambda notice: told.append(notice.message_primary))
    for age in ("now", timedelta(days=20)):
        insert(application, {**row, "time": age})
    application.execute(ATTACK)
    results = behaviour(owner)
    assert results["failed_sign_ins"]["findings"] == 1
    assert {row["status"] for row in results.values()} <= {"passed", "findings"}
    assert any("1 row of public.audit_logs can't be read" in message for message in told), told


jsons = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False, allow_infinity=False) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)
DEEP = {"metadata": json.loads('{"a":' * 400 + "1" + "}" * 400), "regressions": 1e300}
backups = st.fixed_dictionaries(
    {
        "name": texts,
        "status": st.sampled_from(["ok", "failed", "running"]),
        "started": st.sampled_from(TIMES),
        "finished": st.none() | st.sampled_from(TIMES),
        "count": st.none() | st.sampled_from([-(2**31), 0, 2**31 - 1]),
        "text": st.none() | texts,
        "details": jsons
        | st.sampled_from([DEEP, {"regressions": "x"}, {"metadata": {"org_id": "no uuid"}}])
        | st.dictionaries(st.sampled_from(["metadata", "regressions", "category"]), jsons),
    }
)
INSERT_BACKUPS = """
with org as (insert into public.orgs (name) values (%(name)s) returning id), settings as (
    insert into public.backup_settings (org_id, enabled, bucket, created_at)
    select id, true, %(text)s, '-infinity' from org
)
insert into public.backup_runs
    (org_id, status, started_at, finished_at, tables_count, rows_count, notes, file_url)
select id, %(status)s, %(started)s, %(finished)s, %(count)s, %(count)s, %(text)s, %(text)s
from org, generate_series(1, 6)
"""
# What others wrote to alerts of ours, open ones and resolved ones.
SPOIL = """
update public.security_alerts set details = %s::jsonb, resolved = (ctid::text like '%%1)')
where fingerprint is not null
"""


@given(planted=st.lists(backups, min_size=1, max_size=4))
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_row_blinds_the_checks_of_backups(application, owner, planted):
    application.execute("truncate public.orgs, public.security_alerts cascade")
    for row in planted:
        application.execute(INSERT_BACKUPS, row)
    for row in planted:
        summary, _ = run_checks(owner, "backups")
        assert summary["failed_checks"] == {}
        application.execute(SPOIL, [json.dumps(row["details"])])
        application.execute(
            "update public.backup_runs set started_at = now(), finished_at = now() "
            "where ctid in (select ctid from public.backup_runs limit 2)"
        )
    application.execute("insert into public.orgs (name) values ('without')")
    summary, _ = run_checks(owner, "backups")
    assert summary["failed_checks"] == {} and summary["orgs_without_backup"] >= 1
    application.execute("truncate public.orgs, public.security_alerts cascade")
    summary, _ = run_checks(owner, "backups")
    assert summary["failed_checks"] == {}


@pytest.mark.parametrize("bucket", few(["evil[", "(", "a'b\\", "x" * 10_000]))
def test_a_bucket_is_no_pattern(application, owner, bucket):
    application.execute(
        "create schema storage; create table storage.buckets (id text, public boolean);"
        "create table storage.objects (id integer, bucket_id text);"
        "alter table storage.objects enable row level security;"
        "grant usage on schema storage to public;"
        "grant select on storage.buckets, storage.objects to public"
    )
    application.execute(
        sql.SQL(
            "create policy all_of_it on storage.objects for select to anon using (bucket_id = {})"
        ).format(bucket)
    )
    application.execute("insert into storage.buckets values (%s, true)", [bucket])
    result = owner.execute("select maint.run_check('public_bucket_lists') as r").fetchone()["r"]
    assert result["status"] == "findings", result


def test_administrators_without_a_time_of_their_role(application, owner):
    application.execute("alter table public.user_roles drop column if exists created_at cascade")
    application.execute("alter table public.user_roles drop constraint if exists user_roles_pkey")
    application.execute(
        "insert into auth.users (id) select format('00000000-0000-0000-0001-%s', "
        "lpad(n::text, 12, '0'))::uuid from generate_series(1, 9) as n;"
        "insert into public.profiles (id) select id from auth.users on conflict do nothing;"
        "insert into public.user_roles (user_id, role) select id, 'admin' from public.profiles "
        "on conflict do nothing"
    )
    result = owner.execute("select maint.run_check('many_administrators') as r").fetchone()["r"]
    assert result["status"] == "findings", result
