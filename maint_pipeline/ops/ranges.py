"""A task in many databases: partitioned by database, a run works through a range of them.

The op of a task knows one database. Here it is called once for each database of the run, a few at a
time on each server. What is worth keeping of each is in that database; Dagster gets a
materialization for each that is done.

Annotations are real ones here, because Dagster looks at them.
"""

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from math import inf
from threading import Event
from time import monotonic, sleep
from typing import Any

from dagster import (
    AssetExecutionContext,
    AssetMaterialization,
    AssetObservation,
    AssetsDefinition,
    BackfillPolicy,
    Config,
    Failure,
    MaterializeResult,
    ResourceParam,
    multi_asset,
)

from maint_pipeline.error_hints import first_line
from maint_pipeline.instance.host import DagsterHost
from maint_pipeline.instance.partitions import DATABASES
from maint_pipeline.instance.tags import HEAVY_TAG, TRIGGER_TAG
from maint_pipeline.ops.jobs import DRY_RUN, task_of
from maint_pipeline.ops.recording import set_result_tag
from maint_pipeline.ops.resumed import completed_earlier, runs_resumed
from maint_pipeline.ops.servers import Servers
from maint_pipeline.registry.databases import Database, server_of
from maint_pipeline.registry.loading import choose, load_fleet
from maint_pipeline.registry.parallel import for_each
from maint_pipeline.resources import DatabaseOfFleet, Maintenance
from maint_pipeline.schedules.ranges import SHARD
from maint_pipeline.task_runs.turn import Turn, TurnEndedError
from maint_pipeline.task_runs.windows import Window, closed_reason, closing, windows_binding

AT_ONCE = 4
"""Databases of one server that a run works on at a time."""

CANCEL_SECONDS = 20.0
MOST_NAMED = 20


def by_database(assets: AssetsDefinition, form: type[Config]) -> AssetsDefinition:
    """Give the same assets, partitioned by the databases of the registry.

    Args:
        assets: of a task.
        form: the Config of its op.
    """
    function = assets.op.compute_fn.decorated_fn  # type: ignore[union-attr]
    wants_host = "dagster_host" in inspect.signature(function).parameters

    @multi_asset(
        name=assets.op.name,
        specs=[spec.replace_attributes(partitions_def=DATABASES) for spec in assets.specs],
        description=assets.op.description,
        op_tags=assets.op.tags,
        backfill_policy=BackfillPolicy.multi_run(SHARD),
    )
    def each(
        context: AssetExecutionContext,
        config: form,  # type: ignore[valid-type]
        maintenance: Maintenance,
        dagster_host: ResourceParam[DagsterHost],
    ) -> Iterator[AssetMaterialization | AssetObservation]:
        if context.run.job_name.endswith(DRY_RUN):
            # Not left to run config: a launch over a range may come without the job's own.
            config = config.model_copy(update={"dry_run": True})  # type: ignore[attr-defined]
        others = {"dagster_host": dagster_host} if wants_host else {}

        def work(one: Maintenance) -> Iterator[MaterializeResult[Any]]:
            return function(context=context, config=config, maintenance=one, **others)  # type: ignore[no-any-return]

        yield from _Range(context, config, maintenance, work).work_through()

    return each


@dataclass(frozen=True)
class _Done:
    """What became of one database: results, or a problem; neither where its turn was ended."""

    results: Sequence[MaterializeResult[Any]] = ()
    problem: str | None = None


@dataclass
class _Range:
    """A run over a range of databases."""

    context: AssetExecutionContext
    config: Any
    maintenance: Maintenance
    work: Callable[[Maintenance], Iterator[MaterializeResult[Any]]]
    ending: Event = field(default_factory=Event)
    turns: dict[str, Turn] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.task = task_of(self.context.op_execution_context.op_def.name)
        self.is_heavy = HEAVY_TAG in self.context.op_execution_context.op_def.tags
        known = self.context.instance.get_dynamic_partitions(str(DATABASES.name))
        self.first = known[0] if known else None
        self.runs = runs_resumed(self.context.op_execution_context)

    def work_through(self) -> Iterator[AssetMaterialization | AssetObservation]:
        """Work on each database of the run; one that fails costs only itself.

        Yields:
            A materialization for each asset of each database that is done.

        Raises:
            Failure: some failed; it names them.
        """
        names = list(self.context.partition_keys)
        fleet = load_fleet(self.maintenance.settings())
        self.fleet = fleet.databases
        self.servers = Servers(fleet.databases, self.task, frozenset(names))
        databases, problems = choose(fleet, names)
        try:
            for database, done in for_each(
                databases, self._turn, server_of=server_of, at_once=AT_ONCE, seconds=inf
            ):
                if done and done.problem:
                    problems[database.name] = done.problem
                    self.context.log.error(f"{database.name}: {done.problem}")
                for result in done.results if done else ():
                    yield self._event(database.name, result)
        except BaseException:
            self._end_turns()
            raise
        self._conclude(names, problems)

    def _event(
        self, name: str, result: MaterializeResult[Any]
    ) -> AssetMaterialization | AssetObservation:
        key, metadata = result.asset_key, result.metadata
        if key is None:
            raise TypeError("a result of a task names its asset")
        if getattr(self.config, "dry_run", False):
            return AssetObservation(key, partition=name, metadata=metadata)
        return AssetMaterialization(key, partition=name, metadata=metadata)

    def _turn(self, database: Database) -> _Done:
        try:
            return self._work_on(database)
        except TurnEndedError:
            return _Done()
        except Failure as failure:
            return _Done(problem=failure.description or "it failed")
        except Exception as error:  # it costs its own database; the run's page names it
            return _Done(problem=first_line(error))

    def _work_on(self, database: Database) -> _Done:
        turn = self.turns[database.name] = Turn(self.ending, is_first=database.name == self.first)
        turn.server_in = self.servers.other_than(database)
        turn.reports_for = partial(self._reports_for, database)
        turn.log("")
        one = DatabaseOfFleet.of(database, turn)
        keys = [spec.key for spec in self.context.assets_def.specs]
        try:
            with one.connect(f"maint {self.task}") as connection:
                words = completed_earlier(connection, self.task, self.runs)
                if words is None and self.context.run.tags.get(TRIGGER_TAG) == "schedule":
                    words = self._closed(
                        windows_binding(connection, self.task, self.is_heavy), turn
                    )
            if words is not None:
                return _Done([MaterializeResult(asset_key=key, metadata=words) for key in keys])
            return _Done(list(self.work(one)))
        finally:
            del self.turns[database.name]

    def _reports_for(self, database: Database) -> list[Database] | None:
        """Give the databases that share the channels of this one, if it is the first of them."""
        same = [each for each in self.fleet if each.channels_in == database.channels_in]
        due = [each for each in same if each.entry.schedules.get(self.task) is not False]
        return same if (due or same)[0] == database else None

    def _closed(self, windows: list[Window], turn: Turn) -> dict[str, str] | None:
        """Say that the database's windows are closed, or let its turn end when they close."""
        moment = datetime.now(UTC)
        turn.until = closing(windows, moment)
        reason = closed_reason(windows, moment)
        return {"status": "skipped", "reason": reason} if reason else None

    def _conclude(self, names: Sequence[str], problems: Mapping[str, str]) -> None:
        count = len(names) - len(problems)
        words = f"{count} done" + (f", {len(problems)} failed" if problems else "")
        self.context.log.info(words)
        op_context = self.context.op_execution_context
        set_result_tag(op_context, f"{words}: {', '.join(problems)}" if problems else words)
        if problems:
            named = "; ".join(f"{n}: {problems[n]}" for n in list(problems)[:MOST_NAMED])
            more = f"; and {len(problems) - MOST_NAMED} more" if len(problems) > MOST_NAMED else ""
            raise Failure(f"{len(problems)} of {len(names)} databases failed. {named}{more}")

    def _end_turns(self) -> None:
        """End what is being worked on, so that each ledger says that it was canceled."""
        self.ending.set()
        deadline = monotonic() + CANCEL_SECONDS
        while (turns := list(self.turns.values())) and monotonic() < deadline:
            for turn in turns:
                turn.end_statement()
            sleep(0.1)
