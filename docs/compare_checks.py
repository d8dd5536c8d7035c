"""Runs Supabase's linter and its regression files beside our checks; writes checks-compared.md.

python docs/compare_checks.py CHECKOUT

CHECKOUT is a clone of https://github.com/supabase/splinter. A PostgreSQL 15 server is started, and
stopped afterwards. Each file runs as it is; wherever it asks a lint, the checks that see the
same are asked too. It fails where they differ and nobody has written why (`compared_lints.py`).
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

FOLDER = Path(__file__).parent
sys.path.insert(0, str(FOLDER.parent))
os.environ.setdefault("MAINT_TEST_BIN_DIR", "/usr/lib/postgresql/15/bin")

import psycopg  # noqa: E402
from psycopg import sql  # noqa: E402
from psycopg.rows import dict_row  # noqa: E402

from docs.compared_lints import LINTS, NOT_TESTED, Lint  # noqa: E402
from maint_pipeline.installation.install import install  # noqa: E402
from tests.server import fresh_server  # noqa: E402

Connection = psycopg.Connection[dict[str, Any]]

# What separates statements is a semicolon outside of quotes, comments and dollar quotes.
_TOKEN = re.compile(
    r"(\$\w*\$).*?\1|'(?:[^']|'')*'|\"[^\"]*\"|--[^\n]*|/\*.*?\*/|;|[^$'\"\-/;]+|.", re.DOTALL
)
# Extensions that this server doesn't have are there in name: the lints ask for no more.
_EXTENSION = re.compile(r"create extension (pg_graphql|pgmq)\b.*", re.IGNORECASE | re.DOTALL)
_IN_NAME = "update pg_catalog.pg_extension set extname = '{}' where extname = 'plpgsql'"


# What the lints read from the session is a setting here, undone by the file's rollback.
_SCHEMAS = re.compile(r"set local pgrst\.db_schemas = '([^']*)'")
_EXPOSED = "update maint.settings set value = %s where name = 'exposed_schemas'"
_OF_THE_PRODUCT = """
select proname as name from pg_proc where proowner = 'maint_owner'::regrole
union
select relname from pg_class
where relowner = 'maint_owner'::regrole or relnamespace = 'maint'::regnamespace
    or relname = 'maintenance_task_runs'
"""


@dataclass
class Comparison:
    """What came of one regression file."""

    points: int = 0
    same: int = 0
    differences: list[str] = field(default_factory=list)


def main() -> None:
    """Compare, and write the page."""
    checkout = Path(sys.argv[1])
    with TemporaryDirectory(prefix="maint-compare-") as folder:
        Path(folder).chmod(0o755)
        server = Path(folder) / "server"
        server.mkdir()
        with fresh_server(server) as url:
            _prepare(url, checkout)
            outcomes = {
                file.stem: _compare(url, file)
                for file in sorted((checkout / "test" / "sql").glob("[0-9]*.sql"))
            }
    for name, outcome in outcomes.items():
        print(f"{name}: {outcome.same} of {outcome.points}", *outcome.differences, sep="\n  ")
    unexplained = [
        name
        for name, outcome in outcomes.items()
        if outcome.same < outcome.points and not LINTS[name].differs
    ]
    page = (FOLDER / "checks-compared.template").read_text(encoding="utf-8")
    (FOLDER / "checks-compared.md").write_text(
        page.format(table="\n".join(_table(outcomes)), **_figures(outcomes)), encoding="utf-8"
    )
    if unexplained:
        sys.exit(f"They differ, and nobody has written why: {', '.join(unexplained)}.")


def _prepare(url: str, checkout: Path) -> None:
    with closing(psycopg.connect(url, autocommit=True)) as connection:
        for statement in statements((checkout / "test" / "fixtures.sql").read_text()):
            connection.execute(statement.encode())
        for file in sorted((checkout / "lints").glob("*.sql")):
            connection.execute(file.read_text().encode())
    install(url)


def _compare(url: str, file: Path) -> Comparison:
    outcome = Comparison()
    lint = LINTS[file.stem]
    with closing(psycopg.connect(url, autocommit=True, row_factory=dict_row)) as connection:
        # What is there without the file, such as the linter's own schema, is no matter here.
        theirs_before = _theirs(connection, file.stem)
        ours_before = _ours(connection, lint)
        for statement in statements(file.read_text()):
            if found := _EXTENSION.fullmatch(statement):
                connection.execute(_IN_NAME.format(found[1]).encode())
            elif found := _SCHEMAS.fullmatch(statement):
                connection.execute(statement.encode())
                connection.execute(_EXPOSED, [found[1]])
            elif f'lint."{file.stem}"' in statement:
                _judge(
                    _theirs(connection, file.stem) - theirs_before,
                    _ours(connection, lint) - ours_before,
                    outcome,
                )
            else:
                connection.execute(statement.encode())
    return outcome


def _theirs(connection: Connection, lint: str) -> set[str]:
    """Give what the lint names, what this installation is of aside."""
    query = sql.SQL("select metadata, cache_key from lint.{}").format(sql.Identifier(lint))
    found = connection.execute(query).fetchall()
    own = {row["name"] for row in connection.execute(_OF_THE_PRODUCT).fetchall()}
    return {_named(row["metadata"], row["cache_key"]) for row in found} - own


def _ours(connection: Connection, lint: Lint) -> set[str]:
    return {
        f"{row['object']} {row['detail']} {row['metadata']}"
        for check in lint.checks
        if _is_applicable(connection, check)
        for row in connection.execute(
            sql.SQL("select object, detail, metadata from maint.{}()").format(
                sql.Identifier(f"check_{check}")
            )
        ).fetchall()
        if lint.role in ("", row["object"])
    }


def _judge(theirs: set[str], ours: set[str], outcome: Comparison) -> None:
    """Note whether both name the same at this point of a file."""
    missed = [name for name in theirs if not any(name in text for text in ours)]
    beyond = [text[:150] for text in ours if not any(name in text for name in theirs)]
    outcome.points += 1
    outcome.same += not missed and not beyond
    outcome.differences += [f"point {outcome.points}: not seen by us: {name}" for name in missed]
    outcome.differences += [f"point {outcome.points}: only by us: {text}" for text in beyond]


def _is_applicable(connection: Connection, check: str) -> bool:
    query = "select maint.missing_needs(needs) = '{}' as yes from maint.checks where name = %s"
    row = connection.execute(query, [check]).fetchone()
    return row is not None and bool(row["yes"])


def _named(metadata: dict[str, Any], cache_key: str) -> str:
    for key in ("policy_name", "bucket_id", "fkey_name", "extension_name", "name"):
        if value := metadata.get(key):
            return str(value)
    return cache_key


def statements(text: str) -> Iterator[str]:
    """Split a script at its semicolons; comments are left out.

    Args:
        text: SQL, without commands of psql.
    """
    current = ""
    for match in _TOKEN.finditer(text):
        piece = match[0]
        if piece == ";":
            if current.strip():
                yield current.strip()
            current = ""
        elif not piece.startswith(("--", "/*")):
            current += piece
    if current.strip():
        yield current.strip()


def _figures(outcomes: dict[str, Comparison]) -> dict[str, int]:
    same = sum(outcome.same == outcome.points for outcome in outcomes.values())
    return {
        "files": len(outcomes),
        "same": same,
        "other": len(outcomes) - same,
        "points": sum(outcome.points for outcome in outcomes.values()),
    }


def _table(outcomes: dict[str, Comparison]) -> Iterator[str]:
    yield "| lint | check | same at | also found | where we differ, and why |"
    yield "| --- | --- | --- | --- | --- |"
    for name, lint in LINTS.items():
        at = outcomes.get(name, Comparison())
        names = ", ".join(f"`{check}`" for check in lint.checks)
        same = f"{at.same} of {at.points}" if at.points else "no file"
        why = lint.differs if at.same < at.points else ""
        yield f"| {name} | {names} | {same} | {lint.beyond} | {why} |"
    for name, check, beyond in NOT_TESTED:
        yield f"| {name} | {check} | no file | {beyond} | |"


if __name__ == "__main__":
    main()
