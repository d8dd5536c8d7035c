"""Rows on legal hold stay, by every path, and the results say how many."""

from contextlib import closing
from threading import Thread

import psycopg
import pytest

from maint_pipeline.database.connection import connect
from maint_pipeline.retention.purge import Purge
from tests.application import count
from tests.dev import eventually

POLICY = "cleanup_old_audit_logs"
ALICE, BOB = ("00000000-0000-0000-0000-00000000000a", "00000000-0000-0000-0000-00000000000b")
HOLD = (
    "insert into maint.legal_holds (policy_name, column_name, value, reason) "
    "values (%s, %s, %s, 'case 4711')"
)


@pytest.fixture
def logs(superuser):
    """2,000 expired and 2,000 young audit logs of two people, in turns."""
    for person in (ALICE, BOB):
        superuser.execute("insert into auth.users (id) values (%s)", [person])
        superuser.execute("insert into public.profiles (id) values (%s)", [person])
    superuser.execute(
        "insert into public.audit_logs (entity, action, user_id, time) "
        "select 'entity_' || i %% 10, 'read', "
        f"(array['{ALICE}', '{BOB}']::uuid[])[1 + i / 10 %% 2], "
        "case when i <= 2000 then now() - interval '200 days' else now() end "
        "from generate_series(1, 4000) as i",
        [],
    )


def test_a_person_on_hold(superuser, owner, logs):
    owner.execute(HOLD, [POLICY, "user_id", ALICE.upper()])
    preview = Purge(POLICY).preview(owner)
    assert (preview["expired_count"], preview["held"]) == (1000, 1000)
    assert sum(day["rows"] for day in preview["by_day"]) == 1000
    result = Purge(POLICY, duty=1).run(owner)
    assert (result["deleted_count"], result["held"]) == (1000, 1000)
    answer = superuser.execute("select public.cleanup_old_audit_logs() as a").fetchone()["a"]
    assert (answer["deleted_count"], answer["held"]) == (0, 1000)
    assert count(owner, f"user_id = '{ALICE}'") == 2000 and count(owner) == 3000
    (hold,) = owner.execute("select * from maint.legal_holds").fetchall()
    assert hold["held_by"]["role"] == "maint_owner" and hold["reason"] == "case 4711"

    owner.execute("update maint.legal_holds set released_at = now()")
    assert Purge(POLICY, duty=1).run(owner)["deleted_count"] == 1000


def test_a_hold_of_another_policy_holds_nothing(superuser, owner, logs):
    superuser.execute(
        "insert into maint.retention_policies (name, table_name, time_column, keep) "
        "values ('other', 'audit_logs', 'time', '90 days')"
    )
    owner.execute(HOLD, ["other", "user_id", ALICE])
    result = Purge(POLICY, duty=1).run(owner)
    assert (result["deleted_count"], result["held"]) == (2000, 0)


def test_holds_of_several_kinds_add_up(owner, logs):
    owner.execute(HOLD, [None, "entity", "entity_3"])
    owner.execute(HOLD, [POLICY, "entity", "entity_4"])
    owner.execute(
        "update maint.retention_policies set hold_condition = %s where name = %s",
        [f"user_id = '{BOB}' and entity in ('entity_4', 'entity_5')", POLICY],
    )
    result = Purge(POLICY, duty=1).run(owner)
    assert result["held"] == 200 + 200 + 100
    assert result["deleted_count"] == 1500
    assert count(owner, "time < now() - interval '90 days'") == 500


def test_a_condition_that_is_null_holds_nothing(owner, logs):
    owner.execute(
        "update maint.retention_policies set hold_condition = 'entity_id = entity_id' "
        "where name = %s",
        [POLICY],
    )
    assert Purge(POLICY, duty=1).run(owner)["deleted_count"] == 2000


def test_a_hold_placed_while_a_purge_works_counts_from_its_commit_on(
    database, superuser, owner, logs
):
    placed: list[int] = []

    def place() -> None:
        with closing(connect(database, application_name="lawyer")) as lawyer:
            lawyer.execute(HOLD, [POLICY, "user_id", ALICE])
            placed.append(count(lawyer, f"user_id = '{ALICE}'"))

    def on_progress(_progress) -> None:
        if not placed:
            place()

    result = Purge(POLICY, duty=1).run(owner, on_progress)
    assert count(owner, f"user_id = '{ALICE}'") == placed[0]
    assert result["held"] == placed[0] - 1000


def test_a_hold_waits_for_a_purge_in_one_transaction_and_is_seen_by_the_next(
    database, superuser, logs
):
    """The SQL function deletes in its caller's transaction: a hold can only come after it."""

    def place() -> None:
        with closing(connect(database, application_name="lawyer")) as lawyer:
            lawyer.execute(HOLD, [POLICY, "user_id", ALICE])

    waits = (
        "select from pg_stat_activity where application_name = 'lawyer' "
        "and wait_event_type = 'Lock'"
    )
    with closing(psycopg.connect(database, autocommit=True)) as watcher, superuser.transaction():
        superuser.execute("select public.cleanup_old_audit_logs()")
        lawyer = Thread(target=place)
        lawyer.start()
        eventually(lambda: watcher.execute(waits).fetchone() is not None)
    lawyer.join(timeout=60)
    assert superuser.execute("select count(*) as n from maint.legal_holds").fetchone()["n"] == 1


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ((POLICY, "user_id", "not a uuid"), "is no value of column user_id"),
        ((POLICY, "nobody", "x"), "has a column nobody"),
        ((None, "nobody", "x"), "any retention policy has a column nobody"),
        (("no_such_policy", "user_id", ALICE), "no table of policy no_such_policy"),
        ((POLICY, "user_id; drop table orgs", ALICE), "has a column"),
    ],
)
def test_a_hold_that_could_not_work_is_refused(owner, values, said):
    with pytest.raises(psycopg.Error, match=said):
        owner.execute(HOLD, list(values))


def test_a_reason_is_needed(owner):
    with pytest.raises(psycopg.errors.CheckViolation, match="reason"):
        owner.execute(
            "insert into maint.legal_holds (column_name, value, reason) values "
            "('entity', 'x', '  ')"
        )


def test_values_with_quotes_hold_what_they_say(superuser, owner, logs):
    value = 'it\'s {"odd"}, \\ 100%'
    superuser.execute("update public.audit_logs set entity = %s where entity = 'entity_1'", [value])
    owner.execute(HOLD, [POLICY, "entity", value])
    assert Purge(POLICY, duty=1).run(owner)["held"] == 200


def test_a_bad_hold_condition_is_refused(owner):
    with pytest.raises(psycopg.errors.CheckViolation, match="the hold_condition is not one"):
        owner.execute("update maint.retention_policies set hold_condition = 'true) or (true'")
