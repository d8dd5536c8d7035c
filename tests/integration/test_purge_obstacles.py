"""What can stand in a purge's way, and the truth it tells of it."""

from contextlib import closing
from datetime import UTC, datetime, timedelta
from threading import Event, Thread, Timer

import psycopg
import pytest

from maint_pipeline.retention.purge import Purge
from tests.application import CREATE_PROFILE, OLD, count

POLICY = "cleanup_old_audit_logs"


@pytest.fixture
def logs(superuser):
    """10,000 audit logs, one every 26 minutes over 180 days: half of them past 90 days."""
    superuser.execute(CREATE_PROFILE)
    superuser.execute(
        "insert into public.audit_logs (entity, action, user_id, time, payload_hash) "
        "select 'invoice', 'read', (select id from public.profiles), "
        "now() - (i - 0.5) * interval '180 days' / 10000, i::text "
        "from generate_series(1, 10000) as i"
    )


def add_trigger(superuser, body: str) -> None:
    superuser.execute(
        "create function public.guard() returns trigger language plpgsql as "
        f"$$ begin {body} return old; end $$"
    )
    superuser.execute(
        "create trigger guard before delete on public.audit_logs "
        "for each row execute function public.guard()"
    )


def purges(superuser, owner):
    """The job's purge and the SQL function's, each in its turn."""
    yield Purge(POLICY, duty=1).run(owner)
    yield superuser.execute("select public.cleanup_old_audit_logs() as a").fetchone()["a"]


def test_a_trigger_that_keeps_rows_without_a_word(superuser, owner, logs):
    add_trigger(superuser, "if old.payload_hash like '%7' then return null; end if;")
    first, second = purges(superuser, owner)
    assert (first["deleted_count"], first["refused"], first["locked_left"]) == (4500, 500, 0)
    assert first["refusal"] == "a trigger kept the row"
    assert (second["deleted_count"], second["refused"]) == (0, 500)
    assert count(owner, OLD) == 500 and count(owner, f"not ({OLD})") == 5000


def test_a_trigger_that_raises_for_some_rows(superuser, owner, logs):
    add_trigger(
        superuser,
        "if old.payload_hash like '%007' then raise exception 'row % is evidence', "
        "old.payload_hash; end if;",
    )
    first, second = purges(superuser, owner)
    assert (first["deleted_count"], first["refused"]) == (4995, 5)
    assert "is evidence" in first["refusal"]
    # Now that nothing else is left, all that it tries is refused: that is a failure.
    assert second["success"] is False
    assert "all 5 expired rows were refused: row" in second["error"]


def test_a_trigger_that_lets_nothing_pass_is_a_failure(owner, superuser, logs):
    add_trigger(superuser, "raise exception 'the books are closed';")
    with pytest.raises(psycopg.errors.RaiseException, match=r"all 5000 .* the books are closed"):
        Purge(POLICY, duty=1).run(owner)
    assert count(owner) == 10_000


def test_a_foreign_key_that_forbids(superuser, owner, logs):
    superuser.execute(
        "create table public.disputes (log_id uuid not null references public.audit_logs (id))"
    )
    superuser.execute(
        f"insert into public.disputes select id from public.audit_logs where {OLD} limit 3"
    )
    first, second = purges(superuser, owner)
    assert (first["deleted_count"], first["refused"]) == (4997, 3)
    assert "violates foreign key constraint" in first["refusal"]
    assert second["refused"] == 3


def test_refused_and_locked_rows_are_told_apart(database, superuser, owner, logs):
    add_trigger(superuser, "if old.payload_hash like '%9' then raise exception 'kept'; end if;")
    with closing(psycopg.connect(database)) as holder:
        holder.execute(
            f"select from public.audit_logs where {OLD} and payload_hash like '%1' limit 20 "
            "for update"
        )
        result = Purge(POLICY, duty=1).run(owner)
    assert (result["deleted_count"], result["refused"], result["locked_left"]) == (4480, 500, 20)


def test_an_error_of_the_server_is_no_refusal(superuser, owner, logs):
    add_trigger(superuser, "raise disk_full using message = 'no space left';")
    with pytest.raises(psycopg.errors.DiskFull):
        Purge(POLICY, duty=1).run(owner)
    assert count(owner) == 10_000


def test_row_security_forced_on_the_owner_hides_nothing(superuser, owner, logs):
    superuser.execute("alter table public.audit_logs force row level security")
    superuser.execute("create policy nothing on public.audit_logs as restrictive using (false)")
    assert Purge(POLICY, duty=1).run(owner)["deleted_count"] == 5000


def test_toasted_rows(superuser, owner, logs):
    superuser.execute(
        "update public.audit_logs set user_agent = (select string_agg(md5(i::text || id::text), '')"
        " from generate_series(1, 300) as i) where payload_hash like '%00'"
    )
    assert Purge(POLICY, duty=1).run(owner)["deleted_count"] == 5000
    assert count(owner, "length(user_agent) = 9600") == 50


@pytest.mark.parametrize(("days", "expected"), [("18 days", 9000), ("179.9955 days", 0)])
def test_almost_all_or_almost_nothing_expired(superuser, owner, logs, days, expected):
    superuser.execute(
        "update maint.retention_policies set keep = %s::interval where name = %s", [days, POLICY]
    )
    superuser.execute(
        "insert into public.audit_logs (entity, action, user_id, time) "
        "select 'ancient', 'read', id, '2001-01-01' from public.profiles"
    )
    assert Purge(POLICY, duty=1).run(owner)["deleted_count"] == expected + 1
    assert count(owner, "entity = 'ancient'") == 0


def test_young_rows_survive_whatever_others_do_meanwhile(database, superuser, owner, logs):
    """Inserts, updates that move rows, and expired rows that become young by an update."""
    stop = Event()

    def disturb() -> None:
        with closing(psycopg.connect(database, autocommit=True)) as connection:
            for i in range(1_000_000):
                if stop.is_set():
                    return
                connection.execute(
                    "insert into public.audit_logs (entity, action, user_id) "
                    "select 'fresh', 'read', id from public.profiles"
                )
                connection.execute(
                    "update public.audit_logs set user_agent = repeat('y', 500), time = now(), "
                    "entity = 'renewed' where payload_hash = %s",
                    [str(9_999 - i * 7)],
                )

    thread = Thread(target=disturb)
    thread.start()
    try:
        result = Purge(POLICY, duty=0.2).run(owner)
    finally:
        stop.set()
        thread.join()
    renewed = count(owner, "entity = 'renewed' and payload_hash::int > 5000")
    assert result["deleted_count"] + renewed + result["locked_left"] == 5000
    assert count(owner, OLD) == result["locked_left"]
    assert count(owner, "payload_hash::int <= 5000 or entity = 'renewed'") == 5000 + renewed


def test_a_lock_on_the_whole_table_is_waited_out_without_queueing(database, owner, logs):
    with closing(psycopg.connect(database)) as holder:
        holder.execute("lock table public.audit_logs in share mode")
        timer = Timer(1.0, holder.rollback)
        timer.start()
        result = Purge(POLICY, duty=1).run(owner)
        timer.join()
    assert result["deleted_count"] == 5000


def test_a_batch_that_takes_too_long_is_tried_in_pieces(superuser, owner, logs):
    # About 70 expired rows in a block, 20 ms each: a block may just take its time, many may not.
    add_trigger(superuser, "if old.payload_hash::int > 9900 then perform pg_sleep(0.02); end if;")
    result = Purge(POLICY, duty=1).run(owner)
    assert result["deleted_count"] == 5000 and result["refused"] == 0
    assert result["longest_batch_seconds"] < 3
    assert owner.execute("show statement_timeout").fetchone()["statement_timeout"] == "0"


def test_somebody_elses_cancel_is_not_taken_for_a_timeout(database, superuser, owner, logs):
    add_trigger(superuser, "perform pg_sleep(0.2);")
    canceled = Timer(
        0.5,
        lambda: psycopg.connect(database).execute(
            "select pg_cancel_backend(%s)", [owner.info.backend_pid]
        ),
    )
    canceled.start()
    with pytest.raises(psycopg.errors.QueryCanceled):
        Purge(POLICY, duty=1).run(owner)
    canceled.join()


def test_a_purge_stops_when_its_time_is_up_and_the_next_goes_on(superuser, owner, logs):
    add_trigger(superuser, "perform pg_sleep(0.0005);")
    until = datetime.now(UTC) + timedelta(seconds=0.2)
    first = Purge(POLICY, duty=0.5, until=until).run(owner)
    assert first["deleted_count"] < 5000
    assert "when the maintenance window closed" in first["unfinished"]
    assert first["walked_percent"] < 100
    second = Purge(POLICY, duty=1).run(owner)
    assert first["deleted_count"] + second["deleted_count"] == 5000
    assert "unfinished" not in second
    late = Purge(POLICY, until=datetime.now(UTC)).run(owner)
    assert late["batches"] == 0 and late["walked_percent"] == 0


def test_what_is_about_the_rows_and_what_is_not(owner):
    told = owner.execute(
        "select state, maint.is_refusal(state) as yes from unnest(array['23503', 'P0001', '22012', "
        "'55P03', '57014', '40P01', '53100', '42501', '08006', 'XX000']) as state"
    ).fetchall()
    assert [row["state"] for row in told if row["yes"]] == ["23503", "P0001", "22012"]
