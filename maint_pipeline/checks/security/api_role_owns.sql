-- title: A role of the API owns objects
-- severity: critical, because an owner is bound by no policy, and may change and drop what it owns
-- needs: pg_catalog.pg_class
-- description: anon or authenticated owns a schema, a table, a view or a function. Row level security does not hold for a
--     table's owner, who may also grant, alter and drop it; what a schema's owner makes in it can take the place
--     of what others mean.
-- remediation: Change the owner to the role that your migrations run as.
-- cannot see: objects that roles own of which these are members (api_role_membership sees those of the API).

select
    visitor.name as object,
    format('%s owns %s: %s.', visitor.name, maint.pluralize(count(*), 'object'),
        array_to_string((array_agg(owned.name order by owned.name))[:5], ', ')) as detail,
    jsonb_build_object('role', visitor.name, 'objects', to_jsonb((array_agg(owned.name order by owned.name))[:20]),
        'path', format('%s → owns %s', visitor.name, min(owned.name))) as metadata
from maint.api_roles() as visitor
join (
    select relowner as owner, format('%I.%I', nspname, relname) as name
    from pg_class
    join pg_namespace on pg_namespace.oid = relnamespace
    where relkind in ('r', 'p', 'v', 'm', 'f', 'S') and relpersistence <> 't'
        and relowner in (select role from maint.api_roles())
    union all
    select proowner, pg_proc.oid::regprocedure::text from pg_proc
    where proowner in (select role from maint.api_roles())
    union all
    select nspowner, format('schema %I', nspname) from pg_namespace where nspname not like 'pg\_%'
) as owned on owned.owner = visitor.role
group by visitor.name
