-- Who changed what (maint.changes): a row for each change of a configuration table, of an alert by hand, and
-- for each launch by a person. It commits with what it describes. Rows are only ever added.
--
-- Locks: SHARE ROW EXCLUSIVE on the configuration tables, until this commits, to make their triggers.

-- A text as the history keeps it: without the passwords of URLs, and not longer than it can be read.
create or replace function maint.kept_text(_text text) returns text
    language sql immutable
    set search_path = pg_catalog, pg_temp
as $$
    select left(regexp_replace(
            left(_text, 10300), '(://[^\s/:@]{0,200}:)[^\s@]{1,255}@', '\1***@', 'g'), 10000)
        || case when length(_text) > 10000 then format(' … (%s characters, MD5 %s)',
            length(_text), md5(_text)) else '' end
$$;

create or replace function maint.kept_value(_value jsonb) returns jsonb
    language sql immutable
    set search_path = pg_catalog, pg_temp
as $$
    select jsonb_object_agg(key, case
        when jsonb_typeof(value) = 'string' or length(value::text) > 10000
            then to_jsonb(maint.kept_text(value #>> '{}'))
        else value
    end)
    from jsonb_each(_value)
$$;

-- Whoever adds a row, and be it by hand: when and by whom is what the server knows.
create or replace function maint.stamp_change() returns trigger
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
begin
    new.changed_at := clock_timestamp();
    new.changed_by := maint.caller();
    new.object := maint.kept_text(new.object);
    new.old_value := maint.kept_value(new.old_value);
    new.new_value := maint.kept_value(new.new_value);
    return new;
end
$$;

create or replace function maint.refuse_rewriting() returns trigger
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
begin
    raise insufficient_privilege using
        message = format('%s of maint.changes is refused: the history is only ever added to', tg_op),
        hint = 'maint migrate --down removes it as a whole.';
end
$$;

-- Rows, because a statement that names a parent of the table would fire no trigger of statements here.
create or replace trigger refuse_rewriting
    before update or delete on maint.changes
    for each row execute function maint.refuse_rewriting();
create or replace trigger refuse_truncation
    before truncate on maint.changes
    for each statement execute function maint.refuse_rewriting();
create or replace trigger stamp_change
    before insert on maint.changes
    for each row execute function maint.stamp_change();

-- Also under session_replication_role = replica.
alter table maint.changes
    enable always trigger refuse_rewriting,
    enable always trigger refuse_truncation,
    enable always trigger stamp_change;

-- What somebody did that is no change of a row, such as a launch.
create or replace function maint.note_change(
    _action text, _table_name text, _object text, _old jsonb, _new jsonb
) returns void
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$
    insert into maint.changes (action, table_name, object, old_value, new_value)
    values (_action, _table_name, _object, _old, _new)
$$;

-- Of a row of a configuration table, the columns that people set: those of _undecided, or all where that is {}.
-- When it was changed, the history itself says.
create or replace function maint.decided_columns(_row jsonb, _undecided jsonb) returns jsonb
    language sql immutable
    set search_path = pg_catalog, pg_temp
as $$
    select case when _undecided = '{}' then _row - 'updated_at' else (
        select jsonb_object_agg(key, value) from jsonb_each(_row) where _undecided ? key) end
$$;

-- Notes what became of one row of a configuration table; of a changed one only what differs.
create or replace function maint.note_row_change(
    _table_name text, _key text[], _undecided jsonb, _old_row jsonb, _new_row jsonb
) returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    _old jsonb := maint.decided_columns(_old_row, _undecided);
    _new jsonb := maint.decided_columns(_new_row, _undecided);
    _action text := case when _old is null then 'added' when _new is null then 'removed'
        else 'changed' end;
begin
    if coalesce(_old, _undecided) = coalesce(_new, _undecided) then
        return;
    end if;
    if _action = 'changed' then
        select jsonb_object_agg(key, before.value), jsonb_object_agg(key, after.value)
        into _old, _new
        from jsonb_each(_old) as before
        join jsonb_each(_new) as after using (key)
        where before.value <> after.value;
    end if;
    perform maint.note_change(_action, _table_name, (
            select string_agg(coalesce(_new_row, _old_row) ->> name, ':' order by place)
            from unnest(_key) with ordinality as part (name, place)
        ), _old, _new);
end
$$;

-- The trigger of every configuration table. Arguments: the columns of its key, and what note_row_change() calls
-- _undecided. SECURITY DEFINER, because whoever may change a setting need not be able to write the history.
create or replace function maint.record_change() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
    set timezone = 'UTC'
    set intervalstyle = 'postgres'
as $$
declare
    _gone jsonb;
begin
    if tg_op = 'TRUNCATE' then
        for _gone in execute format('select to_jsonb(gone) from %s as gone', tg_relid::regclass)
        loop
            perform maint.note_row_change(
                tg_table_name, tg_argv[0]::text[], tg_argv[1]::jsonb, _gone, null);
        end loop;
    else
        perform maint.note_row_change(
            tg_table_name, tg_argv[0]::text[], tg_argv[1]::jsonb, to_jsonb(old), to_jsonb(new));
    end if;
    return null;
end
$$;

do $$
declare
    _table record;
begin
    for _table in
        select * from (values
            ('baseline', '{kind,object}', '{}'),
            ('check_thresholds', '{check_name,name}', '{"value": null}'),
            ('checks', '{name}', '{"enabled": true}'),
            ('ignored_findings', '{fingerprint}', '{}'),
            ('legal_holds', '{id}', '{}'),
            ('maintenance_windows', '{name}', '{}'),
            ('notification_channels', '{name}', '{}'),
            ('retention_policies', '{name}', '{}'),
            ('settings', '{name}', '{}'),
            ('sources', '{part}', '{}'),
            ('storage_plan', '{name}', '{}'),
            ('storage_prices', '{name}', '{}'),
            ('trusted_owners', '{role}', '{}')
        ) as configuration (name, key, undecided)
    loop
        execute format(
            'create or replace trigger record_change after insert or update or delete on maint.%I '
            'for each row execute function maint.record_change(%L, %L)',
            _table.name, _table.key, _table.undecided);
        execute format(
            'create or replace trigger record_truncation before truncate on maint.%I '
            'for each statement execute function maint.record_change(%L, %L)',
            _table.name, _table.key, _table.undecided);
        execute format(
            'alter table maint.%I enable always trigger record_change, '
            'enable always trigger record_truncation', _table.name);
    end loop;
end
$$;

create or replace function maint.get_maintenance_changes(_days integer default 30)
    returns table (
        id bigint, changed_at timestamptz, action text, table_name text, object text,
        old_value jsonb, new_value jsonb, changed_by jsonb
    )
    language plpgsql stable security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    perform maint.assert_operator();
    if _days is null or _days not between 1 and 3650 then
        raise invalid_parameter_value using
            message = format('_days must be from 1 to 3650, not %s', coalesce(_days::text, 'null'));
    end if;
    return query
        select change.id, change.changed_at, change.action, change.table_name, change.object,
            change.old_value, change.new_value, change.changed_by
        from maint.changes as change
        where change.changed_at >= now() - make_interval(days => _days)
        order by change.id desc;
end
$$;
