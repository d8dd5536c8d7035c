"""Generated star schemas: what is chosen, beside the best of all choices of up to four indexes.

python -m benchmarks.advice.stars [COUNT]
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from itertools import combinations
from pathlib import Path

import psycopg

from benchmarks.advice.measured import target_of
from benchmarks.data import server
from maint_pipeline.advice.advise import writes_of
from maint_pipeline.advice.candidates import Columns
from maint_pipeline.advice.choosing import choose
from maint_pipeline.advice.hypothetical import Bench, Index
from maint_pipeline.advice.identities import Identities
from maint_pipeline.advice.planner import planner
from maint_pipeline.advice.selection import Selector
from maint_pipeline.advice.what_if import Machine, what_if_server
from maint_pipeline.advice.workload import FILE, Query, Workload
from maint_pipeline.database.embedded import ensure_database

COUNT, QUERIES = 10, 14
MOST, BEST = 4, 20
FACTS = 120_000


def schema(dice: random.Random) -> tuple[str, int, int]:
    """Give the statements of a star: facts, and dimensions of several sizes."""
    dimensions, measures = dice.randint(3, 5), dice.randint(3, 4)
    text = []
    for n in range(dimensions):
        rows = dice.choice((30, 400, 3000, 12_000))
        kinds = dice.choice((5, 20, 200))
        text.append(
            f"create table d{n} (id integer primary key, kind integer not null, "
            f"name text not null, since date not null);"
            f"insert into d{n} select i, (random() * {kinds})::integer, 'name ' || i, "
            f"date '2020-01-01' + (random() * 1500)::integer from generate_series(1, {rows}) as i;"
        )
    keys = ", ".join(f"d{n}_id integer not null" for n in range(dimensions))
    values = [f"(select count(*) from d{n})" for n in range(dimensions)]
    drawn = ", ".join(
        f"1 + floor(power(random(), 2) * {value} * 0.999)::integer" for value in values
    )
    distinct = [dice.choice((4, 60, 2000, 50_000)) for _ in range(measures)]
    columns = ", ".join(f"m{n} integer not null" for n in range(measures))
    given = ", ".join(f"(random() * {count})::integer" for count in distinct)
    text.append(
        f"create table facts (id bigint primary key, day date not null, {keys}, {columns});"
        f"insert into facts select i, date '2020-01-01' + (i / 80)::integer, {drawn}, {given} "
        f"from generate_series(1, {FACTS}) as i;"
    )
    return "".join(text), dimensions, measures


def query(dice: random.Random, dimensions: int, measures: int) -> str:
    """Give a query of a star: some dimensions, some conditions."""
    joined = dice.sample(range(dimensions), dice.randint(0, 2))
    tables = " ".join(f"join d{n} on d{n}.id = d{n}_id" for n in joined)
    conditions = [
        dice.choice((f"d{n}.kind = $1", f"d{n}.name = $1", f"d{n}.since > date '2023-12-01'"))
        for n in joined
    ]
    kinds = (
        lambda: f"m{dice.randrange(measures)} = {dice.randint(1, 4)}",
        lambda: f"d{dice.randrange(dimensions)}_id = {dice.randint(1, 25)}",
        lambda: f"day between date '2022-01-01' and date '2022-01-{dice.randint(2, 28):02}'",
        lambda: f"m{dice.randrange(measures)} > {dice.choice((3, 58, 1990, 49_000))}",
    )
    conditions += [dice.choice(kinds)() for _ in range(dice.randint(1, 2))]
    where = " and ".join(conditions).replace("$1", str(dice.randint(1, 5)))
    for n in joined:
        where = where.replace(f"d{n}.name = ", f"d{n}.name = 'name ' || ")
    if dice.random() < 0.3:
        return f"select facts.* from facts {tables} where {where} order by day desc limit 20"
    group = f"d{joined[0]}.kind" if joined else "m0"
    return f"select {group}, sum(m1), count(*) from facts {tables} where {where} group by 1"


def subsets(indexes: list[Index]) -> Iterator[tuple[Index, ...]]:
    """Give all choices of up to `MOST` indexes."""
    for count in range(MOST + 1):
        yield from combinations(indexes, count)


def ratio(url: str, folder: Path, queries: list[str]) -> tuple[float, float, float]:
    """Give the cost after our choice to that after the best, both as parts of the cost before."""
    target = target_of(url)
    with what_if_server(url, target, Machine(folder, 3600)) as made, planner(made) as asks:
        # A query takes as many milliseconds as it costs: then what is saved is cost.
        role = "postgres"
        costs = [asks.plan(text, Identities(target).acting(role))["Total Cost"] for text in queries]
        queries_of = [
            Query(str(n), text, role, 1, cost)
            for n, (text, cost) in enumerate(zip(queries, costs, strict=True))
        ]
        load = Workload(FILE, queries_of, 1.0, "generated")
        selector = Selector(Bench(made), asks, Columns(target), writes_of(target, load))
        selector.writes.queries = ()
        identities = Identities(target)
        selector.ask((each, identities.of(each)) for each in load.queries)
        for asked in selector.asked:
            asked.least, asked.most = 0.0, float("inf")
        selector.propose()
        selector.share()
        total = sum(asked.query.milliseconds for asked in selector.asked)
        ours = choose(selector, MOST)

        def reads(chosen: tuple[Index, ...] | list[Index]) -> float:
            return sum(selector.cost(place, chosen) for place in range(len(selector.asked)))

        alone = sorted(selector.bench.indexes, key=lambda index: reads((index,)))[:BEST]
        best = min(map(reads, subsets(alone)))
        return reads(ours) / best, reads(ours) / total, best / total


def main() -> None:
    """Measure, and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    found = []
    with server() as running, tempfile.TemporaryDirectory() as folder:
        for seed in range(1, count + 1):
            dice = random.Random(seed)
            text, dimensions, measures = schema(dice)
            ensure_database(running, f"star{seed}")
            url = running.url(f"star{seed}")
            with closing(psycopg.connect(url, autocommit=True)) as connection:
                connection.execute("select setseed(0.5)")
                connection.execute(text.encode())
                connection.execute("vacuum (analyze)")
            queries = [query(dice, dimensions, measures) for _ in range(QUERIES)]
            found.append(ratio(url, Path(folder), queries))
            print(f"star {seed}: {found[-1][0]:.3f} (ours leaves {found[-1][1]:.2f} of the cost, "
                  f"the best of up to {MOST} indexes {found[-1][2]:.2f})", flush=True)  # fmt: skip
    print(f"cost to the exhaustive best: worst {max(each[0] for each in found):.3f}")


if __name__ == "__main__":
    main()
