"""Metrics of all databases of the fleet: those of one, with its name as a label."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import nullcontext

import psycopg
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from maint_pipeline.database.connection import limit_statements
from maint_pipeline.errors import MaintError
from maint_pipeline.registry.databases import Database, Fleet, server_of
from maint_pipeline.registry.parallel import for_each
from maint_pipeline.reports.metrics import MaintenanceCollector
from maint_pipeline.resources import DatabaseOfFleet

AT_ONCE = 4
"""Databases of one server that are asked at a time."""

SECONDS = 10.0
"""How long a statement may take, and a third of what a database may."""


class FleetCollector(Collector):
    """Asks every database of the registry at each scrape; one that does not answer costs no other.

    Of one that does not answer there is `maint_up` 0 and nothing else: no figure is better than an
    old one.
    """

    def __init__(self, load: Callable[[], Fleet]) -> None:
        """Take what gives the databases at this moment."""
        self._load = load

    def describe(self) -> Iterable[Metric]:
        """Give nothing: to know the metrics all databases would have to be asked."""
        return ()

    def collect(self) -> Iterable[Metric]:
        """Give all metrics of all databases."""
        fleet = self._load()
        asked = for_each(
            fleet.databases, _metrics, server_of=server_of, at_once=AT_ONCE, seconds=3 * SECONDS
        )
        answers = {database.name: metrics for database, metrics in asked}
        up = GaugeMetricFamily(
            "maint_up", "1 if a database of the registry answered.", labels=["database"]
        )
        merged: dict[str, Metric] = {}
        for database in fleet.databases:
            metrics = answers[database.name]
            up.add_metric([database.name], float(metrics is not None))
            for metric in metrics or ():
                family = merged.setdefault(
                    metric.name, Metric(metric.name, metric.documentation, metric.type)
                )
                family.samples += [
                    sample._replace(labels={"database": database.name, **sample.labels})
                    for sample in metric.samples
                ]
        yield up
        yield GaugeMetricFamily(
            "maint_registry_mistakes", "What can't be used of the registry.",
            value=float(len(fleet.mistakes)),
        )  # fmt: skip
        yield from merged.values()


def _metrics(database: Database) -> list[Metric] | None:
    """Give the metrics of one database; None where it does not give all of them."""
    try:
        with DatabaseOfFleet.of(database).connect("maint metrics") as connection:
            limit_statements(connection, SECONDS)
            return list(MaintenanceCollector(lambda: nullcontext(connection)).collect())
    except (MaintError, psycopg.Error):
        return None
