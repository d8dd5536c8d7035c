"""`maint repairs`: what is listed, shown and rehearsed, and what is refused."""

import threading
from contextlib import closing

import psycopg
import pytest

from maint_pipeline.database.connection import connect
from maint_pipeline.repairs.errors import RepairError, explained
from maint_pipeline.repairs.rehearsal import rehearse
from tests.check_bench import Bench

FOUND = "row_security_off:public.notes"


@pytest.fixture
def notes(superuser, owner):
    superuser.execute("create table public.notes (id integer primary key)")
    owner.execute("select maint.run_check('row_security_off')")
    return superuser


def test_listed_shown_and_rehearsed(cli, notes):
    (row,) = cli.json("repairs")
    assert (row["fingerprint"], row["class"]) == (FOUND, "B")
    assert row["statements"] == ["alter table public.notes enable row level security"]
    assert str(row["id"])[:8] in cli("repairs").stdout
    assert "maint repairs rehearse" in cli("alerts", "show", row["id"][:8]).stdout
    shown = cli("repairs", "show", row["id"][:8]).stdout
    assert "enable row level security;" in shown and "can't reach rows of public.notes" in shown
    (tried,) = cli.json("repairs", "rehearse", FOUND, "--hold", "600")
    assert tried["changes"] == ["relation public.notes: row security off → on"]
    assert tried["undo"] == ["alter table public.notes disable row level security"]
    assert tried["locks"] == ["AccessExclusiveLock on public.notes"]
    assert tried["undo_proven"] and tried["finding_returned"]
    told = cli("repairs", "rehearse", FOUND, "--hold", "600").stdout
    assert "disable row level security;" in told and "nothing of either is left" in told
    # And nothing is.
    assert not notes.execute(
        "select relrowsecurity as r from pg_class where oid = 'public.notes'::regclass"
    ).fetchone()["r"]
    assert cli.json("repairs") == [row]


def test_nothing_to_repair(cli, owner):
    assert "No open alert" in cli("repairs").stdout
    answer = cli("repairs", "show", "6f0c1d0e")
    assert answer.returncode == 2 and "no security alert" in answer.stderr


def test_what_is_mended_already_is_not_repaired(cli, notes):
    (row,) = cli.json("repairs")
    notes.execute("alter table public.notes enable row level security")
    notes.execute("create policy own on public.notes using (id > 1)")
    answer = cli("repairs", "rehearse", row["id"])
    assert answer.returncode == 1 and "does not find it any more" in answer.stderr


def test_a_locked_table_is_waited_for_two_seconds(database, notes):
    with closing(psycopg.connect(database)) as other:
        other.execute("lock table public.notes in access share mode")
        with closing(connect(database, application_name="test", as_owner=False)) as admin:
            with pytest.raises(RepairError, match="locked"), explained():
                rehearse(admin, "row_security_off", FOUND, 600)


def forged(owner, statements: str) -> None:
    """What a stolen maint_owner can make of a check."""
    owner.execute(
        "create or replace function maint.check_row_security_off() returns setof maint.finding "
        "language plpgsql as $body$ begin "
        "if not pg_has_role('anon', 'maint_owner', 'member') then end if; "
        "return query select 'row_security_off', 'T', 'high', 'security', 'public.notes', 'd', "
        "'r', "
        f"'{FOUND}', jsonb_build_object('fix', $fix${statements}$fix$); end $body$"
    )


@pytest.mark.parametrize(
    ("statements", "words"),
    [
        ("alter role maint_owner superuser;", "never run"),
        ("revoke all on public.notes from anon; alter role maint_owner superuser;", "never run"),
        # A statement of ours, and a finding that stays.
        ("alter table public.notes enable row level security;", "still finds"),
    ],
)
def test_a_forged_check_gets_nothing_run(database, notes, owner, statements, words):
    forged(owner, statements)
    with closing(connect(database, application_name="test", as_owner=False)) as admin:
        with pytest.raises(RepairError, match=words):
            rehearse(admin, "row_security_off", FOUND, 600)
    assert not notes.execute(
        "select rolsuper from pg_roles where rolname = 'maint_owner'"
    ).fetchone()["rolsuper"]


@pytest.mark.parametrize(
    "attempt",
    [
        "execute 'reset role'; execute 'alter role maint_owner superuser'",
        "execute 'set session authorization default'",
        "perform set_config('role', 'none', false); execute 'alter role maint_owner superuser'",
    ],
)
def test_a_forged_check_stays_maint_owner(database, notes, owner, attempt):
    owner.execute(
        "create or replace function maint.check_row_security_off() returns setof maint.finding "
        f"language plpgsql as $body$ begin {attempt}; return; end $body$"
    )
    with closing(connect(database, application_name="test", as_owner=False)) as admin:
        with pytest.raises(psycopg.Error, match=r"security-definer|permission|must be"):
            rehearse(admin, "row_security_off", FOUND, 600)
    assert not notes.execute(
        "select rolsuper from pg_roles where rolname = 'maint_owner'"
    ).fetchone()["rolsuper"]


def test_what_else_changes_meanwhile_is_refused(database, notes):
    """An event trigger of the application's, which does more than the statement."""
    notes.execute(
        "create function public.more() returns event_trigger language plpgsql as "
        "$$ begin if tg_tag = 'ALTER TABLE' then grant select on public.orgs to public; end if; "
        "end $$"
    )
    notes.execute("create event trigger more on ddl_command_end execute function public.more()")
    with closing(connect(database, application_name="test", as_owner=False)) as admin:
        with pytest.raises(RepairError, match=r"More would change .* public\.orgs"):
            rehearse(admin, "row_security_off", FOUND, 600)


def test_names_that_quote_badly(superuser, database):
    names = ["a; drop table x", 'q"', "o'clock", "\\", "%s", " ", "ünï", "Upper", "select"]
    with closing(Bench(database, "row_security_off")) as bench:
        for name in names:
            table = psycopg.sql.Identifier("public", name)
            superuser.execute(psycopg.sql.SQL("create table {} (id int)").format(table))
        found = bench.findings()
        assert len(found) == len(names)
        for finding in found.values():
            outcome = rehearse(bench.admin, "row_security_off", finding["fingerprint"], 600).outcome
            assert len(outcome.changes) == 1


def test_two_rehearsals_at_once_do_not_disturb(database, notes):
    """One waits for the other's lock, or says that the table is locked; nothing is left."""
    problems: list[Exception] = []

    def one() -> None:
        with closing(connect(database, application_name="test", as_owner=False)) as admin:
            try:
                with explained():
                    rehearse(admin, "row_security_off", FOUND, 600)
            except Exception as error:
                problems.append(error)

    threads = [threading.Thread(target=one) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all("locked" in str(problem) for problem in problems), problems
