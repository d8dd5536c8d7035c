"""Findings on what only the platform's provider can change: counted and told, and no alert."""

from contextlib import closing

import psycopg
import pytest
from psycopg import sql

from maint_pipeline.checks.run import run_check, run_checks

ALERTS = (
    "select count(*) as n from maint.known_alerts() where fingerprint like 'row_security_off:%'"
)


@pytest.fixture
def platform(superuser):
    """A database of an ordinary role, and a table that belongs to its provider."""
    database = superuser.info.dbname
    superuser.execute("create role the_provider; create role the_customer")
    superuser.execute(
        sql.SQL("alter database {} owner to the_customer").format(sql.Identifier(database))
    )
    superuser.execute(
        "update maint.settings set value = 'the_provider' where name = 'platform_roles'"
    )
    superuser.execute("create table public.theirs (id integer primary key)")
    superuser.execute("alter table public.theirs owner to the_provider")
    superuser.execute("create table public.ours (id integer primary key)")
    superuser.execute("grant select on public.theirs, public.ours to anon")
    yield superuser
    with closing(psycopg.connect(superuser.info.dsn, autocommit=True)) as admin:
        admin.execute(
            sql.SQL("alter database {} owner to {}").format(
                sql.Identifier(database), sql.Identifier(superuser.info.user)
            )
        )
        admin.execute("drop owned by the_provider, the_customer")
        admin.execute("drop role the_provider, the_customer")


def test_they_are_counted_and_raise_no_alert(platform, owner):
    result = run_check(owner, "row_security_off")
    assert [finding["object"] for finding in result["sample"]] == ["public.ours"]
    assert result["of_the_platform"] == 1
    (finding,) = result["platform_sample"]
    assert finding["object"] == "public.theirs"
    assert finding["metadata"]["managed_by"] == "the_provider"
    assert "fix" not in finding["metadata"]
    assert owner.execute(ALERTS).fetchone()["n"] == 1
    row = owner.execute(
        "select findings, of_the_platform from maint.check_results "
        "where check_name = 'row_security_off'"
    ).fetchone()
    assert row == {"findings": 1, "of_the_platform": 1}


def test_a_run_tells_of_them(platform, owner):
    summary, _ = run_checks(owner, "security")
    assert summary["of_the_platform"]["row_security_off"] == 1
    assert summary["findings_by_check"]["row_security_off"] == 1


@pytest.mark.parametrize(
    "grant",
    ["grant the_provider to the_customer", "alter role the_customer superuser"],
    ids=["member", "superuser"],
)
def test_what_the_owner_can_become_hides_nothing(platform, owner, grant):
    platform.execute(grant)
    result = run_check(owner, "row_security_off")
    assert result["findings"] == 2
    assert result["of_the_platform"] == 0
