-- title: New objects are open to strangers by default
-- severity: low, because the platform sets it up so, and row level security is the protection it counts on
-- needs: pg_catalog.pg_default_acl
-- description: Default privileges grant what somebody creates to anon, or to everybody (medium for tables), at once.
--     A table is open from its creation until row level security is switched on; a function for good. That
--     functions are everybody's is how PostgreSQL begins, and not reported. One finding for each creator and schema.
-- remediation: Revoke the default privileges and grant what anonymous users need by name.
-- cannot see: what was created before, and grants that follow by hand.

select
    format('%s in %s', opened.creator, opened.place) as object,
    format('What %s creates in %s is open at once: %s.', opened.creator, opened.place,
        string_agg(format('%s to %s (%s)', opened.name, opened.receiver, opened.privileges), '; ' order by opened.name))
        as detail,
    case when bool_or(opened.name = 'tables' and opened.receiver = 'everybody') then 'medium' else 'low' end as severity,
    jsonb_build_object('creator', opened.creator, 'schema', opened.schema,
        'kinds', jsonb_agg(opened.name order by opened.name)) as metadata,
    string_agg(format('alter default privileges for role %I%s revoke all on %s from %s', opened.creator,
        ' in schema ' || quote_ident(opened.schema), opened.name,
        case opened.receiver when 'everybody' then 'public' else 'anon' end), e';\n') || ';' as fix,
    jsonb_build_object('what', format('use at once what %s creates later', opened.creator),
        'roles', jsonb_agg(distinct case opened.receiver when 'everybody' then 'public' else 'anon' end)) as takes,
    maint.platform_role(opened.defaclrole) as managed_by
from (
    select defaclrole, pg_get_userbyid(defaclrole) as creator, nspname as schema, coalesce(nspname, 'every schema') as place,
        objects.name, case grantee when 0 then 'everybody' else 'anon' end as receiver,
        lower(string_agg(privilege_type, ', ' order by privilege_type)) as privileges
    from pg_default_acl
    cross join aclexplode(defaclacl)
    join (values ('r', 'tables'), ('f', 'functions'), ('S', 'sequences')) as objects (type, name)
        on objects.type = defaclobjtype::text
    left join pg_namespace on pg_namespace.oid = defaclnamespace
    where (grantee = to_regrole('anon') or grantee = 0 and defaclobjtype <> 'f')
        and (defaclnamespace = 0 or defaclnamespace in (select maint.exposed_schemas()))
    group by defaclrole, nspname, objects.name, grantee
) as opened
group by opened.defaclrole, opened.creator, opened.place, opened.schema
