"""Advice on indexes, policies and settings, once a week; and what came of earlier advice."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any

from dagster import AssetExecutionContext, AssetSpec, Config, MaterializeResult, multi_asset
from pydantic import Field

from maint_pipeline.database.application import application_urls
from maint_pipeline.database.connection import connect, reading_only
from maint_pipeline.errors import NotApplicableError
from maint_pipeline.instance.tags import GROUP_TAG
from maint_pipeline.ops.jobs import task_job
from maint_pipeline.ops.recording import TaskResult, maintain
from maint_pipeline.resources import Maintenance
from maint_pipeline.schedules.schedules import task_schedule
from maint_pipeline.settings import Settings
from maint_pipeline.task_runs.ledger import TaskRun
from maint_pipeline.units import bytes_in_words, counted

if TYPE_CHECKING:
    from maint_pipeline.advice.proposals import Advice, Proposal


class AdviceConfig(Config):
    """How long it may look."""

    sample_seconds: int = Field(
        default=24, ge=1, le=3600,
        description="Without pg_stat_statements: for how long to look what runs.",
    )  # fmt: skip
    limit_seconds: int = Field(
        default=300, ge=10, le=36_000, description="How long all of it may take."
    )


@multi_asset(
    name="advise_indexes_op",
    specs=[
        AssetSpec(
            "advice",
            group_name="upkeep",
            description="What indexes and policies would save, and what advice that was followed "
            "has saved.",
            kinds={"postgres"},
            skippable=True,
        )
    ],
    op_tags={GROUP_TAG: "upkeep"},
)
def advise_indexes(
    context: AssetExecutionContext, config: AdviceConfig, maintenance: Maintenance
) -> Iterator[MaterializeResult]:  # type: ignore[type-arg]
    """Advise indexes, policies and settings for the workload, and verify advice that was followed.

    As `maint advise`: catalogs and statistics are read, queries are planned on a scratch server.
    Nothing is changed. Advice that was followed a week ago is compared with what it promised. Works
    as the role of MAINT_OWNER_DATABASE_URL, which sees the statistics of its tables.
    """
    settings = maintenance.settings()
    yield from maintain(
        context, config, maintenance, lambda run: _advise(run, config, settings, maintenance)
    )


@contextmanager
def _reading_url(settings: Settings, maintenance: Maintenance) -> Iterator[str]:
    """Give the URL of the role that sees most."""
    if settings.owner_url:
        yield settings.owner_url
    elif maintenance.from_environment:
        with application_urls(settings) as urls:
            yield urls.administrator
    else:
        with maintenance.url() as url:
            yield url


def _advise(
    run: TaskRun, config: AdviceConfig, settings: Settings, maintenance: Maintenance
) -> TaskResult:
    # Imported here: other runs need not wait for it.
    from maint_pipeline.advice.advise import Request, advise  # noqa: PLC0415
    from maint_pipeline.advice.errors import MissingVersionError  # noqa: PLC0415
    from maint_pipeline.advice.followed import keep, look  # noqa: PLC0415
    from maint_pipeline.advice.target import read_target  # noqa: PLC0415
    from maint_pipeline.advice.what_if import Machine, programs_for  # noqa: PLC0415
    from maint_pipeline.advice.workload import read_counted, read_workload  # noqa: PLC0415

    with _reading_url(settings, maintenance) as url:
        with closing(connect(url, application_name="maint advise", as_owner=False)) as reader:
            with reading_only(reader):
                target = read_target(reader)
                try:
                    programs_for(target.version, any_version=False)
                except MissingVersionError as error:
                    raise NotApplicableError(str(error)) from None
                run.log("Reading the workload")
                load = read_workload(reader, target, config.sample_seconds)
                seen = read_counted(reader, target)
        followed = look(run.connection, target, seen)
        machine = Machine(settings.scratch, config.limit_seconds)
        advice = advise(Request(url, machine, report=run.log), target, load)
    keep(run.connection, advice)
    return _result(advice, followed)


def _result(advice: "Advice", followed: list[dict[str, Any]]) -> TaskResult:
    saved = sum(proposal.saved_ms_per_hour for proposal in advice.proposals)
    kinds = [proposal.kind for proposal in advice.proposals]
    size = sum(p.bytes for p in advice.proposals if p.kind == "index")
    failed = sum(row["outcome"] == "did not come true" for row in followed)
    words = (
        f"{counted(len(kinds), 'proposal')}, saving {saved / 1000:,.1f} s an hour, "
        f"{bytes_in_words(size)} of indexes"
    )
    if failed:
        words += f"; {failed} that were followed did not come true"
    return TaskResult(
        details={
            "proposals": len(kinds),
            "indexes": kinds.count("index"),
            "policies": kinds.count("policy"),
            "saved_ms_per_hour": round(saved, 1),
            "read_ms_per_hour": round(advice.milliseconds, 1),
            "index_bytes": size,
            "queries": advice.queries,
            "followed": len(followed),
            "did_not_come_true": failed,
            "not_planned": len(advice.left_out),
            "not_seen": len(advice.not_seen),
            "is_complete": advice.is_complete,
            "workload": advice.trust,
        },
        summary=words,
        tables={
            "what_is_advised": [_row(proposal) for proposal in advice.proposals],
            "before_and_after": [
                {
                    "statement": proposal.statement, "query": row["query"], "role": row["role"],
                    "calls_per_hour": row["calls_per_hour"], "cost_before": row["cost_before"],
                    "cost_after": row["cost_after"], "ms_before": row["ms_before"],
                    "ms_after": row["ms_after"],
                }
                for proposal in advice.proposals
                for row in proposal.queries
            ],
            "advice_that_was_followed": followed,
            "policies_to_look_at": advice.problems,
            "not_planned": advice.left_out,
            "not_seen": [{"what": text} for text in advice.not_seen],
        },
    )  # fmt: skip


def _row(proposal: "Proposal") -> dict[str, Any]:
    return {
        "statement": proposal.statement, "reason": proposal.reason,
        "saves_ms_per_hour": proposal.saved_ms_per_hour,
        "saves_percent": proposal.saved_percent, "bytes": proposal.bytes,
        "costs_writes_ms_per_hour": proposal.write_ms_per_hour, "hot_survives": proposal.hot,
        "locks": proposal.locks, "together_with": "; ".join(proposal.needs),
        "confidence": proposal.confidence, "but": "; ".join(proposal.doubts),
    }  # fmt: skip


job = task_job(advise_indexes, AdviceConfig)
# In working hours: without pg_stat_statements, what runs just then is the workload.
schedule = task_schedule(job, "35 10 * * 2")
