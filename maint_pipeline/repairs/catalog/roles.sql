-- Roles: what each may do by itself. Passwords are not looked at: no repair touches one.
select
    quote_ident(rolname) as id, pg_roles.oid,
    jsonb_build_object(
        'flags', jsonb_build_object(
            'superuser', rolsuper, 'inherit', rolinherit, 'createrole', rolcreaterole, 'createdb', rolcreatedb,
            'login', rolcanlogin, 'replication', rolreplication, 'bypassrls', rolbypassrls),
        'limit', rolconnlimit, 'until', rolvaliduntil) as state
from pg_catalog.pg_roles
