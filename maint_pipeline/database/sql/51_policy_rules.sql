-- Which retention policies and legal holds are accepted: validated when they are written, so that an invalid
-- one is an error.

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
    _entering text := maint.entering(maint.owner_of(_table));
    _query text;
begin
    foreach _query in array array[
        format(E'%s select\n%s\nfrom only %s where %s',
            _entering, _expression, _table, maint.is_entered()),
        format(E'%s select from only %s where %s and (\n%s\n)',
            _entering, _table, maint.is_entered(), _expression)
    ]
    loop
        begin
            perform maint.plan_query(_query);
        exception when others then
            raise check_violation using message = format(
                'retention policy %s: the %s is not one boolean expression over %s: %s',
                _policy_name, _field, _table, sqlerrm);
        end;
    end loop;
end
$$;

-- Refuses a keep interval that is not at least a day, whatever the date: a month counts as 28 days, and
-- parts of different signs ('1 mon -29 days') as what they are, a way to come below.
create or replace function maint.assert_keep(_policy_name text, _keep interval, _force boolean)
    returns void
    language plpgsql immutable
    set search_path = pg_catalog, pg_temp
as $$
declare
    _problem text;
begin
    _problem := case
        when not isfinite(_keep) then 'has no end: disable the policy to keep everything'
        when extract(year from _keep) < 0 or extract(month from _keep) < 0
            or extract(day from _keep) < 0 or extract(hour from _keep) < 0
            or extract(minute from _keep) < 0 or extract(second from _keep) < 0
            then 'has a negative part: write all parts of one sign'
        when _keep > interval '1000 years' then 'is over 1000 years: disable the policy to keep everything'
        when extract(year from _keep) = 0 and extract(month from _keep) = 0
            and _keep < interval '1 day' and not _force
            then 'is too short: at least 1 day, or set force'
    end;
    if _problem is not null then
        raise check_violation using message = format(
            'retention policy %s: keep is %s, which %s', _policy_name, _keep, _problem);
    end if;
end
$$;

-- Refuses a name that could not be used in a path, a command and a message as it is.
create or replace function maint.assert_policy_name(_name text) returns void
    language plpgsql immutable
    set search_path = pg_catalog, pg_temp
as $$
begin
    if _name !~ '^[A-Za-z0-9_][A-Za-z0-9_.-]{0,62}$' then
        raise check_violation using
            message = format('%L is no name for a retention policy', left(_name, 100)),
            hint = 'A name has 1 to 63 letters (a to z, A to Z), digits, "_", "-" and ".", and begins with '
                'a letter, a digit or "_".';
    end if;
end
$$;

-- Refuses a policy that could not work or that would delete what it should not.
create or replace function maint.validate_retention_policy() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    _table regclass;
    _column_type text;
    _relation regclass;
    _says_the_same boolean;
begin
    new.updated_at := clock_timestamp();
    -- Who has a policy of another name may still change it, and disable it.
    if tg_op = 'INSERT' or new.name <> old.name then
        perform maint.assert_policy_name(new.name);
    end if;
    if tg_op = 'INSERT' or new.enabled or new.keep <> old.keep then
        perform maint.assert_keep(new.name, new.keep, new.force);
    end if;
    if new.table_schema in ('pg_catalog', 'information_schema', 'pg_toast', 'maint', 'auth') then
        raise check_violation using message = format(
            'retention policy %s: tables of schema %s are not for purging', new.name, new.table_schema);
    end if;
    _says_the_same := tg_op = 'UPDATE'
        and (new.table_schema, new.table_name, new.time_column, new.condition, new.hold_condition)
            is not distinct from
            (old.table_schema, old.table_name, old.time_column, old.condition, old.hold_condition);
    -- Who only disables a policy needs nothing of what a policy needs: often that is why.
    if _says_the_same and not new.enabled then
        return new;
    end if;
    -- A name in a schema that one may not use can't even be looked up.
    if has_schema_privilege('maint_owner', (select oid from pg_namespace where nspname = new.table_schema),
        'usage') is false
    then
        raise insufficient_privilege using
            message = format('retention policy %s: maint_owner may not use schema %I',
                new.name, new.table_schema),
            hint = format('grant usage on schema %I to maint_owner', new.table_schema);
    end if;
    _table := maint.relation_of(new);
    -- A built-in policy may wait for its table: not every application has every table. But nothing is
    -- taken unseen, neither another table's name nor a condition.
    if _table is null then
        if new.built_in and (tg_op = 'INSERT' or _says_the_same) then
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
        if maint.hides_rows(_relation) is not null then
            raise insufficient_privilege using message = format('retention policy %s: %s', new.name,
                maint.hides_rows(_relation));
        end if;
    end loop;

    for _relation in
        select _table union select 'maint.alerts'::regclass where new.name = 'cleanup_old_security_alerts'
    loop
        perform maint.assert_boolean_expression(new.name, 'condition', new.condition, _relation);
        perform maint.assert_boolean_expression(new.name, 'hold_condition', new.hold_condition, _relation);
    end loop;
    return new;
end
$$;

create or replace trigger validate_retention_policy
    before insert or update on maint.retention_policies
    for each row execute function maint.validate_retention_policy();

-- Refuses a hold that could not work, and notes who placed it.
create or replace function maint.validate_legal_hold() returns trigger
    language plpgsql security definer
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
