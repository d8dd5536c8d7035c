-- The copy of the recent audit log that the checks of behaviour read, whatever its rows hold.

-- What a text of the application counts as: itself, or where it is long its beginning and a hash, so that
-- no content is too long for a key.
create or replace function maint.shortened(_text text) returns text
    language sql immutable
    set search_path = pg_catalog, pg_temp
as $$
    select case when octet_length(_text) <= 400 then _text
        else left(_text, 60) || '... sha256 ' || encode(sha256(convert_to(_text, 'UTF8')), 'hex')
    end
$$;

-- A condition that all rows after a moment fulfil, and perhaps some of the hours before it, on the time as it
-- is stored: an index may lead to them where times have no zone.
create or replace function maint.raw_time_after(_start timestamptz) returns text
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select case
        when type in ('timestamp without time zone', 'date') then format('log.row_time >= %L::%s',
            (_start at time zone maint.application_time_zone()) - interval '1 day', type)
        else 'true'
    end
    from maint.bound_columns
    where part = 'audit_log' and name = 'row_time'
$$;

-- The same for all rows before a moment.
create or replace function maint.raw_time_before(_end timestamptz) returns text
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select case
        when type in ('timestamp without time zone', 'date') then format('log.row_time <= %L::%s',
            (_end at time zone maint.application_time_zone()) + interval '1 day', type)
        else 'true'
    end
    from maint.bound_columns
    where part = 'audit_log' and name = 'row_time'
$$;

-- One pass: what happened since the start, and what was written since the run before with a date long
-- past, as far as it is on the table's last pages, where rows come to stand unless others were deleted.
create or replace function maint.copy_activity(_start timestamptz, _below xid8) returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    _log constant regclass := maint.source_relation('audit_log');
begin
    perform maint.copy_audit_rows(format('log.time > %L and %s', _start, maint.raw_time_after(_start)));
    if _below is not null and exists (select from pg_class where oid = _log and relkind = 'r') then
        perform maint.copy_audit_rows(format(
            -- Transaction ids are compared as ages, which their wrapping around leaves alone.
            'log.row_ctid >= %L::tid and log.time <= %L and age(log.row_xmin) <= age(%L::xid)',
            format('(%s,0)', greatest(0, -128
                + pg_relation_size(_log) / current_setting('block_size')::bigint)),
            _start, (_below::text::numeric % 4294967296)::text));
    end if;
    analyze maint.recent_activity;
end
$$;

-- Whether an error may be about the content of one row: not a missing column, a lock or a lost connection.
create or replace function maint.is_fault_of_a_row(_sqlstate text) returns boolean
    language sql immutable
    set search_path = pg_catalog, pg_temp
as $$ select left(_sqlstate, 2) in ('22', '23', '54', 'XX', 'P0') $$;

-- The rows of the audit log by where they stand and when they are of, without their other columns: the
-- application's own casts may raise for one of these.
create or replace function maint.audit_rows() returns text
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select format('(select %s from %s)',
        string_agg(format('%s as %I', expression, name), ', ' order by place),
        maint.source_relation('audit_log'))
    from maint.bound_columns
    where part = 'audit_log' and name in ('time', 'row_table', 'row_ctid', 'row_xmin', 'row_time')
$$;

-- Copies the rows of a condition: all at once, or where one of them can't be read, one by one without it.
create or replace function maint.copy_audit_rows(_condition text) returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    _problem text;
    _unreadable bigint := 0;
    _row record;
begin
    begin
        perform maint.copy_audit_rows_at_once(_condition);
        return;
    exception when others then
        -- Rows of a view have no identity.
        if not maint.is_fault_of_a_row(sqlstate) or not exists (
            select from maint.bound_columns
            where part = 'audit_log' and name = 'row_ctid' and expression is not null)
        then
            raise;
        end if;
    end;
    for _row in execute format(
        'select log.row_table::regclass as relation, log.row_ctid as ctid from %s as log where %s',
        maint.audit_rows(), _condition)
    loop
        begin
            perform maint.copy_audit_rows_at_once(format(
                'log.row_table = %L::regclass and log.row_ctid = %L', _row.relation, _row.ctid));
        exception when others then
            _unreadable := _unreadable + 1;
            _problem := coalesce(_problem, sqlerrm);
        end;
    end loop;
    if _unreadable > 0 then
        raise warning '% of % can''t be read, and no check sees them: %',
            maint.pluralize(_unreadable, 'row'), maint.source_relation('audit_log'), _problem;
    end if;
end
$$;

-- Times are kept within the years that all arithmetic can be done with.
create or replace function maint.copy_audit_rows_at_once(_condition text) returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    execute format(
        $query$
        insert into maint.recent_activity
            (at, user_id, entity, entity_id, action, is_refused, address, agent)
        select greatest('0001-01-02 00:00:00+00', least('9999-12-30 00:00:00+00', log.time)),
            coalesce(maint.shortened(log.user_id::text), ''), coalesce(maint.shortened(log.entity), ''),
            maint.shortened(log.entity_id::text), coalesce(maint.shortened(log.action), ''),
            log.payload_hash is not distinct from 'rate_limited',
            maint.shortened(log.ip_address), maint.shortened(log.user_agent)
        from maint.audit_log() as log
        where %s
        $query$,
        _condition);
end
$$;
