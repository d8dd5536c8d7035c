-- Retention policies: which rows of which table have expired. 55_purge.sql deletes them.

-- Refuses what is not one boolean expression over the rows of a table. It must parse both bare and in
-- parentheses: "true) or (true" only does the one, "true from t --" only the other. A cursor
-- accepts a single statement, and none of it is run.
create or replace function maint.assert_boolean_expression(
    _policy_name text, _field text, _expression text, _table regclass
) returns void
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
declare
    _probe refcursor;
    _query text;
begin
    foreach _query in array array[
        format(E'select\n%s\nfrom only %s', _expression, _table),
        format(E'select from only %s where (\n%s\n)', _table, _expression)
    ]
    loop
        begin
            open _probe for execute _query;
            close _probe;
        exception when others then
            raise check_violation using message = format(
                'retention policy %s: the %s is not one boolean expression over %s: %s',
                _policy_name, _field, _table, sqlerrm);
        end;
    end loop;
end
$$;

-- Refuses a policy that could not work or that would delete what it should not.
create or replace function maint.validate_retention_policy() returns trigger
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
declare
    _table regclass := to_regclass(format('%I.%I', new.table_schema, new.table_name));
    _column_type text;
    _relation regclass;
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

    for _relation in
        select _table union select relid from pg_partition_tree(_table)
    loop
        if not (has_table_privilege('maint_owner', _relation, 'select')
            and has_table_privilege('maint_owner', _relation, 'delete')
            and has_any_column_privilege('maint_owner', _relation, 'update'))
        then
            raise insufficient_privilege using
                message = format(
                    'retention policy %s: maint_owner may not purge %s', new.name, _relation),
                hint = format('grant select, delete, update (%I) on %s to maint_owner',
                    new.time_column, _relation);
        end if;
    end loop;

    perform maint.assert_boolean_expression(new.name, 'condition', new.condition, _table);
    perform maint.assert_boolean_expression(new.name, 'hold_condition', new.hold_condition, _table);
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

-- The condition that rows on legal hold fulfil, as SQL text; null where no row can be held.
create or replace function maint.hold_expression(_policy_name text) returns text
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    with held as (
        select hold.column_name, array_agg(hold.value order by hold.value) as values,
            format_type(attribute.atttypid, null) as type
        from maint.legal_holds as hold
        join pg_attribute as attribute
            on attribute.attrelid = maint.policy_table(_policy_name)
            and attribute.attname = hold.column_name
            and attribute.attnum > 0
            and not attribute.attisdropped
        where hold.released_at is null and coalesce(hold.policy_name, _policy_name) = _policy_name
        group by hold.column_name, attribute.atttypid
    ), expressions as (
        select format(E'(\n%s\n)', hold_condition) as expression
        from maint.retention_policies
        where name = _policy_name and lower(btrim(hold_condition)) <> 'false'
        union all
        select format('%I = any (%L::%s[])', column_name, values, type) from held
    )
    select string_agg(expression, ' or ') from expressions
$$;

-- The condition that expired rows fulfil, on hold or not, as SQL text.
create or replace function maint.expired_expression(_policy_name text, _cutoff timestamptz)
    returns text
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select format('%I < %L::timestamptz', time_column, _cutoff)
        || case when lower(btrim(condition)) = 'true' then ''
            else format(E' and (\n%s\n)', condition) end
    from maint.retention_policies
    where name = _policy_name
$$;

-- The condition of the rows that may go, as SQL text: expired, and not on hold.
create or replace function maint.without_held(_expired text, _hold text) returns text
    language sql immutable
    set search_path = pg_catalog, pg_temp
as $$
    select _expired || coalesce(' and (' || _hold || ') is not true', '')
$$;

-- Refuses a hold that could not work, and notes who placed it.
create or replace function maint.validate_legal_hold() returns trigger
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
declare
    _type text;
    _found boolean := false;
begin
    if tg_op = 'INSERT' then
        new.held_by := maint.caller();
    end if;
    for _type in
        select format_type(attribute.atttypid, null)
        from maint.retention_policies as policy
        join pg_attribute as attribute
            on attribute.attrelid = maint.policy_table(policy.name)
            and attribute.attname = new.column_name
            and attribute.attnum > 0
            and not attribute.attisdropped
        where coalesce(new.policy_name, policy.name) = policy.name
    loop
        _found := true;
        begin
            execute format('select %L::%s', new.value, _type);
        exception when others then
            raise check_violation using message = format(
                'legal hold: %L is no value of column %I, which is of type %s',
                new.value, new.column_name, _type);
        end;
    end loop;
    if not _found then
        raise undefined_column using message = format(
            'legal hold: no table of %s has a column %I',
            coalesce('policy ' || new.policy_name, 'any retention policy'), new.column_name);
    end if;
    return new;
end
$$;

create or replace trigger validate_legal_hold
    before insert or update on maint.legal_holds
    for each row execute function maint.validate_legal_hold();

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
