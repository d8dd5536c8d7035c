-- Retention policies: which rows of which table have expired. 55_purge.sql deletes them.

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
