-- title: Prepared transaction that nobody ends
-- severity: high, because it keeps its locks across restarts, and vacuum can remove nothing that is younger
-- scope: server
-- needs: pg_catalog.pg_prepared_xacts
-- description: A transaction was prepared (two-phase commit) and is neither committed nor rolled back. Its
--     coordinator has died or forgotten it.
-- remediation: Ask the transaction manager what became of it; then commit it or roll it back, in its database.
-- cannot see: what its coordinator intends.
-- thresholds: after interval = 10 minutes

select
    format('%s of %I in %I', gid, owner, database) as object,
    format('Transaction %s of role %I in database %I has been prepared since %s.', gid, owner, database,
        to_char(prepared at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"')) as detail,
    jsonb_build_object('gid', gid, 'prepared_at', prepared, 'age', age(transaction)) as metadata,
    format('rollback prepared %L;', gid) as fix
from pg_prepared_xacts
where prepared < now() - _after
