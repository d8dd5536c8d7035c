-- Ways through functions, views and settings that go further than one step.

-- The application's functions whose body has a pattern, themselves or in what they call, four calls deep.
create or replace function maint.functions_that(_pattern text) returns table (routine oid, name text)
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    with recursive known as materialized (
        select bodies.routine, bodies.name, bodies.body, proname::text as short_name
        from maint.function_bodies() as bodies
        join pg_proc on pg_proc.oid = bodies.routine
    ), found (routine, name, short_name, depth) as (
        select known.routine, known.name, known.short_name, 1 from known where known.body ~* _pattern
        union
        select known.routine, known.name, known.short_name, found.depth + 1
        from found
        join known on known.body ~* format('\m%s"?\s*\(', maint.regex_of(found.short_name))
            and known.routine <> found.routine
        where found.depth < 4
    )
    select distinct found.routine, found.name from found
$$;

-- The rights by which a view reads: those of whoever asks, or its owner's.
create or replace function maint.has_invoker_rights(_view oid) returns boolean
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select coalesce((
        select option_value::boolean
        from pg_class
        cross join pg_options_to_table(reloptions)
        where pg_class.oid = _view and option_name = 'security_invoker'), false)
$$;

-- Tables without row level security that a role of the API may read, that the API itself does not serve, and
-- that it shows all the same: by a view or a function with the rights of whoever asks.
create or replace function maint.reached_tables()
    returns table (relation oid, name text, owner oid, visitor_name text, through text)
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    with closed as materialized (
        select pg_class.oid, pg_class.relname, format('%I.%I', nspname, pg_class.relname) as name, relowner,
            visitor.name as visitor_name, visitor.role
        from pg_class
        join pg_namespace on pg_namespace.oid = relnamespace
        join maint.api_roles() as visitor on has_any_column_privilege(visitor.role, pg_class.oid, 'select')
            and has_schema_privilege(visitor.role, relnamespace, 'usage')
        where relkind in ('r', 'p') and not relrowsecurity
            and nspname not in ('pg_catalog', 'information_schema', 'maint') and nspname not like 'pg\_%'
            and relnamespace not in (select maint.exposed_schemas())
            and not exists (
                select from pg_depend
                where classid = 'pg_class'::regclass and objid = pg_class.oid and deptype = 'e')
    )
    select closed.oid, closed.name, closed.relowner, closed.visitor_name, format('view %s', exposed.name)
    from closed
    join pg_depend on refclassid = 'pg_class'::regclass and refobjid = closed.oid
        and classid = 'pg_rewrite'::regclass
    join pg_rewrite on pg_rewrite.oid = objid
    join maint.exposed_relations('v') as exposed on exposed.relation = ev_class
        and has_any_column_privilege(closed.role, exposed.relation, 'select')
    -- Others show it with their owner's rights: view_shows_private_table.
    where maint.has_invoker_rights(exposed.relation)
    union all
    select closed.oid, closed.name, closed.relowner, closed.visitor_name, format('function %s', bodies.name)
    from closed
    join maint.function_bodies() as bodies on not bodies.is_definer
        and bodies.schema in (select maint.exposed_schemas())
        and has_function_privilege(closed.role, bodies.routine, 'execute')
        and bodies.body ~* format('\m(from|join)\s+"?[\w.]*"?\.?"?%s\M', maint.regex_of(closed.relname))
$$;

-- The commands that pg_cron runs, as far as this role is shown them.
create or replace function maint.scheduled_commands() returns table (id text, command text, username text)
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
begin
    return query execute 'select jobid::text, command::text, username::text from cron.job where active';
exception when others then
    -- There is no scheduler, or its table is closed to us.
    return;
end
$$;

-- The public buckets of files; null, and not none, where this role is not shown the buckets.
create or replace function maint.public_buckets() returns text[]
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    _buckets text[];
begin
    execute 'select coalesce(array_agg(id::text), ''{}''::text[]) from storage.buckets where public' into _buckets;
    return _buckets;
exception when others then
    return null;
end
$$;

-- What is set for a database or for roles by ALTER DATABASE and ALTER ROLE.
create or replace function maint.stored_settings()
    returns table (role oid, role_name text, name text, value text)
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select setrole, coalesce(rolname::text, 'everybody'), lower(split_part(entry, '=', 1)),
        substr(entry, strpos(entry, '=') + 1)
    from pg_db_role_setting
    cross join unnest(setconfig) as entry
    left join pg_roles on pg_roles.oid = setrole
    where setdatabase in (0, (select oid from pg_database where datname = current_database()))
$$;

-- What views and materialized views of the API show with the rights of their owners. One that asks who is looking
-- shows nothing by itself.
create or replace function maint.shown_by_views()
    returns table (
        visitor_name text, kind text, through oid, through_name text, owner oid, relation oid, relation_name text
    )
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    with reading as materialized (
        select read.view, read.name, read.relation from maint.read_by_owners('vm') as read
    ), candidate as materialized (
        select pg_class.oid, relkind, relowner from pg_class where oid in (select reading.view from reading)
    ), view as materialized (
        -- Only of these: pg_get_viewdef waits for whoever has locked a view.
        select candidate.oid, candidate.relkind, candidate.relowner
        from candidate
        where candidate.relkind = 'm' or pg_get_viewdef(candidate.oid)
            !~ 'auth\.(uid|jwt|role|email)\(|request\.(jwt|header)|current_setting\('
    )
    select distinct visitor.name, case view.relkind when 'm' then 'materialized view' else 'view' end,
        view.oid, reading.name, view.relowner, read.oid, format('%I.%I', nspname, read.relname)
    from reading
    join view on view.oid = reading.view
    join pg_class as read on read.oid = reading.relation and read.relkind in ('r', 'p', 'f', 'm')
    join pg_namespace on pg_namespace.oid = read.relnamespace
        and nspname not in ('pg_catalog', 'information_schema')
    join maint.api_roles() as visitor
        on has_any_column_privilege(visitor.role, reading.view, 'select, insert, update')
            or has_table_privilege(visitor.role, reading.view, 'delete')
    where read.oid <> view.oid
$$;

drop function if exists maint.borrowed_rights();
