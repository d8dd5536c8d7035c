-- title: Privileged function trusts the caller's search_path
-- severity: medium, because a session of the caller's own can have its table or function used with the owner's rights
-- needs: pg_catalog.pg_proc
-- description: A SECURITY DEFINER function sets no search_path, so that a caller's own table or function can
--     take the place of what it means, with its owner's rights. High where a role of the API may create objects. Not
--     where its body has no name without schema and no operator.
-- remediation: Set a search_path on it that ends in pg_temp, and qualify the names in its body.
-- cannot see: functions in other languages that set their path themselves.

select
    application.name as object,
    format('Function %s is SECURITY DEFINER and sets no search_path.', application.name) as detail,
    case when exists (
        select from pg_namespace
        join maint.api_roles() as visitor on has_schema_privilege(visitor.role, pg_namespace.oid, 'create')
        where nspname not like 'pg\_%'
    ) then 'high' else 'medium' end as severity,
    jsonb_build_object('owner', pg_get_userbyid(application.owner)) as metadata,
    format('alter routine %s set search_path = pg_catalog, %s, pg_temp;', application.name,
        application.schema::regnamespace) as fix,
    maint.platform_role(application.owner) as managed_by
from maint.application_functions() as application
join maint.function_bodies() as bodies on bodies.routine = application.routine
cross join lateral (
    -- Without texts, assignments, and stars that are no operators.
    select regexp_replace(regexp_replace(bodies.body, '\(\s*\*\s*\)', '()', 'g'),
        '''(?:[^'']|'''')*''|:=|=>|\mselect\s+\*|\.\*', ' ', 'gi') as code
) as bare
where application.is_definer
    -- Where every name has its schema and no operator is used, there is nothing to take the place of.
    and (bare.code ~ '[=<>~!@#%^&|*/+-]'
        or bodies.body ~* '\m(insert\s+into|update|delete\s+from|from|join)\s+(only\s+)?"?\w+"?(?!\w*"?\s*[.(])|\mexecute\M'
        or bare.code ~* '(^|[^.\w"])(?!(values|exists|in|and|or|not|if|elsif|when|coalesce|returns?|now|select|as|into|on|row|using)\M)[a-z_]\w*\s*\(')
    and not exists (
        select from unnest(application.config) as setting where setting like 'search_path=%'
    )
