-- The purge of a policy as a whole: over which relations it goes, and the driver of the SQL functions.
-- retention/purge.py is the driver of the jobs; tests/integration/test_drivers.py compares the two.

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
