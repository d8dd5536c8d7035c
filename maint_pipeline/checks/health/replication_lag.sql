-- title: Replica far behind
-- severity: high, because whoever reads there reads the past, and what is not there is lost with this server
-- scope: server
-- needs: pg_catalog.pg_stat_replication, role pg_read_all_stats
-- description: A replica or a subscriber that is connected has not replayed what was written here long ago, or much.
-- remediation: Look on the replica for queries that replay waits for, at its disk, and at the network in between.
-- cannot see: replicas that are not connected (replica_gone), and how old what an idle server's replica shows is.
-- thresholds: megabytes integer = 1024; after interval = 5 minutes

select
    application_name as object,
    format('Replica %s%s is %s behind%s.', application_name, ' at ' || client, pg_size_pretty(bytes),
        ', ' || maint.in_words(date_trunc('second', lag))) as detail,
    jsonb_build_object('bytes', bytes, 'lag', lag, 'state', state) as metadata
from (
    select application_name, host(client_addr) as client, state, replay_lag as lag,
        pg_wal_lsn_diff(pg_current_wal_lsn(), coalesce(replay_lsn, flush_lsn, write_lsn, sent_lsn)) as bytes
    from pg_stat_replication
    -- A base backup is under way.
    where state <> 'backup'
) as replicas
where bytes > _megabytes * 1048576::bigint
    -- The lag of a replica that has caught up stays for a while.
    or lag > _after and bytes > 16 * 1048576
