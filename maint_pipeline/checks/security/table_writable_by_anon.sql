-- title: Anonymous users can write to a table
-- severity: high, because nobody has to sign in to change or to flood it
-- needs: pg_catalog.pg_class
-- description: anon may insert, update or delete in a table, and row level security is off or has a
--     permissive policy that allows it.
-- remediation: Revoke the privileges from anon, or the policy's roles; accept what anonymous users send through a
--     function that checks it.

select
    exposed.name as object,
    format('anon may %s in table %s.', string_agg(command.name, ', ' order by command.name),
        exposed.name) as detail,
    jsonb_build_object('commands', jsonb_agg(command.name order by command.name)) as metadata,
    format('revoke %s on %s from anon;', string_agg(command.name, ', ' order by command.name),
        exposed.name) as fix
from maint.exposed_relations('rp') as exposed
join pg_class on pg_class.oid = exposed.relation
join maint.api_roles() as visitor on visitor.name = 'anon'
join (values ('insert'), ('update'), ('delete')) as command (name)
    on has_table_privilege(visitor.role, exposed.relation, command.name)
where not relrowsecurity or exists (
    select from maint.policies() as policy
    where policy.relation = exposed.relation and policy.is_permissive
        and policy.command in (command.name, 'all')
        and btrim(coalesce(policy.check_text, policy.using_text), '() ') <> 'false'
        and maint.concerns(policy.roles, visitor.role)
        -- What asks for the user's identity never holds for who has none.
        and concat(policy.using_text, policy.check_text) !~ 'auth\.uid\(\)'
)
group by exposed.name
