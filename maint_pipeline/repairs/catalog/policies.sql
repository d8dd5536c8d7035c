-- Policies of row level security.
select
    format('%I on %s', polname, polrelid::regclass) as id, pg_policy.oid,
    jsonb_build_object(
        'name', quote_ident(polname), 'relation', polrelid::regclass::text, 'permissive', polpermissive,
        'command', case polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update'
            when 'd' then 'delete' else 'all' end,
        'roles', array(
            select case role when 0 then 'public' else quote_ident(pg_get_userbyid(role)) end
            from unnest(polroles) as role order by 1),
        'using', pg_get_expr(polqual, polrelid), 'check', pg_get_expr(polwithcheck, polrelid)) as state
from pg_catalog.pg_policy
