"""Processes killed at random points of purge, archive, partition drop and restore."""

from collections import Counter
from contextlib import nullcontext
from pathlib import Path
from random import Random

from tests.soak.archives import ArchiveAndDelete, RestoreArchive
from tests.soak.databases import clone, wait_for_the_dead
from tests.soak.lanes import Lane
from tests.soak.model import create_model
from tests.soak.partitions import DropPartitions
from tests.soak.tasks import Task, WrongError
from tests.soak.victims import Death, Ended, Victim, some_death

TASKS = (Task, ArchiveAndDelete, DropPartitions, RestoreArchive)
MOST_KILLS_IN_A_ROW = 12


def kill(lane: Lane, server_url: str, folder: Path) -> None:
    """Kill until the lane has had its share.

    Every round is one process that died by SIGKILL; after each one all rows are compared with the
    model, and now and then a run comes to its end, after which everything must be done.
    """
    random = Random(lane.seed)
    tasks = []
    for kind in TASKS:
        url = clone(server_url, f"kills_{lane.number}_{kind.name}")
        create_model(url)
        tasks.append(kind(url, folder / str(lane.number), random))
    usual = {task: whole_run(task) for task in tasks}
    while lane.goes_on():
        (task,) = random.choices(tasks, [kind.share for kind in TASKS])
        task.prepare()
        for _ in range(random.randint(1, MOST_KILLS_IN_A_ROW)):
            meddled = random.random() < 0.3
            ended = broken_run(task, some_death(random, usual[task]), meddled=meddled)
            what = f"kills of {task.name}" if ended.killed else "ended before the kill"
            lane.count(what, rounds=int(ended.killed))
            if not ended.killed:
                usual[task] = longer(ended, usual[task])
        whole_run(task, fresh=False)
        lane.count("whole runs", rounds=0)


def broken_run(task: Task, death: Death, *, meddled: bool) -> Ended:
    """Kill a run, and compare all rows."""
    if meddled:
        task.meddle()  # what a killed run has left meets a new hold, another name
    with task.others_at_work() if meddled else nullcontext():
        victim = Victim(task.work, death)
        if meddled:
            task.meddle_meanwhile()
        ended = victim.wait()
    if ended.error and not meddled:
        raise WrongError(ended.error)
    wait_for_the_dead(task.db)
    task.check()
    return ended


def whole_run(task: Task, *, fresh: bool = True) -> Ended:
    """Let a run come to its end, and check that everything is done."""
    if fresh:
        task.prepare()
    ended = Victim(task.work).wait()
    if ended.error:
        raise WrongError(ended.error)
    wait_for_the_dead(task.db)
    task.check_done()
    return ended


def longer(one: Ended, other: Ended) -> Ended:
    return max(one, other, key=lambda ended: ended.roundtrips)


def rounds(counted: Counter[str]) -> int:
    """Count the kills."""
    return sum(number for name, number in counted.items() if name.startswith("kills of"))
