"""Writes reference.md and checks.md from the code; with --check checks whether they are current."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent
from typing import Any

import typer
import typer.core
from pydantic.fields import FieldInfo

from maint_pipeline.checks.catalog import Check, load_checks
from maint_pipeline.cli import commands  # noqa: F401 - registers them
from maint_pipeline.cli.app import app
from maint_pipeline.ops import all_tasks
from maint_pipeline.secret_files import SUFFIX
from maint_pipeline.settings import SECRET_FIELDS, Settings, variable

FOLDER = Path(__file__).parent


def main() -> None:
    """Write the pages, or check them."""
    for name, lines in (("reference.md", _reference()), ("checks.md", _catalogue())):
        page, text = FOLDER / name, "\n".join(lines) + "\n"
        if "--check" not in sys.argv:
            page.write_text(text, encoding="utf-8")
        elif not page.exists() or page.read_text(encoding="utf-8") != text:
            sys.exit(f"docs/{name} is not what the code says: run make reference.")


def _reference() -> Iterator[str]:
    yield "# Reference"
    yield ""
    yield "Generated from the code by `make reference`; change the code, not this file."
    yield "The checks have [a page of their own](checks.md)."
    yield from _tasks()
    yield from _commands()
    yield from _environment()


def _tasks() -> Iterator[str]:
    yield from _heading("Tasks", "Each is a Dagster job, a schedule, and an SQL function.")
    for task in all_tasks().values():
        yield from (
            "",
            f"### `{task.name}`",
            "",
            f"Schedule: `{task.cron}`." if task.cron else "Started by hand only.",
        )
        if task.heavy:
            yield "Heavy: every maintenance window without a list of tasks applies to it."
        yield from ("", task.description, "")
        fields = {name: _form_field(field) for name, field in task.config.model_fields.items()}
        yield from _table("Field", "Default", "Meaning", rows=fields) if fields else ()


def _form_field(field: FieldInfo) -> tuple[str, str]:
    if field.is_required():
        return "required", field.description or ""
    default = "null" if field.default is None else str(field.default).lower()
    return f"`{default}`", field.description or ""


def _catalogue() -> Iterator[str]:
    every = load_checks()
    yield "# The checks"
    yield ""
    yield "Generated from the files in `maint_pipeline/checks/` by `make reference`."
    for title, introduction, chosen in _chapters(every):
        yield from ("", f"## {title}", "", introduction, "")
        rows = {check.name: (check.severity, check.title) for check in chosen}
        yield from _table("Check", "Severity", "Finds", rows=rows)
        for check in chosen:
            yield from _check(check)


def _chapters(every: list[Check]) -> Iterator[tuple[str, str, list[Check]]]:
    security = [check for check in every if check.category == "security"]
    behaviour = [check for check in security if "maint.recent_activity" in check.needs]
    yield (
        "Configuration",
        "What the API exposes, functions, roles, the server, structure. Hourly, by "
        "`run_automated_security_checks`.",
        [check for check in security if check not in behaviour],
    )
    yield (
        "Behaviour",
        "What people do, by the audit log. Hourly, by `run_automated_security_checks`; the first "
        "run reads eight weeks of the log, later ones what is new.",
        behaviour,
    )
    yield (
        "Backups",
        "Daily, by `verify_backup_health`; `backup_failed` also as it happens.",
        [check for check in every if check.category == "backups"],
    )
    others = [f"`{check.name}`" for check in every if "health" in check.also_in]
    yield (
        "Health",
        "How the database and its server are doing. Hourly, by `run_health_checks`, and every five "
        "minutes by the sensor. What sessions do, and the files of the WAL, are seen once `maint "
        f"migrate --server-views` has opened them. {', '.join(others)} are evaluated with them.",
        [check for check in every if check.category == "health"],
    )


def _check(check: Check) -> Iterator[str]:
    because = f", because {check.because}" if check.because else ""
    yield from ("", f"### `{check.name}`", "", f"{check.title}. **{check.severity}**{because}.", "")
    yield from (check.description, "", f"*What to do:* {check.remediation}", "")
    yield from (f"*What it can't see:* {check.cannot_see}", "")
    yield f"*Needs:* {', '.join(f'`{need}`' for need in check.needs)}."
    if check.of_server:
        yield from ("", "*Of the server:* with a registry, one database of a server looks at it.")
    limits = [f"`{limit.name}` {limit.default}" for limit in check.thresholds]
    yield from ("", f"*Thresholds:* {', '.join(limits)}.") if limits else ()


def _commands() -> Iterator[str]:
    yield from _heading("Command line", "Exit codes: 0 done, 1 the task failed, 2 wrong usage.")
    for path, command in _leaves(typer.main.get_command(app)):
        context = typer.Context(command, info_name=path)
        yield from ("", f"### `{path}`", "", "```", _usage(command, context), "```", "")
        yield dedent(command.help or "").strip()
        rows = dict(filter(None, (option.get_help_record(context) for option in command.params)))
        rows.pop("--help", None)
        if rows:
            yield ""
            yield from _table("Option", "Meaning", rows={o: (text,) for o, text in rows.items()})


def _usage(command: Any, context: typer.Context) -> str:
    return f"{context.info_name} {' '.join(command.collect_usage_pieces(context))}"


def _leaves(command: typer.core.TyperCommand, path: str = "maint") -> Iterator[tuple[str, Any]]:
    if not isinstance(command, typer.core.TyperGroup):
        yield path, command
        return
    if command.invoke_without_command:
        yield path, command
    for name, sub in sorted(command.commands.items()):
        if not sub.hidden:
            yield from _leaves(sub, f"{path} {name}")


def _environment() -> Iterator[str]:
    yield from _heading(
        "Environment",
        "Read in one place, `maint_pipeline/settings.py`. A variable with a second name in `_FILE` "
        "can be in a file instead, whose absolute path that one is: credentials of systemd, "
        "secrets of Kubernetes and Compose. Only one of the two may be set. The file holds nothing "
        "else, the line's end does not count, and only its owner and its group may read it. It is "
        "read again whenever it is needed; Dagster's storage is opened once by each process.",
    )
    yield ""
    fields = Settings.model_fields
    rows = {_names(name, field): (field.description or "",) for name, field in fields.items()}
    yield from _table("Variable", "Meaning", rows=rows)


def _names(name: str, field: FieldInfo) -> str:
    plain = variable(name, field)
    return f"{plain}`, `{plain}{SUFFIX}" if name in SECRET_FIELDS else plain


def _heading(title: str, introduction: str) -> tuple[str, ...]:
    return "", f"## {title}", "", introduction


def _table(*header: str, rows: dict[str, tuple[Any, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(header)} |"
    yield "|" + " --- |" * len(header)
    for name, cells in rows.items():
        yield f"| `{name}` | {' | '.join(str(cell) for cell in cells)} |"


if __name__ == "__main__":
    main()
