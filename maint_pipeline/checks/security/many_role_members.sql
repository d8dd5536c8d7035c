-- title: Many members of a privileged role
-- severity: medium, because each of them is a password that opens everything
-- needs: pg_catalog.pg_auth_members
-- description: A role that is a superuser, bypasses row level security, creates roles or owns the database has
--     more members that may log in than a few.
-- remediation: Revoke memberships that nobody uses; give people roles that can do no more than they must.
-- cannot see: who knows the password of one shared login.
-- thresholds: most integer = 3

select
    privileged.rolname as object,
    format('Role %I has %s members that may log in.', privileged.rolname, count(*)) as detail,
    jsonb_build_object('members', to_jsonb((array_agg(login.rolname order by login.rolname))[:20]))
        as metadata
from pg_roles as privileged
join pg_roles as login on login.rolcanlogin and not login.rolsuper
    and login.oid <> privileged.oid and pg_has_role(login.oid, privileged.oid, 'member')
where privileged.rolsuper or privileged.rolbypassrls or privileged.rolcreaterole
    or privileged.oid = (select datdba from pg_database where datname = current_database())
group by privileged.rolname
having count(*) > _most
