"""`maint advise`: indexes and policies together, one question at a time, and what it refuses."""

import json
from contextlib import closing

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from maint_pipeline.advice import what_if
from maint_pipeline.advice.advise import advise
from maint_pipeline.advice.errors import MissingVersionError
from maint_pipeline.advice.questions import parse_index
from maint_pipeline.errors import UsageError
from tests.advised import QUERIES, advised_database, request, target_of, workload

ROWS = 12_000


@pytest.fixture(scope="module")
def application(server_url):
    with advised_database(server_url, "advised", ROWS) as url:
        yield url


@pytest.fixture(scope="module")
def advice(application, tmp_path_factory):
    scratch = tmp_path_factory.mktemp("advice") / "scratch"
    asked = request(application, scratch, prove_on=application)
    return advise(asked, target_of(application), workload())


def test_advice_for_an_application_with_row_security(advice):
    indexes = [p for p in advice.proposals if p.kind == "index"]
    policies = [p for p in advice.proposals if p.kind == "policy"]
    assert not advice.left_out
    assert any("on public.comments (task_id" in p.statement for p in indexes)
    assert any("on public.notifications (user_id" in p.statement for p in indexes)
    (tasks,) = [p for p in policies if p.relation == "public.tasks"]
    assert "= ANY (ARRAY( SELECT members.org_id" in tasks.statement
    # Both proofs: on generated data, and on the database.
    assert tasks.proof.count(" 0 differ") == 2
    # With its index or not at all: each names the other.
    needing = [p for p in indexes if tasks.statement in p.needs]
    assert needing
    assert {p.statement for p in needing} == set(tasks.needs)
    assert sum(p.saved_percent for p in indexes) > 50
    for proposal in indexes:
        assert proposal.statement.startswith("create index concurrently ")
        assert proposal.bytes > 0
        assert proposal.queries, proposal.statement
        for row in proposal.queries:
            assert row["plan_before"] and row["plan_after"]


def test_an_index_on_an_updated_column_says_that_hot_ends(advice):
    for proposal in advice.proposals:
        if "read_at" in proposal.statement:
            assert proposal.hot.startswith("no: read_at is updated")
        elif proposal.kind == "index":
            assert proposal.hot == "yes"


def test_queries_that_do_not_plan_are_named(application, tmp_path):
    broken = (("select * from no_such_table", 1, 10), ("select * from tasks where id = $1", 1, 10))
    found = advise(request(application, tmp_path / "s"), target_of(application), workload(broken))
    assert [row["query"] for row in found.left_out] == ["select * from no_such_table"]
    assert "does not exist" in found.left_out[0]["reason"]
    assert found.queries == 1


def test_a_table_that_the_role_may_not_read_is_left_out_and_named(application, tmp_path):
    with closing(psycopg.connect(application, autocommit=True)) as superuser:
        superuser.execute("create role advice_reader login")
        try:
            superuser.execute("grant usage on schema public, auth to advice_reader")
            superuser.execute("grant select on public.comments, public.tasks to advice_reader")
            url = make_conninfo(application, user="advice_reader")
            queries = [query for query in QUERIES if "notifications" in query[0]]
            one = ("select count(*) from comments where task_id = $1", 800, 16000)
            found = advise(request(url, tmp_path / "s"), target_of(url), workload((one, *queries)))
        finally:
            superuser.execute("drop owned by advice_reader; drop role advice_reader")
    assert len(found.left_out) == len(queries)
    assert "public.notifications is not on the what-if server" in found.not_seen
    # The rest goes on. Row security hides the statistics of its tables from whoever it binds.
    assert found.queries == 1
    assert "statistics of public.comments: not analyzed yet" not in found.not_seen
    assert any(text.startswith("statistics of public.comments") for text in found.not_seen)


def test_a_version_that_is_not_installed_is_refused_with_its_package(monkeypatch):
    monkeypatch.setattr(what_if, "installed_programs", lambda version: None)
    with pytest.raises(MissingVersionError, match="postgresql-16"):
        what_if.programs_for(16, any_version=False)


def test_another_version_lowers_the_confidence(monkeypatch):
    real = what_if.installed_programs
    monkeypatch.setattr(what_if, "installed_programs", lambda v: real(v) if v == 18 else None)
    assert what_if.programs_for(16, any_version=True)[1] == 18


def test_statements_are_read(application):
    target = target_of(application)
    index = parse_index(
        'create index concurrently x on public.tasks using btree (lower(title), org_id desc) '
        "include (id) where deleted_at is null;", target,
    )  # fmt: skip
    assert index.keys == ("lower(title)", "org_id desc")
    assert index.include == ("id",)
    assert index.condition == "deleted_at is null"
    assert parse_index('create index on "tasks" (org_id)', target).schema == "public"
    for wrong in ("drop table tasks", "create index on nowhere (a)", "create index on tasks"):
        with pytest.raises(UsageError):
            parse_index(wrong, target)


@pytest.fixture
def answering(cli, application, tmp_path):
    cli = cli.with_variables(MAINT_DATABASE_URL=application)
    load = tmp_path / "workload.json"
    load.write_text(json.dumps([
        {"query": query, "role": "authenticated", "calls": calls, "milliseconds": milliseconds}
        for query, calls, milliseconds in QUERIES
    ]))  # fmt: skip
    return cli, str(load)


def test_commands(answering):
    cli, load = answering
    rows = cli.json("advise", "--workload", load)
    assert {"index", "policy"} <= {row["kind"] for row in rows}
    (row,) = cli.json("advise", "--workload", load, "--try", "create index on comments (task_id)")
    assert row["saved_ms_per_hour"] > 0
    claims = json.dumps({"sub": "00000000-0000-4000-8000-000000000001"})
    (row,) = cli.json(
        "advise", "--explain", "select * from tasks", "--as", "authenticated", "--claims", claims
    )
    assert row["claims"] == claims
    assert any("SubPlan" in line or "Filter" in line for line in row["plan"])
    shown = cli("advise", "--workload", load)
    assert "create index concurrently" in shown.stdout
    assert "Nothing was changed" in shown.stdout


def test_wrong_command_lines(answering):
    cli, _ = answering
    for words in (
        ("--explain", "select 1"),
        ("--explain", "select 1", "--as", "nobody_of_this_name"),
        ("--claims", "[]"),
        ("--try", "drop table tasks"),
        ("--workload", "/nowhere"),
        ("--prove-on", cli.variables["MAINT_DATABASE_URL"]),
    ):
        assert cli("advise", *words).returncode == 2, words
