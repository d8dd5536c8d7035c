"""Forecasts of sizes: what is true of any history, and what of each kind."""

import numpy as np
import pytest

from benchmarks.forecast import score
from benchmarks.growths import traces
from maint_pipeline.storage.forecast import forecast
from maint_pipeline.storage.increments import take_apart
from maint_pipeline.storage.rate import change_points, current_rate


def line(days: int, rate: float, begin: float = 1e9, noise: float = 0.1) -> np.ndarray:
    chance = np.random.default_rng(5)
    return begin + np.cumsum(rate * (1 + noise * chance.standard_normal(days)))


@pytest.mark.parametrize(("kind", "trace"), traces(77, 40))
def test_intervals_are_ordered_and_widen_and_nothing_is_negative(kind, trace):
    futures = forecast(trace[:180], 90)
    assert futures.paths.shape == (400, 90) and (futures.paths >= 0).all()
    for day in (1, 30, 90):
        low, middle, high = futures.interval(day)
        assert low <= middle <= high
    limit = 1.2 * trace[179]
    early, late = futures.full_in(limit, 0.1), futures.full_in(limit, 0.9)
    assert late is None or (early is not None and early <= late)
    assert futures.full_in(trace[179], 0.9) == 0


@pytest.mark.parametrize(("kind", "trace"), traces(78, 8))
def test_it_does_not_depend_on_the_unit_nor_on_chance(kind, trace):
    one, same = forecast(trace[:180], 30), forecast(trace[:180], 30)
    assert (one.paths == same.paths).all()
    larger = forecast(trace[:180] * 1024, 30)
    assert np.allclose(larger.paths, one.paths * 1024, rtol=1e-6)


def test_a_young_table_has_none():
    sizes = line(27, 1e6)
    assert forecast(sizes, 30) is None
    padded = np.concatenate([np.full(100, np.nan), sizes])
    assert forecast(padded, 30) is None
    assert forecast(line(28, 1e6), 30) is not None


def test_days_that_nobody_measured_change_little():
    sizes = line(120, 1e6)
    gaps = sizes.copy()
    gaps[[20, 21, 22, 60, 61, 100]] = np.nan
    assert forecast(gaps, 30).size(30, 0.5) == pytest.approx(
        forecast(sizes, 30).size(30, 0.5), rel=0.01
    )


def test_the_rate_since_it_changed_counts():
    sizes = np.concatenate([line(100, 1e6), line(60, 5e6, begin=1.1e9)])
    (change,) = change_points(take_apart(sizes).usual)
    assert abs(change - 99) <= 3
    futures = forecast(sizes, 30)
    assert futures.rate == pytest.approx(5e6, rel=0.1) and abs(futures.changed - 60) <= 4


def test_a_steady_rate_has_not_changed():
    assert change_points(take_apart(line(180, 1e6, noise=0.3)).usual) == ()
    assert current_rate(take_apart(line(180, 1e6)).usual).level == pytest.approx(1e6, rel=0.05)


def test_one_drop_is_no_shrinkage():
    sizes = line(120, 1e6)
    sizes[60:] -= 40e6
    parts = take_apart(sizes)
    assert list(parts.drop_days) == [59] and parts.drops[0] == pytest.approx(40e6, rel=0.05)
    assert forecast(sizes, 30).rate == pytest.approx(1e6, rel=0.1)


def test_regular_drops_are_projected():
    sizes = line(150, 1e6)
    for day in range(29, 150, 30):
        sizes[day:] -= 30e6
    futures = forecast(sizes, 60)
    assert futures.rate == pytest.approx(0, abs=2e5)
    # The last was on day 149, so that the next is 30 days later.
    before, after = futures.size(27, 0.5), futures.size(33, 0.5)
    assert before > futures.now + 20e6 and after < futures.now + 10e6


def test_an_import_is_a_burst_and_no_new_rate():
    sizes = line(120, 1e6)
    sizes[100:] += 50e6
    parts = take_apart(sizes)
    assert list(parts.burst_days) == [99] and change_points(parts.usual) == ()


def test_a_table_that_never_changes_stays():
    futures = forecast(np.full(60, 8192.0), 30)
    assert futures.interval(30) == (8192, 8192, 8192) and futures.full_in(9000, 0.1) is None


def test_most_sizes_are_within_their_interval():
    chance = np.random.default_rng(1)
    scores = [score(kind, trace, chance) for kind, trace in traces(79, 160)]
    covered = np.mean([one.covered for one in scores])
    # Of 160, within three standard deviations of 80 %.
    assert 0.70 < covered < 0.90
    ours = np.mean([one.winkler for one in scores])
    assert ours < 0.9 * np.mean([one.winkler_of_line for one in scores])
