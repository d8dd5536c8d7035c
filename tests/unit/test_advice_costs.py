"""What a plan costs, what a query takes at another cost, and what is known without another plan."""

from types import SimpleNamespace

import pytest

from maint_pipeline.advice.asked import Asked, calibrate
from maint_pipeline.advice.candidates import Columns, candidates
from maint_pipeline.advice.costs import Costs
from maint_pipeline.advice.hypothetical import Index
from maint_pipeline.advice.plans import Scan, cost_of
from maint_pipeline.advice.workload import Query
from maint_pipeline.advice.writes import ENTRY_MILLISECONDS, Writes

A, B, C = (Index("public", "t", (key,)) for key in "abc")
ONCE = {"Node Type": "Result", "Parent Relationship": "InitPlan", "Total Cost": 4.0}


def limited(filtered: str | None, rows: int = 900) -> dict:
    scan = {
        "Node Type": "Index Scan", "Parent Relationship": "Outer", "Total Cost": 1000.0,
        "Plan Rows": rows, "Schema": "public", "Relation Name": "t",
        **({"Filter": filtered} if filtered else {}),
    }  # fmt: skip
    return {"Node Type": "Limit", "Total Cost": 10.0, "Plans": [ONCE, scan]}


@pytest.mark.parametrize(
    ("filtered", "rows", "cost"),
    [
        (None, 900, 10),
        ("(deleted_at IS NULL)", 900, 10 + 0.2 * 990),
        ("(org_id = ANY ((InitPlan 1).col1))", 30, 10 + 0.8 * 990),
        ("(ANY (org_id = (hashed SubPlan 1).col1))", 500, 10 + 0.8 * 990),
    ],
)
def test_a_limit_is_believed_less_the_fewer_rows_a_condition_lets_pass(filtered, rows, cost):
    plan = limited(filtered, rows)
    assert cost_of(plan, {("public", "t"): 1000.0}) == pytest.approx(cost)


def asked(calls: float, milliseconds: float, before: float) -> Asked:
    return Asked(Query("1", "", "", calls, milliseconds), None, {}, before)


def test_an_insert_that_costs_nothing_does_not_outweigh_all_others():
    usual, insert = asked(100, 5000, 1000), asked(1000, 500, 0.01)
    calibrate([usual, insert])
    # A unit takes 0.05 ms usually: 5 units more for each call are not 500 times the time.
    assert usual.milliseconds(500) == 2500
    assert insert.milliseconds(5.01) == pytest.approx(500 + 1000 * 5 * 0.5)


def test_beside_a_cost_that_is_far_too_high_others_still_differ():
    usual, other, wrong = asked(100, 5000, 1000), asked(10, 500, 1000), asked(100, 9000, 50_000_000)
    calibrate([usual, other, wrong])
    assert wrong.milliseconds(50_000_000) == 9000
    assert wrong.milliseconds(100) == pytest.approx(100 * 0.025 * 100)
    assert wrong.milliseconds(10) < wrong.milliseconds(100)


def test_a_plan_stays_the_same_without_indexes_that_it_does_not_use():
    costs = Costs()
    costs.add(0, frozenset({A, B, C}), frozenset({A}), 7.0)
    assert costs.find(0, frozenset({A, C})).cost == 7.0
    assert costs.find(0, frozenset({B, C})) is None
    assert costs.find(1, frozenset({A})) is None
    assert costs.without({0}).find(0, frozenset({A})) is None
    assert costs.find(0, frozenset({A})).cost == 7.0


def target(**counted: int) -> SimpleNamespace:
    row = {"inserted": 2_000_000, "updated": 0, "updated_hot": 0, **counted}
    return SimpleNamespace(tables=lambda: {("public", "t"): row}, indexes=[])


def test_counters_that_were_never_reset_hold_the_first_import_too():
    insert = Query("1", "insert into public.t (a) values ($1)", "", 300, 10)
    stated = Writes(target(), [insert], None).price(A)
    assert stated.milliseconds == pytest.approx(300 * ENTRY_MILLISECONDS)
    counted = Writes(target(inserted=50), [insert], 0.5).price(A)
    assert counted.milliseconds == pytest.approx(100 * ENTRY_MILLISECONDS)
    # From samples nobody knows how often: then the counters are all that there is.
    sampled = Writes(target(), [insert], None, is_counted=False).price(A)
    assert sampled.milliseconds == pytest.approx(2_000_000 / 720 * ENTRY_MILLISECONDS)


@pytest.mark.parametrize(("values", "is_partial"), [(4, True), (5000, False)])
def test_a_partial_index_needs_a_column_of_few_values(values, is_partial):
    statistics = [
        {"schema": "public", "name": "t", "column": name, "n_distinct": count}
        for name, count in (("status", values), ("org", 300))
    ]
    columns = Columns(SimpleNamespace(tables=dict, statistics=statistics))
    scan = Scan("public", "t", "t", ["((t.status = 3) AND (t.org = $1))"])
    found = [index.condition for index in candidates(scan, columns) if index.keys == ("org",)]
    assert ("status = 3" in found) == is_partial
