"""Each security check: the harmless passes, the problem is seen, repaired as advised, and gone."""

from contextlib import closing

import psycopg
import pytest

from maint_pipeline.installation.install import install
from maint_pipeline.sample import create_sample_application
from tests.check_bench import Bench
from tests.check_cases import Case, load_cases
from tests.seeds import spread
from tests.server import fresh_server

CASES = load_cases()
SEVERITIES = ("low", "medium", "high", "critical")


# These are about how a server was made and started: test_server_security.py.
OF_THE_SERVER = {"data_checksums_off", "ssl_off"}


def test_every_security_check_has_a_case(owner):
    names = owner.execute("select name from maint.checks where category = 'security'").fetchall()
    assert {row["name"] for row in names} == {case.check for case in CASES} | OF_THE_SERVER


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
