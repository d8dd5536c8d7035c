"""Faults of tables, numbers that run out, versions, the disk and the archive."""

from tests.dev import eventually
from tests.health_faults.bench import Planted, fault


@fault("autovacuum_behind")
def dead_rows(bench) -> Planted:
    bench.limit("autovacuum_behind", after="1 microsecond")
    bench.do(
        'create table public."Dead" as select n from generate_series(1, 5000) as n',
        'analyze public."Dead"', 'delete from public."Dead" where n < 4000',
        "select pg_stat_force_next_flush()",
    )  # fmt: skip
    yield 'public."Dead"'
    bench.do('drop table public."Dead"')


@fault("statistics_stale")
def bulk_load(bench) -> Planted:
    bench.limit("statistics_stale", after="1 microsecond")
    bench.do(
        "create table public.loaded as select n from generate_series(1, 1000) as n",
        "analyze public.loaded",
        "insert into public.loaded select n from generate_series(1, 9000) as n",
        "select pg_stat_force_next_flush()",
    )
    yield "public.loaded"
    bench.do("drop table public.loaded")


@fault("table_never_analyzed")
def unknown_table(bench) -> Planted:
    bench.limit("table_never_analyzed", after="1 microsecond")
    bench.do(
        "create table public.unknown as select n from generate_series(1, 20000) as n",
        "select pg_stat_force_next_flush()",
    )
    yield "public.unknown"
    bench.do("drop table public.unknown")


@fault("table_never_analyzed")
def unknown_partitioned_table(bench) -> Planted:
    bench.limit("table_never_analyzed", after="1 microsecond")
    bench.do(
        "create table public.parts (id integer) partition by range (id)",
        "create table public.part partition of public.parts for values from (0) to (1000000)",
        "insert into public.parts select n from generate_series(1, 20000) as n",
        "analyze public.part",
    )
    yield "public.parts"
    bench.do("drop table public.parts")


@fault("freeze_due")
def wraparound_within_days(bench) -> Planted:
    bench.limit("freeze_due", megabytes="1")
    bench.do(
        "create table public.large as "
        "select n, repeat('x', 100) from generate_series(1, 20000) as n",
        "analyze public.large",
    )
    bench.pass_an_hour()
    bench.do("""
        insert into maint.health_samples (taken_at, figures)
        select taken_at - interval '1 day', figures || jsonb_build_object(
            'transaction_ids', (figures ->> 'transaction_ids')::bigint - 150000000)
        from maint.health_samples
    """)
    yield "public.large"
    bench.do("drop table public.large")


@fault("freeze_due")
def vacuum_that_does_not_get_it_done(bench) -> Planted:
    bench.do(
        "create table public.old (id integer) with (autovacuum_freeze_max_age = 100000)",
        "insert into public.old values (1)",
    )
    bench.limit("freeze_due", overdue="0.0001")
    bench.burn(20)
    yield "public.old"
    bench.do("drop table public.old")


@fault("transaction_ids_near_end")
def old_database(bench) -> Planted:
    bench.limit("transaction_ids_near_end", used="0.000000001")
    yield "postgres transaction id"


@fault("sequence_near_end")
def full_sequence(bench) -> Planted:
    bench.do(
        "create table public.filled (id serial)",
        "select setval('public.filled_id_seq', 2000000000)",
        "grant select on public.filled_id_seq to maint_owner",
    )
    yield "public.filled_id_seq"
    bench.do("drop table public.filled")


@fault("minor_version_behind")
def newer_version(bench) -> Planted:
    bench.limit("minor_version_behind", newest="15.99, 16.99, 17.99, 18.99")
    yield "PostgreSQL"


@fault("version_unsupported")
def version_that_ended(bench) -> Planted:
    bench.limit("version_unsupported", ends="15 2020-01-01, 16 2020-01-01, 18 2020-01-01")
    yield "PostgreSQL"


@fault("disk_filling")
def full_disk(bench) -> Planted:
    bench.limit("disk_filling", free="0.999999", gigabytes="1000000")
    yield "the data directory"


@fault("archiver_failing")
def archive_that_is_gone(bench) -> Planted:
    yield from _archive_gone(bench, "archiver")


@fault("archive_backlog")
def archive_that_does_not_keep_up(bench) -> Planted:
    bench.limit("archive_backlog", segments="1")
    yield from _archive_gone(bench, "archive_status")


def _archive_gone(bench, found_at: str) -> Planted:
    bench.do("alter system set archive_command = '/bin/false'", "select pg_reload_conf()")
    for _ in range(3):
        bench.do("select pg_logical_emit_message(true, 'p', 'x')", "select pg_switch_wal()")
    eventually(lambda: _archiver_failed(bench), 90)
    yield found_at
    bench.do("alter system set archive_command = '/bin/true'", "select pg_reload_conf()")


def _archiver_failed(bench) -> bool:
    return bench.admin.execute(
        "select last_failed_time > coalesce(last_archived_time, '-infinity') from pg_stat_archiver"
    ).fetchone()[0]
