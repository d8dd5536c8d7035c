-- Which rows of maint.sources are accepted: validated when they are written, so that an invalid one is an
-- error; and what follows from a change.

-- Refuses an expression that calls code of an owner who is not trusted: it would run with our rights.
create or replace function maint.assert_trusted_expression(
    _column text, _expression text, _relation regclass
) returns void
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
declare
    _probe constant text := format('maint.probe_%s()', pg_backend_pid());
    _foreign record;
begin
    -- Of a body that is no string, PostgreSQL notes what it calls. It is never called.
    execute format(E'create function %s returns void language sql begin atomic '
        'select from %s where (\n%s\n) is null; end', _probe, _relation, _expression);
    select pg_proc.oid::regprocedure as name, pg_get_userbyid(proowner) as owner into _foreign
    from pg_depend
    left join pg_operator on refclassid = 'pg_operator'::regclass and pg_operator.oid = refobjid
    join pg_proc on pg_proc.oid = case refclassid when 'pg_proc'::regclass then refobjid else oprcode end
    where classid = 'pg_proc'::regclass and objid = to_regprocedure(_probe)
        and not maint.is_trusted(proowner)
    limit 1;
    if found then
        raise insufficient_privilege using message = format(
            '%s: %s belongs to %I, who is not trusted: run maint migrate --trust %3$I, or write it without',
            _column, _foreign.name, _foreign.owner);
    end if;
    execute format('drop function %s', _probe);
end
$$;

-- Reads a few rows of a column as it would be read from now on.
create or replace function maint.try_source_column(_relation regclass, _planned maint.bound_columns)
    returns void
    language plpgsql
    set search_path = pg_catalog, pg_temp
    set timezone = 'UTC'
as $$
begin
    execute format('select count(value) from (select %s as value from %s limit 100) as tried',
        _planned.expression, _relation);
exception when others then
    raise check_violation using message = format('%s.%s: reading %s fails: %s',
        _planned.part, _planned.name, _relation, sqlerrm);
end
$$;

-- Refuses columns that could not be read from a relation.
create or replace function maint.assert_source_columns(_source maint.sources, _relation regclass)
    returns void
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
declare
    _ours record;
    _planned maint.bound_columns;
begin
    for _ours in select key, jsonb_typeof(value) as type from jsonb_each(_source.columns) loop
        if not exists (
            select from maint.source_columns() where part = _source.part and name = _ours.key
        ) then
            raise check_violation using
                message = format('%s has no column %s', _source.part, _ours.key),
                hint = format('Its columns: %s.', (
                    select string_agg(name, ', ' order by place)
                    from maint.source_columns() where part = _source.part));
        elsif _ours.type not in ('string', 'null') then
            raise check_violation using message = format(
                '%s.%s is mapped to a text, a column or an expression', _source.part, _ours.key);
        end if;
    end loop;
    for _ours in
        select place, name, kind from maint.source_columns() where part = _source.part order by place
    loop
        _planned := maint.plan_column(_source, _relation, _ours.place, _ours.name, _ours.kind);
        if _planned.expression is not null then
            if _planned.column_name is null then
                perform maint.assert_trusted_expression(format('%s.%s', _source.part, _ours.name),
                    _source.columns ->> _ours.name, _relation);
            end if;
            perform maint.try_source_column(_relation, _planned);
        elsif nullif(btrim(_source.columns ->> _ours.name), '') is not null then
            raise check_violation using message = _planned.problem;
        end if;
    end loop;
end
$$;

-- Refuses a source that could not be read.
create or replace function maint.validate_source() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    _relation constant oid := maint.relation_of(new.table_schema, new.table_name);
    _problem text;
begin
    new.updated_at := clock_timestamp();
    if tg_op = 'UPDATE' and (new.state, new.table_schema, new.table_name, new.columns)
        is not distinct from (old.state, old.table_schema, old.table_name, old.columns)
    then
        return new;
    end if;
    if new.state = 'none' then
        new.table_schema := null;
        new.table_name := null;
        new.columns := '{}';
        return new;
    end if;
    if exists (
        select from maint.source_defaults()
        where part = new.part and (table_schema, table_name) = (new.table_schema, new.table_name)
    ) and new.columns = '{}' then
        new.state := 'default';
        return new;
    end if;
    new.state := 'set';
    if new.part = 'security_alerts' then
        raise check_violation using
            message = 'security_alerts is public.security_alerts, or none',
            hint = 'Where that table does not fit, alerts are kept in maint.alerts.';
    end if;
    if _relation is null then
        raise undefined_table using
            message = format('%s: there is no table or view %I.%I', new.part, new.table_schema,
                new.table_name);
    end if;
    if new.table_schema in ('pg_catalog', 'information_schema', 'pg_toast', 'maint') then
        raise check_violation using
            message = format('%s: %I is not a schema of the application', new.part, new.table_schema);
    end if;
    _problem := maint.unreadable(_relation);
    if _problem is not null then
        raise insufficient_privilege using message = format('%s: %s', new.part, _problem);
    end if;
    perform maint.assert_source_columns(new, _relation);
    return new;
end
$$;

create or replace trigger validate_source
    before insert or update on maint.sources
    for each row execute function maint.validate_source();

-- The table and the time column that a part has for a retention policy: none of a view, or where the time is
-- an expression.
create or replace function maint.policy_source(_part text, out table_schema text, out table_name text,
    out time_column text)
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select source.table_schema, source.table_name, bound.column_name
    from maint.sources as source
    join maint.bound_columns as bound on bound.part = source.part and bound.name = 'time'
    join pg_class on pg_class.oid = maint.source_relation(source.part) and relkind in ('r', 'p')
    where source.part = _part and bound.column_name is not null and bound.problem is null
$$;

-- Lets the built-in policy of the audit log follow it, unless it was pointed to another table by hand.
create or replace function maint.follow_audit_log(_old maint.sources) returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    _now record;
begin
    select * into _now from maint.policy_source('audit_log');
    if _now.table_name is null then
        return;
    end if;
    update maint.retention_policies
    set table_schema = _now.table_schema, table_name = _now.table_name, time_column = _now.time_column
    where name = 'cleanup_old_audit_logs'
        and ((table_schema, table_name) = (_old.table_schema, _old.table_name)
            or maint.relation_of(table_schema, table_name) is null)
        and (table_schema, table_name, time_column)
            <> (_now.table_schema, _now.table_name, _now.time_column);
end
$$;

-- What follows from a change.
create or replace function maint.apply_source() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    if new.part in (select maint.bound_parts()) then
        -- What somebody changes is not lost.
        delete from maint.bound_columns where part = new.part;
        perform maint.bind_source(new.part);
    end if;
    if new.part = 'audit_log' and tg_op = 'UPDATE'
        and (new.state, new.table_schema, new.table_name, new.columns)
            is distinct from (old.state, old.table_schema, old.table_name, old.columns)
    then
        perform maint.follow_audit_log(old);
        -- What is known of the past is of another log, or of other columns.
        perform maint.forget_activity();
    elsif new.part = 'user_roles' then
        -- Nobody becomes an administrator because somebody else is looked at.
        delete from maint.known_traits where trait = 'administrator';
        perform maint.note_administrators(true);
    end if;
    return null;
end
$$;

create or replace trigger apply_source
    after insert or update on maint.sources
    for each row execute function maint.apply_source();

-- For the SQL functions in the scripts to come.
select maint.bind_source(part) from maint.bound_parts() as part;
