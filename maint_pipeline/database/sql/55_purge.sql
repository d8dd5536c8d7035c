-- Deleting what has expired, block range by block range. retention/purge.py drives
-- maint.purge_blocks in short transactions; the SQL functions drive it through maint.purge in their
-- caller's one transaction.

-- The relations that hold the rows of a table: itself, or its leaf partitions, with their size.
-- Refuses what is no table, or belongs to somebody who is not trusted.
create or replace function maint.purge_targets(_table regclass)
    returns table (target regclass, blocks bigint)
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
begin
    perform maint.assert_trusted(_table);
    if (select relkind not in ('r', 'p') from pg_class where oid = _table) then
        raise wrong_object_type using message = format('%s is no table to purge', _table);
    end if;
    return query
        select relation.oid::regclass,
            pg_relation_size(relation.oid) / current_setting('block_size')::bigint
        from pg_class as relation
        where relation.oid = _table and relation.relkind = 'r'
            or relation.relkind = 'r' and relation.oid in (
                select tree.relid from pg_partition_tree(_table) as tree where tree.isleaf
            )
        order by relation.oid::regclass::text;
end
$$;

-- Whether an error is about the rows and not about the server or the statement: constraints, what
-- triggers raise, data. Its class is the first two characters.
create or replace function maint.is_refusal(_sqlstate text) returns boolean
    language sql immutable
    set search_path = pg_catalog, pg_temp
as $$
    select left(_sqlstate, 2) not in ('08', '40', '53', '54', '55', '57', '58', 'XX')
$$;

-- Deletes the expired rows in blocks _first_block up to, not including, _last_block.
--
-- Returns how many rows went, how many stay because others hold them locked, and how many because
-- a trigger or a foreign key refused, with one of the reasons. Waits for a lock at most 50 ms, then
-- takes only the rows that are free (which needs UPDATE on a column).
-- Locks: ROW EXCLUSIVE on the table, and the rows it deletes, until the caller's transaction ends.
create or replace function maint.purge_blocks(
    _target regclass, _predicate text, _first_block bigint, _last_block bigint,
    out deleted bigint, out locked bigint, out refused bigint, out refusal text
)
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
    set lock_timeout = '50ms'
as $$
declare
    _expired_here text := format(
        'ctid >= %L::tid and ctid < %L::tid and %s',
        format('(%s,0)', _first_block), format('(%s,0)', _last_block), _predicate
    );
    _middle bigint := (_first_block + _last_block) / 2;
    _may_stay boolean;
begin
    -- The lock keeps a trigger from being added after the look at them.
    execute format('lock table only %s in row exclusive mode', _target);
    perform maint.assert_trusted(_target);
    -- A row trigger may keep a row without a word.
    _may_stay := exists (
        select from pg_trigger
        where tgrelid = _target and not tgisinternal and tgtype & 1 = 1 and tgtype & 2 = 2
            and tgtype & 8 = 8
    );
    begin
        begin
            execute format('delete from only %s where %s', _target, _expired_here);
            get diagnostics deleted = row_count;
        exception when lock_not_available then
            _may_stay := true;
            execute format(
                'delete from only %1$s where ctid = any (array('
                'select ctid from only %1$s where %2$s for update skip locked)) and %2$s',
                _target, _expired_here
            );
            get diagnostics deleted = row_count;
        end;
    exception when others then
        if not maint.is_refusal(sqlstate) then
            raise;
        end if;
        if _last_block - _first_block > 1 then
            -- Somewhere in here: the half that is innocent still goes in one statement.
            select sum(half.deleted), sum(half.locked), sum(half.refused), min(half.refusal)
            into deleted, locked, refused, refusal
            from (values (_first_block, _middle), (_middle, _last_block)) as halves (first, last)
            cross join lateral maint.purge_blocks(_target, _predicate, halves.first, halves.last)
                as half;
            return;
        end if;
        select rows.deleted, rows.refusal into deleted, refusal
        from maint.purge_row_by_row(_target, _expired_here) as rows;
        _may_stay := true;
    end;

    locked := 0;
    refused := 0;
    if _may_stay then
        execute format(
            'select (select count(*) from only %1$s where %2$s) - free, free '
            'from (select count(*) as free from (select from only %1$s where %2$s '
            'for update skip locked) as rows) as counted',
            _target, _expired_here
        ) into locked, refused;
        if refused > 0 then
            refusal := coalesce(refusal, 'a trigger kept the row');
        end if;
    end if;
end
$$;

-- Deletes the free rows of a condition one by one; what an error keeps stays.
create or replace function maint.purge_row_by_row(
    _target regclass, _condition text, out deleted bigint, out refusal text
)
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    _row tid;
    _count bigint;
begin
    deleted := 0;
    for _row in execute format(
        'select ctid from only %s where %s for update skip locked', _target, _condition)
    loop
        begin
            execute format('delete from only %s where ctid = %L and %s', _target, _row, _condition);
            get diagnostics _count = row_count;
            deleted := deleted + _count;
        exception when others then
            if not maint.is_refusal(sqlstate) then
                raise;
            end if;
            refusal := coalesce(refusal, sqlerrm);
        end;
    end loop;
end
$$;

-- What a purge would delete: counts, range, bytes, and the statement. Reads the table once.
create or replace function maint.preview_purge(_policy_name text, _cutoff timestamptz) returns jsonb
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    _table regclass := maint.policy_table(_policy_name);
    _predicate text := maint.policy_predicate(_policy_name, _cutoff);
    _time_column text;
    _preview jsonb;
begin
    perform maint.assert_trusted(_table);
    select time_column into _time_column from maint.retention_policies where name = _policy_name;
    execute format(
        'select jsonb_build_object(''expired_count'', count(*), ''oldest'', min(%1$I), '
        '''newest'', max(%1$I), ''expired_bytes'', coalesce(sum(pg_column_size(%2$s.*)), 0)) '
        'from %2$s where %3$s',
        _time_column, _table, _predicate
    ) into _preview;
    return _preview || jsonb_build_object(
        'statement', format('delete from %s where %s', _table, _predicate)
    );
end
$$;

-- The whole purge of one policy in the caller's transaction, for the SQL functions. Returns only a
-- reason where the application has no such table.
create or replace function maint.purge(_policy_name text) returns jsonb
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    _blocks_at_once constant bigint := 512;
    _table regclass := maint.policy_table(_policy_name);
    _cutoff timestamptz := maint.policy_cutoff(_policy_name);
    _predicate text := maint.policy_predicate(_policy_name, _cutoff);
    _range record;
    _batch record;
    _deleted bigint := 0;
    _locked bigint := 0;
    _refused bigint := 0;
    _refusal text;
begin
    if _table is null then
        return jsonb_build_object(
            'reason', format('the table of retention policy %s does not exist', _policy_name));
    end if;
    for _range in
        select target, first_block
        from maint.purge_targets(_table)
        cross join generate_series(0, blocks - 1, _blocks_at_once) as first_block
    loop
        select * into _batch from maint.purge_blocks(
            _range.target, _predicate, _range.first_block, _range.first_block + _blocks_at_once);
        if _batch.locked > 0 then
            -- Once more: most locks are held for a moment only.
            _deleted := _deleted + _batch.deleted;
            select * into _batch from maint.purge_blocks(
                _range.target, _predicate, _range.first_block, _range.first_block + _blocks_at_once);
        end if;
        _deleted := _deleted + _batch.deleted;
        _locked := _locked + _batch.locked;
        _refused := _refused + _batch.refused;
        _refusal := coalesce(_refusal, _batch.refusal);
    end loop;
    return jsonb_build_object(
        'policy', _policy_name,
        'cutoff', _cutoff,
        'deleted_count', _deleted,
        'locked_left', _locked,
        'refused', _refused
    ) || case when _refused = 0 then '{}' else jsonb_build_object('refusal', _refusal) end;
end
$$;
