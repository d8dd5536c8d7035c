-- What the checks of exposure and of indexes remember. Locks: none on tables of the application. Runs as
-- maint_owner.

alter table maint.settings
    drop constraint settings_name_known,
    add constraint settings_name_known check (name in ('admin_test', 'anonymous_sign_ins',
        'backup_trigger', 'exposed_schemas', 'platform_roles', 'restore_ignores'));

comment on table maint.settings is
    'admin_test: the function that tells whether a signed-in user is an administrator, as '
    '"schema.name(uuid)" or "schema.name()"; user_roles means whoever has the role admin in the source of '
    'that name; null means public.has_role(uuid, public.app_role). '
    'anonymous_sign_ins: on where users may sign in anonymously; null means that nobody said. '
    'backup_trigger: off keeps maint migrate from adding its trigger to the table of backup runs. '
    'exposed_schemas: what the API serves, separated by commas; null means the db_schemas that PostgREST '
    'reads from the database''s roles, or public. '
    'platform_roles: roles whose objects only the platform''s provider can change, separated by commas; null '
    'means the ones that are known of Supabase and the large clouds. '
    'restore_ignores: tables, as schema.name, that backups leave out on purpose.';

insert into maint.settings (name) values ('anonymous_sign_ins'), ('platform_roles');

-- Findings on objects that only the platform's provider can change: counted, and no alert.
alter table maint.check_results add column of_the_platform integer not null default 0;

-- What a check can't see, from its file.
alter table maint.checks add column cannot_see text not null default '';

-- What else a baseline holds.
alter table maint.baseline
    drop constraint baseline_kind_known,
    add constraint baseline_kind_known
        check (kind in ('event trigger', 'function', 'grants', 'rule', 'setting'));

-- When each index was seen first: PostgreSQL does not say when one was created.
create table maint.known_indexes (
    index_oid oid not null,
    name text not null,
    first_seen_at timestamptz not null default clock_timestamp(),
    constraint known_indexes_pkey primary key (index_oid, name)
);
