-- title: Backup settings incomplete
-- severity: high, because its backup can't succeed
-- needs: organizations.id, backup_settings.org_id, backup_settings.bucket,
--     backup_settings.access_key_encrypted, backup_settings.secret_key_encrypted
-- description: A backup is enabled without a bucket or without credentials, so it can't succeed.
-- remediation: Complete the organization's backup settings, or switch its backup off.
-- cannot see: keys that are there and wrong.

select
    org.id as object,
    format('The enabled backup of organization "%s" has no %s.', org.name,
        array_to_string(lacking.parts, ' and no ')) as detail,
    jsonb_build_object('organization', org.name, 'lacking', to_jsonb(lacking.parts)) as metadata
from maint.organizations() as org
join maint.backup_settings() as settings on settings.org_id = org.id and settings.enabled
cross join lateral (
    select array_remove(array[
        case when coalesce(settings.bucket, '') = '' then 'bucket' end,
        case when coalesce(settings.access_key_encrypted, '') = ''
            or coalesce(settings.secret_key_encrypted, '') = '' then 'credentials' end
    ], null) as parts
) as lacking
where org.deleted_at is null
    and lacking.parts <> '{}'
