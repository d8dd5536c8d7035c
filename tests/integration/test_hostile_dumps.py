"""Dumps that attack the machine on which they are tried: nothing of them reaches it."""

import os
import re
import shutil
import subprocess
import tarfile
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from maint_pipeline.backups.errors import NoSandboxError
from maint_pipeline.backups.restore_test import RestoreEnvironment, try_restore
from maint_pipeline.backups.sources import newest_backup
from maint_pipeline.database.programs import EMBEDDED_PROGRAMS
from tests.seeds import few
from tests.server import restartable_server

PROGRAMS = Path(os.environ.get("MAINT_TEST_BIN_DIR", EMBEDDED_PROGRAMS))

DEBIAN = Path("/usr/lib/postgresql/15/bin")
PLATFORM = Path(__file__).with_name("platform.sql")
needs_debian = pytest.mark.skipif(
    not (DEBIAN / "postgres").exists(), reason="Debian's PostgreSQL 15 is not installed"
)

# What an index or a constraint calls says that it changes nothing, and calls what does. That is
# harmless while the source database is filled, and then replaced.
FUNCTIONS = """
create function public.payload() returns void language plpgsql as 'begin end';
create function public.f(a integer) returns integer immutable language plpgsql
    as 'begin perform public.payload(); return 1; end';
create table public.orders as select 1 as id;
"""
LOUD = """
create or replace function public.payload() returns void language plpgsql as $f$
begin
    copy (select 1) to program $p${command}$p$;
end $f$
"""
QUIET = """
create or replace function public.payload() returns void language plpgsql as $f$
declare
    attempt text;
begin
    foreach attempt in array array[
        $p$copy (select 1) to program $c${command}$c$$p$,
        $p$copy (select 1) to '{folder}/copied'$p$,
        $p$select lo_export(lo_from_bytea(0, 'x'), '{folder}/exported')$p$,
        $p$set role postgres; copy (select 1) to '{folder}/as_superuser'$p$,
        $p$set session authorization postgres$p$,
        $p$select pg_read_file('/etc/passwd') || 1/0$p$,
        $p$alter system set archive_command = '{folder}'$p$,
        $p$create extension dblink; select dblink_connect('host=127.0.0.1')$p$,
        $p$create subscription s connection 'host=127.0.0.1' publication p$p$,
        $p$create function g() returns int language c as '$libdir/plpgsql', 'x'$p$
    ] loop
        begin
            execute attempt;
        exception when others then
            null;
        end;
    end loop;
end $f$
"""
ENDLESS = """
create or replace function public.payload() returns void language plpgsql
    as 'begin loop null; end loop; end'
"""


@pytest.fixture
def dump(new_database, canary, tmp_path):
    """Makes a dump of a database with some statements, and with a payload put into f()."""

    def make(statements: str, payload: str = LOUD, kind: str = "c", *options: str) -> Path:
        url = new_database("template0")
        body = payload.replace("{command}", canary.command)
        with closing(psycopg.connect(url, autocommit=True)) as connection:
            connection.execute(FUNCTIONS)
            connection.execute(statements.replace("{command}", canary.command))
            connection.execute(body.replace("{folder}", str(canary.folder)))
        file = tmp_path / ("dump.sql" if kind == "p" else "dump")
        subprocess.run(
            [PROGRAMS / "pg_dump", f"-F{kind}", *options, "-f", file, "-d", url], check=True
        )
        canary.assert_untouched()
        return file

    return make


@pytest.fixture
def restored(tmp_path, owner, canary):
    """Tries a backup, and sees that nothing was touched."""

    def restore(path: Path):
        tried = try_restore(
            newest_backup(str(path)), RestoreEnvironment(tmp_path / "scratch"), owner
        )
        canary.assert_untouched()
        assert list((tmp_path / "scratch").iterdir()) == []
        return tried

    return restore


def rows_of(tried) -> dict[str, int]:
    """What came back; tables that only the source has are left out."""
    rows = {row["table"]: row.get("rows", row.get("restored_rows")) for row in tried.tables}
    return {table: count for table, count in rows.items() if count is not None}


ATTACKS = {
    "a check constraint": (
        "create table public.t (a integer check (public.f(a) = 1)); "
        "insert into public.t values (1)",
        "not proven", "public(.| )t |TABLE DATA public t",
    ),
    "a domain": (
        "create domain public.d as integer check (public.f(value) = 1); "
        "create table public.t (a public.d); insert into public.t values (1)",
        "not proven", "t ",
    ),
    "a generated column": (
        "create table public.t (a integer, b integer generated always as (public.f(a)) stored); "
        "insert into public.t values (1)",
        "not proven", "t ",
    ),
    "an index": (
        "create index i on public.orders (public.f(id))", "proven in part", "INDEX.* i ",
    ),
    "a materialized view": (
        "create materialized view public.m as select public.f(id) from public.orders",
        "proven in part", "MATERIALIZED VIEW (DATA )?public.m",
    ),
    "an event trigger": (
        "create function public.e() returns event_trigger language plpgsql as "
        "'begin perform public.payload(); end'; "
        "create event trigger e on ddl_command_end execute function public.e(); "
        "alter event trigger e disable",
        "proven in part", "EVENT TRIGGER",
    ),
    "a function in C": (
        "create function public.c() returns language_handler language c "
        "as '$libdir/plpgsql', 'plpgsql_call_handler'",
        "proven in part", "FUNCTION public.c",
    ),
    "a trigger": (
        "create function public.g() returns trigger language plpgsql as "
        "'begin perform public.f(1); return new; end'; "
        "create trigger g before insert or update on public.orders for each row "
        "execute function public.g()",
        "proven", None,
    ),
    "a default": (
        "alter table public.orders add column b integer default public.f(1)", "proven", None,
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", few(["c", "p"]))
@pytest.mark.parametrize("attack", few(ATTACKS, 2))
def test_a_program_is_not_run(dump, restored, attack, kind):
    statements, result, named = ATTACKS[attack]
    tried = restored(dump(statements, LOUD, kind))
    assert tried.result == result, (tried.problem, tried.left_out)
    if result == "not proven":
        assert re.search(named, tried.problem)
        assert re.search("permission denied|must be superuser", tried.problem)
    if result == "proven in part":
        assert any(re.search(named, row["object"]) for row in tried.left_out), tried.left_out
        assert rows_of(tried) == {"public.orders": 1}


def test_every_way_out_is_shut_and_its_rows_come_back(dump, restored):
    statements, _, _ = ATTACKS["a check constraint"]
    tried = restored(dump(statements, QUIET))
    assert tried.result == "proven", (tried.problem, tried.left_out)
    assert rows_of(tried) == {
        "public.orders": 1,
        "public.t": 1,
    }


COMMANDS = {
    "a shell": r"\! {command}",
    "backquotes": r"\set x `{command}`",
    "copy": r"\copy public.orders to '{folder}/copied'",
    "copy to a program": "\\copy public.orders to program $p${command}$p$",
    "output": "\\o {folder}/printed\nselect 1;",
    "a pipe": r"\o |{command}",
    "the end of a query": r"select 1 \g |{command}",
    "what was queried": r"select '\! {command}' \gexec",
    "the environment": r"\setenv PSQL_EDITOR {folder}/x",
    "another script": r"\i {folder}/script",
    "another server": r"\connect host=127.0.0.1",
    "a guessed key": "\\unrestrict {key}\n\\! {command}",
    "a key of its own": "\\restrict mine\n\\unrestrict mine\n\\! {command}",
    "rows that nobody wants": "COPY public.nothing (a) FROM stdin;\n\\! {command}\n\\.\n",
}


@pytest.mark.parametrize("attack", few(COMMANDS))
def test_a_script_gives_psql_no_commands(dump, restored, canary, attack):
    file = dump("", kind="p")
    text = file.read_text()
    key = re.search(r"^\\restrict (\w+)$", text, re.M)
    lines = COMMANDS[attack].format(
        command=canary.command, folder=canary.folder, key=key[1] if key else "x"
    )
    # In the midst of it, and as its last lines.
    for changed in (text.replace("SET row_security = off;", lines), f"{text}\n{lines}\n"):
        assert changed != text
        file.write_text(changed)
        tried = restored(file)
        assert tried.result == "not proven"
        words = "does not exist" if "nobody wants" in attack else "restrict"
        assert words in tried.problem, tried.problem


@pytest.mark.parametrize("kind", few(["c", "d", "t", "p"]))
def test_values_that_look_like_commands_come_back(dump, restored, kind):
    values = [r"\! touch x", "\\.", "\restrict x", r"\restrict x", r"\unrestrict x", "-- Name: x;"]
    statements = "".join(
        f"insert into public.v values ({psycopg.sql.quote(value)});" for value in values
    )
    tried = restored(dump(f"create table public.v (v text); {statements}", kind=kind))
    assert tried.result == "proven", (tried.problem, tried.left_out)
    assert rows_of(tried)["public.v"] == len(values)


def test_a_directory_with_links_is_refused(dump, restored, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("canary-row\n")
    folder = dump("", kind="d")
    data = next(file for file in folder.glob("*.dat*") if file.name != "toc.dat")
    data.unlink()
    data.symlink_to(secret)
    tried = restored(folder)
    assert f"{data.name} is a link" in tried.problem


def test_a_list_that_names_files_elsewhere(dump, restored, tmp_path):
    """The list of a directory says which file has a table's rows; it is one of ours."""
    secret = tmp_path / "secret"
    secret.write_text("canary-row\n")
    secret.chmod(0o644)
    folder = dump("", kind="d", payload=LOUD)
    for file in folder.glob("*.dat.gz"):
        name, elsewhere = file.name.removesuffix(".gz"), f"../../../../../../../../..{secret}"
        toc = (folder / "toc.dat").read_bytes()
        # A string is a sign, four bytes of length, and its text.
        old = b"\0" + len(name).to_bytes(4, "little") + name.encode()
        new = b"\0" + len(elsewhere).to_bytes(4, "little") + elsewhere.encode()
        assert old in toc
        (folder / "toc.dat").write_bytes(toc.replace(old, new))
        file.unlink()
    tried = restored(folder)
    assert tried.result == "not proven" and "canary-row" not in tried.problem
    assert re.search("No such file or directory|invalid file name", tried.problem)


def test_without_a_sandbox_only_single_files_are_tried(dump, restored, monkeypatch):
    monkeypatch.setattr("maint_pipeline.backups.restore_test.strongest", lambda: "none")
    with pytest.raises(NoSandboxError, match="Install bubblewrap"):
        restored(dump("", kind="d"))


@pytest.mark.full
@pytest.mark.parametrize(
    "isolation", ["namespaces, Landlock, another user", "Landlock", "another user", "none"]
)
@pytest.mark.parametrize("kind", ["c", "p"])
def test_weaker_sandboxes_restore_too(dump, restored, monkeypatch, isolation, kind):
    for module in ("restore_test", "scratch"):
        monkeypatch.setattr(f"maint_pipeline.backups.{module}.strongest", lambda: isolation)
    statements, _, _ = ATTACKS["a check constraint"]
    tried = restored(dump(statements, QUIET, kind))
    assert tried.result == "proven", (tried.problem, tried.left_out)
    assert tried.details["sandbox"] == isolation


def test_an_endless_loop_ends(dump, restored, monkeypatch):
    monkeypatch.setattr("maint_pipeline.backups.sandbox.TIME_SECONDS", 5)
    tried = restored(dump(ATTACKS["a check constraint"][0], ENDLESS))
    assert "takes longer than" in tried.problem


def test_what_unpacks_to_more_than_the_disk_ends(tmp_path, restored, monkeypatch):
    bomb = tmp_path / "bomb"
    bomb.mkdir()
    with tarfile.open(bomb / "base.tar.gz", "w:gz") as tar:
        zeros = tarfile.TarInfo("zeros")
        zeros.size = 512 << 20
        with (tmp_path / "zeros").open("w+b") as file:
            file.truncate(zeros.size)
            tar.addfile(zeros, file)
    free = shutil.disk_usage(tmp_path).free
    monkeypatch.setattr("maint_pipeline.backups.sandbox.SPARE_BYTES", free - (64 << 20))
    assert restored(bomb).problem == "Restoring it needs more disk space than there is."


@needs_debian
@pytest.mark.full
@pytest.mark.parametrize("kind", ["c", "p"])
def test_a_platforms_dump(tmp_path, canary, monkeypatch, restored, kind):
    """What a plain role and this machine can't make is named; all rows of the application count."""
    monkeypatch.setenv("MAINT_TEST_BIN_DIR", str(DEBIAN))
    home = tmp_path / "pg"
    home.mkdir()
    dump = tmp_path / ("platform.sql" if kind == "p" else "platform.dump")
    with (
        restartable_server(home, "-c shared_preload_libraries=pg_cron") as server,
        closing(psycopg.connect(server.url, autocommit=True)) as connection,
    ):
        connection.execute(PLATFORM.read_text())
        left_out = ["--exclude-schema=cron"] if kind == "p" else []
        subprocess.run(
            [DEBIAN / "pg_dump", f"-F{kind}", *left_out, "-f", dump, "-d", server.url], check=True
        )
    tried = restored(dump)
    assert tried.result == "proven in part", tried.problem
    assert rows_of(tried) == {
        "auth.users": 2, "public.notes": 2, "storage.objects": 1,
    }  # fmt: skip
    named = "\n".join(row["object"] for row in tried.left_out)
    for thing in ("EXTENSION.* dblink", "PUBLICATION.* everything", "EVENT TRIGGER.* watch_ddl"):
        assert re.search(thing, named), named
    if kind == "c":
        assert re.search("TABLE DATA cron job", named)
