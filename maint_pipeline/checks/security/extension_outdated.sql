-- title: Extension older than what is installed
-- severity: low, because fixes, some of them of security, don't hold until the extension is updated
-- needs: pg_catalog.pg_available_extensions
-- description: The server's packages bring a newer version of an extension than the one that the database
--     uses. Upgrading packages does not upgrade extensions.
-- remediation: Read the extension's notes, and update it.

select
    name as object,
    format('Extension %I is of version %s, and %s is there.', name, installed_version,
        default_version) as detail,
    jsonb_build_object('installed_version', installed_version, 'default_version', default_version)
        as metadata,
    format('alter extension %I update;', name) as fix
from pg_available_extensions
where installed_version is distinct from default_version and installed_version is not null
