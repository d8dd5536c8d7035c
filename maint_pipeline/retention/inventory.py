"""What an archive holds, beside what the database says it should hold."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from maint_pipeline.database.connection import Connection
from maint_pipeline.retention.archive import EARLIEST, Archive, Manifest, moment

COLUMNS = (
    "file", "policy", "table_name", "rows", "bytes", "sha256", "oldest", "newest", "archived_at",
)  # fmt: skip


def inventory(
    connection: Connection, archive: Archive, policy: str | None = None, *, read: bool = False
) -> list[dict[str, Any]]:
    """List the chunks of an archive, oldest rows first.

    Args:
        connection: as `maint_owner`.
        archive: where to look.
        policy: only this one's; None for all.
        read: read every file in full.

    Returns:
        A row for each chunk with `COLUMNS`, `state` and `problem`. States: `recorded`, or `sound`
        when it was read; `corrupt`, `problem` says how; `missing`, the database knows of it but
        the archive has it not; `unrecorded`, its rows were not deleted, because the purge was ended
        before that, or by another database.
    """
    noted = {
        row["file"]: row
        for row in connection.execute(
            "select file, policy_name as policy, table_name, rows, bytes, sha256, "
            "greatest(oldest, %(earliest)s) as oldest, greatest(newest, %(earliest)s) as newest, "
            "archived_at from maint.archived_chunks "
            "where %(policy)s::text is null or policy_name = %(policy)s",
            {"policy": policy, "earliest": EARLIEST},
        ).fetchall()
    }
    rows = []
    for manifest in archive.manifests(policy):
        note = noted.pop(manifest.file, None)
        problem = archive.problem(manifest) if read else None
        if note and note["sha256"] != manifest.sha256:
            problem = "the manifest is not the one that the database knows"
        sound = "sound" if read else "recorded"
        state = "corrupt" if problem else sound if note else "unrecorded"
        rows.append({**_fields(manifest), "state": state, "problem": problem})
    rows += [{**note, "state": "missing", "problem": None} for note in noted.values()]
    return sorted(rows, key=lambda row: (row["policy"], row["oldest"], row["file"]))


def _fields(manifest: Manifest) -> dict[str, Any]:
    values = {name: value for name, value in asdict(manifest).items() if name in COLUMNS}
    times = ("oldest", "newest", "archived_at")
    return {**values, **{name: moment(values[name]) for name in times}}
