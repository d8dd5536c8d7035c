"""Names of tables as people write them."""

from __future__ import annotations

import re

from maint_pipeline.errors import UsageError

_QUOTED = re.compile(r'(?:("(?:[^"]|"")+")\.)?("(?:[^"]|"")+")', flags=re.DOTALL)


def read_table(text: str) -> tuple[str, str]:
    """Read `TABLE` or `SCHEMA.TABLE`, as `NewPolicy.table` has it.

    Returns:
        Schema and name; the schema is public where none is written.

    Raises:
        UsageError: it is neither.
    """
    if '"' not in text:
        schema, _, table = text.rpartition(".")
        return schema or "public", table
    match = _QUOTED.fullmatch(text)
    if match is None:
        raise UsageError(f"{text} is neither TABLE nor SCHEMA.TABLE in double quotes.")
    schema, table = (part and part[1:-1].replace('""', '"') for part in match.groups())
    return schema or "public", table


def written_table(schema: str, table: str) -> str:
    """Write what `read_table` reads."""
    if not {'"', "."} & {*schema, *table}:
        return f"{schema}.{table}"
    return ".".join('"{}"'.format(name.replace('"', '""')) for name in (schema, table))
