-- title: Several permissive policies for the same role and command
-- severity: low, because any one of them suffices and all are computed, which is rarely meant
-- needs: pg_catalog.pg_policy
-- description: For one role and one command a table under row level security has more than one permissive policy.
--     They are joined by OR: each widens what the others allow, and each is evaluated for every row. One
--     finding for each table; storage.objects, whose buckets have policies each, is left out.
-- remediation: Join them to one policy, or make those that should narrow AS RESTRICTIVE.
-- cannot see: whether one of them implies the other.

with repeated as (
    select policy.name, command.name as command, visitor.name as visitor, count(*) as policies,
        array_agg(policy.policy order by policy.policy) as list
    from maint.policies() as policy
    join maint.api_reach() as visitor on visitor.reach && policy.roles
    join (values ('select'), ('insert'), ('update'), ('delete')) as command (name)
        on policy.command in (command.name, 'all')
    where policy.is_permissive and policy.is_enforced
        -- Each bucket of files has policies of its own.
        and policy.name <> 'storage.objects'
    group by policy.name, command.name, visitor.name
    having count(*) > 1
)
select
    repeated.name as object,
    format('Table %s has up to %s permissive policies for one role and command: %s.', repeated.name,
        max(repeated.policies), string_agg(distinct format('%s by %s', repeated.command, repeated.visitor), ', '))
        as detail,
    jsonb_build_object('policies', (
        select jsonb_agg(distinct named.policy)
        from maint.policies() as named
        where named.name = repeated.name and named.is_permissive)) as metadata
from repeated
group by repeated.name
