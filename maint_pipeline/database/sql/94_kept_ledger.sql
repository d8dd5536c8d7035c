-- Notes grants and row level security of a ledger that the application had before, before they are changed.
-- Run as the role that migrates. Locks: none.

insert into maint.kept_relations (relation, grants, row_security)
select pg_class.oid::regclass::text,
    array(
        select format('grant %s on %s to %s%s',
            string_agg(
                privilege_type || case when attname is null then '' else format(' (%I)', attname) end,
                ', ' order by privilege_n),
            pg_class.oid::regclass,
            coalesce(nullif(grantee, 0)::regrole::text, 'public'),
            case when is_grantable then ' with grant option' else '' end)
        from (
            select null::name as attname, 0 as attnum, acl.*
            from aclexplode(coalesce(relacl, acldefault('r', relowner)))
                with ordinality as acl (grantor, grantee, privilege_type, is_grantable, privilege_n)
            union all
            select attname, attnum, acl.*
            from pg_attribute
            cross join aclexplode(attacl)
                with ordinality as acl (grantor, grantee, privilege_type, is_grantable, privilege_n)
            where attrelid = pg_class.oid and not attisdropped
        ) as granted
        where grantee <> 'maint_owner'::regrole
        group by attnum, attname, grantee, is_grantable
        order by attnum, min(privilege_n)
    ),
    relrowsecurity
from pg_class
where oid = 'public.maintenance_task_runs'::regclass
    and obj_description(oid, 'pg_class') is distinct from 'maint_pipeline: every run of every task'
on conflict (relation) do nothing;
