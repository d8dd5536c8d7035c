-- The parts of the application. Locks: none on its tables. Runs as maint_owner.

-- Which relation of the application plays which part. Yours to change (maint sources set).
create table maint.sources (
    part text constraint sources_pkey primary key
        constraint sources_part_known check (part in ('audit_log', 'organizations', 'backup_settings',
            'backup_runs', 'user_roles', 'profiles', 'data_export_requests', 'security_alerts')),
    state text not null default 'default'
        constraint sources_state_known check (state in ('default', 'set', 'none')),
    table_schema text,
    table_name text,
    columns jsonb not null default '{}'
        constraint sources_columns_are_object check (jsonb_typeof(columns) = 'object'),
    updated_at timestamptz not null default now(),
    constraint sources_relation_given check (
        (table_schema is null) = (state = 'none') and (table_name is null) = (state = 'none'))
);

comment on table maint.sources is
    'Which relation of the application plays which part. columns: our column to the application''s column '
    'or to an SQL expression over its row, null for none; a column that is not named is looked for under our '
    'name. state none: the application has no such thing, and nobody is reminded of it.';

insert into maint.sources (part, table_schema, table_name)
values
    ('audit_log', 'public', 'audit_logs'),
    ('organizations', 'public', 'orgs'),
    ('backup_settings', 'public', 'backup_settings'),
    ('backup_runs', 'public', 'backup_runs'),
    ('user_roles', 'public', 'user_roles'),
    ('profiles', 'public', 'profiles'),
    ('data_export_requests', 'public', 'data_export_requests'),
    ('security_alerts', 'public', 'security_alerts');

-- How the sources are read, as the catalog was at the latest look (maint.bind_source): our columns with
-- the types that they have here.
create table maint.bound_columns (
    part text not null constraint bound_columns_part_fkey
        references maint.sources (part) on update cascade on delete cascade,
    place integer not null,
    name text not null,
    type text not null,
    expression text,
    column_name text,
    column_type text,
    problem text,
    is_lost boolean not null default false,
    constraint bound_columns_pkey primary key (part, name)
);

comment on column maint.bound_columns.column_name is
    'The application''s column where the expression is just one, and column_type its type at the latest look.';

comment on table maint.settings is
    'admin_test: the function that tells whether a signed-in user is an administrator, as '
    '"schema.name(uuid)" or "schema.name()"; user_roles means whoever has the role admin in the source of '
    'that name; null means public.has_role(uuid, public.app_role). '
    'backup_trigger: off keeps maint migrate from adding its trigger to the table of backup runs. '
    'exposed_schemas: what the API serves, separated by commas; null means the db_schemas that PostgREST '
    'reads from the database''s roles, or public. '
    'restore_ignores: tables, as schema.name, that backups leave out on purpose.';
