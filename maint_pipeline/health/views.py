"""What a job sees from outside of the database: the server's disks, and its certificate."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from maint_pipeline.database.connection import Connection
from maint_pipeline.health.certificate import CertificateError, certificate_end

_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_PLACES = """
select 'the data directory' as name, setting as path from pg_settings where name = 'data_directory'
union all
select format('tablespace %I', spcname), pg_tablespace_location(oid)
from pg_tablespace where pg_tablespace_location(oid) <> ''
"""
_RECORD = """
with seen as (
    select * from jsonb_to_recordset(%s::jsonb)
        as seen (kind text, name text, figures jsonb, problem text)
), gone as (
    delete from maint.health_views as known
    where known.kind = any (array(select kind from seen)) and not exists (
        select from seen where seen.kind = known.kind and seen.name = known.name)
)
insert into maint.health_views (kind, name, figures, problem, seen_at)
select kind, name, coalesce(figures, '{}'), problem, clock_timestamp() from seen
on conflict (kind, name) do update
set figures = excluded.figures, problem = excluded.problem, seen_at = excluded.seen_at
"""


@dataclass(frozen=True)
class View:
    """What was seen of one thing, or why it could not be seen."""

    kind: str
    name: str = ""
    figures: dict[str, Any] = field(default_factory=dict)
    problem: str | None = None


def look_from_outside(connection: Connection) -> None:
    """Note what can be seen of the server's disks and certificate, for the checks of them.

    Args:
        connection: in autocommit mode, as `maint_owner`.
    """
    _record(connection, [*_disks(connection), _certificate(connection)])


def look_at_disks(connection: Connection) -> None:
    """Note what can be seen of the server's disks alone.

    Args:
        connection: as above.
    """
    _record(connection, list(_disks(connection)))


def _record(connection: Connection, views: list[View]) -> None:
    connection.execute(_RECORD, [json.dumps([vars(view) for view in views])])


def _disks(connection: Connection) -> Iterator[View]:
    host = connection.info.host
    if not host.startswith("/") and host not in _LOOPBACK:
        yield View("disk", problem="the server is on another machine: its disks can't be seen")
        return
    places = connection.execute(_PLACES).fetchall()
    if not any(row["name"] == "the data directory" for row in places):
        yield View("disk", problem="needs the rights of role pg_read_all_settings: where the data "
                   "is can't be seen")  # fmt: skip
        return
    paths = [(row["name"], Path(row["path"])) for row in places]
    wal = paths[0][1] / "pg_wal"
    seen: set[int] = set()
    for name, path in [*paths, ("the WAL", wal)]:
        try:
            device = path.stat().st_dev
            room = os.statvfs(path)
        except OSError as error:
            # The data directory itself may be closed to us; what holds it is not.
            if path != wal:
                yield View("disk", name, problem=f"{name} can't be seen: {error.strerror}")
            continue
        if device not in seen:
            yield View("disk", name, _room(room))
        seen.add(device)


def _room(room: os.statvfs_result) -> dict[str, int]:
    return {
        "total": room.f_frsize * room.f_blocks,
        "free": room.f_frsize * room.f_bavail,
        "inodes": room.f_files,
        "inodes_free": room.f_favail,
    }


def _certificate(connection: Connection) -> View:
    host = connection.info.hostaddr or connection.info.host
    if not host or host.startswith("/"):
        return View("certificate", problem="we connect by a socket, which shows no certificate")
    try:
        ends_at = certificate_end(host, connection.info.port)
    except CertificateError as error:
        return View("certificate", problem=str(error))
    return View("certificate", figures={"ends_at": ends_at.isoformat()})
