-- Locks: none on tables that exist. Runs as maint_owner.

create table maint.installation (
    is_the_only_row boolean default true constraint installation_pkey primary key
        constraint installation_one_row check (is_the_only_row),
    installed_at timestamptz not null
);

comment on table maint.installation is
    'When maint_pipeline came into this database: no task was due before.';

-- Versions before this table had the built-in policies only to tell.
insert into maint.installation (installed_at)
select coalesce(min(created_at), now()) from maint.retention_policies where built_in;
