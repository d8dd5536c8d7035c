"""A run's process killed at random moments: every database is done in the end, none twice."""

import json
import random
import re
import time
from collections import Counter
from contextlib import suppress

import psutil
import pytest

from tests.dev import LAUNCH, Dev, eventually
from tests.fleet import LIGHT, ledger, write_registry

RUNS = """
query { runsOrError(limit: 500) { ... on Runs { results { runId jobName status } } } }
"""
PARTITIONS = """
query { assetNodeOrError(assetKey: {path: ["backups"]}) { ... on AssetNode {
    partitionKeys
    partitionStats { numMaterialized numFailed }
} } }
"""
MOST_WAITED = 600

# No more kills in a round than a run is tried again: one that died each time waits for people.


@pytest.fixture
def fleet(new_database, template, tmp_path):
    """Gives URLs of so many databases, and a `maint dev` whose registry names them."""
    started: list[Dev] = []

    def make(count: int) -> tuple[Dev, dict[str, str]]:
        urls = {f"db-{number:03}": new_database(template) for number in range(count)}
        file = tmp_path / "databases.toml"
        write_registry(file, urls)
        dev = Dev(tmp_path / "home", MAINT_DATABASES_FILE=str(file))
        started.append(dev)
        dev.wait_until_up()
        # Nobody has named a database to Dagster: the sensor reads the registry.
        eventually(lambda: len(asset(dev)["partitionKeys"]) == count, seconds=MOST_WAITED)
        return dev, urls

    yield make
    for dev in started:
        if dev.process.poll() is None:
            dev.stop()


def asset(dev: Dev) -> dict:
    return dev.graphql(PARTITIONS)["assetNodeOrError"]


def launch(dev: Dev, first: str, last: str) -> str:
    parameters = {
        "selector": {
            "repositoryLocationName": "maint_pipeline",
            "repositoryName": "__repository__",
            "jobName": LIGHT,
        },
        "runConfigData": json.dumps({}),
        "executionMetadata": {
            "tags": [
                {"key": "dagster/asset_partition_range_start", "value": first},
                {"key": "dagster/asset_partition_range_end", "value": last},
            ]
        },
    }
    answer = dev.graphql(LAUNCH, parameters=parameters)["launchRun"]
    assert answer["__typename"] == "LaunchRunSuccess", answer
    return answer["run"]["runId"]


def run_processes(dev: Dev) -> list[psutil.Process]:
    found = []
    for process in psutil.Process(dev.process.pid).children(recursive=True):
        with suppress(psutil.NoSuchProcess):
            if re.search(r"multiprocessing\.spawn", " ".join(process.cmdline())):
                found.append(process)
    return found


def completed(url: str) -> int:
    """Count how often its task was completed in a database."""
    return sum(status == "completed" for status, _, _ in ledger(url, LIGHT))


def done(urls: dict[str, str]) -> Counter[int]:
    """Count the databases by how often their task was completed."""
    return Counter(completed(url) for url in urls.values())


def kill_while_at_work(dev: Dev, urls: dict[str, str], goal: int, kills: int) -> int:
    """Kill a run's process at random moments until all is done; give how many died."""
    killed = 0
    deadline = time.monotonic() + MOST_WAITED
    left = urls
    # Only those that are not done are asked: 150 sessions a second would keep them from it.
    while left := {name: url for name, url in left.items() if completed(url) < goal}:
        assert time.monotonic() < deadline, (done(urls), dev.graphql(RUNS))
        time.sleep(random.uniform(0.2, 2.0))
        if killed < kills and (processes := run_processes(dev)):
            with suppress(psutil.NoSuchProcess):
                random.choice(processes).kill()
                killed += 1
    return killed


@pytest.mark.parametrize(
    ("databases", "rounds", "kills"), [(6, 1, 2), pytest.param(150, 2, 10, marks=pytest.mark.full)]
)
def test_killed_at_random_moments_all_is_done_and_nothing_twice(fleet, databases, rounds, kills):
    dev, urls = fleet(databases)
    names = list(urls)
    killed = 0
    for goal in range(1, rounds + 1):
        for start in range(0, databases, 50):
            launch(dev, names[start], names[min(start + 50, databases) - 1])
        killed += kill_while_at_work(dev, urls, goal, kills)
        eventually(lambda: not run_processes(dev), seconds=MOST_WAITED)
        assert done(urls) == {goal: databases}
    print(f"{killed} processes killed")
    assert killed
    # In Dagster, too, each is done and none has failed.
    stats = eventually(
        lambda: s if (s := asset(dev)["partitionStats"])["numMaterialized"] == databases else None
    )
    assert stats["numFailed"] == 0
