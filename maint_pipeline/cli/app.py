"""The Typer application, and what every command does first."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from maint_pipeline.errors import ConfigurationError, UsageError

if TYPE_CHECKING:
    from maint_pipeline.database.application import ApplicationUrls
    from maint_pipeline.database.connection import Connection
    from maint_pipeline.settings import Settings


_ONE_WORD = {"notes": "note", "reason": "note"}
"""Options as they were called before each command said --note."""

_FIRST = ("dev", "run", "history", "alerts", "checks", "policies", "doctor")
"""What somebody needs on the first day; the other commands follow by name."""


class _Commands(TyperGroup):
    """The commands, those that are needed most first."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Give the names in the order of the help."""
        places = {name: place for place, name in enumerate(_FIRST)}
        return sorted(self.commands, key=lambda name: (places.get(name, len(places)), name))


app = typer.Typer(
    name="maint",
    cls=_Commands,
    context_settings={"token_normalize_func": lambda token: _ONE_WORD.get(token, token)},
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_show_locals=False,  # they would show connection URLs
    help="Maintenance for PostgreSQL applications, run and recorded by Dagster.\n\n"
    "Start with [bold]maint dev[/], which needs nothing else. Point MAINT_DATABASE_URL at your own "
    "database for everything after that.",
)


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        print(f"maint {version('maint-pipeline')}")
        raise typer.Exit


_OF_SEVERAL = ("dev", "serve", "daemon", "env", "fleet")
"""Commands that start or ask processes of their own, which know nothing of a chosen database."""


@app.callback()
def maint(
    context: typer.Context,
    database: Annotated[
        str | None,
        typer.Option(
            "--database",
            metavar="NAME",
            help="Work on this database of the registry (MAINT_DATABASES_FILE).",
        ),
    ] = None,
    _: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version."
        ),
    ] = False,
) -> None:
    """Take the options that come before a command."""
    if database is None:
        return
    if context.invoked_subcommand in _OF_SEVERAL:
        raise UsageError(f"maint {context.invoked_subcommand} can't be limited by --database.")
    from maint_pipeline.registry.loading import find_database
    from maint_pipeline.settings import chosen, load_settings

    settings = load_settings()
    values = find_database(settings, database).values(settings)
    context.with_resource(chosen(values))


@contextmanager
def configured(*, creates: bool = False) -> Iterator[tuple[Settings, ApplicationUrls]]:
    """Give the settings and the application database's URLs, with its server running.

    Args:
        creates: whether to make the embedded server's data where there is none.
    """
    from maint_pipeline.database.application import application_urls
    from maint_pipeline.settings import load_settings

    settings = load_settings()
    if settings.database_url is None and not creates:
        _assert_there_is_data(settings)
    with application_urls(settings) as urls:
        yield settings, urls


@contextmanager
def serving() -> Iterator[tuple[Settings, ApplicationUrls | None]]:
    """Give the settings, and the URLs of the one database that Dagster's processes work on."""
    from maint_pipeline.database.application import served_urls
    from maint_pipeline.settings import load_settings

    settings = load_settings()
    with served_urls(settings) as urls:
        yield settings, urls


def _assert_there_is_data(settings: Settings) -> None:
    if settings.databases_file is not None:
        raise ConfigurationError(
            "Which database? Name one of the registry: maint --database NAME … (maint fleet "
            "lists them). MAINT_DATABASE_URL is not set."
        )
    if not (settings.home / "postgres").exists():
        raise ConfigurationError(
            f"There is no database yet: MAINT_DATABASE_URL is not set, and {settings.home} has no "
            "data. Set MAINT_DATABASE_URL, or start maint dev, which makes a database with sample "
            "data."
        )


@contextmanager
def working(urls: ApplicationUrls) -> Iterator[Connection]:
    """Give a connection to the application database as `maint_owner`."""
    from maint_pipeline.database.connection import connect
    from maint_pipeline.database.identity import declare_user, operating_system_user

    with closing(connect(urls.worker, application_name="maint")) as opened:
        declare_user(opened, operating_system_user())
        yield opened


@contextmanager
def connected() -> Iterator[tuple[Settings, Connection]]:
    """Give the settings and a connection to the application database as `maint_owner`."""
    with configured() as (settings, urls), working(urls) as connection:
        yield settings, connection


@contextmanager
def examining() -> Iterator[Connection]:
    """Give a connection as the administrator that only reads, also before the first migration."""
    from maint_pipeline.database.connection import connect, reading_only

    with configured() as (_, urls):
        with closing(
            connect(urls.administrator, application_name="maint", as_owner=False)
        ) as opened:
            with reading_only(opened):
                yield opened
