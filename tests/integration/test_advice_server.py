"""The what-if server: the same plans as the database's, with existing and tried indexes."""

from contextlib import closing

import psycopg
import pytest

from maint_pipeline.advice.hypothetical import Bench, Index
from maint_pipeline.advice.planner import by_role, planner
from maint_pipeline.backups.dumps import ROLE
from tests.advised import QUERIES, advised_database, like, real_plan, shape, somebody

ROWS = 30_000
MORE = (
    "select max(created_at) from comments",
    "select * from comments where created_at > now() - interval '3 days'",
    "select p.name, count(*) from projects p join tasks t on t.project_id = p.id "
    "where p.is_archived and t.status = 'open' group by 1",
    "select * from tasks where lower(title) = 'task 12'",
    "select * from tasks where id > 5 and id < 50",
    "select * from open_tasks order by due_at limit 5",
    "select distinct org_id from tasks",
    "select t.title, c.body from tasks t join comments c on c.task_id = t.id "
    "where t.due_at > now()",
    "select * from comments c where exists (select from tasks t where t.id = c.task_id "
    "and t.status = 'blocked')",
    "select * from notifications where payload @> '{\"task\": 5}'",
    "select kind, count(*) from notifications where kind = 'due' group by kind",
)  # fmt: skip
INDEXES = [
    ("tasks", "org_id"), ("tasks", "org_id, created_at desc"), ("tasks", "project_id, status"),
    ("tasks", "assignee_id"), ("tasks", "due_at"), ("tasks", "status"), ("tasks", "title"),
    ("tasks", "priority, status"), ("tasks", "lower(status)"), ("tasks", "deleted_at"),
    ("tasks", "org_id, status, priority"), ("tasks", "project_id"), ("tasks", "due_at, org_id"),
    ("tasks", "created_at"), ("tasks", "priority"), ("tasks", "status, created_at desc"),
    ("tasks", "assignee_id, status"), ("tasks", "priority, due_at"), ("tasks", "title, id"),
    ("tasks", "created_at, status"), ("tasks", "id, status"), ("tasks", "deleted_at, id"),
    ("comments", "task_id"), ("comments", "task_id, created_at"), ("comments", "author_id"),
    ("comments", "body"), ("comments", "created_at desc, id"), ("comments", "author_id, task_id"),
    ("comments", "task_id, author_id, created_at"), ("comments", "author_id, created_at desc"),
    ("comments", "created_at, task_id"), ("comments", "lower(body)"), ("comments", "id, task_id"),
    ("notifications", "user_id"), ("notifications", "kind"), ("notifications", "read_at"),
    ("notifications", "created_at"), ("notifications", "kind, user_id"),
    ("notifications", "user_id, read_at"), ("notifications", "user_id, created_at desc"),
    ("notifications", "kind, created_at"), ("notifications", "user_id, kind"),
    ("notifications", "upper(kind)"), ("notifications", "id, kind"),
    ("projects", "org_id"), ("projects", "name"), ("projects", "is_archived, org_id"),
    ("projects", "created_at"), ("projects", "org_id, name"), ("projects", "is_archived"),
    ("members", "user_id"), ("members", "role, joined_at"), ("members", "joined_at"),
    ("members", "user_id, role"),
]  # fmt: skip
PARTIAL = [
    ("tasks", "org_id, created_at", "deleted_at is null"),
    ("tasks", "created_at", "status = 'open'"),
    ("tasks", "id", "priority = 1"),
    ("tasks", "due_at", "status = 'blocked'"),
    ("tasks", "assignee_id", "assignee_id is not null"),
    ("notifications", "user_id, created_at desc", "read_at is null"),
    ("notifications", "user_id", "kind = 'mention'"),
    ("projects", "org_id", "not is_archived"),
]  # fmt: skip


@pytest.fixture(scope="module")
def application(server_url):
    """A database with the application, and a session of it."""
    with advised_database(server_url, "advised_server", ROWS) as url:
        with closing(psycopg.connect(url, autocommit=True)) as connection:
            connection.prepare_threshold = None
            yield url, connection


@pytest.fixture(scope="module")
def made(application, tmp_path_factory):
    with like(application[0], tmp_path_factory.mktemp("advice") / "scratch") as server:
        yield server


def compared(connection, asks) -> tuple[list, list[float]]:
    """Queries that are planned otherwise, and the errors of all costs."""
    others, errors = [], []
    claims = somebody(connection)
    for query in [text for text, *_ in QUERIES] + list(MORE):
        for role in ("postgres", "authenticated"):
            ours = asks.plan(query, by_role(role, {"request.jwt.claims": claims}))
            real = real_plan(connection, query, role, claims)
            error = abs(ours["Total Cost"] - real["Total Cost"]) / max(real["Total Cost"], 1)
            errors.append(error)
            # Of two indexes that cost the same, either may be taken.
            if shape(ours) != shape(real) and error > 0.0001:
                others.append((role, query, shape(ours), shape(real)))
    return others, errors


def test_plans_are_those_of_the_database(application, made):
    assert made.lost == []
    with planner(made) as asks:
        others, errors = compared(application[1], asks)
    assert others == []
    assert max(errors) < 0.001


def test_hypothetical_indexes_are_as_long_and_as_useful_as_real_ones(application, made):
    _, connection = application
    bench, far = Bench(made), []
    with planner(made) as asks:
        for number, (table, keys, *condition) in enumerate([*INDEXES, *PARTIAL], 1):
            index = Index("public", table, tuple(keys.split(", ")), *condition)
            ours = bench.create(index).blocks
            connection.execute(
                f"create index real_{number} on public.{table} {index.body()}".encode()
            )
            real = connection.execute(
                "select pg_relation_size(%s::regclass) / 8192", [f"real_{number}"]
            ).fetchone()[0]
            if not 0.75 <= ours / real <= 1.25:
                far.append((table, index.body(), ours, real))
        others, errors = compared(connection, asks)
    count = len(INDEXES) + len(PARTIAL)
    assert count >= 60
    assert len(far) <= 0.05 * count, far
    assert len(others) <= 0.01 * len(errors), others
    assert max(errors) < 0.05


def test_indexes_that_are_not_shown_are_not_seen(application, tmp_path):
    index = Index("public", "comments", ("md5(body)",))
    query = "select * from comments where md5(body) = $1"
    with like(application[0], tmp_path / "scratch") as server, planner(server) as asks:
        bench = Bench(server)
        bench.create(index)
        seen = asks.plan(query, by_role("postgres"))["Total Cost"]
        bench.show(())
        hidden = asks.plan(query, by_role("postgres"))["Total Cost"]
        bench.show([index])
        again = asks.plan(query, by_role("postgres"))["Total Cost"]
        bench.show(())
    assert seen == again < hidden


def test_planning_is_done_by_a_role_that_is_nobody(made):
    with planner(made) as asks:
        asks.plan("select 1", by_role("postgres"))
        row = asks.connection.execute(
            "select rolname, rolsuper, rolcreaterole, rolcreatedb, rolreplication "
            "from pg_roles where rolname = session_user"
        ).fetchone()
        assert row == {
            "rolname": ROLE, "rolsuper": False, "rolcreaterole": False, "rolcreatedb": False,
            "rolreplication": False,
        }  # fmt: skip
        with pytest.raises(psycopg.Error, match="external program"):
            asks.connection.execute("copy (select 1) to program 'true'")


def test_nothing_of_the_data_is_there_and_the_folder_is_gone(application, tmp_path):
    with like(application[0], tmp_path / "scratch") as server:
        folder = server.data
        assert folder.stat().st_mode & 0o077 == 0
        # A table's length is that of the original, its content are holes.
        used = sum(file.stat().st_blocks for file in folder.rglob("*") if file.is_file()) * 512
        assert used < 150_000_000
    assert not list((tmp_path / "scratch").iterdir())
