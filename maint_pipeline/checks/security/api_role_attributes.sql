-- title: A role of the API has rights of the whole server
-- severity: critical, because whoever has the address of the API works with them
-- needs: pg_catalog.pg_roles
-- description: anon or authenticated is a superuser, bypasses row level security, creates roles or databases, or
--     replicates. The API reaches these roles by SET ROLE, so it makes no difference that they can't log in.
-- remediation: Take the attributes away. Nothing that the API does needs them.
-- cannot see: attributes of other roles that your own programs set with SET ROLE.

select
    rolname as object,
    format('Role %I, as which the API works, %s.', rolname, array_to_string(rights.list, ', ')) as detail,
    case when rolsuper or rolbypassrls or rolcreaterole or rolreplication then 'critical' else 'high' end
        as severity,
    jsonb_build_object('role', rolname, 'rights', to_jsonb(rights.list),
        'path', format('%s → %s', rolname, array_to_string(rights.list, ', '))) as metadata,
    format('alter role %I nosuperuser nobypassrls nocreaterole nocreatedb noreplication;', rolname) as fix,
    jsonb_build_object('what', 'work with these rights', 'roles', jsonb_build_array(rolname)) as takes
from pg_roles
join maint.api_roles() as visitor on visitor.role = pg_roles.oid
cross join lateral (
    select array_remove(array[
        case when rolsuper then 'is a superuser' end,
        case when rolbypassrls then 'bypasses row level security' end,
        case when rolcreaterole then 'may create roles' end,
        case when rolcreatedb then 'may create databases' end,
        case when rolreplication then 'may replicate' end], null) as list
) as rights
where rights.list <> '{}'
