-- What the application had before, for maint migrate --down to give back. Who goes back executes it, so these
-- tables belong to the role that migrates: maint_owner, in which code of the application runs, can't write
-- them. Locks: none on tables that others know.

do $$
begin
    if to_regclass('maint.kept_functions') is null then
        create table maint.kept_functions (
            signature text constraint kept_functions_pkey primary key,
            definition text not null,
            owner text not null,
            grants text[] not null,
            comment text,
            kept_at timestamptz not null default now()
        );
        comment on table maint.kept_functions is
            'Functions of the application that ours replaced. maint migrate --down gives them back.';
    end if;
    if to_regclass('maint.kept_relations') is null then
        create table maint.kept_relations (
            relation text constraint kept_relations_pkey primary key,
            grants text[] not null,
            row_security boolean not null,
            kept_at timestamptz not null default now()
        );
        comment on table maint.kept_relations is
            'Grants and row level security that tables of the application had before, which maint migrate '
            '--down gives back; and indexes with names of ours that were there before, which stay.';
    end if;

    -- Somebody may have made them before us.
    if exists (
        select from pg_class
        join pg_roles on pg_roles.oid = relowner
        where pg_class.oid in ('maint.kept_functions'::regclass, 'maint.kept_relations'::regclass)
            and (relkind <> 'r'
                or not (rolsuper or rolname = current_user
                    or exists (select from pg_database
                        where datname = current_database() and datdba = relowner)))
    ) then
        raise insufficient_privilege using
            message = 'maint.kept_functions or maint.kept_relations belongs to a role that is not trusted',
            hint = 'Migrate as that role, or make the role that migrates its owner.';
    end if;
end
$$;
