"""The pictures of a report, as PNG files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from io import BytesIO
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from maint_pipeline.units import bytes_in_words, counted

_AHEAD = 30
_ENDS = ("low", "likely", "high")
_GREEN, _RED, _BLUE, _GREY = "#1e8449", "#c0392b", "#1f618d", "#85929e"


def _number(value: float) -> str:
    return f"{value:,.0f}"


def trend_pictures(days: Sequence[dict[str, Any]]) -> dict[str, bytes]:
    """Draw how the days went.

    Args:
        days: as `figures.Figures.days`.

    Returns:
        PNG files by name: `runs`, `deleted`, `alerts`.
    """
    labels = [f"{row['day']:%d %b}" for row in days]

    def runs(axes: Axes) -> None:
        completed = [row["completed"] for row in days]
        axes.bar(labels, completed, color=_GREEN, label="completed")
        failed = [row["failed"] for row in days]
        axes.bar(labels, failed, bottom=completed, color=_RED, label="failed")
        ended = [a + b for a, b in zip(completed, failed, strict=True)]
        canceled = [row["canceled"] for row in days]
        axes.bar(labels, canceled, bottom=ended, color=_GREY, label="canceled")
        axes.legend(frameon=False, ncols=3, loc="lower right", bbox_to_anchor=(1, 1))

    return {
        "runs": _draw("Task runs", runs),
        "deleted": _draw(
            "Rows deleted",
            lambda axes: axes.bar(labels, [row["deleted"] for row in days], color=_BLUE),
        ),
        "alerts": _draw(
            "Open alerts at the end of the day",
            lambda axes: axes.plot(labels, [row["alerts"] for row in days], color=_RED, marker="o"),
        ),
    }


def storage_picture(
    sizes: Sequence[tuple[date, float]], forecasts: Sequence[dict[str, Any]]
) -> bytes | None:
    """Draw what is on the disk, and in which range it will be in 30 days.

    Args:
        sizes: as `figures.Figures.disk_days`.
        forecasts: as `figures.Figures.storage`.

    Returns:
        A PNG file; None where there is nothing to draw.
    """
    disk = next((row for row in forecasts if not row["relation_name"]), None)
    if disk is None or not sizes:
        return None
    last, now = sizes[-1]
    # What else is on the disk was not measured, and is in the forecast.
    low, likely, high = (now + disk[f"{end}_bytes"] - disk["bytes"] for end in _ENDS)

    def plot(axes: Axes) -> None:
        ages = [(day - last).days for day, _ in sizes]
        axes.plot(ages, [size for _, size in sizes], color=_BLUE)
        axes.fill_between([0, _AHEAD], [now, low], [now, high], color=_GREY, alpha=0.4)
        axes.plot([0, _AHEAD], [now, likely], color=_BLUE, linestyle="--")
        axes.xaxis.set_major_formatter(
            FuncFormatter(lambda age, _: f"{last + timedelta(days=int(age)):%d %b}")
        )

    return _draw(f"On the disk, and in {_AHEAD} days (80 %)", plot, bytes_in_words)


def picture_texts(
    days: Sequence[dict[str, Any]], forecasts: Sequence[dict[str, Any]] = ()
) -> dict[str, str]:
    """Say in words what each picture shows, for who can't see it.

    Args:
        days: as above.
        forecasts: as above.

    Returns:
        A sentence by name of the picture.
    """
    sums = {
        name: sum(row[name] for row in days)
        for name in ("completed", "failed", "canceled", "deleted")
    }
    span = counted(len(days), "day")
    most = max(days, key=lambda row: row["deleted"])
    peak = f", most on {most['day']:%d %b}: {most['deleted']:,}" if most["deleted"] else ""
    texts = {}
    if row := next((row for row in forecasts if not row["relation_name"]), None):
        texts["storage"] = (
            f"{bytes_in_words(row['bytes'])} on the disk, in 30 days "
            f"{bytes_in_words(row['low_bytes'])} to {bytes_in_words(row['high_bytes'])} (80 %)."
        )
    return texts | {
        "runs": f"Task runs of {span}: {sums['completed']:,} completed, {sums['failed']:,} failed, "
        f"{sums['canceled']:,} canceled.",
        "deleted": f"Rows deleted in {span}: {sums['deleted']:,}{peak}.",
        "alerts": f"Open alerts at the end of the day: {days[0]['alerts']:,} at first, "
        f"{days[-1]['alerts']:,} at last.",
    }


def _draw(
    title: str, plot: Callable[[Axes], object], words: Callable[[float], str] = _number
) -> bytes:
    # A Figure of its own, not pyplot, whose state all threads would share.
    figure = Figure(figsize=(6.4, 2.4), dpi=110, layout="constrained")
    axes = figure.subplots()
    plot(axes)
    axes.set_title(title, loc="left", fontsize=11)
    axes.spines[["top", "right"]].set_visible(False)
    # Nothing at all is drawn as nothing of one, not of hundredths.
    axes.set_ylim(bottom=0, top=max(axes.get_ylim()[1], 1))
    axes.yaxis.set_major_locator(MaxNLocator(nbins=4, integer=True))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: words(value)))
    axes.xaxis.set_major_locator(MaxNLocator(nbins=8))
    content = BytesIO()
    figure.savefig(content, format="png")
    return content.getvalue()
