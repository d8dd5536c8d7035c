-- title: New objects are open to strangers by default
-- severity: low, because the platform sets it up so, and row level security is the protection it counts on
-- needs: pg_catalog.pg_default_acl
-- description: Default privileges grant what somebody creates to anon, or to everybody (medium for tables), at once.
--     A table is open from its creation until row level security is switched on; a function for good. That
--     functions are everybody's is how PostgreSQL begins, and not reported.
-- remediation: Revoke the default privileges and grant what anonymous users need by name.
-- cannot see: what was created before, and grants that follow by hand.

select
    format('%s of %s in %s', objects.name, pg_get_userbyid(defaclrole),
        coalesce(nspname, 'every schema')) as object,
    format('%s that %s creates in %s are granted to %s at once: %s.', initcap(objects.name),
        pg_get_userbyid(defaclrole), coalesce(nspname, 'every schema'),
        case when bool_or(grantee = 0) then 'everybody' else 'anon' end,
        lower(string_agg(distinct privilege_type, ', '))) as detail,
    case when bool_or(grantee = 0) and objects.type = 'r' then 'medium' else 'low' end as severity,
    jsonb_build_object('creator', pg_get_userbyid(defaclrole), 'schema', nspname,
        'privileges', jsonb_agg(distinct privilege_type)) as metadata,
    format('alter default privileges for role %I%s revoke all on %s from %s;',
        pg_get_userbyid(defaclrole), ' in schema ' || quote_ident(nspname), objects.name,
        string_agg(distinct case grantee when 0 then 'public' else 'anon' end, ', ')) as fix,
    jsonb_build_object('what', format('use at once what %s creates later', pg_get_userbyid(defaclrole)), 'roles', jsonb_agg(distinct case grantee when 0 then 'public' else 'anon' end)) as takes,
    maint.platform_role(defaclrole) as managed_by
from pg_default_acl
cross join aclexplode(defaclacl)
join (values ('r', 'tables'), ('f', 'functions'), ('S', 'sequences')) as objects (type, name)
    on objects.type = defaclobjtype::text
left join pg_namespace on pg_namespace.oid = defaclnamespace
where (grantee = to_regrole('anon') or grantee = 0 and defaclobjtype <> 'f')
    and (defaclnamespace = 0 or defaclnamespace in (select maint.exposed_schemas()))
group by objects.name, objects.type, defaclrole, nspname
