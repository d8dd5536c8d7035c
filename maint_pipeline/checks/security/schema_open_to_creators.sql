-- title: Everybody may create objects in a schema
-- severity: high, because an object of the right name takes the place of what others mean
-- needs: pg_catalog.pg_namespace
-- description: PUBLIC, anon or authenticated may create tables and functions in a schema, or schemas in the
--     database. Whoever has that
--     schema in their search_path can be made to call a stranger's function (CVE-2018-1058).
-- remediation: Revoke CREATE on the schema, and grant it to the roles that own the application's objects.
-- cannot see: what has been created there already.

select
    format('%I for %s', nspname, creator.name) as object,
    format('%s may create objects in schema %I.', creator.name, nspname) as detail,
    jsonb_build_object('schema', nspname, 'role', creator.name) as metadata,
    format('revoke create on schema %I from %s;', nspname, creator.name) as fix,
    jsonb_build_object('what', format('create objects in schema %I', nspname), 'roles', jsonb_build_array(creator.name)) as takes,
    maint.platform_role(nspowner) as managed_by
from pg_namespace
cross join lateral (
    select coalesce(nullif(grantee, 0)::regrole::text, 'public') as name
    from aclexplode(nspacl)
    where privilege_type = 'CREATE'
        and (grantee = 0 or grantee in (select role from maint.api_roles()))
) as creator
where nspname not like 'pg\_%'
union all
select
    format('database for %s', creator.name),
    format('%s may create schemas, and trusted extensions, in this database.', creator.name),
    jsonb_build_object('role', creator.name),
    format('revoke create on database %I from %s;', datname, creator.name),
    jsonb_build_object('what', 'create schemas and extensions', 'roles', jsonb_build_array(creator.name)),
    maint.platform_role(datdba)
from pg_database
cross join lateral (
    select coalesce(nullif(grantee, 0)::regrole::text, 'public') as name
    from aclexplode(datacl)
    where privilege_type = 'CREATE'
        and (grantee = 0 or grantee in (select role from maint.api_roles()))
) as creator
where datname = current_database()
