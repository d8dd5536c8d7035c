"""`maint exposure`: what each role of the API can do."""

from io import StringIO

import pytest
from rich.console import Console

from maint_pipeline.checks.exposure import rights_in_words
from maint_pipeline.cli.exposure import COLUMNS
from maint_pipeline.cli.layout import Rows

pytestmark = pytest.mark.any_version

SCHEMA = """
create table public.letters (id integer primary key, author uuid, body text);
alter table public.letters enable row level security;
create policy own on public.letters to authenticated using (author = (select auth.uid()));
create policy shown on public.letters for select using (id > 0);
create table public.open (id integer primary key);
revoke all on public.open from anon, authenticated;
grant select on public.open to public;
create schema kept;
create table kept.codes (id integer primary key);
create view public.codes as select * from kept.codes;
grant select on public.codes to authenticated;
create function public.count_codes() returns bigint language sql security definer
    set search_path = '' as 'select count(*) from kept.codes';
"""


@pytest.fixture
def rows(cli, superuser):
    superuser.execute(SCHEMA.encode())
    return {(row["role"], row["kind"], row["object"]): row for row in cli.json("exposure")}


def test_rights_and_the_way_there(rows):
    letters = rows["authenticated", "table", "public.letters"]
    assert letters["rights"] == {
        "select": "rows", "insert": "own", "update": "own", "delete": "own",
    }  # fmt: skip
    assert rows["anon", "table", "public.letters"]["rights"] == {"select": "rows"}
    assert rows["anon", "table", "public.open"]["rights"] == {"select": "everybody"}
    assert rows["anon", "table", "public.open"]["path"] == "anon → everybody → table public.open"
    assert rows["authenticated", "through view", "kept.codes"]["path"].startswith(
        "authenticated → view public.codes (owner "
    )
    function = rows["anon", "function", "public.count_codes()"]
    assert function["rights"] == {"execute": "asks nobody"}
    assert function["path"].endswith(" → reads kept.codes")


def test_one_role_for_people(cli, rows):
    shown = cli("exposure", "--role", "anon").stdout
    assert "authenticated" not in shown
    assert "read every row" in shown and "execute, asks nobody" in shown
    assert max(map(len, shown.splitlines())) <= 200
    refused = cli("exposure", "--role", "postgres")
    assert refused.returncode != 0
    assert "The API has no role postgres. Its roles are anon and authenticated." in refused.stderr


def test_eighty_columns_show_every_path_whole(rows):
    """In a terminal nothing is cut: a path is broken into lines below its row."""
    shown = [{**row, "rights": rights_in_words(row["rights"])} for row in rows.values()]
    console = Console(file=StringIO(), width=80)
    console.print(Rows(shown, COLUMNS))
    text = console.file.getvalue()
    assert max(map(len, text.splitlines())) <= 80
    assert "…" not in text
    squeezed = "".join(text.split())
    for row in shown:
        assert "".join(row["object"].split()) in squeezed
