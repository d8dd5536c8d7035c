-- title: Many administrators
-- severity: medium, because each account is one more that can be taken over
-- needs: user_roles.user_id, user_roles.role
-- description: More users than a few have the application's role admin, and with it every tenant's data and
--     this maintenance.
-- remediation: Take the role from those who don't administer any more.
-- cannot see: administrators that the application knows by other means.
-- thresholds: most integer = 5

select
    'administrators' as object,
    format('%s users are administrators.', count(*)) as detail,
    jsonb_build_object('administrators', count(*),
        'examples', to_jsonb((array_agg(maint.shortened(user_id::text) order by user_id::text))[:20])) as metadata
from maint.user_roles()
where role::text = 'admin'
having count(*) > _most
