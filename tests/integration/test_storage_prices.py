"""Bills and steps of a disk, worked by hand from the rules that the presets state."""

from functools import partial

import pytest

from maint_pipeline.storage.prices import Plan, bill, find_price, grows_at, next_step

GIB, GB = 1024**3, 10**9


@pytest.fixture
def price_of(owner):
    return partial(find_price, owner)


@pytest.mark.parametrize(
    ("name", "plan", "used", "worked"),
    [
        # 500 x 0.115
        ("rds-gp3", Plan(disk_bytes=500 * GIB), 412 * GIB, 57.50),
        # 100 x 0.23, and of 250 of backup the first 100 are free: 150 x 0.095
        ("rds-gp3-multi-az", Plan(disk_bytes=100 * GIB, backup_bytes=250 * GIB), 60 * GIB, 37.25),
        # The smallest disk has 20: 20 x 0.115, and of 45 of backup 25 x 0.095
        ("rds-gp3", Plan(backup_bytes=45 * GIB), 12 * GIB, 4.675),
        # 8 are included.
        ("supabase", Plan(disk_bytes=8 * GIB), 3 * GIB, 0.0),
        # 56 beyond the 8 x 0.125, and recovery of 10 days needs the offer of 14: 200
        ("supabase", Plan(disk_bytes=64 * GIB, pitr_days=10), 40 * GIB, 207.0),
        # 50 x 0.35 + 12 x 0.20, in units of 1000, whatever disk there is
        ("neon", Plan(disk_bytes=900 * GB, history_bytes=12 * GB), 50 * GB, 19.90),
    ],
)
def test_six_bills(price_of, name, plan, used, worked):
    assert sum(line.cost for line in bill(price_of(name), plan, used)) == pytest.approx(
        worked, rel=0.001
    )


@pytest.mark.parametrize(
    ("name", "disk", "then", "at"),
    [
        ("rds-gp3", 500, 550, 450),  # a tenth
        ("rds-gp3", 40, 50, 36),  # at least 10
        ("supabase", 8, 12, 7.2),  # half of it
        ("supabase", 101, 152, 90.9),  # whole units
    ],
)
def test_the_next_step_of_a_disk(price_of, name, disk, then, at):
    price = price_of(name)
    assert next_step(price, disk * GIB) == then * GIB
    assert grows_at(price, disk * GIB) == pytest.approx(at * GIB)


def test_a_disk_that_nobody_grows_is_full_when_it_is_full(price_of):
    assert grows_at(None, 100.0) == 100.0 and grows_at(price_of("neon"), 100.0) == 100.0
