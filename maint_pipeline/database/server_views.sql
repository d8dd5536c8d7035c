-- What the checks of the server read, opened to maint_owner: configuration and what sessions do, never rows. By a
-- superuser, and only where somebody asks for it (maint migrate --server-views). What sessions do includes the text of
-- their statements, which no check reads. Locks: none on tables of the application.
--
-- Not among it, because it shows password hashes: grant select on pg_catalog.pg_authid to maint_owner, for the
-- check password_md5.

grant select on pg_catalog.pg_hba_file_rules to maint_owner;
grant execute on function pg_catalog.pg_hba_file_rules() to maint_owner;
grant select on pg_catalog.pg_file_settings to maint_owner;
grant execute on function pg_catalog.pg_show_all_file_settings() to maint_owner;
grant execute on function pg_catalog.pg_ls_archive_statusdir() to maint_owner;
grant execute on function pg_catalog.pg_ls_waldir() to maint_owner;

-- Before PostgreSQL 16 only roles that inherit have the rights of those they are granted.
do $$
begin
    if current_setting('server_version_num')::integer < 160000 then
        alter role maint_owner inherit;
        grant pg_read_all_settings, pg_read_all_stats to maint_owner;
    else
        -- As text, because before 16 this is no syntax.
        execute 'grant pg_read_all_settings, pg_read_all_stats to maint_owner with inherit true';
    end if;
end
$$;
