-- title: The test of administrators fails
-- severity: high, because no signed-in user can read alerts and history or start a task
-- needs: maint.settings
-- description: The function that says who is an administrator raises an error or was dropped. Signed-in users count as no
--     administrators until it works again; the service role and the database's operators are not concerned. Medium
--     where nobody set one, and a function of the usual name was taken that maint_owner may not call.
-- remediation: Correct the function, or name another one in the setting admin_test of maint.settings;
--     maint doctor tries it.
-- cannot see: a test that answers wrongly.

select
    maint.admin_test_name() as object,
    problem || '. No signed-in user counts as an administrator.' as detail,
    case when exists (select from maint.settings where name = 'admin_test' and value is not null)
        then 'high' else 'medium' end as severity,
    jsonb_build_object('function', maint.admin_test_name()) as metadata
from maint.admin_test_problem() as problem
where problem is not null
