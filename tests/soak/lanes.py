"""Several processes that each do a share of a part's rounds, and one count of them all."""

import multiprocessing
import os
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.connection import Connection as Pipe
from typing import Any

REPORT_SECONDS = 60


@dataclass(frozen=True)
class Plan:
    """How much is done.

    Attributes:
        count: rounds at least, unless the time is up before.
        seconds: after which no further round begins.
        seed: of all that is random.
        lanes: processes at once.
    """

    count: int
    seconds: float
    seed: int
    lanes: int


@dataclass
class Lane:
    """One process of a part."""

    number: int
    seed: str
    share: int
    deadline: float
    pipe: Pipe
    done: int = 0
    _counted: Counter[str] = field(default_factory=Counter)
    _told_at: float = 0.0

    def goes_on(self) -> bool:
        """Tell whether another round is due."""
        return self.done < self.share and time.monotonic() < self.deadline

    def count(self, what: str, number: int = 1, *, rounds: int | None = None) -> None:
        """Count something; it is a round too, unless `rounds` says otherwise."""
        self._counted[what] += number
        self.done += number if rounds is None else rounds
        if time.monotonic() - self._told_at > 1:
            self.tell()

    def tell(self) -> None:
        self._told_at = time.monotonic()
        self.pipe.send(dict(self._counted))


def run_lanes(plan: Plan, work: Callable[..., None], *arguments: Any) -> tuple[Counter[str], str]:
    """Run all lanes to their end.

    Returns:
        What they counted, and what went wrong, empty where nothing did.
    """
    context = multiprocessing.get_context("fork")
    deadline = time.monotonic() + plan.seconds
    pipes, processes = [], []
    for number in range(plan.lanes):
        ours, theirs = context.Pipe(duplex=False)
        share = plan.count // plan.lanes + (number < plan.count % plan.lanes)
        lane = Lane(number, f"{plan.seed}/{number}", share, deadline, theirs)
        processes.append(context.Process(target=_work, args=(lane, work, arguments)))
        processes[-1].start()
        theirs.close()
        pipes.append(ours)
    return _listen(pipes, processes)


def _work(lane: Lane, work: Callable[..., None], arguments: tuple[Any, ...]) -> None:
    try:
        work(lane, *arguments)
    except BaseException:
        lane.pipe.send(f"seed {lane.seed}, after {lane.done} rounds:\n{traceback.format_exc()}")
    finally:
        lane.tell()
        lane.pipe.close()
        os._exit(0)


def _listen(pipes: list[Pipe], processes: list[Any]) -> tuple[Counter[str], str]:
    counted: dict[Pipe, dict[str, int]] = {}
    problems = []
    told_at = time.monotonic()
    left = list(pipes)
    while left:
        for pipe in multiprocessing.connection.wait(left, timeout=5):
            try:
                said = pipe.recv()  # type: ignore[union-attr]
            except EOFError:
                left.remove(pipe)  # type: ignore[arg-type]
                continue
            if isinstance(said, str):
                problems.append(said)
            else:
                counted[pipe] = said  # type: ignore[index]
        if time.monotonic() - told_at > REPORT_SECONDS:
            told_at = time.monotonic()
            print(f"  ... {dict(_total(counted))}", flush=True)
    for process in processes:
        process.join()
    return _total(counted), "\n".join(problems)


def _total(counted: dict[Pipe, dict[str, int]]) -> Counter[str]:
    total: Counter[str] = Counter()
    for figures in counted.values():
        total.update(figures)
    return total
