-- The relations that may belong to the application, with what the catalogs and the cumulative statistics say of
-- them: no row of any relation is read. Defaults are recognised in their stored form, because pg_get_expr()
-- would wait for locks on the table. Locks: none but on catalogs.
--
-- Left out: system schemas, ours, temporary relations, partitions of a table, members of extensions but pg_cron's
-- history, what migration tools keep. Left in, with is_ours false: what belongs to a platform or that the current role can't
-- grant, so that it can be said.
with platform (schema) as (
    select unnest(array[
        'auth', 'storage', 'realtime', '_realtime', 'vault', 'pgsodium', 'pgsodium_masks', 'net', 'graphql',
        'graphql_public', 'supabase_functions', 'supabase_migrations', '_analytics', '_supavisor', 'pgbouncer'
    ])
    where to_regrole('authenticator') is not null
), wanted as materialized (
    select pg_class.oid, nspname, relname, relkind, relowner, relrowsecurity, relnamespace,
        nullif(reltuples, -1)::bigint as estimated_rows,
        nspname in (select schema from platform) as is_platform
    from pg_class
    join pg_namespace on pg_namespace.oid = relnamespace
    where relkind in ('r', 'p', 'v', 'm', 'f')
        and relpersistence <> 't'
        and not relispartition
        and nspname !~ '^pg_' and nspname not in ('information_schema', 'maint')
        and (nspname <> 'cron' or relname = 'job_run_details')
        and (nspname, relname) <> ('public', 'maintenance_task_runs')
        and relname !~* '(migration|schema_history|databasechangelog|alembic_version|schema_version)'
        and coalesce(obj_description(pg_class.oid, 'pg_class'), '') not like 'maint\_pipeline:%'
        and (nspname = 'cron' or not exists (
            select from pg_depend
            where classid = 'pg_class'::regclass and objid = pg_class.oid and objsubid = 0
                and deptype = 'e'))
), labels as (
    select enumtypid, jsonb_agg(enumlabel order by enumsortorder) as labels from pg_enum group by enumtypid
), columns as (
    select attrelid, jsonb_agg(jsonb_build_object(
            'name', attname,
            'quoted', quote_ident(attname),
            'type', format_type(coalesce(nullif(typbasetype, 0), pg_type.oid), null),
            'labels', labels.labels,
            'is_not_null', attnotnull,
            'is_default_now', adbin::text ~ '(FUNCEXPR :funcid (1299|2647|2648|2649|2026) |SQLVALUEFUNCTION)',
            'leads_index', exists (
                select from pg_index where indrelid = attrelid and indkey[0] = attnum and indisvalid)
        ) order by attnum) as columns
    from pg_attribute
    join wanted on wanted.oid = attrelid
    join pg_type on pg_type.oid = atttypid
    left join labels on enumtypid = coalesce(nullif(typbasetype, 0), pg_type.oid)
    left join pg_attrdef on adrelid = attrelid and adnum = attnum
    where attnum > 0 and not attisdropped
    group by attrelid
), keys as (
    select conrelid, confrelid, contype, confdeltype,
        (
            select jsonb_agg(attname order by position)
            from unnest(conkey) with ordinality as key (number, position)
            join pg_attribute on attrelid = conrelid and attnum = number
        ) as columns
    from pg_constraint
    where contype in ('p', 'f') and conparentid = 0
), primary_keys as (
    select conrelid, columns from keys where contype = 'p'
), foreign_keys as (
    select conrelid, jsonb_agg(jsonb_build_object(
        'columns', columns, 'to_oid', confrelid::bigint, 'to_schema', nspname, 'to_table', relname
    )) as foreign_keys
    from keys
    join pg_class on pg_class.oid = confrelid
    join pg_namespace on pg_namespace.oid = relnamespace
    where contype = 'f'
    group by conrelid
), referenced as (
    select confrelid, jsonb_agg(distinct conrelid::bigint) as by
    from keys where contype = 'f' and conrelid <> confrelid
    group by confrelid
)
select wanted.oid::bigint as oid, nspname as schema, relname as name, relkind::text as kind,
    format('%I.%I', nspname, relname) as quoted,
    estimated_rows,
    n_tup_ins as rows_inserted, n_tup_upd as rows_updated, n_tup_del as rows_deleted,
    is_platform,
    case
        when not has_schema_privilege(relnamespace, 'usage')
            then format('%I lacks usage on schema %I', current_user, nspname)
        when not (has_table_privilege(wanted.oid, 'select') or has_any_column_privilege(wanted.oid, 'select'))
            then format('%I lacks select on it', current_user)
        when not (pg_has_role(relowner, 'usage') or has_table_privilege(wanted.oid, 'select with grant option'))
            then format('%I can''t grant select on it: it belongs to %I', current_user,
                pg_get_userbyid(relowner))
    end as closed_because,
    coalesce(columns.columns, '[]') as columns,
    coalesce(primary_keys.columns, '[]') as primary_key,
    coalesce(foreign_keys.foreign_keys, '[]') as foreign_keys,
    coalesce(referenced.by, '[]') as referenced_by
from wanted
left join columns on columns.attrelid = wanted.oid
left join primary_keys on primary_keys.conrelid = wanted.oid
left join foreign_keys on foreign_keys.conrelid = wanted.oid
left join referenced on referenced.confrelid = wanted.oid
left join lateral (
    select pg_stat_get_tuples_inserted(wanted.oid) as n_tup_ins,
        pg_stat_get_tuples_updated(wanted.oid) as n_tup_upd,
        pg_stat_get_tuples_deleted(wanted.oid) as n_tup_del
) as figures on true
order by nspname, relname
