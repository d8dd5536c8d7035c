"""Checking the backups of 100,000 organizations with 5 million runs, beside what one would write.

python -m benchmarks.backups
"""

from __future__ import annotations

import time
from contextlib import closing
from statistics import median

import psycopg

from benchmarks.data import sample_database, server
from benchmarks.memory import peak_memory
from maint_pipeline.database.cluster import EmbeddedServer

Connection = psycopg.Connection[tuple[object, ...]]

ORGANIZATIONS = 100_000
DAYS = 50
TICK_DAYS = (5, 500)
TICKS = 200
ROUNDS = 5

# One backup a day and organization; among them some of each kind that a check looks for.
FILL = """
set session_replication_role = replica;
insert into public.orgs (id, name, deleted_at)
select gen_random_uuid(), 'organization ' || i, case when i % 200 = 0 then now() end
from generate_series(1, {organizations}) as i;
insert into public.backup_settings (org_id, enabled, bucket, access_key_encrypted,
    secret_key_encrypted, created_at)
select id, name not like '%001', case when name like '%002' then '' else 'bucket' end, 'k', 's',
    now() - interval '{days} days'
from public.orgs;
insert into public.backup_runs (org_id, status, started_at, finished_at, rows_count, tables_count,
    file_url)
select org.id,
    case when day = 0 and org.name like '%003' then 'failed'
        when day = 0 and org.name like '%004' then 'running'
        when (hashtext(org.name) + day) % 97 = 0 then 'failed' else 'ok' end,
    now() - make_interval(days => day, hours => 8, secs => abs(hashtext(org.name)) % 36000),
    case when day = 0 and org.name like '%004' then null else now()
        - make_interval(days => day, hours => 7, secs => abs(hashtext(org.name)) % 36000) end,
    case when day = 0 and org.name like '%005' then 10
        when day = 0 and org.name like '%006' then 0
        else 1000 + abs(hashtext(org.name)) % 1000 + day end,
    7, 's3://bucket/file'
from generate_series({days} - 1, 0, -1) as day
cross join public.orgs as org
where org.name not like '%007' or day > 3
order by 3;
reset session_replication_role;
vacuum analyze public.orgs;
vacuum analyze public.backup_settings;
vacuum analyze public.backup_runs;
"""

# As the first implementations counted, in a function that administrators call. They asked the first
# two only; half as many questions as ours are four.
COUNTING = """
create function public.counts_of_backups(only_legacy boolean) returns jsonb
    language plpgsql
as $$
declare
    without_backup bigint;
    failed bigint;
    overdue bigint;
    stuck bigint;
begin
    select count(*) into without_backup
    from public.orgs left join public.backup_settings on org_id = orgs.id
    where org_id is null or not enabled;
    select count(*) into failed
    from public.backup_runs where status = 'failed' and started_at > now() - interval '48 hours';
    if not only_legacy then
        select count(*) into overdue
        from public.backup_settings
        left join (
            select org_id, max(finished_at) as succeeded_at
            from public.backup_runs where status = 'ok' group by org_id
        ) as successes using (org_id)
        where enabled and (succeeded_at is null or succeeded_at < now() - interval '26 hours');
        select count(*) into stuck
        from public.backup_runs
        where status = 'running' and started_at < now() - interval '6 hours';
    end if;
    return jsonb_build_object('without_backup', without_backup, 'failed', failed,
        'overdue', overdue, 'stuck', stuck);
end
$$
"""

# The same questions as ours, asked for one organization after the other.
CORRELATED = """
select count(organization) from (
    select orgs.id,
        not exists (select from public.backup_settings as s where s.org_id = orgs.id and s.enabled),
        exists (select from public.backup_settings as s where s.org_id = orgs.id and s.bucket = ''),
        (select count(*) from public.backup_runs as r
            where r.org_id = orgs.id and r.status = 'failed'
            and r.started_at > now() - interval '48 hours'),
        (select max(r.finished_at) from public.backup_runs as r
            where r.org_id = orgs.id and r.status = 'ok') < now() - interval '26 hours',
        exists (select from public.backup_runs as r
            where r.org_id = orgs.id and r.status = 'running'
            and r.started_at < now() - interval '6 hours'),
        (select r.rows_count = 0 or r.file_url is null from public.backup_runs as r
            where r.org_id = orgs.id and r.status = 'ok' order by r.started_at desc limit 1),
        (select r.rows_count from public.backup_runs as r
            where r.org_id = orgs.id and r.status = 'ok' order by r.started_at desc limit 1)
        < 0.5 * (select percentile_cont(0.5) within group (order by recent.rows_count) from (
            select r.rows_count from public.backup_runs as r
            where r.org_id = orgs.id and r.status = 'ok'
            order by r.started_at desc offset 1 limit 10) as recent)
    from public.orgs where deleted_at is null
    offset 0
) as organization
"""
ASKING = """
select maint.evaluate_check(name) from maint.checks
where category = 'backups' and maint.missing_needs(needs) = '{}'
"""
RUNNING = "select maint.run_checks('backups')"
OUR_INDEXES = """
drop index public.backup_runs_unfinished_idx;
drop index public.backup_runs_successes_idx;
drop index public.backup_runs_empty_idx;
"""


def main() -> None:
    """Measure all, and print medians, ratios and memory."""
    with server() as running:
        _checks(_database(running, "backups", ORGANIZATIONS, DAYS))
        ticks = {
            days: _tick(_database(running, f"days_{days}", ORGANIZATIONS // 10, days))
            for days in TICK_DAYS
        }
        few, many = (ticks[days] for days in TICK_DAYS)
        print(
            f"sensor's tick: {few * 1000:.1f} ms over {TICK_DAYS[0]} days of runs, "
            f"{many * 1000:.1f} ms over {TICK_DAYS[1]} ({many / few:.2f})"
        )


def _database(running: EmbeddedServer, name: str, organizations: int, days: int) -> str:
    url = sample_database(running, name)
    fill = FILL.replace("{organizations}", str(organizations)).replace("{days}", str(days))
    with closing(psycopg.connect(url, autocommit=True)) as connection:
        for statement in fill.strip().removesuffix(";").split(";\n"):
            connection.execute(statement.encode())
    return url


def _checks(url: str) -> None:
    with closing(psycopg.connect(url, autocommit=True)) as connection:
        connection.execute("set role maint_owner")
        running = _median(connection, RUNNING)
        ours = _median(connection, ASKING)
        memory = peak_memory(
            connection.info.backend_pid, lambda: connection.execute(RUNNING.encode())
        )
        connection.execute("reset role")
        print(
            f"ours: {ours:.2f} s, with alerts brought in line {running:.2f} s, "
            f"its backend has {memory:.0f} MB",
            flush=True,
        )
        connection.execute(COUNTING)
        counting = "select public.counts_of_backups({})"
        _compare(connection, "counting, four questions", counting.format(False), ours)
        _compare(connection, "counting, the legacy two", counting.format(True), ours)
        for index in OUR_INDEXES.strip().split("\n"):
            connection.execute(index.encode())
        _compare(connection, "correlated", CORRELATED, ours)


def _tick(url: str) -> float:
    """Give the median seconds of what the sensor asks at each tick, with its alerts raised."""
    with closing(psycopg.connect(url, autocommit=True)) as connection:
        connection.execute("set role maint_owner")
        return _median(connection, "select maint.sync_check('backup_failed')", TICKS)


def _compare(connection: Connection, name: str, query: str, ours: float) -> None:
    seconds = _median(connection, query)
    print(f"{name}: {seconds:.2f} s, ours takes {ours / seconds:.2f} of it", flush=True)


def _median(connection: Connection, query: str, rounds: int = ROUNDS) -> float:
    seconds = []
    connection.execute(query.encode())  # into memory; the first time ours also raises its alerts
    for _ in range(rounds):
        begin = time.monotonic()
        connection.execute(query.encode())
        seconds.append(time.monotonic() - begin)
    return median(seconds)


if __name__ == "__main__":
    main()
