-- title: Transaction ids near their end
-- severity: critical, because the server stops writing when they end, and the way back is a long vacuum
-- also in: health
-- needs: pg_catalog.pg_database
-- description: The oldest transaction id (or multixact id) of a database is older than half of what can be. Autovacuum
--     should have frozen it at 200 million; an old transaction, a prepared one, a replication slot or a
--     failing vacuum holds it up.
-- remediation: Look for the oldest backend_xmin in pg_stat_activity, pg_prepared_xacts and
--     pg_replication_slots, end what holds it, and vacuum the tables with the oldest relfrozenxid.
-- cannot see: how fast ids are used.
-- thresholds: used numeric = 0.5
-- scope: server

select
    format('%I %s', datname, ids.kind) as object,
    format('The oldest %s of database %I is %s%% of the way to where writing stops.', ids.kind,
        datname, round(100 * ids.age / 2147483648.0, 1)) as detail,
    jsonb_build_object('age', ids.age) as metadata
from pg_database
cross join lateral (values
    ('transaction id', age(datfrozenxid)), ('multixact id', mxid_age(datminmxid))
) as ids (kind, age)
where ids.age > 2147483648.0 * _used
