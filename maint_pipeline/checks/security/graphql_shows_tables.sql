-- title: Tables are visible in GraphQL
-- severity: low, because names and columns are shown, not rows
-- needs: pg_catalog.pg_extension
-- description: pg_graphql is installed, and anon or authenticated may select from tables. Their names, columns and
--     relations can be listed through the API, even where row level security hides every row.
-- remediation: Revoke SELECT on tables that a role has no use for, or drop pg_graphql if nothing uses it.
-- cannot see: whether the names are secret.

select
    visitor.name as object,
    format('%s sees the columns of %s tables through pg_graphql.', visitor.name, count(*)) as detail,
    jsonb_build_object('role', visitor.name, 'tables', count(*),
        'examples', to_jsonb((array_agg(exposed.name order by exposed.name))[:20])) as metadata
from maint.exposed_relations('rvmf') as exposed
join maint.api_roles() as visitor on has_any_column_privilege(visitor.role, exposed.relation, 'select')
where exists (select from pg_extension where extname = 'pg_graphql')
    -- Ours shows its rows to administrators.
    and exposed.name <> 'public.maintenance_task_runs'
group by visitor.name
