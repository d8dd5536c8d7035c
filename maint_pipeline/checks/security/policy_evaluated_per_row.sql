-- title: Policy asks who the user is for every row
-- severity: low, because it slows down and doesn't open anything
-- needs: pg_catalog.pg_policy
-- description: A policy of a table under row level security calls auth.uid(), auth.jwt(), auth.role() or
--     current_setting() for each row that it looks at. Within a sub-select the answer is computed once for the
--     statement, which makes large scans many times faster. Policies for
--     inserts are left out: writing a row costs more than asking once for it.
-- remediation: Write (select auth.uid()) instead of auth.uid(), and so on.
-- cannot see: functions of yours that don't depend on the row and are called for each all the same.

select
    format('%s: %s', policy.name, policy.policy) as object,
    format('Policy "%s" of table %s calls a function of the session for each row.', policy.policy,
        policy.name) as detail,
    jsonb_build_object('using', policy.using_text, 'with_check', policy.check_text) as metadata,
    format('alter policy %I on %s%s%s;', policy.policy, policy.name,
        ' using (' || wrapped.using_text || ')', ' with check (' || wrapped.check_text || ')') as fix
from maint.policies() as policy
cross join lateral (
    select
        regexp_replace(policy.using_text, call.pattern, '(select \1)', 'g') as using_text,
        regexp_replace(policy.check_text, call.pattern, '(select \1)', 'g') as check_text
    from (
        values ('(?<!SELECT )(?<!SELECT \()(auth\.(?:uid|jwt|role|email)\(\)|current_setting\([^()]*\))')
    ) as call (pattern)
) as wrapped
where policy.is_enforced
    -- Writing a row costs more than asking once for it.
    and policy.command <> 'insert'
    and (wrapped.using_text is distinct from policy.using_text
        or wrapped.check_text is distinct from policy.check_text)
