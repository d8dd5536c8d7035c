-- title: Connections near their limit
-- severity: high, because when it is reached nobody can log in any more
-- scope: server
-- needs: pg_catalog.pg_stat_activity
-- description: The server, a database or a role has used most of the connections that it may have. The detail says
--     what they are doing, where our role may see it.
-- remediation: Look which program opens more sessions than it needs (maint sessions), end the idle ones of it, and put
--     a pooler in front. More max_connections need a restart and memory.
-- cannot see: the limits of a pooler, and connections that a firewall or an operating system refuses.
-- thresholds: used numeric = 0.8

with sessions as materialized (
    select role_name, database, coalesce(state, 'unknown') as state, who
    from maint.sessions()
    where kind is distinct from 'walsender'
), limits (object, words, used, most, states, largest) as (
    select 'server', 'The server', count(*),
        current_setting('max_connections')::integer
            - current_setting('superuser_reserved_connections')::integer
            - coalesce(current_setting('reserved_connections', true)::integer, 0),
        (select jsonb_object_agg(state, number) from (
            select state, count(*) as number from sessions group by state) as by_state),
        (select format('%s of them are of %s', count(*), who) from sessions group by who order by count(*) desc, who limit 1)
    from sessions
    union all
    select format('database %I', datname), format('Database %I', datname), count(*), datconnlimit,
        null, null
    from sessions
    join pg_database on datname = database
    where datconnlimit > 0
    group by datname, datconnlimit
    union all
    select format('role %I', rolname), format('Role %I', rolname), count(*), rolconnlimit, null, null
    from sessions
    join pg_roles on rolname = role_name
    where rolconnlimit > 0
    group by rolname, rolconnlimit
)
select object,
    format('%s has %s of %s possible connections%s.', words, used, most, '; ' || largest) as detail,
    case when used >= most * 0.95 then 'critical' else 'high' end as severity,
    jsonb_build_object('used', used, 'most', most, 'by_state', states) as metadata
from limits
where used >= most * _used
