-- Retention policies: which rows of which table have expired. 51_policy_rules.sql says which
-- policies and holds are accepted, 54_purge_blocks.sql deletes.

-- The table that a policy names. Alerts are in our own one where the application has none that may be worked on.
create or replace function maint.relation_of(_policy maint.retention_policies) returns regclass
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
begin
    if _policy.built_in and (_policy.table_schema, _policy.table_name) = ('public', 'security_alerts') then
        return coalesce(maint.application_alerts(), 'maint.alerts');
    end if;
    return to_regclass(format('%I.%I', _policy.table_schema, _policy.table_name));
end
$$;

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
    return maint.relation_of(_policy);
end
$$;

-- The tables that a policy is applied to: its own, and for the built-in one for alerts also ours.
create or replace function maint.policy_tables(_policy_name text) returns setof regclass
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select maint.policy_table(_policy_name)
    union
    select 'maint.alerts'::regclass where _policy_name = 'cleanup_old_security_alerts'
$$;

-- The policies that are applied, with the task whose run applies each. The only place that says whether a
-- policy is enabled: whatever deletes, lists or judges asks here or maint.is_policy_enabled().
create or replace view maint.enabled_policies with (security_invoker = true) as
select name, table_schema, table_name,
    case when built_in then name else 'cleanup_expired_rows:' || name end as task_name
from maint.retention_policies
where enabled;

comment on view maint.enabled_policies is
    'The retention policies that are applied, and the task that applies each.';

create or replace function maint.is_policy_enabled(_policy_name text) returns boolean
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$ select exists (select from maint.enabled_policies where name = _policy_name) $$;

-- Refuses to delete for a policy that is disabled: for who works when somebody disables it.
create or replace function maint.assert_policy_enabled(_policy_name text) returns void
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
begin
    if not maint.is_policy_enabled(_policy_name) then
        raise object_not_in_prerequisite_state using message = format(
            'retention policy %s has been disabled: nothing more is deleted', _policy_name);
    end if;
end
$$;

drop function if exists maint.hides_rows(regclass);

-- Why row level security hides rows of a table from maintenance, as text; null where it hides none. What
-- maint_owner sees has to be everything: a purge of some of the rows would say that the others are not there.
-- _commands: what is done with it, to read (r), to delete (d), and to lock what is to be deleted (w).
create or replace function maint.hides_rows(_relation regclass, _commands "char"[] default '{r,d,w}')
    returns text
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    with applies as (
        select polname, polcmd, polpermissive,
            coalesce(pg_get_expr(polqual, polrelid), 'true') = 'true' as is_open
        from pg_policy
        where polrelid = _relation
            and exists (
                select from unnest(polroles) as role
                where role = 0 or pg_has_role('maint_owner', role, 'usage'))
    )
    select case
        when exists (select from applies where not polpermissive and polcmd <> 'a' and not is_open)
            then format(
                'row level security of %s hides rows from maint_owner: the restrictive policy %I binds it. '
                'As a superuser: alter role maint_owner bypassrls; or name in the policy only the roles that '
                'it is for', _relation,
                (select min(polname) from applies where not polpermissive and polcmd <> 'a' and not is_open))
        when exists (
            select from unnest(_commands) as command
            where not exists (
                select from applies where polpermissive and is_open and polcmd in ('*', command)))
            then format(
                'row level security of %1$s hides rows from maint_owner. As %2$I: create policy '
                'maint_owner_works on %1$s to maint_owner using (true) with check (true)',
                _relation, pg_get_userbyid(relowner))
    end
    from pg_class
    cross join pg_roles
    where pg_class.oid = _relation and rolname = 'maint_owner'
        and relrowsecurity and not rolbypassrls and not rolsuper
        and not (pg_has_role('maint_owner', relowner, 'usage') and not relforcerowsecurity)
$$;

-- Refuses to work on a table some of whose rows nobody sees.
create or replace function maint.assert_sees_all(_table regclass) returns void
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    _problem text := (
        select maint.hides_rows(relation)
        from (select _table as relation union select relid from pg_partition_tree(_table)) as relations
        where maint.hides_rows(relation) is not null
        order by relation::text
        limit 1);
begin
    if _problem is not null then
        raise insufficient_privilege using message = _problem;
    end if;
end
$$;

-- Whether somebody said that the application has nothing of the kind that a task works on: nobody misses it.
create or replace function maint.has_no_work(_task_name text) returns boolean
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select _task_name = 'cleanup_old_audit_logs'
        and exists (select from maint.sources where part = 'audit_log' and state = 'none')
        and maint.policy_table('cleanup_old_audit_logs') is null
$$;

-- Why a policy has nothing to do, as text; null where it is to be applied. Raises undefined_table where
-- its table no longer exists although the policy has worked with it, insufficient_privilege where row level security
-- hides rows of it: an administrator's policy is only accepted with
-- its table, a built-in one may wait for the table, but not after it was applied once.
create or replace function maint.why_policy_rests(_policy_name text) returns text
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    _table regclass := maint.policy_table(_policy_name);
    _policy maint.retention_policies;
begin
    if not maint.is_policy_enabled(_policy_name) then
        return format('retention policy %1$s is disabled: maint policies enable %1$s lets it delete again',
            _policy_name);
    end if;
    if _table is not null then
        perform maint.assert_sees_all(_table);
        return null;
    end if;
    if maint.has_no_work(_policy_name) then
        return 'the application has no audit log (maint sources)';
    end if;
    select * into _policy from maint.retention_policies where name = _policy_name;
    if _policy.built_in and not exists (
        select from public.maintenance_task_runs
        where task_name = _policy_name and status = 'completed'
    ) then
        return format('the table of retention policy %s does not exist', _policy_name);
    end if;
    raise undefined_table using
        message = format('the table %I.%I of retention policy %s no longer exists, though the policy worked with it',
            _policy.table_schema, _policy.table_name, _policy_name),
        hint = 'Name the table as it is called now in maint.retention_policies, or disable the policy.';
end
$$;

-- The moment before which rows of a policy have expired, counted back in UTC. _keep overrides the policy
-- for one run. Raises check_violation for a keep interval that was stored before it was looked at well.
create or replace function maint.policy_cutoff(_policy_name text, _keep interval default null)
    returns timestamptz
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
    set timezone = 'UTC'
as $$
declare
    _policy maint.retention_policies;
begin
    select * into _policy from maint.retention_policies where name = _policy_name;
    if _keep is null then
        perform maint.assert_keep(_policy.name, _policy.keep, _policy.force);
    end if;
    return clock_timestamp() - coalesce(_keep, _policy.keep);
end
$$;

-- The type of a policy's time column; null where there is no such column.
create or replace function maint.time_column_type(_policy_name text) returns regtype
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
begin
    return (
        select atttypid::regtype
        from maint.retention_policies
        join pg_attribute
            on attrelid = maint.policy_table(_policy_name) and attname = time_column
        where name = _policy_name
    );
end
$$;

-- The condition that rows on legal hold fulfil, as SQL text; null where no row can be held.
drop function if exists maint.hold_expression(text);

create or replace function maint.hold_expression(_policy_name text, _table regclass) returns text
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
begin
    return (
        with held as (
            select hold.column_name, array_agg(hold.value order by hold.value) as values,
                format_type(attribute.atttypid, null) as type
            from maint.legal_holds as hold
            join pg_attribute as attribute
                on attribute.attrelid = _table
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
    );
end
$$;

-- The condition of the rows whose time compares to a moment in a certain way (< or >=), as SQL text. The moment is
-- printed so that it is read as the same one whatever the session's settings; times without a zone are compared
-- in the application's.
create or replace function maint.time_compared(_policy_name text, _operator text, _moment timestamptz) returns text
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
    set datestyle = 'ISO, MDY'
    set timezone = 'UTC'
as $$
begin
    return (
        select case maint.time_column_type(_policy_name)
                when 'timestamptz'::regtype
                    then format('%I %s %L::timestamptz', time_column, _operator, _moment)
                else format('%I %s %L::timestamp', time_column, _operator,
                    _moment at time zone maint.application_time_zone())
            end
        from maint.retention_policies
        where name = _policy_name
    );
end
$$;

-- The condition of the rows before the cutoff, as SQL text, whatever else their policy asks of them.
create or replace function maint.past_cutoff(_policy_name text, _cutoff timestamptz) returns text
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
begin
    return maint.time_compared(_policy_name, '<', _cutoff);
end
$$;

-- The condition that expired rows fulfil, on hold or not, as SQL text.
create or replace function maint.expired_expression(_policy_name text, _cutoff timestamptz)
    returns text
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
begin
    return (
        select maint.past_cutoff(_policy_name, _cutoff) || case when lower(btrim(condition)) = 'true' then ''
            else format(E' and (\n%s\n)', condition) end
        from maint.retention_policies
        where name = _policy_name
    );
end
$$;

-- The condition of the rows that may go, as SQL text: expired, and not on hold.
create or replace function maint.without_held(_expired text, _hold text) returns text
    language sql immutable
    set search_path = pg_catalog, pg_temp
as $$
    select _expired || coalesce(' and (' || _hold || ') is not true', '')
$$;

-- Why the current role can't apply the enabled policies, as text.
create or replace function maint.policy_problems() returns setof text
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    with policy as (
        select relation from maint.enabled_policies cross join maint.policy_tables(name) as relation
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
    select distinct maint.hides_rows(relation) from policy where maint.hides_rows(relation) is not null
$$;
