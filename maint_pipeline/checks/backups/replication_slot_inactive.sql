-- title: Inactive replication slot holds WAL
-- severity: high, because the disk fills, and then the server stops
-- also in: health
-- needs: pg_catalog.pg_replication_slots
-- description: Nobody reads a replication slot, so the server keeps all WAL since its position. The disk
--     fills, and then the server stops.
-- remediation: Start its reader again, or drop the slot with pg_drop_replication_slot. Set
--     max_slot_wal_keep_size so that a forgotten slot can't fill the disk.
-- cannot see: a slot whose reader is connected and does not keep up.
-- thresholds: megabytes integer = 1024
-- scope: server

select
    slot_name::text as object,
    format('The replication slot "%s" is inactive and holds %s of WAL.', slot_name,
        pg_size_pretty(held_bytes)) as detail,
    jsonb_build_object('slot', slot_name, 'held_bytes', held_bytes, 'wal_status', wal_status)
        as metadata
from (
    select slot_name, wal_status, pg_wal_lsn_diff(
        case when pg_is_in_recovery() then pg_last_wal_replay_lsn() else pg_current_wal_lsn() end,
        restart_lsn) as held_bytes
    from pg_catalog.pg_replication_slots
    where not active
) as slots
where held_bytes > _megabytes * 1048576::bigint
