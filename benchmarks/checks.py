"""The security checks: on a large schema, and over a large audit log.

python -m benchmarks.checks [CHECKOUT]

CHECKOUT is a clone of https://github.com/supabase/splinter: its lints then run on the same schema,
for comparison.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from statistics import median

import psycopg

from benchmarks.data import create_source, server
from benchmarks.memory import peak_memory
from maint_pipeline.database.cluster import EmbeddedServer
from maint_pipeline.database.embedded import ensure_database
from maint_pipeline.installation.install import install
from maint_pipeline.sample import create_sample_application

Connection = psycopg.Connection[tuple[object, ...]]

ROUNDS = 5
TABLES = 2000
FUNCTIONS = 3000
# The same pace of 55,555 rows a day, for 18 days and for 180.
AUDIT_ROWS = {1_000_000: 18, 10_000_000: 180}
SCHEMA = f"""
do $$
begin
    for i in 1..{TABLES} loop
        execute format('create table public.t%s '
            '(id bigint generated always as identity primary key, '
            'org_id uuid references public.orgs, author uuid, name text, at timestamptz)', i);
        execute format('create index on public.t%s (org_id, at)', i);
        execute format('alter table public.t%s enable row level security', i);
        execute format('create policy reading on public.t%s for select to authenticated '
            'using (author = (select auth.uid()))', i);
        execute format('create policy adding on public.t%s for insert to authenticated '
            'with check (author = (select auth.uid()))', i);
        -- A condition that no other policy has.
        execute format('create policy changing on public.t%1$s for update to authenticated '
            'using (author = (select auth.uid()) and name <> ''x%1$s'')', i);
    end loop;
    for i in 1..{FUNCTIONS} loop
        execute format('create function public.f%s(integer) returns integer language sql '
            'set search_path = pg_catalog, pg_temp as ''select $1''', i);
    end loop;
end
$$;
grant select on all sequences in schema public to maint_owner;
"""
BEHAVIOUR = """
select name from maint.checks where 'maint.recent_activity' = any (needs) and enabled order by name
"""
CONFIGURATION = """
select name from maint.checks
where category = 'security' and not 'maint.recent_activity' = any (needs) and enabled order by name
"""
AN_HOUR_AGO = "update maint.observations set evaluated_until = now() - interval '1 hour'"
BLOCKS = """
select heap_blks_read + heap_blks_hit from pg_statio_user_tables where relname = 'audit_logs'
"""
WINDOW_BLOCKS = """
select count(distinct (ctid::text::point)[0]) from public.audit_logs
where time > (select window_start from maint.observations)
"""


def main() -> None:
    """Measure both, and print medians and ratios."""
    with server() as running:
        _configuration(running)
        _behaviour(running)


def _configuration(running: EmbeddedServer) -> None:
    ensure_database(running, "schema")
    url = running.url("schema")
    with _owner(url, reset=True) as connection:
        create_sample_application(connection)
        install(url)
        connection.execute(SCHEMA.encode())
        connection.execute("analyze")
    with _owner(url) as connection:
        names = [str(row[0]) for row in connection.execute(CONFIGURATION).fetchall()]

    def together() -> None:
        with _owner(url) as connection:
            for name in names:
                connection.execute("select maint.run_check(%s)", [name])

    def one_by_one() -> None:
        for name in names:
            with _owner(url) as connection:
                connection.execute("select maint.run_check(%s)", [name])

    print(
        f"{len(names)} configuration checks, CPU seconds of the server: "
        f"{_cpu_of_checks(url, names):.2f} the first time, {_cpu_of_checks(url, names):.2f} after",
        flush=True,
    )
    if len(sys.argv) > 1:
        _linter(url, Path(sys.argv[1]))
    seconds = {work: _median(work) for work in (together, one_by_one)}
    print(
        f"{len(names)} configuration checks, {TABLES} tables, {FUNCTIONS} functions: "
        f"{seconds[together]:.2f} s in one session, {seconds[one_by_one]:.2f} s one by one "
        f"({seconds[together] / seconds[one_by_one]:.2f})",
        flush=True,
    )


def _cpu_of_checks(url: str, names: list[str]) -> float:
    with _owner(url) as connection:
        pid = connection.info.backend_pid
        begin = _cpu_seconds(pid)
        connection.execute("select maint.prepare_checks('security')")
        for name in names:
            connection.execute("select maint.run_check(%s)", [name])
        return _cpu_seconds(pid) - begin


def _linter(url: str, checkout: Path) -> None:
    """Run its lints once to have them in the cache, and once more."""
    with _owner(url, reset=True) as connection:
        connection.execute("create schema lint")
        files = sorted((checkout / "lints").glob("*.sql"))
        for file in files:
            connection.execute(file.read_bytes())
        pid = connection.info.backend_pid
        for _ in range(2):
            begin = _cpu_seconds(pid)
            for file in files:
                connection.execute(f'select * from lint."{file.stem}"'.encode()).fetchall()
        seconds = _cpu_seconds(pid) - begin
    print(f"{len(files)} lints of the linter: {seconds:.2f}", flush=True)


def _behaviour(running: EmbeddedServer) -> None:
    hourly = {}
    for rows, days in AUDIT_ROWS.items():
        create_source(running, f"rows_{rows}", rows, days)
        hourly[rows] = _one_hour(running.url(f"rows_{rows}"), rows)
    few, many = hourly.values()
    print(f"an hour's run: {many / few:.2f} times for 10 times the rows (goal 1.3)")


def _one_hour(url: str, rows: int) -> float:
    with _owner(url) as connection:
        begin = time.monotonic()
        connection.execute("select maint.prepare_checks('security')")
        learned = time.monotonic() - begin
        names = [str(row[0]) for row in connection.execute(BEHAVIOUR).fetchall()]
        pid = connection.info.backend_pid

        def run() -> None:
            connection.execute("select maint.prepare_checks('security')")
            for name in names:
                connection.execute("select maint.run_check(%s)", [name])

        run()
        seconds, cpu = [], []
        connection.execute("select pg_stat_force_next_flush()")
        before = _number(connection, BLOCKS)
        for _ in range(ROUNDS):
            connection.execute(AN_HOUR_AGO)
            begin, cpu_begin = time.monotonic(), _cpu_seconds(pid)
            run()
            seconds.append(time.monotonic() - begin)
            cpu.append(_cpu_seconds(pid) - cpu_begin)
        connection.execute("select pg_stat_force_next_flush()")
        blocks = (_number(connection, BLOCKS) - before) // ROUNDS
        window = _number(connection, WINDOW_BLOCKS)
        memory = peak_memory(pid, run)
    print(
        f"{len(names)} behavioural checks, {rows:,} rows: {median(seconds):.3f} s an hour, "
        f"{median(cpu) / 36:.4f}% of a core, {blocks} blocks of the log read, "
        f"{window} in the window, {memory:.0f} MB of its own; "
        f"learning eight weeks once {learned:.1f} s",
        flush=True,
    )
    return median(seconds)


def _owner(url: str, *, reset: bool = False) -> closing[Connection]:
    connection = psycopg.connect(url, autocommit=True)
    if not reset:
        connection.execute("set role maint_owner")
    return closing(connection)


def _number(connection: Connection, query: str) -> int:
    row = connection.execute(query.encode()).fetchone()
    assert row is not None
    return int(str(row[0]))


def _median(work: Callable[[], None]) -> float:
    work()
    seconds = []
    for _ in range(ROUNDS):
        begin = time.monotonic()
        work()
        seconds.append(time.monotonic() - begin)
    return median(seconds)


def _cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
