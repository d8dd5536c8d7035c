"""A purge that follows an index on the time column to the few rows that have expired."""

from contextlib import closing
from datetime import timedelta

import psycopg
import pytest

from maint_pipeline.database.connection import connect
from maint_pipeline.retention import brin, ranges
from maint_pipeline.retention.purge import Purge
from maint_pipeline.retention.ranges import Ranges
from maint_pipeline.retention.worker import Worker
from tests.application import CREATE_PROFILE, OLD, administrator, count

POLICY = "cleanup_old_audit_logs"


@pytest.fixture
def logs(superuser):
    """100,000 audit logs in the order of time; 2,000 have expired, no more will for an hour."""
    superuser.execute(CREATE_PROFILE)
    # An autovacuum in the middle would take its part of the work, and of the figures told.
    superuser.execute("alter table public.audit_logs set (autovacuum_enabled = off)")
    superuser.execute(
        "insert into public.audit_logs (entity, action, user_id, time, payload_hash) "
        "select 'invoice', 'read', (select id from public.profiles), "
        "now() - interval '90 days' + (i - 2000.5) * interval '1 minute' / 2 "
        "+ case when i > 2000 then interval '1 hour' else interval '0' end, i::text "
        "from generate_series(1, 100000) as i"
    )
    superuser.execute("vacuum analyze public.audit_logs")


@pytest.fixture
def visited(owner, monkeypatch) -> list[int]:
    """How many blocks each batch was for."""
    sizes = []
    honest = Purge._purge_blocks

    def noting(self, cutoff):
        purge_blocks = honest(self, cutoff)

        def note(connection, blocks):
            sizes.append(blocks.last - blocks.first)
            return purge_blocks(connection, blocks)

        return note

    monkeypatch.setattr(Purge, "_purge_blocks", noting)
    return sizes


def blocks(connection) -> int:
    return connection.execute(
        "select pg_relation_size('public.audit_logs') / 8192 as blocks"
    ).fetchone()["blocks"]


def purge(owner, **options):
    return Purge(POLICY, duty=1, owner_url=administrator(owner), **options).run(owner)


def test_migration_leaves_an_index_that_is_small(superuser, logs):
    row = superuser.execute(
        "select pg_relation_size('public.audit_logs_time_brin_idx') as bytes"
    ).fetchone()
    assert row["bytes"] < 100_000


def test_only_blocks_with_expired_rows_are_visited(superuser, owner, logs, visited):
    seen = []
    result = Purge(POLICY, duty=1).run(owner, lambda progress: seen.append(progress.fraction))
    assert result["deleted_count"] == 2000 and count(owner, OLD) == 0
    assert sum(visited) < blocks(superuser) / 10
    assert seen == sorted(seen) and seen[-1] <= 1
    visited.clear()
    assert purge(owner)["deleted_count"] == 0 and visited == []


def test_rows_in_any_order_are_found(superuser, owner, logs):
    superuser.execute(
        "update public.audit_logs set time = now() - interval '100 days' "
        "where right(payload_hash, 3) = '777'"
    )
    expired = count(owner, OLD)
    assert expired > 2000
    assert purge(owner)["deleted_count"] == expired and count(owner, OLD) == 0
    assert count(owner) == 100000 - expired


def shuffle(superuser) -> None:
    """Write the same rows in no order at all."""
    superuser.execute(
        "create table public.shuffled as select * from public.audit_logs order by md5(id::text)"
    )
    superuser.execute("truncate public.audit_logs")
    superuser.execute("insert into public.audit_logs select * from public.shuffled")
    superuser.execute("vacuum analyze public.audit_logs")


@pytest.fixture
def scattered(superuser, logs):
    """The same rows in no order at all."""
    shuffle(superuser)


def test_expired_rows_among_others_are_walked_to(superuser, owner, scattered, visited, monkeypatch):
    """Looking for them first would read everything twice, and no summary would get sharper."""
    monkeypatch.setattr(Ranges, "_locate", lambda *_: pytest.fail("it looked first"))
    monkeypatch.setattr(brin, "_summarize", lambda *_: pytest.fail("it summarized"))
    assert purge(owner)["deleted_count"] == 2000 and count(owner, OLD) == 0
    assert sum(visited) >= blocks(superuser)


@pytest.fixture
def indexed(superuser, scattered):
    """With a B-tree index on the time."""
    superuser.execute("create index audit_logs_time_idx on public.audit_logs (time)")


def test_an_index_finds_scattered_rows_by_slices_of_time(superuser, owner, indexed, monkeypatch):
    pieces, seen = [], []
    honest = Worker.purge

    def noting(worker, blocks):
        pieces.append(blocks)
        return honest(worker, blocks)

    monkeypatch.setattr(Worker, "purge", noting)
    result = Purge(POLICY, duty=1).run(owner, lambda progress: seen.append(progress.fraction))
    assert result["deleted_count"] == 2000 and count(owner) == 98_000
    assert pieces and all(piece.slices for piece in pieces)
    assert seen == sorted(seen) and seen[-1] == 1


def test_slices_reach_every_time_there_is(superuser, owner, indexed):
    """Even one before all; a slice of that time has no length, so blocks are walked."""
    superuser.execute("update public.audit_logs set time = '-infinity' where payload_hash = '1'")
    assert purge(owner)["deleted_count"] == 2000 and count(owner, OLD) == 0


def test_what_slices_cannot_delete_is_counted(database, superuser, owner, indexed):
    superuser.execute(
        "insert into maint.legal_holds (column_name, value, reason) select 'id', id::text, 'court' "
        f"from public.audit_logs where {OLD} order by time limit 5"
    )
    superuser.execute(
        "create table public.replies (log uuid references public.audit_logs (id));"
        f"insert into public.replies select id from public.audit_logs where {OLD} "
        "order by time offset 1000 limit 3"
    )
    with closing(psycopg.connect(database)) as holder:
        holder.execute(
            f"select from public.audit_logs where {OLD} order by time desc limit 7 for update"
        )
        result = purge(owner)
    names = ("deleted_count", "locked_left", "held", "refused")
    assert [result[name] for name in names] == [1985, 7, 5, 3]
    assert "replies" in result["refusal"]
    assert [purge(owner)[name] for name in names] == [7, 0, 5, 3]


def test_a_slice_that_stays_too_full_is_walked_to(superuser, owner, indexed, monkeypatch, visited):
    """All that has expired has one time: slices take longer than statements may."""
    superuser.execute(f"update public.audit_logs set time = '2020-01-01' where {OLD}")
    superuser.execute("drop table public.shuffled")
    shuffle(superuser)
    superuser.execute(
        "update maint.retention_policies set condition = "
        "'pg_sleep(0.001) is not null' where name = %s",
        [POLICY],
    )
    given_up = []
    honest = Ranges._walk_instead
    monkeypatch.setattr(
        Ranges, "_walk_instead", lambda ranges: (given_up.append(1), honest(ranges))
    )
    assert purge(owner)["deleted_count"] == 2000 and count(owner, OLD) == 0
    assert given_up


def test_looking_around_asks_no_condition(superuser, owner, logs):
    """One that is slow makes batches small; a sample of the table would take it too long."""
    superuser.execute(
        "update maint.retention_policies set condition = "
        "'payload_hash::integer >= 1000 or pg_sleep(0.002) is not null' where name = %s",
        [POLICY],
    )
    keep = timedelta(days=60)  # most of the rows: nothing is located, the blocks are sampled
    assert purge(owner, keep=keep)["deleted_count"] > 80_000
    assert count(owner, "time < now() - interval '60 days 10 minutes'") == 0


def test_slices_smaller_than_what_has_expired(superuser, owner, logs, monkeypatch):
    monkeypatch.setattr(ranges, "LOCATE_ROWS", 300)
    assert purge(owner)["deleted_count"] == 2000 and count(owner, OLD) == 0


def test_locked_and_held_rows_are_told(database, superuser, owner, logs):
    superuser.execute(
        "insert into maint.legal_holds (column_name, value, reason) select 'id', id::text, 'court' "
        f"from public.audit_logs where {OLD} order by time limit 5"
    )
    with closing(psycopg.connect(database)) as holder:
        holder.execute(
            f"select from public.audit_logs where {OLD} order by time desc limit 7 for update"
        )
        result = purge(owner)
    assert (result["deleted_count"], result["locked_left"], result["held"]) == (1988, 7, 5)
    result = purge(owner)
    assert (result["deleted_count"], result["locked_left"], result["held"]) == (7, 0, 5)


def test_a_table_that_is_used_as_a_ring_stays_cheap(superuser, owner, logs, visited):
    """Day after day old rows go and new ones take their place: summaries must not only widen."""
    for day in range(1, 6):
        keep = timedelta(days=90 - 0.7 * day)
        assert purge(owner, keep=keep)["deleted_count"] > 1500
        superuser.execute("vacuum public.audit_logs")
        superuser.execute(
            "insert into public.audit_logs (entity, action, user_id) select 'invoice', 'read', "
            "(select id from public.profiles) from generate_series(1, 2000)"
        )
        superuser.execute("analyze public.audit_logs")
    size = blocks(superuser)
    for scan in ("seqscan", "indexscan", "indexonlyscan"):
        owner.execute(f"set enable_{scan} = off")
    located = owner.execute(
        "explain (analyze, format json) select from only public.audit_logs "
        "where time < now() - interval '86 days'"
    ).fetchone()["QUERY PLAN"][0]["Plan"]
    assert located["Node Type"] == "Bitmap Heap Scan"
    assert located["Lossy Heap Blocks"] <= 3 * 128 < size / 3


def test_an_index_that_finds_too_slowly_is_given_up(superuser, owner, logs, monkeypatch, visited):
    def refuse(self, connection):
        self._is_located = False
        self._spans.append((self._position, self.blocks))
        return True

    monkeypatch.setattr(ranges.Ranges, "_locate", refuse)
    assert purge(owner)["deleted_count"] == 2000
    assert sum(visited) >= blocks(superuser)


def test_two_workers_do_what_one_does(database, superuser, owner, logs):
    keep = timedelta(days=70)
    expired = count(owner, "time < now() - interval '70 days'")
    with closing(connect(database, application_name="helper")) as helper:
        result = Purge(POLICY, keep=keep, duty=1).run(owner, helpers=[helper])
        assert helper.info.transaction_status is psycopg.pq.TransactionStatus.IDLE
    assert result["deleted_count"] == expired
    assert count(owner) == 100000 - expired


def test_a_worker_that_fails_stops_the_others(database, superuser, owner, logs):
    with closing(connect(database, application_name="helper")) as helper:
        superuser.execute("select pg_terminate_backend(%s)", [helper.info.backend_pid])
        with pytest.raises(psycopg.OperationalError):
            Purge(POLICY, keep=timedelta(days=70), duty=0.5).run(owner, helpers=[helper])
    expired = count(owner, "time < now() - interval '70 days'")
    assert purge(owner, keep=timedelta(days=70))["deleted_count"] == expired


def test_an_interruption_stops_all_workers(database, superuser, owner, logs):
    class Interrupted(BaseException):
        pass

    def interrupt(_progress):
        raise Interrupted

    with closing(connect(database, application_name="helper")) as helper:
        with pytest.raises(Interrupted):
            Purge(POLICY, keep=timedelta(days=70), duty=0.1).run(owner, interrupt, [helper])
        assert helper.info.transaction_status is not psycopg.pq.TransactionStatus.ACTIVE
    assert count(owner, "time < now() - interval '70 days'") > 0


def test_rows_that_expire_almost_all(superuser, owner, logs):
    expired = count(owner, "time < now() - interval '60 days'")
    result = purge(owner, keep=timedelta(days=60))
    assert result["deleted_count"] == expired > 80_000
    assert result["reusable_bytes"] > 0.5 * 8192 * blocks(superuser)
    assert "public.audit_logs: vacuumed" in result["vacuum"]


def test_a_single_row_of_a_hundred_thousand(superuser, owner, logs, visited):
    moment = superuser.execute("select min(time) as oldest, now() as now from public.audit_logs")
    row = moment.fetchone()
    result = purge(owner, keep=row["now"] - row["oldest"] - timedelta(seconds=10))
    assert result["deleted_count"] == 1 and sum(visited) <= 16
    assert result["vacuum"] == "not worthwhile yet" and result["reusable_bytes"] == 0
