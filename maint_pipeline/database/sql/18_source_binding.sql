-- Binding: the functions through which our code reads the parts of the application, maint.audit_log(),
-- maint.organizations() and so on, made out of maint.sources and the catalog as it is.
--
-- Their bodies are strings, so nothing depends on the application's columns (docs/decisions/0002). They have
-- no SET clause and are not SECURITY DEFINER, so that the planner puts their bodies in the place of the
-- calls: conditions reach the relation's indexes. Callers set the search path.

-- The type of one SQL expression over the rows of a relation. Raises what speaks against it; runs nothing.
-- It must parse both bare and in parentheses: "a) or (b" only does the one, "a from t --" only the other. In a
-- condition neither aggregates nor sets are allowed, and a cursor takes a single statement.
create or replace function maint.expression_type(_relation regclass, _expression text) returns regtype
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    _type regtype;
begin
    perform maint.plan_query(format(E'select\n%s\nfrom %s', _expression, _relation));
    perform maint.plan_query(
        format(E'select from %s where (\n%s\n) is null', _relation, _expression));
    execute format(E'select pg_typeof((select (\n%s\n) from %s limit 0))', _expression, _relation)
        into _type;
    return _type;
end
$$;

-- A column of the application as our column of a kind: its type here and the expression. Raises where a
-- value of that type can't be one.
create or replace function maint.fit_column(
    _kind text, _expression text, _type regtype, out fitted text, out type text
)
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
begin
    fitted := _expression;
    type := format_type(_type, null);
    if (select typtype = 'p' from pg_type where oid = _type) then
        raise datatype_mismatch using message = 'is no single value';
    end if;
    case
        when _kind = 'key' and type in ('uuid', 'smallint', 'integer', 'bigint', 'numeric', 'text')
            or _kind = 'number' and type in ('smallint', 'integer', 'bigint', 'numeric')
            or _kind = 'time' and type = 'timestamp with time zone'
            or _kind = 'boolean' and type = 'boolean'
            or _kind in ('text', 'address') and type = 'text'
        then
            null;
        when _kind = 'address' and type = 'inet' then
            fitted := format('pg_catalog.host(%s)', _expression);
            type := 'text';
        when _kind in ('key', 'text', 'address') then
            fitted := format('(%s)::pg_catalog.text', _expression);
            type := 'text';
        -- Times without a zone are meant in the application's.
        when _kind = 'time' and type in ('timestamp without time zone', 'date') then
            fitted := format('((%s)::timestamp at time zone %L)', _expression,
                maint.application_time_zone());
            type := 'timestamp with time zone';
        else
            raise datatype_mismatch using message = format('is of type %s, which is no %s', type, _kind);
    end case;
end
$$;

-- The type that a column has where nothing is mapped to it.
create or replace function maint.kind_type(_kind text) returns text
    language sql immutable
    set search_path = pg_catalog, pg_temp
as $$
    select case _kind when 'key' then 'uuid' when 'time' then 'timestamp with time zone'
        when 'number' then 'bigint' when 'boolean' then 'boolean' else 'text' end
$$;

-- How one of our columns would be read today.
create or replace function maint.plan_column(
    _source maint.sources, _relation oid, _place integer, _name text, _kind text
) returns maint.bound_columns
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    _planned maint.bound_columns;
    _mapped constant text := nullif(btrim(_source.columns ->> _name), '');
    _type regtype;
begin
    _planned.part := _source.part;
    _planned.place := _place;
    _planned.name := _name;
    _planned.type := maint.kind_type(_kind);
    _planned.is_lost := false;
    if _relation is null then
        return _planned;
    elsif _source.columns ? _name and _mapped is null then
        _planned.problem := format('%s.%s is not mapped (maint sources)', _source.part, _name);
        return _planned;
    end if;

    select attname, format_type(atttypid, atttypmod), coalesce(nullif(typbasetype, 0), pg_type.oid)
    into _planned.column_name, _planned.column_type, _type
    from pg_attribute
    join pg_type on pg_type.oid = atttypid
    where attrelid = _relation and attname = coalesce(_mapped, _name) and attnum > 0 and not attisdropped;
    begin
        if found then
            _planned.expression := quote_ident(_planned.column_name);
        elsif _mapped is null or _mapped ~ '^[A-Za-z_][A-Za-z0-9_$]*$' then
            _planned.problem := format('%1$s.%2$s is not mapped: %3$s has no column %4$I '
                '(maint sources set %1$s --column %2$s=COLUMN)', _source.part, _name,
                _relation::regclass, coalesce(_mapped, _name));
            return _planned;
        else
            _type := maint.expression_type(_relation, _mapped);
            _planned.expression := format(E'(\n%s\n)', _mapped);
        end if;
        select fitted, type into _planned.expression, _planned.type
        from maint.fit_column(_kind, _planned.expression, _type);
    exception when syntax_error_or_access_rule_violation or data_exception or feature_not_supported
    then
        _planned.expression := null;
        _planned.problem := format('%s.%s is not one column or expression of %s: %s: %s', _source.part,
            _name, _relation::regclass, left(coalesce(_mapped, _name), 200), sqlerrm);
    end;
    return _planned;
end
$$;

-- Columns of the audit log that only tables have: where a row stands, who wrote it, and its time as it is
-- stored, which an index may lead to.
create or replace function maint.plan_row_columns(_relation oid, _time maint.bound_columns)
    returns setof maint.bound_columns
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select _time.part, 100 + place, name, type,
        case when relkind in ('r', 'p') then expression end, null::text, null::text, null::text, false
    from (values
        (1, 'row_table', 'oid', 'tableoid'),
        (2, 'row_ctid', 'tid', 'ctid'),
        (3, 'row_xmin', 'xid', 'xmin')
    ) as listed (place, name, type, expression)
    left join pg_class on pg_class.oid = _relation
    union all
    select _time.part, 104, 'row_time', coalesce(base.type, _time.type),
        coalesce(quote_ident(base.column_name), _time.expression), null, null, null, false
    from (select) as one
    left join lateral (
        select _time.column_name, format_type(coalesce(nullif(typbasetype, 0), pg_type.oid), null)
        from pg_attribute
        join pg_type on pg_type.oid = atttypid
        where attrelid = _relation and attname = _time.column_name and _time.problem is null
    ) as base (column_name, type) on true
$$;

-- How a part would be read today, column by column. A column that is not mapped has its fallback.
create or replace function maint.plan_source(_part text) returns setof maint.bound_columns
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    _source maint.sources;
    _relation oid;
    _column record;
    _planned maint.bound_columns;
    _first text;
begin
    select * into strict _source from maint.sources where part = _part;
    select oid into _relation
    from pg_class
    where oid = maint.source_relation(_part) and relkind in ('r', 'p', 'v', 'm', 'f');
    for _column in
        select place, name, kind, fallback from maint.source_columns() where part = _part order by place
    loop
        _planned := maint.plan_column(_source, _relation, _column.place, _column.name, _column.kind);
        _first := coalesce(_first, _planned.expression, 'null');
        if _column.fallback is not null and _planned.problem is not null
            and nullif(btrim(_source.columns ->> _column.name), '') is null
        then
            _planned.expression := format(_column.fallback, _first);
            _planned.problem := null;
        end if;
        return next _planned;
        if (_part, _column.name) = ('audit_log', 'time') then
            return query select * from maint.plan_row_columns(_relation, _planned);
        end if;
    end loop;
end
$$;

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

-- Binds all parts anew where the application has changed. What can't be looked at now stays as it was.
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
            raise warning '% can''t be looked at anew: %', _part, sqlerrm;
        end;
    end loop;
end
$$;
