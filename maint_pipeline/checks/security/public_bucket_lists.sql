-- title: Public storage bucket lists its files
-- severity: medium, because names and paths of all files are given away, and with them the files
-- needs: storage.buckets, storage.objects
-- description: A bucket is public, which serves files to whoever knows their path, and a policy on
--     storage.objects lets API roles select its rows whoever owns them, which lists all
--     paths.
-- remediation: Drop the select policy: public files are served without it.

select
    format('%s: %s', bucket.id, polname) as object,
    format('Policy "%s" on storage.objects lists every file of the public bucket "%s".', polname,
        bucket.id) as detail,
    jsonb_build_object('bucket', bucket.id, 'policy', polname, 'using', condition.text) as metadata,
    format('drop policy %I on storage.objects;', polname) as fix
from storage.buckets as bucket
join pg_policy on polrelid = 'storage.objects'::regclass and polpermissive and polcmd in ('r', '*')
cross join lateral (select pg_get_expr(polqual, polrelid) as text) as condition
where bucket.public
    and exists (
        select from maint.api_roles() as visitor where maint.concerns(polroles, visitor.role)
    )
    and (btrim(condition.text, '() ') = 'true'
        or strpos(condition.text,
            'bucket_id = ''' || replace(bucket.id, '''', '''''') || '''') > 0
            and condition.text !~ 'auth\.|owner|name|foldername')
