-- title: Public storage bucket lists its files
-- severity: medium, because names and paths of all files are given away, and with them the files
-- needs: storage.buckets
-- description: A bucket is public, which serves files to whoever knows their path, and a policy on
--     storage.objects lets API roles select its rows whoever owns them, which lists all
--     paths. One finding for each bucket.
-- remediation: Drop the select policies: public files are served without them.
-- cannot see: whether names and paths of this bucket are secret at all.

with listing as (
    select bucket.id, policy.policy, policy.using_text
    from storage.buckets as bucket
    join maint.policies() as policy on policy.relation = to_regclass('storage.objects')
        and policy.is_permissive and policy.is_enforced and policy.command in ('select', 'all')
    -- As PostgreSQL prints it, which is not what quote_literal() makes of a backslash.
    cross join lateral (select '''' || replace(bucket.id, '''', '''''') || '''' as id) as quoted
    cross join lateral maint.condition_parts(coalesce(policy.using_text, 'true')) as joined
    where bucket.public
        and exists (
            select from maint.api_reach() as visitor where visitor.reach && policy.roles
        )
        and (maint.passers_of(coalesce(policy.using_text, 'true'), true) = 'everybody'
            or joined.operator is distinct from 'AND' and exists (
                select from unnest(joined.parts) as part
                where strpos(part, quoted.id) > 0
                    and (btrim(part, '() ') = format('bucket_id = %s::text', quoted.id)
                        or btrim(part, '() ') ~ '^bucket_id = ANY \(ARRAY\[[^()]*$')
            ))
)
select
    listing.id as object,
    format('Every file of the public bucket "%s" is listed by %s: %s.', listing.id,
        maint.pluralize(count(*), 'policy', 'policies'), string_agg(listing.policy, ', ' order by listing.policy))
        as detail,
    jsonb_build_object('bucket', listing.id, 'policies', jsonb_agg(listing.policy order by listing.policy),
        'path', format('anon → storage.objects → names of all files of bucket %s', listing.id)) as metadata,
    string_agg(format('drop policy %I on storage.objects', listing.policy), e';\n' order by listing.policy) || ';'
        as fix,
    jsonb_build_object('what', format('list the files of bucket %s', listing.id), 'roles', '["anon", "authenticated"]'::jsonb) as takes
from listing
group by listing.id
