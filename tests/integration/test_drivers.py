"""The SQL functions and the jobs purge by the same rules: the same rows go, the same stay."""

from contextlib import closing
from datetime import timedelta

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maint_pipeline.database.connection import connect
from maint_pipeline.retention.purge import Purge

KEEP = timedelta(hours=48)
COUNTS = ("deleted_count", "locked_left", "refused", "held")
ROWS = st.lists(
    st.tuples(
        st.one_of(st.none(), st.integers(1, 100)),  # age in hours
        st.sampled_from(["goes", "goes", "goes", "not done", "held", "locked", "guarded", "used"]),
        st.integers(1, 30),  # thousands of bytes, outside of TOAST
    ),
    max_size=30,
)
TABLES = ("by_sql", "by_job")
CREATE = """
drop table if exists public.{0}_users, public.{0};
create table public.{0} (id int primary key, at timestamptz, kind text, wide text);
alter table public.{0} alter wide set storage plain;
create table public.{0}_users (id int references public.{0});
grant select, delete, update on public.{0} to maint_owner;
grant select on public.{0}_users to maint_owner;
insert into maint.retention_policies (name, table_name, time_column, condition, keep)
values ('{0}', '{0}', 'at', $$kind <> 'not done'$$, '48 hours');
insert into maint.legal_holds (policy_name, column_name, value, reason, held_by)
values ('{0}', 'kind', 'held', 'a test', '{{}}');
"""
GUARDS = {
    "without triggers": "",
    "a trigger raises": "raise exception 'guarded'",
    "a trigger keeps the row": "return null",
}


def guard(superuser, table: str, action: str) -> None:
    superuser.execute(
        f"create or replace function public.guard_{table}() returns trigger language plpgsql as "
        f"$$ begin if old.kind = 'guarded' then {action}; end if; return old; end $$"
    )
    superuser.execute(
        f"create trigger guard before delete on public.{table} "
        f"for each row execute function public.guard_{table}()"
    )


def fill(superuser, table: str, rows, action: str) -> None:
    superuser.execute("delete from maint.legal_holds where policy_name = %s", [table])
    superuser.execute("delete from maint.retention_policies where name = %s", [table])
    superuser.execute(CREATE.format(table))
    for number, (age, kind, size) in enumerate(rows):
        superuser.execute(
            f"insert into public.{table} values (%s, now() - %s::interval - interval '1 minute', "
            "%s, repeat('x', %s))",
            [number, age and timedelta(hours=age), kind, size * 250],
        )
        if kind == "used":
            superuser.execute(f"insert into public.{table}_users values (%s)", [number])
    if action:
        guard(superuser, table, action)


def outcome(table: str, purge) -> dict | str:
    """The counts and why rows were refused, or the sentence with which it failed."""
    try:
        found = purge()
    except psycopg.errors.RaiseException as refused:
        return str(refused.diag.message_primary).replace(table, "T")
    refusal = str(found.get("refusal")).replace(table, "T")
    return {count: found[count] for count in COUNTS} | {"refusal": refusal}


def by_sql(owner) -> dict:
    return owner.execute("select maint.purge('by_sql') as found").fetchone()["found"]


def left(superuser, table: str) -> list[int]:
    rows = superuser.execute(f"select id from public.{table} order by id").fetchall()
    return [row["id"] for row in rows]


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    """A lock is held until the end here: nothing is gained by coming back later."""
    monkeypatch.setattr("maint_pipeline.retention.walk.REVISIT_PAUSE_SECONDS", 0.0)


@pytest.mark.parametrize("action", GUARDS.values(), ids=GUARDS)
@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=ROWS)
def test_both_drivers_do_the_same(database, superuser, action, rows):
    for table in TABLES:
        fill(superuser, table, rows, action)
    with (
        closing(connect(database, application_name="test")) as owner,
        psycopg.connect(database) as holder,
    ):
        for table in TABLES:
            holder.execute(f"select from public.{table} where kind = 'locked' for update")
        found = outcome("by_sql", lambda: by_sql(owner))
        done = outcome("by_job", lambda: Purge("by_job", duty=1, vacuum=False).run(owner))
    assert found == done
    assert left(superuser, "by_sql") == left(superuser, "by_job")
    over = [kind for age, kind, _ in rows if age is not None and age >= 48]
    if isinstance(found, dict):
        assert found["held"] == over.count("held") and found["locked_left"] == over.count("locked")
        refused = over.count("used") + (over.count("guarded") if action else 0)
        assert found["refused"] == refused
        assert found["deleted_count"] == sum(kind != "not done" for kind in over) - (
            found["held"] + found["locked_left"] + found["refused"]
        )
