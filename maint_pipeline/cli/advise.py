"""`maint advise`: which indexes, policies and settings would save work; nothing is changed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from maint_pipeline.cli.advice_shown import print_advice, print_answer
from maint_pipeline.cli.app import app, configured
from maint_pipeline.cli.output import errors, print_rows
from maint_pipeline.errors import UsageError

if TYPE_CHECKING:
    from maint_pipeline.advice.advise import Request
    from maint_pipeline.advice.target import Target
    from maint_pipeline.advice.workload import Workload


@app.command()
def advise(
    try_: Annotated[
        str | None,
        typer.Option("--try", help="Say what this CREATE INDEX would do.", metavar="STATEMENT"),
    ] = None,
    explain: Annotated[
        str | None,
        typer.Option(help="Only show how this query is planned, with --as.", metavar="QUERY"),
    ] = None,
    as_: Annotated[
        str | None, typer.Option("--as", help="The role that runs it.", metavar="ROLE")
    ] = None,
    claims: Annotated[
        str | None,
        typer.Option(
            help="request.jwt.claims of queries, as JSON. Invented where it is not given.",
            metavar="JSON",
        ),
    ] = None,
    workload: Annotated[
        Path | None,
        typer.Option(
            help="Take the workload from this file: a JSON array of objects with query, role, "
            "calls and milliseconds of one hour; claims where they are known.",
        ),
    ] = None,
    sample: Annotated[
        float,
        typer.Option(
            min=1, max=3600,
            help="Without pg_stat_statements: for how many seconds to look what runs.",
        ),
    ] = 24,
    limit: Annotated[
        float, typer.Option(min=10, max=36000, help="Seconds that all of it may take.")
    ] = 300,
    prove_on: Annotated[
        str | None,
        typer.Option(
            help="Prove rewritten policies by counting there, too: the URL of a copy, or of the "
            "database itself, with --yes.",
            metavar="URL",
        ),
    ] = None,
    yes: Annotated[
        bool, typer.Option("--yes", help="Count on the database itself.")
    ] = False,
    any_version: Annotated[
        bool,
        typer.Option(
            "--any-version",
            help="Go on with a newer PostgreSQL if the database's version is not installed here.",
        ),
    ] = False,
    plans: Annotated[bool, typer.Option("--plans", help="Show plans before and after.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:  # fmt: skip
    """Advise indexes, policies and settings for the workload; change nothing.

    Reads catalogs and statistics, as the administrator of the database, and dumps the schema. Every
    query is planned as the role that runs it, on a scratch server of the same version of PostgreSQL
    that has these statistics, no row, and is deleted afterwards.

    Example: maint advise --try "create index on public.tasks (org_id, created_at)"
    """  # fmt: skip
    if (explain is None) != (as_ is None) or (explain and try_):
        raise UsageError("Give --explain QUERY together with --as ROLE, and without --try.")
    _check_claims(claims)
    with _asking(claims, limit, prove_on, yes, any_version, statement=try_, needs_load=not explain,
                 file=workload, sample=sample) as (request, target, load):  # fmt: skip
        if explain and as_:
            from maint_pipeline.advice.questions import explain as explained

            print_answer(explained(request, target, explain, as_), as_json=as_json)
            return
        if try_:
            from maint_pipeline.advice.questions import try_index

            advice = try_index(request, target, load, try_)
        else:
            from maint_pipeline.advice.advise import advise as advised

            advice = advised(request, target, load)
    if as_json:
        print_rows([asdict(proposal) for proposal in advice.proposals], (), as_json=True, empty="")
        print_advice(advice, errors, plans=plans, only_basis=True)
    else:
        print_advice(advice, None, plans=plans)


@contextmanager
def _asking(
    claims: str | None, limit: float, prove_on: str | None, yes: bool, any_version: bool,
    statement: str | None, needs_load: bool, file: Path | None, sample: float,
) -> Iterator[tuple[Request, Target, Workload]]:  # fmt: skip
    from contextlib import closing

    from maint_pipeline.advice.advise import Request
    from maint_pipeline.advice.questions import parse_index
    from maint_pipeline.advice.target import read_target
    from maint_pipeline.advice.what_if import Machine, programs_for
    from maint_pipeline.advice.workload import FILE, Workload, read_file, read_workload
    from maint_pipeline.database.connection import connect, reading_only

    with configured() as (settings, urls):
        _refuse_itself(prove_on, urls.administrator, yes)
        with closing(
            connect(urls.administrator, application_name="maint advise", as_owner=False)
        ) as opened:
            load = read_file(file) if file else Workload(FILE, [], 1.0, "none")
            with reading_only(opened):
                target = read_target(opened)
                if statement:
                    parse_index(statement, target)
                programs_for(target.version, any_version=any_version)
                if needs_load and not file:
                    load = read_workload(opened, target, sample)
        machine = Machine(settings.scratch, limit, any_version)

        def report(step: str) -> None:
            if errors.is_terminal:
                errors.print(f"{step} …", style="dim", highlight=False, markup=False)

        yield Request(urls.administrator, machine, claims, prove_on, report), target, load


def _refuse_itself(prove_on: str | None, url: str, yes: bool) -> None:
    from maint_pipeline.database.urls import parse

    def place(one: str) -> list[Any]:
        parts = parse(one)
        return [parts.get(name) for name in ("host", "port", "dbname")]

    if prove_on and not yes and place(prove_on) == place(url):
        raise UsageError(
            "--prove-on names the database itself: its tables would be counted once for each role "
            "and sample of claims. Name a copy, or add --yes."
        )


def _check_claims(claims: str | None) -> None:
    import json

    try:
        if claims is not None and not isinstance(json.loads(claims), dict):
            raise ValueError
    except ValueError:
        raise UsageError("""--claims takes a JSON object such as '{"sub": "…"}'.""") from None
