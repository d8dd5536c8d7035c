"""What a team would write first: a job of one op that does nothing."""

from dagster import Definitions, in_process_executor, job, op


@op
def nothing() -> None:
    """Do nothing."""


@job(executor_def=in_process_executor)
def bare() -> None:
    """Run one op in the run's own process, the cheapest executor there is."""
    nothing()


defs = Definitions(jobs=[bare])
