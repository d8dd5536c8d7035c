-- title: Role that reaches the server's files or programs
-- severity: critical, because that is the operating system's account, and with it superuser
-- needs: pg_catalog.pg_auth_members
-- description: A role is a member of pg_execute_server_program, pg_read_server_files or
--     pg_write_server_files without being a superuser. PostgreSQL's documentation counts them as ways to
--     superuser rights.
-- remediation: Revoke the membership.
-- cannot see: extensions and functions that give the same.
-- scope: server

select
    format('%I in %I', member.rolname, granted.rolname) as object,
    format('Role %I is a member of %I.', member.rolname, granted.rolname) as detail,
    jsonb_build_object('role', member.rolname, 'member_of', granted.rolname) as metadata,
    format('revoke %I from %I;', granted.rolname, member.rolname) as fix,
    jsonb_build_object('what', 'reach the server''s files or programs', 'roles', jsonb_build_array(member.rolname)) as takes
from pg_auth_members
join pg_roles as granted on granted.oid = roleid
join pg_roles as member on member.oid = pg_auth_members.member
where granted.rolname in (
        'pg_execute_server_program', 'pg_read_server_files', 'pg_write_server_files')
    and not member.rolsuper
