-- title: Policy opens up to who is not signed in
-- severity: high, because it is an inverted condition: it excludes everybody but strangers
-- needs: pg_catalog.pg_policy
-- description: A permissive policy for anon or everybody has, joined by OR, a condition that the user's identity is
--     missing (auth.uid() is null). Without signing in one passes it for every row.
-- remediation: Take that part out; what was meant is nearly always auth.uid() is not null and a condition.

select
    format('%s: %s', policy.name, policy.policy) as object,
    format('Policy "%s" of table %s is true for who is not signed in.', policy.policy, policy.name)
        as detail,
    jsonb_build_object('using', policy.using_text, 'with_check', policy.check_text) as metadata
from maint.policies() as policy
join maint.api_roles() as visitor on visitor.name = 'anon'
    and maint.concerns(policy.roles, visitor.role)
cross join lateral (
    -- Calls within a sub-select are the same; then what is in brackets deeper than one level is left out.
    select regexp_replace(regexp_replace(concat_ws(' OR ', policy.using_text, policy.check_text),
        '\( SELECT (auth\.\w+\(\))[^()]*\)', '\1', 'g'),
        '(auth\.(?:uid|jwt|role)|current_setting)\([^()]*\)', '\1', 'g') as text
) as condition
where policy.is_permissive
    and condition.text ~ '(auth\.(uid|jwt|role)|current_setting) IS NULL\)?( OR |\)*$)'
    and condition.text !~ ' AND '
