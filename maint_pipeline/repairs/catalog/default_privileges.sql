-- Default privileges, as what they add to the usual ones and what they take from them ("lost"): a role without a row
-- has the usual ones. In one schema a row can only add.
with listed as (
    select pg_default_acl.oid, defaclrole, defaclnamespace, defaclobjtype, defaclacl,
        case when defaclnamespace = 0
            then acldefault(case defaclobjtype when 'S' then 's'::"char" else defaclobjtype end, defaclrole)
            end as usual
    from pg_catalog.pg_default_acl
), entry as (
    select listed.oid, false as lost, given.grantee, given.privilege_type, given.is_grantable
    from listed
    cross join lateral aclexplode(listed.defaclacl) as given
    except all
    select listed.oid, false, given.grantee, given.privilege_type, given.is_grantable
    from listed
    cross join lateral aclexplode(listed.usual) as given
    union all
    (select listed.oid, true, given.grantee, given.privilege_type, given.is_grantable
    from listed
    cross join lateral aclexplode(listed.usual) as given
    except all
    select listed.oid, true, given.grantee, given.privilege_type, given.is_grantable
    from listed
    cross join lateral aclexplode(listed.defaclacl) as given)
)
select
    format('%s of %I%s: %s%s to %s', objects.name, pg_get_userbyid(defaclrole),
        coalesce(' in ' || quote_ident(nspname), ''), case when entry.lost then 'no ' else '' end, entry.privilege_type,
        receiver.name) as id,
    defaclrole as oid,
    jsonb_build_object(
        'role', quote_ident(pg_get_userbyid(defaclrole)), 'schema', quote_ident(nspname), 'on', objects.name,
        'privilege', entry.privilege_type, 'grantee', receiver.name, 'option', entry.is_grantable,
        'lost', entry.lost) as state
from entry
join listed on listed.oid = entry.oid
cross join lateral (
    select case defaclobjtype when 'r' then 'tables' when 'S' then 'sequences' when 'f' then 'functions'
        when 'T' then 'types' when 'n' then 'schemas' else 'large objects' end
) as objects (name)
cross join lateral (
    select case entry.grantee when 0 then 'public' else quote_ident(pg_get_userbyid(entry.grantee)) end
) as receiver (name)
left join pg_catalog.pg_namespace on pg_namespace.oid = defaclnamespace
