"""What a worker reports, shown for as long as its run goes on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from rich.console import RenderableType
from rich.padding import Padding
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.text import Text

from maint_pipeline.cli.output import errors
from maint_pipeline.task_runs.results import progress_in_words

BAR_CHARACTERS = 20


class _BarAndFigures(Progress):
    """A bar of a fixed width, and a line of its own for the figures, however narrow it is."""

    def get_renderables(self) -> Iterable[RenderableType]:
        yield from super().get_renderables()
        for task in self.tasks:
            if task.fields["figures"]:
                yield Padding(Text(task.fields["figures"]), (0, 0, 0, 2))


class ProgressLine:
    """A bar that follows the figures a worker reports; for a `with` block."""

    def __init__(self, task_name: str) -> None:
        self._progress = _BarAndFigures(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(bar_width=BAR_CHARACTERS),
            TimeElapsedColumn(),
            console=errors,
            transient=True,
        )
        self._bar = self._progress.add_task(task_name, total=1.0, figures="")

    def __enter__(self) -> ProgressLine:
        self._progress.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._progress.stop()

    def __call__(self, progress: Mapping[str, Any]) -> None:
        """Show the latest figures."""
        self._progress.update(
            self._bar,
            completed=progress.get("fraction", 0),
            figures=progress_in_words(progress),
        )
