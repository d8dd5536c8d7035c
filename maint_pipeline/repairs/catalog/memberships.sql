-- Memberships, each by who granted it. The options are columns whose number grows with the versions of PostgreSQL.
select
    format('%I in %I by %I', pg_get_userbyid(member), pg_get_userbyid(roleid), pg_get_userbyid(grantor)) as id,
    (member::bigint << 32) + roleid::bigint as oid,
    jsonb_build_object(
        'role', quote_ident(pg_get_userbyid(roleid)), 'member', quote_ident(pg_get_userbyid(member)),
        'grantor', quote_ident(pg_get_userbyid(grantor)),
        'options', to_jsonb(pg_auth_members) - '{oid,roleid,member,grantor}'::text[]) as state
from pg_catalog.pg_auth_members
