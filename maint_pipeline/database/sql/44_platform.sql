-- What belongs to the platform's provider: the user can't change it, so it is told and raises no alert.

-- The roles of the platform: those of the setting that exist and that the database's owner can't become. Where
-- the owner is a superuser, nothing is beyond reach, and whoever makes a role of such a name hides nothing.
create or replace function maint.platform_roles() returns setof oid
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select platform.oid
    from regexp_split_to_table(
        coalesce((select value from maint.settings where name = 'platform_roles'),
            'supabase_admin, supabase_auth_admin, supabase_storage_admin, supabase_realtime_admin, '
            'supabase_functions_admin, supabase_replication_admin, supabase_read_only_user, '
            'supabase_etl_admin, dashboard_user, pgbouncer, pgsodium_keyholder, pgsodium_keyiduser, '
            'pgsodium_keymaker, rdsadmin, rds_superuser, cloudsqladmin, cloudsqlsuperuser, azuresu, '
            'azure_pg_admin'), '\s*,\s*') as name
    join pg_roles as platform on platform.rolname = btrim(name)
    cross join (
        select pg_roles.oid, rolsuper
        from pg_database
        join pg_roles on pg_roles.oid = datdba
        where datname = current_database()
    ) as owner
    where not owner.rolsuper and not pg_has_role(owner.oid, platform.oid, 'member')
$$;

-- The name of that role where an object of this owner is the platform's; null where the user can change it.
create or replace function maint.platform_role(_owner oid) returns text
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select rolname::text
    from pg_roles
    where oid = _owner and oid in (select role from maint.platform_roles() as role)
$$;

-- The owner of a relation, if it is the platform's.
create or replace function maint.platform_of(_relation regclass) returns text
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$ select maint.platform_role(relowner) from pg_class where oid = _relation $$;
