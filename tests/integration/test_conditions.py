"""Who passes the conditions of policies, and that each text is read once."""

import pytest

UID = "auth.uid()"


@pytest.mark.any_version
@pytest.mark.parametrize(
    ("condition", "signed_in", "stranger"),
    [
        ("true", "everybody", "everybody"),
        (f"(author = {UID})", "own", "nobody"),
        (f"((author = {UID}) OR true)", "everybody", "everybody"),
        (f"COALESCE((author = {UID}), true)", "own", "everybody"),
        (f"COALESCE((author = {UID}), false)", "own", "nobody"),
        (f"CASE WHEN ({UID} IS NULL) THEN true ELSE (author = {UID}) END", "own", "everybody"),
        (f"CASE WHEN (state = 'a'::text) THEN true ELSE (author = {UID}) END", "rows", "rows"),
        (f"CASE WHEN is_public THEN true WHEN (id > 0) THEN (author = {UID}) END", "rows", "rows"),
        (f"\nCASE\n    WHEN false THEN true\n    ELSE (author = {UID})\nEND", "own", "nobody"),
        (f"(author IS DISTINCT FROM {UID})", "everybody", "everybody"),
        (f"(EXISTS ( SELECT FROM m WHERE ((m.org = m.org) AND (m.who = {UID}))))",
         "everybody", "nobody"),
        (f"(EXISTS ( SELECT FROM m WHERE ((m.org = t.org) AND (m.who = {UID}))))",
         "tenant", "nobody"),
        (f"public.has_role({UID}, 'admin'::text)", "function", "nobody"),
        (f"( SELECT public.has_role({UID}, 'admin'::text) AS has_role)", "function", "nobody"),
        ("((bucket_id = 'a'::text) AND ((storage.foldername(name))[1] = 'b'::text))",
         "rows", "rows"),
        ("( SELECT app.may(((storage.foldername(t.name))[1])::uuid) AS may)",
         "function", "function"),
        ("COALESCE(a, ')', \"odd (name\")", "rows", "rows"),
    ],
)  # fmt: skip
def test_who_passes(owner, condition, signed_in, stranger):
    row = owner.execute(
        "select maint.passers_of(%(c)s, true) as signed_in, maint.passers_of(%(c)s, false) as "
        "stranger",
        {"c": condition},
    ).fetchone()
    assert (row["signed_in"], row["stranger"]) == (signed_in, stranger)


def test_each_text_is_read_once_and_forgotten_with_its_policy(superuser, owner):
    superuser.execute("create table public.letters (id integer primary key, author uuid)")
    superuser.execute("alter table public.letters enable row level security")
    superuser.execute("grant select on public.letters to anon")
    superuser.execute("create policy seen on public.letters for select using (id = 4711)")
    known = (
        "select count(*) as n from maint.judged_conditions where text_sha256 = "
        "sha256(convert_to('(id = 4711)', 'UTF8'))"
    )
    judged = "select distinct using_passers as p from maint.judged_policies() where policy = 'seen'"
    assert owner.execute(judged).fetchone()["p"] == "rows"
    owner.execute("select maint.prepare_checks('security')")
    assert owner.execute(known).fetchone()["n"] == 2
    # It is what is known that counts from then on.
    owner.execute("update maint.judged_conditions set passers = 'key'")
    assert owner.execute(judged).fetchone()["p"] == "key"
    superuser.execute("drop policy seen on public.letters")
    owner.execute("select maint.prepare_checks('security')")
    assert owner.execute(known).fetchone()["n"] == 0
