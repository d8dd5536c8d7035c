"""The parts of the soak by name, each with what it needs around it."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.soak import interruptions, kills
from tests.soak.databases import server
from tests.soak.lanes import Plan, run_lanes

Result = tuple[int, str, str]
"""Rounds, the figures in words, and what was wrong."""


@dataclass(frozen=True)
class Part:
    """A part.

    Attributes:
        short: rounds of its short form.
        run: does it.
    """

    short: int
    run: Callable[[Plan], Result]


def run_kills(plan: Plan) -> Result:
    with server() as (started, folder):
        counted, problems = run_lanes(plan, kills.kill, started.url, folder / "archives")
    return (*kills.summary(counted), problems)


def run_interruptions(plan: Plan) -> Result:
    counted, problems = run_lanes(plan, interruptions.interrupt)
    return (*interruptions.summary(counted), problems)


PARTS = {
    "kills": Part(300, run_kills),
    "interruptions": Part(60, run_interruptions),
}
