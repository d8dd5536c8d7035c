"""A database that asks for advice: the application of advised.sql, and queries of it."""

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from maint_pipeline.advice.advise import Request
from maint_pipeline.advice.target import Target, read_target
from maint_pipeline.advice.what_if import Machine, WhatIf, what_if_server
from maint_pipeline.advice.workload import Query, Workload
from maint_pipeline.database.connection import connect, reading_only
from maint_pipeline.database.urls import database_url

APPLICATION = (Path(__file__).parent / "advised.sql").read_text()
QUERIES = (
    ("select * from tasks where org_id = $1 and deleted_at is null "
     "order by created_at desc limit 20", 500, 9000),
    ("select * from tasks where deleted_at is null order by created_at desc limit 20", 500, 15000),
    ("select count(*) from tasks where status = 'open'", 500, 9000),
    ("select * from comments where task_id = $1 order by created_at", 800, 16000),
    ("select * from notifications where user_id = auth.uid() and read_at is null "
     "order by created_at desc limit 10", 1000, 30000),
    ("select * from notifications order by created_at desc limit 10", 1000, 30000),
    ("select * from tasks where assignee_id = $1 and status = $2", 300, 4000),
    ("select count(*) from tasks where project_id = $1", 300, 4000),
    ("select * from projects order by created_at desc limit 10", 300, 4000),
    ("update notifications set read_at = now() where user_id = $1 and read_at is null", 300, 4000),
    ("insert into comments (task_id, author_id, body, created_at) "
     "values ($1, $2, $3, now())", 1000, 500),
)  # fmt: skip


def make_application(url: str, rows: int) -> None:
    """Fill an empty database."""
    with closing(psycopg.connect(url, autocommit=True)) as connection:
        connection.execute(APPLICATION.replace(":SCALE:", str(rows)).encode())
        connection.execute("vacuum (analyze)")


@contextmanager
def advised_database(server_url: str, name: str, rows: int) -> Iterator[str]:
    """The URL of a database with the application, gone afterwards."""
    with closing(psycopg.connect(server_url, autocommit=True)) as connection:
        connection.execute(f"create database {name}".encode())
        try:
            url = database_url(server_url, name)
            make_application(url, rows)
            yield url
        finally:
            connection.execute(f"drop database {name} with (force)".encode())


def target_of(url: str) -> Target:
    with closing(connect(url, application_name="test", as_owner=False)) as connection:
        with reading_only(connection):
            return read_target(connection)


@contextmanager
def like(url: str, scratch: Path, **options: Any) -> Iterator[WhatIf]:
    """A what-if server of a database."""
    with what_if_server(url, target_of(url), Machine(scratch, **options)) as made:
        yield made


def request(url: str, scratch: Path, **options: Any) -> Request:
    return Request(url, Machine(scratch), **options)


def workload(queries: tuple[tuple[str, float, float], ...] = QUERIES) -> Workload:
    asked = [
        Query(str(number), text, "authenticated", calls, milliseconds)
        for number, (text, calls, milliseconds) in enumerate(queries)
    ]
    return Workload("pg_stat_statements", asked, 1.0, "made up")


def real_plan(connection: psycopg.Connection, query: str, role: str, claims: str | None) -> dict:
    """The plan of the database itself, with what EXPLAIN says of it."""
    with connection.transaction(force_rollback=True):
        if claims:
            connection.execute("select set_config('request.jwt.claims', %s, true)", [claims])
        if role != "postgres":
            connection.execute(sql.SQL("set local role {}").format(sql.Identifier(role)))
        words = "explain (verbose, format json)"
        if "$" not in query:
            row = connection.execute(f"{words} {query}".encode()).fetchone()
        elif connection.info.server_version >= 160000:
            row = connection.execute(
                f"explain (verbose, generic_plan, format json) {query}".encode()
            ).fetchone()
        else:
            connection.execute("set local plan_cache_mode = force_generic_plan")
            connection.execute(f"prepare asked as {query}".encode())
            count = query.count("$")
            values = ", ".join(["null"] * count)
            row = connection.execute(f"{words} execute asked ({values})".encode()).fetchone()
            connection.execute("deallocate asked")
    return row[0][0]["Plan"]


def shape(plan: dict) -> tuple:
    """What a plan does, without costs."""
    below = tuple(shape(child) for child in plan.get("Plans", ()))
    index = plan.get("Index Name", "").replace("maint_try_", "real_")
    return plan["Node Type"], index, plan.get("Relation Name"), below


def somebody(connection: psycopg.Connection) -> str:
    """Claims of a user who is a member of something."""
    user = connection.execute("select user_id from public.members order by 1 limit 1").fetchone()[0]
    return json.dumps({"sub": str(user), "role": "authenticated"})
