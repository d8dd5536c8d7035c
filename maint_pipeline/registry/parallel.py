"""The same for many databases at once: few at a time on a server, none for longer than a limit."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Generic, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


def for_each(
    items: Sequence[Item],
    work: Callable[[Item], Result],
    *,
    server_of: Callable[[Item], str],
    at_once: int,
    seconds: float,
) -> Iterator[tuple[Item, Result | None]]:
    """Do the same for each item, in threads.

    Args:
        items: such as databases.
        work: what to do; it raises nothing.
        server_of: items of one server share its limit.
        at_once: how many of one server are worked on at a time.
        seconds: how long one may take. Then its thread is abandoned, and ends with the process.

    Yields:
        Each item with its result as it comes, None for one that took too long.
    """
    done: SimpleQueue[tuple[int, Result]] = SimpleQueue()
    waiting: dict[str, list[tuple[int, Item]]] = {}
    for number, item in enumerate(items):
        waiting.setdefault(server_of(item), []).append((number, item))
    lanes = [_Lane(every, work, done) for every in waiting.values()]
    for lane in lanes:
        lane.begin(at_once)
    left = set(range(len(items)))
    while left:
        for number in {late for lane in lanes for late in lane.give_up(seconds)} & left:
            left.discard(number)
            yield items[number], None
        try:
            number, result = done.get(timeout=0.1)
        except Empty:
            continue
        if number in left:
            left.discard(number)
            yield items[number], result


class _Lane(Generic[Item, Result]):
    """What waits for one server, and since when each item is worked on."""

    def __init__(
        self,
        items: list[tuple[int, Item]],
        work: Callable[[Item], Result],
        done: SimpleQueue[tuple[int, Result]],
    ) -> None:
        self._waiting = items[::-1]
        self._begun: dict[int, float] = {}
        self._work = work
        self._done = done

    def begin(self, workers: int) -> None:
        """Start so many more threads."""
        for _ in range(min(workers, len(self._waiting))):
            Thread(target=self._work_through, daemon=True).start()

    def give_up(self, seconds: float) -> set[int]:
        """Give up what has taken longer, and put others in the place of its threads."""
        latest = time.monotonic() - seconds
        late = {number for number, begun in list(self._begun.items()) if begun < latest}
        given_up = {number for number in late if self._begun.pop(number, None) is not None}
        self.begin(len(given_up))
        return given_up

    def _work_through(self) -> None:
        while self._waiting:
            try:
                number, item = self._waiting.pop()
            except IndexError:  # another thread was faster
                return
            self._begun[number] = time.monotonic()
            result = self._work(item)
            if self._begun.pop(number, None) is None:  # given up, and replaced
                return
            self._done.put((number, result))
