"""What other advisers would say, by their documented rules; none of their code is here.

Dexter (its README and "introducing Dexter"): indexes of one column and of two, on columns that the
query names and that have none; those that the planner uses are proposed where they halve the
query's cost, or better. A query that costs less than 100 is left alone. It plans as a role that
bypasses row security.

index_advisor (the platform's, its README): an index on each single column of every table; those
that a query's plan uses are proposed, query by query, whatever they save. It plans as the role that
calls it, on the platform's page one that bypasses row security.

Both have their hypothetical indexes sized by our rules here, which are better than hypopg's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import permutations

from maint_pipeline.advice.errors import UnplannableError
from maint_pipeline.advice.hypothetical import Bench, Index
from maint_pipeline.advice.planner import Planner, by_role
from maint_pipeline.advice.plans import nodes, quoted
from maint_pipeline.advice.what_if import WhatIf

LEAST_COST, HALF = 100.0, 0.5
SUPERUSER = "postgres"


def dexter(bench: Bench, planner: Planner, queries: Iterable[str]) -> list[Index]:
    """Give the indexes of Dexter's rules.

    Args:
        bench: of a what-if server of the database.
        planner: of it.
        queries: the workload's.
    """
    made, chosen = bench.made, dict[Index, None]()
    for query in queries:
        bench.show(())
        before = _cost(planner, query)
        if before is None or before < LEAST_COST:
            continue
        columns = list(_named(made, planner, query))
        one = [Index(schema, table, (column,)) for schema, table, column in columns]
        two = [
            Index(a[0], a[1], (a[2], b[2])) for a, b in permutations(columns, 2) if a[:2] == b[:2]
        ]
        cost, found = before, list[Index]()
        for tried in (one, two):
            there = _create(bench, tried)
            bench.show(there)
            after, used = _cost(planner, query), _used(planner, query)
            if after is not None and after <= HALF * cost:
                cost, found = after, [i for i in there if bench.indexes[i].oid in used]
        chosen.update(dict.fromkeys(found))
    return list(chosen)


def index_advisor(bench: Bench, planner: Planner, queries: Iterable[str]) -> list[Index]:
    """Give the indexes of index_advisor's rules.

    Args:
        bench: of a what-if server of the database.
        planner: of it.
        queries: the workload's.
    """
    made, chosen = bench.made, dict[Index, None]()
    everything = [Index(*column[:2], (column[2],)) for column in _columns(made)]
    there = _create(bench, everything)
    bench.show(there)
    for query in queries:
        used = _used(planner, query)
        chosen.update(dict.fromkeys(i for i in there if bench.indexes[i].oid in used))
    return list(chosen)


def _columns(made: WhatIf) -> Iterator[tuple[str, str, str]]:
    """Give schema, table and column of every column that no index begins with."""
    rows = made.superuser.execute(
        "select nspname as schema, relname as name, attname as column from pg_attribute "
        "join pg_class on pg_class.oid = attrelid "
        "join pg_namespace on pg_namespace.oid = relnamespace "
        "join pg_type on pg_type.oid = atttypid "
        "where relkind = 'r' and attnum > 0 and not attisdropped and nspname = 'public' "
        "and typname <> 'jsonb' and not exists (select from pg_index where indrelid = attrelid "
        "and indkey::text = attnum::text and indexrelid::regclass::text not like '%%maint_try%%') "
        "order by 1, 2, attnum"
    ).fetchall()
    for row in rows:
        yield row["schema"], row["name"], quoted(row["column"])


def _named(made: WhatIf, planner: Planner, query: str) -> Iterator[tuple[str, str, str]]:
    plan = planner.plan(query, by_role(SUPERUSER))
    tables = {(n["Schema"], n["Relation Name"]) for n in nodes(plan) if n.get("Relation Name")}
    words = set(re.findall(r"\w+", query))
    for schema, table, column in _columns(made):
        if (schema, table) in tables and column in words:
            yield schema, table, column


def _create(bench: Bench, indexes: Iterable[Index]) -> list[Index]:
    there = []
    for index in indexes:
        try:
            bench.create(index)
        except UnplannableError:
            continue
        there.append(index)
    return there


def _cost(planner: Planner, query: str) -> float | None:
    try:
        return float(planner.plan(query, by_role(SUPERUSER))["Total Cost"])
    except UnplannableError:
        return None


def _used(planner: Planner, query: str) -> set[int]:
    """Give the oids of hypothetical indexes that a plan uses."""
    try:
        plan = planner.plan(query, by_role(SUPERUSER))
    except UnplannableError:
        return set()
    names = sorted(str(node["Index Name"]) for node in nodes(plan) if node.get("Index Name"))
    rows = planner.made.superuser.execute(
        "select oid from pg_class where relname = any(%s)", [names]
    ).fetchall()
    return {row["oid"] for row in rows}
