"""Groups of commands that list things when no command is given: `maint alerts`, `maint checks`."""

from __future__ import annotations

from typing import Any

import typer
from typer.core import TyperGroup, TyperOption

from maint_pipeline.cli.app import app

LIST = "list"


class ListingGroup(TyperGroup):
    """A group whose command `list` is meant where none is named; its help shows list's options."""

    _shows_help = False

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put `list` before options, and where nothing is given."""
        is_option = bool(args) and args[0].startswith("-") and args[0] != "--help"
        # While the shell completes a line, no word yet may still become any command.
        if is_option or not (args or ctx.resilient_parsing):
            args = [LIST, *args]
        return super().parse_args(ctx, args)

    def get_params(self, ctx: Any) -> list[Any]:
        """Give the group's own options, and for its help those of `list`."""
        own = super().get_params(ctx)
        if not self._shows_help:
            return own
        return [
            *(each for each in self.commands[LIST].params if isinstance(each, TyperOption)),
            *own,
        ]

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help; see above."""
        self._shows_help = True
        super().format_help(ctx, formatter)
        self._shows_help = False


def listing_group(name: str, about: str) -> typer.Typer:
    """Make a group of commands; one of them has to be called `list`.

    Args:
        name: after `maint`.
        about: what its help says first.
    """
    group = typer.Typer(cls=ListingGroup, help=about)
    app.add_typer(group, name=name)
    return group
