-- title: Reader of a replication slot that does not keep up
-- severity: medium, because WAL is kept for it until the disk is full
-- scope: server
-- needs: pg_catalog.pg_replication_slots
-- description: The reader of a slot is connected and far behind. One that is not connected is
--     replication_slot_inactive.
-- remediation: Look what the reader waits for. Set max_slot_wal_keep_size, so that no slot can fill the disk.
-- cannot see: readers without a slot.
-- thresholds: megabytes integer = 10240

select
    slot_name::text as object,
    format('The reader of replication slot "%s" is connected and %s behind.', slot_name, pg_size_pretty(held_bytes))
        as detail,
    jsonb_build_object('held_bytes', held_bytes) as metadata
from (
    select slot_name, pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn) as held_bytes
    from pg_replication_slots
    where active
) as slots
where held_bytes > _megabytes * 1048576::bigint
