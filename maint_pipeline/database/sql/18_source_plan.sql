-- How the parts of the application would be read today: each column of ours as an expression over a row of
-- theirs, with its type, or why it can't be. 19_source_binding.sql makes functions of it.

-- The type of one SQL expression over the rows of a relation. Raises what is wrong with it; runs nothing.
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
