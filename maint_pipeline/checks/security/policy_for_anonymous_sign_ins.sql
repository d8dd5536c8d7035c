-- title: Policy holds for anonymous sign-ins too
-- severity: low, because strangers then do what was meant for people who registered
-- needs: pg_catalog.pg_policy
-- description: Anonymous sign-ins are in use (the setting anonymous_sign_ins of maint.settings is on, or auth.users has
--     such a user), and a policy for authenticated (or everybody) that passes whoever is signed in does not
--     ask for the claim is_anonymous. One finding, with the tables.
-- remediation: Add to the policies, or to restrictive ones,
--     (select (auth.jwt() ->> 'is_anonymous')::boolean) is not true. Where people who signed in
--     anonymously may do this too, ignore the finding.
-- cannot see: whether the feature is on before somebody uses it: it is no setting of the database.

select
    'anonymous sign-ins' as object,
    format('Policies of %s pass whoever signed in anonymously.', maint.pluralize(count(distinct judged.name), 'table'))
        as detail,
    jsonb_build_object('tables', count(distinct judged.name),
        'examples', to_jsonb((array_agg(distinct format('%s: %s', judged.name, judged.policy)))[:20])) as metadata
from maint.judged_policies() as judged
where maint.require(maint.has_anonymous_sign_ins(),
        'nothing tells that anonymous sign-ins are in use (setting anonymous_sign_ins)')
    and judged.is_permissive and judged.is_enforced and judged.visitor_name = 'authenticated'
    and concat(judged.using_text, judged.check_text) !~ 'is_anonymous'
    and not exists (
        select from maint.policies() as narrowing
        where narrowing.relation = judged.relation and not narrowing.is_permissive
            and narrowing.command in (judged.command, 'all')
            and concat(narrowing.using_text, narrowing.check_text) ~ 'is_anonymous'
    )
having count(*) > 0
