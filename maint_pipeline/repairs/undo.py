"""The way back from one picture of the catalog to an earlier one.

Nothing is parsed from the repair: the difference decides. Whoever uses it proves it by a third
snapshot, which has to be equal to the first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from maint_pipeline.repairs.errors import NoWayBackError
from maint_pipeline.repairs.snapshot import Snapshot, State, difference
from maint_pipeline.repairs.statements import Statement
from maint_pipeline.repairs.undo_grants import undo_default_privileges, undo_grants
from maint_pipeline.repairs.undo_objects import (
    undo_comment,
    undo_event_trigger,
    undo_policy,
    undo_routine,
    undo_rule,
    undo_trigger,
)
from maint_pipeline.repairs.undo_roles import (
    undo_membership,
    undo_role,
    undo_role_setting,
    undo_server_setting,
)
from maint_pipeline.repairs.undo_tables import (
    undo_column,
    undo_constraint,
    undo_index,
    undo_relation,
)

Way = Callable[[str, State | None, State | None], Iterator[Statement]]

_WAYS: dict[str, Way] = {
    "columns": undo_column,
    "comments": undo_comment,
    "constraints": undo_constraint,
    "default_privileges": undo_default_privileges,
    "event_triggers": undo_event_trigger,
    "indexes": undo_index,
    "memberships": undo_membership,
    "policies": undo_policy,
    "relations": undo_relation,
    "role_settings": undo_role_setting,
    "roles": undo_role,
    "routines": undo_routine,
    "rules": undo_rule,
    "server_settings": undo_server_setting,
}


def way_back(before: Snapshot, after: Snapshot) -> list[Statement]:
    """Give the statements that lead from `after` to `before`, in the order to run them.

    Args:
        before: the picture to come back to.
        after: the picture now.

    Raises:
        NoWayBackError: there is something that no statement brings back, such as a table's rows.
    """
    found: list[Statement] = []
    grants = []
    for (kind, identity), (old, new) in difference(before, after).items():
        if kind == "grants":
            grants.append((old, new))
        elif kind == "triggers":
            name = after.names.get((kind, identity))
            found += undo_trigger(identity, old, new, name)
        elif kind in _WAYS:
            found += _WAYS[kind](identity, old, new)
        else:
            raise NoWayBackError(f"Nothing brings back what {kind} {identity} was.")
    found += undo_grants(before, grants)
    if any(statement.text.startswith("alter system") for statement in found):
        found.append(
            Statement(max(s.phase for s in found) + 1, "select pg_catalog.pg_reload_conf()")
        )
    return sorted(found, key=lambda statement: statement.phase)
