-- title: Files or messages are everybody's
-- severity: high, because files and messages of all tenants are reached by whoever registers
-- needs: pg_catalog.pg_policy
-- description: A policy of storage.objects asks only which bucket or folder it is, not whose: anon or every signed-in
--     user may replace and delete files (high), read those of a bucket that is not public (high, medium where the
--     buckets can't be looked at), or add some (medium, high for anon). Or a policy of realtime.messages asks
--     neither for the user nor for the topic, so that every topic is heard or written to (high). Policies that ask
--     nothing and let people write are policy_always_true's, and public_bucket_lists reports public buckets.
-- remediation: Compare owner_id, or the first folder of the name, with auth.uid() or the user's organizations; for
--     messages compare realtime.topic().
-- cannot see: whether the files or messages are meant for everybody.

with policy as (
    select judged.*, relname,
        array(
            select found.names[1]
            from regexp_matches(coalesce(judged.using_text, judged.check_text),
                'bucket_id = ''((?:[^'']|'''')*)''', 'g') as found (names)) as buckets,
        case when judged.command = 'insert' then judged.check_passers else judged.using_passers end as passers
    from maint.judged_policies() as judged
    join pg_class on pg_class.oid = judged.relation
    join pg_namespace on pg_namespace.oid = relnamespace
    where (nspname, relname) in (('storage', 'objects'), ('realtime', 'messages'))
        and judged.is_permissive and judged.is_enforced
        and has_any_column_privilege(judged.visitor, judged.relation,
            case judged.command when 'insert' then 'insert' when 'update' then 'update' else 'select' end)
), reported as (
    select policy.*, public_buckets.list as public_buckets
    from policy
    cross join (select maint.public_buckets() as list) as public_buckets
    where (policy.passers = 'rows' or policy.passers = 'everybody' and policy.command = 'select')
        and (policy.relname = 'objects'
            or concat(policy.using_text, policy.check_text) !~ 'topic|auth\.')
        -- What public buckets show is public_bucket_lists'.
        and not (policy.relname = 'objects' and policy.command = 'select' and policy.buckets <> '{}'
            and policy.buckets <@ public_buckets.list)
)
select
    format('%s: %s', reported.name, reported.policy) as object,
    format('Policy "%s" lets %s %s any %s%s.', reported.policy,
        string_agg(reported.visitor_name, ' and ' order by reported.visitor_name),
        case reported.command when 'all' then 'read and write' when 'select' then 'read' when 'insert' then 'add'
            when 'update' then 'replace' else 'delete' end,
        case reported.relname when 'objects' then 'file' else 'message' end,
        ' of ' || nullif(array_to_string(reported.buckets, ', '), '')) as detail,
    case
        when reported.relname = 'objects' and reported.command = 'insert' and bool_and(reported.visitor_name <> 'anon')
            then 'medium'
        when reported.relname = 'objects' and reported.command = 'select' and reported.public_buckets is null then 'medium'
        else 'high' end as severity,
    jsonb_build_object('using', reported.using_text, 'with_check', reported.check_text, 'path',
        format('%s → %s → policy "%s"', min(reported.visitor_name), reported.name, reported.policy)) as metadata
from reported
group by reported.name, reported.policy, reported.command, reported.relname, reported.buckets,
    reported.using_text, reported.check_text, reported.public_buckets
