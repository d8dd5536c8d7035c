"""A server to plant faults in, and the list of those that the modules beside this one plant."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg

from maint_pipeline.checks.run import run_checks
from maint_pipeline.database.connection import connect
from maint_pipeline.health.views import look_from_outside


class Bench:
    """A server of its own to plant faults in."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.admin = psycopg.connect(url, autocommit=True)
        self.owner = connect(url, application_name="test")

    def session(self, role: str = "postgres") -> psycopg.Connection:
        return psycopg.connect(self.url, autocommit=True, user=role, application_name="planted")

    def do(self, *statements: str) -> None:
        for statement in statements:
            self.admin.execute(statement.encode())

    def limit(self, check: str, **values: str) -> None:
        for name, value in values.items():
            changed = self.admin.execute(
                "update maint.check_thresholds set value = %s where check_name = %s and name = %s",
                [value, check, name],
            )
            assert changed.rowcount == 1

    def pass_an_hour(self) -> None:
        """Make the latest sample one of an hour ago."""
        run_checks(self.owner, "health")
        self.do("update maint.health_samples set taken_at = taken_at - interval '1 hour'")

    def results(self) -> dict[str, dict]:
        look_from_outside(self.owner)
        return {result["check"]: result for result in run_checks(self.owner, "health")[1]}

    def findings(self, check: str) -> dict[str, dict]:
        result = self.results()[check]
        assert result["status"] != "failed", result["problem"]
        return {finding["object"]: finding for finding in result["sample"]}

    def burn(self, ids: int) -> None:
        for _ in range(ids):
            self.do("select pg_current_xact_id()")


Planted = Iterator[str]
FAULTS: dict[str, tuple[str, Callable]] = {}


def fault(check: str) -> Callable:
    """Register what plants a fault of a check, and gives the object at which it is to be found."""

    def register(plant: Callable) -> Callable:
        FAULTS[plant.__name__] = (check, contextmanager(plant))
        return plant

    return register
