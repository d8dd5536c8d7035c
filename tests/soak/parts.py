"""The parts of the soak by name, each with what it needs around it."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace

from tests.soak import failures, interruptions, kills, launches, lines, mails, statements
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
    return kills.rounds(counted), in_words(counted), problems


def run_interruptions(plan: Plan) -> Result:
    counted, problems = run_lanes(plan, interruptions.interrupt)
    return interruptions.rounds(counted), in_words(counted), problems


def run_failures(plan: Plan) -> Result:
    with server() as (started, _):
        counted, problems = run_lanes(plan, failures.fail, started.url)
    return counted["failures"], in_words(counted), problems


def run_mails(plan: Plan) -> Result:
    # They mostly wait.
    with server() as (started, _):
        counted, problems = run_lanes(replace(plan, lanes=6 * plan.lanes), mails.mail, started.url)
    return counted["mails"], in_words(counted), problems


def run_lines(plan: Plan) -> Result:
    with server() as (started, _):
        counted, problems = run_lanes(plan, lines.wrong_lines, started.url)
    return counted["wrong command lines"], in_words(counted), problems


def run_statements(plan: Plan) -> Result:
    with server() as (started, _):
        counted, problems = run_lanes(plan, statements.wrong_statements, started.url)
    return counted["wrong statements"], in_words(counted), problems


def in_words(counted: Counter[str]) -> str:
    return ", ".join(f"{n:,} {name}" for name, n in sorted(counted.items()))


PARTS = {
    "kills": Part(300, run_kills),
    "interruptions": Part(60, run_interruptions),
    "failures": Part(6000, run_failures),
    "mails": Part(480, run_mails),
    "lines": Part(400, run_lines),
    "statements": Part(2000, run_statements),
    "launches": Part(100, launches.launch),
}
