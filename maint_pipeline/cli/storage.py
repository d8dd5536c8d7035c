"""`maint storage`: what tables and the disk take, will take and cost."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

import typer

from maint_pipeline.cli.app import connected
from maint_pipeline.cli.groups import listing_group
from maint_pipeline.cli.output import console, print_fields, print_rows
from maint_pipeline.cli.storage_shown import as_rows, print_outlook
from maint_pipeline.errors import UsageError

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
PRICE_COLUMNS = (
    "name", "provider", "billed", "unit_price", "currency", "included_units", "as_of", "source",
)  # fmt: skip
_NONE = "none"

storage_app = listing_group(
    "storage",
    "What tables and the disk take, will take and cost. Without a command it shows the forecast.",
)


@storage_app.command("list")
def list_(
    days: Annotated[int, typer.Option(help="How many days ahead.", min=1, max=365)] = 30,
    price: Annotated[
        str | None,
        typer.Option(help="A price of maint storage prices.", metavar="PRESET"),
    ] = None,
    what_if: Annotated[
        list[str] | None,
        typer.Option(
            help="What if rows of a table were kept so long; can be given several times.",
            metavar="TABLE=90d",
        ),
    ] = None,
    limit: Annotated[int, typer.Option(help="How many tables are shown.", min=1)] = 20,
    as_json: AsJson = False,
) -> None:
    """Show sizes, growth and forecasts with 80 % intervals, and what it all costs.

    By the sizes that record_storage writes down every day: also what is past its retention policy,
    where a table levels off, when the disk is full, and which step of it is avoided when. JSON has
    every table, and the disk first.

    Example: maint storage --days 90 --price rds-gp3
    """
    from maint_pipeline.storage.expiry import read_what_if
    from maint_pipeline.storage.outlook import outlook

    with connected() as (_, connection):
        found = outlook(connection, days, price, read_what_if(connection, what_if or ()))
    if as_json:
        print_rows(as_rows(found), (), as_json=True, empty="")
    else:
        print_outlook(found, limit)


@storage_app.command()
def prices(as_json: AsJson = False) -> None:
    """List the prices that are known, with the date and source of each.

    They are rows of maint.storage_prices. Nothing fetches them: correct them there, or add yours.

    Example: maint storage prices
    """
    from maint_pipeline.storage.prices import read_prices

    with connected() as (_, connection):
        rows = [asdict(price) for price in read_prices(connection)]
    print_rows(rows, PRICE_COLUMNS, as_json=as_json, empty="No price is known.")


@storage_app.command("set")
def set_(
    disk: Annotated[
        str | None, typer.Option(help="Size of the server's disk.", metavar="SIZE")
    ] = None,
    price: Annotated[
        str | None,
        typer.Option(help="What it is paid by: maint storage prices.", metavar="PRESET"),
    ] = None,
    other: Annotated[
        str | None,
        typer.Option(help="What else is on the disk, such as logs.", metavar="SIZE"),
    ] = None,
    backup: Annotated[
        str | None, typer.Option(help="What backups take at the provider.", metavar="SIZE")
    ] = None,
    history: Annotated[
        str | None, typer.Option(help="What the provider keeps of history.", metavar="SIZE")
    ] = None,
    pitr_days: Annotated[
        str | None, typer.Option(help="Days of recovery to any point in time.", metavar="DAYS")
    ] = None,
) -> None:
    """Say how large the disk is and what it is paid by; none takes a value back.

    PostgreSQL does not know its disk. Sizes are written as PostgreSQL has them: 1 GB is 1024 MB.

    Example: maint storage set --disk '500 GB' --price rds-gp3
    """
    from maint_pipeline.storage.prices import read_plan, read_size, set_plan

    sizes = {
        "disk_bytes": disk, "other_bytes": other, "backup_bytes": backup, "history_bytes": history,
    }  # fmt: skip
    with connected() as (_, connection):
        values: dict[str, Any] = {
            name: None if text == _NONE else read_size(connection, text)
            for name, text in sizes.items()
            if text is not None
        }
        if other == _NONE:
            values["other_bytes"] = 0
        if price is not None:
            values["price_name"] = None if price == _NONE else price
        if pitr_days is not None:
            values["pitr_days"] = None if pitr_days == _NONE else _whole(pitr_days)
        if not values:
            raise UsageError("Give what to set, such as --disk '500 GB'.")
        set_plan(connection, **values)
        plan = read_plan(connection)
    print_fields(asdict(plan))
    console.print("\nmaint storage shows what follows.", highlight=False)


def _whole(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 10_000:  # noqa: PLR2004
        raise UsageError(f"--pitr-days takes a number of days, not {text!r}.")
    return int(text)
