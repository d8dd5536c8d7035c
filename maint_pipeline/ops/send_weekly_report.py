"""The weekly report to the channels."""

from collections.abc import Iterator, Sequence

import psycopg
from dagster import AssetExecutionContext, AssetSpec, Config, MaterializeResult, multi_asset
from pydantic import Field

from maint_pipeline.alerts.channels import DeliveryError
from maint_pipeline.alerts.delivery import configured_channels
from maint_pipeline.database.connection import limit_statements
from maint_pipeline.error_hints import first_line
from maint_pipeline.errors import MaintError, NotApplicableError
from maint_pipeline.instance.tags import GROUP_TAG, NEEDS_TAG
from maint_pipeline.ops.jobs import task_job
from maint_pipeline.ops.recording import TaskResult, maintain
from maint_pipeline.registry.databases import Database, server_of
from maint_pipeline.registry.parallel import for_each
from maint_pipeline.reports.figures import collect
from maint_pipeline.reports.fleet import OfDatabase, added_up
from maint_pipeline.resources import DatabaseOfFleet, Maintenance
from maint_pipeline.schedules.schedules import task_schedule
from maint_pipeline.settings import Settings
from maint_pipeline.task_runs.ledger import TaskRun
from maint_pipeline.task_runs.turn import Turn
from maint_pipeline.units import counted

AT_ONCE = 4
"""Databases of one server that are asked at a time."""

SECONDS = 30.0
"""How long a statement may take, and a third of what a database may."""


class ReportConfig(Config):
    """What the report covers."""

    days: int = Field(default=7, ge=1, le=90, description="Days that the report covers, 1 to 90.")


@multi_asset(
    name="send_weekly_report_op",
    specs=[
        AssetSpec(
            "weekly_report",
            deps=["alerts", "task_runs"],
            group_name="reports",
            description="The report that the channels get.",
            kinds={"postgres"},
            skippable=True,
        )
    ],
    op_tags={GROUP_TAG: "reports", NEEDS_TAG: "notify_urls"},
)
def send_weekly_report(
    context: AssetExecutionContext, config: ReportConfig, maintenance: Maintenance
) -> Iterator[MaterializeResult]:  # type: ignore[type-arg]
    """Send a report to every channel of `MAINT_NOTIFY_URLS`.

    What ran, what failed, what was deleted, open alerts, backups; trends as pictures in mails. With
    a registry the databases that share channels share a report: the first of them sends it.
    """
    settings, turn = maintenance.settings(), maintenance.turn
    yield from maintain(
        context, config, maintenance, lambda run: _send(run, config, settings, turn)
    )


def _send(run: TaskRun, config: ReportConfig, settings: Settings, turn: Turn | None) -> TaskResult:
    # Imported here: the plotting library takes a second, which no other run should wait.
    from maint_pipeline.reports.weekly import report_message  # noqa: PLC0415

    channels = configured_channels(settings)
    if not channels:
        raise NotApplicableError("Notifications are off: MAINT_NOTIFY_URLS is not set.")
    if turn is None:
        figures = collect(run.connection, config.days, settings.timezone)
        message = report_message(figures, config.days, settings, run.connection.info.dbname)
    elif (shared := turn.reports_for()) is None:
        raise NotApplicableError(
            "Another database of the registry, with the same channels, reports for this one."
        )
    else:
        every = _figures_of(shared, config.days, settings.timezone)
        figures, where = added_up(every), counted(len(every), "database")
        rows = [one.shown for one in every]
        message = report_message(figures, config.days, settings, where, rows)
    failed: dict[str, str] = {}
    for channel in channels.values():
        try:
            channel.send(message)
        except DeliveryError as error:
            failed[channel.name] = str(error)
    if failed:
        problems = "; ".join(f"{name}: {problem}" for name, problem in failed.items())
        raise DeliveryError(
            f"{len(failed)} of {len(channels)} channels did not accept it: {problems}"
        )
    return TaskResult(
        details={"sent_to": len(channels), "subject": message.subject},
        summary=f"Sent to {len(channels)} channels: {message.subject}",
        tables={"tasks": figures.tasks},
    )


def _figures_of(databases: Sequence[Database], days: int, time_zone: str) -> list[OfDatabase]:
    """Collect the figures of several databases; one that does not answer is named."""

    def work(database: Database) -> OfDatabase:
        try:
            with DatabaseOfFleet.of(database).connect("maint send_weekly_report") as connection:
                limit_statements(connection, SECONDS)
                return OfDatabase(database.name, collect(connection, days, time_zone))
        except (MaintError, psycopg.Error) as error:
            return OfDatabase(database.name, None, first_line(error))

    asked = for_each(databases, work, server_of=server_of, at_once=AT_ONCE, seconds=3 * SECONDS)
    answers = {database.name: answer for database, answer in asked}
    late = f"no answer within {3 * SECONDS:g} seconds"
    return [answers[each.name] or OfDatabase(each.name, None, late) for each in databases]


job = task_job(send_weekly_report, ReportConfig)
schedule = task_schedule(job, "0 7 * * 1")
