"""Only statements that repairs are made of are recognized, whatever a check says."""

import pytest

from maint_pipeline.repairs.errors import NoWayBackError, RepairError
from maint_pipeline.repairs.recognize import recognize
from maint_pipeline.repairs.scope import outside
from maint_pipeline.repairs.undo_roles import undo_role, undo_role_setting

HOSTILE = [
    "drop table public.notes;",
    "grant all on public.notes to anon;",
    "grant maint_owner to anon;",
    "grant select on sequence public.s to anon;",
    "alter role anon superuser;",
    "alter role anon nosuperuser superuser;",
    "alter role anon nosuperuser password 'x';",
    "revoke all on public.notes from anon; drop table public.notes;",
    "revoke all on public.notes from anon;drop table public.notes;",
    "revoke all on public.notes from anon;\ndrop table public.notes;",
    "revoke all on public.notes from anon -- ;",
    "revoke all on public.notes /* x */ from anon;",
    "revoke all on public.Notes from anon;",
    'revoke all on public."notes from anon;',
    "revoke select on public.notes from anon granted by postgres;",
    "revoke all on schema public from anon cascade; select 1;",
    "alter table public.notes enable row level security, owner to anon;",
    "alter table public.notes disable row level security;",
    "alter table public.notes drop column id;",
    "alter table public.notes alter column id type text using public.evil();",
    "alter view public.v set (security_invoker = off);",
    "alter function public.f() set role = 'postgres';",
    "alter function public.f() set search_path = public; drop table x;",
    "alter function public.f() owner to anon;",
    "alter function public.f(integer; drop table x) not leakproof;",
    "alter system set shared_preload_libraries = 'x', 'y';",
    "alter system set archive_command = 'a'; select 1;",
    "drop index concurrently public.i cascade;",
    "drop policy p on public.notes cascade;",
    "drop schema public cascade;",
    "create index concurrently on public.notes (public.evil(id));",
    "copy public.notes to program 'sh';",
    "do $$ begin end $$;",
    "set role postgres;",
    "",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_refused(text):
    with pytest.raises(RepairError, match="never run"):
        recognize(text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ('revoke all on public."Weird "" name; drop" from anon, "o\'clock"', "B"),
        ("revoke execute on routine public.f(integer,text[]) from public, anon;", "B"),
        ("alter function public.\"F (x)\"(integer) set search_path = '';", "A"),
        ("alter policy p on public.t using (a = 'x;y') with check (true);", "B"),
        ("alter system set log_connections = on;\nselect pg_reload_conf();", "C"),
        ("drop index concurrently public.i;", "C"),
    ],
)
def test_recognized_with_its_class(text, kind):
    assert max(step.shape.judge for step in recognize(text))[0] == kind


def grant(**fields):
    return {
        "what": "table", "name": "public.t", "column": None, "privilege": "SELECT",
        "grantee": "anon", "grantor": "postgres", "by_owner": True, "option": False, "lost": False,
    } | fields  # fmt: skip


def test_only_what_the_statement_names_may_differ():
    (step,) = recognize("revoke all on public.t from anon;")
    gone = {("grants", "a"): (grant(), None)}
    assert outside(gone, step.scopes) == []
    for key, change in {
        ("grants", "b"): (grant(name="public.other"), None),
        ("grants", "c"): (grant(grantee="service_role"), None),
        ("grants", "d"): (None, grant()),
        ("grants", "e"): (grant(what="schema"), None),
        ("policies", "f"): ({"relation": "public.t"}, None),
    }.items():
        assert outside({key: change}, step.scopes) == [key]


def test_an_attribute_is_only_taken():
    (step,) = recognize("alter role anon nosuperuser;")
    role = {"flags": {"superuser": True}, "limit": -1, "until": None}
    assert outside({("roles", "anon"): (role, {**role, "flags": {}})}, step.scopes) == []
    assert outside({("roles", "other"): (role, {**role, "flags": {}})}, step.scopes)
    assert outside({("roles", "anon"): (role, {**role, "limit": 5})}, step.scopes)


def test_a_list_of_names_comes_back_as_a_list():
    setting = {
        "role": '"r 1"', "database": None, "name": "search_path",
        "value": '"$user", public, "odd, one", "x\'y"',
    }  # fmt: skip
    (statement,) = undo_role_setting("", setting, None)
    assert statement.text == (
        "alter role \"r 1\" set search_path to '$user', 'public', 'odd, one', 'x''y'"
    )


def test_where_no_statement_leads_back_it_is_said():
    role = {"flags": {}, "limit": -1, "until": None}
    with pytest.raises(NoWayBackError):
        list(undo_role("r", role, None))
    with pytest.raises(NoWayBackError):
        list(undo_role("r", role, {**role, "until": "2027-01-01"}))
