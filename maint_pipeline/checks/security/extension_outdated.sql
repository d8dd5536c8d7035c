-- title: Extension older than what is installed
-- severity: low, because fixes, some of them of security, don't hold until the extension is updated
-- needs: pg_catalog.pg_available_extensions
-- description: The server's packages bring a newer version of an extension than the one that the database
--     uses. Upgrading packages does not upgrade extensions.
-- remediation: Read the extension's notes, and update it.
-- cannot see: versions from which the server's packages know no way, and newer ones that nobody installed.

select
    name as object,
    format('Extension %I is of version %s, and %s is there.', name, installed_version,
        default_version) as detail,
    jsonb_build_object('installed_version', installed_version, 'default_version', default_version)
        as metadata,
    format('alter extension %I update;', name) as fix,
    maint.platform_role(extowner) as managed_by
from pg_available_extensions
join pg_extension on extname = name
where installed_version <> default_version
    -- A version that the packages don't know is no older one.
    and exists (
        select from pg_extension_update_paths(name) as known
        where known.source = installed_version and known.target = default_version and known.path is not null
    )
