-- Binding: the functions through which our code reads the parts of the application, maint.audit_log(),
-- maint.organizations() and so on, made out of maint.sources and the catalog as it is.
--
-- Their bodies are strings, so nothing depends on the application's columns (docs/decisions/0002). They have
-- no SET clause and are not SECURITY DEFINER, so that the planner puts their bodies in the place of the
-- calls: conditions reach the relation's indexes. Callers set the search path.

-- What the function of a part returns and does, out of maint.bound_columns.
create or replace function maint.source_function(_part text, out returned text, out body text)
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select
        format('TABLE(%s)', string_agg(format('%I %s', name, type), ', ' order by place)),
        format(E'select %s\n%s',
            string_agg(format('%s as %I', coalesce(expression, 'null::' || type), name), E',\n    '
                order by place),
            case when bool_or(expression is not null)
                then (select format('from %I.%I', table_schema, table_name) from maint.sources where part = _part)
                else 'where false' end)
    from maint.bound_columns
    where part = _part
$$;

-- The parts that are read through a function of their name. Alerts have functions of their own.
create or replace function maint.bound_parts() returns setof text
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select part from maint.sources where part <> 'security_alerts'
$$;

-- Makes or replaces a function of ours that only maint_owner may call, whatever default privileges say.
create or replace function maint.replace_function(
    _name text, _arguments text, _returned text, _language text, _body text
) returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
    -- What the body names is looked at when it is called: no lock on a table of the application here.
    set check_function_bodies = off
as $$
declare
    _old record;
    _signature constant text := format('maint.%I(%s)', _name, _arguments);
    _grantee text;
begin
    select oid, prosrc, pg_get_function_result(oid) as returned into _old
    from pg_proc
    where oid = to_regprocedure(_signature);
    if _old.prosrc = _body and lower(_old.returned) = lower(_returned) then
        return;
    end if;
    if lower(_old.returned) <> lower(_returned) then
        execute format('drop function %s', _signature);
    end if;
    execute format('create or replace function %s returns %s language %s stable as %L',
        _signature, _returned, _language, _body);
    for _grantee in
        select distinct coalesce(nullif(grantee, 0)::regrole::text, 'public')
        from pg_proc
        cross join aclexplode(coalesce(proacl, acldefault('f', proowner)))
        where pg_proc.oid = to_regprocedure(_signature) and grantee <> proowner
    loop
        execute format('revoke all on function %s from %s', _signature, _grantee);
    end loop;
end
$$;

-- Whether the function of a part is as the catalog and maint.sources have it now.
create or replace function maint.is_bound(_part text) returns boolean
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select (select jsonb_agg(to_jsonb(planned) - 'is_lost' order by planned.name)
                from maint.plan_source(_part) as planned)
            is not distinct from (
                select jsonb_agg(to_jsonb(bound) - 'is_lost' order by bound.name)
                from maint.bound_columns as bound where bound.part = _part)
        and exists (
            select from pg_proc
            where oid = to_regprocedure(format('maint.%I()', _part))
                and prosrc = (select body from maint.source_function(_part)))
$$;

-- Makes the function of a part as the catalog is now; nothing happens where nothing has changed. Locks:
-- ACCESS SHARE on the relation where an expression is mapped, while it looks.
create or replace function maint.bind_source(_part text) returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    _function record;
begin
    if maint.is_bound(_part) then
        return;
    end if;
    -- One at a time; whoever waited looks again.
    perform from maint.sources where part = _part for no key update;
    if maint.is_bound(_part) then
        return;
    end if;
    -- What was read before and can't be any more is lost until it is back, or somebody changes the source.
    insert into maint.bound_columns as bound
    select * from maint.plan_source(_part)
    on conflict (part, name) do update
    set is_lost = excluded.expression is null and (bound.expression is not null or bound.is_lost),
        place = excluded.place, type = excluded.type, expression = excluded.expression,
        column_name = excluded.column_name, column_type = excluded.column_type,
        problem = excluded.problem;
    delete from maint.bound_columns as bound
    where bound.part = _part
        and not exists (select from maint.plan_source(_part) as planned where planned.name = bound.name);
    select returned, body into _function from maint.source_function(_part);
    perform maint.replace_function(_part, '', _function.returned, 'sql', _function.body);
    if _part = 'backup_runs' then
        perform maint.bind_organization_key();
    end if;
end
$$;

-- maint.organization_key(text): an identity of an organization as backup runs have it, null for what is none.
create or replace function maint.bind_organization_key() returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    _type text;
begin
    select type into _type from maint.bound_columns where part = 'backup_runs' and name = 'org_id';
    perform maint.replace_function('organization_key', 'text', _type, 'plpgsql', format($body$
begin
    return $1::%s;
exception when data_exception then
    return null;
end
$body$, _type));
    alter function maint.organization_key(text) set search_path = pg_catalog, pg_temp;
end
$$;

-- Binds all sources again where the application has changed. What can't be checked now stays as it was.
create or replace function maint.bind_sources() returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    _part text;
begin
    for _part in select part from maint.bound_parts() as part order by part loop
        begin
            perform maint.bind_source(_part);
        exception when others then
            raise warning '% can''t be checked again: %', _part, sqlerrm;
        end;
    end loop;
end
$$;
