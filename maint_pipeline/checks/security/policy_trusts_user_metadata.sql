-- title: Policy trusts what users write about themselves
-- severity: critical, because any signed-in user can give themselves the right
-- needs: pg_catalog.pg_policy
-- description: A policy looks at user_metadata (raw_user_meta_data), which every user may edit through the
--     API. Whoever knows the key that the policy reads has what it grants.
-- remediation: Use app_metadata, which users can't write, or a table of roles.

select
    format('%s: %s', policy.name, policy.policy) as object,
    format('Policy "%s" of table %s depends on user_metadata.', policy.policy, policy.name) as detail,
    jsonb_build_object('using', policy.using_text, 'with_check', policy.check_text) as metadata
from maint.policies() as policy
where concat(policy.using_text, ' ', policy.check_text) ~ 'user_metadata|raw_user_meta_data'
