"""Hostile expressions and names in sources, and what roles of the application see of them."""

import psycopg
import pytest

from maint_pipeline.checks.run import run_check, run_checks
from maint_pipeline.errors import UsageError
from maint_pipeline.sources.parts import Relation, set_source
from tests.other_names import status
from tests.seeds import spread

HOSTILE = {
    "two columns": "id, actor_id",
    "another table": "id from pg_catalog.pg_authid --",
    "a closing bracket": "1) or (1",
    "a second statement": "1) limit 0)); drop table public.tenants; select ((select 1",
    "a semicolon": "1; drop table public.tenants",
    "an aggregate": "count(*)",
    "a window": "row_number() over ()",
    "a set": "generate_series(1, 3)",
    "a comment without end": "id /*",
    "a star": "*",
    "a parameter": "$1",
    "a row": "activity_logs",
    "a function of a stranger": "public.evil(event)",
    "an operator of a stranger": "event operator(public.!!!) event",
    "a cast that fails on rows": "event::integer::text",
}


@pytest.mark.parametrize("attack", spread(HOSTILE, 4))
def test_hostile_expressions_are_refused(mapped, others, attack):
    others.execute(
        "drop role if exists stranger; create role stranger; "
        "create function public.evil(text) returns text language sql as 'select $1'; "
        "create function public.evil_operator(text, text) returns text language sql "
        "as 'select $1'; "
        "create operator public.!!! "
        "(leftarg = text, rightarg = text, function = public.evil_operator); "
        "alter function public.evil(text) owner to stranger; "
        "alter function public.evil_operator(text, text) owner to stranger"
    )
    before = status(mapped, "audit_log")
    with pytest.raises(UsageError, match=r"audit_log\.entity"):
        set_source(mapped, "audit_log", columns={"entity": HOSTILE[attack]})
    assert status(mapped, "audit_log") == before
    assert others.execute("select count(*) from public.tenants").fetchone() == (7,)
    leftovers = others.execute("select count(*) from pg_proc where proname like 'probe%'")
    assert leftovers.fetchone() == (0,)
    others.execute(
        "drop operator public.!!! (text, text); drop function public.evil_operator; "
        "drop function public.evil; drop role stranger"
    )


def test_hostile_names_are_quoted(mapped, others):
    others.execute(
        'create table public."a""b; drop table tenants" ("i d" bigint, "TIME""" timestamptz); '
        'grant select, delete, update on public."a""b; drop table tenants" to maint_owner'
    )
    set_source(
        mapped, "audit_log", Relation("public", 'a"b; drop table tenants'),
        {"time": 'TIME"', "user_id": "i d"},
    )  # fmt: skip
    assert run_check(mapped, "mass_read")["status"] == "not_applicable"
    assert run_check(mapped, "audit_log_silent")["status"] == "passed"
    assert run_check(mapped, "activity_burst")["status"] == "passed"


def test_roles_of_the_application_see_nothing(mapped, others):
    for role in ("anon", "authenticated"):
        for query in (
            "select maint.audit_log()", "select maint.backup_settings()",
            "select maint.set_source('profiles')", "update maint.sources set columns = '{}'",
            "select maint.bind_sources()",
        ):  # fmt: skip
            with pytest.raises(psycopg.errors.InsufficientPrivilege), others.transaction():
                others.execute(f"set local role {role}")
                others.execute(query)
    with others.transaction():
        others.execute("set local role authenticated")
        assert others.execute("select count(*) from maint.sources").fetchone() == (0,)
    # A function that is made anew is closed as well, whatever default privileges say.
    others.execute(
        "alter default privileges for role maint_owner grant execute on functions to public"
    )
    others.execute("alter table public.tenants alter id type numeric, alter title type varchar(99)")
    run_checks(mapped, "backups")
    assert others.execute(
        "select has_function_privilege('anon', 'maint.organizations()', 'execute')"
    ).fetchone() == (False,)
