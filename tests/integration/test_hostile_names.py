"""Nobody blinds a check by what an object is called: names are no regular expressions."""

import pytest

from maint_pipeline.checks.run import run_checks

NAMES = ["a(b", "a[b", "a\\", "*", "a{2", "$$", "%s %I", "a'b", 'a"b']

OBJECTS = """
create schema {hidden};
create table {hidden}.{name} (id uuid primary key, {name} text unique, owner_id uuid unique);
create table public.{name} (id uuid primary key, {name} text unique, owner_id uuid unique);
alter table public.{name} enable row level security;
create policy {name} on public.{name} for update
    using ({name} = auth.uid()::text or owner_id = auth.uid());
create view public.{view} as select * from {hidden}.{name};
create function public.{name}(text) returns text language sql as $body$
    select {name} from {hidden}.{name} where id::text = $1 $body$;
grant usage on schema {hidden} to anon, authenticated;
grant select, insert, update on public.{name}, {hidden}.{name}, public.{view}
    to anon, authenticated;
"""


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


@pytest.mark.parametrize("name", NAMES)
def test_every_check_of_security_runs(superuser, owner, name):
    names = {"name": name, "hidden": f"hidden {name}", "view": f"view {name}"}
    statements = OBJECTS.format(**{key: quoted(value) for key, value in names.items()})
    superuser.execute(statements.encode())
    summary, _ = run_checks(owner, "security")
    assert summary["failed_checks"] == {}
