-- Every role, what it is a member of, and its settings in this database.

select rolname as name, rolsuper as is_superuser, rolbypassrls as bypasses, rolinherit as inherits,
    rolcanlogin as logs_in,
    array(
        select parent.rolname::text
        from pg_auth_members
        join pg_roles as parent on parent.oid = pg_auth_members.roleid
        where pg_auth_members.member = pg_roles.oid
        order by parent.rolname
    ) as member_of,
    array(
        select setting
        from pg_db_role_setting
        cross join unnest(setconfig) with ordinality as entries (setting, place)
        where setrole in (0, pg_roles.oid)
            and setdatabase in (0, (select oid from pg_database where datname = current_database()))
        order by setrole <> 0, setdatabase <> 0, place
    ) as settings
from pg_roles
where rolname not like 'pg\_%'
order by rolname
