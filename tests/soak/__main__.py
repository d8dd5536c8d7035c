"""python -m tests.soak [PART ...] [--count N] [--seconds S] [--seed N] [--lanes N]."""

import argparse
import os
import sys
import tempfile
import time

from tests.soak.lanes import Plan
from tests.soak.parts import PARTS

SHORT_SECONDS = 45


def main() -> None:
    """Run parts one after another, and end with 1 if anything was wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=" ".join(PARTS))
    parser.add_argument("--count", type=int, help="rounds of each part")
    parser.add_argument("--seconds", type=float, help="for each part at most")
    parser.add_argument("--seed", type=int, default=4711)
    parser.add_argument("--lanes", type=int, default=os.cpu_count() or 2, help="processes at once")
    asked = parser.parse_args()
    if unknown := set(asked.parts) - set(PARTS):
        parser.error(f"there is no part {', '.join(sorted(unknown))}")
    wrong = False
    with tempfile.TemporaryDirectory(prefix="maint-soak-home-") as home:
        os.environ["MAINT_HOME"] = home
        for name in asked.parts or PARTS:
            part = PARTS[name]
            seconds = asked.seconds or (SHORT_SECONDS if asked.count is None else 86_400)
            plan = Plan(asked.count or part.short, seconds, asked.seed, asked.lanes)
            begun = time.monotonic()
            rounds, words, problems = part.run(plan)
            took = time.monotonic() - begun
            print(f"{name}: {rounds:,} rounds in {took:,.0f} s, seed {plan.seed}: {words}")
            if problems:
                wrong = True
                print(f"{name} FAILED\n{problems}", file=sys.stderr)
            sys.stdout.flush()
    sys.exit(wrong)


if __name__ == "__main__":
    main()
