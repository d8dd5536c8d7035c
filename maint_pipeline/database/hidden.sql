-- The tables whose row level security hides rows from maint_owner, where it can't have BYPASSRLS, and which the
-- policy maint_owner_works opens to it (95_row_security.sql). Only reads. Takes %(under_retention)s, names of
-- tables with a retention policy.

with me as (
    select rolsuper or rolbypassrls and current_setting('server_version_num')::integer >= 160000
        as may_give_bypass
    from pg_roles
    where rolname = current_user
), under_retention as (
    select to_regclass(name) as relation from unnest(%(under_retention)s::text[]) as listed (name)
)
select pg_class.oid::regclass::text as relation, pg_get_userbyid(relowner)::text as owner,
    pg_has_role(relowner, 'usage') as may_alter
from pg_class
cross join me
where relrowsecurity and relkind in ('r', 'p')
    and pg_class.relnamespace is distinct from to_regnamespace('maint')
    and not coalesce(
        (select rolbypassrls from pg_roles where rolname = 'maint_owner'), me.may_give_bypass)
    and not exists (
        select from pg_policy where polrelid = pg_class.oid and polname = 'maint_owner_works')
    and (exists (select from aclexplode(relacl) where grantee = to_regrole('maint_owner'))
        or exists (
            select from under_retention
            where pg_class.oid = relation
                or pg_class.oid in (select relid from pg_partition_tree(relation))))
order by 1
