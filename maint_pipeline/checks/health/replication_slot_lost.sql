-- title: Replication slot that has lost its WAL
-- severity: high, because its reader can't go on and has to be made again
-- scope: server
-- needs: pg_catalog.pg_replication_slots
-- description: The server has removed WAL that the reader of a slot had not read, or invalidated the slot for another
--     reason. The replica or subscriber can't catch up from it.
-- remediation: Make the replica again, or copy the subscription's tables again, and drop the slot. Then look why it was
--     away for so long, or raise max_slot_wal_keep_size.
-- cannot see: whether a replica goes on by archived WAL.

select
    slot_name::text as object,
    format('Replication slot "%s" is %s%s.', slot_name,
        case wal_status when 'lost' then 'lost' when 'unreserved' then 'about to lose WAL that its reader needs'
            else 'invalid' end,
        ': ' || (slot ->> 'invalidation_reason')) as detail,
    case when wal_status = 'unreserved' then 'medium' else 'high' end as severity,
    jsonb_build_object('wal_status', wal_status, 'active', active) as metadata,
    case when not active and wal_status <> 'unreserved'
        then format('select pg_drop_replication_slot(%L);', slot_name) end as fix
from pg_replication_slots
-- Columns that are not there in every version.
cross join lateral (select to_jsonb(pg_replication_slots)) as whole (slot)
where wal_status in ('lost', 'unreserved') or slot ->> 'invalidation_reason' is not null
    or (slot ->> 'conflicting')::boolean
