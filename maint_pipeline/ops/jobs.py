"""The jobs of a task: one that does its work and, if its config has `dry_run`, a dry run.

Each has one op and runs in one process, because one op gains nothing from another. Dagster takes
no job that is named like an op, so the op of TASK is named TASK_op. Run config has the task's name:
`ops: {TASK: {config: ...}}`.
"""

from collections.abc import Mapping
from typing import Any

from dagster import (
    AssetsDefinition,
    AssetSelection,
    Config,
    ConfigMapping,
    DagsterInvalidConfigError,
    Field,
    PartitionsDefinition,
    define_asset_job,
    in_process_executor,
)
from pydantic import ValidationError

from maint_pipeline.instance.tags import GROUP_TAG, RANGE_TAG, TASK_TAG
from maint_pipeline.ops.presentation import job_description

AssetJob = Any
"""What `define_asset_job` returns: Dagster exports no name for it. Or a job of an op."""

DRY_RUN = "_dry_run"
"""What the name of a dry run's job ends with."""

OP = "_op"
"""What the name of a task's op ends with."""

_OTHER_KEYS = ("execution", "loggers", "resources")


def task_job(assets: AssetsDefinition, config: type[Config]) -> AssetJob:
    """Make the job of a task.

    Args:
        assets: what the task maintains; its op has the task's name, and `OP`.
        config: of that op.
    """
    task = task_of(assets.op.name)
    checked = CheckedConfig(task, config, assets.op.description or "")
    return _asset_job(task, assets, checked, assets.op.tags)


def dry_run_job(assets: AssetsDefinition, config: type[Config]) -> AssetJob:
    """Make the same job with `dry_run` filled in; its name ends with `DRY_RUN`.

    Args:
        assets: as above.
        config: as above.
    """
    task = task_of(assets.op.name)
    description = f"Only reports what {task} would do, and changes nothing."
    checked = CheckedConfig(task, config, description, defaults={"dry_run": True})
    return _asset_job(f"{task}{DRY_RUN}", assets, checked, assets.op.tags)


def adapted_job(
    job: AssetJob,
    assets: AssetsDefinition | None,
    prefix: str,
    docs_url: str | None,
    partitions_def: PartitionsDefinition[str] | None = None,
) -> AssetJob:
    """Give a job as its task's file has it, under another name and with links to the guides.

    Args:
        job: of a task, or of its dry run.
        assets: the task's, with the keys that they have there; None for a job of an op.
        prefix: of the job's name; where it is empty, the name stays.
        docs_url: where the guides are served, for a link in the description.
        partitions_def: of a job of an op; that of assets is theirs.
    """
    if not prefix and not docs_url and not partitions_def:
        return job
    name = f"{prefix}{job.name}"
    if assets is not None:
        return _asset_job(
            name, assets, job.config, job.tags, docs_url, is_partitioned=bool(partitions_def)
        )
    checked = job.config_mapping
    config = _of_partitions(checked) if partitions_def else checked
    return job.graph.to_job(
        name=name, description=job_description(checked.description, job.tags[GROUP_TAG], docs_url),
        executor_def=job.executor_def, config=config, tags=job.tags,
        run_tags=job.run_tags, partitions_def=partitions_def,
    )  # fmt: skip


def _asset_job(
    name: str,
    assets: AssetsDefinition,
    config: "CheckedConfig",
    tags: Mapping[str, str],
    docs_url: str | None = None,
    *,
    is_partitioned: bool = False,
) -> AssetJob:
    return define_asset_job(
        name,
        selection=AssetSelection.assets(assets).without_checks(),
        config=_of_partitions(config) if is_partitioned else config,
        description=job_description(config.description, tags[GROUP_TAG], docs_url),
        executor_def=in_process_executor,
        tags=tags,
        run_tags={TASK_TAG: config.task, **({RANGE_TAG: "true"} if is_partitioned else {})},
    )


def _of_partitions(config: "CheckedConfig") -> dict[str, Any]:
    """Give the run config of a partitioned job, for which Dagster takes no mapping of config.

    So the op has its own name there, and bounds are checked as it begins.
    """
    values = {"ops": {f"{config.task}{OP}": {"config": {"dry_run": True}}}}
    return values if config.is_dry_run else {}


class CheckedConfig(ConfigMapping):
    """The run config of a task's job, whose bounds are checked before there is a run.

    Dagster's own config types know no bounds, and a Config class is first built inside the op.
    """

    task: str
    form: type[Config]
    description: str
    is_dry_run: bool

    def __new__(
        cls,
        task: str,
        form: type[Config],
        description: str,
        defaults: Mapping[str, Any] | None = None,
    ) -> "CheckedConfig":
        """Take a task, the Config and the description of its op, and other defaults than usual."""

        def check(given: Mapping[str, Any]) -> Mapping[str, Any]:
            values = {**(defaults or {}), **given["ops"][task]["config"]}
            check_values(task, form, values)
            return {**given, "ops": {f"{task}{OP}": {"config": values}}}

        op = Field({task: Field({"config": _fields(form, defaults or {})})})
        others = {key: Field(dict, is_required=False) for key in _OTHER_KEYS}
        made: CheckedConfig = super().__new__(
            cls, config_fn=check, config_schema={"ops": op, **others}
        )
        made.task, made.form = task, form
        made.description, made.is_dry_run = description, bool(defaults)
        return made


def task_of(op_name: str) -> str:
    """Give the task of an op."""
    return op_name.removesuffix(OP)


def check_values(task: str, form: type[Config], values: Mapping[str, Any]) -> None:
    """Check config values against the bounds of a task's Config.

    Args:
        task: for the message.
        form: its Config.
        values: by field name.

    Raises:
        DagsterInvalidConfigError: a value is out of bounds; the message says what is allowed.
    """
    try:
        form(**values)
    except ValidationError as error:
        problems = "; ".join(_problem(form, problem) for problem in error.errors())
        raise DagsterInvalidConfigError(  # type: ignore[no-untyped-call]
            f"{task} can't be configured like this: {problems}", [], values
        ) from None


def _problem(form: type[Config], problem: Any) -> str:
    name = str(problem["loc"][0])
    allowed = _range(form, name) or problem["msg"]
    return f"{name} must be {allowed}, not {problem['input']!r}"


def _range(form: type[Config], name: str) -> str | None:
    """Give the bounds of a number in words; None where it has not two."""
    bounds = form.model_fields[name].metadata if name in form.model_fields else []
    least = next((bound.ge for bound in bounds if hasattr(bound, "ge")), None)
    most = next((bound.le for bound in bounds if hasattr(bound, "le")), None)
    return None if least is None or most is None else f"{least} to {most}"


def _fields(form: type[Config], defaults: Mapping[str, Any]) -> Field:
    """Give the fields of a Config, some with other defaults."""
    usual = form.to_config_schema().as_field()
    if not defaults:
        return usual
    shape: Any = usual.config_type
    fields = dict(shape.fields)
    for name, value in defaults.items():
        fields[name] = Field(
            fields[name].config_type, default_value=value, description=fields[name].description
        )
    return Field(fields)
