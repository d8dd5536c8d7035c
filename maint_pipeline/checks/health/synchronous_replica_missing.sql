-- title: Commits wait for a replica that is not there
-- severity: critical, because no transaction that writes ends
-- scope: server
-- needs: pg_catalog.pg_stat_replication, role pg_read_all_stats
-- description: synchronous_standby_names wants more replicas to confirm each commit than are connected. Every commit
--     waits for them.
-- remediation: Start the replica again. If that takes time, go on without it, knowing that a crash of this server then
--     loses what was committed.
-- cannot see: sessions that do without, by synchronous_commit. The hourly run waits like everybody; what the sensor sees
--     every five minutes does not.

select
    'synchronous_standby_names' as object,
    format('Commits need %s of the replicas in synchronous_standby_names, and %s are connected.', wanted.number,
        present.number) as detail,
    jsonb_build_object('needed', wanted.number, 'connected', present.number) as metadata,
    'alter system set synchronous_standby_names = '''';' || e'\nselect pg_reload_conf();' as fix
from (
    select coalesce(
        substring(current_setting('synchronous_standby_names') from '(?i)^\s*(?:first|any)?\s*(\d+)\s*\(')::integer, 1)
    where current_setting('synchronous_standby_names') ~ '\S'
) as wanted (number)
cross join (
    select count(*) from pg_stat_replication where sync_state in ('sync', 'quorum')
) as present (number)
where present.number < wanted.number 
    and (select reset_val from pg_settings where name = 'synchronous_commit') not in ('off', 'local')
