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
    select left(_sqlstate, 2) not in ('08', '40', '42', '53', '54', '55', '57', '58', 'XX')
$$;

-- Whether a trigger may keep a row without a word.
create or replace function maint.has_delete_guard(_target regclass) returns boolean
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
begin
    return exists (
        select from pg_trigger
        where tgrelid = _target and not tgisinternal and tgtype & 1 = 1 and tgtype & 2 = 2
            and tgtype & 8 = 8
    );
end
$$;

drop function if exists maint.staying(text, timestamptz, regclass, bigint, bigint, boolean);

-- Counts the expired rows that a purge of some blocks has left there. Without _may_stay it counts held rows
-- only.
create or replace function maint.count_remaining(
    _policy_name text, _cutoff timestamptz, _target regclass, _first_block bigint, _last_block bigint,
    _may_stay boolean,
    out locked bigint, out held bigint, out refused bigint, out refusal text
)
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    _hold text := maint.hold_expression(_policy_name, _target);
    _owner oid;
    _expired_here text;
    _counts jsonb;
begin
    locked := 0;
    refused := 0;
    held := 0;
    if not _may_stay and _hold is null then
        return;
    end if;
    _owner := maint.owner_of(_target);
    _expired_here := maint.expired_here(_policy_name, _cutoff, _first_block, _last_block);
    if _may_stay then
        _counts := maint.ask_application(_owner, format(
            'select jsonb_build_array((select count(*) from only %1$s where %2$s) - free, free) '
            'from (select count(*) as free from (select from only %1$s where %2$s '
            'for update skip locked) as rows) as unlocked',
            _target, maint.without_held(_expired_here, _hold)));
        locked := _counts -> 0;
        refused := _counts -> 1;
        if refused > 0 then
            refusal := 'a trigger kept the row';
        end if;
    end if;
    if _hold is not null then
        held := maint.ask_application(_owner, format(
            'select to_jsonb(count(*)) from only %s where %s and (%s)',
            _target, _expired_here, _hold));
    end if;
end
$$;

-- The condition of the expired rows in blocks _first_block up to, not including, _last_block.
create or replace function maint.expired_here(
    _policy_name text, _cutoff timestamptz, _first_block bigint, _last_block bigint
) returns text
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
begin
    return format('ctid >= %L::tid and ctid < %L::tid and ',
            format('(%s,0)', _first_block), format('(%s,0)', _last_block))
        || maint.expired_expression(_policy_name, _cutoff);
end
$$;

-- Deletes the expired rows in blocks _first_block up to, not including, _last_block, and puts them into
-- _kept_in where one is given: a table of the same columns, from which they are archived before this
-- commits.
--
-- Returns how many rows went, and how many stay: others hold them locked, they are on legal hold, or
-- a trigger or a foreign key refused (with one of the reasons, and its SQLSTATE if it was an error).
-- Waits for a lock at most 50 ms, then takes only the rows that are free (which needs UPDATE on a
-- column).
-- Locks: ROW EXCLUSIVE on the table, and the rows it deletes, until the caller's transaction ends.
-- SHARE on maint.legal_holds: a hold is either seen here, or placed after what this deletes.
create or replace function maint.purge_blocks(
    _policy_name text, _cutoff timestamptz,
    _target regclass, _first_block bigint, _last_block bigint, _kept_in regclass default null,
    out deleted bigint, out locked bigint, out held bigint,
    out refused bigint, out refusal text, out refusal_state text
)
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
    set lock_timeout = '50ms'
as $$
declare
    _expired_here text;
    _middle bigint := (_first_block + _last_block) / 2;
    _may_stay boolean;
begin
    perform maint.assert_policy_enabled(_policy_name);
    perform maint.lock_trusted(_target);
    lock table maint.legal_holds in share mode;
    _expired_here := maint.without_held(
        maint.expired_here(_policy_name, _cutoff, _first_block, _last_block),
        maint.hold_expression(_policy_name, _target));
    _may_stay := maint.has_delete_guard(_target);
    begin
        begin
            deleted := maint.delete_rows(_target, _expired_here, _kept_in);
        exception when lock_not_available then
            _may_stay := true;
            deleted := maint.delete_rows(_target, format(
                'ctid = any (array(select ctid from only %1$s where %2$s for update skip locked)) '
                'and %2$s', _target, _expired_here), _kept_in);
        end;
    exception when others then
        if not maint.is_refusal(sqlstate) then
            raise;
        end if;
        if _last_block - _first_block > 1 then
            -- Somewhere in here: the half that is innocent still goes in one statement.
            select sum(half.deleted), sum(half.locked), sum(half.held), sum(half.refused),
                min(half.refusal), min(half.refusal_state)
            into deleted, locked, held, refused, refusal, refusal_state
            from (values (_first_block, _middle), (_middle, _last_block)) as halves (first, last)
            cross join lateral maint.purge_blocks(
                _policy_name, _cutoff, _target, halves.first, halves.last, _kept_in) as half;
            return;
        end if;
        select rows.deleted, rows.refusal, rows.refusal_state
        into deleted, refusal, refusal_state
        from maint.purge_row_by_row(_target, _expired_here, _kept_in) as rows;
        _may_stay := true;
    end;

    select left_rows.locked, left_rows.held, left_rows.refused,
        coalesce(purge_blocks.refusal, left_rows.refusal)
    into locked, held, refused, refusal
    from maint.count_remaining(
        _policy_name, _cutoff, _target, _first_block, _last_block, _may_stay) as left_rows;
end
$$;

-- Deletes the free rows of a condition one by one; what an error keeps stays.
create or replace function maint.purge_row_by_row(
    _target regclass, _condition text, _kept_in regclass,
    out deleted bigint, out refusal text, out refusal_state text
)
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    _row text;
begin
    deleted := 0;
    for _row in
        select jsonb_array_elements_text(maint.ask_application(maint.owner_of(_target), format(
            'select coalesce(jsonb_agg(ctid), ''[]'') from '
            '(select ctid from only %s where %s for update skip locked) as rows',
            _target, _condition)))
    loop
        begin
            deleted := deleted + maint.delete_rows(
                _target, format('ctid = %L and %s', _row, _condition), _kept_in);
        exception when others then
            if not maint.is_refusal(sqlstate) then
                raise;
            end if;
            refusal := coalesce(refusal, maint.with_suspects(_target, sqlerrm));
            refusal_state := coalesce(refusal_state, sqlstate);
        end;
    end loop;
end
$$;

-- Raises the error that kept every single row, unless it was a constraint: a trigger that lets nothing
-- pass is a failure to be seen, some rows that others still refer to are normal.
create or replace function maint.assert_not_all_refused(
    _deleted bigint, _refused bigint, _refusal text, _refusal_state text
) returns void
    language plpgsql immutable
    set search_path = pg_catalog, pg_temp
as $$
begin
    if _deleted = 0 and _refused > 0 and _refusal_state not like '23%' then
        raise exception using errcode = _refusal_state,
            message = format('nothing could be deleted, all %s expired rows were refused: %s',
                _refused, _refusal);
    end if;
end
$$;

-- The whole purge of one policy in the caller's transaction, for the SQL functions. Returns a reason, and
-- no count, where the policy has nothing to do.
create or replace function maint.purge(_policy_name text) returns jsonb
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    _blocks_at_once constant bigint := 512;
    _cutoff timestamptz;
    _range record;
    _batch record;
    _deleted bigint := 0;
    _locked bigint := 0;
    _refused bigint := 0;
    _refusal text;
    _refusal_state text;
    _held bigint := 0;
    _reason text := maint.why_policy_rests(_policy_name);
begin
    if _reason is not null then
        return jsonb_build_object('reason', _reason, 'deleted_count', null);
    end if;
    _cutoff := maint.policy_cutoff(_policy_name);
    if (select action from maint.retention_policies where name = _policy_name) <> 'delete' then
        raise feature_not_supported using
            message = format('retention policy %s archives its rows, which SQL cannot', _policy_name),
            hint = 'Run the task of that name in Dagster, or with maint run.';
    end if;
    for _range in
        select target, first_block
        from maint.policy_tables(_policy_name) as relation
        cross join maint.purge_targets(relation)
        cross join generate_series(0, blocks - 1, _blocks_at_once) as first_block
    loop
        select * into _batch from maint.purge_blocks(_policy_name, _cutoff,
            _range.target, _range.first_block, _range.first_block + _blocks_at_once);
        if _batch.locked > 0 then
            -- Once more: most locks are held for a moment only.
            _deleted := _deleted + _batch.deleted;
            select * into _batch from maint.purge_blocks(_policy_name, _cutoff,
                _range.target, _range.first_block, _range.first_block + _blocks_at_once);
        end if;
        _deleted := _deleted + _batch.deleted;
        _locked := _locked + _batch.locked;
        _refused := _refused + _batch.refused;
        _refusal := coalesce(_refusal, _batch.refusal);
        _refusal_state := coalesce(_refusal_state, _batch.refusal_state);
        _held := _held + _batch.held;
    end loop;
    perform maint.assert_not_all_refused(_deleted, _refused, _refusal, _refusal_state);
    return jsonb_build_object(
        'policy', _policy_name,
        'cutoff', _cutoff,
        'deleted_count', _deleted,
        'locked_left', _locked,
        'refused', _refused,
        'held', _held
    ) || case when _refused = 0 then '{}' else jsonb_build_object('refusal', _refusal) end;
end
$$;
