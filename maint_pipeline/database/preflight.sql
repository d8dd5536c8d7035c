-- What would keep a migration by the current role from getting to its end: a problem and its remedy
-- each. Only reads. Takes %(ledger_columns)s, our columns of the ledger (columns.py), as JSON.

with me as (
    select rolname, oid, rolsuper, rolcreaterole, rolinherit, rolbypassrls
    from pg_roles
    where rolname = current_user
), server as (
    select current_setting('server_version_num')::integer >= 160000 as has_set_option
), owner_role as (
    select oid, rolbypassrls from pg_roles where rolname = 'maint_owner'
), ledger as (
    -- It gets columns and policies: its owner alone may do that.
    select oid, oid::regclass as relation, relkind, relowner
    from pg_class
    where oid = to_regclass('public.maintenance_task_runs')
)
-- Roles
select
    format('the role %%I is missing and %%I may not create roles', missing.name, me.rolname) as problem,
    format('As a superuser: create role %%I %%s', missing.name,
        case
            when missing.name in ('maint_owner', 'service_role') then 'nologin bypassrls'
            when missing.name = 'maint_worker' then 'login noinherit'
            else 'nologin'
        end) as remedy
from me
cross join unnest(array['anon', 'authenticated', 'service_role', 'maint_owner', 'maint_worker'])
    as missing (name)
where not me.rolsuper and not me.rolcreaterole
    and not exists (select from pg_roles where rolname = missing.name)
union all
select
    format('%%I may not act as maint_owner', me.rolname),
    format('As a superuser: grant maint_owner to %%I%%s', me.rolname,
        case when server.has_set_option then ' with inherit true, set true' else '' end)
from me
cross join server
cross join owner_role
where not me.rolsuper
    and not case
        when server.has_set_option then
            -- The ADMIN option suffices to grant oneself the rest.
            pg_has_role(me.oid, owner_role.oid, 'member with admin option')
            or pg_has_role(me.oid, owner_role.oid, 'usage')
                and pg_has_role(me.oid, owner_role.oid,
                    case when server.has_set_option then 'set' else 'member' end)
        else me.rolcreaterole or pg_has_role(me.oid, owner_role.oid, 'member')
    end
union all
-- The role that tasks log in as
select
    format('%%I may not make maint_worker a member of maint_owner', me.rolname),
    format('As a superuser: grant maint_owner to maint_worker%%s',
        case when server.has_set_option then ' with inherit false, set true' else '' end)
from me
cross join server
cross join owner_role
join pg_roles as worker on worker.rolname = 'maint_worker'
where not me.rolsuper
    and not pg_has_role(worker.oid, owner_role.oid,
        case when server.has_set_option then 'set' else 'member' end)
    and not case
        when server.has_set_option then pg_has_role(me.oid, owner_role.oid, 'member with admin option')
        else me.rolcreaterole
    end
union all
select
    'the role maint_worker, in which tasks log in, can do more than maint_owner',
    'alter role maint_worker nosuperuser nocreaterole noreplication nobypassrls, and revoke its other '
        'memberships'
from pg_roles as worker
where worker.rolname = 'maint_worker'
    and (worker.rolsuper or worker.rolcreaterole or worker.rolreplication or worker.rolbypassrls
        or exists (
            select from pg_auth_members
            left join owner_role on owner_role.oid = roleid
            where member = worker.oid and owner_role.oid is null
        ))
union all
select
    format('%%I does not inherit the rights of roles it is a member of', me.rolname),
    format('alter role %%I inherit', me.rolname)
from me
cross join server
where not me.rolsuper and not me.rolinherit and not server.has_set_option
-- Schemas
union all
select
    format('%%I may not create the schema maint', me.rolname),
    format('grant create on database %%I to %%I', current_database(), me.rolname)
from me
where to_regnamespace('maint') is null and not has_database_privilege(current_database(), 'create')
union all
select
    format('the schema maint belongs to %%I and is not ours', pg_get_userbyid(nspowner)),
    'Rename it: maint_pipeline needs that name'
from pg_namespace
where nspname = 'maint' and pg_get_userbyid(nspowner) <> 'maint_owner'
union all
select
    format('%%I may not let maint_owner create functions in schema public', me.rolname),
    format('grant create on schema public to %%I with grant option', me.rolname)
from me
where not has_schema_privilege('public', 'create with grant option')
union all
select
    format('%%I may not let maint_owner use schema public', me.rolname),
    format('grant usage on schema public to %%I with grant option', me.rolname)
from me
where not has_schema_privilege('public', 'usage with grant option')
    and not coalesce(has_schema_privilege(to_regrole('maint_owner'), 'public', 'usage'),
        exists (select from pg_namespace
            cross join aclexplode(coalesce(nspacl, acldefault('n', nspowner)))
            where nspname = 'public' and grantee = 0 and privilege_type = 'USAGE'))
-- Tables
union all
select
    format('%%s belongs to %%I, and %%I may not alter it', ledger.relation,
        pg_get_userbyid(ledger.relowner), me.rolname),
    format('Migrate as %%I, or alter table %%s owner to %%I', pg_get_userbyid(ledger.relowner),
        ledger.relation, me.rolname)
from ledger
cross join me
where not pg_has_role(me.oid, ledger.relowner, 'usage')
union all
select
    format('%%s has a column %%I of type %%s already', attrelid::regclass, attname,
        format_type(atttypid, atttypmod)),
    format('Rename it: maint_pipeline needs that name for a column of type %%s', ours.type)
from ledger
cross join jsonb_to_recordset(%(ledger_columns)s::jsonb) as ours (name text, type text)
join pg_attribute on attrelid = ledger.oid and attname = ours.name
where not attisdropped and format_type(atttypid, atttypmod) <> ours.type
-- The ledger: its name is what others read, so it can't be kept elsewhere
union all
select
    format('%%s is %%s', ledger.relation, case relkind
        when 'v' then 'a view' when 'm' then 'a materialized view' when 'f' then 'a foreign table'
        when 'S' then 'a sequence' when 'i' then 'an index' when 'I' then 'an index'
        when 'p' then 'a partitioned table' else 'a type' end),
    format('Rename it: maint_pipeline keeps the history of its tasks in a table of that name')
from ledger
where relkind <> 'r'
union all
select 'there is a type public.maintenance_task_runs',
    'Rename it: maint_pipeline keeps the history of its tasks in a table of that name'
from pg_type
where typname = 'maintenance_task_runs' and typnamespace = 'public'::regnamespace
    and not exists (select from ledger)
union all
select
    case when attname is null then format('%%s has no column %%I', ledger.relation, wanted.name)
        else format('%%s has a column %%I of type %%s', ledger.relation, attname,
            format_type(atttypid, atttypmod)) end,
    format('Rename the table: maint_pipeline keeps the history of its tasks there, in a column %%I of type %%s',
        wanted.name, wanted.types[1])
from ledger
cross join (values
    ('id', '{uuid}'::text[]), ('task_name', '{text,character varying}'),
    ('started_at', '{timestamp with time zone}'), ('finished_at', '{timestamp with time zone}'),
    ('status', '{text,character varying}'), ('details', '{jsonb}'),
    ('error_message', '{text}')
) as wanted (name, types)
left join pg_attribute on attrelid = ledger.oid and attname = wanted.name and not attisdropped
where relkind = 'r'
    and (attname is null or attgenerated <> ''
        or format_type(atttypid, atttypmod) <> all (wanted.types))
union all
select
    format('%%s.%%I is not null and has no default', ledger.relation, attname),
    format('alter table %%s alter %%I drop not null, or rename the table', ledger.relation, attname)
from ledger
join pg_attribute on attrelid = ledger.oid
where relkind = 'r' and attnum > 0 and not attisdropped and attnotnull and not atthasdef
    and attidentity = '' and attname not in ('id', 'task_name', 'started_at', 'status', 'details')
union all
select
    format('%%s refuses what maint_pipeline writes: constraint %%I', ledger.relation, conname),
    format('alter table %%s drop constraint %%I, or rename the table', ledger.relation, conname)
from ledger
join pg_constraint on conrelid = ledger.oid
join pg_attribute as status on status.attrelid = ledger.oid and status.attname = 'status'
where relkind = 'r' and contype = 'c' and conkey = array[status.attnum]
    and exists (
        select from unnest(array['running', 'completed', 'failed', 'skipped', 'canceled']) as written
        where strpos(pg_get_constraintdef(pg_constraint.oid), quote_literal(written)) = 0)
-- What the application had before is given back from here
union all
select
    format('%%s belongs to %%I, and %%I may not write it', pg_class.oid::regclass,
        pg_get_userbyid(relowner), me.rolname),
    format('Migrate as %%I, or alter table %%s owner to %%I', pg_get_userbyid(relowner),
        pg_class.oid::regclass, me.rolname)
from pg_class
cross join me
where pg_class.oid in (to_regclass('maint.kept_functions'), to_regclass('maint.kept_relations'))
    and not pg_has_role(relowner, 'usage')
order by problem
