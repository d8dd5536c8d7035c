"""What the tasks that visit tables share: their dry run, progress and result."""

from __future__ import annotations

from collections.abc import Sequence
from typing import LiteralString

from maint_pipeline.database.owners import Owners
from maint_pipeline.ops.recording import TaskResult
from maint_pipeline.settings import Settings
from maint_pipeline.task_runs.ledger import TaskRun
from maint_pipeline.units import bytes_in_words, counted
from maint_pipeline.upkeep.visits import Due, visit


def visit_tables(
    run: TaskRun, due: Sequence[Due], statement: LiteralString, settings: Settings, *, dry_run: bool
) -> TaskResult:
    """Visit the tables that are due, or only list them.

    Args:
        run: the task run.
        due: the tables, in their order.
        statement: what is done to each.
        settings: which role can act as the tables' owners.
        dry_run: change nothing.
    """
    total = sum(each.bytes for each in due)
    if dry_run:
        return TaskResult(
            {"dry_run": True, "tables_due": len(due), "bytes": total},
            f"{counted(len(due), 'table')}, {bytes_in_words(total)}, would be visited",
            {"due": [{"table": d.relation, "bytes": d.bytes, "why": d.why} for d in due]},
        )

    def show(done: int) -> None:
        run.report(fraction=round(done / len(due), 3), tables=done)

    rows = visit(
        run.connection, due, statement, run.context.until, Owners(settings.owner_url), show=show
    )
    left = [row for row in rows if row["outcome"] != "done"]
    details = {"tables_done": len(rows) - len(left), "tables_left": len(left)}
    words = f"{counted(details['tables_done'], 'table')} done"
    return TaskResult(
        {**details, **({"left": left[:50]} if left else {})},
        f"{words}, {len(left)} left" if left else words,
        {"tables": rows},
    )
