"""Migrating: an empty database, one that is current, and one with functions of other owners."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import psycopg
import pytest

from maint_pipeline.database.connection import connect
from maint_pipeline.errors import NotMigratedError
from maint_pipeline.installation import install, is_installed

# What the catalog says of our objects, without anything that a mere re-application may change.
CATALOG = """
select 'function', oid::regprocedure::text, md5(pg_get_functiondef(oid)), proacl::text,
    pg_get_userbyid(proowner)
from pg_proc
where pronamespace in ('maint'::regnamespace, 'public'::regnamespace)
union all
select 'relation', oid::regclass::text, relkind::text, relacl::text, relrowsecurity::text
from pg_class
where relnamespace in ('maint'::regnamespace, 'public'::regnamespace)
union all
select 'column', attrelid::regclass::text, attname, format_type(atttypid, atttypmod),
    attnotnull::text
from pg_attribute join pg_class on pg_class.oid = attrelid
where relnamespace in ('maint'::regnamespace, 'public'::regnamespace) and attnum > 0
union all
select 'constraint', conrelid::regclass::text, conname, pg_get_constraintdef(oid), null
from pg_constraint where connamespace in ('maint'::regnamespace, 'public'::regnamespace)
union all
select 'policy', polrelid::regclass::text, polname, pg_get_expr(polqual, polrelid),
    polroles::regrole[]::text
from pg_policy
union all
select 'check', name, title, needs::text, remediation from maint.checks
union all
select 'retention policy', name, condition, keep::text, updated_at::text
from maint.retention_policies
order by 1, 2, 3, 4
"""


def catalog(url: str) -> list[tuple]:
    with closing(psycopg.connect(url, autocommit=True)) as connection:
        return connection.execute(CATALOG).fetchall()


def test_empty_database_is_migrated_once(new_database):
    url = new_database()
    assert not is_installed(url)
    assert install(url) is True
    assert is_installed(url)
    before = catalog(url)
    assert install(url) is False
    assert catalog(url) == before


def test_applying_everything_again_changes_nothing(database):
    before = catalog(database)
    with closing(psycopg.connect(database, autocommit=True)) as connection:
        connection.execute("comment on schema maint is 'an older version'")
    assert install(database) is True
    assert catalog(database) == before


def test_migrating_twice_at_once_is_harmless(new_database):
    url = new_database()
    with ThreadPoolExecutor() as pool:
        assert sorted(pool.map(lambda _: install(url), range(3))) == [False, False, True]


def test_an_invalid_index_is_built_again(database, superuser):
    superuser.execute("comment on schema maint is 'an older version'")
    superuser.execute(
        "update pg_index set indisvalid = false "
        "where indexrelid = 'public.security_alerts_open_fingerprint_key'::regclass"
    )
    install(database)
    row = superuser.execute(
        "select indisvalid from pg_index "
        "where indexrelid = 'public.security_alerts_open_fingerprint_key'::regclass"
    ).fetchone()
    assert row["indisvalid"]


def test_working_on_a_database_that_was_never_migrated_says_so(new_database, template):
    # The role exists on this server since the template was made, but not for this database.
    with pytest.raises(NotMigratedError, match="maint migrate"):
        connect(new_database(), application_name="test")
