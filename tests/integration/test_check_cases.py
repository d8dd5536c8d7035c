"""Each security check: the harmless passes, the problem is seen, repaired as advised, and gone."""

from contextlib import closing, suppress

import psycopg
import pytest

from maint_pipeline.database.connection import connect
from maint_pipeline.installation.install import install
from maint_pipeline.sample import create_sample_application
from tests.check_cases import Case, Section, load_cases
from tests.dev import eventually
from tests.seeds import spread
from tests.server import fresh_server

CASES = load_cases()
USERS = [f"00000000-0000-0000-0000-{i:012d}" for i in range(1, 7)]
SEVERITIES = ("low", "medium", "high", "critical")


# These are about how a server was made and started: test_server_security.py.
OF_THE_SERVER = {"data_checksums_off", "ssl_off"}


def test_every_security_check_has_a_case(owner):
    names = owner.execute("select name from maint.checks where category = 'security'").fetchall()
    assert {row["name"] for row in names} == {case.check for case in CASES} | OF_THE_SERVER


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


@pytest.fixture(scope="module")
def own_server(tmp_path_factory):
    with fresh_server(tmp_path_factory.mktemp("server")) as url:
        with closing(psycopg.connect(url, autocommit=True)) as admin:
            create_sample_application(admin)
            install(url)
        yield url


@pytest.fixture
def bench(request):
    case: Case = request.param
    url = request.getfixturevalue("own_server" if case.own_server else "database")
    with closing(Bench(url, case.check)) as bench:
        yield bench
        for section in case.sections:
            if section.kind == "clean up":
                bench.run(section)
        if case.own_server:
            bench.admin.execute("delete from auth.users")


@pytest.mark.parametrize(
    ("case", "bench"), spread([(case, case) for case in CASES], 6), indirect=["bench"],
    ids=[case.check for case in CASES],
)  # fmt: skip
def test_seen_repaired_and_gone(case: Case, bench: Bench):
    if case.sections[0].kind == "prepare":
        if reason := case.sections[0].argument:
            result = bench.result()
            assert result["status"] == "not_applicable" and reason in result["problem"]
        bench.run(case.sections[0])
    before = bench.findings()
    for section in case.sections:
        if section.kind == "harmless":
            bench.run(section)
            after = bench.findings()
            assert not set(after) - set(before)
            before = after
        elif section.kind == "problem":
            bench.run(section)
            new = bench.expect(before, bench.objects(section.argument))
            for finding in new.values():
                judge(finding, case.check)
        elif section.kind == "repair":
            bench.fix(new) if section.argument == "fix" else bench.run(section)
            bench.expect(before, set())


def judge(finding: dict, check: str) -> None:
    assert finding["name"] == check
    assert finding["fingerprint"] == f"{check}:{finding['object']}"
    assert finding["severity"] in SEVERITIES
    assert finding["detail"] and finding["remediation"] and finding["metadata"]
