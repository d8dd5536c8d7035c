-- What each of some people can really do in this database: every statement is tried as that role, with those
-- claims, and rolled back. Privileges that can't be tried so (trigger, references, execute) are asked for.
--
-- Takes an array of {person, role, claims}. Rows: who, what they did to what, and to how many rows. A write that
-- row level security leaves without a row doesn't count; on an empty table without it, it counts as one.

create or replace function pg_temp.tried(_role text, _claims text, _statement text, _relation regclass)
    returns bigint
    language plpgsql
as $$
declare
    _rows bigint;
begin
    perform set_config('request.jwt.claims', _claims, true);
    execute format('set local role %I', _role);
    if _statement like 'select %' then
        execute _statement into _rows;
    else
        execute _statement;
        get diagnostics _rows = row_count;
    end if;
    if _rows = 0 and (_statement like 'truncate %' or not row_security_active(_relation)) then
        _rows := 1;
    end if;
    raise exception using errcode = 'ROLLB';
exception
    when sqlstate 'ROLLB' then return _rows;
    when insufficient_privilege then return 0;
    -- It came past the privileges and row level security.
    when others then return 1;
end
$$;

create or replace function pg_temp.rights(_people jsonb)
    returns table (person text, deed text, object text, rows bigint)
    language plpgsql
as $$
declare
    _one record;
    _relation record;
begin
    -- Something to be seen. All of this is rolled back.
    if to_regclass('public.maintenance_task_runs') is not null then
        insert into public.maintenance_task_runs (task_name) values ('seen');
    end if;
    if to_regclass('public.security_alerts') is not null then
        insert into public.security_alerts (alert_type, severity, title) values ('seen', 'low', 'seen');
    end if;

    for _one in select * from jsonb_to_recordset(_people) as people (person text, role text, claims text)
    loop
        person := _one.person;
        for _relation in
            select pg_class.oid::regclass as name, relkind, (
                    select quote_ident(attname) from pg_attribute
                    where attrelid = pg_class.oid and attnum > 0 and not attisdropped
                        and attidentity = '' and attgenerated = ''
                    order by attnum limit 1
                ) as field
            from pg_class
            where relnamespace in ('public'::regnamespace, to_regnamespace('maint'), to_regnamespace('auth'))
                and relkind in ('r', 'p', 'v', 'm')
        loop
            object := _relation.name;
            for deed, rows in
                select name, pg_temp.tried(_one.role, _one.claims, statement, _relation.name)
                from (values
                    ('select', format('select count(*) from %s', _relation.name)),
                    ('insert', format('insert into %s default values', _relation.name)),
                    ('update', format('update %1$s set %2$s = %2$s', _relation.name, _relation.field)),
                    ('delete', format('delete from %s', _relation.name)),
                    ('truncate', format('truncate %s', _relation.name))
                ) as deeds (name, statement)
                where name = 'select' or _relation.relkind in ('r', 'p')
            loop
                if rows > 0 then
                    return next;
                end if;
            end loop;
        end loop;

        return query
            select _one.person, wanted.privilege, pg_class.oid::regclass::text, 1::bigint
            from pg_class
            cross join unnest(array['trigger', 'references']) as wanted (privilege)
            where relnamespace in ('public'::regnamespace, to_regnamespace('maint'))
                and relkind in ('r', 'p') and has_table_privilege(_one.role, pg_class.oid, wanted.privilege)
            union all
            select _one.person, wanted.privilege, pg_class.oid::regclass::text, 1::bigint
            from pg_class
            cross join unnest(array['usage', 'select', 'update']) as wanted (privilege)
            where relnamespace in ('public'::regnamespace, to_regnamespace('maint'))
                and relkind = 'S' and has_sequence_privilege(_one.role, pg_class.oid, wanted.privilege)
            union all
            -- A function that replaces another of its name is another function.
            select _one.person, 'execute', pg_proc.oid::regprocedure || ' ' || md5(prosrc), 1::bigint
            from pg_proc
            where pronamespace in (
                    'public'::regnamespace, to_regnamespace('maint'), to_regnamespace('auth'))
                and has_function_privilege(_one.role, pg_proc.oid, 'execute')
                and has_schema_privilege(_one.role, pronamespace, 'usage')
            union all
            select _one.person, wanted.privilege, 'schema ' || nspname, 1::bigint
            from pg_namespace
            cross join unnest(array['usage', 'create']) as wanted (privilege)
            where nspname in ('public', 'maint', 'auth')
                and has_schema_privilege(_one.role, pg_namespace.oid, wanted.privilege)
            union all
            select _one.person, 'act as', rolname::text, 1::bigint
            from pg_roles
            where pg_has_role(_one.role, pg_roles.oid, 'member') and rolname <> _one.role;
    end loop;
end
$$;
