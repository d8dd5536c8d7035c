-- title: Policy opens up to who is not signed in
-- severity: high, because it is an inverted condition: it excludes everybody but strangers
-- needs: pg_catalog.pg_policy
-- description: A permissive policy for anon or everybody has, joined by OR, a condition that the user's identity is
--     missing (auth.uid() is null). Without signing in one passes it for every row, and whoever signs in does
--     not.
-- remediation: Take that part out; what was meant is nearly always auth.uid() is not null and a condition.
-- cannot see: such conditions inside of functions.

select
    format('%s: %s', judged.name, judged.policy) as object,
    format('Policy "%s" of table %s is true for who is not signed in.', judged.policy, judged.name)
        as detail,
    jsonb_build_object('using', judged.using_text, 'with_check', judged.check_text, 'path',
        format('anon → table %s → policy "%s" is true', judged.name, judged.policy)) as metadata
from maint.judged_policies() as judged
where judged.is_permissive and judged.is_enforced and judged.visitor_name = 'anon'
    and (judged.using_passers = 'everybody' and maint.passers_of(judged.using_text, true) <> 'everybody'
        or judged.check_passers = 'everybody'
            and maint.passers_of(coalesce(judged.check_text, judged.using_text), true) <> 'everybody')
