"""A database in which problems are planted, seen with the eyes of one check, and mended."""

from contextlib import suppress

from maint_pipeline.database.connection import connect
from tests.check_cases import Section
from tests.dev import eventually

USERS = [f"00000000-0000-0000-0000-{i:012d}" for i in range(1, 7)]


class Bench:
    """A database to plant in, and the eyes of one check."""

    def __init__(self, url: str, check: str) -> None:
        self.check = check
        self.admin = connect(url, application_name="test", as_owner=False)
        self.owner = connect(url, application_name="test")
        for user in USERS:
            self.admin.execute("insert into auth.users (id) values (%s)", [user])
            self.admin.execute("insert into public.profiles (id) values (%s)", [user])

    def close(self) -> None:
        self.admin.close()
        self.owner.close()

    def run(self, section: Section) -> None:
        for statement in section.statements:
            self.admin.execute(statement.encode())

    def result(self) -> dict:
        self.owner.execute("select maint.prepare_checks('security')")
        return self.owner.execute("select maint.run_check(%s) as r", [self.check]).fetchone()["r"]

    def findings(self) -> dict[str, dict]:
        result = self.result()
        assert result["status"] in ("passed", "findings"), result["problem"]
        found = self.owner.execute(f"select * from maint.check_{self.check}").fetchall()
        return {row["object"]: row for row in found}

    def objects(self, argument: str) -> set[str]:
        """Read a section's list of objects, or compute the one that an expression gives."""
        if argument.startswith("("):
            return {self.admin.execute(f"select {argument} as o".encode()).fetchone()["o"]}
        return set(argument.split("; "))

    def expect(self, before: dict[str, dict], new: set[str]) -> dict[str, dict]:
        """Wait until there are the findings of before and the new ones; give these.

        The server reloads its configuration when it likes.
        """
        seen: dict[str, dict] = {}

        def is_as_wanted() -> bool:
            seen.clear()
            seen.update(self.findings())
            return set(seen) == set(before) | new

        with suppress(AssertionError):
            eventually(is_as_wanted, 60)
        assert set(seen) == set(before) | new
        return {name: seen[name] for name in new}

    def fix(self, findings: dict[str, dict]) -> None:
        for finding in findings.values():
            for statement in finding["metadata"]["fix"].split(";\n"):
                self.admin.execute(statement.encode())
