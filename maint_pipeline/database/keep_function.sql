-- Keeps a function of the application that ours replaces, as remove_additions.sql gives it back.
insert into maint.kept_functions (signature, definition, owner, grants, comment)
select pg_proc.oid::regprocedure::text, pg_get_functiondef(pg_proc.oid), proowner::regrole::text,
    array(
        select format('grant execute on function %s to %s%s', pg_proc.oid::regprocedure,
            coalesce(nullif(grantee, 0)::regrole::text, 'public'),
            case when is_grantable then ' with grant option' else '' end)
        from aclexplode(coalesce(proacl, acldefault('f', proowner))) with ordinality
        order by ordinality
    ),
    obj_description(pg_proc.oid, 'pg_proc')
from pg_proc
where pg_proc.oid = :signature::regprocedure
on conflict (signature) do update
set definition = excluded.definition, owner = excluded.owner, grants = excluded.grants,
    comment = excluded.comment, kept_at = now();
