"""Each fix that a check advises is undone exactly: by our pictures and by PostgreSQL's dumps."""

import os
import re
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from maint_pipeline.database.programs import EMBEDDED_PROGRAMS
from maint_pipeline.repairs.errors import NoWayBackError, RepairError
from maint_pipeline.repairs.findings import Repair, repair_of
from maint_pipeline.repairs.rehearsal import rehearse
from maint_pipeline.repairs.snapshot import Snapshot, difference, take_snapshot
from maint_pipeline.repairs.statements import script
from maint_pipeline.repairs.undo import way_back
from tests.check_bench import Bench
from tests.check_cases import Case, load_cases
from tests.own_server import server_url, template  # noqa: F401 - fixtures
from tests.seeds import spread

CASES = [c for c in load_cases() if any(s.argument == "fix" for s in c.sections)]
# Nobody wants an invalid index back.
WITHOUT_UNDO = {"invalid_index"}
# An index that was made again has to be unused for weeks before it is reported again.
SEEN_LATER = {"unused_index"}


@pytest.fixture
def bench(request, database):
    case: Case = request.param
    with closing(Bench(database, case.check)) as bench:
        bench.url = database
        yield bench
        for section in case.sections:
            if section.kind == "clean up":
                bench.run(section)


def picture(bench: Bench) -> Snapshot:
    with bench.admin.transaction():
        return take_snapshot(bench.admin)


def dumps(url: str) -> list[str]:
    """Everything that PostgreSQL would write down of schema and roles, in no order."""
    programs = Path(os.environ.get("MAINT_TEST_BIN_DIR", EMBEDDED_PROGRAMS))
    lines: list[str] = []
    for command in (["pg_dump", "-s", "-d", url], ["pg_dumpall", "-g", "-d", url]):
        done = subprocess.run(
            [programs / command[0], *command[1:]], check=True, capture_output=True, text=True
        )
        lines += done.stdout.splitlines()
    # PostgreSQL 18 writes a random word, so that nobody can smuggle in commands of psql.
    return sorted(line for line in lines if not re.match(r"\\(un)?restrict |--|$", line))


# All on one version of PostgreSQL, every ninth on the other and in `make test`.
SPREAD = spread([(case, case) for case in CASES], 9, also=pytest.mark.any_version)


@pytest.mark.parametrize(
    ("case", "bench"), SPREAD, indirect=["bench"], ids=[case.check for case in CASES]
)
def test_undone_exactly(case: Case, bench: Bench):
    if case.sections[0].kind == "prepare":
        bench.run(case.sections[0])
    before = bench.findings()
    for section in case.sections:
        if section.kind == "harmless":
            bench.run(section)
            before = bench.findings()
        elif section.kind == "problem":
            bench.run(section)
            new = bench.expect(before, bench.objects(section.argument))
        elif section.kind == "repair" and section.argument == "fix":
            repair_and_undo(case, bench, before, new)
        elif section.kind == "repair":
            bench.run(section)
            bench.expect(before, set())


def rehearse_one(case: Case, bench: Bench, finding: dict) -> None:
    if recognized(finding).alone:
        with pytest.raises(RepairError, match="can't be in a transaction"):
            rehearse(bench.admin, case.check, finding["fingerprint"], 600)
        return
    rehearsal = rehearse(bench.admin, case.check, finding["fingerprint"], 600)
    assert rehearsal.returned
    assert rehearsal.outcome.undo and rehearsal.outcome.changes


def recognized(finding: dict) -> Repair:
    repair = repair_of(finding)
    assert repair is not None
    assert repair.judge[0] in "ABC" and repair.judge[1]
    return repair


def repair_and_undo(case: Case, bench: Bench, before: dict, new: dict) -> None:
    at_first, dumped = picture(bench), dumps(bench.url)
    for finding in new.values():
        rehearse_one(case, bench, finding)
    assert difference(at_first, picture(bench)) == {}
    bench.fix(new)
    bench.expect(before, set())
    repaired = picture(bench)
    assert difference(at_first, repaired)
    if case.check in WITHOUT_UNDO:
        with pytest.raises(NoWayBackError):
            way_back(at_first, repaired)
        return
    for statement in script(way_back(at_first, repaired)):
        bench.admin.execute(statement.encode())
    undone = picture(bench)
    assert difference(at_first, undone) == {}
    assert undone.hash() == at_first.hash()
    assert dumps(bench.url) == dumped
    bench.expect(before, set() if case.check in SEEN_LATER else set(new))
    if case.check not in SEEN_LATER:
        bench.fix(new)
        bench.expect(before, set())
        assert picture(bench).hash() == repaired.hash()
