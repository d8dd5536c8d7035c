"""A help desk's hour: what is asked, as whom and how often, and with which values."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg.rows import dict_row

SQL = Path(__file__).parent / "helpdesk.sql"
USERS = 12


@dataclass(frozen=True)
class Ask:
    """A statement of the application.

    Attributes:
        text: with $1 and so on.
        calls: an hour.
        values: names of what stands for $1 and so on, in a user's `values`.
        role: that runs it.
    """

    text: str
    calls: int
    values: tuple[str, ...] = ()
    role: str = "authenticated"

    @property
    def writes(self) -> bool:
        """Whether it changes rows."""
        return not self.text.startswith("select")


READS = (
    Ask("select id, subject, updated_at from tickets where status = $1 "
        "order by updated_at desc limit 25", 1200, ("status",)),
    Ask("select id, subject, priority from tickets where assignee_id = auth.uid() "
        "and closed_at is null order by priority desc, created_at limit 50", 900),
    Ask("select * from tickets where id = $1", 3000, ("ticket",)),
    Ask("select * from messages where ticket_id = $1 order by created_at", 3000, ("ticket",)),
    Ask("select count(*) from tickets where account_id = $1 and status = 'open'", 600,
        ("account",)),
    Ask("select status, count(*) from tickets where created_at > $1 group by status", 200,
        ("since",)),
    Ask("select * from contacts where email = $1 limit 1", 800, ("email",)),
    Ask("select id, subject from tickets where contact_id = $1 order by created_at desc limit 10",
        800, ("contact",)),
    Ask("select id, name from contacts order by name limit 50", 300),
    Ask("select * from events order by created_at desc limit 50", 600),
    Ask("select * from events where ticket_id = $1 order by created_at", 900, ("ticket",)),
    Ask("select count(*) from tickets where status = 'open' and not exists (select from reads "
        "where reads.ticket_id = tickets.id and reads.user_id = auth.uid())", 300),
    Ask("select tags.name from ticket_tags join tags on tags.id = tag_id where ticket_id = $1",
        2000, ("ticket",)),
    Ask("select tickets.id, subject from ticket_tags join tickets on tickets.id = ticket_id "
        "where tag_id = $1 order by created_at desc limit 25", 200, ("tag",)),
    Ask("select id, title from articles where account_id = $1 and is_published "
        "order by title limit 20", 1500, ("account",), "anon"),
    Ask("select id, title from articles where lower(title) = lower($1)", 300, ("title",)),
    Ask("select * from messages where author_id = auth.uid() order by created_at desc limit 20",
        300),
    Ask("select tickets.id, body from tickets join messages on ticket_id = tickets.id "
        "where contact_id = $1 order by messages.created_at desc limit 5", 200, ("contact",)),
    Ask("select * from notifications where user_id = auth.uid() and read_at is null "
        "order by created_at desc limit 10", 4000),
)  # fmt: skip
WRITES = (
    Ask("insert into messages (ticket_id, author_id, is_internal, body, created_at) "
        "values ($1, auth.uid(), false, 'Hello', now())", 2500, ("ticket",)),
    Ask("update tickets set status = $2, updated_at = now() where id = $1", 1500,
        ("ticket", "status")),
    Ask("insert into events (account_id, ticket_id, kind, payload, created_at) "
        "values ($1, $2, 'replied', '{}', now())", 2500, ("account", "ticket")),
    Ask("insert into notifications (user_id, kind, created_at) "
        "values (auth.uid(), 'reply', now())", 2500),
    Ask("update notifications set read_at = now() where user_id = auth.uid() "
        "and read_at is null", 600),
    Ask("insert into reads (user_id, ticket_id, seen_at) values (auth.uid(), $1, now()) "
        "on conflict (user_id, ticket_id) do update set seen_at = now()", 2000, ("ticket",)),
)  # fmt: skip
HOUR = READS + WRITES
_VALUES = """
with picked as materialized (
    select account_id, user_id,
        row_number() over (order by md5(account_id || user_id::text)) as place
    from public.agents
    where exists (select from public.tags where tags.account_id = agents.account_id)
    order by place
    limit %s
)
select user_id::text, picked.account_id as account, one.id as ticket, contact_id as contact, email,
    (array['open', 'pending'])[1 + mod(place, 2)] as status, now() - interval '7 days' as since,
    (select min(id) from public.tags where tags.account_id = picked.account_id) as tag,
    (select title from public.articles order by md5(title || place) limit 1) as title
from picked
cross join lateral (
    select * from public.tickets where tickets.account_id = picked.account_id
    order by md5(tickets.id || picked.user_id::text) limit 1
) as one
join public.contacts on contacts.id = contact_id
order by place
"""


def make(url: str, rows: int) -> None:
    """Fill an empty database.

    Args:
        url: of it.
        rows: messages; all tables together have three times as many.
    """
    with closing(psycopg.connect(url, autocommit=True)) as connection:
        connection.execute("set work_mem = '256MB'; set maintenance_work_mem = '512MB'")
        connection.execute("set session_replication_role = replica")  # no key to check
        connection.execute(SQL.read_text().replace(":ROWS:", str(rows)).encode())
        connection.execute("vacuum (analyze)")


def users(url: str, count: int = USERS) -> list[dict[str, Any]]:
    """Give users, as often from large accounts as these have them, with values for parameters.

    Args:
        url: of the database.
        count: how many.
    """
    with closing(psycopg.connect(url, row_factory=dict_row)) as connection:
        rows = connection.execute(_VALUES.encode(), [count]).fetchall()
    return [
        {**row, "claims": json.dumps({"sub": row["user_id"], "role": "authenticated"})}
        for row in rows
    ]
