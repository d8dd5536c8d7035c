"""How the command line shows what storage takes, will take and costs."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from maint_pipeline.cli.output import console, print_rows
from maint_pipeline.units import bytes_in_words

if TYPE_CHECKING:
    from maint_pipeline.storage.disk import Dates, Disk
    from maint_pipeline.storage.outlook import Outlook, TableOutlook
    from maint_pipeline.storage.prices import Price

_NOTHING = (
    "Nothing was written down yet: record_storage does it every day. maint run record_storage "
    "begins now."
)


def as_rows(outlook: Outlook) -> list[dict[str, Any]]:
    """Give everything as rows for programs, the disk first."""
    if outlook.disk is None:
        return []
    about = {"day": outlook.last, "forecast_days": outlook.days}
    disk = {
        "kind": "disk", **about, **asdict(outlook.disk),
        "price": asdict(outlook.price) if outlook.price else None,
        "month_cost": sum(line.cost for line in outlook.disk.bill) if outlook.price else None,
    }  # fmt: skip
    return [disk, *({"kind": "table", **about, **asdict(table)} for table in outlook.tables)]


def print_outlook(outlook: Outlook, limit: int) -> None:
    """Print it for people.

    Args:
        outlook: what was found.
        limit: how many tables.
    """
    if outlook.disk is None:
        console.print(_NOTHING)
        return
    _print_disk(outlook.disk, outlook)
    _say("")
    shown = [_row(table, outlook) for table in outlook.tables[:limit]]
    # Columns that are empty for every table say nothing.
    columns = [name for name in shown[0] if any(row[name] for row in shown)] if shown else []
    print_rows(shown, columns, as_json=False, empty="No table.")
    if len(outlook.tables) > limit:
        _say(f"and {len(outlook.tables) - limit:,} smaller ones; --limit shows more")
    if any(table.method == "slope" for table in outlook.tables[:limit]):
        _say("* by a robust line: two of three such intervals hold")


def _print_disk(disk: Disk, outlook: Outlook) -> None:
    _say(f"Sizes of {outlook.last}: {bytes_in_words(disk.bytes)} on the disk{_growth(disk)}")
    if disk.low_bytes is not None and disk.likely_bytes is not None and disk.high_bytes is not None:
        _say(
            f"In {outlook.days} days: {bytes_in_words(disk.likely_bytes)} "
            f"(80 %: {bytes_in_words(disk.low_bytes)} to {bytes_in_words(disk.high_bytes)})"
        )
    else:
        _say(f"Too young for a forecast: {disk.days_of_history} of 28 days.")
    if disk.unseen:
        _say(f"Not counted, because it may not be looked at: {', '.join(disk.unseen)}.")
    for name, held in sorted(disk.slots.items()):
        _say(f"The replication slot {name} holds {bytes_in_words(held)} of WAL back.")
    if disk.disk_bytes is None:
        _say("How large the disk is, nobody said: maint storage set --disk '500 GB'.")
    elif disk.full:
        _say(f"The disk of {bytes_in_words(disk.disk_bytes)} is full {_when(disk.full)}")
        if disk.kept_full:
            _say(f"  if tables level off as below: {_when(disk.kept_full)}")
    if outlook.price:
        _print_cost(disk, outlook.price)
    else:
        _say("What it costs: maint storage prices, then maint storage set --price PRESET.")


def _growth(disk: Disk) -> str:
    if disk.bytes_per_day is None:
        return ""
    since = f" since {disk.changed_on}" if disk.changed_on else ""
    return f", {_signed(disk.bytes_per_day)} a day{since}"


def _print_cost(disk: Disk, price: Price) -> None:
    lines = [
        f"{line.what} {line.cost:,.2f}" for line in disk.bill
    ]  # fmt: skip
    cost = sum(line.cost for line in disk.bill)
    _say(f"Costs {cost:,.2f} {price.currency} a month: {', '.join(lines)}")
    _say(f"  ({price.name}, price of {price.as_of}: {price.source})")
    if price.billed == "provisioned":
        _say("  Billed is the disk that was provisioned: deleting rows saves nothing this month.")
    if disk.step:
        step = disk.step
        _say(
            f"Next step: {bytes_in_words(step.from_bytes)} to {bytes_in_words(step.to_bytes)}, "
            f"{step.month_cost:,.2f} {price.currency} a month more, {_when(step.on)}"
        )
        if step.kept_on:
            _say(f"  if tables level off as below: {_when(step.kept_on)}")


def _when(dates: Dates) -> str:
    if dates.early is None:
        return "not within a year"
    middle = f"on {dates.likely}" if dates.likely else "not within a year, more likely than not"
    return f"{middle} (80 %: {dates.early} to {dates.late or 'more than a year from now'})"


def _row(table: TableOutlook, outlook: Outlook) -> dict[str, Any]:
    star = "*" if table.method == "slope" else ""
    interval = ""
    if table.low_bytes is not None and table.high_bytes is not None:
        interval = f"{_size(table.low_bytes)} to {_size(table.high_bytes)}{star}"
    past = _size(table.past_bytes)
    if table.past_bytes and table.bytes:
        past += f" ({table.past_bytes / table.bytes:.0%})"
    return {
        "table": f"{table.schema}.{table.table}",
        "size": _size(table.bytes),
        "a day": "" if table.bytes_per_day is None else _signed(table.bytes_per_day),
        "since": str(table.changed_on or ""),
        f"in {outlook.days} days (80 %)": interval,
        "keeps": "" if table.keep_days is None else f"{table.keep_days:g} d",
        "past that": past,
        "levels off at": _size(table.level_bytes),
        "a month": "" if table.month_cost is None else f"{table.month_cost:,.2f}",
        "reason": table.note or "",
    }


def _size(count: int | None) -> str:
    return "" if count is None else bytes_in_words(count)


def _signed(rate: float) -> str:
    return f"{'+' if rate >= 0 else ''}{bytes_in_words(rate)}"


def _say(text: str) -> None:
    console.print(text, markup=False, highlight=False, soft_wrap=True)
