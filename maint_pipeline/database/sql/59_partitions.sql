-- Range partitions by the time column of a policy: which are over, which may go as a whole, which are
-- missing. These functions look and write statements; retention/partitions.py runs them, as the owner
-- of the table where that has to be.

-- The partitions of a policy's table, where it is partitioned by ranges of the time column alone.
-- Bounds are null where there is none (MINVALUE, MAXVALUE, DEFAULT).
create or replace function maint.time_partitions(_policy_name text)
    returns table (
        partition_oid oid, name text, parent text, bounds text,
        lower_bound timestamptz, upper_bound timestamptz, is_leaf boolean, is_detaching boolean
    )
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    _table regclass := maint.policy_table(_policy_name);
    _type text;
begin
    select format_type(atttypid, null) into _type
    from pg_partitioned_table
    join pg_attribute on attrelid = partrelid and attnum = partattrs[0]
    join maint.retention_policies as policy on policy.name = _policy_name
    where partrelid = _table and partstrat = 'r' and partnatts = 1 and attname = policy.time_column;
    if not found then
        return;
    end if;
    return query execute format(
        $query$
        select child.oid, format('%%I.%%I', nspname, child.relname),
            (select format('%%I.%%I', ns.nspname, c.relname) from pg_class as c
                join pg_namespace as ns on ns.oid = c.relnamespace where c.oid = %1$s),
            bound,
            substring(bound from 'FROM \(''([^'']*)''\)')::%2$s %3$s,
            substring(bound from 'TO \(''([^'']*)''\)')::%2$s %3$s,
            child.relkind = 'r', inhdetachpending
        from pg_inherits
        join pg_class as child on child.oid = inhrelid
        join pg_namespace on pg_namespace.oid = child.relnamespace
        cross join pg_get_expr(child.relpartbound, child.oid) as bound
        where inhparent = %1$s
        order by 6, 2
        $query$,
        _table::oid, _type,
        -- Without a zone of their own they are meant in the database's.
        case when _type = 'timestamp with time zone' then '::timestamptz'
            else format('::timestamp at time zone %L', maint.application_time_zone()) end);
end
$$;

-- Partitions that a killed purge has left detached, or half detached, and that no purge will go on with,
-- because their policy was deleted or disabled. Nothing drops them: somebody decides, with one of the statements,
-- as the table's owner. attach_statement is null where the table no longer exists.
create or replace view maint.stranded_partitions with (security_invoker = true) as
select note.policy_name, named.partition, named.parent, note.bounds, note.upper_bound, note.noted_at,
    case when exists (select from maint.retention_policies where name = note.policy_name)
        then 'the policy is disabled' else 'the policy was deleted' end as reason,
    case
        when child.relispartition then format('alter table %s detach partition %s finalize; ',
            named.parent, named.partition)
        else ''
    end || case when named.parent is not null then
        format('alter table %s attach partition %s %s', named.parent, named.partition, note.bounds)
    end as attach_statement,
    case
        when child.relispartition then format('alter table %s detach partition %s finalize; ',
            named.parent, named.partition)
        else ''
    end || format('drop table %s', named.partition) as drop_statement
from maint.detaching_partitions as note
join pg_class as child on child.oid = note.partition_oid
join pg_namespace as child_schema on child_schema.oid = child.relnamespace
left join pg_inherits on inhrelid = child.oid
left join pg_class as parent on parent.oid = note.parent_oid
left join pg_namespace as parent_schema on parent_schema.oid = parent.relnamespace
cross join lateral (
    select format('%I.%I', child_schema.nspname, child.relname) as partition,
        case when parent.oid is not null
            then format('%I.%I', parent_schema.nspname, parent.relname) end as parent
) as named
where (not child.relispartition or inhdetachpending and inhparent = note.parent_oid)
    and not exists (select from maint.enabled_policies where name = note.policy_name);

-- Whether a partition that is over may go as a whole: every row of it may, and nobody would miss the
-- deletion of single rows; or it is empty. A hold is either seen here, or waits until this transaction
-- has ended.
-- Locks: SHARE on maint.legal_holds, ACCESS SHARE on the partition.
create or replace function maint.partition_may_go(_policy_name text, _partition regclass)
    returns boolean
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
    set lock_timeout = '1s'
as $$
declare
    _policy maint.retention_policies;
    _hold text;
    _keeps boolean;
begin
    perform maint.assert_trusted(_partition);
    lock table maint.legal_holds in share mode;
    select * into strict _policy from maint.retention_policies where name = _policy_name;
    _hold := maint.hold_expression(_policy_name, maint.policy_table(_policy_name));
    _keeps := _policy.action <> 'delete' or lower(btrim(_policy.condition)) <> 'true'
        or exists (
            select from pg_trigger
            where tgrelid = _partition and not tgisinternal and tgtype & 1 = 1 and tgtype & 8 = 8
        );
    if not _keeps and _hold is not null then
        _keeps := maint.ask_application(maint.owner_of(_partition),
            format('select to_jsonb(exists (select from only %s where %s))', _partition, _hold));
    end if;
    if _keeps then
        execute format('select exists (select from only %s)', _partition) into _keeps;
    end if;
    return not _keeps;
end
$$;

-- How many rows a relation has: counted up to 64 MiB, above that as the planner guesses.
create or replace function maint.count_or_guess(
    _relation regclass, out rows bigint, out is_guess boolean
)
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    is_guess := pg_relation_size(_relation) > 64 * 1024 * 1024;
    if is_guess then
        select greatest(reltuples, 0) into rows from pg_class where oid = _relation;
        rows := greatest(rows, pg_stat_get_live_tuples(_relation));
    else
        execute format('select count(*) from only %s', _relation) into rows;
    end if;
end
$$;

-- The statements that make the partitions which lack between the last one and the time that the policy
-- wants to be ahead, an array for each partition, to be run in one transaction as the table's owner.
--
-- Locks: SHARE UPDATE EXCLUSIVE on the table, and ACCESS EXCLUSIVE on a DEFAULT partition, which is read
-- in full, so that none is made where that holds rows.
-- A new table gets what default privileges give, on some platforms to everybody: that is taken back.
create or replace function maint.missing_partitions(_policy_name text)
    returns table (parent text, name text, statements text[])
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
    set timezone = 'UTC'
as $$
declare
    _policy maint.retention_policies;
    _table regclass := maint.policy_table(_policy_name);
    _parent pg_class;
    _type text;
    _from timestamptz;
    _to timestamptz;
    _relation text;
    _grants text[];
begin
    select * into _policy from maint.retention_policies where retention_policies.name = _policy_name;
    if _policy.partitions_ahead = 0 then
        return;
    end if;
    if maint.time_column_type(_policy_name) <> 'timestamptz'::regtype then
        perform set_config('timezone', maint.application_time_zone(), true);
    end if;
    select * into _parent from pg_class where oid = _table;
    select format_type(atttypid, atttypmod) into _type
    from pg_attribute where attrelid = _table and attname = _policy.time_column;
    select max(upper_bound) into _from from maint.time_partitions(_policy_name);
    -- After a long pause, the time for which no row could be written needs no partitions.
    _from := greatest(_from, date_trunc(maint.step_unit(_policy.partition_step), now()));
    while _from < now() + _policy.partitions_ahead * _policy.partition_step loop
        _to := _from + _policy.partition_step;
        _relation := format('%I.%I', _policy.table_schema, format('%s_%s', left(_policy.table_name, 48),
            to_char(_from, 'YYYYMMDD"t"HH24')));
        select array_agg(format('revoke all on table %s from %s', _relation, grantee)) into _grants
        from (
            select distinct case when acl.grantee = 0 then 'public'
                else quote_ident(pg_get_userbyid(acl.grantee)) end as grantee
            from pg_default_acl, aclexplode(defaclacl) as acl
            where defaclobjtype = 'r' and acl.grantee <> _parent.relowner
        ) as given;
        parent := format('%I.%I', _policy.table_schema, _policy.table_name);
        name := _relation;
        statements := array[
            format('create table %s (like %s including all excluding indexes excluding identity)',
                _relation, _table)
        ] || coalesce(_grants, '{}') || array[
            format('grant select, delete, update (%I) on table %s to maint_owner',
                _policy.time_column, _relation)
        ] || case when _parent.relrowsecurity then array[
            format('alter table %s enable row level security', _relation),
            format('create policy maint_owner_works on %s to maint_owner using (true)', _relation)
        ] else '{}' end || array[
            format('alter table %s attach partition %s for values from (%L) to (%L)', _table, _relation,
                _from, _to)
        ];
        return next;
        _from := _to;
    end loop;
end
$$;

-- The unit that the first partition of a table begins with.
create or replace function maint.step_unit(_step interval) returns text
    language sql immutable
    set search_path = pg_catalog, pg_temp
as $$
    select case
        when _step >= interval '1 year' then 'year'
        when _step >= interval '1 month' then 'month'
        when _step >= interval '7 days' then 'week'
        when _step >= interval '1 day' then 'day'
        else 'hour'
    end
$$;
