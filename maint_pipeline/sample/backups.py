"""The sample's organizations and their backups, in every state that a check distinguishes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import cycle, islice
from random import Random
from typing import Any

from maint_pipeline.sample.audit_logs import random_uuid

HISTORY_DAYS = 30

# State, and how many of 50 organizations are in it.
_STATES = (
    ("healthy", 27), ("without_settings", 4), ("switched_off", 3), ("deleted", 3),
    ("failed_last_night", 3), ("failing", 1), ("silently_stopped", 2), ("never_succeeded", 2),
    ("stuck", 1), ("empty", 1), ("shrunk", 1), ("without_bucket", 1), ("without_credentials", 1),
)  # fmt: skip

Row = tuple[Any, ...]


@dataclass(frozen=True)
class Organization:
    """An organization whose backups are in a certain state."""

    id: str
    name: str
    type: str
    owner_id: str
    state: str
    created_at: datetime
    deleted_at: datetime | None


def states(count: int) -> list[str]:
    """Give the states of so many organizations, each about as often as in a list of 50."""
    fifty = [state for state, number in _STATES for _ in range(number)]
    return list(islice(cycle(fifty), count))


def settings_row(random: Random, organization: Organization) -> Row | None:
    """Give an organization's row of backup_settings, None where it has none.

    Columns: org_id, provider, bucket, prefix, region, enabled, access_key_encrypted,
    secret_key_encrypted, created_at, updated_at.
    """
    state = organization.state
    if state in ("without_settings", "deleted"):
        return None
    bucket = None if state == "without_bucket" else f"backups-{organization.id[:8]}"
    has_keys = state != "without_credentials"
    return (
        organization.id,
        random.choice(("s3", "s3", "gcs")),
        bucket,
        organization.name.lower().replace(" ", "-"),
        random.choice(("eu-central-1", "us-east-1")),
        state != "switched_off",
        f"{random.getrandbits(160):040x}" if has_keys else None,
        f"{random.getrandbits(320):080x}" if has_keys else None,
        organization.created_at,
        organization.created_at,
    )


def backup_rows(random: Random, organization: Organization, now: datetime) -> Iterator[Row]:
    """Give an organization's rows of backup_runs, oldest first.

    Columns: id, org_id, status, file_url, started_at, finished_at, tables_count, rows_count,
    notes, created_at.
    """
    state = organization.state
    if state in ("without_settings", "without_bucket", "without_credentials"):
        return
    last_day = {"silently_stopped": 4, "switched_off": 10, "deleted": 8}.get(state, 0)
    size = random.randrange(2_000, 90_000)
    night = (now - timedelta(hours=3)).replace(
        hour=random.randrange(0, 4), minute=random.randrange(60), second=0, microsecond=0
    )
    while night > now - timedelta(hours=2):
        night -= timedelta(days=1)
    for days_ago in range(HISTORY_DAYS, last_day - 1, -1):
        started = night - timedelta(days=days_ago)
        size = int(size * random.uniform(0.995, 1.02))
        rows = {"empty": 0, "shrunk": size // 10}.get(state, size) if days_ago == 0 else size
        yield _run(random, organization, started, _status(state, days_ago), rows)
    if state == "failing":
        for hours_ago in range(12, 0, -1):
            started = now - timedelta(hours=hours_ago, minutes=7)
            yield _run(random, organization, started, "failed", 0)
    if state == "stuck":
        yield _run(random, organization, now - timedelta(hours=9), "running", 0)


def _status(state: str, days_ago: int) -> str:
    failed_today = state in ("failed_last_night", "failing") and days_ago == 0
    return "failed" if failed_today or state == "never_succeeded" else "ok"


def _run(
    random: Random,
    organization: Organization,
    started: datetime,
    status: str,
    rows: int,
) -> Row:
    duration = timedelta(seconds=random.randrange(40, 600))
    note = random.choice(
        (
            "S3: AccessDenied when calling PutObject",
            "connection reset by peer after 4 of 23 tables",
            "no space left on device",
        )
    )
    ok = status == "ok"
    return (
        random_uuid(random),
        organization.id,
        status,
        f"s3://backups/{organization.id}/{started:%Y-%m-%d}.tar.zst" if ok else None,
        started,
        None if status == "running" else started + duration,
        23 if ok else 0,
        rows if ok else 0,
        note if status == "failed" else None,
        started,
    )
