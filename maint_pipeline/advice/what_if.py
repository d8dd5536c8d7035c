"""The what-if server: the database's schema and statistics on a scratch server, without a row."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

import psycopg
from psycopg import sql

from maint_pipeline.advice import files
from maint_pipeline.advice.dump import DUMP, dump_schema, restore_schema
from maint_pipeline.advice.errors import AdviceError, MissingVersionError, OutOfTimeError
from maint_pipeline.advice.likeness import make_database, make_roles
from maint_pipeline.advice.sizes import height_of
from maint_pipeline.advice.statistics import copy_statistics
from maint_pipeline.advice.target import Row, Target, statement
from maint_pipeline.advice.traces import no_traces
from maint_pipeline.backups.dumps import DATABASE, ROLE, make_empty_cluster, make_extensions
from maint_pipeline.backups.errors import BackupUnusableError
from maint_pipeline.backups.scratch import Scratch, scratch_folder
from maint_pipeline.backups.scratch_server import ScratchServer, scratch_server
from maint_pipeline.database.connection import Connection
from maint_pipeline.database.programs import installed_programs

COPY = "what_if"
"""Made from `DATABASE` as files, so that no page of it is in the server's memory."""

OLDEST, NEWEST = 15, 18
_NEEDED_BYTES = 1 << 28
# With wal_level minimal, a commit would read new indexes into the server's memory, where they are
# not seen to grow.
_SETTINGS = {"wal_level": "replica", "max_locks_per_transaction": "1024"}
_CHECKSUMS_SINCE = 18


@dataclass
class WhatIf:
    """A running what-if server.

    Attributes:
        server: the scratch server.
        data: its data folder.
        superuser: a session that evaluates nothing of the application's.
        restorer: a session of `ROLE`, which owns everything and is nobody outside.
        target: the database that it is like.
        lost: what is not as it is there, in words.
        deadline: when to stop, in seconds of the monotonic clock.
        is_other_version: whether it is of another major version.
    """

    server: ScratchServer
    data: Path
    superuser: Connection
    restorer: Connection
    target: Target
    deadline: float
    lost: list[str] = field(default_factory=list)
    is_other_version: bool = False

    def check_time(self) -> None:
        """Raise OutOfTimeError once the limit on time is reached."""
        if monotonic() > self.deadline:
            raise OutOfTimeError

    def session(self, dbname: str = COPY) -> Connection:
        """Open another session of `ROLE`; the caller closes it."""
        return self.server.connect(dbname, ROLE)


@dataclass(frozen=True)
class Machine:
    """Where what-if servers are made.

    Attributes:
        scratch: the folder in which they may take disk.
        seconds: how long all of it may take.
        any_version: whether another version of PostgreSQL will do where the database's is missing.
    """

    scratch: Path
    seconds: float = 300.0
    any_version: bool = False


def programs_for(version: int, *, any_version: bool) -> tuple[Path, int]:
    """Find the programs of a major version.

    Args:
        version: the database's.
        any_version: whether a newer one, or else the newest, will do.

    Returns:
        Their folder, and their version.

    Raises:
        MissingVersionError: they are not installed; the message names the package.
    """
    if found := installed_programs(version):
        return found, version
    if any_version:
        # pg_dump refuses a server that is newer than itself.
        for other in range(version + 1, NEWEST + 1):
            if found := installed_programs(other):
                return found, other
    raise MissingVersionError(
        f"The database runs PostgreSQL {version}, whose programs are not installed here, and the "
        f"planner of another version chooses otherwise. Install the package postgresql-{version} "
        "(its server need not run; apt.postgresql.org has every version), or go on with "
        "--any-version, which gives less certain advice."
    )


@contextmanager
def what_if_server(url: str, target: Target, machine: Machine) -> Iterator[WhatIf]:
    """Make a what-if server, and delete it afterwards.

    Args:
        url: of the database, as the role that asks for advice.
        target: what was read of it.
        machine: where, and what limits it.

    Raises:
        AdviceError: it can't be made.
        MissingVersionError: the programs of the version are not installed.
    """
    deadline = monotonic() + machine.seconds
    programs, version = programs_for(target.version, any_version=machine.any_version)
    options = ["--no-data-checksums"] if version >= _CHECKSUMS_SINCE else []
    try:
        with (
            scratch_folder(machine.scratch, _NEEDED_BYTES) as scratch,
            no_traces(scratch.folder, scratch.sockets.parent),
        ):
            unread = [name for name, row in target.tables().items() if not row["is_readable"]]
            dump_schema(url, programs, scratch.folder / DUMP, machine.seconds, unread)
            make_empty_cluster(programs, scratch, *options, "--wal-segsize=4")
            with scratch_server(scratch, programs, _SETTINGS) as server:
                with _prepared(server, scratch, programs, target, deadline=deadline) as made:
                    made.is_other_version = version != target.version
                    yield made
    except BackupUnusableError as error:
        raise AdviceError(f"The what-if server ended: {error}") from error


@contextmanager
def _prepared(
    server: ScratchServer, scratch: Scratch, programs: Path, target: Target, *, deadline: float
) -> Iterator[WhatIf]:
    with closing(server.connect("postgres")) as superuser:
        make_roles(superuser, target)
        lost = make_database(superuser, target)
    with closing(server.connect(DATABASE)) as superuser:
        make_extensions(superuser, target.extensions)
    lost += restore_schema(scratch, server, programs)
    with closing(server.connect("postgres")) as superuser:
        superuser.execute(
            sql.SQL("create database {} template {} strategy file_copy owner {}").format(
                sql.Identifier(COPY), sql.Identifier(DATABASE), sql.Identifier(ROLE)
            )
        )
    with (
        closing(server.connect(COPY)) as superuser,
        closing(server.connect(COPY, ROLE)) as restorer,
    ):
        made = WhatIf(server, scratch.data, superuser, restorer, target, deadline, lost)
        made.lost += copy_statistics(server.version, restorer, superuser, target.statistics)
        made.lost += _copy_relations(made)
        made.lost += _give_owners(made)
        yield made


def _copy_relations(made: WhatIf) -> list[str]:
    """Give tables and existing indexes their sizes."""
    there = {
        (row["schema"], row["name"]): row
        for row in made.superuser.execute(statement("files")).fetchall()
    }
    missing, updates = [], []
    for row in made.target.relations:
        here = there.get((row["schema"], row["name"]))
        if here is None:
            missing.append(f"{row['schema']}.{row['name']} is not on the what-if server")
            continue
        updates.append((row["pages"], row["tuples"], row["all_visible"], here["oid"]))
        if here["path"] is None:
            continue
        if row["method"] == "btree" and row["blocks"] > 1 and row["kind"] == "i":
            files.give_height(made.data, here["path"], height_of(row["blocks"] - 1))
        files.grow(made.data, here["path"], row["blocks"])
    with made.superuser.cursor() as cursor:
        cursor.executemany(
            "update pg_class set relpages = %s, reltuples = %s, relallvisible = %s where oid = %s",
            updates,
        )
    return missing


def _give_owners(made: WhatIf) -> list[str]:
    """Let tables and views belong to whom they belong there: views read as their owners."""
    lost = []
    owners: list[Row] = made.target.relations + made.target.views
    for row in owners:
        role = made.target.roles.get(row["owner"])
        if row["kind"] == "i" or role is None or role["is_superuser"]:
            continue
        try:
            made.superuser.execute(
                sql.SQL("alter table {} owner to {}").format(
                    sql.Identifier(row["schema"], row["name"]), sql.Identifier(row["owner"])
                )
            )
        except psycopg.Error as error:
            reason = str(error).splitlines()[0]
            lost.append(f"the owner of {row['schema']}.{row['name']}: {reason}")
    return [] if len(lost) == len(owners) else lost
