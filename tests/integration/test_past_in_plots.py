"""The ledger's past in the plots of a fresh Dagster: dated as it happened, and once."""

from contextlib import closing
from datetime import UTC, datetime

import psycopg
import pytest
from dagster import AssetKey, AssetMaterialization, DagsterInstance

from maint_pipeline.instance.host import DagsterHost
from maint_pipeline.instance.internals.host import OwnHost
from maint_pipeline.sensors.past import report_past

pytestmark = pytest.mark.any_version

LOG, ALERTS, BACKUPS = AssetKey("audit_log"), AssetKey("alerts"), AssetKey("backups")
ASSETS = {"cleanup_old_audit_logs": [LOG], "maintenance_health": [ALERTS]}
ROWS = """
insert into public.maintenance_task_runs (task_name, status, started_at, finished_at, details)
values
    ('cleanup_old_audit_logs', 'completed', '2026-01-02 02:00Z', '2026-01-02 02:01Z',
        '{"deleted_count": 20, "policy": "x"}'),
    ('cleanup_old_audit_logs', 'completed', '2026-01-01 02:00Z', '2026-01-01 02:01Z',
        '{"deleted_count": 10}'),
    ('cleanup_old_audit_logs', 'completed', '2026-01-03 02:00Z', '2026-01-03 02:01Z',
        '{"deleted_count": 0, "dry_run": true}'),
    ('cleanup_old_audit_logs', 'failed', '2026-01-04 02:00Z', '2026-01-04 02:01Z',
        '{"deleted_count": 5}'),
    ('maintenance_health', 'completed', '2026-01-02 02:10Z', '2026-01-02 02:10Z',
        '{"open_alerts_high": 3, "failing_checks": 1}')
"""


def plotted(instance, key) -> list[tuple[datetime, dict]]:
    records = instance.fetch_materializations(key, limit=10, ascending=True).records
    return [
        (
            datetime.fromtimestamp(record.timestamp, UTC),
            {n: v.value for n, v in record.asset_materialization.metadata.items()},
        )
        for record in records
    ]


def test_completed_runs_are_plotted_when_they_were(owner, superuser, tmp_path):
    superuser.execute(ROWS)
    with DagsterInstance.local_temp(str(tmp_path)) as instance:
        assert "3 events" in report_past(owner, instance, OwnHost(), ASSETS)
        assert plotted(instance, LOG) == [
            (datetime(2026, 1, 1, 2, 1, tzinfo=UTC), {"deleted_count": 10}),
            (datetime(2026, 1, 2, 2, 1, tzinfo=UTC), {"deleted_count": 20}),
        ]
        assert plotted(instance, ALERTS) == [
            (datetime(2026, 1, 2, 2, 10, tzinfo=UTC), {"open_alerts_high": 3})
        ]
        latest = instance.get_latest_materialization_event(LOG)
        assert latest.timestamp == datetime(2026, 1, 2, 2, 1, tzinfo=UTC).timestamp()
        assert report_past(owner, instance, OwnHost(), ASSETS) == ""
        assert len(plotted(instance, LOG)) == 2


def test_a_health_run_logs_its_result_once_and_plots_the_backups(cli, storage):
    (run,) = cli.json("run", "maintenance_health")
    with closing(psycopg.connect(storage)) as connection:
        events = connection.execute(
            "select dagster_event_type, asset_key from event_logs where run_id = %s",
            [run["dagster_run_id"]],
        ).fetchall()
    assert [kind for kind, _ in events].count("ASSET_OBSERVATION") == 1
    assert ("ASSET_MATERIALIZATION", '["backups"]') in events


def test_an_asset_with_a_past_of_its_own_and_another_host_get_none(owner, superuser, tmp_path):
    superuser.execute(ROWS)
    with DagsterInstance.local_temp(str(tmp_path)) as instance:
        assert report_past(owner, instance, DagsterHost(), ASSETS) == ""
        instance.report_runless_asset_event(AssetMaterialization(LOG, metadata={"rows": 1}))
        assert "1 event " in report_past(owner, instance, OwnHost(), ASSETS)
        assert [figures for _, figures in plotted(instance, LOG)] == [{"rows": 1}]
