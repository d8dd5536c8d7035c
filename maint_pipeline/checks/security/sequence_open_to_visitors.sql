-- title: API roles can set sequences
-- severity: low, because the API offers no way to ask for it, but any function that runs SQL does
-- needs: pg_catalog.pg_class
-- description: anon or authenticated has UPDATE on sequences. Whoever may set one makes inserts fail, or numbers repeat.
--     An insert needs USAGE only, and none at all for an identity column.
-- remediation: Revoke UPDATE on the sequences, and from the default privileges.
-- cannot see: functions that set sequences with the rights of others.

select
    exposed.schema::regnamespace::text as object,
    format('%s may set %s in schema %s.', string_agg(distinct visitor.name, ' and '),
        maint.pluralize(count(distinct exposed.relation), 'sequence'), exposed.schema::regnamespace) as detail,
    jsonb_build_object('roles', jsonb_agg(distinct visitor.name), 'sequences', count(distinct exposed.relation),
        'examples', to_jsonb((array_agg(distinct exposed.name))[:10])) as metadata,
    format('revoke update on all sequences in schema %s from %s;', exposed.schema::regnamespace,
        string_agg(distinct quote_ident(visitor.name), ', ')) as fix,
    jsonb_build_object('what', format('set sequences in schema %s', exposed.schema::regnamespace),
        'roles', jsonb_agg(distinct visitor.name)) as takes
from maint.exposed_relations('S') as exposed
join maint.api_roles() as visitor on has_sequence_privilege(visitor.role, exposed.relation, 'update')
group by exposed.schema
