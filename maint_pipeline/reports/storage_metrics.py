"""Metrics of what storage takes and will take, as record_storage foresaw it last."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time
from typing import Any

from prometheus_client.core import GaugeMetricFamily, Metric

_ENDS = ("low", "likely", "high")
_DATES = ("early", "likely", "late")


def storage_metrics(rows: list[dict[str, Any]]) -> Iterator[Metric]:
    """Give the metrics; none of what is not known.

    Args:
        rows: as `latest_forecasts` gives them.
    """
    disks = [row for row in rows if not row["relation_name"]]
    for row in disks:
        yield from _disk(row)
    size = GaugeMetricFamily(
        "maint_table_bytes", "Size of the tables that grow most.", labels=["table"]
    )
    growth = GaugeMetricFamily(
        "maint_table_growth_bytes_per_day", "Bytes a day by which they grow.", labels=["table"]
    )
    for row in rows:
        if row["relation_name"]:
            name = f"{row['schema_name']}.{row['relation_name']}"
            size.add_metric([name], row["bytes"])
            growth.add_metric([name], row["bytes_per_day"])
    yield from (size, growth)


def _disk(row: dict[str, Any]) -> Iterator[Metric]:
    yield GaugeMetricFamily(
        "maint_disk_used_bytes", "Databases, WAL and temporary files.", value=row["bytes"]
    )
    ahead = GaugeMetricFamily(
        "maint_disk_forecast_bytes", "The same in 30 days: 80 % interval, and its middle.",
        labels=["end"],
    )  # fmt: skip
    for end in _ENDS:
        ahead.add_metric([end], row[f"{end}_bytes"])
    yield ahead
    if row["disk_bytes"] is None:
        return
    yield GaugeMetricFamily("maint_disk_bytes", "Size of the disk.", value=row["disk_bytes"])
    full = GaugeMetricFamily(
        "maint_disk_full_timestamp_seconds", "When it is full: 80 % interval, and its middle.",
        labels=["end"],
    )  # fmt: skip
    for end in _DATES:
        if day := row[f"full_{end}"]:
            full.add_metric([end], datetime.combine(day, time(), UTC).timestamp())
    yield full
