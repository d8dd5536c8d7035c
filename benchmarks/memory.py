"""How much private memory a backend takes."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path


def peak_memory(pid: int, work: Callable[[], object]) -> float:
    """Give the most private memory of a backend while some work is done, in MB.

    Args:
        pid: of the backend.
        work: what makes it work.
    """
    status = Path(f"/proc/{pid}/status")
    peak = 0
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(work)
        while not running.done():
            line = next(li for li in status.read_text().splitlines() if li.startswith("RssAnon"))
            peak = max(peak, int(line.split()[1]))
            time.sleep(0.002)
        running.result()
    return peak / 1024
