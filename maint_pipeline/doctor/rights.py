"""What `maint doctor` says of names, owners and rights in the application's schema."""

from __future__ import annotations

from collections.abc import Iterator

from maint_pipeline.database.adoption import (
    hidden_tables,
    left_out_for_rights,
    left_out_for_shape,
    said_of_functions,
)
from maint_pipeline.database.connection import OWNER_ROLE, Connection
from maint_pipeline.database.entry_functions import places
from maint_pipeline.database.owners import NoOwnerSessionError, Owners
from maint_pipeline.doctor.diagnosis import Diagnosis


def examine_additions(connection: Connection) -> Iterator[Diagnosis]:
    """Name what could not be added to the application's schema.

    Args:
        connection: of the role that migrates.
    """
    yield _functions(connection)
    yield _left_out(connection)


def examine_rights(connection: Connection, owner_url: str) -> Iterator[Diagnosis]:
    """Check that maintenance may do what the policies need.

    Args:
        connection: as `maint_owner`.
        owner_url: of a role that may act as the tables' owners.
    """
    yield _trust(connection)
    yield _owner_session(connection, owner_url)
    yield _privileges(connection)
    yield _partitions(connection)


def _functions(connection: Connection) -> Diagnosis:
    """Name the application's functions that have names of ours, and where ours are then."""
    found = places(connection)
    moved = [place.name for place in found if place.in_public != place.is_there]
    words = "; ".join(said_of_functions(found))
    return Diagnosis(
        "functions",
        not moved,
        words or "ours are in schema public, and no other function has one of their names",
        f"Run maint migrate: {', '.join(moved)} can't stay where it is." if moved else "",
    )


def _left_out(connection: Connection) -> Diagnosis:
    """Name what the shape of the application's tables, or row level security, keeps us from."""
    hidden = [row["relation"] for row in hidden_tables(connection)]
    rights = "; ".join(left_out_for_rights(connection))
    shapes = "; ".join(left_out_for_shape(connection))
    if hidden:
        return Diagnosis(
            "left out",
            False,
            f"row level security hides rows of {', '.join(hidden)} from maint_owner",
            "Run maint migrate as their owner: it makes the policy maint_owner_works there.",
        )
    if rights:
        return Diagnosis("left out", False, rights, "Grant what is named.")
    return Diagnosis("left out", True, shapes or "nothing, by the shape of the tables")


def _trust(connection: Connection) -> Diagnosis:
    """Name what is left out because of who owns it."""
    rows = connection.execute(
        "select problem from maint.trust_problems() as problem order by problem"
    ).fetchall()
    problems = "; ".join(row["problem"] for row in rows)
    return Diagnosis(
        "trust",
        not problems,
        f"left out: {problems}" if problems else "tables and triggers belong to trusted roles",
        "Trust the owner if you do (maint migrate --trust ROLE), or change the owner."
        if problems
        else "",
    )


def _owner_session(connection: Connection, url: str) -> Diagnosis:
    """Name the tables whose owner maintenance can't act as: vacuum and partitions are left out."""
    rows = connection.execute(
        "select distinct maint.policy_table(name)::text as relation from maint.enabled_policies "
        "where maint.policy_table(name) is not null order by 1"
    ).fetchall()
    owners, problems = Owners(url), []
    for row in rows:
        try:
            with owners.session(connection, row["relation"]):
                pass
        except NoOwnerSessionError as error:
            problems.append(f"{row['relation']}: {error}")
    return Diagnosis(
        "owner session",
        not problems,
        "; ".join(problems) or "vacuum, indexes and partitions are done as the tables' owners",
        "Name a role that may act as the owners in MAINT_OWNER_DATABASE_URL; until then their "
        "vacuum is left to autovacuum, and partitions are neither dropped nor created."
        if problems
        else "",
    )


def _privileges(connection: Connection) -> Diagnosis:
    """Whether the owner role may do what each enabled policy needs."""
    rows = connection.execute("select problem from maint.policy_problems() as problem").fetchall()
    problems = "; ".join(row["problem"] for row in rows)
    return Diagnosis(
        "privileges",
        not problems,
        problems or f"{OWNER_ROLE} may do what the retention policies need",
        "Grant what is named, or run maint migrate as the owner of the tables." if problems else "",
    )


def _partitions(connection: Connection) -> Diagnosis:
    """Name partitions that a purge left detached: no query of the table sees their rows."""
    rows = connection.execute(
        "select partition, reason from maint.stranded_partitions order by partition"
    ).fetchall()
    words = "; ".join(f"{row['partition']} was left detached, {row['reason']}" for row in rows)
    return Diagnosis(
        "partitions",
        not rows,
        words or "no partition was left detached",
        "See maint policies stranded: attach or drop them, or enable the policy." if rows else "",
    )
