"""Wrong command lines: each ends with 2 and says why, and nothing changes."""

import contextlib
import io
import os
import sys
from random import Random

from maint_pipeline.cli import main
from tests.soak.databases import clone
from tests.soak.hostile import hostile
from tests.soak.lanes import Lane
from tests.soak.tasks import WrongError
from tests.soak.unchanged import LOOK_AGAIN, Database

CLEANUP, ID = "cleanup_old_audit_logs", "00000000-0000-4000-8000-000000000001"
# X becomes a text that is never right, N a number that is never right there.
LINES = tuple(
    line.split(" ")
    for line in (
        "X", "--X", "X X", "alerts X", "run X", "run", f"run {CLEANUP} --set X", "history X",
        f"run {CLEANUP} --set retention_days=X", f"run {CLEANUP} --set workers=X",
        f"run {CLEANUP} --set X=X", f"run {CLEANUP} --set dry_run=X", "run X --set X=X",
        f"run {CLEANUP} --set duty_percent=N", f"run {CLEANUP} --X", "run X --dry-run --json",
        "run update_security_alert --set hours=X", "run send_weekly_report --set days=X",
        "run prune_dagster_history --set keep_tick_days=X",
        "history --days X", "history --days N", "history --task X", "history --status X",
        "alerts --severity X", "alerts --check X", "alerts show X", "alerts ack X",
        f"alerts show {ID}", f"alerts ack {ID} --note X", f"alerts resolve {ID} --notes X",
        f"alerts silence {ID} --for X", f"alerts silence {ID} --for 1d",
        "alerts silence X --for 1d",
        "alerts resolve X", "alerts resolve X --notes X", "alerts ack X X",
        "archive list X", "archive restore X", f"archive restore {CLEANUP} --from X",
        f"archive restore {CLEANUP} --to X", f"archive restore {CLEANUP} --into X",
        "archive restore", "archive verify --X", "baseline approve X", "baseline approve X X",
        "checks run X", "checks run", "checks explain X", "checks unignore", "checks unignore X X",
        "checks --category X",
        "checks ignore X", "checks ignore X --reason X --for X", "changes --days X", "changes X",
        "policies preview X", "policies disable X", "policies enable X",
        "policies add X --table X --time-column X --keep X", "policies add new",
        "policies add new --table X --time-column time --keep 1year",
        "policies add new --table audit_logs --time-column X --keep 1year",
        "policies add new --table audit_logs --time-column time --keep X",
        "policies add new --table audit_logs --time-column time --keep 1year --condition X",
        "policies add X --table audit_logs --time-column time --keep 1year",
        "windows add X --opens X --closes 05:00", "windows add new --opens 01:00 --closes X",
        "windows add new --opens 01:00 --closes 05:00 --days X", "windows remove X",
        "windows add new --opens 01:00 --closes 05:00 --time-zone X",
        "windows add new --opens 01:00 --closes 05:00 --task X",
        "report --days X", "report --days N", "metrics --listen X", "metrics --listen N",
        "serve --port X", "dev --port X", "dev X", "sample --rows X", "sample X", "env X",
        "doctor X",
        "notifications X", "notifications retry X", "migrate X", "migrate --X",
        "migrate --trust X --plan", "daemon X", "serve X",
    )
)  # fmt: skip
NUMBERS = ("-1", "0", "-9" * 20, "9" * 40, "1.5", "1e3", "0x10", "", " ", "nan")


def wrong_lines(lane: Lane, server_url: str) -> None:
    """Try wrong command lines until the lane has had its share."""
    random = Random(lane.seed)
    url = clone(server_url, f"lines_{lane.number}")
    database = Database(url)
    os.environ |= {
        "MAINT_DATABASE_URL": url,
        "MAINT_DAGSTER_DATABASE_URL": "postgresql://postgres@127.0.0.1:1/dagster",
        "COLUMNS": "200",
    }
    tried: list[object] = []
    while lane.goes_on():
        line = [_filled(random, word) for word in random.choice(LINES)]
        code, said = call(line)
        if code != 2 or "Traceback" in said or not said.strip():
            raise WrongError(f"{line}: exit code {code}: {said[-3000:]}")
        tried.append(line)
        lane.count("wrong command lines")
        if len(tried) == LOOK_AGAIN:
            database.assert_unchanged(tried)
            tried.clear()
    database.assert_unchanged(tried)


def _filled(random: Random, word: str) -> str:
    while "X" in word:
        word = word.replace("X", hostile(random, undecodable=True), 1)
    return random.choice(NUMBERS) if word == "N" else word.replace("=N", f"={NUMBERS[0]}")


def call(line: list[str]) -> tuple[object, str]:
    """Run `maint` in this process; give its exit code and what it said."""
    said = io.StringIO()
    sys.argv = ["maint", *line]
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        try:
            main()
        except SystemExit as end:
            return end.code, said.getvalue()
        except BaseException as error:
            return None, f"{said.getvalue()}\nTraceback: {error!r}"
    return 0, said.getvalue()
