"""The databases of the registry as partitions in Dagster, kept in step with it."""

from __future__ import annotations

from dagster import DagsterInstance, DynamicPartitionsDefinition

from maint_pipeline.registry.databases import Fleet

DATABASES = DynamicPartitionsDefinition(name="databases")


def keep_in_step(instance: DagsterInstance, fleet: Fleet) -> list[str]:
    """Add the databases that are new, and remove those that the registry doesn't name any more.

    One of whose entry nothing is known at the moment stays: a server that is down, or a slip of
    the pen, is no reason to forget what failed.

    Args:
        instance: which has the partitions.
        fleet: the databases at this moment.

    Returns:
        All databases, in the order of Dagster: the oldest first.
    """
    name = str(DATABASES.name)
    before = instance.get_dynamic_partitions(name)
    names = [database.name for database in fleet.databases]
    if new := [each for each in names if each not in set(before)]:
        instance.add_dynamic_partitions(name, new)
    unclear = {mistake.entry for mistake in fleet.mistakes}
    if any(entry.startswith("line ") for entry in unclear):
        return [*before, *new]
    gone = set(before) - set(names)
    for each in gone:
        if each not in unclear and each.partition("/")[0] not in unclear:
            instance.delete_dynamic_partition(name, each)
            before = [other for other in before if other != each]
    return [*before, *new]
