"""Real PostgreSQL for every test that wants it: one server, one template database, clones of it.

MAINT_TEST_DATABASE_URL names another server (a superuser's URL) than the embedded one.
"""

import os
import shutil
import signal
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql

from maint_pipeline.database.connection import connect
from maint_pipeline.database.embedded import embedded_server
from maint_pipeline.database.urls import database_url
from maint_pipeline.installation.install import install
from maint_pipeline.sample import create_sample_application
from tests.cli import Cli
from tests.dev import Dev, environment
from tests.hostile import SECRET, make_canary

TEMPLATE = "maint_template"
SERVER_FOLDER = "MAINT_TEST_SERVER_FOLDER"

# The files that take longest, these first: a worker that began one at the end would let the others
# wait. `pytest --durations=0` tells which they are.
LONGEST = (
    "end_to_end/test_kubernetes_cluster.py",
    "end_to_end/test_upgrade_order.py",
    "end_to_end/test_watchdog.py",
    "end_to_end/test_celery.py",
    "faults/test_fleet_kills.py",
    "faults/test_celery_kills.py",
    "faults/test_kills.py",
    "faults/test_purge_kills.py",
    "integration/test_interrupted_migration.py",
    "soak/test_short.py",
    "end_to_end/test_plain_dagster.py",
    "end_to_end/test_first_run.py",
    "ui/test_operator.py",
    "faults/test_database_gone.py",
    "integration/test_planted_dangers.py",
    "faults/test_server_changes.py",
    "end_to_end/test_wheel.py",
    "integration/test_check_cases.py",
    "integration/test_verify_restore.py",
    "integration/test_hostile_dumps.py",
)

# A script's shell has what it starts in the background ignore Ctrl-C, nohup has it ignore SIGHUP.
# What tests start would inherit that, and they send these signals.
for number in (signal.SIGINT, signal.SIGHUP, signal.SIGTERM):
    if signal.getsignal(number) is signal.SIG_IGN:
        usual = signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL
        signal.signal(number, usual)


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Give this run two folders that no other run touches: the tests', and their server's.

    pytest's own one is shared by all runs of a user, and each takes away the right of others to
    pass through it, which root's PostgreSQL, running as nobody, needs.

    The server's is in memory where there is some to spare. Each test has a database, of 300 files,
    and making that takes a file system on a disk as much processor time as most tests.
    """
    if "PYTEST_XDIST_WORKER" in os.environ:
        return
    if config.option.basetemp is None:
        config.option.basetemp = new_folder(config, None)
    os.environ[SERVER_FOLDER] = str(new_folder(config, memory()))


def new_folder(config: pytest.Config, parent: Path | None) -> Path:
    """Make a folder that is gone after the run."""
    folder = Path(tempfile.mkdtemp(prefix="maint-tests-", dir=parent))
    config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
    return folder


def memory() -> Path | None:
    """Where files are kept in memory, if 6 GB are free there."""
    folder = Path("/dev/shm")
    roomy = folder.is_dir() and shutil.disk_usage(folder).free > 6_000_000_000
    return folder if roomy and os.access(folder, os.W_OK | os.X_OK) else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest files first, then those with most tests."""
    tests = Path(__file__).parent
    ranks = {tests / name: rank for rank, name in enumerate(LONGEST)}
    counts = Counter(item.path for item in items)
    items.sort(key=lambda item: (ranks.get(item.path, len(ranks)), -counts[item.path]))


@pytest.fixture(autouse=True)
def no_signal_stays_ignored():
    """What a test leaves ignored, the commands of later tests would ignore, too, and never end."""
    yield
    left = [
        number
        for number in (signal.SIGINT, signal.SIGHUP, signal.SIGTERM)
        if signal.getsignal(number) is signal.SIG_IGN
    ]
    for number in left:
        usual = signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL
        signal.signal(number, usual)
    assert left == []


@pytest.fixture(scope="session")
def server_url():
    """Superuser URL of the test server's database postgres."""
    if url := os.environ.get("MAINT_TEST_DATABASE_URL"):
        yield url
        return
    with passing_server(Path(os.environ[SERVER_FOLDER]) / "server") as url:
        yield url


@contextmanager
def passing_server(home: Path) -> Iterator[str]:
    """Run an embedded server that need not outlive the machine, and give a superuser's URL."""
    with embedded_server(home) as server:
        url = server.url("postgres")
        with closing(psycopg.connect(url, autocommit=True)) as connection:
            connection.execute("alter system set fsync = off")
            connection.execute("select pg_reload_conf()")
        yield url


@pytest.fixture(scope="session")
def template(server_url: str) -> str:
    """A database with the empty sample application, migrated: made by the first worker."""
    return make_template(server_url)


def make_template(server_url: str) -> str:
    """Make the template database where there is none, and give its name."""
    with closing(psycopg.connect(server_url, autocommit=True)) as connection:
        connection.execute("select pg_advisory_lock(4711)")
        exists = connection.execute(
            "select from pg_database where datname = %s and datistemplate", [TEMPLATE]
        ).fetchone()
        if exists is None:
            connection.execute(f"drop database if exists {TEMPLATE}")
            connection.execute(f"create database {TEMPLATE}")
            url = database_url(server_url, TEMPLATE)
            with closing(psycopg.connect(url, autocommit=True)) as application:
                create_sample_application(application)
            install(url)
            connection.execute(f"alter database {TEMPLATE} is_template true")
    return TEMPLATE


@pytest.fixture
def new_database(server_url: str):
    """Makes databases that are gone after the test: call it, optionally with a template."""
    names: list[str] = []

    def make(template: str = "template1") -> str:
        names.append(f"test_{uuid4().hex}")
        # Copying files is half the work of copying pages through the log.
        statement = sql.SQL("create database {} template {} strategy file_copy").format(
            sql.Identifier(names[-1]), sql.Identifier(template)
        )
        with closing(psycopg.connect(server_url, autocommit=True)) as connection:
            connection.execute(statement)
        return database_url(server_url, names[-1])

    yield make
    with closing(psycopg.connect(server_url, autocommit=True)) as connection:
        for name in names:
            connection.execute(
                sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name))
            )


@pytest.fixture
def empty_database(new_database):
    """A superuser's connection to a new empty database."""
    with closing(psycopg.connect(new_database(), autocommit=True)) as connection:
        yield connection


@pytest.fixture
def database(new_database, template: str) -> str:
    """URL of a migrated database with the empty sample application."""
    return new_database(template)


@pytest.fixture
def superuser(database: str):
    """A superuser's connection to `database`, rows as dictionaries."""
    with closing(connect(database, application_name="test", as_owner=False)) as connection:
        connection.execute("reset search_path")
        yield connection


@pytest.fixture
def owner(database: str):
    """A connection to `database` as maint_owner, as jobs have it."""
    with closing(connect(database, application_name="test")) as connection:
        yield connection


@pytest.fixture(scope="session")
def storage(server_url):
    """URL of Dagster's storage."""
    name = f"dagster_{uuid4().hex}"
    with closing(psycopg.connect(server_url, autocommit=True)) as connection:
        connection.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
        yield database_url(server_url, name)
        connection.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))


@pytest.fixture
def home(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture
def cli(home, database, storage) -> Cli:
    databases = {"MAINT_DATABASE_URL": database, "MAINT_DAGSTER_DATABASE_URL": storage}
    return Cli({**environment(home), **databases})


@pytest.fixture
def canary(tmp_path_factory, monkeypatch):
    """What an attack must not touch, with secrets in our environment that it must not see."""
    monkeypatch.setenv("MAINT_NOTIFY_URLS", f"mailtos://user:{SECRET}@mail.example")
    made = make_canary(tmp_path_factory.mktemp("outside") / "canary")
    with made.listener:
        yield made


@pytest.fixture(scope="module")
def dev(tmp_path_factory: pytest.TempPathFactory):
    """One running `maint dev` for all tests of a file, which may count on its sample data."""
    running = Dev(tmp_path_factory.mktemp("dev") / "home")
    try:
        yield running.wait_until_up()
    finally:
        if running.process.poll() is None:
            running.stop()
