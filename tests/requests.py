"""Requests as PostgREST makes them: SET ROLE, and the claims in a setting."""

import json
from contextlib import closing
from uuid import UUID

import psycopg
from psycopg import sql
from psycopg.rows import dict_row

ADMIN, USER = UUID(int=1), UUID(int=2)


def create_people(superuser: psycopg.Connection) -> None:
    """Make an administrator and an ordinary user of the sample application."""
    for person, role in ((ADMIN, "admin"), (USER, "user")):
        superuser.execute("insert into auth.users (id, email) values (%s, 'a@b')", [person])
        superuser.execute("insert into public.profiles (id, email) values (%s, 'a@b')", [person])
        superuser.execute(
            "insert into public.user_roles (user_id, role) values (%s, %s)", [person, role]
        )


def request(url: str, role: str, person: UUID | None, *statements: str) -> list[dict]:
    """Run statements as one request, and give the rows of the last."""
    claims = json.dumps({"sub": str(person), "role": role}) if person else ""
    with closing(psycopg.connect(url, row_factory=dict_row)) as connection:
        connection.execute("select set_config('request.jwt.claims', %s, true)", [claims])
        connection.execute(sql.SQL("set local role {}").format(sql.Identifier(role)))
        for statement in statements:
            cursor = connection.execute(statement.encode())
        rows = cursor.fetchall() if cursor.description else []
        connection.commit()
        return rows
