-- Retention: which rows of a policy's table have expired, and deleting them block range by block
-- range. retention/purge.py drives maint.purge_blocks in short transactions; the SQL functions
-- drive it through maint.purge in their caller's one transaction.

-- Refuses a policy that could not work or that would delete what it should not.
create or replace function maint.validate_retention_policy() returns trigger
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
declare
    _table regclass := to_regclass(format('%I.%I', new.table_schema, new.table_name));
    _column_type text;
    _probe refcursor;
    _query text;
begin
    new.updated_at := clock_timestamp();
    if new.keep < interval '1 day' and not new.force then
        raise check_violation using message = format(
            'retention policy %s: keep is %s; at least 1 day, or set force', new.name, new.keep);
    end if;
    if new.table_schema in ('pg_catalog', 'information_schema', 'pg_toast', 'maint', 'auth') then
        raise check_violation using message = format(
            'retention policy %s: tables of schema %s are not for purging', new.name, new.table_schema);
    end if;
    -- A built-in policy may wait for its table: not every application has every table.
    if _table is null then
        if new.built_in then
            return new;
        end if;
        raise undefined_table using message = format(
            'retention policy %s: there is no table %I.%I', new.name, new.table_schema, new.table_name);
    end if;

    select format_type(atttypid, null) into _column_type
    from pg_attribute
    where attrelid = _table and attname = new.time_column and attnum > 0 and not attisdropped;
    if _column_type is null or _column_type not in
        ('timestamp with time zone', 'timestamp without time zone', 'date')
    then
        raise undefined_column using message = format(
            'retention policy %s: %s has no column %I of a date or timestamp type',
            new.name, _table, new.time_column);
    end if;

    perform maint.assert_trusted(_table);

    -- One boolean expression must parse both bare and in parentheses: "true) or (true" only does
    -- the one, "true from t --" only the other. A cursor accepts a single statement, and none of
    -- it is run.
    foreach _query in array array[
        format(E'select\n%s\nfrom only %s', new.condition, _table),
        format(E'select from only %s where (\n%s\n)', _table, new.condition)
    ]
    loop
        begin
            open _probe for execute _query;
            close _probe;
        exception when others then
            raise check_violation using message = format(
                'retention policy %s: the condition is not one boolean expression over %s: %s',
                new.name, _table, sqlerrm);
        end;
    end loop;
    return new;
end
$$;

create or replace trigger validate_retention_policy
    before insert or update on maint.retention_policies
    for each row execute function maint.validate_retention_policy();

-- The table of a policy. Raises undefined_object for an unknown policy; null where the application
-- has no such table.
create or replace function maint.policy_table(_policy_name text) returns regclass
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    _policy maint.retention_policies;
begin
    select * into _policy from maint.retention_policies where name = _policy_name;
    if not found then
        raise undefined_object using message = format('there is no retention policy %s', _policy_name);
    end if;
    return to_regclass(format('%I.%I', _policy.table_schema, _policy.table_name));
end
$$;

-- The moment before which rows of a policy have expired. _keep overrides the policy for one run.
create or replace function maint.policy_cutoff(_policy_name text, _keep interval default null)
    returns timestamptz
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$
    select clock_timestamp() - coalesce(_keep, keep)
    from maint.retention_policies
    where name = _policy_name
$$;

-- The condition that expired rows fulfil, as SQL text.
create or replace function maint.policy_predicate(_policy_name text, _cutoff timestamptz) returns text
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select format(E'%I < %L::timestamptz and (\n%s\n)', time_column, _cutoff, condition)
    from maint.retention_policies
    where name = _policy_name
$$;

-- What keeps the current role from applying the enabled policies, in words.
create or replace function maint.policy_problems() returns setof text
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    with policy as (
        select maint.policy_table(name) as relation from maint.retention_policies where enabled
    )
    select distinct format('%s needs %s on %s', current_user, wanted.privilege, policy.relation)
    from policy
    cross join (values ('select'), ('delete')) as wanted (privilege)
    where not has_table_privilege(policy.relation, wanted.privilege)
    union all
    select distinct format('%s needs update on a column of %s, to lock rows', current_user, relation)
    from policy
    where not has_any_column_privilege(relation, 'update')
    union all
    select distinct format('row level security of %s hides rows from %s', relation, current_user)
    from policy
    where row_security_active(relation)
        and not exists (
            select from pg_policy where polrelid = relation and polname = 'maint_owner_works')
$$;

-- The relations that hold the rows of a table: itself, or its leaf partitions, with their size.
create or replace function maint.purge_targets(_table regclass)
    returns table (target regclass, blocks bigint)
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select relation.oid::regclass,
        pg_relation_size(relation.oid) / current_setting('block_size')::bigint
    from pg_class as relation
    where relation.oid = _table and relation.relkind = 'r'
        or relation.relkind = 'r' and relation.oid in (
            select tree.relid from pg_partition_tree(_table) as tree where tree.isleaf
        )
    order by relation.oid::regclass::text
$$;

-- Deletes the expired rows in blocks _first_block up to, not including, _last_block.
--
-- Returns how many rows went and how many stay because others hold them locked. Waits for a lock
-- at most 50 ms, then takes only the rows that are free (which needs UPDATE on a column).
-- Locks: ROW EXCLUSIVE on the table, and the rows it deletes, until the caller's transaction ends.
create or replace function maint.purge_blocks(
    _target regclass, _predicate text, _first_block bigint, _last_block bigint,
    out deleted bigint, out locked bigint
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
begin
    locked := 0;
    -- The lock keeps a trigger from being added after the look at them.
    execute format('lock table only %s in row exclusive mode', _target);
    perform maint.assert_trusted(_target);
    begin
        execute format('delete from only %s where %s', _target, _expired_here);
        get diagnostics deleted = row_count;
    exception when lock_not_available then
        execute format(
            'delete from only %1$s where ctid = any (array('
            'select ctid from only %1$s where %2$s for update skip locked)) and %2$s',
            _target, _expired_here
        );
        get diagnostics deleted = row_count;
        execute format('select count(*) from only %s where %s', _target, _expired_here) into locked;
    end;
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
    end loop;
    return jsonb_build_object(
        'policy', _policy_name,
        'cutoff', _cutoff,
        'deleted_count', _deleted,
        'locked_left', _locked
    );
end
$$;
