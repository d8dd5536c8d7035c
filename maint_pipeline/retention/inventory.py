"""What an archive holds, beside what the database says it should hold."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from maint_pipeline.database.connection import Connection
from maint_pipeline.retention.archive import UNKNOWN, Archive, Scan
from maint_pipeline.retention.manifest import (
    EARLIEST,
    LATEST,
    Manifest,
    data_file,
    manifest_file,
    moment,
)

COLUMNS = (
    "file", "policy", "table_name", "rows", "bytes", "sha256", "oldest", "newest", "archived_at",
)  # fmt: skip
FAULTY = ("missing", "corrupt")
"""States of chunks that something is wrong with."""

_NOTED = """
select file, policy_name as policy, table_name, rows, bytes, sha256,
    greatest(least(oldest, %(latest)s), %(earliest)s) as oldest,
    greatest(least(newest, %(latest)s), %(earliest)s) as newest, archived_at
from maint.archived_chunks
where %(policy)s::text is null or policy_name = %(policy)s
order by archived_at desc, file desc
"""


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
        before that, or by another database. Of a manifest that can't be read, and that the
        database knows nothing of, only `file`, `policy` (its folder), `state` and `problem` are
        known.
    """
    noted = _noted(connection, policy)
    scan = archive.scan(policy)
    rows = []
    for manifest in scan.manifests:
        note = noted.pop(manifest.file, None)
        problem = archive.problem(manifest) if read else None
        if note and note["sha256"] != manifest.sha256:
            problem = "the manifest is not the one that the database knows"
        sound = "sound" if read else "recorded"
        state = "corrupt" if problem else sound if note else "unrecorded"
        rows.append({**_fields(manifest), "state": state, "problem": problem})
    for path, problem in scan.problems.items():
        note = noted.pop(data_file(path), None)
        known = note or {**dict.fromkeys(COLUMNS), "file": path, "policy": path.partition("/")[0]}
        rows.append({**known, "state": "corrupt", "problem": problem})
    rows += [{**note, "state": "missing", "problem": None} for note in noted.values()]
    return sorted(rows, key=lambda row: (row["policy"], row["oldest"] or EARLIEST, row["file"]))


def recorded(
    connection: Connection, archive: Archive, policy: str, *, also_unrecorded: bool = False
) -> tuple[list[Manifest], dict[str, str]]:
    """Give the chunks that a restore of a policy reads.

    The database's own record of a chunk says all that is needed, whatever became of its manifest.

    Args:
        connection: as `maint_owner`.
        archive: where they are.
        policy: its name.
        also_unrecorded: those too that the database knows nothing of, such as another one's.

    Returns:
        The chunks, the latest first: where a row was archived twice, its latest values win; and
        what is wrong in the archive with manifests of the policy.
    """
    noted = _noted(connection, policy)
    scan = archive.scan(policy)
    chunks = [_chunk(note) for note in noted.values()]
    if also_unrecorded:
        others = [found for found in scan.manifests if found.file not in noted]
        chunks += sorted(others, key=lambda found: (found.archived_at, found.file), reverse=True)
    return chunks, {**scan.problems, **_differing(scan, noted)}


def _differing(scan: Scan, noted: dict[str, dict[str, Any]]) -> dict[str, str]:
    """Return which manifests are not those that the database knows, or are missing."""
    found = {manifest.file: manifest.sha256 for manifest in scan.manifests}
    problems = {}
    for file, note in noted.items():
        path = manifest_file(file)
        if file not in found and path not in scan.problems:
            problems[path] = "the manifest is missing"
        elif file in found and found[file] != note["sha256"]:
            problems[path] = "the manifest is not the one that the database knows"
    return problems


def _noted(connection: Connection, policy: str | None) -> dict[str, dict[str, Any]]:
    parameters = {"policy": policy, "earliest": EARLIEST, "latest": LATEST}
    return {row["file"]: row for row in connection.execute(_NOTED, parameters).fetchall()}


def _chunk(note: dict[str, Any]) -> Manifest:
    times = {name: note[name].isoformat() for name in ("oldest", "newest", "archived_at")}
    return Manifest(**{**note, **times}, columns=[], csv_bytes=UNKNOWN)


def _fields(manifest: Manifest) -> dict[str, Any]:
    values = {name: value for name, value in asdict(manifest).items() if name in COLUMNS}
    times = ("oldest", "newest", "archived_at")
    return {**values, **{name: moment(values[name]) for name in times}}
