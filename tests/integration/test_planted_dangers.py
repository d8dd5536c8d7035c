"""Dangers planted in a well-made application: each is found, and nothing before that.

The severity is the one that follows from who reaches what.
"""

from collections.abc import Iterator
from contextlib import closing

import psycopg
import pytest

from tests.careful import Careful, careful_application
from tests.planted import FOLDER, Danger, acting_as, findings, load_dangers
from tests.seeds import few, one_of_each

DANGERS = load_dangers()
# What these see is how the test's server was started, and no matter of the application.
OF_THE_SERVER = {"durability_off", "ssl_off", "connection_logging_off", "ddl_logging_off"}


@pytest.fixture(scope="module", params=few(["server of one's own", "platform"]))
def careful(request, tmp_path_factory) -> Iterator[Careful]:
    own = request.param != "platform"
    with careful_application(tmp_path_factory.mktemp("careful"), customer_is_superuser=own) as app:
        yield app


@pytest.fixture
def connection(careful: Careful):
    """A superuser's connection to it, in a transaction that is rolled back."""
    with closing(psycopg.connect(careful.superuser)) as connection:
        yield connection
        connection.rollback()


def test_none_is_lost_in_reading():
    written = [path.read_text().count("-- danger: ") for path in FOLDER.glob("*.sql")]
    assert len(DANGERS) == sum(written) >= 40
    assert len({danger.title for danger in DANGERS}) == len(DANGERS)


def test_nothing_of_the_well_made_application_is_high_or_critical(careful: Careful):
    with closing(psycopg.connect(careful.customer, autocommit=True)) as customer:
        customer.execute("set role maint_owner")
        customer.execute("select maint.prepare_checks('security')")
        names = customer.execute(
            "select name from maint.checks where category = 'security' and enabled order by name"
        ).fetchall()
        results = [
            customer.execute("select maint.run_check(%s)", [name]).fetchone()[0]
            for (name,) in names
            if name not in OF_THE_SERVER
        ]
    assert [result["problem"] for result in results if result["status"] == "failed"] == []
    assert [
        (finding["fingerprint"], finding["detail"])
        for result in results
        for finding in result["sample"] + result["platform_sample"]
        if finding["severity"] in ("critical", "high")
    ] == []


def test_what_the_api_reaches_is_computed(connection: psycopg.Connection):
    with acting_as(connection, "maint_owner"):
        rows = connection.execute("select role, object, rights, path from maint.exposure()")
        reached = {(role, name): (rights, path) for role, name, rights, path in rows.fetchall()}
    assert reached["anon", "public.plans"] == (
        {"select": "everybody"}, "anon → table public.plans",
    )  # fmt: skip
    assert reached["authenticated", "public.notifications"][0] == {"select": "own", "update": "own"}
    assert ("anon", "public.invoices") not in reached
    _, path = reached["authenticated", "public.usage_of(uuid)"]
    assert path == (
        "authenticated → function public.usage_of(uuid) (definer, owner postgres) "
        "→ reads private.usage_by_day"
    )


@pytest.mark.parametrize(
    "danger",
    one_of_each(DANGERS, lambda danger: danger.category),
    ids=[danger.title for danger in DANGERS],
)
def test_found_at_its_severity(careful: Careful, connection: psycopg.Connection, danger: Danger):
    before = findings(connection, danger.check)
    if danger.as_superuser:
        connection.execute(danger.statements.encode())
    else:
        with acting_as(connection, "postgres"):
            connection.execute(danger.statements.encode())
    after = findings(connection, danger.check)
    assert danger.object in after
    found = after[danger.object]
    assert before.get(danger.object, {}).get("severity") != found["severity"]
    assert found["severity"] == danger.severity
    assert found["detail"] and found["remediation"] and found["metadata"]
