-- title: API roles can truncate tables
-- severity: medium, because row level security does not stop it, although the API offers no way to ask for it
-- needs: pg_catalog.pg_class
-- description: anon or authenticated has TRUNCATE on tables. No policy is ever asked for it: any function or
--     injection that runs as these roles can empty the tables at once.
-- remediation: Revoke TRUNCATE. Nothing that goes through the API needs it.
-- cannot see: functions that truncate with the rights of others.

select
    exposed.schema::regnamespace::text as object,
    format('%s may truncate %s tables in schema %s.', string_agg(distinct visitor.name, ' and '),
        count(distinct exposed.relation), exposed.schema::regnamespace) as detail,
    jsonb_build_object('roles', jsonb_agg(distinct visitor.name), 'tables', count(distinct exposed.relation),
        'examples', to_jsonb((array_agg(distinct exposed.name order by exposed.name))[:10])) as metadata,
    format('revoke truncate on all tables in schema %s from %s;', exposed.schema::regnamespace,
        string_agg(distinct quote_ident(visitor.name), ', ')) as fix,
    jsonb_build_object('what', format('truncate tables in schema %s', exposed.schema::regnamespace),
        'roles', jsonb_agg(distinct visitor.name)) as takes
from maint.exposed_relations('rp') as exposed
join maint.api_roles() as visitor on has_table_privilege(visitor.role, exposed.relation, 'truncate')
group by exposed.schema
