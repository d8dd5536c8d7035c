"""Applying repairs: nothing without somebody's yes, all of it or nothing, and back exactly."""

from contextlib import closing
from uuid import uuid4

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from maint_pipeline.database.connection import connect
from maint_pipeline.repairs import records
from maint_pipeline.repairs.applying import apply, undo
from maint_pipeline.repairs.errors import RepairError, explained
from maint_pipeline.repairs.rehearsal import rehearse
from maint_pipeline.repairs.snapshot import difference, take_snapshot
from tests.cli import Cli
from tests.dev import environment
from tests.own_server import server_url, template  # noqa: F401 - fixtures
from tests.seeds import spread

CHECK = "row_security_off"
FOUND = "row_security_off:public.notes"


class People:
    """Ada, who rehearses and applies, and Ben, who approves: superusers, each with a login."""

    def __init__(self, url: str, names: list[str]) -> None:
        self.urls = [make_conninfo(url, user=name) for name in names]
        self.ada, self.ben = (
            connect(url, application_name="test", as_owner=False) for url in self.urls
        )

    def rehearse(self) -> int:
        outcome = rehearse(self.ada, CHECK, FOUND, 600).outcome
        return records.note_rehearsal(self.ada, outcome, "ada@laptop")

    def approve(self) -> None:
        records.approve(self.ben, FOUND, "agreed")

    def apply(self, **options):
        with explained():
            return apply(self.ada, CHECK, FOUND, "ada@laptop", hold=600, **options)

    def undo(self):
        with explained():
            return undo(self.ada, FOUND, "the report needs it", "ada@laptop")

    def events(self) -> list[str]:
        return [row["event"] for row in reversed(records.history(self.ada))]

    def picture(self):
        with self.ada.transaction():
            return take_snapshot(self.ada)


@pytest.fixture
def people(superuser, owner, database):
    names = [f"{name}_{uuid4().hex[:8]}" for name in ("ada", "ben")]
    for name in names:
        superuser.execute(f"create role {name} superuser login")
    superuser.execute("create table public.notes (id integer primary key)")
    people = People(database, names)
    try:
        records.enable(people.ada, [], None, None)
        yield people
    finally:
        people.ada.close()
        people.ben.close()
        for name in names:
            superuser.execute(f"drop owned by {name}")
            superuser.execute(f"drop role {name}")


@pytest.fixture
def cli(home, database) -> Cli:
    return Cli({**environment(home), "MAINT_DATABASE_URL": database})


def protected(connection) -> bool:
    return connection.execute(
        "select relrowsecurity as r from pg_class where oid = 'public.notes'::regclass"
    ).fetchone()["r"]


def test_from_a_finding_to_its_undo(people):
    before = people.picture()
    with pytest.raises(RepairError, match="nobody has approved"):
        people.apply()
    people.rehearse()
    with pytest.raises(RepairError, match="another person"):
        records.approve(people.ada, FOUND, None)
    with pytest.raises(RepairError, match="nobody has approved"):
        people.apply()
    people.approve()
    people.apply(dry_run=True)
    assert not protected(people.ada)
    people.apply()
    assert protected(people.ada)
    with pytest.raises(RepairError, match="used already"):
        people.apply()
    assert people.undo() == ["alter table public.notes disable row level security"]
    assert difference(before, people.picture()) == {}
    with pytest.raises(RepairError, match="Nothing to undo"):
        people.undo()
    assert people.events() == ["switched on", "rehearsed", "approved", "applied", "undone"]
    undone, applied, approved, rehearsed, _ = records.history(people.ada)
    assert applied["statements"] == ["alter table public.notes enable row level security"]
    assert applied["digest"] == approved["digest"] == rehearsed["digest"]
    assert undone["before_hash"] == applied["after_hash"] != applied["before_hash"]
    assert undone["after_hash"] == applied["before_hash"]
    assert applied["login"].startswith("ada") and approved["login"].startswith("ben")


def test_from_the_command_line(people, cli, owner):
    owner.execute("select maint.run_check(%s)", [CHECK])
    ada, ben = (cli.with_variables(MAINT_ADMIN_DATABASE_URL=url) for url in people.urls)
    (alert,) = [row["id"] for row in ada.json("repairs") if row["fingerprint"] == FOUND]
    assert "approve" not in ada("repairs", "rehearse", alert, "--hold", "600").stderr
    refused = ada("repairs", "approve", alert)
    assert refused.returncode == 1 and "another person" in refused.stderr
    assert ben("repairs", "approve", alert[:8], "--note", "agreed").returncode == 0
    tried = ada("repairs", "apply", alert[:8], "--dry-run", "--hold", "600")
    assert "rolled back" in tried.stdout and not protected(people.ada)
    done = ada("repairs", "apply", alert[:8], "--hold", "600")
    assert "enable row level security;" in done.stdout and protected(people.ada)
    back = ada("repairs", "undo", alert[:8], "--note", "needed")
    assert "disable row level security;" in back.stdout and not protected(people.ada)
    assert ada("repairs", "disable", "--note", "release week").returncode == 0
    stopped = ben("repairs", "approve", alert)
    assert stopped.returncode == 1 and "switched off" in stopped.stderr
    assert ada("repairs", "enable").returncode == 0
    rows = ada.json("repairs", "history")
    assert [row["event"] for row in reversed(rows)] == [
        "switched on", "rehearsed", "approved", "applied", "undone", "switched off", "switched on",
    ]  # fmt: skip
    assert rows[2]["note"] == "needed" and "@" in rows[3]["claimed"]
    assert "undone" in ada("repairs", "history").stdout


def test_removed_with_everything_of_ours(people, cli, superuser):
    people.rehearse()
    people.ben.close()
    ada = cli.with_variables(MAINT_ADMIN_DATABASE_URL=people.urls[0])
    removed = ada("migrate", "--down", "--yes")
    assert removed.returncode == 0, removed.stderr
    left = superuser.execute(
        "select nspname as name from pg_namespace where nspname like 'maint%%' "
        "union all select rolname from pg_roles where rolname = 'maint_repairer'",
        [],
    ).fetchall()
    assert left == []


@pytest.mark.parametrize(
    "swap",
    [
        "drop table public.notes; create table public.notes (id integer primary key); "
        "grant all on public.notes to anon, authenticated, service_role",
        "alter table public.notes force row level security",
        "alter table public.notes set (fillfactor = 50)",
    ],
)
def test_what_changed_since_the_approval_is_refused(people, swap):
    people.rehearse()
    people.approve()
    people.ben.execute(swap)
    with pytest.raises(RepairError, match="changed since the approval"):
        people.apply()
    assert not protected(people.ada) and people.events()[-1] == "approved"


def test_others_wait_for_so_long_only(people):
    people.rehearse()
    people.approve()
    with pytest.raises(RepairError, match="Others would wait"):
        apply(people.ada, CHECK, FOUND, None, hold=0)
    assert not protected(people.ada) and people.events()[-1] == "approved"


def test_what_changed_since_the_repair_is_not_undone(people):
    people.rehearse()
    people.approve()
    people.apply()
    people.ben.execute("alter table public.notes force row level security")
    with pytest.raises(RepairError, match="somebody has to decide"):
        people.undo()
    people.ben.execute("alter table public.notes no force row level security")
    people.undo()
    assert not protected(people.ada)


def test_two_undone_stop_all(people):
    people.rehearse()
    people.approve()
    people.apply()
    people.undo()
    people.rehearse()
    people.approve()
    people.apply()
    people.undo()
    people.rehearse()
    people.approve()
    with pytest.raises(RepairError, match="two repairs were undone"):
        people.apply()
    assert not protected(people.ada)


def test_five_a_day(people):
    people.rehearse()
    people.approve()
    people.ada.execute(
        "insert into maint_repairs.events (event, fingerprint) "
        "select 'applied', 'other' from generate_series(1, 5)"
    )
    with pytest.raises(RepairError, match="five repairs"):
        people.apply()
    assert not protected(people.ada)


def test_an_approval_ends(people):
    rehearsal = people.rehearse()
    people.ada.execute(
        "insert into maint_repairs.events (event, refers_to, fingerprint, class, digest, login, "
        "happened_at) select 'approved', id, fingerprint, class, digest, 'ben', "
        "now() - interval '8 days' from maint_repairs.events where id = %s",
        [rehearsal],
    )
    with pytest.raises(RepairError, match="older than seven days"):
        people.apply()
    records.switch_off(people.ada, "release week", None)
    with pytest.raises(RepairError, match="switched off"):
        people.approve()
    with pytest.raises(RepairError, match="switched off"):
        people.apply()


def test_one_at_a_time(people, database):
    people.rehearse()
    people.approve()
    with closing(psycopg.connect(database)) as other:
        other.execute("select from maint_repairs.turn for update")
        with pytest.raises(RepairError, match=r"locked|another repair"):
            people.apply()
    assert not protected(people.ada)


def test_the_history_is_only_added_to(people, owner, database):
    people.rehearse()
    for statement in (
        "update maint_repairs.events set login = 'x'",
        "delete from maint_repairs.events",
        "truncate maint_repairs.events cascade",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="only added to"):
            people.ada.execute(statement)
    for statement in (
        "insert into maint_repairs.events (event) values ('approved')",
        "select maint_repairs.approve(1)",
        "select * from maint_repairs.begin_application('x')",
        "drop schema maint_repairs cascade",
        "set role maint_repairer",
        "create function maint_repairs.f() returns int language sql as 'select 1'",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            owner.execute(statement)


def test_an_approver_may_approve_and_nothing_else(people, superuser, database):
    name = f"carl_{uuid4().hex[:8]}"
    superuser.execute(f"create role {name} login")
    try:
        records.enable(people.ada, [name], None, None)
        people.rehearse()
        with closing(
            connect(make_conninfo(database, user=name), application_name="t", as_owner=False)
        ) as carl:
            records.approve(carl, FOUND, "fine")
            for statement in (
                "insert into maint_repairs.events (event) values ('applied')",
                "select maint_repairs.switch(false, null, null)",
                "select maint_repairs.note_rehearsal('c', 'f', 'A', '{}', '{}', 'd', '[]', null)",
            ):
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    carl.execute(statement)
        people.apply()
        assert protected(people.ada)
    finally:
        superuser.execute(f"drop owned by {name}")
        superuser.execute(f"drop role {name}")


def test_a_schema_of_somebody_else_is_not_believed(superuser, database, owner):
    superuser.execute("create schema maint_repairs authorization maint_owner")
    owner.execute(
        "create function maint_repairs.begin_application(text) "
        "returns table (approval bigint, digest text, problem text) "
        "language sql as $$ select 1, 'x', null $$"
    )
    with closing(connect(database, application_name="test", as_owner=False)) as admin:
        for attempt in (
            lambda: apply(admin, CHECK, FOUND, None),
            lambda: undo(admin, FOUND, None, None),
            lambda: records.enable(admin, [], None, None),
        ):
            with pytest.raises(RepairError, match="does not belong to maint_repairer"):
                attempt()


@pytest.mark.parametrize("step", spread(range(0, 90, 9), 6))
def test_killed_at_every_step(people, superuser, step):
    """The server ends the session just before its statement of that number, or before COMMIT."""
    people.rehearse()
    people.approve()
    pid = people.ada.info.backend_pid
    real, count = people.ada.execute, 0

    def dying(*arguments, **options):
        nonlocal count
        count += 1
        if count == step + 1:
            superuser.execute("select pg_terminate_backend(%s, 5000)", [pid])
        return real(*arguments, **options)

    people.ada.execute = dying
    survived = True
    try:
        people.apply()
    except (psycopg.Error, RepairError):
        survived = False
    people.ada.close()
    people.ada = connect(people.urls[0], application_name="test", as_owner=False)
    assert (people.events()[-1] == "applied") == protected(people.ada) == survived
    if survived:
        assert count <= step
        people.undo()
        assert not protected(people.ada)
    else:
        people.apply()
        assert protected(people.ada)
