"""`maint exposure`: what each role of the API can read, write and execute."""

from __future__ import annotations

from typing import Annotated

import typer

from maint_pipeline.cli.app import app, connected
from maint_pipeline.cli.completion import complete_api_role
from maint_pipeline.cli.output import print_rows

COLUMNS = ("role", "object", "rights", "path")


@app.command()
def exposure(
    role: Annotated[
        str | None,
        typer.Option(help="Only of this role of the API.", autocompletion=complete_api_role),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Show what anon and authenticated can read, write and execute, and the shortest way there.

    It is computed from grants, memberships, policies, and what views and functions do with the
    rights of others. What reaches every row comes first.

    Example: maint exposure --role anon
    """
    from maint_pipeline.checks.exposure import exposure as computed
    from maint_pipeline.checks.exposure import rights_in_words

    with connected() as (_, connection):
        rows = computed(connection, role)
    shown = rows if as_json else [{**row, "rights": rights_in_words(row["rights"])} for row in rows]
    print_rows(shown, COLUMNS, as_json=as_json, empty="The API can reach nothing.")
