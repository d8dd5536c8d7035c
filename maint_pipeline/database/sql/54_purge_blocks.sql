-- Deleting what has expired in one block range. Two drive it: retention/purge.py in short transactions, and
-- maint.purge (55_purge.sql) in its caller's one.

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

drop function if exists maint.count_remaining(text, timestamptz, regclass, bigint, bigint, boolean);

-- Counts the rows of a condition that are on legal hold (_hold is maint.hold_expression's).
create or replace function maint.count_held(_target regclass, _expired_here text, _hold text) returns bigint
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    if _hold is null then
        return 0;
    end if;
    return maint.ask_application(maint.owner_of(_target), format(
        'select to_jsonb(count(*)) from only %s where %s and (%s)', _target, _expired_here, _hold));
end
$$;

-- Counts the rows of a condition after their DELETE: others hold them locked, or a trigger kept them.
create or replace function maint.count_kept(
    _target regclass, _may_go text, out locked bigint, out refused bigint
)
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    _counts jsonb;
begin
    _counts := maint.ask_application(maint.owner_of(_target), format(
        'select jsonb_build_array((select count(*) from only %1$s where %2$s) - free, free) '
        'from (select count(*) as free from (select from only %1$s where %2$s '
        'for update skip locked) as rows) as unlocked',
        _target, _may_go));
    locked := _counts -> 0;
    refused := _counts -> 1;
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

-- The condition of the expired rows from _since up to, not including, _before.
create or replace function maint.expired_between(
    _policy_name text, _cutoff timestamptz, _since timestamptz, _before timestamptz
) returns text
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
begin
    return maint.time_compared(_policy_name, '>=', _since) || ' and '
        || maint.expired_expression(_policy_name, least(_before, _cutoff));
end
$$;

drop function if exists maint.purge_blocks(text, timestamptz, regclass, bigint, bigint, regclass);

-- Deletes the expired rows in blocks _first_block up to, not including, _last_block, or, where _before is given,
-- those of that slice of time, in whatever block they are; and puts them into
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
    _since timestamptz default null, _before timestamptz default null,
    out deleted bigint, out locked bigint, out held bigint,
    out refused bigint, out refusal text, out refusal_state text
)
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
    set lock_timeout = '50ms'
as $$
declare
    _expired_here text;
    _hold text;
    _may_go text;
    _middle bigint := (_first_block + _last_block) / 2;
    _may_stay boolean;
begin
    perform maint.assert_policy_enabled(_policy_name);
    perform maint.lock_trusted(_target);
    lock table maint.legal_holds in share mode;
    _expired_here := case when _before is null
        then maint.expired_here(_policy_name, _cutoff, _first_block, _last_block)
        else maint.expired_between(_policy_name, _cutoff, _since, _before) end;
    _hold := maint.hold_expression(_policy_name, _target);
    _may_go := maint.without_held(_expired_here, _hold);
    _may_stay := maint.has_delete_guard(_target);
    begin
        begin
            deleted := maint.delete_rows(_target, _may_go, _kept_in);
        exception when lock_not_available then
            _may_stay := true;
            deleted := maint.delete_rows(_target, format(
                'ctid = any (array(select ctid from only %1$s where %2$s for update skip locked)) '
                'and %2$s', _target, _may_go), _kept_in);
        end;
    exception when others then
        if not maint.is_refusal(sqlstate) then
            raise;
        end if;
        if _before is null and _last_block - _first_block > 1 then
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
        from maint.purge_row_by_row(_target, _may_go, _kept_in) as rows;
        _may_stay := true;
    end;

    locked := 0;
    refused := 0;
    if _may_stay then
        select kept.locked, kept.refused into locked, refused
        from maint.count_kept(_target, _may_go) as kept;
        if refused > 0 then
            refusal := coalesce(refusal, 'a trigger kept the row');
        end if;
    end if;
    held := maint.count_held(_target, _expired_here, _hold);
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
