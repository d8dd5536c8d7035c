"""The commands that a guide shows, and what it promises of each."""

import re
from pathlib import Path


def console_steps(page: Path) -> list[tuple[str, list[str]]]:
    """Give each line of a page that begins with `$`, with the lines that stand below it."""
    found: list[tuple[str, list[str]]] = []
    for block in re.findall(r"```console\n(.*?)```", page.read_text(), flags=re.DOTALL):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append((line[2:], []))
            else:
                found[-1][1].append(line)
    return found
