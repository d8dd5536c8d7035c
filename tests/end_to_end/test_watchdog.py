"""The watchdog hears of an installation only while all of it works, not the daemon alone."""

import time
from contextlib import closing

import psycopg
import pytest
from dagster import DagsterInstance
from dagster._core.remote_origin import (
    GrpcServerCodeLocationOrigin,
    RemoteInstigatorOrigin,
    RemoteRepositoryOrigin,
)
from dagster._core.scheduler.instigation import (
    InstigatorState,
    InstigatorStatus,
    InstigatorType,
    SensorInstigatorData,
    TickData,
    TickStatus,
)
from dagster._utils.error import SerializableErrorInfo

from maint_pipeline.database.urls import sqlalchemy_url
from maint_pipeline.instance.internals.daemon import TICK_SECONDS, is_healthy, sensors_work
from tests.dev import eventually
from tests.machine import production

_error = SerializableErrorInfo("the database is gone", [], "UnreachableError")


def a_sensor(instance: DagsterInstance, name: str, status=InstigatorStatus.DECLARED_IN_CODE):
    location = GrpcServerCodeLocationOrigin(host="localhost", socket="none")
    origin = RemoteInstigatorOrigin(RemoteRepositoryOrigin(location, "repository"), name)
    state = InstigatorState(origin, InstigatorType.SENSOR, status, SensorInstigatorData())
    instance.add_instigator_state(state)
    return state


def a_tick(instance: DagsterInstance, state: InstigatorState, at: float, status: TickStatus):
    instance.create_tick(TickData(
        instigator_origin_id=state.instigator_origin_id, instigator_name=state.instigator_name,
        instigator_type=InstigatorType.SENSOR, status=status, timestamp=at,
        selector_id=state.selector_id, error=_error if status == TickStatus.FAILURE else None,
    ))  # fmt: skip


@pytest.fixture
def instance(tmp_path):
    with DagsterInstance.local_temp(str(tmp_path)) as made:
        yield made


def test_it_hears_nothing_of_sensors_that_do_not_tick(instance):
    now = time.time()
    assert not sensors_work(instance, now - 1000, now), "there is no sensor"
    state = a_sensor(instance, "maintenance_sensor")
    assert not sensors_work(instance, now - 1000, now), "it never ticked"
    a_tick(instance, state, now - TICK_SECONDS - 1, TickStatus.SKIPPED)
    assert not sensors_work(instance, now - 1000, now), "not for a while"
    a_tick(instance, state, now - 40, TickStatus.STARTED)
    assert not sensors_work(instance, now - 1000, now), "it hangs"
    a_tick(instance, state, now - 30, TickStatus.SKIPPED)
    assert sensors_work(instance, now - 1000, now)
    a_tick(instance, state, now - 1, TickStatus.STARTED)
    assert sensors_work(instance, now - 1000, now), "the next one has begun"
    assert not sensors_work(instance, now - 20, now), "the ticks of another daemon"


def test_it_hears_nothing_while_a_sensor_fails(instance):
    now = time.time()
    ours, other = a_sensor(instance, "maintenance_sensor"), a_sensor(instance, "other")
    a_tick(instance, ours, now - 30, TickStatus.SKIPPED)
    a_tick(instance, other, now - 20, TickStatus.FAILURE)
    assert not sensors_work(instance, now - 1000, now)
    a_tick(instance, other, now - 10, TickStatus.SKIPPED)
    assert sensors_work(instance, now - 1000, now)


def test_it_hears_nothing_while_the_sensor_is_switched_off(instance):
    now = time.time()
    state = a_sensor(instance, "maintenance_sensor", InstigatorStatus.STOPPED)
    a_tick(instance, state, now - 10, TickStatus.SKIPPED)
    assert not sensors_work(instance, now - 1000, now)


@pytest.fixture
def machine(tmp_path):
    with production(tmp_path) as made:
        yield made


@pytest.mark.full
@pytest.mark.any_version
def test_it_hears_nothing_without_code_server_or_database(machine, monkeypatch):
    """The daemon's heartbeats go on without them: they alone would tell that all is well."""
    began = time.time()
    for name in ("maint-code", "maint-daemon"):
        machine.start(name)
    storage = sqlalchemy_url(machine.variables["MAINT_DAGSTER_DATABASE_URL"], "psycopg2")
    monkeypatch.setenv("MAINT_DAGSTER_STORAGE_URL", storage)
    with DagsterInstance.from_config(f"{machine.variables['MAINT_HOME']}/dagster") as instance:

        def all_is_well(since: float) -> bool:
            return sensors_work(instance, since, time.time())

        eventually(lambda: is_healthy(instance, began) and all_is_well(began), seconds=240)

        # Of these ticks one may have begun before.
        left = time.time() + 35
        machine.running["maint-code"].kill()
        machine.running.pop("maint-code").wait()
        while time.time() < left + 25:
            assert not all_is_well(left)
            time.sleep(1)
        assert is_healthy(instance, began)
        back = time.time()
        machine.start("maint-code")
        eventually(lambda: all_is_well(back), seconds=240)

        with closing(psycopg.connect(machine.variables["MAINT_DATABASE_URL"])) as connection:
            connection.execute("alter role maint_worker nologin")
            connection.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity "
                "where usename = 'maint_worker'"
            )
            connection.commit()
            gone = time.time()
            eventually(lambda: not all_is_well(began), seconds=120)
            assert is_healthy(instance, began) and not all_is_well(gone)
            connection.execute("alter role maint_worker login")
            connection.commit()
        eventually(lambda: all_is_well(began), seconds=120)
