"""Repairs of generated catalogs change what they may and nothing else, and are undone exactly.

Many catalogs stand in one database at once, each with its repair: a picture costs the same for all.
"""

import os
from contextlib import closing

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maint_pipeline.database.connection import connect
from maint_pipeline.repairs.attempt import pin
from maint_pipeline.repairs.recognize import recognize
from maint_pipeline.repairs.scope import outside
from maint_pipeline.repairs.snapshot import difference, take_snapshot
from maint_pipeline.repairs.statements import script
from maint_pipeline.repairs.undo import way_back
from tests.generated_catalogs import Maker
from tests.server import fresh_server

TOGETHER = 100
# MAINT_TEST_CATALOGS=10000 takes minutes; each run makes others.
CATALOGS = int(os.environ.get("MAINT_TEST_CATALOGS", "1000"))
# In a block that is undone by itself: what rests on a grant keeps it from being revoked.
TRY = "do $try$ begin execute {}; exception when dependent_objects_still_exist then null; end $try$"


@pytest.fixture(scope="module")
def admin(tmp_path_factory):
    """A superuser on a server of its own: what others do with roles would be a difference."""
    with fresh_server(tmp_path_factory.mktemp("server")) as url:
        with closing(connect(url, application_name="test", as_owner=False)) as connection:
            yield connection


def prove(admin, seeds: list[int]) -> int:
    """Repair and undo the catalogs of these seeds; give how many repairs changed something."""
    catalogs = [Maker(seed, number).catalog() for number, seed in enumerate(seeds)]
    with admin.transaction(force_rollback=True):
        pin(admin)
        for catalog in catalogs:
            admin.execute(";\n".join(catalog.make).encode())
        pin(admin)
        before = take_snapshot(admin)
        scopes = []
        for catalog in catalogs:
            steps = recognize(catalog.repair)
            for step in steps:
                scopes += step.scopes
                text = admin.execute("select quote_literal(%s) as q", [step.text]).fetchone()["q"]
                admin.execute(TRY.replace("{}", text).encode())
        after = take_snapshot(admin)
        changes = difference(before, after)
        assert outside(changes, scopes) == []
        for statement in script(way_back(before, after)):
            admin.execute(statement.encode(), binary=True)
        assert difference(before, take_snapshot(admin)) == {}
    return len(changes)


def test_generated_catalogs(admin):
    changed = prove(admin, list(range(60)))
    assert changed > 30


@pytest.mark.full
@pytest.mark.any_version
@settings(
    max_examples=CATALOGS // TOGETHER, deadline=None, suppress_health_check=list(HealthCheck),
)  # fmt: skip
@given(st.lists(st.integers(0, 2**32), min_size=TOGETHER, max_size=TOGETHER))
def test_many_generated_catalogs(admin, seeds):
    prove(admin, seeds)
