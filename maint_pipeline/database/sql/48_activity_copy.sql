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

-- One pass: what happened since the start, and what was written since the run before with a date long
-- past, as far as it is on the table's last pages, where rows come to stand unless others were deleted.
create or replace function maint.copy_activity(_start timestamptz, _below xid8) returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    _since text := format('log.time > %L', _start);
    _late text := format(
        -- Transaction ids are compared as ages, which their wrapping around leaves alone.
        'log.ctid >= %L::tid and log.time <= %L and age(log.xmin) <= age(%L::xid)',
        format('(%s,0)', greatest(0, -128
            + pg_relation_size('public.audit_logs') / current_setting('block_size')::bigint)),
        _start, (_below::text::numeric % 4294967296)::text);
begin
    perform maint.copy_audit_rows(_since);
    if _below is not null and exists (
        select from pg_class where oid = 'public.audit_logs'::regclass and relkind = 'r')
    then
        perform maint.copy_audit_rows(_late);
    end if;
    analyze maint.recent_activity;
end
$$;

-- Whether an error may be about the content of one row: not a missing column, a lock or a lost connection.
create or replace function maint.is_fault_of_a_row(_sqlstate text) returns boolean
    language sql immutable
    set search_path = pg_catalog, pg_temp
as $$ select left(_sqlstate, 2) in ('22', '23', '54', 'XX', 'P0') $$;

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
        if not maint.is_fault_of_a_row(sqlstate) then
            raise;
        end if;
    end;
    for _row in execute format(
        'select log.tableoid::regclass as relation, log.ctid from public.audit_logs as log where %s',
        _condition)
    loop
        begin
            perform maint.copy_audit_rows_at_once(format(
                'log.tableoid = %L::regclass and log.ctid = %L', _row.relation, _row.ctid));
        exception when others then
            _unreadable := _unreadable + 1;
            _problem := coalesce(_problem, sqlerrm);
        end;
    end loop;
    if _unreadable > 0 then
        raise warning '% of public.audit_logs can''t be read, and no check sees them: %',
            maint.counted(_unreadable, 'row'), _problem;
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
            maint.shortened(log.user_id::text), coalesce(maint.shortened(log.entity), ''),
            maint.shortened(log.entity_id::text), maint.shortened(log.action::text),
            log.payload_hash is not distinct from 'rate_limited',
            host(log.ip_address), maint.shortened(log.user_agent)
        from public.audit_logs as log
        where %s
        $query$,
        _condition);
end
$$;
