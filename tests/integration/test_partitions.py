"""Range-partitioned tables: what is over goes as a whole, what will be needed is made."""

import json
from contextlib import closing
from threading import Timer

import psycopg
import pytest

from maint_pipeline.database.application import ApplicationUrls
from maint_pipeline.doctor.examinations import examine
from maint_pipeline.retention.archive import Archive
from maint_pipeline.retention.detaching import Detaching
from maint_pipeline.retention.partitions import Partitions
from maint_pipeline.retention.policies import stranded_partitions
from maint_pipeline.retention.purge import Purge
from tests.application import administrator
from tests.seeds import few

EVENTS = """
create table public.events (id bigint generated always as identity, at timestamptz not null,
    kind text default 'x', primary key (id, at)) partition by range (at);
create table public.events_2020 partition of public.events for values from ('2020-01-01') to ('2021-01-01');
create table public.events_2021 partition of public.events for values from ('2021-01-01') to ('2022-01-01');
create table public.events_now partition of public.events for values from ('2022-01-01') to ('2099-01-01');
insert into public.events (at) select timestamptz '2020-06-01' + i * interval '1 day' from generate_series(1, 1000) as i;
insert into public.events (at) select now() from generate_series(1, 10);
grant select, delete, update (at) on public.events, public.events_2020, public.events_2021, public.events_now
    to maint_owner;
insert into maint.retention_policies (name, table_name, time_column, keep) values ('events', 'events', 'at', '90 days');
"""  # noqa: E501


@pytest.fixture
def events(superuser):
    """1,000 events of 2020 to 2023, 2020 and 2021 in partitions of their own; ten of today."""
    superuser.execute(EVENTS)


def purge(owner, **options):
    return Purge("events", duty=1, owner_url=administrator(owner), **options).run(owner)


def rows(connection, table: str = "events") -> int:
    return connection.execute(f"select count(*) as n from public.{table}").fetchone()["n"]


def partitions(connection) -> list[str]:
    found = connection.execute(
        "select inhrelid::regclass::text as name from pg_inherits "
        "where inhparent = 'public.events'::regclass order by 1"
    ).fetchall()
    return [row["name"] for row in found]


def exists(connection, name: str) -> bool:
    row = connection.execute("select to_regclass(%s) as found", [f"public.{name}"]).fetchone()
    return row["found"] is not None


def noted(connection) -> int:
    query = "select count(*) as n from maint.detaching_partitions"
    return connection.execute(query).fetchone()["n"]


def test_expired_partitions_are_dropped_and_the_boundary_is_purged(superuser, owner, events):
    preview = Purge("events").preview(owner)
    assert preview["expired_count"] == 1000
    assert preview["partitions"] == ["public.events_2020", "public.events_2021"]
    result = purge(owner)
    assert result["deleted_count"] == 1000
    dropped = {row["partition"]: row["rows"] for row in result["partitions_dropped"]}
    assert dropped == {"public.events_2020": 213, "public.events_2021": 365}
    assert result["returned_bytes"] >= sum(row["bytes"] for row in result["partitions_dropped"])
    assert partitions(superuser) == ["events_now"] and rows(superuser) == 10
    assert not exists(superuser, "events_2020") and noted(superuser) == 0
    again = purge(owner)
    assert again["deleted_count"] == 0 and "partitions_dropped" not in again


def test_a_default_partition(superuser, owner, events):
    superuser.execute("create table public.events_default partition of public.events default")
    superuser.execute("grant select, delete, update on public.events_default to maint_owner")
    assert purge(owner)["deleted_count"] == 1000
    assert partitions(superuser) == ["events_default", "events_now"]


@pytest.mark.parametrize(
    ("change", "left"),
    [
        ("insert into maint.legal_holds (policy_name, column_name, value, reason) "
         "select 'events', 'id', id, 'court' "
         "from public.events where at < '2021-01-01' limit 1", 1),
        ("update maint.retention_policies set hold_condition = 'id = 1' where name = 'events'", 1),
        ("update maint.retention_policies set condition = 'id > 1' where name = 'events'", 1),
    ],
)  # fmt: skip
def test_a_partition_with_rows_that_stay_is_purged_row_by_row(
    superuser, owner, events, change, left
):
    superuser.execute(change)
    result = purge(owner)
    assert result["deleted_count"] == 1000 - left
    assert partitions(superuser) == ["events_2020", "events_now"]
    assert rows(superuser, "events_2020") == left


def test_a_trigger_sees_every_row_that_goes(superuser, owner, events):
    superuser.execute(
        "create table public.gone (id bigint); grant insert on public.gone to maint_owner; "
        "create function public.note() returns trigger language plpgsql as "
        "$$ begin insert into public.gone values (old.id); return old; end $$; "
        "create trigger note after delete on public.events for each row execute function note()"
    )
    assert purge(owner)["deleted_count"] == 1000
    assert rows(superuser, "gone") == 1000
    assert partitions(superuser) == ["events_now"]


def test_archived_before_dropped(superuser, owner, events, tmp_path):
    superuser.execute("update maint.retention_policies set action = 'archive'")
    result = purge(owner, archive_url=str(tmp_path))
    assert result["archived_rows"] == result["deleted_count"] == 1000
    assert partitions(superuser) == ["events_now"]
    assert sum(manifest.rows for manifest in Archive(str(tmp_path)).manifests()) == 1000


def test_a_foreign_key_that_forbids(superuser, owner, events):
    superuser.execute(
        "create table public.notes (id bigint, at timestamptz, "
        "foreign key (id, at) references public.events); "
        "insert into public.notes select id, at from public.events where at < '2021-01-01' limit 3"
    )
    result = purge(owner)
    assert result["deleted_count"] == 997 and result["refused"] == 3
    assert partitions(superuser) == ["events_2020", "events_now"] and noted(superuser) == 0


def test_a_partition_that_a_view_depends_on_is_emptied_and_stays(superuser, owner, events):
    superuser.execute("create view public.of_2020 as select id from public.events_2020")
    result = purge(owner)
    assert result["deleted_count"] == 1000
    assert (
        "view public.of_2020 depends on table public.events_2020" in result["partition_problems"][0]
    )
    assert partitions(superuser) == ["events_2020", "events_now"] and noted(superuser) == 0
    assert rows(superuser, "events_2020") == 0


def test_what_somebody_else_is_detaching_is_left_alone(database, superuser, owner, events):
    with closing(psycopg.connect(database, autocommit=True)) as reader:
        reader.execute("begin; select count(*) from public.events")
        superuser.execute("set lock_timeout = '300ms'")
        with pytest.raises(psycopg.errors.LockNotAvailable):
            superuser.execute(
                "alter table public.events detach partition public.events_2020 concurrently"
            )
    purge(owner)
    assert exists(superuser, "events_2020") and rows(superuser, "events_2020") == 213


def test_where_no_session_is_the_owners_rows_go_one_by_one(database, superuser, owner, events):
    worker = psycopg.conninfo.make_conninfo(database, user="maint_worker")
    result = Purge("events", duty=1, owner_url=worker).run(owner)
    assert result["deleted_count"] == 1000 and "partitions_dropped" not in result
    problem = "maint_worker may not act as postgres, the table's owner"
    assert problem in result["partition_problems"][0]
    assert len(partitions(superuser)) == 3 and noted(superuser) == 0


def test_readers_hold_up_the_detach_and_nobody_else(database, superuser, owner, events):
    with closing(psycopg.connect(database)) as reader, closing(psycopg.connect(database)) as writer:
        reader.execute("select count(*) from public.events")
        seen = []

        def write() -> None:
            writer.execute("set lock_timeout = '50ms'")
            writer.execute("insert into public.events (at) values (now())")
            writer.commit()
            seen.append(True)
            reader.rollback()

        timer = Timer(1, write)
        timer.start()
        assert purge(owner)["deleted_count"] == 1000
        timer.join()
    assert seen and rows(superuser) == 11


class Killed(BaseException):
    pass


@pytest.mark.parametrize("moment", ["before the detach", "half detached", "before the drop"])
def test_a_purge_that_was_killed_on_the_way_is_brought_to_its_end(
    superuser, owner, events, monkeypatch, moment
):
    def kill(*_args, **_options):
        raise Killed

    place, method = {
        "before the detach": (Partitions, "_go_on"),
        "half detached": (Detaching, "_detach"),
        "before the drop": (Detaching, "_drop"),
    }[moment]
    monkeypatch.setattr(place, method, kill)
    with pytest.raises(Killed):
        purge(owner)
    monkeypatch.undo()
    assert noted(superuser) == 1
    if moment == "half detached":
        with closing(psycopg.connect(superuser.info.dsn, autocommit=True)) as reader:
            reader.execute("begin; select count(*) from public.events")
            superuser.execute("set statement_timeout = '500ms'")
            with pytest.raises(psycopg.errors.QueryCanceled):
                superuser.execute(
                    "alter table public.events detach partition public.events_2020 concurrently"
                )
            superuser.execute("reset statement_timeout")
    result = purge(owner)
    assert result["deleted_count"] == 1000
    assert not exists(superuser, "events_2020") and noted(superuser) == 0


@pytest.mark.parametrize(
    "change",
    [
        "insert into maint.legal_holds (policy_name, column_name, value, reason) "
        "values ('events', 'id', 1, 'court')",
        "update maint.retention_policies set keep = '100 years' where name = 'events'",
    ],
)
def test_a_detached_partition_that_has_to_stay_after_all_is_attached_again(
    superuser, owner, events, monkeypatch, change
):
    def kill(*_args):
        raise Killed

    monkeypatch.setattr(Detaching, "_drop", kill)
    with pytest.raises(Killed):
        purge(owner)
    monkeypatch.undo()
    assert partitions(superuser) == ["events_2021", "events_now"]
    superuser.execute(change)
    purge(owner)
    assert "events_2020" in partitions(superuser) and noted(superuser) == 0
    assert superuser.execute("select count(*) as n from public.events where id = 1").fetchone()["n"]


@pytest.mark.parametrize(
    "change_and_reason",
    [
        ("delete from maint.retention_policies where name = 'events'", "the policy was deleted"),
        ("update maint.retention_policies set enabled = false where name = 'events'",
         "the policy is disabled"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("decision", ["attach_statement", "drop_statement"])
@pytest.mark.usefixtures("events")
def test_a_partition_without_a_policy_is_named_and_never_dropped(
    superuser, owner, monkeypatch, change_and_reason, decision
):
    change, reason = change_and_reason

    def kill(*_args):
        raise Killed

    monkeypatch.setattr(Detaching, "_drop", kill)
    with pytest.raises(Killed):
        purge(owner)
    monkeypatch.undo()
    assert stranded_partitions(owner) == []  # the next purge goes on with it
    superuser.execute(change)
    (row,) = stranded_partitions(owner)
    assert (row["partition"], row["reason"]) == ("public.events_2020", reason)
    urls = ApplicationUrls(superuser.info.dsn)
    told = {found.name: found for found in examine(urls, urls.administrator)}["partitions"]
    assert not told.ok and "public.events_2020" in told.finding and reason in told.finding
    assert "maint policies stranded" in told.remedy

    superuser.execute(
        "create table public.notes (at timestamptz not null); "
        "grant select, delete, update on public.notes to maint_owner; "
        "insert into maint.retention_policies (name, table_name, time_column, keep) "
        "values ('notes', 'notes', 'at', '90 days')"
    )
    Purge("notes", duty=1, owner_url=administrator(owner)).run(owner)
    assert exists(superuser, "events_2020") and stranded_partitions(owner) == [row]

    superuser.execute(row[decision])
    assert stranded_partitions(owner) == []
    assert exists(superuser, "events_2020") == (decision == "attach_statement")
    assert ("events_2020" in partitions(superuser)) == (decision == "attach_statement")


def test_half_detached_without_a_policy_it_is_named_too(superuser, owner, events, cli):
    note = (
        "insert into maint.detaching_partitions "
        "(partition_oid, parent_oid, policy_name, name, parent, bounds, upper_bound) "
        "select partition_oid, 'public.events'::regclass, 'events', name, parent, bounds, "
        "upper_bound from maint.time_partitions('events') where name = 'public.events_2020'"
    )
    superuser.execute(note)
    with closing(psycopg.connect(superuser.info.dsn, autocommit=True)) as reader:
        reader.execute("begin; select count(*) from public.events")
        superuser.execute("set statement_timeout = '500ms'")
        with pytest.raises(psycopg.errors.QueryCanceled):
            superuser.execute(
                "alter table public.events detach partition public.events_2020 concurrently"
            )
        superuser.execute("reset statement_timeout")
    superuser.execute("delete from maint.retention_policies where name = 'events'")
    (row,) = stranded_partitions(owner)
    listed = cli("policies")
    assert listed.returncode == 0 and "maint policies stranded" in listed.stderr
    (shown,) = json.loads(cli("policies", "stranded", "--json").stdout)
    assert shown["attach_statement"] == row["attach_statement"]
    for statement in row["attach_statement"].split("; "):
        superuser.execute(statement)
    assert "events_2020" in partitions(superuser) and stranded_partitions(owner) == []
    assert rows(superuser) == 1010


def test_partitions_are_made_ahead(superuser, owner, events):
    superuser.execute(
        "drop table public.events_now; alter table public.events enable row level security; "
        "alter default privileges in schema public grant all on tables to anon, authenticated; "
        "update maint.retention_policies set partition_step = '1 month', partitions_ahead = 3 "
        "where name = 'events'"
    )
    result = purge(owner)
    made = result["partitions_created"]
    assert len(made) == 4 and partitions(superuser) == [n.removeprefix("public.") for n in made]
    superuser.execute(
        "insert into public.events (at) values (now()), (now() + interval '2 months')"
    )
    grants = superuser.execute(
        "select distinct grantee::regrole::text as role from pg_class, aclexplode(relacl) "
        "where oid = %s::regclass and grantee <> relowner",
        [made[0]],
    ).fetchall()
    assert [grant["role"] for grant in grants] in (["maint_owner"], [])
    assert "partitions_created" not in purge(owner)
    # And a purge may work on them.
    superuser.execute("update maint.retention_policies set keep = '1 day' where name = 'events'")
    superuser.execute("insert into public.events (at) values (date_trunc('month', now(), 'UTC'))")
    assert purge(owner)["deleted_count"] == 1


@pytest.mark.parametrize("type_name", ["date", "timestamp", "timestamptz"])
@pytest.mark.parametrize("step", few(["1 day", "1 week", "1 year", "6 hours"]))
def test_any_step_and_type(superuser, owner, type_name, step):
    if (type_name, step) == ("date", "6 hours"):
        pytest.skip("a date has no hours")
    superuser.execute("set timezone = 'America/New_York'")
    owner.execute("set timezone = 'Asia/Kolkata'")
    superuser.execute(
        f"create table public.events (at {type_name} not null) partition by range (at)"
    )
    superuser.execute(
        "grant select, delete, update on public.events to maint_owner; "
        "insert into maint.retention_policies "
        "(name, table_name, time_column, keep, partition_step, partitions_ahead) "
        f" values ('events', 'events', 'at', '30 days', '{step}', 2)"
    )
    assert len(purge(owner)["partitions_created"]) in (2, 3)
    superuser.execute("insert into public.events values (now() at time zone 'UTC')")
    assert "partitions_created" not in purge(owner)


def test_rows_in_the_default_partition_keep_one_from_being_made(superuser, owner, events):
    superuser.execute(
        "drop table public.events_now; "
        "create table public.events_default partition of public.events default; "
        "grant select, delete, update on public.events_default to maint_owner; "
        "insert into public.events (at) values (now()); "
        "update maint.retention_policies set partition_step = '1 month', partitions_ahead = 1 "
        "where name = 'events'"
    )
    result = purge(owner)
    assert "partitions_created" not in result
    assert "events_default" in result["partition_problems"][0]


def test_a_policy_is_refused_where_a_partition_may_not_be_purged(superuser, events):
    superuser.execute(
        "create table public.events_old partition of public.events "
        "for values from ('2019-01-01') to ('2020-01-01')"
    )
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="events_old"):
        superuser.execute(
            "update maint.retention_policies set keep = '1 year' where name = 'events'"
        )


SWAP = """
alter table public.events_2020 rename to events_2020_old;
alter table public.events_now rename to events_2020;
"""


@pytest.mark.parametrize(
    "step", [(Partitions, "_go_on"), (Detaching, "_detach"), (Detaching, "_drop")]
)
def test_a_name_that_came_to_mean_a_young_partition(superuser, owner, events, monkeypatch, step):
    def kill(*_args, **_options):
        raise Killed

    monkeypatch.setattr(*step, kill)
    with pytest.raises(Killed):
        purge(owner)
    monkeypatch.undo()
    superuser.execute(SWAP)
    assert purge(owner)["deleted_count"] == 1000
    assert rows(superuser, "events_2020") == 10 and not exists(superuser, "events_2020_old")
    assert noted(superuser) == 0


def test_names_that_change_while_a_partition_is_detached(superuser, owner, events, monkeypatch):
    """What was detached by mistake is never dropped, and is named."""
    detach = Detaching._detach

    def swap_and_detach(self, session, place):
        monkeypatch.undo()
        superuser.execute(SWAP)
        detach(self, session, place)

    monkeypatch.setattr(Detaching, "_detach", swap_and_detach)
    result = purge(owner)
    assert "attach it again" in result["partition_problems"][0]
    assert rows(superuser, "events_2020") == 432  # what is expired there, too
    assert "events_2020" not in partitions(superuser)
    superuser.execute(
        "alter table public.events attach partition public.events_2020 "
        "for values from ('2022-01-01') to ('2099-01-01')"
    )
    purge(owner)
    assert partitions(superuser) == ["events_2020"] and rows(superuser) == 10


def test_a_name_that_changes_before_the_drop(superuser, owner, events, monkeypatch):
    """After the last look, and before the lock that keeps the name from changing."""
    lock = Detaching._lock
    locked: list[str] = []

    def swap_and_lock(self, session, place):
        if not locked:
            superuser.execute(SWAP)
        locked.append(place.name)
        lock(self, session, place)

    monkeypatch.setattr(Detaching, "_lock", swap_and_lock)
    assert purge(owner)["deleted_count"] == 1000
    assert locked == ["public.events_2020", "public.events_2020_old", "public.events_2021"]
    assert rows(superuser, "events_2020") == 10 and partitions(superuser) == ["events_2020"]
    assert not exists(superuser, "events_2020_old") and noted(superuser) == 0
