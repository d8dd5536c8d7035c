-- title: Organization without backup
-- severity: high, because what it stores would be lost with the database
-- needs: organizations.id, backup_settings.org_id
-- description: An organization that is not deleted has no backup settings, or they are switched off.
--     What it stores would be lost with the database.
-- remediation: Enable a backup for the organization in its backup settings, or mark the
--     organization as deleted.
-- cannot see: backups that other programs make.

select
    org.id as object,
    format(
        'Organization "%s" %s', org.name,
        case when settings.org_id is null then 'has no backup settings.' else 'has its backup switched off.' end
    ) as detail,
    jsonb_build_object('organization', org.name, 'configured', settings.org_id is not null) as metadata
from maint.organizations() as org
left join maint.backup_settings() as settings on settings.org_id = org.id
where org.deleted_at is null
    and settings.enabled is not true
