SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;
CREATE SCHEMA auth;
ALTER SCHEMA auth OWNER TO postgres;
CREATE SCHEMA maint;
ALTER SCHEMA maint OWNER TO maint_owner;
COMMENT ON SCHEMA maint IS 'maint_pipeline: maintenance tables and functions, version cd3c21047280d3f475d6ee85b4830e4d124c19e3889ef4476b08734b71ac475e';
CREATE TYPE maint.finding AS (
	name text,
	title text,
	severity text,
	category text,
	object text,
	detail text,
	remediation text,
	fingerprint text,
	metadata jsonb
);
ALTER TYPE maint.finding OWNER TO maint_owner;
CREATE TYPE public.app_role AS ENUM (
    'admin',
    'pro',
    'owner',
    'staff',
    'user'
);
ALTER TYPE public.app_role OWNER TO postgres;
CREATE TYPE public.audit_action AS ENUM (
    'create',
    'read',
    'update',
    'delete',
    'access',
    'export'
);
ALTER TYPE public.audit_action OWNER TO postgres;
CREATE TYPE public.org_type AS ENUM (
    'business',
    'practice'
);
ALTER TYPE public.org_type OWNER TO postgres;
CREATE TYPE public.parcel_state AS ENUM (
    'sent',
    'lost',
    'found'
);
ALTER TYPE public.parcel_state OWNER TO postgres;
CREATE TYPE public.place AS (
	street text,
	number integer
);
ALTER TYPE public.place OWNER TO postgres;
CREATE FUNCTION auth.jwt() RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$ select nullif(current_setting('request.jwt.claims', true), '')::jsonb $$;
ALTER FUNCTION auth.jwt() OWNER TO postgres;
CREATE FUNCTION auth.role() RETURNS text
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$ select auth.jwt() ->> 'role' $$;
ALTER FUNCTION auth.role() OWNER TO postgres;
CREATE FUNCTION auth.uid() RETURNS uuid
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$ select nullif(auth.jwt() ->> 'sub', '')::uuid $$;
ALTER FUNCTION auth.uid() OWNER TO postgres;
CREATE FUNCTION maint.activity_past() RETURNS interval
    LANGUAGE sql IMMUTABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$ select interval '8 weeks' $$;
ALTER FUNCTION maint.activity_past() OWNER TO maint_owner;
CREATE FUNCTION maint.activity_reach() RETURNS interval
    LANGUAGE sql IMMUTABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$ select interval '75 minutes' $$;
ALTER FUNCTION maint.activity_reach() OWNER TO maint_owner;
CREATE FUNCTION maint.administrators() RETURNS SETOF text
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    if maint.missing_needs(array['public.user_roles']) = '{}' then
        return query select user_id::text from public.user_roles where role::text = 'admin';
    end if;
end
$$;
ALTER FUNCTION maint.administrators() OWNER TO maint_owner;
CREATE FUNCTION maint.alert_details(_finding maint.finding) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    select jsonb_build_object(
        'check', (_finding).name,
        'category', (_finding).category,
        'object', (_finding).object,
        'remediation', (_finding).remediation,
        'metadata', (_finding).metadata,
        'dagster_run_id', nullif(current_setting('maint.dagster_run_id', true), '')
    )
$$;
ALTER FUNCTION maint.alert_details(_finding maint.finding) OWNER TO maint_owner;
CREATE FUNCTION maint.alert_note(_done text, _note text) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    select jsonb_strip_nulls(jsonb_build_object(
        _done || '_by', maint.caller(), _done || '_note', left(_note, 10000)))
$$;
ALTER FUNCTION maint.alert_note(_done text, _note text) OWNER TO maint_owner;
CREATE FUNCTION maint.application_functions() RETURNS TABLE(routine regprocedure, name text, owner oid, is_definer boolean, config text[], schema oid)
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    select pg_proc.oid::regprocedure, pg_proc.oid::regprocedure::text, proowner, prosecdef,
        coalesce(proconfig, '{}'), pronamespace
    from pg_proc
    join pg_namespace on pg_namespace.oid = pronamespace
    where prokind <> 'a'
        and nspname not in ('pg_catalog', 'information_schema', 'maint')
        and nspname not like 'pg\_%'
        -- Ours in public ask for themselves who calls them (10_authorization.sql).
        and proowner <> 'maint_owner'::regrole
        and not exists (
            select from pg_depend
            where classid = 'pg_proc'::regclass and objid = pg_proc.oid and deptype = 'e'
        )
$$;
ALTER FUNCTION maint.application_functions() OWNER TO maint_owner;
CREATE FUNCTION maint.approve_baseline(_kind text DEFAULT NULL::text, _object text DEFAULT NULL::text) RETURNS bigint
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    _drift record;
    _changed bigint := 0;
begin
    lock table maint.baseline in share row exclusive mode;
    for _drift in
        select drift.kind, drift.object, drift.present
        from maint.baseline_drift() as drift
        where (_kind is null or drift.kind = _kind) and (_object is null or drift.object = _object)
    loop
        delete from maint.baseline
        where baseline.kind = _drift.kind and baseline.object = _drift.object;
        insert into maint.baseline (kind, object, definition, approved_by)
        select _drift.kind, _drift.object, _drift.present, maint.caller()
        where _drift.present is not null;
        _changed := _changed + 1;
    end loop;
    return _changed;
end
$$;
ALTER FUNCTION maint.approve_baseline(_kind text, _object text) OWNER TO maint_owner;
CREATE FUNCTION maint.archive_stage(_policy_name text, _target regclass, OUT stage regclass, OUT range_statement text, OUT copy_statement text) RETURNS record
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    _name text := format('archive_%s', _target::oid);
begin
    if to_regclass('pg_temp.' || _name) is null then
        execute format('create temporary table %I (like %s) on commit delete rows', _name, _target);
    end if;
    stage := to_regclass('pg_temp.' || _name);
    range_statement := maint.range_statement(_policy_name, stage, 'true');
    copy_statement := maint.copy_statement(stage, 'true');
end
$$;
ALTER FUNCTION maint.archive_stage(_policy_name text, _target regclass, OUT stage regclass, OUT range_statement text, OUT copy_statement text) OWNER TO maint_owner;
CREATE FUNCTION maint.archive_statements(_policy_name text, _cutoff timestamp with time zone, _target regclass, _first_block bigint, _last_block bigint, OUT range_statement text, OUT copy_statement text, OUT delete_statement text) RETURNS record
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    _condition text := maint.without_held(
        maint.expired_here(_policy_name, _cutoff, _first_block, _last_block),
        maint.hold_expression(_policy_name));
begin
    perform maint.assert_trusted(_target);
    range_statement := maint.range_statement(_policy_name, _target, _condition);
    copy_statement := maint.copy_statement(_target, _condition);
    delete_statement := maint.delete_statement(_target, _condition, null);
end
$$;
ALTER FUNCTION maint.archive_statements(_policy_name text, _cutoff timestamp with time zone, _target regclass, _first_block bigint, _last_block bigint, OUT range_statement text, OUT copy_statement text, OUT delete_statement text) OWNER TO maint_owner;
CREATE FUNCTION maint.assert_boolean_expression(_policy_name text, _field text, _expression text, _table regclass) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
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
ALTER FUNCTION maint.assert_boolean_expression(_policy_name text, _field text, _expression text, _table regclass) OWNER TO maint_owner;
CREATE FUNCTION maint.assert_may_act_on_alert(_alert_id uuid) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    perform maint.assert_operator();
    if not exists (select from public.security_alerts where id = _alert_id) then
        raise no_data_found using
            message = format('there is no security alert %s', coalesce(_alert_id::text, 'null'));
    end if;
    perform maint.lock_trusted('public.security_alerts');
end
$$;
ALTER FUNCTION maint.assert_may_act_on_alert(_alert_id uuid) OWNER TO maint_owner;
CREATE FUNCTION maint.assert_not_all_refused(_deleted bigint, _refused bigint, _refusal text, _refusal_state text) RETURNS void
    LANGUAGE plpgsql IMMUTABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    if _deleted = 0 and _refused > 0 and _refusal_state not like '23%' then
        raise exception using errcode = _refusal_state,
            message = format('nothing could be deleted, all %s expired rows were refused: %s',
                _refused, _refusal);
    end if;
end
$$;
ALTER FUNCTION maint.assert_not_all_refused(_deleted bigint, _refused bigint, _refusal text, _refusal_state text) OWNER TO maint_owner;
CREATE FUNCTION maint.assert_observed(_needs text[]) RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    _problem text;
begin
    if 'maint.recent_activity' = any (_needs) then
        select problem into _problem from maint.observations;
        if not found or _problem is not null then
            raise exception using message = format(
                'the audit log could not be read: %s', coalesce(_problem, 'nothing did so yet'));
        end if;
    end if;
end
$$;
ALTER FUNCTION maint.assert_observed(_needs text[]) OWNER TO maint_owner;
CREATE FUNCTION maint.assert_operator() RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    if maint.caller_role() = 'service_role'
        or pg_has_role(maint.caller_role(), 'maint_owner', 'member')
        or (maint.caller_role() = 'authenticated' and maint.is_admin())
    then
        return;
    end if;
    raise insufficient_privilege using
        message = 'only administrators and the service role may operate maintenance tasks',
        hint = 'Sign in as a user with the role admin, or call with the service role.';
end
$$;
ALTER FUNCTION maint.assert_operator() OWNER TO maint_owner;
CREATE FUNCTION maint.assert_trusted(_relation regclass) RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    _reason text := maint.distrust(_relation);
begin
    if _reason is not null then
        raise insufficient_privilege using message = _reason;
    end if;
end
$$;
ALTER FUNCTION maint.assert_trusted(_relation regclass) OWNER TO maint_owner;
CREATE FUNCTION maint.backup_failure_is_over(_failure jsonb) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    _success record;
    _within interval := maint.threshold('backup_failed', 'within');
begin
    if maint.missing_needs(array['public.backup_runs']) <> '{}' then
        return null;
    end if;
    select run.id, coalesce(run.finished_at, run.started_at) as succeeded_at into _success
    from public.backup_runs as run
    where run.org_id = (_failure ->> 'org_id')::uuid and run.status = 'ok'
        and run.started_at > (_failure ->> 'started_at')::timestamptz
    order by run.started_at desc
    limit 1;
    if found then
        return jsonb_build_object(
            'resolved_because', format('the backup of %s succeeded',
                to_char(_success.succeeded_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"')),
            'resolved_by_backup_run', _success.id);
    end if;
    if exists (
        select from public.security_alerts
        where fingerprint = 'backup_failed:' || (_failure ->> 'org_id') and resolved is not true
    ) then
        return jsonb_build_object('resolved_because',
            'told together with the other failures of the organization');
    end if;
    if (_failure ->> 'failed_at')::timestamptz <= now() - _within then
        return jsonb_build_object('resolved_because',
            format('failed longer ago than %s; backup_overdue tells what is missing',
                maint.in_words(_within)));
    end if;
    return null;
end
$$;
ALTER FUNCTION maint.backup_failure_is_over(_failure jsonb) OWNER TO maint_owner;
CREATE FUNCTION maint.baseline_drift() RETURNS TABLE(kind text, object text, change text, approved text, present text)
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    select coalesce(baseline.kind, seen.kind), coalesce(baseline.object, seen.object),
        case when baseline.object is null then 'new' when seen.object is null then 'gone'
            else 'changed' end,
        baseline.definition, seen.definition
    from maint.baseline
    full join maint.baseline_now() as seen
        on seen.kind = baseline.kind and seen.object = baseline.object
    where seen.definition is distinct from baseline.definition
    order by 1, 2
$$;
ALTER FUNCTION maint.baseline_drift() OWNER TO maint_owner;
CREATE FUNCTION maint.baseline_now() RETURNS TABLE(kind text, object text, definition text)
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    select 'function', name, pg_get_functiondef(routine) || ' -- owner ' || pg_get_userbyid(owner)
    from maint.application_functions()
    union all
    select 'grants', granted.object, string_agg(
        format('%s: %s%s', coalesce(nullif(grantee, 0)::regrole::text, 'public'), privilege_type,
            case when is_grantable then ' (may grant)' else '' end),
        e'\n' order by nullif(grantee, 0)::regrole::text nulls first, privilege_type)
    from (
        select 'function ' || application.name as object, coalesce(proacl, acldefault('f', proowner)) as acl
        from maint.application_functions() as application
        join pg_proc on pg_proc.oid = application.routine
        union all
        select format('%s %I.%I', case relkind when 'S' then 'sequence' else 'table' end,
            nspname, relname), coalesce(relacl, acldefault(
                case relkind when 'S' then 's'::"char" else 'r'::"char" end, relowner))
        from pg_class
        join pg_namespace on pg_namespace.oid = relnamespace
        where relkind in ('r', 'p', 'v', 'm', 'f', 'S')
            and nspname not in ('pg_catalog', 'information_schema', 'maint')
            and nspname not like 'pg\_%'
        union all
        select format('schema %I', nspname), coalesce(nspacl, acldefault('n', nspowner))
        from pg_namespace
        where nspname not in ('pg_catalog', 'information_schema', 'maint')
            and nspname not like 'pg\_%'
    ) as granted
    cross join aclexplode(granted.acl)
    group by granted.object
    union all
    select 'grants', format('role %s', member::regrole), string_agg(
        'member of ' || roleid::regrole, e'\n' order by roleid::regrole::text)
    from pg_auth_members
    group by member
    union all
    select 'setting', name, setting
    from pg_settings
    where source not in ('default', 'client', 'session', 'override', 'environment variable')
        and name not like 'maint.%'
    union all
    select 'setting', format('for %s in %s', coalesce(nullif(setrole, 0)::regrole::text, 'all roles'),
        coalesce(datname, 'all databases')), array_to_string(setconfig, e'\n')
    from pg_db_role_setting
    left join pg_database on pg_database.oid = setdatabase
    where setdatabase = 0 or datname = current_database()
$$;
ALTER FUNCTION maint.baseline_now() OWNER TO maint_owner;
CREATE FUNCTION maint.begin_task_run(_task_name text, _trigger text, _dagster_run_id text DEFAULT NULL::text, _details jsonb DEFAULT '{}'::jsonb) RETURNS uuid
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    _id uuid;
begin
    perform maint.lock_trusted('public.maintenance_task_runs');
    -- Alerts that this session raises name the run.
    perform set_config('maint.dagster_run_id', coalesce(_dagster_run_id, ''), false);
    insert into public.maintenance_task_runs
        (id, task_name, started_at, status, trigger, dagster_run_id, started_by, details)
    values (
        gen_random_uuid(), _task_name, clock_timestamp(), 'running', _trigger, _dagster_run_id,
        maint.caller(), _details
    )
    returning id into _id;
    return _id;
end
$$;
ALTER FUNCTION maint.begin_task_run(_task_name text, _trigger text, _dagster_run_id text, _details jsonb) OWNER TO maint_owner;
CREATE FUNCTION maint.caller() RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    select jsonb_strip_nulls(jsonb_build_object(
        'role', maint.caller_role(),
        'login', session_user,
        'user_id', maint.caller_user_id(),
        'application', nullif(current_setting('application_name', true), ''),
        'backend_pid', pg_backend_pid()
    ))
$$;
ALTER FUNCTION maint.caller() OWNER TO maint_owner;
CREATE FUNCTION maint.caller_role() RETURNS name
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    select coalesce(nullif(current_setting('role', true), 'none'), session_user)::name
$$;
ALTER FUNCTION maint.caller_role() OWNER TO maint_owner;
CREATE FUNCTION maint.caller_user_id() RETURNS uuid
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    -- The cast is written out: one that RETURN makes is not caught below.
    return (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub')::uuid;
exception when invalid_text_representation then
    return null;
end
$$;
ALTER FUNCTION maint.caller_user_id() OWNER TO maint_owner;
CREATE FUNCTION maint.check_activity_burst() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
    "_at_least" integer := maint.threshold('activity_burst', 'at_least');
    "_deviations" numeric := maint.threshold('activity_burst', 'deviations');
begin
return query
select 'activity_burst'::text, 'Much more activity than usual'::text, coalesce(to_jsonb(seen) ->> 'severity', 'medium'),
    'security'::text, seen.object::text, seen.detail::text, 'Ask the user; look which entities and addresses are new.'::text,
    'activity_burst' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
with hours as (
    select hour, user_id, actions
    from maint.activity_hours
    where hour >= (select window_start from maint.observations) and actions >= _at_least
), past as (
    select hours.user_id, hours.hour, percentile_cont(0.5) within group (order by week.actions) as usual,
        array_agg(week.actions) as weeks
    from hours
    cross join lateral (
        select coalesce(known.actions, 0)::double precision as actions
        from generate_series(1, 8) as weeks_ago
        left join maint.activity_hours as known
            on known.user_id = hours.user_id and known.hour = hours.hour - weeks_ago * interval '7 days'
    ) as week
    where exists (
        select from maint.activity_hours as known
        where known.user_id = hours.user_id and known.hour < hours.hour - interval '28 days'
    )
    group by hours.user_id, hours.hour
), spread as (
    select past.user_id, past.hour, past.usual, (
        select percentile_cont(0.5) within group (order by abs(week - past.usual))
        from unnest(past.weeks) as week
    ) as deviation
    from past
)
select distinct on (hours.user_id)
    hours.user_id as object,
    format('User %s did %s things in the hour from %s, where %s are usual.', hours.user_id,
        hours.actions, to_char(hours.hour at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"'),
        round(spread.usual)) as detail,
    jsonb_build_object('user_id', hours.user_id, 'hour', hours.hour, 'actions', hours.actions,
        'usual', spread.usual, 'deviation', spread.deviation, 'entities', (
            select to_jsonb((array_agg(distinct activity.entity))[:10])
            from maint.recent_activity as activity
            where activity.user_id = hours.user_id
        )) as metadata
from hours
join spread on spread.user_id = hours.user_id and spread.hour = hours.hour
where hours.actions > spread.usual
    + _deviations * greatest(1.4826 * spread.deviation, sqrt(spread.usual), 1)
order by hours.user_id, hours.actions desc
) as seen;
end
$$;
ALTER FUNCTION maint.check_activity_burst() OWNER TO maint_owner;
CREATE FUNCTION maint.check_address_trying_many_users() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
    "_within" interval := maint.threshold('address_trying_many_users', 'within');
    "_users" integer := maint.threshold('address_trying_many_users', 'users');
begin
return query
select 'address_trying_many_users'::text, 'One address tries many users'::text, coalesce(to_jsonb(seen) ->> 'severity', 'high'),
    'security'::text, seen.object::text, seen.detail::text, 'Block the address, and look whether any of these users signed in from it.'::text,
    'address_trying_many_users' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
with attempt as (
    select user_id, at, address
    from maint.recent_activity
    where is_refused and entity like '%auth%' and at <= now() and address is not null
), suspect as (
    select address from attempt group by address having count(distinct user_id) >= _users
), windowed as (
    select attempt.address, count(distinct attempt.user_id) as users, count(*) as attempts,
        min(attempt.at) as first_at, max(attempt.at) as last_at,
        (array_agg(distinct attempt.user_id))[:10] as examples
    from attempt
    join suspect on suspect.address = attempt.address
    cross join generate_series(
        date_bin('5 minutes', attempt.at - _within, '2000-01-01'), attempt.at, '5 minutes') as begins
    group by attempt.address, begins
)
select distinct on (windowed.address)
    windowed.address as object,
    format('Sign-ins of %s users from address %s failed within %s, the last one at %s.',
        windowed.users, windowed.address, maint.in_words(_within),
        to_char(windowed.last_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"')) as detail,
    jsonb_build_object('address', windowed.address, 'users', windowed.users,
        'attempts', windowed.attempts, 'first_at', windowed.first_at, 'last_at', windowed.last_at,
        'examples', to_jsonb(windowed.examples)) as metadata
from windowed
where windowed.users >= _users
order by windowed.address, windowed.users desc, windowed.last_at desc
) as seen;
end
$$;
ALTER FUNCTION maint.check_address_trying_many_users() OWNER TO maint_owner;
CREATE FUNCTION maint.check_admin_from_new_origin() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
begin
return query
select 'admin_from_new_origin'::text, 'Administrator from a new address or program'::text, coalesce(to_jsonb(seen) ->> 'severity', 'medium'),
    'security'::text, seen.object::text, seen.detail::text, 'Ask the administrator. If it was not them, end all their sessions and reset their password.'::text,
    'admin_from_new_origin' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
select
    format('%s: %s %s', known.user_id, known.trait, known.value) as object,
    format('Administrator %s came from a new %s, %s, at %s.', known.user_id,
        case known.trait when 'agent' then 'program' else known.trait end, left(known.value, 200),
        to_char(known.first_seen_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"')) as detail,
    case known.trait when 'agent' then 'low' else 'medium' end as severity,
    jsonb_build_object('user_id', known.user_id, known.trait, left(known.value, 500),
        'first_at', known.first_seen_at) as metadata
from maint.known_traits as known
where known.trait in ('address', 'agent')
    and known.first_seen_at > (select window_start from maint.observations)
    and exists (
        select from maint.known_traits as earlier
        where earlier.user_id = known.user_id and earlier.trait = known.trait
            and earlier.first_seen_at <= (select window_start from maint.observations)
    )
    and exists (
        select from maint.recent_activity as activity
        where activity.user_id = known.user_id and known.value in (activity.address, activity.agent)
    )
) as seen;
end
$$;
ALTER FUNCTION maint.check_admin_from_new_origin() OWNER TO maint_owner;
CREATE FUNCTION maint.check_admin_outside_working_hours() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
    "_opens" interval := maint.threshold('admin_outside_working_hours', 'opens');
    "_closes" interval := maint.threshold('admin_outside_working_hours', 'closes');
    "_days" text := maint.threshold('admin_outside_working_hours', 'days');
    "_time_zone" text := maint.threshold('admin_outside_working_hours', 'time_zone');
begin
return query
select 'admin_outside_working_hours'::text, 'Administrator at work outside working hours'::text, coalesce(to_jsonb(seen) ->> 'severity', 'low'),
    'security'::text, seen.object::text, seen.detail::text, 'Ask the administrator if it looks odd. Set the hours and the time zone to yours, or switch the check off where people work around the clock.'::text,
    'admin_outside_working_hours' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
select
    activity.user_id as object,
    format('Administrator %s did %s things outside working hours (%s to %s, %s), the last one at %s.',
        activity.user_id, count(*), to_char(_opens, 'HH24:MI'), to_char(_closes, 'HH24:MI'),
        _time_zone, to_char(max(activity.at) at time zone _time_zone, 'Dy HH24:MI')) as detail,
    jsonb_build_object('user_id', activity.user_id, 'actions', count(*), 'first_at', min(activity.at),
        'last_at', max(activity.at), 'entities', to_jsonb((array_agg(distinct activity.entity))[:10]),
        'addresses', to_jsonb((array_agg(distinct activity.address))[:10])) as metadata
from maint.recent_activity as activity
join (select distinct administrator as user_id from maint.administrators() as administrator) as known
    on known.user_id = activity.user_id
cross join lateral (select activity.at at time zone _time_zone as time) as local
where activity.at <= now()
    and (extract(isodow from local.time)::text <> all (maint.listed(_days))
        or local.time::time < (time '00:00' + _opens) or local.time::time >= (time '00:00' + _closes))
group by activity.user_id
) as seen;
end
$$;
ALTER FUNCTION maint.check_admin_outside_working_hours() OWNER TO maint_owner;
CREATE FUNCTION maint.check_archive_backlog() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
    "_segments" integer := maint.threshold('archive_backlog', 'segments');
begin
return query
select 'archive_backlog'::text, 'WAL segments wait to be archived'::text, coalesce(to_jsonb(seen) ->> 'severity', 'high'),
    'backups'::text, seen.object::text, seen.detail::text, 'Look whether the archive_command is slow or stuck, and whether its target is reachable.'::text,
    'archive_backlog' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
select
    'archive_status' as object,
    format('%s WAL segments wait to be archived, the oldest since %s.', count(*),
        to_char(min(modification) at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"')) as detail,
    jsonb_build_object('segments', count(*), 'oldest_at', min(modification)) as metadata
from pg_catalog.pg_ls_archive_statusdir()
where name like '%.ready'
having count(*) > _segments
) as seen;
end
$$;
ALTER FUNCTION maint.check_archive_backlog() OWNER TO maint_owner;
CREATE FUNCTION maint.check_archiver_discards() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
#variable_conflict use_column
declare
begin
return query
select 'archiver_discards'::text, 'WAL archiving that keeps nothing'::text, coalesce(to_jsonb(seen) ->> 'severity', 'critical'),
    'backups'::text, seen.object::text, seen.detail::text, 'Set archive_command to one that stores segments (pgBackRest, Barman, WAL-G), or switch archive_mode off.'::text,
    'archiver_discards' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
select
    'archive_command' as object,
    format('archive_mode is %s and archive_command is %L, which keeps nothing.',
        current_setting('archive_mode'), setting) as detail,
    jsonb_build_object('archive_command', setting) as metadata
from pg_catalog.pg_settings
where name = 'archive_command'
    and current_setting('archive_mode') <> 'off'
    and btrim(setting) ~ '^((/usr)?/bin/)?(true|:|exit 0|echo)( |$)'
) as seen;
end
$_$;
ALTER FUNCTION maint.check_archiver_discards() OWNER TO maint_owner;
CREATE FUNCTION maint.check_archiver_failing() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
begin
return query
select 'archiver_failing'::text, 'WAL archiving fails'::text, coalesce(to_jsonb(seen) ->> 'severity', 'critical'),
    'backups'::text, seen.object::text, seen.detail::text, 'Read the server''s log for the archive_command''s error and mend it. The server goes on by itself then.'::text,
    'archiver_failing' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
select
    'archiver' as object,
    format('Archiving %s failed at %s; the last success was %s.', last_failed_wal,
        to_char(last_failed_time at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"'),
        coalesce(to_char(last_archived_time at time zone 'UTC', '"at" YYYY-MM-DD HH24:MI "UTC"'),
            'never')) as detail,
    jsonb_build_object('last_failed_wal', last_failed_wal, 'last_failed_at', last_failed_time,
        'last_archived_at', last_archived_time, 'failed_count', failed_count) as metadata
from pg_catalog.pg_stat_archiver
where current_setting('archive_mode') <> 'off'
    and last_failed_time > coalesce(last_archived_time, '-infinity')
) as seen;
end
$$;
ALTER FUNCTION maint.check_archiver_failing() OWNER TO maint_owner;
CREATE FUNCTION maint.check_audit_log_gap() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
    "_missing" integer := maint.threshold('audit_log_gap', 'missing');
    "_around" integer := maint.threshold('audit_log_gap', 'around');
begin
return query
select 'audit_log_gap'::text, 'Audit rows have vanished'::text, coalesce(to_jsonb(seen) ->> 'severity', 'critical'),
    'security'::text, seen.object::text, seen.detail::text, 'Compare with a backup and with the logs of the database who deleted them. Revoke DELETE and TRUNCATE on the audit log from every role that need not have it.'::text,
    'audit_log_gap' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
with present as (
    select date_trunc('hour', at, 'UTC') as hour, count(*) as actions
    from maint.recent_activity
    group by 1
), known as (
    select hour, sum(actions) as actions
    from maint.activity_hours
    where hour >= date_trunc('hour', now() - interval '25 hours', 'UTC')
    group by hour
)
select
    to_char(known.hour at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"') as object,
    format('The hour from %s had %s rows at an earlier run and has %s now.',
        to_char(known.hour at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"'), known.actions,
        coalesce(present.actions, 0)) as detail,
    jsonb_build_object('hour', known.hour, 'known', known.actions,
        'present', coalesce(present.actions, 0)) as metadata
from known
left join present on present.hour = known.hour
where known.hour >= (select window_start from maint.observations)
    and known.actions - coalesce(present.actions, 0) >= _missing
union all
select
    to_char(silent.hour at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"'),
    format('The hour from %s has no row, between hours of %s and %s rows.',
        to_char(silent.hour at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"'), earlier.actions,
        later.actions),
    jsonb_build_object('hour', silent.hour, 'earlier', earlier.actions, 'later', later.actions)
from generate_series(date_trunc('hour', now() - interval '24 hours', 'UTC'),
    date_trunc('hour', now(), 'UTC') - interval '2 hours', '1 hour') as silent (hour)
join known as earlier
    on earlier.hour = silent.hour - interval '1 hour' and earlier.actions >= _around
join known as later on later.hour = silent.hour + interval '1 hour' and later.actions >= _around
where not exists (select from known where known.hour = silent.hour)
) as seen;
end
$$;
ALTER FUNCTION maint.check_audit_log_gap() OWNER TO maint_owner;
CREATE FUNCTION maint.check_audit_log_silent() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
    "_hours" integer := maint.threshold('audit_log_silent', 'hours');
    "_usual" integer := maint.threshold('audit_log_silent', 'usual');
begin
return query
select 'audit_log_silent'::text, 'The audit log has stopped'::text, coalesce(to_jsonb(seen) ->> 'severity', 'high'),
    'security'::text, seen.object::text, seen.detail::text, 'Look whether the application still writes it: a trigger that was dropped, a revoked grant, a failing job. If people just don''t work today, it ends by itself.'::text,
    'audit_log_silent' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
select
    'audit_logs' as object,
    format('The audit log has had no row since %s, where %s are usual in %s hours.',
        coalesce(to_char(latest.at at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"'), 'weeks'),
        round(usual.actions), _hours) as detail,
    jsonb_build_object('last_at', latest.at, 'usual', usual.actions, 'hours', _hours) as metadata
from (
    -- Hours tell the past, rows the present.
    select greatest(
        (select max(hour) + interval '1 hour' from maint.activity_hours
            where hour < date_trunc('hour', now(), 'UTC') - interval '1 hour'),
        (select max(at) from maint.recent_activity where at <= now())) as at
) as latest
cross join (
    select percentile_cont(0.5) within group (order by week.actions) as actions
    from (
        select coalesce(sum(known.actions), 0)::double precision as actions
        from generate_series(1, 4) as weeks_ago
        left join maint.activity_hours as known
            on known.hour >= date_trunc('hour', now(), 'UTC') - _hours * interval '1 hour'
                - weeks_ago * interval '7 days'
            and known.hour < date_trunc('hour', now(), 'UTC') - weeks_ago * interval '7 days'
        group by weeks_ago
    ) as week
) as usual
where usual.actions >= _usual
    and coalesce(latest.at, '-infinity') < now() - _hours * interval '1 hour'
) as seen;
end
$$;
ALTER FUNCTION maint.check_audit_log_silent() OWNER TO maint_owner;
CREATE FUNCTION maint.check_audit_rows_misdated() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
    "_ahead" interval := maint.threshold('audit_rows_misdated', 'ahead');
    "_late" interval := maint.threshold('audit_rows_misdated', 'late');
begin
return query
select 'audit_rows_misdated'::text, 'Audit rows of a wrong time'::text, coalesce(to_jsonb(seen) ->> 'severity', 'medium'),
    'security'::text, seen.object::text, seen.detail::text, 'Look at the clocks of the application''s servers, and for imports. If there is neither, somebody with the right to write the log has added to it.'::text,
    'audit_rows_misdated' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
select
    case when at > now() then 'future' else 'past' end as object,
    case
        when at > now() then format('%s rows are dated in the future, up to %s.', count(*),
            to_char(max(at) at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"'))
        else format('%s rows were written lately and are dated from %s on.', count(*),
            to_char(min(at) at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"'))
    end as detail,
    jsonb_build_object('rows', count(*), 'first_at', min(at), 'last_at', max(at),
        'users', to_jsonb((array_agg(distinct user_id))[:10])) as metadata
from maint.recent_activity
where at > now() + _ahead
    or at < (select window_start from maint.observations) - _late
group by at > now()
) as seen;
end
$$;
ALTER FUNCTION maint.check_audit_rows_misdated() OWNER TO maint_owner;
CREATE FUNCTION maint.check_auth_users_exposed() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
begin
return query
select 'auth_users_exposed'::text, 'The users'' own data is served by the API'::text, coalesce(to_jsonb(seen) ->> 'severity', 'critical'),
    'security'::text, seen.object::text, seen.detail::text, 'Copy what the application needs into a table of its own with policies, and drop the view; or revoke the grants.'::text,
    'auth_users_exposed' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
with users (relation) as (
    -- By its name: this role need not have the right to use schema auth.
    select pg_class.oid
    from pg_class
    join pg_namespace on pg_namespace.oid = relnamespace
    where nspname = 'auth' and relname = 'users'
)
select
    reading.name as object,
    format('%s shows auth.users to %s.', reading.name,
        string_agg(visitor.name, ', ' order by visitor.name)) as detail,
    jsonb_build_object('roles', jsonb_agg(visitor.name order by visitor.name)) as metadata,
    format('revoke all on %s from %s;', reading.name,
        string_agg(quote_ident(visitor.name), ', ' order by visitor.name)) as fix
from maint.read_by_owners('vm') as reading
join maint.api_roles() as visitor on has_any_column_privilege(visitor.role, reading.view, 'select')
where maint.require(exists (select from users), 'auth.users does not exist')
    and reading.relation in (select users.relation from users)
group by reading.name
) as seen;
end
$$;
ALTER FUNCTION maint.check_auth_users_exposed() OWNER TO maint_owner;
CREATE FUNCTION maint.check_autovacuum_off() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
begin
return query
select 'autovacuum_off'::text, 'Autovacuum is off'::text, coalesce(to_jsonb(seen) ->> 'severity', 'medium'),
    'security'::text, seen.object::text, seen.detail::text, 'Switch it on again. Where it disturbs, let it be gentle: autovacuum_vacuum_cost_delay.'::text,
    'autovacuum_off' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
select
    'autovacuum' as object,
    'autovacuum is off for the whole server.' as detail,
    'high' as severity,
    '{"setting": "autovacuum"}'::jsonb as metadata,
    'alter system set autovacuum = on' || e';\nselect pg_reload_conf();' as fix
where current_setting('autovacuum') = 'off'
union all
select
    format('%I.%I', nspname, relname),
    format('autovacuum is off for table %I.%I.', nspname, relname),
    'medium',
    jsonb_build_object('options', to_jsonb(reloptions)),
    format('alter table %I.%I reset (autovacuum_enabled);', nspname, relname)
from pg_class
join pg_namespace on pg_namespace.oid = relnamespace
where relkind in ('r', 'm') and nspname not in ('pg_catalog', 'information_schema')
    and exists (
        select from pg_options_to_table(reloptions)
        where option_name = 'autovacuum_enabled' and not option_value::boolean
    )
) as seen;
end
$$;
ALTER FUNCTION maint.check_autovacuum_off() OWNER TO maint_owner;
CREATE FUNCTION maint.check_backup_empty() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
begin
return query
select 'backup_empty'::text, 'Backup succeeded with nothing in it'::text, coalesce(to_jsonb(seen) ->> 'severity', 'high'),
    'backups'::text, seen.object::text, seen.detail::text, 'Run the backup again and compare its counts with the organization''s data.'::text,
    'backup_empty' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
select
    org.id as object,
    format('The latest backup of organization "%s" (%s) %s.', org.name,
        to_char(run.started_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"'),
        case when coalesce(run.rows_count, 0) = 0 then 'holds no rows' else 'names no file' end
    ) as detail,
    jsonb_build_object('organization', org.name, 'backup_run_id', run.id,
        'rows_count', run.rows_count, 'file_url', run.file_url) as metadata
from public.backup_runs as run
join public.orgs as org on org.id = run.org_id and org.deleted_at is null
where run.status = 'ok'
    and (coalesce(run.rows_count, 0) = 0 or coalesce(run.file_url, '') = '')
    and not exists (
        select from public.backup_runs as later
        where later.org_id = run.org_id and later.status = 'ok'
            and later.started_at > run.started_at
    )
) as seen;
end
$$;
ALTER FUNCTION maint.check_backup_empty() OWNER TO maint_owner;
CREATE FUNCTION maint.check_backup_failed() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
    "_within" interval := maint.threshold('backup_failed', 'within');
    "_beyond" integer := maint.threshold('backup_failed', 'beyond');
begin
return query
select 'backup_failed'::text, 'Backup failed'::text, coalesce(to_jsonb(seen) ->> 'severity', 'high'),
    'backups'::text, seen.object::text, seen.detail::text, 'Read the run''s notes, mend the cause (credentials, bucket, space) and run the backup again; the next success resolves this alert.'::text,
    'backup_failed' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
with failure as (
    select run.id, run.org_id, org.name, run.notes, run.started_at,
        coalesce(run.finished_at, run.started_at) as failed_at,
        count(*) over (partition by run.org_id) > _beyond
        or exists (
            select from public.security_alerts as alert
            where alert.fingerprint = 'backup_failed:' || run.org_id and alert.resolved is not true
        ) as is_grouped
    from public.backup_runs as run
    join public.orgs as org on org.id = run.org_id and org.deleted_at is null
    -- Written as its index is: backup_runs_unfinished_idx.
    where run.status = 'failed'
        and coalesce(run.finished_at, run.started_at) > now() - _within
        and not exists (
            select from public.backup_runs as later
            where later.org_id = run.org_id and later.status = 'ok'
                and later.started_at > run.started_at
        )
)
select
    id::text as object,
    format('The backup of organization "%s" failed at %s: %s', name,
        to_char(failed_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"'),
        coalesce(nullif(left(notes, 500), ''), 'no notes')) as detail,
    jsonb_build_object('organization', name, 'org_id', org_id, 'started_at', started_at,
        'failed_at', failed_at) as metadata
from failure
where not is_grouped
union all
select
    org_id::text,
    format('%s backups of organization "%s" failed lately, the latest at %s.',
        count(*), name, to_char(max(failed_at) at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"')),
    jsonb_build_object('organization', name, 'org_id', org_id, 'failures', count(*),
        'first_failed_at', min(failed_at), 'started_at', max(started_at), 'failed_at', max(failed_at))
from failure
where is_grouped
group by org_id, name
) as seen;
end
$$;
ALTER FUNCTION maint.check_backup_failed() OWNER TO maint_owner;
CREATE FUNCTION maint.check_backup_overdue() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
    "_after" interval := maint.threshold('backup_overdue', 'after');
begin
return query
select 'backup_overdue'::text, 'Backup overdue'::text, coalesce(to_jsonb(seen) ->> 'severity', 'high'),
    'backups'::text, seen.object::text, seen.detail::text, 'Look whether the backup is still scheduled for the organization, and run one by hand.'::text,
    'backup_overdue' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
with recent as materialized (
    select distinct run.org_id
    from public.backup_runs as run
    where run.status = 'ok' and run.started_at > now() - _after
), candidate as (
    select org.id, org.name
    from public.orgs as org
    join public.backup_settings as settings on settings.org_id = org.id and settings.enabled
    where org.deleted_at is null
        -- A backup that was set up today has its first day.
        and settings.created_at < now() - _after
        and not exists (select from recent where recent.org_id = org.id)
)
select
    candidate.id as object,
    case
        when latest.succeeded_at is null then format(
            'Organization "%s" has an enabled backup that has never succeeded.', candidate.name)
        else format('The last successful backup of organization "%s" is of %s.', candidate.name,
            to_char(latest.succeeded_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"'))
    end as detail,
    jsonb_build_object('organization', candidate.name, 'last_success_at', latest.succeeded_at)
        as metadata
from candidate
left join lateral (
    select coalesce(run.finished_at, run.started_at) as succeeded_at
    from public.backup_runs as run
    where run.org_id = candidate.id and run.status = 'ok'
    order by run.started_at desc
    limit 1
) as latest on true
where coalesce(latest.succeeded_at, '-infinity') < now() - _after
) as seen;
end
$$;
ALTER FUNCTION maint.check_backup_overdue() OWNER TO maint_owner;
CREATE FUNCTION maint.check_backup_settings_incomplete() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
begin
return query
select 'backup_settings_incomplete'::text, 'Backup settings incomplete'::text, coalesce(to_jsonb(seen) ->> 'severity', 'high'),
    'backups'::text, seen.object::text, seen.detail::text, 'Complete the organization''s backup settings, or switch its backup off.'::text,
    'backup_settings_incomplete' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
select
    org.id as object,
    format('The enabled backup of organization "%s" has no %s.', org.name,
        array_to_string(lacking.parts, ' and no ')) as detail,
    jsonb_build_object('organization', org.name, 'lacking', to_jsonb(lacking.parts)) as metadata
from public.orgs as org
join public.backup_settings as settings on settings.org_id = org.id and settings.enabled
cross join lateral (
    select array_remove(array[
        case when coalesce(settings.bucket, '') = '' then 'bucket' end,
        case when coalesce(settings.access_key_encrypted, '') = ''
            or coalesce(settings.secret_key_encrypted, '') = '' then 'credentials' end
    ], null) as parts
) as lacking
where org.deleted_at is null
    and lacking.parts <> '{}'
) as seen;
end
$$;
ALTER FUNCTION maint.check_backup_settings_incomplete() OWNER TO maint_owner;
CREATE FUNCTION maint.check_backup_shrunk() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
    "_below" numeric := maint.threshold('backup_shrunk', 'below');
    "_latest" integer := maint.threshold('backup_shrunk', 'latest');
begin
return query
select 'backup_shrunk'::text, 'Backup much smaller than before'::text, coalesce(to_jsonb(seen) ->> 'severity', 'high'),
    'backups'::text, seen.object::text, seen.detail::text, 'Compare the backup''s counts with the organization''s data before an older backup is deleted. If the data really shrank, the alert resolves itself as the median follows.'::text,
    'backup_shrunk' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
with history as (
    select org.id, org.name, recent.started_at, recent.rows_counts, recent.tables_counts
    -- In the order of backup_runs_successes_idx, so that each of its pages is read once.
    from (
        select id, name
        from public.orgs
        where deleted_at is null
        order by id
    ) as org
    cross join lateral (
        select max(run.started_at) as started_at, array_agg(run.rows_count) as rows_counts,
            array_agg(run.tables_count) as tables_counts
        from (
            select started_at, rows_count, tables_count
            from public.backup_runs
            where org_id = org.id and status = 'ok'
            order by started_at desc
            limit 1 + _latest
        ) as run
    ) as recent
    where cardinality(recent.rows_counts) > 3
        -- Where the median is so much more, one of them is at least: that is quicker to tell.
        and (floor(recent.rows_counts[1] / _below)::bigint <= any (recent.rows_counts)
            or floor(recent.tables_counts[1] / _below)::bigint <= any (recent.tables_counts))
)
select
    history.id as object,
    format('The latest backup of organization "%s" (%s) has %s rows in %s tables, where %s rows in %s '
        'tables are usual.', history.name,
        to_char(history.started_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"'),
        history.rows_counts[1], history.tables_counts[1], usual.rows, usual.tables) as detail,
    jsonb_build_object('organization', history.name, 'started_at', history.started_at,
        'rows_count', history.rows_counts[1], 'usual_rows', usual.rows,
        'tables_count', history.tables_counts[1], 'usual_tables', usual.tables) as metadata
from history
cross join lateral (
    select percentile_cont(0.5) within group (order by earlier.rows_count) as rows,
        percentile_cont(0.5) within group (order by earlier.tables_count) as tables
    from unnest(history.rows_counts[2:], history.tables_counts[2:])
        as earlier (rows_count, tables_count)
) as usual
where history.rows_counts[1] < usual.rows * _below
    or history.tables_counts[1] < usual.tables * _below
) as seen;
end
$$;
ALTER FUNCTION maint.check_backup_shrunk() OWNER TO maint_owner;
CREATE FUNCTION maint.check_backup_stuck() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
    "_after" interval := maint.threshold('backup_stuck', 'after');
begin
return query
select 'backup_stuck'::text, 'Backup running for too long'::text, coalesce(to_jsonb(seen) ->> 'severity', 'medium'),
    'backups'::text, seen.object::text, seen.detail::text, 'Look for the backup''s process; mark the run as failed when there is none.'::text,
    'backup_stuck' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
select
    run.id as object,
    format('A backup of organization "%s" has been running since %s.', org.name,
        to_char(run.started_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"')) as detail,
    jsonb_build_object('organization', org.name, 'org_id', org.id, 'started_at', run.started_at)
        as metadata
from public.backup_runs as run
join public.orgs as org on org.id = run.org_id and org.deleted_at is null
where run.status = 'running'
    and coalesce(run.finished_at, run.started_at) < now() - _after
) as seen;
end
$$;
ALTER FUNCTION maint.check_backup_stuck() OWNER TO maint_owner;
CREATE FUNCTION maint.check_base_backup_overdue() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
    "_after" interval := maint.threshold('base_backup_overdue', 'after');
begin
return query
select 'base_backup_overdue'::text, 'Base backup or dump overdue'::text, coalesce(to_jsonb(seen) ->> 'severity', 'high'),
    'backups'::text, seen.object::text, seen.detail::text, 'Look why the backup has not run (its timer, its log, its disk), and run it by hand.'::text,
    'base_backup_overdue' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
select
    latest.source as object,
    case
        when latest.taken_at is null then latest.problem
        else format('The newest backup, %s, is of %s.', latest.backup,
            to_char(latest.taken_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"'))
    end as detail,
    jsonb_build_object('backup', latest.backup, 'taken_at', latest.taken_at, 'bytes', latest.bytes,
        'looked_at', latest.looked_at) as metadata
from (
    select source, backup, taken_at, bytes, problem, looked_at
    from maint.backup_sources
    order by looked_at desc
    limit 1
) as latest
where coalesce(latest.taken_at, '-infinity')
    < now() - _after
) as seen;
end
$$;
ALTER FUNCTION maint.check_base_backup_overdue() OWNER TO maint_owner;
CREATE FUNCTION maint.check_connection_logging_off() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
begin
return query
select 'connection_logging_off'::text, 'Logins are not logged'::text, coalesce(to_jsonb(seen) ->> 'severity', 'low'),
    'security'::text, seen.object::text, seen.detail::text, 'Set it on and reload. With many short connections put a pooler in front, or ignore the finding.'::text,
    'connection_logging_off' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
select
    name as object,
    format('%s is off.', name) as detail,
    jsonb_build_object('source', source) as metadata,
    format('alter system set %s = on;%sselect pg_reload_conf();', name, e'\n') as fix
from pg_settings
where name in ('log_connections', 'log_disconnections') and setting in ('', 'off')
) as seen;
end
$$;
ALTER FUNCTION maint.check_connection_logging_off() OWNER TO maint_owner;
CREATE FUNCTION maint.check_data_checksums_off() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
begin
return query
select 'data_checksums_off'::text, 'Pages without checksums'::text, coalesce(to_jsonb(seen) ->> 'severity', 'medium'),
    'security'::text, seen.object::text, seen.detail::text, 'Stop the server cleanly, run pg_checksums --enable on its data folder, and start it.'::text,
    'data_checksums_off' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
select
    'data_checksums' as object,
    'data_checksums is off.' as detail,
    '{"setting": "off"}'::jsonb as metadata
where current_setting('data_checksums') = 'off'
) as seen;
end
$$;
ALTER FUNCTION maint.check_data_checksums_off() OWNER TO maint_owner;
CREATE FUNCTION maint.check_ddl_logging_off() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
begin
return query
select 'ddl_logging_off'::text, 'Changes of the schema are not logged'::text, coalesce(to_jsonb(seen) ->> 'severity', 'low'),
    'security'::text, seen.object::text, seen.detail::text, 'Set log_statement to ddl and reload, or install pgaudit.'::text,
    'ddl_logging_off' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
select
    'log_statement' as object,
    'log_statement is none.' as detail,
    jsonb_build_object('shared_preload_libraries', current_setting('shared_preload_libraries', true))
        as metadata,
    'alter system set log_statement = ''ddl''' || e';\nselect pg_reload_conf();' as fix
where current_setting('log_statement') = 'none'
    and coalesce(current_setting('shared_preload_libraries', true), '') !~ 'pgaudit'
) as seen;
end
$$;
ALTER FUNCTION maint.check_ddl_logging_off() OWNER TO maint_owner;
CREATE FUNCTION maint.check_default_privileges_for_visitors() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
begin
return query
select 'default_privileges_for_visitors'::text, 'New objects are open to anon by default'::text, coalesce(to_jsonb(seen) ->> 'severity', 'low'),
    'security'::text, seen.object::text, seen.detail::text, 'Take the default away from anon and grant what visitors need by name.'::text,
    'default_privileges_for_visitors' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
select
    format('%s of %s in %s', objects.name, pg_get_userbyid(defaclrole),
        coalesce(nspname, 'every schema')) as object,
    format('%s that %s creates in %s are granted to anon at once: %s.', initcap(objects.name),
        pg_get_userbyid(defaclrole), coalesce(nspname, 'every schema'),
        lower(string_agg(privilege_type, ', ' order by privilege_type))) as detail,
    jsonb_build_object('creator', pg_get_userbyid(defaclrole), 'schema', nspname,
        'privileges', jsonb_agg(privilege_type order by privilege_type)) as metadata,
    format('alter default privileges for role %I%s revoke all on %s from anon;',
        pg_get_userbyid(defaclrole), ' in schema ' || quote_ident(nspname), objects.name) as fix
from pg_default_acl
cross join aclexplode(defaclacl)
join (values ('r', 'tables'), ('f', 'functions'), ('S', 'sequences')) as objects (type, name)
    on objects.type = defaclobjtype::text
left join pg_namespace on pg_namespace.oid = defaclnamespace
where grantee = to_regrole('anon')
    and (defaclnamespace = 0 or defaclnamespace in (select maint.exposed_schemas()))
group by objects.name, defaclrole, nspname
) as seen;
end
$$;
ALTER FUNCTION maint.check_default_privileges_for_visitors() OWNER TO maint_owner;
CREATE FUNCTION maint.check_definer_function_callable() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
begin
return query
select 'definer_function_callable'::text, 'Privileged function can be called through the API'::text, coalesce(to_jsonb(seen) ->> 'severity', 'medium'),
    'security'::text, seen.object::text, seen.detail::text, 'Revoke EXECUTE from those who need not call it. Where they must, let its body check who asks, and ignore the finding with that reason.'::text,
    'definer_function_callable' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
select
    application.name as object,
    format('Function %s runs as %s and can be called by %s%s.', application.name,
        pg_get_userbyid(application.owner), string_agg(visitor.name, ', ' order by visitor.name),
        case when is_called.by_policies then '; policies call it' else '' end) as detail,
    case when is_called.by_policies then 'low' when bool_or(visitor.name = 'anon') then 'high'
        else 'medium' end as severity,
    jsonb_build_object('owner', pg_get_userbyid(application.owner),
        'roles', jsonb_agg(visitor.name order by visitor.name)) as metadata,
    -- Whoever a policy concerns needs EXECUTE on what it calls: nothing to run blindly.
    case when not is_called.by_policies then format('revoke execute on routine %s from public, %s;',
        application.name, string_agg(quote_ident(visitor.name), ', ' order by visitor.name)) end as fix
from maint.application_functions() as application
join pg_proc on pg_proc.oid = application.routine
join maint.api_roles() as visitor
    on has_function_privilege(visitor.role, application.routine, 'execute')
cross join lateral (
    select exists (
        select from pg_depend
        where classid = 'pg_policy'::regclass and refclassid = 'pg_proc'::regclass
            and refobjid = application.routine::oid
    ) as by_policies
) as is_called
where application.is_definer
    and application.schema in (select maint.exposed_schemas())
    -- Triggers can't be called.
    and prorettype not in ('trigger'::regtype, 'event_trigger'::regtype)
group by application.name, application.owner, is_called.by_policies
) as seen;
end
$$;
ALTER FUNCTION maint.check_definer_function_callable() OWNER TO maint_owner;
CREATE FUNCTION maint.check_definer_function_search_path() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
begin
return query
select 'definer_function_search_path'::text, 'Privileged function trusts the caller''s search_path'::text, coalesce(to_jsonb(seen) ->> 'severity', 'high'),
    'security'::text, seen.object::text, seen.detail::text, 'Set a search_path on it that ends in pg_temp, and qualify the names in its body.'::text,
    'definer_function_search_path' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
select
    application.name as object,
    format('Function %s is SECURITY DEFINER and sets no search_path.', application.name) as detail,
    jsonb_build_object('owner', pg_get_userbyid(application.owner)) as metadata,
    format('alter routine %s set search_path = pg_catalog, %s, pg_temp;', application.name,
        application.schema::regnamespace) as fix
from maint.application_functions() as application
where application.is_definer
    and not exists (
        select from unnest(application.config) as setting where setting like 'search_path=%'
    )
) as seen;
end
$$;
ALTER FUNCTION maint.check_definer_function_search_path() OWNER TO maint_owner;
CREATE FUNCTION maint.check_drift_from_baseline() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
begin
return query
select 'drift_from_baseline'::text, 'Changed since it was approved'::text, coalesce(to_jsonb(seen) ->> 'severity', 'high'),
    'security'::text, seen.object::text, seen.detail::text, 'Read the difference (maint baseline diff). Approve it (maint baseline approve) if it was meant; otherwise restore what was approved.'::text,
    'drift_from_baseline' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
select
    drift.kind || ' ' || drift.object as object,
    format('The %s %s is %s since the baseline was approved.', drift.kind, drift.object, drift.change)
        as detail,
    case drift.kind when 'setting' then 'medium' else 'high' end as severity,
    jsonb_build_object('change', drift.change, 'approved', left(drift.approved, 2000),
        'present', left(drift.present, 2000)) as metadata
from maint.baseline_drift() as drift
where maint.require(exists (select from maint.baseline),
    'needs an approved baseline: maint baseline approve stores what is there now as one')
) as seen;
end
$$;
ALTER FUNCTION maint.check_drift_from_baseline() OWNER TO maint_owner;
CREATE FUNCTION maint.check_duplicate_indexes() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
begin
return query
select 'duplicate_indexes'::text, 'Index that another one makes superfluous'::text, coalesce(to_jsonb(seen) ->> 'severity', 'low'),
    'security'::text, seen.object::text, seen.detail::text, 'Drop it. Watch for a while whether something becomes slower: a shorter index can be quicker.'::text,
    'duplicate_indexes' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
with indexes as (
    select indexrelid, indrelid, indisunique, indisprimary, indisreplident, indnkeyatts, indnatts,
        -- These vectors count from 0, their slices from 1.
        (indkey::int2[])[0:indnkeyatts - 1] as keys,
        (indclass::oid[])[0:indnkeyatts - 1] as operators,
        (indcollation::oid[])[0:indnkeyatts - 1] as collations,
        (indoption::int2[])[0:indnkeyatts - 1] as options,
        pg_get_expr(indexprs, indrelid) as expressions, pg_get_expr(indpred, indrelid) as condition,
        relam, exists (select from pg_constraint where conindid = indexrelid) as is_constraint
    from pg_index
    join pg_class on pg_class.oid = indexrelid
    join pg_namespace on pg_namespace.oid = relnamespace
    where indisvalid and not relispartition
        and nspname not in ('pg_catalog', 'information_schema', 'maint', 'pg_toast')
)
select
    lesser.indexrelid::regclass::text as object,
    format('Index %s of %s does nothing that %s does not.', lesser.indexrelid::regclass,
        lesser.indrelid::regclass, string_agg(other.indexrelid::regclass::text, ', ')) as detail,
    jsonb_build_object('table', lesser.indrelid::regclass,
        'others', jsonb_agg(other.indexrelid::regclass),
        'bytes', pg_relation_size(lesser.indexrelid)) as metadata,
    format('drop index concurrently %s;', lesser.indexrelid::regclass) as fix
from indexes as lesser
join indexes as other
    on other.indrelid = lesser.indrelid and other.indexrelid <> lesser.indexrelid
    and other.relam = lesser.relam
    and other.condition is not distinct from lesser.condition
    and other.expressions is not distinct from lesser.expressions
    and other.keys[1:lesser.indnkeyatts] = lesser.keys
    and other.operators[1:lesser.indnkeyatts] = lesser.operators
    and other.collations[1:lesser.indnkeyatts] = lesser.collations
    and other.options[1:lesser.indnkeyatts] = lesser.options
    -- Only btrees have prefixes.
    and (other.indnkeyatts = lesser.indnkeyatts
        or lesser.relam = (select oid from pg_am where amname = 'btree'))
where not lesser.is_constraint and not lesser.indisreplident
    and lesser.indnatts = lesser.indnkeyatts
    and (not lesser.indisunique or other.indisunique and other.indnkeyatts = lesser.indnkeyatts)
    -- Of two that are the same, the constraint's, the unique or the older one stays.
    and (other.indnkeyatts > lesser.indnkeyatts
        or (other.is_constraint, other.indisunique, lesser.indexrelid)
            > (lesser.is_constraint, lesser.indisunique, other.indexrelid))
group by lesser.indexrelid, lesser.indrelid
) as seen;
end
$$;
ALTER FUNCTION maint.check_duplicate_indexes() OWNER TO maint_owner;
CREATE FUNCTION maint.check_durability_off() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
begin
return query
select 'durability_off'::text, 'A crash destroys data'::text, coalesce(to_jsonb(seen) ->> 'severity', 'critical'),
    'security'::text, seen.object::text, seen.detail::text, 'Set it on, reload, and take a backup. If the machine has crashed meanwhile, verify the database.'::text,
    'durability_off' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
select
    name as object,
    format('%s is off.', name) as detail,
    jsonb_build_object('source', source) as metadata,
    format('alter system set %s = on;%sselect pg_reload_conf();', name, e'\n') as fix
from pg_settings
where name in ('fsync', 'full_page_writes') and setting = 'off'
) as seen;
end
$$;
ALTER FUNCTION maint.check_durability_off() OWNER TO maint_owner;
CREATE FUNCTION maint.check_extension_in_public() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
begin
return query
select 'extension_in_public'::text, 'Extension in a schema that the API serves'::text, coalesce(to_jsonb(seen) ->> 'severity', 'low'),
    'security'::text, seen.object::text, seen.detail::text, 'Move the extension to a schema of its own, such as extensions. Extensions that can''t be moved have to be created anew.'::text,
    'extension_in_public' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
select
    extname as object,
    format('Extension %I is in schema %s.', extname, extnamespace::regnamespace) as detail,
    jsonb_build_object('schema', extnamespace::regnamespace, 'relocatable', extrelocatable)
        as metadata
from pg_extension
where extnamespace in (select maint.exposed_schemas())
) as seen;
end
$$;
ALTER FUNCTION maint.check_extension_in_public() OWNER TO maint_owner;
CREATE FUNCTION maint.check_extension_outdated() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
begin
return query
select 'extension_outdated'::text, 'Extension older than what is installed'::text, coalesce(to_jsonb(seen) ->> 'severity', 'low'),
    'security'::text, seen.object::text, seen.detail::text, 'Read the extension''s notes, and update it.'::text,
    'extension_outdated' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
select
    name as object,
    format('Extension %I is of version %s, and %s is there.', name, installed_version,
        default_version) as detail,
    jsonb_build_object('installed_version', installed_version, 'default_version', default_version)
        as metadata,
    format('alter extension %I update;', name) as fix
from pg_available_extensions
where installed_version is distinct from default_version and installed_version is not null
) as seen;
end
$$;
ALTER FUNCTION maint.check_extension_outdated() OWNER TO maint_owner;
CREATE FUNCTION maint.check_failed_sign_ins() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
    "_within" interval := maint.threshold('failed_sign_ins', 'within');
    "_attempts" integer := maint.threshold('failed_sign_ins', 'attempts');
begin
return query
select 'failed_sign_ins'::text, 'Many failed sign-ins of one user'::text, coalesce(to_jsonb(seen) ->> 'severity', 'high'),
    'security'::text, seen.object::text, seen.detail::text, 'Ask the user; lock the account or reset its password, and block the addresses if it was not them.'::text,
    'failed_sign_ins' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
select
    attempt.user_id as object,
    format('User %s failed to sign in %s times within %s, from %s, the last time at %s.',
        attempt.user_id, max(attempt.attempts), maint.in_words(_within),
        maint.pluralize(count(distinct attempt.address), 'address', 'addresses'),
        to_char(max(attempt.at) at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"')) as detail,
    jsonb_build_object('user_id', attempt.user_id, 'attempts', max(attempt.attempts),
        'first_at', min(attempt.at), 'last_at', max(attempt.at),
        'addresses', to_jsonb((array_agg(distinct attempt.address))[:10])) as metadata
from (
    select user_id, at, address, count(*) over (
        partition by user_id order by at range between _within preceding and current row
    ) as attempts
    from maint.recent_activity
    where is_refused and entity like '%auth%' and at <= now()
) as attempt
group by attempt.user_id
having max(attempt.attempts) >= _attempts
) as seen;
end
$$;
ALTER FUNCTION maint.check_failed_sign_ins() OWNER TO maint_owner;
CREATE FUNCTION maint.check_failed_sign_ins_from_address() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
    "_within" interval := maint.threshold('failed_sign_ins_from_address', 'within');
    "_attempts" integer := maint.threshold('failed_sign_ins_from_address', 'attempts');
begin
return query
select 'failed_sign_ins_from_address'::text, 'Many failed sign-ins from one address'::text, coalesce(to_jsonb(seen) ->> 'severity', 'high'),
    'security'::text, seen.object::text, seen.detail::text, 'Block the address at the proxy, unless it is an office or a network that many share.'::text,
    'failed_sign_ins_from_address' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
select
    attempt.address as object,
    format('%s sign-ins from address %s failed within %s, of %s, the last one at %s.',
        max(attempt.attempts), attempt.address, maint.in_words(_within),
        maint.pluralize(count(distinct attempt.user_id), 'user'),
        to_char(max(attempt.at) at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"')) as detail,
    jsonb_build_object('address', attempt.address, 'attempts', max(attempt.attempts),
        'first_at', min(attempt.at), 'last_at', max(attempt.at),
        'users', to_jsonb((array_agg(distinct attempt.user_id))[:10])) as metadata
from (
    select user_id, at, address, count(*) over (
        partition by address order by at range between _within preceding and current row
    ) as attempts
    from maint.recent_activity
    where is_refused and entity like '%auth%' and at <= now() and address is not null
) as attempt
group by attempt.address
having max(attempt.attempts) >= _attempts
) as seen;
end
$$;
ALTER FUNCTION maint.check_failed_sign_ins_from_address() OWNER TO maint_owner;
CREATE FUNCTION maint.check_first_tax_number_read() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
    "_within" interval := maint.threshold('first_tax_number_read', 'within');
begin
return query
select 'first_tax_number_read'::text, 'Tax numbers read by somebody who never did'::text, coalesce(to_jsonb(seen) ->> 'severity', 'medium'),
    'security'::text, seen.object::text, seen.detail::text, 'Ask whether it belongs to the user''s work now.'::text,
    'first_tax_number_read' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
select
    known.user_id as object,
    format('User %s read a tax number for the first time, at %s.', known.user_id,
        to_char(known.first_seen_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"')) as detail,
    jsonb_build_object('user_id', known.user_id, 'first_at', known.first_seen_at,
        'addresses', (
            select to_jsonb((array_agg(distinct activity.address))[:10])
            from maint.recent_activity as activity
            where activity.user_id = known.user_id and activity.entity like '%\_tin'
        )) as metadata
from maint.known_traits as known
where known.trait = 'tax_reader'
    and known.first_seen_at > (select window_start from maint.observations)
    and exists (
        select from maint.recent_activity as activity
        where activity.user_id = known.user_id and activity.entity like '%\_tin'
    )
) as seen;
end
$$;
ALTER FUNCTION maint.check_first_tax_number_read() OWNER TO maint_owner;
CREATE FUNCTION maint.check_foreign_key_to_unique_of_auth() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
begin
return query
select 'foreign_key_to_unique_of_auth'::text, 'Foreign key to a column of auth that is not its key'::text, coalesce(to_jsonb(seen) ->> 'severity', 'medium'),
    'security'::text, seen.object::text, seen.detail::text, 'Point it at the primary key.'::text,
    'foreign_key_to_unique_of_auth' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
select
    format('%s: %I', conrelid::regclass, conname) as object,
    format('Foreign key %I of %s points at a unique column of %I.%I.', conname, conrelid::regclass,
        nspname, relname) as detail,
    jsonb_build_object('references', format('%I.%I', nspname, relname)) as metadata,
    format('alter table %s drop constraint %I;', conrelid::regclass, conname) as fix
from pg_constraint
join pg_class on pg_class.oid = confrelid
join pg_namespace on pg_namespace.oid = relnamespace and nspname = 'auth'
join pg_index on pg_index.indexrelid = conindid and not indisprimary
where contype = 'f' and connamespace <> relnamespace
) as seen;
end
$$;
ALTER FUNCTION maint.check_foreign_key_to_unique_of_auth() OWNER TO maint_owner;
CREATE FUNCTION maint.check_foreign_key_without_index() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
begin
return query
select 'foreign_key_without_index'::text, 'Foreign key without an index that covers it'::text, coalesce(to_jsonb(seen) ->> 'severity', 'low'),
    'security'::text, seen.object::text, seen.detail::text, 'Create an index that begins with these columns.'::text,
    'foreign_key_without_index' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
select
    format('%s: %I', conrelid::regclass, conname) as object,
    format('Foreign key %I of %s (%s) has no index.', conname, conrelid::regclass, columns.list)
        as detail,
    jsonb_build_object('columns', columns.list, 'references', confrelid::regclass) as metadata,
    format('create index concurrently on %s (%s);', conrelid::regclass, columns.list) as fix
from pg_constraint
join pg_class on pg_class.oid = conrelid and not relispartition
join pg_namespace on pg_namespace.oid = relnamespace
cross join lateral (
    select string_agg(quote_ident(attname), ', ' order by position) as list
    from unnest(conkey) with ordinality as key (attnum, position)
    join pg_attribute on attrelid = conrelid and pg_attribute.attnum = key.attnum
) as columns
where contype = 'f'
    and nspname not in ('pg_catalog', 'information_schema', 'maint')
    and not exists (
        select from pg_index
        where indrelid = conrelid and indisvalid and indpred is null and indexprs is null
            -- The first columns in any order: indkey counts from 0.
            and (indkey::int2[])[0:cardinality(conkey) - 1] @> conkey
            and indnkeyatts >= cardinality(conkey)
    )
) as seen;
end
$$;
ALTER FUNCTION maint.check_foreign_key_without_index() OWNER TO maint_owner;
CREATE FUNCTION maint.check_foreign_table_exposed() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
begin
return query
select 'foreign_table_exposed'::text, 'Foreign table open to visitors'::text, coalesce(to_jsonb(seen) ->> 'severity', 'medium'),
    'security'::text, seen.object::text, seen.detail::text, 'Move the table to a schema that the API does not serve, or revoke the grants.'::text,
    'foreign_table_exposed' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
select
    exposed.name as object,
    format('Foreign table %s is open to %s.', exposed.name,
        string_agg(visitor.name, ', ' order by visitor.name)) as detail,
    jsonb_build_object('roles', jsonb_agg(visitor.name order by visitor.name)) as metadata,
    format('revoke all on %s from %s;', exposed.name,
        string_agg(quote_ident(visitor.name), ', ' order by visitor.name)) as fix
from maint.exposed_relations('f') as exposed
join maint.api_roles() as visitor
    on has_any_column_privilege(visitor.role, exposed.relation, 'select, insert, update')
group by exposed.name
) as seen;
end
$$;
ALTER FUNCTION maint.check_foreign_table_exposed() OWNER TO maint_owner;
CREATE FUNCTION maint.check_function_search_path() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
begin
return query
select 'function_search_path'::text, 'Function resolves names by the caller''s search_path'::text, coalesce(to_jsonb(seen) ->> 'severity', 'low'),
    'security'::text, seen.object::text, seen.detail::text, 'Set a search_path on it that ends in pg_temp. A function in language sql is not inlined any more then: where that matters, qualify the names in its body and ignore this finding.'::text,
    'function_search_path' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
select
    application.name as object,
    format('Function %s sets no search_path.', application.name) as detail,
    jsonb_build_object('owner', pg_get_userbyid(application.owner)) as metadata,
    format('alter routine %s set search_path = pg_catalog, %s, pg_temp;', application.name,
        application.schema::regnamespace) as fix
from maint.application_functions() as application
where not application.is_definer
    and application.schema in (select maint.exposed_schemas())
    and not exists (
        select from unnest(application.config) as setting where setting like 'search_path=%'
    )
) as seen;
end
$$;
ALTER FUNCTION maint.check_function_search_path() OWNER TO maint_owner;
CREATE FUNCTION maint.check_graphql_shows_tables() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
begin
return query
select 'graphql_shows_tables'::text, 'Tables are visible in GraphQL'::text, coalesce(to_jsonb(seen) ->> 'severity', 'low'),
    'security'::text, seen.object::text, seen.detail::text, 'Revoke SELECT on tables that a role has no use for, or drop pg_graphql if nothing uses it.'::text,
    'graphql_shows_tables' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
select
    visitor.name as object,
    format('%s sees the columns of %s tables through pg_graphql.', visitor.name, count(*)) as detail,
    jsonb_build_object('role', visitor.name, 'tables', count(*),
        'examples', to_jsonb((array_agg(exposed.name order by exposed.name))[:20])) as metadata
from maint.exposed_relations('rpvm') as exposed
join maint.api_roles() as visitor on has_any_column_privilege(visitor.role, exposed.relation, 'select')
where exists (select from pg_extension where extname = 'pg_graphql')
group by visitor.name
) as seen;
end
$$;
ALTER FUNCTION maint.check_graphql_shows_tables() OWNER TO maint_owner;
CREATE FUNCTION maint.check_hba_cleartext_password() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
begin
return query
select 'hba_cleartext_password'::text, 'Passwords sent in clear'::text, coalesce(to_jsonb(seen) ->> 'severity', 'high'),
    'security'::text, seen.object::text, seen.detail::text, 'Write scram-sha-256 instead, and reload.'::text,
    'hba_cleartext_password' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
select
    maint.hba_rule(pg_hba_file_rules) as object,
    format('Line %s of pg_hba.conf takes passwords in clear.', line_number) as detail,
    case type when 'hostssl' then 'medium' else 'high' end as severity,
    jsonb_build_object('line', line_number) as metadata
from pg_hba_file_rules
where auth_method = 'password'
) as seen;
end
$$;
ALTER FUNCTION maint.check_hba_cleartext_password() OWNER TO maint_owner;
CREATE FUNCTION maint.check_hba_errors() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
begin
return query
select 'hba_errors'::text, 'pg_hba.conf has errors'::text, coalesce(to_jsonb(seen) ->> 'severity', 'high'),
    'security'::text, seen.object::text, seen.detail::text, 'Correct the line, and reload.'::text,
    'hba_errors' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
select
    error as object,
    format('Line %s of pg_hba.conf: %s.', line_number, error) as detail,
    jsonb_build_object('line', line_number) as metadata
from pg_hba_file_rules
where error is not null
) as seen;
end
$$;
ALTER FUNCTION maint.check_hba_errors() OWNER TO maint_owner;
CREATE FUNCTION maint.check_hba_md5() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
begin
return query
select 'hba_md5'::text, 'Logins by MD5'::text, coalesce(to_jsonb(seen) ->> 'severity', 'medium'),
    'security'::text, seen.object::text, seen.detail::text, 'Set the remaining MD5 passwords anew (password_md5 names them), write scram-sha-256, and reload.'::text,
    'hba_md5' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
select
    maint.hba_rule(pg_hba_file_rules) as object,
    format('Line %s of pg_hba.conf accepts MD5 passwords.', line_number) as detail,
    jsonb_build_object('line', line_number) as metadata
from pg_hba_file_rules
where auth_method = 'md5'
) as seen;
end
$$;
ALTER FUNCTION maint.check_hba_md5() OWNER TO maint_owner;
CREATE FUNCTION maint.check_hba_open_to_all() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
begin
return query
select 'hba_open_to_all'::text, 'Every role may log in from anywhere'::text, coalesce(to_jsonb(seen) ->> 'severity', 'high'),
    'security'::text, seen.object::text, seen.detail::text, 'Name the database, the role and the network that need it, and reload.'::text,
    'hba_open_to_all' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
select
    maint.hba_rule(pg_hba_file_rules) as object,
    format('Line %s of pg_hba.conf opens all databases to all roles from anywhere.', line_number)
        as detail,
    jsonb_build_object('line', line_number) as metadata
from pg_hba_file_rules
where type like 'host%'
    and auth_method <> 'reject'
    and 'all' = any (database) and 'all' = any (user_name)
    and (address = 'all' or netmask in ('0.0.0.0', '::'))
) as seen;
end
$$;
ALTER FUNCTION maint.check_hba_open_to_all() OWNER TO maint_owner;
CREATE FUNCTION maint.check_hba_trust() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
begin
return query
select 'hba_trust'::text, 'Logins without any password'::text, coalesce(to_jsonb(seen) ->> 'severity', 'critical'),
    'security'::text, seen.object::text, seen.detail::text, 'Write scram-sha-256 for the network and peer for local sockets, and reload.'::text,
    'hba_trust' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
select
    maint.hba_rule(pg_hba_file_rules) as object,
    format('Line %s of pg_hba.conf lets %s in without a password.', line_number,
        array_to_string(user_name, ', ')) as detail,
    case
        when type = 'local' or address in ('127.0.0.1', '::1', 'localhost') then 'medium'
        else 'critical'
    end as severity,
    jsonb_build_object('line', line_number) as metadata
from pg_hba_file_rules
where auth_method = 'trust'
) as seen;
end
$$;
ALTER FUNCTION maint.check_hba_trust() OWNER TO maint_owner;
CREATE FUNCTION maint.check_id_enumeration() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
    "_identities" integer := maint.threshold('id_enumeration', 'identities');
begin
return query
select 'id_enumeration'::text, 'Identities tried one after the other'::text, coalesce(to_jsonb(seen) ->> 'severity', 'medium'),
    'security'::text, seen.object::text, seen.detail::text, 'Ask whether an integration ran as this user; otherwise look whether they might see all of them.'::text,
    'id_enumeration' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
with suspect as (
    select user_id, entity, count(distinct entity_id) as identities, min(at) as first_at,
        max(at) as last_at
    from maint.recent_activity
    where entity_id is not null and entity <> 'profile_access' and at <= now()
    group by user_id, entity
    having count(distinct entity_id) >= _identities
)
select
    format('%s: %s', user_id, entity) as object,
    format('User %s touched %s different things of kind %s, the last one at %s.', user_id,
        identities, entity,
        to_char(last_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"')) as detail,
    jsonb_build_object('user_id', user_id, 'entity', entity, 'identities', identities, 'first_at', first_at,
        'last_at', last_at, 'examples', (
            select jsonb_agg(example.entity_id)
            from (
                select distinct activity.entity_id
                from maint.recent_activity as activity
                where activity.user_id = suspect.user_id and activity.entity = suspect.entity
                    and activity.entity_id is not null
                limit 10
            ) as example
        )) as metadata
from suspect
) as seen;
end
$$;
ALTER FUNCTION maint.check_id_enumeration() OWNER TO maint_owner;
CREATE FUNCTION maint.check_invalid_index() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
begin
return query
select 'invalid_index'::text, 'Index that is not valid'::text, coalesce(to_jsonb(seen) ->> 'severity', 'medium'),
    'security'::text, seen.object::text, seen.detail::text, 'Rebuild it concurrently, or drop it. While a build is running, wait for its end.'::text,
    'invalid_index' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
select
    indexrelid::regclass::text as object,
    format('Index %s of %s is invalid.', indexrelid::regclass, indrelid::regclass) as detail,
    jsonb_build_object('table', indrelid::regclass, 'unique', indisunique) as metadata,
    format('reindex index concurrently %s;', indexrelid::regclass) as fix
from pg_index
join pg_class on pg_class.oid = indrelid and relkind <> 'p'
join pg_namespace on pg_namespace.oid = relnamespace
where not indisvalid
    and nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
    and not exists (
        select from pg_stat_progress_create_index as building
        where building.index_relid = pg_index.indexrelid
    )
) as seen;
end
$$;
ALTER FUNCTION maint.check_invalid_index() OWNER TO maint_owner;
CREATE FUNCTION maint.check_many_administrators() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
    "_most" integer := maint.threshold('many_administrators', 'most');
begin
return query
select 'many_administrators'::text, 'Many administrators'::text, coalesce(to_jsonb(seen) ->> 'severity', 'medium'),
    'security'::text, seen.object::text, seen.detail::text, 'Take the role from those who don''t administer any more.'::text,
    'many_administrators' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
select
    'administrators' as object,
    format('%s users are administrators.', count(*)) as detail,
    jsonb_build_object('administrators', count(*),
        'examples', to_jsonb((array_agg(user_id order by created_at desc))[:20])) as metadata
from public.user_roles
where role::text = 'admin'
having count(*) > _most
) as seen;
end
$$;
ALTER FUNCTION maint.check_many_administrators() OWNER TO maint_owner;
CREATE FUNCTION maint.check_many_role_members() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
    "_most" integer := maint.threshold('many_role_members', 'most');
begin
return query
select 'many_role_members'::text, 'Many members of a privileged role'::text, coalesce(to_jsonb(seen) ->> 'severity', 'medium'),
    'security'::text, seen.object::text, seen.detail::text, 'Revoke memberships that nobody uses; give people roles that can do no more than they must.'::text,
    'many_role_members' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
select
    privileged.rolname as object,
    format('Role %I has %s members that may log in.', privileged.rolname, count(*)) as detail,
    jsonb_build_object('members', to_jsonb((array_agg(login.rolname order by login.rolname))[:20]))
        as metadata
from pg_roles as privileged
join pg_roles as login on login.rolcanlogin and not login.rolsuper
    and login.oid <> privileged.oid and pg_has_role(login.oid, privileged.oid, 'member')
where privileged.rolsuper or privileged.rolbypassrls or privileged.rolcreaterole
    or privileged.oid = (select datdba from pg_database where datname = current_database())
group by privileged.rolname
having count(*) > _most
) as seen;
end
$$;
ALTER FUNCTION maint.check_many_role_members() OWNER TO maint_owner;
CREATE FUNCTION maint.check_mass_delete() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
    "_within" interval := maint.threshold('mass_delete', 'within');
    "_deletions" integer := maint.threshold('mass_delete', 'deletions');
begin
return query
select 'mass_delete'::text, 'Many deletions'::text, coalesce(to_jsonb(seen) ->> 'severity', 'high'),
    'security'::text, seen.object::text, seen.detail::text, 'Ask whether it was wanted. If not, suspend the account and restore from a backup of before.'::text,
    'mass_delete' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
select
    deletion.user_id as object,
    format('User %s deleted %s things within %s, the last one at %s.', deletion.user_id,
        max(deletion.deletions), maint.in_words(_within),
        to_char(max(deletion.at) at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"')) as detail,
    jsonb_build_object('user_id', deletion.user_id, 'deletions', max(deletion.deletions),
        'entities', to_jsonb((array_agg(distinct deletion.entity))[:10]),
        'first_at', min(deletion.at), 'last_at', max(deletion.at)) as metadata
from (
    select user_id, at, entity, count(*) over (
        partition by user_id order by at range between _within preceding and current row
    ) as deletions
    from maint.recent_activity
    where action = 'delete' and not is_refused and at <= now()
) as deletion
group by deletion.user_id
having max(deletion.deletions) >= _deletions
) as seen;
end
$$;
ALTER FUNCTION maint.check_mass_delete() OWNER TO maint_owner;
CREATE FUNCTION maint.check_mass_export() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
    "_exports" integer := maint.threshold('mass_export', 'exports');
begin
return query
select 'mass_export'::text, 'Many data exports'::text, coalesce(to_jsonb(seen) ->> 'severity', 'high'),
    'security'::text, seen.object::text, seen.detail::text, 'Ask whether the exports were wanted; otherwise end the session and review the files.'::text,
    'mass_export' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
select
    user_id as object,
    format('User %s exported data %s times within a day.', user_id, sum(exports)) as detail,
    jsonb_build_object('user_id', user_id, 'exports', sum(exports), 'first_hour', min(hour),
        'last_hour', max(hour)) as metadata
from maint.activity_hours
where hour >= date_trunc('hour', now() - interval '24 hours', 'UTC') and exports > 0
group by user_id
having sum(exports) >= _exports
) as seen;
end
$$;
ALTER FUNCTION maint.check_mass_export() OWNER TO maint_owner;
CREATE FUNCTION maint.check_mass_read() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
    "_within" interval := maint.threshold('mass_read', 'within');
    "_reads" integer := maint.threshold('mass_read', 'reads');
begin
return query
select 'mass_read'::text, 'Unusually many reads'::text, coalesce(to_jsonb(seen) ->> 'severity', 'medium'),
    'security'::text, seen.object::text, seen.detail::text, 'Ask whether a report or integration ran as this user; otherwise end the session and review what was read.'::text,
    'mass_read' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
select
    reading.user_id as object,
    format('User %s read %s things within %s, the last one at %s.', reading.user_id,
        max(reading.reads), maint.in_words(_within),
        to_char(max(reading.at) at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"')) as detail,
    jsonb_build_object('user_id', reading.user_id, 'reads', max(reading.reads),
        'entities', to_jsonb((array_agg(distinct reading.entity))[:10]),
        'first_at', min(reading.at), 'last_at', max(reading.at)) as metadata
from (
    select user_id, at, entity, count(*) over (
        partition by user_id order by at range between _within preceding and current row
    ) as reads
    from maint.recent_activity
    where action in ('read', 'access') and not is_refused and at <= now()
) as reading
group by reading.user_id
having max(reading.reads) >= _reads
) as seen;
end
$$;
ALTER FUNCTION maint.check_mass_read() OWNER TO maint_owner;
CREATE FUNCTION maint.check_materialized_view_exposed() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
begin
return query
select 'materialized_view_exposed'::text, 'Materialized view open to visitors'::text, coalesce(to_jsonb(seen) ->> 'severity', 'medium'),
    'security'::text, seen.object::text, seen.detail::text, 'Revoke the grants, and serve it through a view or function that says who may see what.'::text,
    'materialized_view_exposed' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
select
    exposed.name as object,
    format('Materialized view %s can be read by %s.', exposed.name,
        string_agg(visitor.name, ', ' order by visitor.name)) as detail,
    jsonb_build_object('roles', jsonb_agg(visitor.name order by visitor.name)) as metadata,
    format('revoke all on %s from %s;', exposed.name,
        string_agg(quote_ident(visitor.name), ', ' order by visitor.name)) as fix
from maint.exposed_relations('m') as exposed
join maint.api_roles() as visitor
    on has_any_column_privilege(visitor.role, exposed.relation, 'select')
group by exposed.name
) as seen;
end
$$;
ALTER FUNCTION maint.check_materialized_view_exposed() OWNER TO maint_owner;
CREATE FUNCTION maint.check_member_of_server_roles() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
begin
return query
select 'member_of_server_roles'::text, 'Role that reaches the server''s files or programs'::text, coalesce(to_jsonb(seen) ->> 'severity', 'critical'),
    'security'::text, seen.object::text, seen.detail::text, 'Revoke the membership.'::text,
    'member_of_server_roles' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
select
    format('%I in %I', member.rolname, granted.rolname) as object,
    format('Role %I is a member of %I.', member.rolname, granted.rolname) as detail,
    jsonb_build_object('role', member.rolname, 'member_of', granted.rolname) as metadata,
    format('revoke %I from %I;', granted.rolname, member.rolname) as fix
from pg_auth_members
join pg_roles as granted on granted.oid = roleid
join pg_roles as member on member.oid = pg_auth_members.member
where granted.rolname in (
        'pg_execute_server_program', 'pg_read_server_files', 'pg_write_server_files')
    and not member.rolsuper
) as seen;
end
$$;
ALTER FUNCTION maint.check_member_of_server_roles() OWNER TO maint_owner;
CREATE FUNCTION maint.check_new_administrator() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
    "_told_for" interval := maint.threshold('new_administrator', 'told_for');
begin
return query
select 'new_administrator'::text, 'New administrator'::text, coalesce(to_jsonb(seen) ->> 'severity', 'high'),
    'security'::text, seen.object::text, seen.detail::text, 'Ask who granted it. Take it away if nobody can say.'::text,
    'new_administrator' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
select
    user_id as object,
    format('User %s is an administrator since between %s and the run before.', user_id,
        to_char(first_seen_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"')) as detail,
    jsonb_build_object('user_id', user_id, 'first_seen_at', first_seen_at) as metadata
from maint.known_traits
where trait = 'administrator' and first_seen_at > now() - _told_for
) as seen;
end
$$;
ALTER FUNCTION maint.check_new_administrator() OWNER TO maint_owner;
CREATE FUNCTION maint.check_organization_without_backup() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
begin
return query
select 'organization_without_backup'::text, 'Organization without backup'::text, coalesce(to_jsonb(seen) ->> 'severity', 'high'),
    'backups'::text, seen.object::text, seen.detail::text, 'Enable a backup for the organization in its backup settings, or mark the organization as deleted.'::text,
    'organization_without_backup' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
select
    org.id as object,
    format(
        'Organization "%s" %s', org.name,
        case when settings.org_id is null then 'has no backup settings.' else 'has its backup switched off.' end
    ) as detail,
    jsonb_build_object('organization', org.name, 'configured', settings.org_id is not null) as metadata
from public.orgs as org
left join public.backup_settings as settings on settings.org_id = org.id
where org.deleted_at is null
    and settings.enabled is not true
) as seen;
end
$$;
ALTER FUNCTION maint.check_organization_without_backup() OWNER TO maint_owner;
CREATE FUNCTION maint.check_password_encryption_md5() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
begin
return query
select 'password_encryption_md5'::text, 'New passwords are stored as MD5'::text, coalesce(to_jsonb(seen) ->> 'severity', 'medium'),
    'security'::text, seen.object::text, seen.detail::text, 'Set password_encryption to scram-sha-256, reload, and set the passwords anew.'::text,
    'password_encryption_md5' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
select
    'password_encryption' as object,
    'password_encryption is md5.' as detail,
    jsonb_build_object('source', source) as metadata,
    'alter system set password_encryption = ''scram-sha-256''' || e';\nselect pg_reload_conf();' as fix
from pg_settings
where name = 'password_encryption' and setting = 'md5'
) as seen;
end
$$;
ALTER FUNCTION maint.check_password_encryption_md5() OWNER TO maint_owner;
CREATE FUNCTION maint.check_password_expired() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
begin
return query
select 'password_expired'::text, 'Login whose password has expired'::text, coalesce(to_jsonb(seen) ->> 'severity', 'low'),
    'security'::text, seen.object::text, seen.detail::text, 'Give it a new password and date, or take its LOGIN away.'::text,
    'password_expired' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
select
    rolname as object,
    format('The password of role %I is valid until %s.', rolname,
        to_char(rolvaliduntil at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"')) as detail,
    jsonb_build_object('role', rolname, 'valid_until', rolvaliduntil) as metadata,
    format('alter role %I nologin;', rolname) as fix
from pg_roles
where rolcanlogin and rolvaliduntil < now()
) as seen;
end
$$;
ALTER FUNCTION maint.check_password_expired() OWNER TO maint_owner;
CREATE FUNCTION maint.check_password_md5() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
#variable_conflict use_column
declare
begin
return query
select 'password_md5'::text, 'Password stored as MD5'::text, coalesce(to_jsonb(seen) ->> 'severity', 'medium'),
    'security'::text, seen.object::text, seen.detail::text, 'Set password_encryption to scram-sha-256 and set the password again.'::text,
    'password_md5' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
select
    rolname as object,
    format('The password of role %I is stored as MD5.', rolname) as detail,
    jsonb_build_object('role', rolname) as metadata
from pg_authid
where rolpassword ~ '^md5[0-9a-f]{32}$'
) as seen;
end
$_$;
ALTER FUNCTION maint.check_password_md5() OWNER TO maint_owner;
CREATE FUNCTION maint.check_password_never_expires() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
    "_expected" text := maint.threshold('password_never_expires', 'expected');
begin
return query
select 'password_never_expires'::text, 'Login whose password never expires'::text, coalesce(to_jsonb(seen) ->> 'severity', 'low'),
    'security'::text, seen.object::text, seen.detail::text, 'Set VALID UNTIL for people''s accounts and renew it with the password. Ignore the finding for roles of programs whose password is rotated otherwise, or that use no password.'::text,
    'password_never_expires' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
select
    rolname as object,
    format('The password of role %I never expires.', rolname) as detail,
    jsonb_build_object('role', rolname) as metadata
from pg_roles
where rolcanlogin and coalesce(rolvaliduntil, 'infinity') = 'infinity'
    and rolname <> all (maint.listed(_expected))
) as seen;
end
$$;
ALTER FUNCTION maint.check_password_never_expires() OWNER TO maint_owner;
CREATE FUNCTION maint.check_policies_without_row_security() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
begin
return query
select 'policies_without_row_security'::text, 'Policies that don''t apply'::text, coalesce(to_jsonb(seen) ->> 'severity', 'high'),
    'security'::text, seen.object::text, seen.detail::text, 'Enable row level security on the table. Look at its policies first: they begin to work then.'::text,
    'policies_without_row_security' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
select
    policy.name as object,
    format('Table %s has %s policies and row level security off.', policy.name, count(*)) as detail,
    jsonb_build_object('policies', jsonb_agg(policy.policy order by policy.policy)) as metadata,
    format('alter table %s enable row level security;', policy.name) as fix
from maint.policies() as policy
join pg_class on pg_class.oid = policy.relation and not relrowsecurity
group by policy.name
) as seen;
end
$$;
ALTER FUNCTION maint.check_policies_without_row_security() OWNER TO maint_owner;
CREATE FUNCTION maint.check_policy_always_true() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
begin
return query
select 'policy_always_true'::text, 'Policy lets everybody write'::text, coalesce(to_jsonb(seen) ->> 'severity', 'high'),
    'security'::text, seen.object::text, seen.detail::text, 'Replace the condition by one that says whose rows they are, or drop the policy.'::text,
    'policy_always_true' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
select
    format('%s: %s', policy.name, policy.policy) as object,
    format('Policy "%s" of table %s allows %s to %s any row.', policy.policy, policy.name,
        string_agg(visitor.name, ', ' order by visitor.name),
        case policy.command when 'all' then 'write' else policy.command end) as detail,
    jsonb_build_object('command', policy.command, 'using', policy.using_text,
        'with_check', policy.check_text) as metadata,
    format('drop policy %I on %s;', policy.policy, policy.name) as fix
from maint.policies() as policy
join maint.api_roles() as visitor on maint.concerns(policy.roles, visitor.role)
where policy.is_permissive
    and policy.command <> 'select'
    and btrim(coalesce(policy.using_text, 'true'), '() ') in ('true', '1 = 1')
    and btrim(coalesce(policy.check_text, policy.using_text, 'true'), '() ') in ('true', '1 = 1')
group by policy.name, policy.policy, policy.command, policy.using_text, policy.check_text
) as seen;
end
$$;
ALTER FUNCTION maint.check_policy_always_true() OWNER TO maint_owner;
CREATE FUNCTION maint.check_policy_evaluated_per_row() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
begin
return query
select 'policy_evaluated_per_row'::text, 'Policy asks who the user is for every row'::text, coalesce(to_jsonb(seen) ->> 'severity', 'low'),
    'security'::text, seen.object::text, seen.detail::text, 'Write (select auth.uid()) instead of auth.uid(), and so on.'::text,
    'policy_evaluated_per_row' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
select
    format('%s: %s', policy.name, policy.policy) as object,
    format('Policy "%s" of table %s calls a function of the session for each row.', policy.policy,
        policy.name) as detail,
    jsonb_build_object('using', policy.using_text, 'with_check', policy.check_text) as metadata,
    format('alter policy %I on %s%s%s;', policy.policy, policy.name,
        ' using (' || wrapped.using_text || ')', ' with check (' || wrapped.check_text || ')') as fix
from maint.policies() as policy
cross join lateral (
    select
        regexp_replace(policy.using_text, call.pattern, '(select \1)', 'g') as using_text,
        regexp_replace(policy.check_text, call.pattern, '(select \1)', 'g') as check_text
    from (
        values ('(?<!SELECT )(?<!SELECT \()(auth\.(?:uid|jwt|role|email)\(\)|current_setting\([^()]*\))')
    ) as call (pattern)
) as wrapped
where wrapped.using_text is distinct from policy.using_text
    or wrapped.check_text is distinct from policy.check_text
) as seen;
end
$$;
ALTER FUNCTION maint.check_policy_evaluated_per_row() OWNER TO maint_owner;
CREATE FUNCTION maint.check_policy_for_anonymous_sign_ins() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
begin
return query
select 'policy_for_anonymous_sign_ins'::text, 'Policy holds for anonymous sign-ins too'::text, coalesce(to_jsonb(seen) ->> 'severity', 'low'),
    'security'::text, seen.object::text, seen.detail::text, 'Where anonymous sign-ins are on, add to the policy, or to a restrictive one, (select (auth.jwt() ->> ''is_anonymous'')::boolean) is not true. Otherwise switch the check off.'::text,
    'policy_for_anonymous_sign_ins' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
select
    policy.name as object,
    format('Policies of table %s hold for anonymous sign-ins: %s.', policy.name,
        string_agg(policy.policy, ', ' order by policy.policy)) as detail,
    jsonb_build_object('policies', jsonb_agg(policy.policy order by policy.policy)) as metadata
from maint.policies() as policy
join maint.api_roles() as visitor on visitor.name = 'authenticated'
    and maint.concerns(policy.roles, visitor.role)
where policy.is_permissive
    and concat(policy.using_text, policy.check_text) !~ 'is_anonymous'
    and not exists (
        select from maint.policies() as narrowing
        where narrowing.relation = policy.relation and not narrowing.is_permissive
            and narrowing.command in (policy.command, 'all')
            and concat(narrowing.using_text, narrowing.check_text) ~ 'is_anonymous'
    )
group by policy.name
) as seen;
end
$$;
ALTER FUNCTION maint.check_policy_for_anonymous_sign_ins() OWNER TO maint_owner;
CREATE FUNCTION maint.check_policy_true_without_user() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
#variable_conflict use_column
declare
begin
return query
select 'policy_true_without_user'::text, 'Policy opens up to who is not signed in'::text, coalesce(to_jsonb(seen) ->> 'severity', 'high'),
    'security'::text, seen.object::text, seen.detail::text, 'Take that part out; what was meant is nearly always auth.uid() is not null and a condition.'::text,
    'policy_true_without_user' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
select
    format('%s: %s', policy.name, policy.policy) as object,
    format('Policy "%s" of table %s is true for who is not signed in.', policy.policy, policy.name)
        as detail,
    jsonb_build_object('using', policy.using_text, 'with_check', policy.check_text) as metadata
from maint.policies() as policy
join maint.api_roles() as visitor on visitor.name = 'anon'
    and maint.concerns(policy.roles, visitor.role)
cross join lateral (
    -- Calls within a sub-select are the same; then what is in brackets deeper than one level is left out.
    select regexp_replace(regexp_replace(concat_ws(' OR ', policy.using_text, policy.check_text),
        '\( SELECT (auth\.\w+\(\))[^()]*\)', '\1', 'g'),
        '(auth\.(?:uid|jwt|role)|current_setting)\([^()]*\)', '\1', 'g') as text
) as condition
where policy.is_permissive
    and condition.text ~ '(auth\.(uid|jwt|role)|current_setting) IS NULL\)?( OR |\)*$)'
    and condition.text !~ ' AND '
) as seen;
end
$_$;
ALTER FUNCTION maint.check_policy_true_without_user() OWNER TO maint_owner;
CREATE FUNCTION maint.check_policy_trusts_user_metadata() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
begin
return query
select 'policy_trusts_user_metadata'::text, 'Policy trusts what users write about themselves'::text, coalesce(to_jsonb(seen) ->> 'severity', 'critical'),
    'security'::text, seen.object::text, seen.detail::text, 'Use app_metadata, which users can''t write, or a table of roles.'::text,
    'policy_trusts_user_metadata' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
select
    format('%s: %s', policy.name, policy.policy) as object,
    format('Policy "%s" of table %s depends on user_metadata.', policy.policy, policy.name) as detail,
    jsonb_build_object('using', policy.using_text, 'with_check', policy.check_text) as metadata
from maint.policies() as policy
where concat(policy.using_text, ' ', policy.check_text) ~ 'user_metadata|raw_user_meta_data'
) as seen;
end
$$;
ALTER FUNCTION maint.check_policy_trusts_user_metadata() OWNER TO maint_owner;
CREATE FUNCTION maint.check_privileges_granted() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
    "_entities" text := maint.threshold('privileges_granted', 'entities');
begin
return query
select 'privileges_granted'::text, 'Rights were granted'::text, coalesce(to_jsonb(seen) ->> 'severity', 'medium'),
    'security'::text, seen.object::text, seen.detail::text, 'Ask whoever did it. Take the right away if nobody can say.'::text,
    'privileges_granted' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
select
    user_id as object,
    format('User %s created or changed %s rights, the last one at %s.', user_id, count(*),
        to_char(max(at) at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"')) as detail,
    jsonb_build_object('user_id', user_id, 'actions', count(*), 'first_at', min(at),
        'last_at', max(at), 'entities', to_jsonb((array_agg(distinct entity))[:10]),
        'of', to_jsonb((array_agg(distinct entity_id))[:10])) as metadata
from maint.recent_activity
where action in ('create', 'update') and not is_refused and at <= now()
    and entity ~ array_to_string(maint.listed(_entities), '|')
group by user_id
) as seen;
end
$$;
ALTER FUNCTION maint.check_privileges_granted() OWNER TO maint_owner;
CREATE FUNCTION maint.check_profile_enumeration() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
    "_within" interval := maint.threshold('profile_enumeration', 'within');
    "_profiles" integer := maint.threshold('profile_enumeration', 'profiles');
begin
return query
select 'profile_enumeration'::text, 'Profiles read one after the other'::text, coalesce(to_jsonb(seen) ->> 'severity', 'medium'),
    'security'::text, seen.object::text, seen.detail::text, 'Ask whether the user had reason to; otherwise end the session and review what was read.'::text,
    'profile_enumeration' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
with reading as (
    select user_id, at, entity_id
    from maint.recent_activity
    where entity = 'profile_access' and not is_refused and at <= now()
), suspect as (
    select user_id from reading group by user_id having count(distinct entity_id) >= _profiles
), windowed as (
    select reading.user_id, count(distinct reading.entity_id) as profiles, min(reading.at) as first_at,
        max(reading.at) as last_at
    from reading
    join suspect on suspect.user_id = reading.user_id
    cross join generate_series(
        date_bin('5 minutes', reading.at - _within, '2000-01-01'), reading.at, '5 minutes') as begins
    group by reading.user_id, begins
)
select distinct on (windowed.user_id)
    windowed.user_id as object,
    format('User %s read %s different profiles within %s, the last one at %s.', windowed.user_id,
        windowed.profiles, maint.in_words(_within),
        to_char(windowed.last_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"')) as detail,
    jsonb_build_object('user_id', windowed.user_id, 'profiles', windowed.profiles,
        'first_at', windowed.first_at, 'last_at', windowed.last_at,
        'examples', (
            select jsonb_agg(example.entity_id)
            from (
                select distinct entity_id from reading
                where reading.user_id = windowed.user_id and entity_id is not null limit 10
            ) as example
        )) as metadata
from windowed
where windowed.profiles >= _profiles
order by windowed.user_id, windowed.profiles desc, windowed.last_at desc
) as seen;
end
$$;
ALTER FUNCTION maint.check_profile_enumeration() OWNER TO maint_owner;
CREATE FUNCTION maint.check_public_bucket_lists() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
begin
return query
select 'public_bucket_lists'::text, 'Public storage bucket lists its files'::text, coalesce(to_jsonb(seen) ->> 'severity', 'medium'),
    'security'::text, seen.object::text, seen.detail::text, 'Drop the select policy: public files are served without it.'::text,
    'public_bucket_lists' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
select
    format('%s: %s', bucket.id, polname) as object,
    format('Policy "%s" on storage.objects lists every file of the public bucket "%s".', polname,
        bucket.id) as detail,
    jsonb_build_object('bucket', bucket.id, 'policy', polname, 'using', condition.text) as metadata,
    format('drop policy %I on storage.objects;', polname) as fix
from storage.buckets as bucket
join pg_policy on polrelid = 'storage.objects'::regclass and polpermissive and polcmd in ('r', '*')
cross join lateral (select pg_get_expr(polqual, polrelid) as text) as condition
where bucket.public
    and exists (
        select from maint.api_roles() as visitor where maint.concerns(polroles, visitor.role)
    )
    and (btrim(condition.text, '() ') = 'true'
        or condition.text ~ ('bucket_id = ' || quote_literal(bucket.id))
            and condition.text !~ 'auth\.|owner|name|foldername')
) as seen;
end
$$;
ALTER FUNCTION maint.check_public_bucket_lists() OWNER TO maint_owner;
CREATE FUNCTION maint.check_queue_exposed() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
begin
return query
select 'queue_exposed'::text, 'Message queue open to visitors'::text, coalesce(to_jsonb(seen) ->> 'severity', 'high'),
    'security'::text, seen.object::text, seen.detail::text, 'Enable row level security on the queue''s table, and write policies for who may use it.'::text,
    'queue_exposed' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
select
    format('%I.%I', nspname, relname) as object,
    format('Queue %I is open to %s.', substr(relname, 3), string_agg(visitor.name, ', ' order by visitor.name))
        as detail,
    jsonb_build_object('roles', jsonb_agg(visitor.name order by visitor.name)) as metadata,
    format('alter table %I.%I enable row level security;', nspname, relname) as fix
from pg_class
join pg_namespace on pg_namespace.oid = relnamespace and nspname = 'pgmq'
join maint.api_roles() as visitor on has_table_privilege(visitor.role, pg_class.oid, 'select')
where relkind in ('r', 'p') and relname like 'q\_%' and not relrowsecurity
    and exists (
        select from maint.exposed_schemas() as schema where schema = to_regnamespace('pgmq_public')
    )
group by nspname, relname
) as seen;
end
$$;
ALTER FUNCTION maint.check_queue_exposed() OWNER TO maint_owner;
CREATE FUNCTION maint.check_rate_limit_abuse() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
    "_within" interval := maint.threshold('rate_limit_abuse', 'within');
    "_requests" integer := maint.threshold('rate_limit_abuse', 'requests');
begin
return query
select 'rate_limit_abuse'::text, 'Rate limit hit again and again'::text, coalesce(to_jsonb(seen) ->> 'severity', 'medium'),
    'security'::text, seen.object::text, seen.detail::text, 'Find out whether a client is broken or scraping; suspend its access where it is.'::text,
    'rate_limit_abuse' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
select
    request.user_id as object,
    format('%s requests of user %s were refused by the rate limiter within %s, the last one at %s.',
        max(request.requests), request.user_id, maint.in_words(_within),
        to_char(max(request.at) at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"')) as detail,
    jsonb_build_object('user_id', request.user_id, 'requests', max(request.requests),
        'entities', to_jsonb((array_agg(distinct request.entity))[:10]),
        'first_at', min(request.at), 'last_at', max(request.at)) as metadata
from (
    select user_id, at, entity, count(*) over (
        partition by user_id order by at range between _within preceding and current row
    ) as requests
    from maint.recent_activity
    where is_refused and entity not like '%auth%' and at <= now()
) as request
group by request.user_id
having max(request.requests) >= _requests
) as seen;
end
$$;
ALTER FUNCTION maint.check_rate_limit_abuse() OWNER TO maint_owner;
CREATE FUNCTION maint.check_replication_slot_inactive() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
    "_megabytes" integer := maint.threshold('replication_slot_inactive', 'megabytes');
begin
return query
select 'replication_slot_inactive'::text, 'Inactive replication slot holds WAL'::text, coalesce(to_jsonb(seen) ->> 'severity', 'high'),
    'backups'::text, seen.object::text, seen.detail::text, 'Start its reader again, or drop the slot with pg_drop_replication_slot. Set max_slot_wal_keep_size so that a forgotten slot can''t fill the disk.'::text,
    'replication_slot_inactive' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
select
    slot_name::text as object,
    format('The replication slot "%s" is inactive and holds %s of WAL.', slot_name,
        pg_size_pretty(held_bytes)) as detail,
    jsonb_build_object('slot', slot_name, 'held_bytes', held_bytes, 'wal_status', wal_status)
        as metadata
from (
    select slot_name, wal_status, pg_wal_lsn_diff(
        case when pg_is_in_recovery() then pg_last_wal_replay_lsn() else pg_current_wal_lsn() end,
        restart_lsn) as held_bytes
    from pg_catalog.pg_replication_slots
    where not active
) as slots
where held_bytes > _megabytes * 1048576::bigint
) as seen;
end
$$;
ALTER FUNCTION maint.check_replication_slot_inactive() OWNER TO maint_owner;
CREATE FUNCTION maint.check_restore_unproven() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
    "_within" interval := maint.threshold('restore_unproven', 'within');
begin
return query
select 'restore_unproven'::text, 'No proof that backups restore'::text, coalesce(to_jsonb(seen) ->> 'severity', 'high'),
    'backups'::text, seen.object::text, seen.detail::text, 'Read the problem in the run of verify_restore, take a new backup and run verify_restore again. Keep the older backups until it succeeds.'::text,
    'restore_unproven' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
select
    latest.source as object,
    case
        when not latest.is_proven then format('The backup %s of %s does not restore: %s', latest.backup,
            to_char(latest.taken_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"'),
            left(latest.problem, 1000))
        else format('The last proof that a backup restores is of %s.',
            to_char(latest.finished_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"'))
    end as detail,
    case when latest.is_proven then 'high' else 'critical' end as severity,
    jsonb_build_object('backup', latest.backup, 'taken_at', latest.taken_at,
        'tried_at', latest.finished_at, 'last_proven_at', (
            select max(proof.finished_at)
            from maint.restore_proofs as proof
            where proof.source = latest.source and proof.is_proven
        )) as metadata
from (
    -- A source that is no longer configured has no newer try, and is not asked for one.
    select source, backup, taken_at, finished_at, is_proven, problem
    from maint.restore_proofs
    order by id desc
    limit 1
) as latest
where not latest.is_proven
    or latest.finished_at < now() - _within
) as seen;
end
$$;
ALTER FUNCTION maint.check_restore_unproven() OWNER TO maint_owner;
CREATE FUNCTION maint.check_role_bypasses_row_security() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
    "_expected" text := maint.threshold('role_bypasses_row_security', 'expected');
begin
return query
select 'role_bypasses_row_security'::text, 'Login that bypasses row level security'::text, coalesce(to_jsonb(seen) ->> 'severity', 'high'),
    'security'::text, seen.object::text, seen.detail::text, 'Take the attribute away; let the role''s work be done by a policy of its own.'::text,
    'role_bypasses_row_security' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
select
    rolname as object,
    format('Role %I may log in and bypasses row level security.', rolname) as detail,
    jsonb_build_object('role', rolname) as metadata,
    format('alter role %I nobypassrls;', rolname) as fix
from pg_roles
where rolbypassrls and not rolsuper and rolcanlogin and rolname <> all (maint.listed(_expected))
) as seen;
end
$$;
ALTER FUNCTION maint.check_role_bypasses_row_security() OWNER TO maint_owner;
CREATE FUNCTION maint.check_role_creates_roles() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
    "_expected" text := maint.threshold('role_creates_roles', 'expected');
begin
return query
select 'role_creates_roles'::text, 'Login that may create roles'::text, coalesce(to_jsonb(seen) ->> 'severity', 'medium'),
    'security'::text, seen.object::text, seen.detail::text, 'Take the attribute away, or add the role to the expected ones.'::text,
    'role_creates_roles' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
select
    rolname as object,
    format('Role %I may log in and create roles.', rolname) as detail,
    jsonb_build_object('role', rolname) as metadata,
    format('alter role %I nocreaterole;', rolname) as fix
from pg_roles
where rolcreaterole and not rolsuper and rolcanlogin and rolname <> all (maint.listed(_expected))
) as seen;
end
$$;
ALTER FUNCTION maint.check_role_creates_roles() OWNER TO maint_owner;
CREATE FUNCTION maint.check_role_replicates() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
    "_expected" text := maint.threshold('role_replicates', 'expected');
begin
return query
select 'role_replicates'::text, 'Login that may replicate'::text, coalesce(to_jsonb(seen) ->> 'severity', 'medium'),
    'security'::text, seen.object::text, seen.detail::text, 'Take the attribute away, or add the role that your replicas and backups use to the expected ones.'::text,
    'role_replicates' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
select
    rolname as object,
    format('Role %I may log in and replicate the server.', rolname) as detail,
    jsonb_build_object('role', rolname) as metadata,
    format('alter role %I noreplication;', rolname) as fix
from pg_roles
where rolreplication and not rolsuper and rolcanlogin and rolname <> all (maint.listed(_expected))
) as seen;
end
$$;
ALTER FUNCTION maint.check_role_replicates() OWNER TO maint_owner;
CREATE FUNCTION maint.check_role_without_connection_limit() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
    "_expected" text := maint.threshold('role_without_connection_limit', 'expected');
begin
return query
select 'role_without_connection_limit'::text, 'Login without a connection limit'::text, coalesce(to_jsonb(seen) ->> 'severity', 'low'),
    'security'::text, seen.object::text, seen.detail::text, 'Give it the connections that its pool needs, and some to spare.'::text,
    'role_without_connection_limit' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
select
    rolname as object,
    format('Role %I may take all %s connections.', rolname, current_setting('max_connections'))
        as detail,
    jsonb_build_object('role', rolname) as metadata,
    format('alter role %I connection limit %s;', rolname,
        greatest(current_setting('max_connections')::integer / 2, 1)) as fix
from pg_roles
where rolcanlogin and not rolsuper and rolconnlimit = -1 and rolname <> all (maint.listed(_expected))
) as seen;
end
$$;
ALTER FUNCTION maint.check_role_without_connection_limit() OWNER TO maint_owner;
CREATE FUNCTION maint.check_row_security_off() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
begin
return query
select 'row_security_off'::text, 'Table exposed without row level security'::text, coalesce(to_jsonb(seen) ->> 'severity', 'critical'),
    'security'::text, seen.object::text, seen.detail::text, 'Enable row level security and write policies for who may see what, or revoke the grants.'::text,
    'row_security_off' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
select
    exposed.name as object,
    format('Table %s has row level security off and is open to %s.', exposed.name,
        string_agg(visitor.name, ', ' order by visitor.name)) as detail,
    jsonb_build_object('roles', jsonb_agg(visitor.name order by visitor.name)) as metadata,
    format('alter table %s enable row level security;', exposed.name) as fix
from maint.exposed_relations('rp') as exposed
join pg_class on pg_class.oid = exposed.relation and not relrowsecurity
join maint.api_roles() as visitor
    on has_any_column_privilege(visitor.role, exposed.relation, 'select, insert, update')
    or has_table_privilege(visitor.role, exposed.relation, 'delete')
group by exposed.name
) as seen;
end
$$;
ALTER FUNCTION maint.check_row_security_off() OWNER TO maint_owner;
CREATE FUNCTION maint.check_row_security_without_policy() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
begin
return query
select 'row_security_without_policy'::text, 'Row level security without any policy'::text, coalesce(to_jsonb(seen) ->> 'severity', 'low'),
    'security'::text, seen.object::text, seen.detail::text, 'Write the policies, or revoke the grants so that the table is plainly closed.'::text,
    'row_security_without_policy' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
select
    exposed.name as object,
    format('Table %s has row level security on and no policy, and is granted to %s.', exposed.name,
        string_agg(visitor.name, ', ' order by visitor.name)) as detail,
    jsonb_build_object('roles', jsonb_agg(visitor.name order by visitor.name)) as metadata,
    format('revoke all on %s from %s;', exposed.name,
        string_agg(quote_ident(visitor.name), ', ' order by visitor.name)) as fix
from maint.exposed_relations('rp') as exposed
join pg_class on pg_class.oid = exposed.relation and relrowsecurity
join maint.api_roles() as visitor
    on has_any_column_privilege(visitor.role, exposed.relation, 'select, insert, update')
where not exists (select from pg_policy where polrelid = exposed.relation)
group by exposed.name
) as seen;
end
$$;
ALTER FUNCTION maint.check_row_security_without_policy() OWNER TO maint_owner;
CREATE FUNCTION maint.check_schema_open_to_creators() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
begin
return query
select 'schema_open_to_creators'::text, 'Everybody may create objects in a schema'::text, coalesce(to_jsonb(seen) ->> 'severity', 'high'),
    'security'::text, seen.object::text, seen.detail::text, 'Revoke CREATE on the schema, and grant it to the roles that own the application''s objects.'::text,
    'schema_open_to_creators' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
select
    format('%I for %s', nspname, creator.name) as object,
    format('%s may create objects in schema %I.', creator.name, nspname) as detail,
    jsonb_build_object('schema', nspname, 'role', creator.name) as metadata,
    format('revoke create on schema %I from %s;', nspname, creator.name) as fix
from pg_namespace
cross join lateral (
    select coalesce(nullif(grantee, 0)::regrole::text, 'public') as name
    from aclexplode(nspacl)
    where privilege_type = 'CREATE'
        and (grantee = 0 or grantee in (select role from maint.api_roles()))
) as creator
where nspname not like 'pg\_%'
) as seen;
end
$$;
ALTER FUNCTION maint.check_schema_open_to_creators() OWNER TO maint_owner;
CREATE FUNCTION maint.check_search_path_without_pg_temp() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
#variable_conflict use_column
declare
begin
return query
select 'search_path_without_pg_temp'::text, 'Privileged function lets temporary objects shadow its own'::text, coalesce(to_jsonb(seen) ->> 'severity', 'medium'),
    'security'::text, seen.object::text, seen.detail::text, 'Write pg_temp at the end of its search_path.'::text,
    'search_path_without_pg_temp' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
select
    application.name as object,
    format('Function %s has search_path %s, where temporary tables come first.', application.name,
        case path.text when '' then 'empty' else path.text end) as detail,
    jsonb_build_object('search_path', path.text, 'owner', pg_get_userbyid(application.owner))
        as metadata,
    format('alter routine %s set search_path = %s;', application.name,
        concat_ws(', ', nullif(path.text, ''), 'pg_temp')) as fix
from maint.application_functions() as application
cross join lateral (
    select replace(substr(setting, length('search_path=') + 1), '""', '') as text
    from unnest(application.config) as setting
    where setting like 'search_path=%'
) as path
where application.is_definer
    and path.text !~ '(^|[, ])"?pg_temp"?$'
) as seen;
end
$_$;
ALTER FUNCTION maint.check_search_path_without_pg_temp() OWNER TO maint_owner;
CREATE FUNCTION maint.check_sensitive_columns_exposed() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
#variable_conflict use_column
declare
    "_names" text := maint.threshold('sensitive_columns_exposed', 'names');
begin
return query
select 'sensitive_columns_exposed'::text, 'Columns with secrets are open to visitors'::text, coalesce(to_jsonb(seen) ->> 'severity', 'high'),
    'security'::text, seen.object::text, seen.detail::text, 'Revoke select on the table, or grant it on the other columns only; keep such data in a schema that the API does not serve.'::text,
    'sensitive_columns_exposed' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
select
    format('%s.%I', exposed.name, attname) as object,
    format('Column %I of %s can be read by %s.', attname, exposed.name,
        string_agg(visitor.name, ', ' order by visitor.name)) as detail,
    jsonb_build_object('roles', jsonb_agg(visitor.name order by visitor.name)) as metadata,
    format('revoke select on %s from %s;', exposed.name,
        string_agg(quote_ident(visitor.name), ', ' order by visitor.name)) as fix
from maint.exposed_relations('rpvmf') as exposed
join pg_class on pg_class.oid = exposed.relation
join pg_attribute on attrelid = exposed.relation and attnum > 0 and not attisdropped
join maint.api_roles() as visitor
    on has_column_privilege(visitor.role, exposed.relation, attnum, 'select')
where attname ~* ('(^|_)(' || array_to_string(maint.listed(_names), '|') || ')(_|$)')
    -- What is stored encrypted or hashed is no secret to whoever reads it.
    and attname !~* '(encrypted|hash|nonce|_id$|_at$)'
    and (not relrowsecurity or exists (
        select from maint.policies() as policy
        where policy.relation = exposed.relation and policy.is_permissive
            and policy.command in ('select', 'all') and btrim(policy.using_text, '() ') = 'true'
            and maint.concerns(policy.roles, visitor.role)
    ))
group by exposed.name, attname
) as seen;
end
$_$;
ALTER FUNCTION maint.check_sensitive_columns_exposed() OWNER TO maint_owner;
CREATE FUNCTION maint.check_sequence_near_end() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
    "_used" numeric := maint.threshold('sequence_near_end', 'used');
begin
return query
select 'sequence_near_end'::text, 'Sequence near its end'::text, coalesce(to_jsonb(seen) ->> 'severity', 'high'),
    'security'::text, seen.object::text, seen.detail::text, 'Make the column and the sequence bigint, in time: on a large table that takes a plan.'::text,
    'sequence_near_end' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
with ends as (
    select seqrelid::regclass as sequence, column_of.name as column_name,
        least(seqmax, column_of.most) as most, has_sequence_privilege(seqrelid, 'select') as is_readable
    from pg_sequence
    join pg_class on pg_class.oid = seqrelid
    left join lateral (
        select format('%s.%I', refobjid::regclass, attname) as name,
            case atttypid when 'int2'::regtype then 32767 when 'int4'::regtype then 2147483647 end
                as most
        from pg_depend
        join pg_attribute on attrelid = refobjid and attnum = refobjsubid
        where classid = 'pg_class'::regclass and objid = seqrelid and deptype in ('a', 'i')
            and refobjsubid > 0
    ) as column_of on true
    where relpersistence <> 't' and seqincrement > 0 and not seqcycle
)
select
    ends.sequence::text as object,
    case
        when not ends.is_readable then format('Sequence %s can''t be read by %s.', ends.sequence,
            current_user)
        else format('Sequence %s is at %s of %s%s.', ends.sequence, present.value, ends.most,
            ', which column ' || ends.column_name || ' can hold')
    end as detail,
    case when not ends.is_readable then 'low' when present.value >= ends.most * 0.95 then 'critical'
        else 'high' end as severity,
    jsonb_build_object('value', present.value, 'most', ends.most, 'column', ends.column_name)
        as metadata,
    case when not ends.is_readable
        then format('grant select on sequence %s to %I;', ends.sequence, current_user) end as fix
from ends
cross join lateral (
    select case when ends.is_readable then pg_sequence_last_value(ends.sequence) end as value
) as present
where not ends.is_readable or present.value >= ends.most * _used
) as seen;
end
$$;
ALTER FUNCTION maint.check_sequence_near_end() OWNER TO maint_owner;
CREATE FUNCTION maint.check_settings_differ_from_file() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
begin
return query
select 'settings_differ_from_file'::text, 'Settings that are not as the configuration files say'::text, coalesce(to_jsonb(seen) ->> 'severity', 'medium'),
    'security'::text, seen.object::text, seen.detail::text, 'Correct the line or reload; take the setting out of the command line where the file should hold.'::text,
    'settings_differ_from_file' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
with latest as (
    select distinct on (lower(name)) lower(name) as name, setting, error, sourcefile, sourceline
    from pg_file_settings
    order by lower(name), seqno desc
)
select
    coalesce(latest.name, latest.sourcefile) as object,
    case
        when latest.error is not null then format('Line %s of %s: %s.', latest.sourceline,
            latest.sourcefile, latest.error)
        else format('%s is %L in %s and %L in the server (%s).', latest.name, latest.setting,
            latest.sourcefile, present.setting, present.source)
    end as detail,
    jsonb_build_object('file', latest.sourcefile, 'line', latest.sourceline, 'in_file', latest.setting,
        'in_server', present.setting, 'source', present.source) as metadata
from latest
left join pg_settings as present on lower(present.name) = latest.name
where (latest.error is not null and not coalesce(present.pending_restart, false))
    or (present.source in ('command line', 'environment variable')
        and present.setting is distinct from latest.setting)
    -- Units are written in many ways, so only words are compared.
    or (present.source in ('configuration file', 'default') and not present.pending_restart and (
        present.vartype in ('string', 'enum') and present.setting is distinct from latest.setting
            and present.name not like '%preload_libraries'
        or present.vartype = 'bool' and present.setting::boolean <> latest.setting::boolean))
) as seen;
end
$$;
ALTER FUNCTION maint.check_settings_differ_from_file() OWNER TO maint_owner;
CREATE FUNCTION maint.check_settings_pending_restart() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
begin
return query
select 'settings_pending_restart'::text, 'Settings that wait for a restart'::text, coalesce(to_jsonb(seen) ->> 'severity', 'medium'),
    'security'::text, seen.object::text, seen.detail::text, 'Restart the server in a quiet hour, or take the change back.'::text,
    'settings_pending_restart' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
select
    name as object,
    format('%s is %s until the server restarts.', name, setting) as detail,
    jsonb_build_object('setting', setting, 'unit', unit) as metadata,
    format('alter system reset %I;%sselect pg_reload_conf();', name, e'\n') as fix
from pg_settings
where pending_restart
) as seen;
end
$$;
ALTER FUNCTION maint.check_settings_pending_restart() OWNER TO maint_owner;
CREATE FUNCTION maint.check_several_permissive_policies() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
begin
return query
select 'several_permissive_policies'::text, 'Several permissive policies for the same role and command'::text, coalesce(to_jsonb(seen) ->> 'severity', 'low'),
    'security'::text, seen.object::text, seen.detail::text, 'Join them to one policy, or make those that should narrow AS RESTRICTIVE.'::text,
    'several_permissive_policies' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
select
    format('%s: %s for %s', policy.name, command.name, visitor.name) as object,
    format('Table %s has %s permissive policies for %s by %s: %s.', policy.name, count(*),
        command.name, visitor.name, string_agg(policy.policy, ', ' order by policy.policy)) as detail,
    jsonb_build_object('policies', jsonb_agg(policy.policy order by policy.policy)) as metadata
from maint.policies() as policy
join maint.api_roles() as visitor on maint.concerns(policy.roles, visitor.role)
join (values ('select'), ('insert'), ('update'), ('delete')) as command (name)
    on policy.command in (command.name, 'all')
where policy.is_permissive
group by policy.name, command.name, visitor.name
having count(*) > 1
) as seen;
end
$$;
ALTER FUNCTION maint.check_several_permissive_policies() OWNER TO maint_owner;
CREATE FUNCTION maint.check_sign_in_after_failures() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
    "_within" interval := maint.threshold('sign_in_after_failures', 'within');
    "_failures" integer := maint.threshold('sign_in_after_failures', 'failures');
begin
return query
select 'sign_in_after_failures'::text, 'Signed in after many failures'::text, coalesce(to_jsonb(seen) ->> 'severity', 'high'),
    'security'::text, seen.object::text, seen.detail::text, 'Ask the user. If it was not them, end their sessions, reset the password, and review what was done since.'::text,
    'sign_in_after_failures' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
select distinct on (sign_in.user_id)
    sign_in.user_id as object,
    format('User %s signed in at %s from %s after %s failures within %s.', sign_in.user_id,
        to_char(sign_in.at at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"'),
        coalesce(sign_in.address, 'an unknown address'), sign_in.failures, maint.in_words(_within)) as detail,
    jsonb_build_object('user_id', sign_in.user_id, 'failures', sign_in.failures, 'at', sign_in.at,
        'address', sign_in.address, 'agent', left(sign_in.agent, 200)) as metadata
from (
    select user_id, at, address, agent, is_refused, count(*) filter (where is_refused) over (
        partition by user_id order by at range between _within preceding and current row
    ) as failures
    from maint.recent_activity
    where entity like '%auth%' and at <= now()
) as sign_in
where not sign_in.is_refused and sign_in.failures >= _failures
order by sign_in.user_id, sign_in.failures desc, sign_in.at
) as seen;
end
$$;
ALTER FUNCTION maint.check_sign_in_after_failures() OWNER TO maint_owner;
CREATE FUNCTION maint.check_ssl_off() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
begin
return query
select 'ssl_off'::text, 'Connections without TLS'::text, coalesce(to_jsonb(seen) ->> 'severity', 'high'),
    'security'::text, seen.object::text, seen.detail::text, 'Set ssl with a certificate and key, reload, and write hostssl in pg_hba.conf. Where a proxy in the same network namespace ends TLS, let the server listen on localhost only.'::text,
    'ssl_off' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
select
    'ssl' as object,
    format('ssl is off and the server listens on %s.', current_setting('listen_addresses')) as detail,
    jsonb_build_object('listen_addresses', current_setting('listen_addresses')) as metadata
where current_setting('ssl') = 'off'
    and exists (
        select from unnest(maint.listed(current_setting('listen_addresses'))) as address
        where address not in ('', 'localhost', '127.0.0.1', '::1')
    )
) as seen;
end
$$;
ALTER FUNCTION maint.check_ssl_off() OWNER TO maint_owner;
CREATE FUNCTION maint.check_ssl_old_protocol() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
begin
return query
select 'ssl_old_protocol'::text, 'Old versions of TLS are accepted'::text, coalesce(to_jsonb(seen) ->> 'severity', 'medium'),
    'security'::text, seen.object::text, seen.detail::text, 'Set ssl_min_protocol_version to TLSv1.2 or TLSv1.3, and reload.'::text,
    'ssl_old_protocol' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
select
    'ssl_min_protocol_version' as object,
    format('ssl_min_protocol_version is %L.', current_setting('ssl_min_protocol_version')) as detail,
    jsonb_build_object('ssl_min_protocol_version', current_setting('ssl_min_protocol_version'))
        as metadata,
    'alter system set ssl_min_protocol_version = ''TLSv1.2''' || e';\nselect pg_reload_conf();' as fix
where current_setting('ssl_min_protocol_version') in ('', 'TLSv1', 'TLSv1.1')
) as seen;
end
$$;
ALTER FUNCTION maint.check_ssl_old_protocol() OWNER TO maint_owner;
CREATE FUNCTION maint.check_table_bloated() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
    "_megabytes" integer := maint.threshold('table_bloated', 'megabytes');
    "_dead" numeric := maint.threshold('table_bloated', 'dead');
begin
return query
select 'table_bloated'::text, 'Table mostly of dead space'::text, coalesce(to_jsonb(seen) ->> 'severity', 'low'),
    'security'::text, seen.object::text, seen.detail::text, 'If the rows will not come back, rewrite the table in a quiet hour: pg_repack, or VACUUM FULL, which locks it meanwhile. If they will, the space serves them.'::text,
    'table_bloated' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
with estimate as (
    select relid, pg_relation_size(relid) as bytes, n_dead_tup, rows.live,
        -- A row has a header of 23 bytes and a pointer of 4, and is aligned to 8.
        rows.live * (28 + 8 * ceil(width.bytes / 8.0)) as live_bytes
    from pg_stat_all_tables
    join pg_class on pg_class.oid = relid
    cross join lateral (
        -- Counts that a crash reset are not trusted before the next vacuum or analyze.
        select case
            when coalesce(last_vacuum, last_autovacuum, last_analyze, last_autoanalyze) is null
                and reltuples >= 0 then reltuples
            else n_live_tup
        end as live
    ) as rows
    cross join lateral (
        select sum(coalesce(avg_width * (1 - null_frac), case when attlen > 0 then attlen else 32 end))
            as bytes
        from pg_attribute
        left join pg_stats on pg_stats.schemaname = pg_stat_all_tables.schemaname
            and tablename = pg_class.relname and pg_stats.attname = pg_attribute.attname and not inherited
        where attrelid = relid and attnum > 0 and not attisdropped
    ) as width
    where pg_stat_all_tables.schemaname not in ('pg_catalog', 'information_schema', 'pg_toast')
        and pg_relation_size(relid) > _megabytes * 1048576::bigint
)
select
    relid::regclass::text as object,
    format('Table %s has %s, of which about %s%% are no live rows.', relid::regclass,
        pg_size_pretty(bytes), round(100 * (1 - live_bytes / bytes))) as detail,
    jsonb_build_object('bytes', bytes, 'live_rows', live, 'dead_rows', n_dead_tup,
        'dead_share', round((1 - live_bytes / bytes)::numeric, 3)) as metadata
from estimate
where live_bytes < bytes * (1 - _dead)
) as seen;
end
$$;
ALTER FUNCTION maint.check_table_bloated() OWNER TO maint_owner;
CREATE FUNCTION maint.check_table_without_primary_key() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
begin
return query
select 'table_without_primary_key'::text, 'Table without primary key'::text, coalesce(to_jsonb(seen) ->> 'severity', 'low'),
    'security'::text, seen.object::text, seen.detail::text, 'Add a primary key: an identity column where nothing else is unique.'::text,
    'table_without_primary_key' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
select
    format('%I.%I', nspname, relname) as object,
    format('Table %I.%I has no primary key.', nspname, relname) as detail,
    jsonb_build_object('bytes', pg_total_relation_size(pg_class.oid)) as metadata
from pg_class
join pg_namespace on pg_namespace.oid = relnamespace
where relkind in ('r', 'p') and not relispartition and relpersistence <> 't'
    and nspname not in ('pg_catalog', 'information_schema', 'maint')
    and not exists (select from pg_index where indrelid = pg_class.oid and indisprimary)
    and not exists (
        select from pg_depend
        where classid = 'pg_class'::regclass and objid = pg_class.oid and deptype = 'e'
    )
) as seen;
end
$$;
ALTER FUNCTION maint.check_table_without_primary_key() OWNER TO maint_owner;
CREATE FUNCTION maint.check_table_writable_by_anon() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
begin
return query
select 'table_writable_by_anon'::text, 'Visitors may write to a table'::text, coalesce(to_jsonb(seen) ->> 'severity', 'high'),
    'security'::text, seen.object::text, seen.detail::text, 'Revoke the privileges from anon, or the policy''s roles; take what visitors send through a function that checks it.'::text,
    'table_writable_by_anon' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
select
    exposed.name as object,
    format('anon may %s in table %s.', string_agg(command.name, ', ' order by command.name),
        exposed.name) as detail,
    jsonb_build_object('commands', jsonb_agg(command.name order by command.name)) as metadata,
    format('revoke %s on %s from anon;', string_agg(command.name, ', ' order by command.name),
        exposed.name) as fix
from maint.exposed_relations('rp') as exposed
join pg_class on pg_class.oid = exposed.relation
join maint.api_roles() as visitor on visitor.name = 'anon'
join (values ('insert'), ('update'), ('delete')) as command (name)
    on has_table_privilege(visitor.role, exposed.relation, command.name)
where not relrowsecurity or exists (
    select from maint.policies() as policy
    where policy.relation = exposed.relation and policy.is_permissive
        and policy.command in (command.name, 'all')
        and btrim(coalesce(policy.check_text, policy.using_text), '() ') <> 'false'
        and maint.concerns(policy.roles, visitor.role)
        -- What asks for the user's identity never holds for who has none.
        and concat(policy.using_text, policy.check_text) !~ 'auth\.uid\(\)'
)
group by exposed.name
) as seen;
end
$$;
ALTER FUNCTION maint.check_table_writable_by_anon() OWNER TO maint_owner;
CREATE FUNCTION maint.check_tax_number_reads() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
    "_within" interval := maint.threshold('tax_number_reads', 'within');
    "_reads" integer := maint.threshold('tax_number_reads', 'reads');
begin
return query
select 'tax_number_reads'::text, 'Many tax numbers read'::text, coalesce(to_jsonb(seen) ->> 'severity', 'high'),
    'security'::text, seen.object::text, seen.detail::text, 'Ask whether the user had reason to; otherwise treat it as a data breach.'::text,
    'tax_number_reads' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
select
    reading.user_id as object,
    format('User %s read %s tax numbers within %s, the last one at %s.', reading.user_id,
        max(reading.reads), maint.in_words(_within),
        to_char(max(reading.at) at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"')) as detail,
    jsonb_build_object('user_id', reading.user_id, 'reads', max(reading.reads),
        'first_at', min(reading.at), 'last_at', max(reading.at)) as metadata
from (
    select user_id, at, count(*) over (
        partition by user_id order by at range between _within preceding and current row
    ) as reads
    from maint.recent_activity
    where entity like '%\_tin' and not is_refused and at <= now()
) as reading
group by reading.user_id
having max(reading.reads) >= _reads
) as seen;
end
$$;
ALTER FUNCTION maint.check_tax_number_reads() OWNER TO maint_owner;
CREATE FUNCTION maint.check_transaction_ids_near_end() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
    "_used" numeric := maint.threshold('transaction_ids_near_end', 'used');
begin
return query
select 'transaction_ids_near_end'::text, 'Transaction ids near their end'::text, coalesce(to_jsonb(seen) ->> 'severity', 'critical'),
    'security'::text, seen.object::text, seen.detail::text, 'Look for the oldest backend_xmin in pg_stat_activity, pg_prepared_xacts and pg_replication_slots, end what holds it, and vacuum the tables with the oldest relfrozenxid.'::text,
    'transaction_ids_near_end' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
select
    format('%I %s', datname, ids.kind) as object,
    format('The oldest %s of database %I is %s%% of the way to where writing stops.', ids.kind,
        datname, round(100 * ids.age / 2147483648.0, 1)) as detail,
    jsonb_build_object('age', ids.age) as metadata
from pg_database
cross join lateral (values
    ('transaction id', age(datfrozenxid)), ('multixact id', mxid_age(datminmxid))
) as ids (kind, age)
where ids.age > 2147483648.0 * _used
) as seen;
end
$$;
ALTER FUNCTION maint.check_transaction_ids_near_end() OWNER TO maint_owner;
CREATE FUNCTION maint.check_truncate_by_visitors() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
begin
return query
select 'truncate_by_visitors'::text, 'Visitors may truncate tables'::text, coalesce(to_jsonb(seen) ->> 'severity', 'medium'),
    'security'::text, seen.object::text, seen.detail::text, 'Revoke TRUNCATE. Nothing that goes through the API needs it.'::text,
    'truncate_by_visitors' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
select
    format('%s in %s', visitor.name, exposed.schema::regnamespace) as object,
    format('%s may truncate %s tables in schema %s.', visitor.name, count(*),
        exposed.schema::regnamespace) as detail,
    jsonb_build_object('role', visitor.name, 'tables', count(*),
        'examples', to_jsonb((array_agg(exposed.name order by exposed.name))[:10])) as metadata,
    format('revoke truncate on all tables in schema %s from %s;', exposed.schema::regnamespace,
        visitor.name) as fix
from maint.exposed_relations('rp') as exposed
join maint.api_roles() as visitor on has_table_privilege(visitor.role, exposed.relation, 'truncate')
group by visitor.name, exposed.schema
) as seen;
end
$$;
ALTER FUNCTION maint.check_truncate_by_visitors() OWNER TO maint_owner;
CREATE FUNCTION maint.check_type_hinders_upgrade() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
begin
return query
select 'type_hinders_upgrade'::text, 'Column of a type that hinders upgrades'::text, coalesce(to_jsonb(seen) ->> 'severity', 'low'),
    'security'::text, seen.object::text, seen.detail::text, 'Store the name as text instead.'::text,
    'type_hinders_upgrade' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
select
    format('%I.%I.%I', nspname, relname, attname) as object,
    format('Column %I of table %I.%I is of type %s.', attname, nspname, relname,
        format_type(atttypid, null)) as detail,
    jsonb_build_object('type', format_type(atttypid, null)) as metadata,
    format('alter table %I.%I alter column %I type text;', nspname, relname, attname) as fix
from pg_attribute
join pg_class on pg_class.oid = attrelid and relkind in ('r', 'p', 'm')
join pg_namespace on pg_namespace.oid = relnamespace
where attnum > 0 and not attisdropped
    and nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
    -- regclass, regrole and regtype are carried over.
    and atttypid in ('regcollation'::regtype, 'regconfig'::regtype, 'regdictionary'::regtype,
        'regnamespace'::regtype, 'regoper'::regtype, 'regoperator'::regtype, 'regproc'::regtype,
        'regprocedure'::regtype)
) as seen;
end
$$;
ALTER FUNCTION maint.check_type_hinders_upgrade() OWNER TO maint_owner;
CREATE FUNCTION maint.check_unexpected_superuser() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
    "_expected" text := maint.threshold('unexpected_superuser', 'expected');
begin
return query
select 'unexpected_superuser'::text, 'Unexpected superuser'::text, coalesce(to_jsonb(seen) ->> 'severity', 'critical'),
    'security'::text, seen.object::text, seen.detail::text, 'Take the attribute away and grant what the role really needs.'::text,
    'unexpected_superuser' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
select
    rolname as object,
    format('Role %I may log in and is a superuser.', rolname) as detail,
    jsonb_build_object('role', rolname) as metadata,
    format('alter role %I nosuperuser;', rolname) as fix
from pg_roles
where rolsuper and rolcanlogin and rolname <> all (maint.listed(_expected))
) as seen;
end
$$;
ALTER FUNCTION maint.check_unexpected_superuser() OWNER TO maint_owner;
CREATE FUNCTION maint.check_unused_index() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
    "_megabytes" integer := maint.threshold('unused_index', 'megabytes');
    "_after" interval := maint.threshold('unused_index', 'after');
begin
return query
select 'unused_index'::text, 'Index that nothing uses'::text, coalesce(to_jsonb(seen) ->> 'severity', 'low'),
    'security'::text, seen.object::text, seen.detail::text, 'Drop it, if statistics are old enough to have seen the month''s end and the replicas don''t use it.'::text,
    'unused_index' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
select
    indexes.indexrelid::regclass::text as object,
    format('Index %s (%s) has not been used since %s.', indexes.indexrelid::regclass,
        pg_size_pretty(pg_relation_size(indexes.indexrelid)),
        coalesce(to_char(counted.since at time zone 'UTC', 'YYYY-MM-DD'), 'the server was made')) as detail,
    jsonb_build_object('table', indexes.relid::regclass,
        'bytes', pg_relation_size(indexes.indexrelid), 'counted_since', counted.since) as metadata,
    format('drop index concurrently %s;', indexes.indexrelid::regclass) as fix
from pg_stat_all_indexes as indexes
join pg_index on pg_index.indexrelid = indexes.indexrelid
cross join (
    select stats_reset as since from pg_stat_database where datname = current_database()
) as counted
where idx_scan = 0 and indisvalid and not indisunique and not indisreplident
    and indexes.schemaname not in ('pg_catalog', 'information_schema', 'pg_toast', 'maint')
    and pg_relation_size(indexes.indexrelid) >= _megabytes * 1048576::bigint
    -- Younger statistics have not seen what is done once a month.
    and coalesce(counted.since, '-infinity') < now() - _after
    -- Ours are small, or used by purges and checks that may not have run yet.
    and not exists (select from pg_constraint where conindid = indexes.indexrelid)
) as seen;
end
$$;
ALTER FUNCTION maint.check_unused_index() OWNER TO maint_owner;
CREATE FUNCTION maint.check_view_bypasses_row_security() RETURNS SETOF maint.finding
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
#variable_conflict use_column
declare
begin
return query
select 'view_bypasses_row_security'::text, 'View bypasses row level security'::text, coalesce(to_jsonb(seen) ->> 'severity', 'high'),
    'security'::text, seen.object::text, seen.detail::text, 'Set security_invoker on the view, then look whether its readers still see what they should.'::text,
    'view_bypasses_row_security' || ':' || seen.object,
    seen.metadata || jsonb_strip_nulls(jsonb_build_object('fix', to_jsonb(seen) ->> 'fix'))
from (
select
    reading.name as object,
    format('View %s reads %s with the rights of its owner.', reading.name,
        string_agg(pg_class.oid::regclass::text, ', ' order by pg_class.oid::regclass::text))
        as detail,
    jsonb_build_object('tables', jsonb_agg(pg_class.oid::regclass order by pg_class.oid::regclass::text))
        as metadata,
    format('alter view %s set (security_invoker = on);', reading.name) as fix
from maint.read_by_owners('v') as reading
join pg_class on pg_class.oid = reading.relation and relkind in ('r', 'p') and relrowsecurity
where exists (
    select from maint.api_roles() as visitor
    where has_any_column_privilege(visitor.role, reading.view, 'select')
)
group by reading.name
) as seen;
end
$$;
ALTER FUNCTION maint.check_view_bypasses_row_security() OWNER TO maint_owner;
CREATE FUNCTION maint.close_all_lost_task_runs() RETURNS TABLE(id uuid, task_name text, dagster_run_id text)
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    _task_name text;
begin
    for _task_name in
        select distinct run.task_name from public.maintenance_task_runs as run
        where run.status = 'running'
        order by run.task_name
    loop
        if pg_try_advisory_xact_lock(maint.task_lock_key(_task_name)) then
            return query
                select run.id, run.task_name, run.dagster_run_id
                from maint.close_lost_task_runs(_task_name) as lost (id)
                join public.maintenance_task_runs as run on run.id = lost.id;
        end if;
    end loop;
end
$$;
ALTER FUNCTION maint.close_all_lost_task_runs() OWNER TO maint_owner;
CREATE FUNCTION maint.close_lost_task_runs(_task_name text, _status text DEFAULT 'failed'::text, _message text DEFAULT 'worker lost: its process or connection ended before the outcome was recorded'::text) RETURNS SETOF uuid
    LANGUAGE sql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    update public.maintenance_task_runs
    set status = _status, finished_at = clock_timestamp(), error_message = _message
    where task_name = _task_name and status = 'running'
    returning id
$$;
ALTER FUNCTION maint.close_lost_task_runs(_task_name text, _status text, _message text) OWNER TO maint_owner;
CREATE FUNCTION maint.concerns(_roles oid[], _visitor oid) RETURNS boolean
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    select exists (
        select from unnest(_roles) as role
        where role = 0 or pg_has_role(_visitor, role, 'usage')
    )
$$;
ALTER FUNCTION maint.concerns(_roles oid[], _visitor oid) OWNER TO maint_owner;
CREATE FUNCTION maint.conclude_checks(_category text) RETURNS void
    LANGUAGE sql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    update maint.observations
    set evaluated_until = observed_at, evaluated_below = observed_below
    where _category = 'security' and problem is null
$$;
ALTER FUNCTION maint.conclude_checks(_category text) OWNER TO maint_owner;
CREATE FUNCTION maint.copy_activity(_start timestamp with time zone, _below xid8) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    _tail bigint := greatest(
        pg_relation_size('public.audit_logs') / current_setting('block_size')::bigint - 128, 0);
    _is_plain boolean := (
        select relkind = 'r' from pg_class where oid = 'public.audit_logs'::regclass);
begin
    insert into maint.recent_activity
        (at, user_id, entity, entity_id, action, is_refused, address, agent)
    select log.time, log.user_id::text, coalesce(log.entity, ''), log.entity_id::text,
        log.action::text, log.payload_hash is not distinct from 'rate_limited',
        host(log.ip_address), log.user_agent
    from public.audit_logs as log
    where log.time > _start;
    if _is_plain and _below is not null then
        insert into maint.recent_activity
            (at, user_id, entity, entity_id, action, is_refused, address, agent)
        select log.time, log.user_id::text, coalesce(log.entity, ''), log.entity_id::text,
            log.action::text, log.payload_hash is not distinct from 'rate_limited',
            host(log.ip_address), log.user_agent
        from public.audit_logs as log
        where log.ctid >= format('(%s,0)', _tail)::tid
            and log.time <= _start
            -- Transaction ids are compared as ages, which their wrapping around leaves alone.
            and age(log.xmin) <= age(((_below::text::numeric % 4294967296)::text)::xid);
    end if;
    analyze maint.recent_activity;
end
$$;
ALTER FUNCTION maint.copy_activity(_start timestamp with time zone, _below xid8) OWNER TO maint_owner;
CREATE FUNCTION maint.copy_statement(_relation regclass, _condition text) RETURNS text
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    select format('copy (select * from only %s where %s) '
        'to stdout with (format csv, header true, encoding ''UTF8'')', _relation, _condition)
$$;
ALTER FUNCTION maint.copy_statement(_relation regclass, _condition text) OWNER TO maint_owner;
CREATE FUNCTION maint.count_activity_hours() RETURNS void
    LANGUAGE sql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    insert into maint.activity_hours as known (user_id, hour, actions, exports)
    select user_id, date_trunc('hour', at, 'UTC'), count(*),
        count(*) filter (where entity = 'data_export' or action = 'export')
    from maint.recent_activity
    where at <= now() and at > now() - maint.activity_past()
    group by 1, 2
    on conflict (user_id, hour) do update
    set actions = greatest(known.actions, excluded.actions),
        exports = greatest(known.exports, excluded.exports)
    where known.actions < excluded.actions or known.exports < excluded.exports
$$;
ALTER FUNCTION maint.count_activity_hours() OWNER TO maint_owner;
CREATE FUNCTION maint.count_or_guess(_relation regclass, OUT rows bigint, OUT is_guess boolean) RETURNS record
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
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
ALTER FUNCTION maint.count_or_guess(_relation regclass, OUT rows bigint, OUT is_guess boolean) OWNER TO maint_owner;
CREATE FUNCTION maint.pluralize(_count bigint, _one text, _many text DEFAULT NULL::text) RETURNS text
    LANGUAGE sql IMMUTABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    select format('%s %s', _count, case _count when 1 then _one else coalesce(_many, _one || 's') end)
$$;
ALTER FUNCTION maint.pluralize(_count bigint, _one text, _many text) OWNER TO maint_owner;
CREATE FUNCTION maint.delete_statement(_target regclass, _condition text, _kept_in regclass) RETURNS text
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    select case
        when _kept_in is null then format('delete from only %s where %s', _target, _condition)
        else format('with gone as (delete from only %s where %s returning *) '
            'insert into %s select * from gone', _target, _condition, _kept_in)
    end
$$;
ALTER FUNCTION maint.delete_statement(_target regclass, _condition text, _kept_in regclass) OWNER TO maint_owner;
CREATE FUNCTION maint.distrust(_relation regclass) RETURNS text
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    select case
        when not maint.is_trusted(relowner) then format(
            '%s belongs to %s, who is not trusted: change its owner, or insert the role into '
            'maint.trusted_owners', oid::regclass, pg_get_userbyid(relowner))
        else (
            select format(
                'trigger %I on %s runs a function of %s, who is not trusted: drop the trigger, or '
                'insert the role into maint.trusted_owners',
                trigger.tgname, pg_class.oid::regclass, pg_get_userbyid(pg_proc.proowner))
            from pg_trigger as trigger
            join pg_proc on pg_proc.oid = trigger.tgfoid
            where trigger.tgrelid = pg_class.oid and not maint.is_trusted(pg_proc.proowner)
            order by trigger.tgname
            limit 1
        )
    end
    from pg_class
    where oid = _relation
$$;
ALTER FUNCTION maint.distrust(_relation regclass) OWNER TO maint_owner;
CREATE FUNCTION maint.drop_moot_notifications(_channel text) RETURNS void
    LANGUAGE sql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    update maint.notifications as moot
    set state = 'dropped', settled_at = clock_timestamp(), problem = judged.why
    from (
        select waiting.id, case
            when exists (
                select from maint.notifications as later
                where later.alert_id = waiting.alert_id and later.channel = _channel
                    and later.id > waiting.id and later.state = 'waiting'
            ) then 'a later change is told instead'
            when alert.id is null then 'the alert is gone'
            when waiting.event = 'resolved' and coalesce(heard.event, 'resolved') = 'resolved'
                then 'the channel never heard of the alert'
            when waiting.event <> 'resolved' and alert.resolved is true then 'the alert is resolved'
            when alert.silenced_until > clock_timestamp() then 'the alert is silenced'
        end as why
        from maint.notifications as waiting
        left join public.security_alerts as alert on alert.id = waiting.alert_id
        left join lateral (
            select sent.event
            from maint.notifications as sent
            where sent.alert_id = waiting.alert_id and sent.channel = _channel
                and sent.state = 'sent' and sent.id < waiting.id
            order by sent.id desc
            limit 1
        ) as heard on true
        where waiting.channel = _channel and waiting.state = 'waiting'
    ) as judged
    where moot.id = judged.id and judged.why is not null
$$;
ALTER FUNCTION maint.drop_moot_notifications(_channel text) OWNER TO maint_owner;
CREATE FUNCTION maint.due_notifications(_channel text) RETURNS TABLE(id bigint, event text, severity text, attempts integer, alert_id uuid, alert_type text, title text, description text, details jsonb, created_at timestamp with time zone, last_seen_at timestamp with time zone, occurrences integer, resolved_at timestamp with time zone)
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    perform maint.drop_moot_notifications(_channel);
    return query
        select waiting.id, waiting.event, waiting.severity, waiting.attempts, alert.id,
            alert.alert_type, alert.title, alert.description, alert.details, alert.created_at,
            coalesce(alert.last_seen_at, alert.created_at), alert.occurrences, alert.resolved_at
        from maint.notifications as waiting
        join public.security_alerts as alert on alert.id = waiting.alert_id
        join maint.notification_channels as route on route.name = waiting.channel
        where waiting.channel = _channel
            and waiting.state = 'waiting'
            and waiting.due_at <= clock_timestamp()
            and (waiting.severity = 'critical'
                or not maint.is_quiet(route, clock_timestamp())
                    and clock_timestamp() >= route.gather_for + (
                        select min(oldest.created_at)
                        from maint.notifications as oldest
                        where oldest.channel = _channel and oldest.state = 'waiting'
                    ))
        order by array_position(array['critical', 'high', 'medium', 'low'], waiting.severity),
            waiting.id;
end
$$;
ALTER FUNCTION maint.due_notifications(_channel text) OWNER TO maint_owner;
CREATE FUNCTION maint.enabled_checks(_category text) RETURNS SETOF text
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    select name from maint.checks where category = _category and enabled order by name
$$;
ALTER FUNCTION maint.enabled_checks(_category text) OWNER TO maint_owner;
CREATE FUNCTION maint.evaluate_check(_name text) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    _findings jsonb;
begin
    execute format(
        'select coalesce(jsonb_agg(to_jsonb(f)), ''[]'') from maint.%I() as f '
        'where not maint.is_ignored(f.fingerprint)', 'check_' || _name
    ) into _findings;
    return _findings;
end
$$;
ALTER FUNCTION maint.evaluate_check(_name text) OWNER TO maint_owner;
CREATE FUNCTION maint.expired_expression(_policy_name text, _cutoff timestamp with time zone) RETURNS text
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    select format('%I < %L::timestamptz', time_column, _cutoff)
        || case when lower(btrim(condition)) = 'true' then ''
            else format(E' and (\n%s\n)', condition) end
    from maint.retention_policies
    where name = _policy_name
$$;
ALTER FUNCTION maint.expired_expression(_policy_name text, _cutoff timestamp with time zone) OWNER TO maint_owner;
CREATE FUNCTION maint.expired_here(_policy_name text, _cutoff timestamp with time zone, _first_block bigint, _last_block bigint) RETURNS text
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    select format('ctid >= %L::tid and ctid < %L::tid and ',
            format('(%s,0)', _first_block), format('(%s,0)', _last_block))
        || maint.expired_expression(_policy_name, _cutoff)
$$;
ALTER FUNCTION maint.expired_here(_policy_name text, _cutoff timestamp with time zone, _first_block bigint, _last_block bigint) OWNER TO maint_owner;
CREATE FUNCTION maint.exposed_relations(_kinds text) RETURNS TABLE(relation regclass, name text, owner oid, kind "char", schema oid)
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    select pg_class.oid::regclass, format('%I.%I', nspname, relname), relowner, relkind,
        relnamespace
    from pg_class
    join pg_namespace on pg_namespace.oid = relnamespace
    where relnamespace in (select maint.exposed_schemas())
        and strpos(_kinds, relkind::text) > 0
        and not exists (
            select from pg_depend
            where classid = 'pg_class'::regclass and objid = pg_class.oid and deptype = 'e'
        )
$$;
ALTER FUNCTION maint.exposed_relations(_kinds text) OWNER TO maint_owner;
CREATE FUNCTION maint.exposed_schemas() RETURNS SETOF oid
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    with configured (list) as (
        select coalesce(
            (select value from maint.settings where name = 'exposed_schemas'),
            (
                select string_agg(substr(entry, length('pgrst.db_schemas=') + 1), ',')
                from pg_db_role_setting
                cross join unnest(setconfig) as entry
                where entry like 'pgrst.db_schemas=%'
                    and setdatabase in (
                        0, (select oid from pg_database where datname = current_database()))
            ),
            'public')
    )
    select distinct pg_namespace.oid
    from configured
    cross join regexp_split_to_table(configured.list, '\s*,\s*') as name
    join pg_namespace on nspname = btrim(name)
$$;
ALTER FUNCTION maint.exposed_schemas() OWNER TO maint_owner;
CREATE FUNCTION maint.findings(_findings jsonb) RETURNS SETOF maint.finding
    LANGUAGE sql IMMUTABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    -- A check that reports one object twice has one finding there, the graver one.
    select distinct on (finding.fingerprint) finding.*
    from jsonb_populate_recordset(null::maint.finding, _findings) as finding
    order by finding.fingerprint,
        array_position(array['critical', 'high', 'medium', 'low'], finding.severity)
$$;
ALTER FUNCTION maint.findings(_findings jsonb) OWNER TO maint_owner;
CREATE FUNCTION maint.finish_task_run(_id uuid, _status text, _details jsonb DEFAULT '{}'::jsonb, _error_message text DEFAULT NULL::text) RETURNS boolean
    LANGUAGE sql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    with finished as (
        update public.maintenance_task_runs
        set status = _status,
            finished_at = clock_timestamp(),
            -- What a completed run was up to on its way no longer matters.
            details = case when _status = 'completed' then coalesce(details, '{}') - 'progress'
                else coalesce(details, '{}') end || coalesce(_details, '{}'),
            error_message = _error_message
        where id = _id and status = 'running'
        returning id
    )
    select exists (select from finished)
$$;
ALTER FUNCTION maint.finish_task_run(_id uuid, _status text, _details jsonb, _error_message text) OWNER TO maint_owner;
CREATE FUNCTION maint.has_absent_alert(_alert_type text, _findings jsonb) RETURNS boolean
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    select exists (
        select from public.security_alerts as alert
        where alert.alert_type = _alert_type
            and alert.fingerprint is not null
            and alert.resolved is not true
            and not exists (
                select from maint.findings(_findings) as finding
                where finding.fingerprint = alert.fingerprint
            )
    )
$$;
ALTER FUNCTION maint.has_absent_alert(_alert_type text, _findings jsonb) OWNER TO maint_owner;
CREATE FUNCTION maint.has_alert_changes(_alert_type text, _findings jsonb) RETURNS boolean
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    select maint.new_findings(_alert_type, _findings) <> '[]'
        or maint.has_absent_alert(_alert_type, _findings)
$$;
ALTER FUNCTION maint.has_alert_changes(_alert_type text, _findings jsonb) OWNER TO maint_owner;
CREATE FUNCTION maint.has_delete_guard(_target regclass) RETURNS boolean
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    select exists (
        select from pg_trigger
        where tgrelid = _target and not tgisinternal and tgtype & 1 = 1 and tgtype & 2 = 2
            and tgtype & 8 = 8
    )
$$;
ALTER FUNCTION maint.has_delete_guard(_target regclass) OWNER TO maint_owner;
CREATE FUNCTION maint.hba_rule(_rule pg_hba_file_rules) RETURNS text
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    select concat_ws(' ', _rule.type, array_to_string(_rule.database, ','),
        array_to_string(_rule.user_name, ','), _rule.address, _rule.netmask, _rule.auth_method)
$$;
ALTER FUNCTION maint.hba_rule(_rule pg_hba_file_rules) OWNER TO maint_owner;
CREATE FUNCTION maint.heed_finding(_fingerprint text) RETURNS boolean
    LANGUAGE sql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    with heeded as (
        delete from maint.ignored_findings
        where fingerprint = _fingerprint
        returning coalesce(ignored_until, 'infinity') > now() as was_ignored
    )
    select coalesce(bool_or(was_ignored), false) from heeded
$$;
ALTER FUNCTION maint.heed_finding(_fingerprint text) OWNER TO maint_owner;
CREATE FUNCTION maint.hold_expression(_policy_name text) RETURNS text
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
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
ALTER FUNCTION maint.hold_expression(_policy_name text) OWNER TO maint_owner;
CREATE FUNCTION maint.ignore_finding(_fingerprint text, _reason text, _until timestamp with time zone DEFAULT NULL::timestamp with time zone) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    if not exists (select from maint.checks where name = split_part(_fingerprint, ':', 1)) then
        raise undefined_object using message = format(
            'there is no check %s: a fingerprint is CHECK:OBJECT, as alerts and findings have it',
            split_part(_fingerprint, ':', 1));
    end if;
    if _reason !~ '\S' then
        raise check_violation using
            message = 'a finding is ignored for a reason, for whoever looks later';
    end if;
    insert into maint.ignored_findings (fingerprint, reason, ignored_by, ignored_until)
    values (_fingerprint, _reason, maint.caller(), _until)
    on conflict (fingerprint) do update
    set reason = excluded.reason, ignored_by = excluded.ignored_by,
        ignored_at = clock_timestamp(), ignored_until = excluded.ignored_until;
end
$$;
ALTER FUNCTION maint.ignore_finding(_fingerprint text, _reason text, _until timestamp with time zone) OWNER TO maint_owner;
CREATE FUNCTION maint.in_words(_span interval) RETURNS text
    LANGUAGE sql IMMUTABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    select string_agg(maint.pluralize(part.count, part.name), ' ' order by part.position)
    from (values
        (1, extract(year from _span)::bigint, 'year'), (2, extract(month from _span)::bigint, 'month'),
        (3, extract(day from _span)::bigint, 'day'), (4, extract(hour from _span)::bigint, 'hour'),
        (5, extract(minute from _span)::bigint, 'minute'), (6, extract(second from _span)::bigint, 'second')
    ) as part (position, count, name)
    where part.count <> 0
$$;
ALTER FUNCTION maint.in_words(_span interval) OWNER TO maint_owner;
CREATE FUNCTION maint.is_admin() RETURNS boolean
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
declare
    _function pg_proc;
    _call text;
    _is_admin boolean;
begin
    select pg_proc.* into _function
    from maint.settings
    join pg_proc on pg_proc.oid = maint.trusted_function(
        coalesce(settings.value, 'public.has_role(uuid, public.app_role)'))
    where settings.name = 'admin_test';
    if not found then
        return false;
    end if;
    _call := format('select %s.%I(', _function.pronamespace::regnamespace, _function.proname);
    case _function.pronargs
        when 0 then execute _call || ')' into _is_admin;
        when 1 then execute _call || '$1)' into _is_admin using maint.caller_user_id();
        else execute _call || '$1, ''admin''::public.app_role)' into _is_admin using maint.caller_user_id();
    end case;
    return coalesce(_is_admin, false);
end
$_$;
ALTER FUNCTION maint.is_admin() OWNER TO maint_owner;
CREATE FUNCTION maint.is_graver(_severity text, _than text) RETURNS boolean
    LANGUAGE sql IMMUTABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    select array_position(array['low', 'medium', 'high', 'critical'], _severity)
        > array_position(array['low', 'medium', 'high', 'critical'], _than)
$$;
ALTER FUNCTION maint.is_graver(_severity text, _than text) OWNER TO maint_owner;
CREATE FUNCTION maint.is_ignored(_fingerprint text) RETURNS boolean
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    select exists (
        select from maint.ignored_findings
        where fingerprint = _fingerprint and coalesce(ignored_until, 'infinity') > now()
    )
$$;
ALTER FUNCTION maint.is_ignored(_fingerprint text) OWNER TO maint_owner;
CREATE FUNCTION maint.is_locatable(_policy_name text, _cutoff timestamp with time zone, _target regclass) RETURNS boolean
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET max_parallel_workers_per_gather TO '0'
    AS $$
declare
    _plan json;
begin
    execute format('explain (format json) select from only %s where %s',
        _target, maint.expired_expression(_policy_name, _cutoff)) into _plan;
    _plan := _plan -> 0 -> 'Plan';
    return _plan ->> 'Node Type' in ('Bitmap Heap Scan', 'Index Scan', 'Index Only Scan')
        and (_plan ->> 'Plan Rows')::float8
            <= 0.2 * (select greatest(reltuples, 0) from pg_class where oid = _target);
end
$$;
ALTER FUNCTION maint.is_locatable(_policy_name text, _cutoff timestamp with time zone, _target regclass) OWNER TO maint_owner;
SET default_tablespace = '';
SET default_table_access_method = heap;
CREATE TABLE maint.notification_channels (
    name text NOT NULL,
    is_configured boolean DEFAULT true NOT NULL,
    default_min_severity text NOT NULL,
    min_severity text,
    categories text[] DEFAULT '{}'::text[] NOT NULL,
    quiet_from time without time zone,
    quiet_until time without time zone,
    time_zone text DEFAULT 'UTC'::text NOT NULL,
    gather_for interval DEFAULT '00:00:00'::interval NOT NULL,
    digest_from integer DEFAULT 5 NOT NULL,
    CONSTRAINT notification_channels_categories_known CHECK ((categories <@ '{security,backups,maintenance}'::text[])),
    CONSTRAINT notification_channels_default_known CHECK ((default_min_severity = ANY (ARRAY['low'::text, 'medium'::text, 'high'::text, 'critical'::text]))),
    CONSTRAINT notification_channels_digest_from_sane CHECK ((digest_from > 1)),
    CONSTRAINT notification_channels_gather_for_sane CHECK (((gather_for >= '00:00:00'::interval) AND (gather_for <= '7 days'::interval))),
    CONSTRAINT notification_channels_quiet_hours_whole CHECK ((((quiet_from IS NULL) = (quiet_until IS NULL)) AND (quiet_from <> quiet_until))),
    CONSTRAINT notification_channels_severity_known CHECK ((min_severity = ANY (ARRAY['low'::text, 'medium'::text, 'high'::text, 'critical'::text])))
);
ALTER TABLE maint.notification_channels OWNER TO maint_owner;
COMMENT ON TABLE maint.notification_channels IS 'What each channel of MAINT_NOTIFY_URLS wants to hear; rows come by themselves. Yours to change: min_severity (null: MAINT_NOTIFY_MIN_SEVERITY), categories (none: all), quiet hours, which critical alerts ignore, gather_for (how long to collect before telling), digest_from (how many at once become one message).';
CREATE FUNCTION maint.is_quiet(_channel maint.notification_channels, _now timestamp with time zone) RETURNS boolean
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    select coalesce(case
        when (_channel).quiet_from < (_channel).quiet_until
            then local_time >= (_channel).quiet_from and local_time < (_channel).quiet_until
        else local_time >= (_channel).quiet_from or local_time < (_channel).quiet_until
    end, false)
    from (select (_now at time zone (_channel).time_zone)::time as local_time) as clock
$$;
ALTER FUNCTION maint.is_quiet(_channel maint.notification_channels, _now timestamp with time zone) OWNER TO maint_owner;
CREATE FUNCTION maint.is_refusal(_sqlstate text) RETURNS boolean
    LANGUAGE sql IMMUTABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    select left(_sqlstate, 2) not in ('08', '40', '42', '53', '54', '55', '57', '58', 'XX')
$$;
ALTER FUNCTION maint.is_refusal(_sqlstate text) OWNER TO maint_owner;
CREATE FUNCTION maint.is_trusted(_role oid) RETURNS boolean
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    select pg_has_role(_role, 'maint_owner', 'member')
        or exists (select from pg_database where datname = current_database() and datdba = _role)
        or exists (select from maint.trusted_owners where role = pg_get_userbyid(_role))
$$;
ALTER FUNCTION maint.is_trusted(_role oid) OWNER TO maint_owner;
CREATE FUNCTION maint.is_wanted(_channel maint.notification_channels, _severity text, _category text) RETURNS boolean
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    select not maint.is_graver(
            coalesce((_channel).min_severity, (_channel).default_min_severity), _severity)
        and ((_channel).categories = '{}' or _category = any ((_channel).categories))
$$;
ALTER FUNCTION maint.is_wanted(_channel maint.notification_channels, _severity text, _category text) OWNER TO maint_owner;
CREATE FUNCTION maint.learn_activity(_until timestamp with time zone) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    insert into maint.activity_hours (user_id, hour, actions, exports)
    select log.user_id::text, date_trunc('hour', log.time, 'UTC'), count(*),
        count(*) filter (where log.entity = 'data_export' or log.action::text = 'export')
    from public.audit_logs as log
    where log.time > now() - maint.activity_past() and log.time <= _until
    group by 1, 2;
    insert into maint.known_traits (user_id, trait, value, first_seen_at, last_seen_at)
    select log.user_id::text, origin.trait, origin.value, min(log.time), max(log.time)
    from public.audit_logs as log
    left join (select distinct administrator from maint.administrators() as administrator) as known
        on administrator = log.user_id::text
    cross join lateral (values
        ('tax_reader', case when log.entity like '%\_tin' then '' end),
        ('address', case when administrator is not null then host(log.ip_address) end),
        ('agent', case when administrator is not null then log.user_agent end)
    ) as origin (trait, value)
    where log.time > now() - maint.activity_past() and log.time <= _until
        and (log.entity like '%\_tin' or administrator is not null)
        and origin.value is not null
    group by 1, 2, 3;
end
$$;
ALTER FUNCTION maint.learn_activity(_until timestamp with time zone) OWNER TO maint_owner;
CREATE FUNCTION maint.listed(_list text) RETURNS text[]
    LANGUAGE sql IMMUTABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    select regexp_split_to_array(btrim(_list), '\s*,\s*')
$$;
ALTER FUNCTION maint.listed(_list text) OWNER TO maint_owner;
CREATE FUNCTION maint.locate_expired(_policy_name text, _cutoff timestamp with time zone, _target regclass, _first_block bigint, _limit integer) RETURNS TABLE(first_block bigint, last_block bigint)
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET enable_seqscan TO 'off'
    SET enable_tidscan TO 'off'
    SET enable_indexscan TO 'off'
    SET enable_indexonlyscan TO 'off'
    SET max_parallel_workers_per_gather TO '0'
    AS $_$
declare
    _granularity constant integer := 16;
begin
    return query execute format(
        $query$
        with found as (
            select (ctid::text::point)[0]::bigint / %1$s as chunk
            from only %2$s
            where %3$s and ctid >= %4$L::tid
            limit %5$s
        ), runs as (
            select chunk, chunk - row_number() over (order by chunk) as run
            from (select distinct chunk from found) as chunks
        )
        select greatest(min(chunk) * %1$s, %6$s), (max(chunk) + 1) * %1$s
        from runs
        group by run
        order by 1
        $query$,
        _granularity, _target, maint.expired_expression(_policy_name, _cutoff),
        format('(%s,0)', _first_block), _limit, _first_block);
end
$_$;
ALTER FUNCTION maint.locate_expired(_policy_name text, _cutoff timestamp with time zone, _target regclass, _first_block bigint, _limit integer) OWNER TO maint_owner;
CREATE FUNCTION maint.lock_alerts(_alert_type text) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    perform pg_advisory_xact_lock(hashtextextended('maint_pipeline.alerts.' || _alert_type, 0));
    perform maint.lock_trusted('public.security_alerts');
end
$$;
ALTER FUNCTION maint.lock_alerts(_alert_type text) OWNER TO maint_owner;
CREATE FUNCTION maint.lock_trusted(_relation regclass) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    execute format('lock table only %s in row exclusive mode', _relation);
    perform maint.assert_trusted(_relation);
end
$$;
ALTER FUNCTION maint.lock_trusted(_relation regclass) OWNER TO maint_owner;
CREATE FUNCTION maint.mark_notifications_sent(_ids bigint[], _remark text DEFAULT NULL::text) RETURNS void
    LANGUAGE sql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    update maint.notifications
    set state = 'sent', settled_at = clock_timestamp(), attempts = attempts + 1, problem = _remark
    where id = any (_ids) and state = 'waiting';
    -- What was settled long ago has told all it can, once its alert is closed.
    delete from maint.notifications as old
    where old.settled_at < clock_timestamp() - interval '90 days'
        and not exists (
            select from public.security_alerts as alert
            where alert.id = old.alert_id and alert.resolved is not true
        )
$$;
ALTER FUNCTION maint.mark_notifications_sent(_ids bigint[], _remark text) OWNER TO maint_owner;
CREATE FUNCTION maint.missing_needs(_needs text[]) RETURNS text[]
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    select coalesce(array_agg(problem order by problem), '{}')
    from unnest(_needs) as needed (relation)
    cross join lateral (
        select case
            when needed.relation like 'role %' then case
                when not pg_has_role(current_user, substr(needed.relation, 6), 'usage')
                    then 'needs the rights of ' || needed.relation || ' for ' || current_user
            end
            -- A function, where it ends in its argument types.
            when needed.relation like '%)' then case
                when to_regprocedure(needed.relation) is null
                    then needed.relation || ' does not exist'
                when not has_function_privilege(to_regprocedure(needed.relation), 'execute')
                    then 'needs execute on ' || needed.relation || ' for ' || current_user
            end
            when to_regclass(needed.relation) is null then needed.relation || ' does not exist'
            when not maint.is_trusted(
                    (select relowner from pg_class where oid = to_regclass(needed.relation)))
                then needed.relation || ' belongs to a role that is not in maint.trusted_owners'
            when not has_table_privilege(to_regclass(needed.relation), 'select')
                then 'needs select on ' || needed.relation || ' for ' || current_user
        end as problem
    ) as looked
    where problem is not null
$$;
ALTER FUNCTION maint.missing_needs(_needs text[]) OWNER TO maint_owner;
CREATE FUNCTION maint.missing_partitions(_policy_name text) RETURNS TABLE(parent text, name text, statements text[])
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET "TimeZone" TO 'UTC'
    AS $$
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
ALTER FUNCTION maint.missing_partitions(_policy_name text) OWNER TO maint_owner;
CREATE FUNCTION maint.new_findings(_alert_type text, _findings jsonb) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    select coalesce(jsonb_agg(to_jsonb(finding)), '[]')
    from maint.findings(_findings) as finding
    where not exists (
        select from public.security_alerts as alert
        where alert.fingerprint = finding.fingerprint
            and alert.severity = finding.severity
            and alert.description = finding.detail
            and (alert.resolved is not true
                or alert.details ->> 'resolved_because' = 'resolved by hand')
    )
$$;
ALTER FUNCTION maint.new_findings(_alert_type text, _findings jsonb) OWNER TO maint_owner;
CREATE FUNCTION maint.note_traits(_is_first boolean) RETURNS void
    LANGUAGE sql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    insert into maint.known_traits as known (user_id, trait, value, first_seen_at, last_seen_at)
    select user_id, 'tax_reader', '', min(at), max(at)
    from maint.recent_activity
    where entity like '%\_tin' and not is_refused and at <= now()
    group by user_id
    union all
    select activity.user_id, origin.trait, origin.value, min(at), max(at)
    from maint.recent_activity as activity
    join maint.administrators() as administrator on administrator = activity.user_id
    cross join lateral (values ('address', activity.address), ('agent', activity.agent))
        as origin (trait, value)
    where origin.value is not null and at <= now()
    group by 1, 2, 3
    union all
    select distinct administrator, 'administrator', '',
        case when _is_first then '-infinity' else clock_timestamp() end, clock_timestamp()
    from maint.administrators() as administrator
    on conflict (user_id, trait, value) do update
    set last_seen_at = greatest(known.last_seen_at, excluded.last_seen_at);
    -- Who is no administrator any more is new when it happens again.
    delete from maint.known_traits
    where trait = 'administrator'
        and user_id not in (select maint.administrators())
        and maint.missing_needs(array['public.user_roles']) = '{}'
$$;
ALTER FUNCTION maint.note_traits(_is_first boolean) OWNER TO maint_owner;
CREATE FUNCTION maint.notify(_event text, _alert_ids uuid[]) RETURNS void
    LANGUAGE sql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    insert into maint.notifications (alert_id, channel, event, severity)
    select alert.id, channel.name, _event, alert.severity
    from public.security_alerts as alert
    cross join maint.notification_channels as channel
    where alert.id = any (_alert_ids)
        and channel.is_configured
        and coalesce(alert.silenced_until, '-infinity') <= clock_timestamp()
        and case
            when _event = 'resolved' then exists (
                select from maint.notifications as earlier
                where earlier.alert_id = alert.id and earlier.channel = channel.name
                    and earlier.event <> 'resolved' and earlier.state <> 'dropped'
            )
            else maint.is_wanted(channel, alert.severity, alert.details ->> 'category')
        end
$$;
ALTER FUNCTION maint.notify(_event text, _alert_ids uuid[]) OWNER TO maint_owner;
CREATE FUNCTION maint.observe_activity() RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    _last maint.observations;
    _start timestamptz;
    _below xid8 := pg_snapshot_xmin(pg_current_snapshot());
begin
    truncate maint.recent_activity;
    if maint.missing_needs(array['public.audit_logs']) <> '{}' then
        return;
    end if;
    select * into _last from maint.observations;
    -- After a pause, or a run that died, the copy reaches back over it; the first one is made as if there
    -- had been a run.
    _start := least(coalesce(_last.evaluated_until, now()), now()) - maint.activity_reach();
    -- From a full hour on, so that the counts by hour are whole.
    _start := date_trunc('hour', greatest(_start, now() - maint.activity_past()), 'UTC');
    if _last.observed_at is null then
        perform maint.learn_activity(_start);
    end if;
    perform maint.copy_activity(_start, _last.evaluated_below);
    perform maint.count_activity_hours();
    perform maint.note_traits(_last.observed_at is null);
    delete from maint.activity_hours where hour < now() - maint.activity_past() - interval '1 day';
    insert into maint.observations as known (observed_at, window_start, observed_below,
        evaluated_until, evaluated_below)
    values (now(), _start, _below, now(), _below)
    on conflict (only_row) do update
    set observed_at = excluded.observed_at, window_start = excluded.window_start,
        observed_below = excluded.observed_below,
        evaluated_until = coalesce(known.evaluated_until, excluded.evaluated_until),
        evaluated_below = coalesce(known.evaluated_below, excluded.evaluated_below);
end
$$;
ALTER FUNCTION maint.observe_activity() OWNER TO maint_owner;
CREATE FUNCTION maint.partition_may_go(_policy_name text, _partition regclass) RETURNS boolean
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET lock_timeout TO '1s'
    AS $$
declare
    _policy maint.retention_policies;
    _hold text;
    _keeps boolean;
begin
    perform maint.assert_trusted(_partition);
    lock table maint.legal_holds in share mode;
    select * into strict _policy from maint.retention_policies where name = _policy_name;
    _hold := maint.hold_expression(_policy_name);
    _keeps := _policy.action <> 'delete' or lower(btrim(_policy.condition)) <> 'true'
        or exists (
            select from pg_trigger
            where tgrelid = _partition and not tgisinternal and tgtype & 1 = 1 and tgtype & 8 = 8
        );
    if not _keeps and _hold is not null then
        execute format('select exists (select from only %s where %s)', _partition, _hold) into _keeps;
    end if;
    if _keeps then
        execute format('select exists (select from only %s)', _partition) into _keeps;
    end if;
    return not _keeps;
end
$$;
ALTER FUNCTION maint.partition_may_go(_policy_name text, _partition regclass) OWNER TO maint_owner;
CREATE FUNCTION maint.policies() RETURNS TABLE(relation regclass, name text, policy name, command text, is_permissive boolean, roles oid[], using_text text, check_text text)
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    select polrelid::regclass, exposed.name, polname,
        case polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update'
            when 'd' then 'delete' else 'all' end,
        polpermissive, polroles, pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid)
    from maint.exposed_relations('rp') as exposed
    join pg_policy on polrelid = exposed.relation
    where polname not like 'maint\_%'
$$;
ALTER FUNCTION maint.policies() OWNER TO maint_owner;
CREATE FUNCTION maint.policy_cutoff(_policy_name text, _keep interval DEFAULT NULL::interval) RETURNS timestamp with time zone
    LANGUAGE sql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    select clock_timestamp() - coalesce(_keep, keep)
    from maint.retention_policies
    where name = _policy_name
$$;
ALTER FUNCTION maint.policy_cutoff(_policy_name text, _keep interval) OWNER TO maint_owner;
CREATE FUNCTION maint.policy_problems() RETURNS SETOF text
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
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
ALTER FUNCTION maint.policy_problems() OWNER TO maint_owner;
CREATE FUNCTION maint.policy_table(_policy_name text) RETURNS regclass
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
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
ALTER FUNCTION maint.policy_table(_policy_name text) OWNER TO maint_owner;
CREATE FUNCTION maint.prepare_checks(_category text) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    _problem text;
begin
    if _category = 'security' then
        begin
            perform maint.observe_activity();
        exception when others then
            _problem := sqlerrm;
        end;
        insert into maint.observations (problem) values (_problem)
        on conflict (only_row) do update set problem = excluded.problem;
    end if;
end
$$;
ALTER FUNCTION maint.prepare_checks(_category text) OWNER TO maint_owner;
CREATE FUNCTION maint.preview_purge(_policy_name text, _cutoff timestamp with time zone) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
declare
    _table regclass := maint.policy_table(_policy_name);
    _expired text := maint.expired_expression(_policy_name, _cutoff);
    _hold text := maint.hold_expression(_policy_name);
    _time_column text;
    _preview jsonb;
begin
    perform maint.assert_trusted(_table);
    select time_column into _time_column from maint.retention_policies where name = _policy_name;
    execute format(
        $query$
        with days as (
            select (%1$I::timestamptz at time zone 'UTC')::date as day, (%4$s) is true as is_held,
                count(*) as rows, min(%1$I) as oldest, max(%1$I) as newest,
                sum(pg_column_size(%2$s.*)) as bytes
            from %2$s
            where %3$s
            group by 1, 2
        ), free as (select * from days where not is_held)
        select jsonb_build_object(
            'expired_count', (select coalesce(sum(rows), 0) from free),
            'held', (select coalesce(sum(rows), 0) from days where is_held),
            'oldest', (select min(oldest) from free),
            'newest', (select max(newest) from free),
            'expired_bytes', (select coalesce(sum(bytes), 0) from free),
            'by_day', (
                select coalesce(jsonb_agg(
                    jsonb_build_object('day', day, 'rows', rows, 'bytes', bytes) order by day desc
                ), '[]')
                from (select day, rows, bytes from free order by day desc limit 400) as latest
            )
        )
        $query$,
        _time_column, _table, _expired, coalesce(_hold, 'false')
    ) into _preview;
    return _preview || (
        -- They go as a whole, unless something in them has to stay.
        select case when count(*) = 0 then '{}'
            else jsonb_build_object('partitions', jsonb_agg(name order by upper_bound)) end
        from maint.time_partitions(_policy_name) where upper_bound <= _cutoff
    ) || jsonb_build_object(
        'action', (select action from maint.retention_policies where name = _policy_name),
        'statement', format('delete from %s where %s', _table, maint.without_held(_expired, _hold))
    );
end
$_$;
ALTER FUNCTION maint.preview_purge(_policy_name text, _cutoff timestamp with time zone) OWNER TO maint_owner;
CREATE FUNCTION maint.proof_of_absence(_alert_type text, _fingerprint text, _details jsonb) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    if maint.is_ignored(_fingerprint) then
        return jsonb_build_object('resolved_because', (
            select format('ignored since %s: %s',
                to_char(ignored_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"'), reason)
            from maint.ignored_findings
            where fingerprint = _fingerprint
        ));
    end if;
    if _alert_type = 'backup_failed' then
        return maint.backup_failure_is_over(_details -> 'metadata');
    end if;
    return null;
end
$$;
ALTER FUNCTION maint.proof_of_absence(_alert_type text, _fingerprint text, _details jsonb) OWNER TO maint_owner;
CREATE FUNCTION maint.purge(_policy_name text) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    _blocks_at_once constant bigint := 512;
    _table regclass := maint.policy_table(_policy_name);
    _cutoff timestamptz := maint.policy_cutoff(_policy_name);
    _range record;
    _batch record;
    _deleted bigint := 0;
    _locked bigint := 0;
    _refused bigint := 0;
    _refusal text;
    _refusal_state text;
    _held bigint := 0;
begin
    if _table is null then
        return jsonb_build_object(
            'reason', format('the table of retention policy %s does not exist', _policy_name));
    end if;
    if (select action from maint.retention_policies where name = _policy_name) <> 'delete' then
        raise feature_not_supported using
            message = format('retention policy %s archives its rows, which SQL cannot', _policy_name),
            hint = 'Run the task of that name in Dagster, or with maint run.';
    end if;
    for _range in
        select target, first_block
        from maint.purge_targets(_table)
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
ALTER FUNCTION maint.purge(_policy_name text) OWNER TO maint_owner;
CREATE FUNCTION maint.purge_blocks(_policy_name text, _cutoff timestamp with time zone, _target regclass, _first_block bigint, _last_block bigint, _kept_in regclass DEFAULT NULL::regclass, OUT deleted bigint, OUT locked bigint, OUT held bigint, OUT refused bigint, OUT refusal text, OUT refusal_state text) RETURNS record
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET lock_timeout TO '50ms'
    AS $_$
declare
    _expired_here text;
    _middle bigint := (_first_block + _last_block) / 2;
    _may_stay boolean;
begin
    perform maint.lock_trusted(_target);
    lock table maint.legal_holds in share mode;
    _expired_here := maint.without_held(
        maint.expired_here(_policy_name, _cutoff, _first_block, _last_block),
        maint.hold_expression(_policy_name));
    _may_stay := maint.has_delete_guard(_target);
    begin
        begin
            execute maint.delete_statement(_target, _expired_here, _kept_in);
            get diagnostics deleted = row_count;
        exception when lock_not_available then
            _may_stay := true;
            execute maint.delete_statement(_target, format(
                'ctid = any (array(select ctid from only %1$s where %2$s for update skip locked)) '
                'and %2$s', _target, _expired_here), _kept_in);
            get diagnostics deleted = row_count;
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
    select staying.locked, staying.held, staying.refused, coalesce(purge_blocks.refusal, staying.refusal)
    into locked, held, refused, refusal
    from maint.staying(_policy_name, _cutoff, _target, _first_block, _last_block, _may_stay) as staying;
end
$_$;
ALTER FUNCTION maint.purge_blocks(_policy_name text, _cutoff timestamp with time zone, _target regclass, _first_block bigint, _last_block bigint, _kept_in regclass, OUT deleted bigint, OUT locked bigint, OUT held bigint, OUT refused bigint, OUT refusal text, OUT refusal_state text) OWNER TO maint_owner;
CREATE FUNCTION maint.purge_row_by_row(_target regclass, _condition text, _kept_in regclass, OUT deleted bigint, OUT refusal text, OUT refusal_state text) RETURNS record
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    _row tid;
    _count bigint;
begin
    deleted := 0;
    for _row in execute format(
        'select ctid from only %s where %s for update skip locked', _target, _condition)
    loop
        begin
            execute maint.delete_statement(
                _target, format('ctid = %L and %s', _row, _condition), _kept_in);
            get diagnostics _count = row_count;
            deleted := deleted + _count;
        exception when others then
            if not maint.is_refusal(sqlstate) then
                raise;
            end if;
            refusal := coalesce(refusal, sqlerrm);
            refusal_state := coalesce(refusal_state, sqlstate);
        end;
    end loop;
end
$$;
ALTER FUNCTION maint.purge_row_by_row(_target regclass, _condition text, _kept_in regclass, OUT deleted bigint, OUT refusal text, OUT refusal_state text) OWNER TO maint_owner;
CREATE FUNCTION maint.purge_targets(_table regclass) RETURNS TABLE(target regclass, blocks bigint)
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
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
ALTER FUNCTION maint.purge_targets(_table regclass) OWNER TO maint_owner;
CREATE FUNCTION maint.put_off_notifications(_ids bigint[], _problem text, _max_attempts integer) RETURNS void
    LANGUAGE sql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    update maint.notifications
    set attempts = attempts + 1,
        problem = _problem,
        due_at = clock_timestamp()
            + least(interval '30 seconds' * 2 ^ least(attempts, 20), interval '1 hour'),
        state = case when attempts + 1 >= _max_attempts then 'dead' else state end,
        settled_at = case when attempts + 1 >= _max_attempts then clock_timestamp() end
    where id = any (_ids) and state = 'waiting'
$$;
ALTER FUNCTION maint.put_off_notifications(_ids bigint[], _problem text, _max_attempts integer) OWNER TO maint_owner;
CREATE FUNCTION maint.raise_alerts(_alert_type text, _findings jsonb) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    _graver uuid[];
    _repeated bigint;
    _reopened uuid[];
    _created uuid[];
begin
    select array_agg(alert.id) into _graver
    from maint.findings(_findings) as finding
    join public.security_alerts as alert
        on alert.fingerprint = finding.fingerprint and alert.resolved is not true
    where maint.is_graver(finding.severity, alert.severity);
    update public.security_alerts as alert
    set occurrences = alert.occurrences + 1,
        last_seen_at = clock_timestamp(),
        absences = 0,
        severity = finding.severity,
        -- Who put it aside knew of a lesser problem.
        acknowledged_at = case when alert.id = any (_graver) then null
            else alert.acknowledged_at end,
        silenced_until = case when alert.id = any (_graver) then null
            else alert.silenced_until end,
        title = finding.title,
        description = finding.detail,
        details = coalesce(alert.details, '{}') || maint.alert_details(finding)
            || case when alert.id = any (_graver) then jsonb_build_object(
                'raised_from', alert.severity, 'raised_at', clock_timestamp())
            else '{}' end
    from maint.findings(_findings) as finding
    where alert.fingerprint = finding.fingerprint and alert.resolved is not true;
    get diagnostics _repeated = row_count;
    -- What comes back continues its latest alert, so that its history stays in one place.
    with latest as (
        select distinct on (alert.fingerprint) alert.id, alert.fingerprint
        from public.security_alerts as alert
        join maint.findings(_findings) as finding on finding.fingerprint = alert.fingerprint
        where not exists (
            select from public.security_alerts as open
            where open.fingerprint = alert.fingerprint and open.resolved is not true
        )
        order by alert.fingerprint, alert.resolved_at desc nulls last
    ), reopened as (
        update public.security_alerts as alert
        set resolved = false,
            resolved_at = null,
            resolved_by = null,
            acknowledged_at = null,
            silenced_until = null,
            occurrences = alert.occurrences + 1,
            last_seen_at = clock_timestamp(),
            absences = 0,
            severity = finding.severity,
            title = finding.title,
            description = finding.detail,
            details = coalesce(alert.details, '{}') || maint.alert_details(finding)
                || jsonb_build_object(
                    'regressions', coalesce((alert.details ->> 'regressions')::integer, 0) + 1,
                    'last_resolved_at', alert.resolved_at)
        from latest
        join maint.findings(_findings) as finding on finding.fingerprint = latest.fingerprint
        where alert.id = latest.id
        returning alert.id
    )
    select array_agg(id) into _reopened from reopened;
    with created as (
        insert into public.security_alerts
            (id, alert_type, severity, title, description, details, resolved, created_at,
             fingerprint, last_seen_at)
        select gen_random_uuid(), _alert_type, finding.severity, finding.title, finding.detail,
            maint.alert_details(finding), false, clock_timestamp(), finding.fingerprint,
            clock_timestamp()
        from maint.findings(_findings) as finding
        where not exists (
            select from public.security_alerts as alert
            where alert.fingerprint = finding.fingerprint and alert.resolved is not true
        )
        returning id
    )
    select array_agg(id) into _created from created;
    perform maint.notify('escalated', _graver);
    perform maint.notify('reopened', _reopened);
    perform maint.notify('raised', _created);
    return jsonb_build_object(
        'created', coalesce(cardinality(_created), 0), 'repeated', _repeated,
        'reopened', coalesce(cardinality(_reopened), 0)
    );
end
$$;
ALTER FUNCTION maint.raise_alerts(_alert_type text, _findings jsonb) OWNER TO maint_owner;
CREATE FUNCTION maint.range_statement(_policy_name text, _relation regclass, _condition text) RETURNS text
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
    select format(
        'select min(%1$I)::timestamptz as oldest, max(%1$I)::timestamptz as newest '
        'from only %2$s where %3$s', time_column, _relation, _condition)
    from maint.retention_policies
    where name = _policy_name
$_$;
ALTER FUNCTION maint.range_statement(_policy_name text, _relation regclass, _condition text) OWNER TO maint_owner;
CREATE FUNCTION maint.read_by_owners(_kinds text) RETURNS TABLE(view regclass, name text, relation oid)
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    with recursive reading (view, name, relation) as (
        select exposed.relation, exposed.name, exposed.relation::oid
        from maint.exposed_relations(_kinds) as exposed
        join pg_class on pg_class.oid = exposed.relation
        where not coalesce((
            select option_value::boolean
            from pg_options_to_table(reloptions) where option_name = 'security_invoker'
        ), false)
        union
        select reading.view, reading.name, used.refobjid
        from reading
        join pg_rewrite on ev_class = reading.relation
        join pg_depend as used on used.classid = 'pg_rewrite'::regclass
            and used.objid = pg_rewrite.oid
            and used.refclassid = 'pg_class'::regclass and used.refobjid <> reading.relation
    )
    select reading.view, reading.name, reading.relation from reading
$$;
ALTER FUNCTION maint.read_by_owners(_kinds text) OWNER TO maint_owner;
CREATE FUNCTION maint.record_skipped_task_run(_task_name text, _trigger text, _dagster_run_id text DEFAULT NULL::text) RETURNS TABLE(id uuid, reason text)
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    _holder jsonb := maint.task_lock_holder(_task_name);
begin
    -- The holder may have finished since we tried its lock; that we did not work stays true.
    reason := case
        when _holder is null then 'already running elsewhere a moment ago'
        else format(
            'already running since %s (%s, backend %s)',
            to_char((_holder ->> 'since')::timestamptz at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS "UTC"'),
            coalesce(_holder ->> 'application', 'unknown application'),
            _holder ->> 'backend_pid'
        )
    end;
    id := maint.begin_task_run(
        _task_name, _trigger, _dagster_run_id,
        jsonb_build_object('reason', reason, 'held_by', _holder)
    );
    perform maint.finish_task_run(id, 'skipped');
    return next;
end
$$;
ALTER FUNCTION maint.record_skipped_task_run(_task_name text, _trigger text, _dagster_run_id text) OWNER TO maint_owner;
CREATE FUNCTION maint.register_channels(_names text[], _min_severity text) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    _new text[];
begin
    if not exists (
        select from unnest(_names) as name
        full join (
            select name, default_min_severity from maint.notification_channels where is_configured
        ) as channel using (name)
        where channel.default_min_severity is distinct from _min_severity
            or not name = any (_names)
    ) then
        return;
    end if;
    perform pg_advisory_xact_lock(hashtextextended('maint_pipeline.channels', 0));
    update maint.notification_channels
    set is_configured = false
    where is_configured and name <> all (_names);
    with made as (
        insert into maint.notification_channels (name, default_min_severity)
        select name, _min_severity from unnest(_names) as name
        on conflict (name) do nothing
        returning name
    ), back as (
        update maint.notification_channels
        set is_configured = true, default_min_severity = _min_severity
        where name = any (_names)
            and (not is_configured or default_min_severity <> _min_severity)
        returning name
    )
    select array(select name from made union select name from back) into _new;
    insert into maint.notifications (alert_id, channel, event, severity)
    select alert.id, channel.name, 'raised', alert.severity
    from public.security_alerts as alert
    join maint.notification_channels as channel on channel.name = any (_new)
    where alert.resolved is not true
        and alert.fingerprint is not null
        and coalesce(alert.silenced_until, '-infinity') <= clock_timestamp()
        and maint.is_wanted(channel, alert.severity, alert.details ->> 'category')
        and not exists (
            select from maint.notifications as earlier
            where earlier.alert_id = alert.id and earlier.channel = channel.name
                and earlier.state in ('waiting', 'sent')
        );
end
$$;
ALTER FUNCTION maint.register_channels(_names text[], _min_severity text) OWNER TO maint_owner;
CREATE FUNCTION maint.report_progress(_id uuid, _details jsonb) RETURNS void
    LANGUAGE sql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    update public.maintenance_task_runs
    set details = coalesce(details, '{}') || _details
    where id = _id and status = 'running'
$$;
ALTER FUNCTION maint.report_progress(_id uuid, _details jsonb) OWNER TO maint_owner;
CREATE FUNCTION maint.require(_is_so boolean, _reason text) RETURNS boolean
    LANGUAGE plpgsql IMMUTABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    if _is_so is not true then
        raise exception using errcode = 'MA001', message = _reason;
    end if;
    return true;
end
$$;
ALTER FUNCTION maint.require(_is_so boolean, _reason text) OWNER TO maint_owner;
CREATE FUNCTION maint.resolve_absent_alerts(_alert_type text, _findings jsonb, _absences_to_resolve integer) RETURNS bigint
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    _resolved bigint;
begin
    update public.security_alerts as alert
    set absences = alert.absences + 1
    where alert.alert_type = _alert_type
        and alert.fingerprint is not null
        and alert.resolved is not true
        and not exists (
            select from maint.findings(_findings) as finding
            where finding.fingerprint = alert.fingerprint
        );
    select count(maint.resolve_alert(judged.id, judged.evidence)) into _resolved
    from (
        select alert.id, coalesce(
            maint.proof_of_absence(_alert_type, alert.fingerprint, alert.details),
            case when alert.absences >= _absences_to_resolve then jsonb_build_object(
                'resolved_because', case alert.absences
                    when 1 then 'no longer so at the latest evaluation'
                    else format('absent from %s evaluations in a row', alert.absences)
                end)
            end
        ) as evidence
        from public.security_alerts as alert
        where alert.alert_type = _alert_type
            and alert.fingerprint is not null
            and alert.resolved is not true
            and alert.absences > 0
    ) as judged
    where judged.evidence is not null;
    return _resolved;
end
$$;
ALTER FUNCTION maint.resolve_absent_alerts(_alert_type text, _findings jsonb, _absences_to_resolve integer) OWNER TO maint_owner;
CREATE FUNCTION maint.resolve_alert(_alert_id uuid, _evidence jsonb, _resolved_by uuid DEFAULT NULL::uuid) RETURNS uuid
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    update public.security_alerts
    set resolved = true,
        resolved_at = clock_timestamp(),
        resolved_by = _resolved_by,
        details = coalesce(details, '{}') || _evidence
    where id = _alert_id and resolved is not true;
    if not found then
        return null;
    end if;
    perform maint.notify('resolved', array[_alert_id]);
    return _alert_id;
end
$$;
ALTER FUNCTION maint.resolve_alert(_alert_id uuid, _evidence jsonb, _resolved_by uuid) OWNER TO maint_owner;
CREATE FUNCTION maint.run_check(_name text) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    _check maint.checks;
    _missing text[];
    _findings jsonb := '[]';
    _changes jsonb := '{}';
    _status text;
    _problem text;
begin
    select * into _check from maint.checks where name = _name;
    if not found then
        raise undefined_object using
            message = format('there is no check %s', coalesce(_name, 'null')),
            hint = 'select name from maint.checks lists them.';
    end if;
    _missing := maint.missing_needs(_check.needs);
    if _missing <> '{}' then
        _status := 'not_applicable';
        _problem := array_to_string(_missing, '; ');
    else
        begin
            perform maint.assert_observed(_check.needs);
            _findings := maint.evaluate_check(_name);
            _changes := maint.sync_alerts(_name, _findings);
            _status := case when _findings = '[]' then 'passed' else 'findings' end;
        -- What maint.require() says.
        exception when sqlstate 'MA001' then
            _status := 'not_applicable';
            _problem := sqlerrm;
        when others then
            _findings := '[]';
            _status := 'failed';
            _problem := sqlerrm;
        end;
        perform maint.sync_check_failing_alert(
            _check, case when _status = 'failed' then _problem end);
    end if;
    insert into maint.check_results (check_name, status, findings, problem, evaluated_at)
    values (_name, _status, jsonb_array_length(_findings), _problem, clock_timestamp())
    on conflict (check_name) do update
    set status = excluded.status, findings = excluded.findings, problem = excluded.problem,
        evaluated_at = excluded.evaluated_at;
    return jsonb_build_object(
        'check', _name,
        'status', _status,
        'findings', jsonb_array_length(_findings),
        'alerts_created', coalesce((_changes ->> 'created')::integer, 0)
            + coalesce((_changes ->> 'reopened')::integer, 0),
        'alerts_resolved', coalesce((_changes ->> 'resolved')::integer, 0),
        'problem', _problem,
        'sample', (
            select coalesce(jsonb_agg(finding order by position), '[]')
            from jsonb_array_elements(_findings) with ordinality as listed (finding, position)
            where position <= 100
        )
    );
end
$$;
ALTER FUNCTION maint.run_check(_name text) OWNER TO maint_owner;
CREATE FUNCTION maint.run_checks(_category text) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    _results jsonb;
begin
    perform maint.prepare_checks(_category);
    select coalesce(jsonb_agg(maint.run_check(check_name)), '[]') into _results
    from maint.enabled_checks(_category) as check_name;
    perform maint.conclude_checks(_category);
    return _results;
end
$$;
ALTER FUNCTION maint.run_checks(_category text) OWNER TO maint_owner;
CREATE FUNCTION maint.run_task(_task_name text, _body text) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    _task_id uuid;
    _reason text;
    _details jsonb;
    _problem text;
begin
    perform maint.assert_operator();
    if not pg_try_advisory_xact_lock(maint.task_lock_key(_task_name)) then
        select id, reason into _task_id, _reason
        from maint.record_skipped_task_run(_task_name, 'sql');
        return jsonb_build_object(
            'success', false, 'task_id', _task_id, 'error', 'skipped: ' || _reason);
    end if;
    perform maint.close_lost_task_runs(_task_name);
    _task_id := maint.begin_task_run(_task_name, 'sql');
    begin
        execute _body into strict _details;
    exception when others or query_canceled or assert_failure then
        _problem := format('%s (SQLSTATE %s)', sqlerrm, sqlstate);
    end;
    if _problem is not null then
        perform maint.finish_task_run(_task_id, 'failed', '{}', _problem);
        return jsonb_build_object('success', false, 'task_id', _task_id, 'error', _problem);
    end if;
    if _details ? 'reason' then
        perform maint.finish_task_run(_task_id, 'skipped', _details);
        return jsonb_build_object(
            'success', false, 'task_id', _task_id, 'error', 'skipped: ' || (_details ->> 'reason'));
    end if;
    perform maint.finish_task_run(_task_id, 'completed', _details);
    return jsonb_build_object('success', true, 'task_id', _task_id) || _details;
end
$$;
ALTER FUNCTION maint.run_task(_task_name text, _body text) OWNER TO maint_owner;
CREATE FUNCTION maint.staying(_policy_name text, _cutoff timestamp with time zone, _target regclass, _first_block bigint, _last_block bigint, _may_stay boolean, OUT locked bigint, OUT held bigint, OUT refused bigint, OUT refusal text) RETURNS record
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
declare
    _expired_here text := maint.expired_here(_policy_name, _cutoff, _first_block, _last_block);
    _hold text := maint.hold_expression(_policy_name);
begin
    locked := 0;
    refused := 0;
    held := 0;
    if _may_stay then
        execute format(
            'select (select count(*) from only %1$s where %2$s) - free, free '
            'from (select count(*) as free from (select from only %1$s where %2$s '
            'for update skip locked) as rows) as counted',
            _target, maint.without_held(_expired_here, _hold)
        ) into locked, refused;
        if refused > 0 then
            refusal := 'a trigger kept the row';
        end if;
    end if;
    if _hold is not null then
        execute format('select count(*) from only %s where %s and (%s)',
            _target, _expired_here, _hold) into held;
    end if;
end
$_$;
ALTER FUNCTION maint.staying(_policy_name text, _cutoff timestamp with time zone, _target regclass, _first_block bigint, _last_block bigint, _may_stay boolean, OUT locked bigint, OUT held bigint, OUT refused bigint, OUT refusal text) OWNER TO maint_owner;
CREATE FUNCTION maint.step_unit(_step interval) RETURNS text
    LANGUAGE sql IMMUTABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    select case
        when _step >= interval '1 year' then 'year'
        when _step >= interval '1 month' then 'month'
        when _step >= interval '7 days' then 'week'
        when _step >= interval '1 day' then 'day'
        else 'hour'
    end
$$;
ALTER FUNCTION maint.step_unit(_step interval) OWNER TO maint_owner;
CREATE FUNCTION maint.summarize_backup_checks(_results jsonb) RETURNS jsonb
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    _summary jsonb := maint.summarize_checks(_results);
    _failed_backups bigint := 0;
begin
    if maint.missing_needs(array['public.backup_runs', 'public.orgs']) = '{}' then
        select count(*) into _failed_backups
        from public.backup_runs as run
        join public.orgs as org on org.id = run.org_id and org.deleted_at is null
        where run.status = 'failed'
            and coalesce(run.finished_at, run.started_at) > now() - interval '48 hours';
    end if;
    return _summary || jsonb_build_object(
        'orgs_without_backup',
        coalesce((_summary #>> '{findings_by_check,organization_without_backup}')::integer, 0),
        'failed_backups', _failed_backups
    );
end
$$;
ALTER FUNCTION maint.summarize_backup_checks(_results jsonb) OWNER TO maint_owner;
CREATE FUNCTION maint.summarize_checks(_results jsonb) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    select jsonb_build_object(
        'findings', coalesce(sum((result ->> 'findings')::integer), 0),
        'alerts_created', coalesce(sum((result ->> 'alerts_created')::integer), 0),
        'alerts_resolved', coalesce(sum((result ->> 'alerts_resolved')::integer), 0),
        'findings_by_check', coalesce(jsonb_object_agg(
            result ->> 'check', (result ->> 'findings')::integer
        ) filter (where result ->> 'status' in ('passed', 'findings')), '{}'),
        'not_applicable', coalesce(jsonb_object_agg(
            result ->> 'check', result ->> 'problem'
        ) filter (where result ->> 'status' = 'not_applicable'), '{}'),
        'failed_checks', coalesce(jsonb_object_agg(
            result ->> 'check', result ->> 'problem'
        ) filter (where result ->> 'status' = 'failed'), '{}')
    )
    from jsonb_array_elements(_results) as result
$$;
ALTER FUNCTION maint.summarize_checks(_results jsonb) OWNER TO maint_owner;
CREATE FUNCTION maint.sync_alerts(_alert_type text, _findings jsonb, _absences_to_resolve integer DEFAULT 2) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    perform maint.lock_alerts(_alert_type);
    return maint.raise_alerts(_alert_type, _findings) || jsonb_build_object(
        'resolved', maint.resolve_absent_alerts(_alert_type, _findings, _absences_to_resolve));
end
$$;
ALTER FUNCTION maint.sync_alerts(_alert_type text, _findings jsonb, _absences_to_resolve integer) OWNER TO maint_owner;
CREATE FUNCTION maint.sync_changed_alerts(_alert_type text, _findings jsonb) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    _news jsonb;
begin
    if not maint.has_alert_changes(_alert_type, _findings) then
        return '{"created": 0, "repeated": 0, "reopened": 0, "resolved": 0}';
    end if;
    perform maint.lock_alerts(_alert_type);
    -- Somebody else may have raised them before we had the lock.
    _news := maint.new_findings(_alert_type, _findings);
    return maint.raise_alerts(_alert_type, _news) || jsonb_build_object(
        'resolved', maint.resolve_absent_alerts(_alert_type, _findings, 1));
end
$$;
ALTER FUNCTION maint.sync_changed_alerts(_alert_type text, _findings jsonb) OWNER TO maint_owner;
CREATE FUNCTION maint.sync_check(_name text) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    _check maint.checks;
begin
    select * into _check from maint.checks where name = _name;
    if _check.enabled is not true or maint.missing_needs(_check.needs) <> '{}' then
        return '{"created": 0, "repeated": 0, "reopened": 0, "resolved": 0}';
    end if;
    if not maint.has_alert_changes(_name, maint.evaluate_check(_name)) then
        return '{"created": 0, "repeated": 0, "reopened": 0, "resolved": 0}';
    end if;
    -- Others may have raised meanwhile what this look had not seen yet, and would resolve: look again.
    perform maint.lock_alerts(_name);
    return maint.sync_changed_alerts(_name, maint.evaluate_check(_name));
end
$$;
ALTER FUNCTION maint.sync_check(_name text) OWNER TO maint_owner;
CREATE TABLE maint.checks (
    name text NOT NULL,
    title text NOT NULL,
    category text NOT NULL,
    severity text NOT NULL,
    description text NOT NULL,
    remediation text NOT NULL,
    needs text[] DEFAULT '{}'::text[] NOT NULL,
    enabled boolean DEFAULT true NOT NULL,
    CONSTRAINT checks_category_known CHECK ((category = ANY (ARRAY['security'::text, 'backups'::text]))),
    CONSTRAINT checks_severity_known CHECK ((severity = ANY (ARRAY['low'::text, 'medium'::text, 'high'::text, 'critical'::text])))
);
ALTER TABLE maint.checks OWNER TO maint_owner;
COMMENT ON TABLE maint.checks IS 'The catalogue, filled from the check files by maint migrate; only "enabled" is yours to change.';
CREATE FUNCTION maint.sync_check_failing_alert(_check maint.checks, _problem text) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    -- Each check has an alert type of its own here, so that one check's success resolves no other's.
    perform maint.sync_alerts(
        'check_failing:' || _check.name,
        case when _problem is null then '[]' else jsonb_build_array(jsonb_build_object(
            'name', _check.name,
            'title', 'A check can''t be evaluated: ' || _check.title,
            'severity', 'medium',
            'category', _check.category,
            'object', _check.name,
            'detail', _problem,
            'remediation', 'Repair what the error names; nothing this check would see is noticed until then.',
            'fingerprint', 'check_failing:' || _check.name,
            'metadata', '{}'::jsonb
        )) end,
        1
    );
end
$$;
ALTER FUNCTION maint.sync_check_failing_alert(_check maint.checks, _problem text) OWNER TO maint_owner;
CREATE FUNCTION maint.task_lock_holder(_task_name text) RETURNS jsonb
    LANGUAGE sql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    select jsonb_strip_nulls(jsonb_build_object(
        'backend_pid', held.pid,
        'role', activity.usename,
        'application', activity.application_name,
        'since', coalesce(run.started_at, activity.xact_start, activity.backend_start),
        'task_id', run.id,
        'trigger', run.trigger,
        'dagster_run_id', run.dagster_run_id
    ))
    from pg_locks as held
    left join pg_stat_activity as activity on activity.pid = held.pid
    left join lateral (
        select id, started_at, trigger, dagster_run_id
        from public.maintenance_task_runs
        where task_name = _task_name and status = 'running'
        order by started_at desc
        limit 1
    ) as run on true
    where held.locktype = 'advisory'
        and held.granted
        and held.database = (select oid from pg_database where datname = current_database())
        and held.objsubid = 1
        and (held.classid::bigint << 32) | held.objid::bigint = maint.task_lock_key(_task_name)
    limit 1
$$;
ALTER FUNCTION maint.task_lock_holder(_task_name text) OWNER TO maint_owner;
CREATE FUNCTION maint.task_lock_key(_task_name text) RETURNS bigint
    LANGUAGE sql IMMUTABLE STRICT
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    select hashtextextended('maint_pipeline.task.' || _task_name, 0)
$$;
ALTER FUNCTION maint.task_lock_key(_task_name text) OWNER TO maint_owner;
CREATE FUNCTION maint.tell_backup_failure() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    if new.status::text = 'failed' then
        -- The same words twice in one transaction are told once, so thousands of rows cost little.
        perform pg_notify('maint_backup_failed', '');
    end if;
    return null;
end
$$;
ALTER FUNCTION maint.tell_backup_failure() OWNER TO maint_owner;
CREATE FUNCTION maint.threshold(_check_name text, _name text) RETURNS text
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    select coalesce(value, default_value)
    from maint.check_thresholds
    where check_name = _check_name and name = _name
$$;
ALTER FUNCTION maint.threshold(_check_name text, _name text) OWNER TO maint_owner;
CREATE FUNCTION maint.time_brin_indexes(_policy_name text, _target regclass) RETURNS TABLE(index regclass, pages_per_range bigint)
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    select index_class.oid::regclass, coalesce(
        (select option_value::bigint from pg_options_to_table(index_class.reloptions)
            where option_name = 'pages_per_range'), 128)
    from pg_index
    join pg_class as index_class on index_class.oid = indexrelid
    join pg_am on pg_am.oid = index_class.relam and amname = 'brin'
    join maint.retention_policies as policy on policy.name = _policy_name
    join pg_attribute on attrelid = indrelid and attname = policy.time_column
    where indrelid = _target and indisvalid and attnum = any (indkey)
$$;
ALTER FUNCTION maint.time_brin_indexes(_policy_name text, _target regclass) OWNER TO maint_owner;
CREATE FUNCTION maint.time_partitions(_policy_name text) RETURNS TABLE(partition_oid oid, name text, parent text, bounds text, lower_bound timestamp with time zone, upper_bound timestamp with time zone, is_leaf boolean, is_detaching boolean)
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
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
            substring(bound from 'FROM \(''([^'']*)''\)')::%2$s::timestamptz,
            substring(bound from 'TO \(''([^'']*)''\)')::%2$s::timestamptz,
            child.relkind = 'r', inhdetachpending
        from pg_inherits
        join pg_class as child on child.oid = inhrelid
        join pg_namespace on pg_namespace.oid = child.relnamespace
        cross join pg_get_expr(child.relpartbound, child.oid) as bound
        where inhparent = %1$s
        order by 6, 2
        $query$,
        _table::oid, _type);
end
$_$;
ALTER FUNCTION maint.time_partitions(_policy_name text) OWNER TO maint_owner;
CREATE FUNCTION maint.trusted_function(_signature text) RETURNS oid
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    return (
        select oid from pg_proc
        where oid = to_regprocedure(_signature) and maint.is_trusted(proowner)
    );
exception when others then
    -- Unknown types and what is no signature at all are errors there, on some versions.
    return null;
end
$$;
ALTER FUNCTION maint.trusted_function(_signature text) OWNER TO maint_owner;
CREATE FUNCTION maint.validate_check_threshold() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
declare
    _is_positive boolean;
begin
    if new.type = 'text' then
        return new;
    end if;
    begin
        execute format('select %1$L::%2$s > %3$L::%2$s',
            coalesce(new.value, new.default_value), new.type, '0') into _is_positive;
    exception when others then
        _is_positive := false;
    end;
    if not _is_positive then
        raise check_violation using message = format(
            'threshold %s of check %s: %L is no %s above zero', new.name, new.check_name,
            coalesce(new.value, new.default_value), new.type);
    end if;
    return new;
end
$_$;
ALTER FUNCTION maint.validate_check_threshold() OWNER TO maint_owner;
CREATE FUNCTION maint.validate_legal_hold() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
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
ALTER FUNCTION maint.validate_legal_hold() OWNER TO maint_owner;
CREATE FUNCTION maint.validate_retention_policy() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
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
ALTER FUNCTION maint.validate_retention_policy() OWNER TO maint_owner;
CREATE FUNCTION maint.validate_setting() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    if new.name = 'admin_test' and new.value is not null and not exists (
        select from pg_proc
        where oid = maint.trusted_function(new.value) and prorettype = 'boolean'::regtype
            and (pronargs = 0 or pronargs = 1 and proargtypes[0] = 'uuid'::regtype)
    ) then
        raise check_violation using
            message = format('admin_test: %s is no function of a trusted owner that returns boolean '
                'and takes nothing or a uuid', new.value),
            hint = 'Write it with its schema and argument types, for example app.is_admin(uuid).';
    end if;
    return new;
end
$$;
ALTER FUNCTION maint.validate_setting() OWNER TO maint_owner;
CREATE FUNCTION maint.api_roles() RETURNS TABLE(role oid, name text)
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    select pg_roles.oid, rolname::text from pg_roles where rolname in ('anon', 'authenticated')
$$;
ALTER FUNCTION maint.api_roles() OWNER TO maint_owner;
CREATE FUNCTION maint.without_held(_expired text, _hold text) RETURNS text
    LANGUAGE sql IMMUTABLE
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    select _expired || coalesce(' and (' || _hold || ') is not true', '')
$$;
ALTER FUNCTION maint.without_held(_expired text, _hold text) OWNER TO maint_owner;
CREATE FUNCTION public.acknowledge_security_alert(_alert_id uuid, _note text DEFAULT NULL::text) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    perform maint.assert_may_act_on_alert(_alert_id);
    update public.security_alerts
    set acknowledged_at = clock_timestamp(),
        details = coalesce(details, '{}') || maint.alert_note('acknowledged', _note)
    where id = _alert_id and resolved is not true;
    return found;
end
$$;
ALTER FUNCTION public.acknowledge_security_alert(_alert_id uuid, _note text) OWNER TO maint_owner;
CREATE FUNCTION public.cleanup_old_audit_logs() RETURNS jsonb
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    select maint.run_task(
        'cleanup_old_audit_logs', 'select maint.purge(''cleanup_old_audit_logs'')')
$$;
ALTER FUNCTION public.cleanup_old_audit_logs() OWNER TO maint_owner;
CREATE FUNCTION public.cleanup_old_security_alerts() RETURNS jsonb
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    select maint.run_task(
        'cleanup_old_security_alerts', 'select maint.purge(''cleanup_old_security_alerts'')')
$$;
ALTER FUNCTION public.cleanup_old_security_alerts() OWNER TO maint_owner;
CREATE FUNCTION public.get_maintenance_task_history(_days integer DEFAULT 7) RETURNS TABLE(id uuid, task_name text, started_at timestamp with time zone, finished_at timestamp with time zone, status text, details jsonb, error_message text, duration_seconds double precision)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    perform maint.assert_operator();
    if _days is null or _days not between 1 and 3650 then
        raise invalid_parameter_value using
            message = format('_days must be from 1 to 3650, not %s', coalesce(_days::text, 'null'));
    end if;
    return query
        select run.id, run.task_name, run.started_at, run.finished_at, run.status, run.details,
            run.error_message,
            extract(epoch from run.finished_at - run.started_at)::double precision
        from public.maintenance_task_runs as run
        where run.started_at >= now() - make_interval(days => _days)
        order by run.started_at desc, run.id;
end
$$;
ALTER FUNCTION public.get_maintenance_task_history(_days integer) OWNER TO maint_owner;
CREATE FUNCTION public.get_unresolved_security_alerts() RETURNS TABLE(id uuid, alert_type text, severity text, title text, description text, details jsonb, created_at timestamp with time zone, last_seen_at timestamp with time zone, occurrences integer, fingerprint text, acknowledged_at timestamp with time zone, silenced_until timestamp with time zone)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    perform maint.assert_operator();
    return query
        select alert.id, alert.alert_type, alert.severity, alert.title, alert.description,
            alert.details, alert.created_at, coalesce(alert.last_seen_at, alert.created_at),
            alert.occurrences, alert.fingerprint, alert.acknowledged_at, alert.silenced_until
        from public.security_alerts as alert
        where alert.resolved is not true
        order by array_position(array['critical', 'high', 'medium', 'low'], alert.severity),
            alert.created_at desc, alert.id;
end
$$;
ALTER FUNCTION public.get_unresolved_security_alerts() OWNER TO maint_owner;
CREATE FUNCTION public.has_role(_user_id uuid, _role public.app_role) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    select exists (
        select from public.user_roles where user_id = _user_id and role = _role
    )
$$;
ALTER FUNCTION public.has_role(_user_id uuid, _role public.app_role) OWNER TO postgres;
CREATE FUNCTION public.preview_cleanup(_policy text DEFAULT 'cleanup_old_audit_logs'::text) RETURNS jsonb
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
declare
    _cutoff timestamptz;
begin
    perform maint.assert_operator();
    if maint.policy_table(_policy) is null then
        raise undefined_table using
            message = format('the table of retention policy %s does not exist', _policy);
    end if;
    _cutoff := maint.policy_cutoff(_policy);
    return jsonb_build_object('policy', _policy, 'cutoff', _cutoff)
        || maint.preview_purge(_policy, _cutoff);
end
$$;
ALTER FUNCTION public.preview_cleanup(_policy text) OWNER TO maint_owner;
CREATE FUNCTION public.resolve_security_alert(_alert_id uuid, _resolution_notes text DEFAULT NULL::text) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    perform maint.assert_may_act_on_alert(_alert_id);
    return maint.resolve_alert(
        _alert_id,
        jsonb_strip_nulls(jsonb_build_object(
            'resolved_because', 'resolved by hand',
            'resolution_notes', left(_resolution_notes, 10000),
            'resolved_by', maint.caller()
        )),
        maint.caller_user_id()
    ) is not null;
end
$$;
ALTER FUNCTION public.resolve_security_alert(_alert_id uuid, _resolution_notes text) OWNER TO maint_owner;
CREATE FUNCTION public.run_automated_security_checks() RETURNS jsonb
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    select maint.run_task(
        'run_automated_security_checks',
        'select maint.summarize_checks(maint.run_checks(''security''))'
    )
$$;
ALTER FUNCTION public.run_automated_security_checks() OWNER TO maint_owner;
CREATE FUNCTION public.silence_security_alert(_alert_id uuid, _until timestamp with time zone, _note text DEFAULT NULL::text) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
begin
    perform maint.assert_may_act_on_alert(_alert_id);
    if _until <= clock_timestamp() then
        raise invalid_parameter_value using
            message = format('an alert can''t be silenced until %s, which is past', _until),
            hint = 'null ends a silence.';
    end if;
    update public.security_alerts
    set silenced_until = _until,
        details = coalesce(details, '{}') || maint.alert_note('silenced', _note)
    where id = _alert_id and resolved is not true;
    return found;
end
$$;
ALTER FUNCTION public.silence_security_alert(_alert_id uuid, _until timestamp with time zone, _note text) OWNER TO maint_owner;
CREATE FUNCTION public.verify_backup_health() RETURNS jsonb
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $$
    select maint.run_task(
        'verify_backup_health',
        'select maint.summarize_backup_checks(maint.run_checks(''backups''))'
    )
$$;
ALTER FUNCTION public.verify_backup_health() OWNER TO maint_owner;
CREATE TABLE auth.users (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    email text,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);
ALTER TABLE auth.users OWNER TO postgres;
CREATE TABLE maint.activity_hours (
    user_id text NOT NULL,
    hour timestamp with time zone NOT NULL,
    actions integer NOT NULL,
    exports integer NOT NULL
);
ALTER TABLE maint.activity_hours OWNER TO maint_owner;
CREATE TABLE maint.alembic_version (
    version_num character varying(32) NOT NULL
);
ALTER TABLE maint.alembic_version OWNER TO maint_owner;
CREATE TABLE public.security_alerts (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    alert_type text NOT NULL,
    severity text NOT NULL,
    title text NOT NULL,
    description text,
    details jsonb DEFAULT '{}'::jsonb,
    resolved boolean DEFAULT false,
    resolved_at timestamp with time zone,
    resolved_by uuid,
    created_at timestamp with time zone DEFAULT now(),
    fingerprint text,
    occurrences integer DEFAULT 1 NOT NULL,
    last_seen_at timestamp with time zone,
    absences integer DEFAULT 0 NOT NULL,
    acknowledged_at timestamp with time zone,
    silenced_until timestamp with time zone,
    CONSTRAINT security_alerts_severity_known CHECK ((severity = ANY (ARRAY['low'::text, 'medium'::text, 'high'::text, 'critical'::text])))
);
ALTER TABLE public.security_alerts OWNER TO postgres;
COMMENT ON COLUMN public.security_alerts.fingerprint IS 'maint_pipeline: identity: check and object';
COMMENT ON COLUMN public.security_alerts.occurrences IS 'maint_pipeline: times seen';
COMMENT ON COLUMN public.security_alerts.last_seen_at IS 'maint_pipeline: when seen last';
COMMENT ON COLUMN public.security_alerts.absences IS 'maint_pipeline: evaluations since it was seen last';
COMMENT ON COLUMN public.security_alerts.acknowledged_at IS 'maint_pipeline: when somebody took it on';
COMMENT ON COLUMN public.security_alerts.silenced_until IS 'maint_pipeline: nobody wants to hear of it until';
CREATE VIEW maint.alert_state WITH (security_invoker='true') AS
 SELECT security_alerts.severity,
    COALESCE((security_alerts.details ->> 'category'::text), 'other'::text) AS category,
    count(*) AS open,
    count(*) FILTER (WHERE (security_alerts.acknowledged_at IS NOT NULL)) AS acknowledged,
    count(*) FILTER (WHERE (security_alerts.silenced_until > now())) AS silenced,
    min(security_alerts.created_at) AS oldest_at
   FROM public.security_alerts
  WHERE (security_alerts.resolved IS NOT TRUE)
  GROUP BY security_alerts.severity, COALESCE((security_alerts.details ->> 'category'::text), 'other'::text);
ALTER TABLE maint.alert_state OWNER TO maint_owner;
COMMENT ON VIEW maint.alert_state IS 'Open alerts by severity and category.';
CREATE TABLE maint.archived_chunks (
    file text NOT NULL,
    policy_name text NOT NULL,
    table_name text NOT NULL,
    rows bigint NOT NULL,
    bytes bigint NOT NULL,
    sha256 text NOT NULL,
    oldest timestamp with time zone NOT NULL,
    newest timestamp with time zone NOT NULL,
    archived_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);
ALTER TABLE maint.archived_chunks OWNER TO maint_owner;
CREATE TABLE maint.backup_sources (
    source text NOT NULL,
    backup text,
    taken_at timestamp with time zone,
    bytes bigint,
    problem text,
    looked_at timestamp with time zone NOT NULL
);
ALTER TABLE maint.backup_sources OWNER TO maint_owner;
CREATE TABLE maint.check_results (
    check_name text NOT NULL,
    status text NOT NULL,
    findings integer NOT NULL,
    problem text,
    evaluated_at timestamp with time zone NOT NULL,
    CONSTRAINT check_results_status_known CHECK ((status = ANY (ARRAY['passed'::text, 'findings'::text, 'not_applicable'::text, 'failed'::text])))
);
ALTER TABLE maint.check_results OWNER TO maint_owner;
CREATE TABLE maint.restore_proofs (
    id bigint NOT NULL,
    source text NOT NULL,
    backup text,
    taken_at timestamp with time zone,
    bytes bigint,
    started_at timestamp with time zone NOT NULL,
    finished_at timestamp with time zone NOT NULL,
    is_proven boolean NOT NULL,
    problem text,
    newest_row_at timestamp with time zone,
    row_count bigint,
    details jsonb DEFAULT '{}'::jsonb NOT NULL
);
ALTER TABLE maint.restore_proofs OWNER TO maint_owner;
CREATE VIEW maint.backup_state WITH (security_invoker='true') AS
 SELECT max(check_results.findings) FILTER (WHERE (check_results.check_name = 'organization_without_backup'::text)) AS without_backup,
    max(check_results.findings) FILTER (WHERE (check_results.check_name = 'backup_overdue'::text)) AS overdue,
    max(check_results.findings) FILTER (WHERE (check_results.check_name = 'backup_failed'::text)) AS failed,
    max(check_results.findings) FILTER (WHERE (check_results.check_name = 'backup_shrunk'::text)) AS shrunk,
    max(check_results.findings) FILTER (WHERE (check_results.check_name = 'backup_empty'::text)) AS empty,
    max(check_results.evaluated_at) AS checked_at,
    ( SELECT max(restore_proofs.finished_at) AS max
           FROM maint.restore_proofs
          WHERE restore_proofs.is_proven) AS last_proven_at
   FROM maint.check_results
  WHERE (check_results.status = ANY (ARRAY['passed'::text, 'findings'::text]));
ALTER TABLE maint.backup_state OWNER TO maint_owner;
COMMENT ON VIEW maint.backup_state IS 'Organizations by what is wrong with their backups, as the last evaluation saw it, and the last proof that a backup restores. Null: the check is not applicable or has not run.';
CREATE TABLE maint.baseline (
    kind text NOT NULL,
    object text NOT NULL,
    definition text NOT NULL,
    approved_by jsonb NOT NULL,
    approved_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT baseline_kind_known CHECK ((kind = ANY (ARRAY['function'::text, 'grants'::text, 'setting'::text])))
);
ALTER TABLE maint.baseline OWNER TO maint_owner;
CREATE VIEW maint.check_activity_burst AS
 SELECT check_activity_burst.name,
    check_activity_burst.title,
    check_activity_burst.severity,
    check_activity_burst.category,
    check_activity_burst.object,
    check_activity_burst.detail,
    check_activity_burst.remediation,
    check_activity_burst.fingerprint,
    check_activity_burst.metadata
   FROM maint.check_activity_burst() check_activity_burst(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_activity_burst OWNER TO maint_owner;
CREATE VIEW maint.check_address_trying_many_users AS
 SELECT check_address_trying_many_users.name,
    check_address_trying_many_users.title,
    check_address_trying_many_users.severity,
    check_address_trying_many_users.category,
    check_address_trying_many_users.object,
    check_address_trying_many_users.detail,
    check_address_trying_many_users.remediation,
    check_address_trying_many_users.fingerprint,
    check_address_trying_many_users.metadata
   FROM maint.check_address_trying_many_users() check_address_trying_many_users(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_address_trying_many_users OWNER TO maint_owner;
CREATE VIEW maint.check_admin_from_new_origin AS
 SELECT check_admin_from_new_origin.name,
    check_admin_from_new_origin.title,
    check_admin_from_new_origin.severity,
    check_admin_from_new_origin.category,
    check_admin_from_new_origin.object,
    check_admin_from_new_origin.detail,
    check_admin_from_new_origin.remediation,
    check_admin_from_new_origin.fingerprint,
    check_admin_from_new_origin.metadata
   FROM maint.check_admin_from_new_origin() check_admin_from_new_origin(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_admin_from_new_origin OWNER TO maint_owner;
CREATE VIEW maint.check_admin_outside_working_hours AS
 SELECT check_admin_outside_working_hours.name,
    check_admin_outside_working_hours.title,
    check_admin_outside_working_hours.severity,
    check_admin_outside_working_hours.category,
    check_admin_outside_working_hours.object,
    check_admin_outside_working_hours.detail,
    check_admin_outside_working_hours.remediation,
    check_admin_outside_working_hours.fingerprint,
    check_admin_outside_working_hours.metadata
   FROM maint.check_admin_outside_working_hours() check_admin_outside_working_hours(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_admin_outside_working_hours OWNER TO maint_owner;
CREATE VIEW maint.check_archive_backlog AS
 SELECT check_archive_backlog.name,
    check_archive_backlog.title,
    check_archive_backlog.severity,
    check_archive_backlog.category,
    check_archive_backlog.object,
    check_archive_backlog.detail,
    check_archive_backlog.remediation,
    check_archive_backlog.fingerprint,
    check_archive_backlog.metadata
   FROM maint.check_archive_backlog() check_archive_backlog(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_archive_backlog OWNER TO maint_owner;
CREATE VIEW maint.check_archiver_discards AS
 SELECT check_archiver_discards.name,
    check_archiver_discards.title,
    check_archiver_discards.severity,
    check_archiver_discards.category,
    check_archiver_discards.object,
    check_archiver_discards.detail,
    check_archiver_discards.remediation,
    check_archiver_discards.fingerprint,
    check_archiver_discards.metadata
   FROM maint.check_archiver_discards() check_archiver_discards(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_archiver_discards OWNER TO maint_owner;
CREATE VIEW maint.check_archiver_failing AS
 SELECT check_archiver_failing.name,
    check_archiver_failing.title,
    check_archiver_failing.severity,
    check_archiver_failing.category,
    check_archiver_failing.object,
    check_archiver_failing.detail,
    check_archiver_failing.remediation,
    check_archiver_failing.fingerprint,
    check_archiver_failing.metadata
   FROM maint.check_archiver_failing() check_archiver_failing(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_archiver_failing OWNER TO maint_owner;
CREATE VIEW maint.check_audit_log_gap AS
 SELECT check_audit_log_gap.name,
    check_audit_log_gap.title,
    check_audit_log_gap.severity,
    check_audit_log_gap.category,
    check_audit_log_gap.object,
    check_audit_log_gap.detail,
    check_audit_log_gap.remediation,
    check_audit_log_gap.fingerprint,
    check_audit_log_gap.metadata
   FROM maint.check_audit_log_gap() check_audit_log_gap(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_audit_log_gap OWNER TO maint_owner;
CREATE VIEW maint.check_audit_log_silent AS
 SELECT check_audit_log_silent.name,
    check_audit_log_silent.title,
    check_audit_log_silent.severity,
    check_audit_log_silent.category,
    check_audit_log_silent.object,
    check_audit_log_silent.detail,
    check_audit_log_silent.remediation,
    check_audit_log_silent.fingerprint,
    check_audit_log_silent.metadata
   FROM maint.check_audit_log_silent() check_audit_log_silent(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_audit_log_silent OWNER TO maint_owner;
CREATE VIEW maint.check_audit_rows_misdated AS
 SELECT check_audit_rows_misdated.name,
    check_audit_rows_misdated.title,
    check_audit_rows_misdated.severity,
    check_audit_rows_misdated.category,
    check_audit_rows_misdated.object,
    check_audit_rows_misdated.detail,
    check_audit_rows_misdated.remediation,
    check_audit_rows_misdated.fingerprint,
    check_audit_rows_misdated.metadata
   FROM maint.check_audit_rows_misdated() check_audit_rows_misdated(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_audit_rows_misdated OWNER TO maint_owner;
CREATE VIEW maint.check_auth_users_exposed AS
 SELECT check_auth_users_exposed.name,
    check_auth_users_exposed.title,
    check_auth_users_exposed.severity,
    check_auth_users_exposed.category,
    check_auth_users_exposed.object,
    check_auth_users_exposed.detail,
    check_auth_users_exposed.remediation,
    check_auth_users_exposed.fingerprint,
    check_auth_users_exposed.metadata
   FROM maint.check_auth_users_exposed() check_auth_users_exposed(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_auth_users_exposed OWNER TO maint_owner;
CREATE VIEW maint.check_autovacuum_off AS
 SELECT check_autovacuum_off.name,
    check_autovacuum_off.title,
    check_autovacuum_off.severity,
    check_autovacuum_off.category,
    check_autovacuum_off.object,
    check_autovacuum_off.detail,
    check_autovacuum_off.remediation,
    check_autovacuum_off.fingerprint,
    check_autovacuum_off.metadata
   FROM maint.check_autovacuum_off() check_autovacuum_off(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_autovacuum_off OWNER TO maint_owner;
CREATE VIEW maint.check_backup_empty AS
 SELECT check_backup_empty.name,
    check_backup_empty.title,
    check_backup_empty.severity,
    check_backup_empty.category,
    check_backup_empty.object,
    check_backup_empty.detail,
    check_backup_empty.remediation,
    check_backup_empty.fingerprint,
    check_backup_empty.metadata
   FROM maint.check_backup_empty() check_backup_empty(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_backup_empty OWNER TO maint_owner;
CREATE VIEW maint.check_backup_failed AS
 SELECT check_backup_failed.name,
    check_backup_failed.title,
    check_backup_failed.severity,
    check_backup_failed.category,
    check_backup_failed.object,
    check_backup_failed.detail,
    check_backup_failed.remediation,
    check_backup_failed.fingerprint,
    check_backup_failed.metadata
   FROM maint.check_backup_failed() check_backup_failed(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_backup_failed OWNER TO maint_owner;
CREATE VIEW maint.check_backup_overdue AS
 SELECT check_backup_overdue.name,
    check_backup_overdue.title,
    check_backup_overdue.severity,
    check_backup_overdue.category,
    check_backup_overdue.object,
    check_backup_overdue.detail,
    check_backup_overdue.remediation,
    check_backup_overdue.fingerprint,
    check_backup_overdue.metadata
   FROM maint.check_backup_overdue() check_backup_overdue(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_backup_overdue OWNER TO maint_owner;
CREATE VIEW maint.check_backup_settings_incomplete AS
 SELECT check_backup_settings_incomplete.name,
    check_backup_settings_incomplete.title,
    check_backup_settings_incomplete.severity,
    check_backup_settings_incomplete.category,
    check_backup_settings_incomplete.object,
    check_backup_settings_incomplete.detail,
    check_backup_settings_incomplete.remediation,
    check_backup_settings_incomplete.fingerprint,
    check_backup_settings_incomplete.metadata
   FROM maint.check_backup_settings_incomplete() check_backup_settings_incomplete(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_backup_settings_incomplete OWNER TO maint_owner;
CREATE VIEW maint.check_backup_shrunk AS
 SELECT check_backup_shrunk.name,
    check_backup_shrunk.title,
    check_backup_shrunk.severity,
    check_backup_shrunk.category,
    check_backup_shrunk.object,
    check_backup_shrunk.detail,
    check_backup_shrunk.remediation,
    check_backup_shrunk.fingerprint,
    check_backup_shrunk.metadata
   FROM maint.check_backup_shrunk() check_backup_shrunk(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_backup_shrunk OWNER TO maint_owner;
CREATE VIEW maint.check_backup_stuck AS
 SELECT check_backup_stuck.name,
    check_backup_stuck.title,
    check_backup_stuck.severity,
    check_backup_stuck.category,
    check_backup_stuck.object,
    check_backup_stuck.detail,
    check_backup_stuck.remediation,
    check_backup_stuck.fingerprint,
    check_backup_stuck.metadata
   FROM maint.check_backup_stuck() check_backup_stuck(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_backup_stuck OWNER TO maint_owner;
CREATE VIEW maint.check_base_backup_overdue AS
 SELECT check_base_backup_overdue.name,
    check_base_backup_overdue.title,
    check_base_backup_overdue.severity,
    check_base_backup_overdue.category,
    check_base_backup_overdue.object,
    check_base_backup_overdue.detail,
    check_base_backup_overdue.remediation,
    check_base_backup_overdue.fingerprint,
    check_base_backup_overdue.metadata
   FROM maint.check_base_backup_overdue() check_base_backup_overdue(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_base_backup_overdue OWNER TO maint_owner;
CREATE VIEW maint.check_connection_logging_off AS
 SELECT check_connection_logging_off.name,
    check_connection_logging_off.title,
    check_connection_logging_off.severity,
    check_connection_logging_off.category,
    check_connection_logging_off.object,
    check_connection_logging_off.detail,
    check_connection_logging_off.remediation,
    check_connection_logging_off.fingerprint,
    check_connection_logging_off.metadata
   FROM maint.check_connection_logging_off() check_connection_logging_off(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_connection_logging_off OWNER TO maint_owner;
CREATE VIEW maint.check_data_checksums_off AS
 SELECT check_data_checksums_off.name,
    check_data_checksums_off.title,
    check_data_checksums_off.severity,
    check_data_checksums_off.category,
    check_data_checksums_off.object,
    check_data_checksums_off.detail,
    check_data_checksums_off.remediation,
    check_data_checksums_off.fingerprint,
    check_data_checksums_off.metadata
   FROM maint.check_data_checksums_off() check_data_checksums_off(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_data_checksums_off OWNER TO maint_owner;
CREATE VIEW maint.check_ddl_logging_off AS
 SELECT check_ddl_logging_off.name,
    check_ddl_logging_off.title,
    check_ddl_logging_off.severity,
    check_ddl_logging_off.category,
    check_ddl_logging_off.object,
    check_ddl_logging_off.detail,
    check_ddl_logging_off.remediation,
    check_ddl_logging_off.fingerprint,
    check_ddl_logging_off.metadata
   FROM maint.check_ddl_logging_off() check_ddl_logging_off(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_ddl_logging_off OWNER TO maint_owner;
CREATE VIEW maint.check_default_privileges_for_visitors AS
 SELECT check_default_privileges_for_visitors.name,
    check_default_privileges_for_visitors.title,
    check_default_privileges_for_visitors.severity,
    check_default_privileges_for_visitors.category,
    check_default_privileges_for_visitors.object,
    check_default_privileges_for_visitors.detail,
    check_default_privileges_for_visitors.remediation,
    check_default_privileges_for_visitors.fingerprint,
    check_default_privileges_for_visitors.metadata
   FROM maint.check_default_privileges_for_visitors() check_default_privileges_for_visitors(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_default_privileges_for_visitors OWNER TO maint_owner;
CREATE VIEW maint.check_definer_function_callable AS
 SELECT check_definer_function_callable.name,
    check_definer_function_callable.title,
    check_definer_function_callable.severity,
    check_definer_function_callable.category,
    check_definer_function_callable.object,
    check_definer_function_callable.detail,
    check_definer_function_callable.remediation,
    check_definer_function_callable.fingerprint,
    check_definer_function_callable.metadata
   FROM maint.check_definer_function_callable() check_definer_function_callable(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_definer_function_callable OWNER TO maint_owner;
CREATE VIEW maint.check_definer_function_search_path AS
 SELECT check_definer_function_search_path.name,
    check_definer_function_search_path.title,
    check_definer_function_search_path.severity,
    check_definer_function_search_path.category,
    check_definer_function_search_path.object,
    check_definer_function_search_path.detail,
    check_definer_function_search_path.remediation,
    check_definer_function_search_path.fingerprint,
    check_definer_function_search_path.metadata
   FROM maint.check_definer_function_search_path() check_definer_function_search_path(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_definer_function_search_path OWNER TO maint_owner;
CREATE VIEW maint.check_drift_from_baseline AS
 SELECT check_drift_from_baseline.name,
    check_drift_from_baseline.title,
    check_drift_from_baseline.severity,
    check_drift_from_baseline.category,
    check_drift_from_baseline.object,
    check_drift_from_baseline.detail,
    check_drift_from_baseline.remediation,
    check_drift_from_baseline.fingerprint,
    check_drift_from_baseline.metadata
   FROM maint.check_drift_from_baseline() check_drift_from_baseline(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_drift_from_baseline OWNER TO maint_owner;
CREATE VIEW maint.check_duplicate_indexes AS
 SELECT check_duplicate_indexes.name,
    check_duplicate_indexes.title,
    check_duplicate_indexes.severity,
    check_duplicate_indexes.category,
    check_duplicate_indexes.object,
    check_duplicate_indexes.detail,
    check_duplicate_indexes.remediation,
    check_duplicate_indexes.fingerprint,
    check_duplicate_indexes.metadata
   FROM maint.check_duplicate_indexes() check_duplicate_indexes(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_duplicate_indexes OWNER TO maint_owner;
CREATE VIEW maint.check_durability_off AS
 SELECT check_durability_off.name,
    check_durability_off.title,
    check_durability_off.severity,
    check_durability_off.category,
    check_durability_off.object,
    check_durability_off.detail,
    check_durability_off.remediation,
    check_durability_off.fingerprint,
    check_durability_off.metadata
   FROM maint.check_durability_off() check_durability_off(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_durability_off OWNER TO maint_owner;
CREATE VIEW maint.check_extension_in_public AS
 SELECT check_extension_in_public.name,
    check_extension_in_public.title,
    check_extension_in_public.severity,
    check_extension_in_public.category,
    check_extension_in_public.object,
    check_extension_in_public.detail,
    check_extension_in_public.remediation,
    check_extension_in_public.fingerprint,
    check_extension_in_public.metadata
   FROM maint.check_extension_in_public() check_extension_in_public(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_extension_in_public OWNER TO maint_owner;
CREATE VIEW maint.check_extension_outdated AS
 SELECT check_extension_outdated.name,
    check_extension_outdated.title,
    check_extension_outdated.severity,
    check_extension_outdated.category,
    check_extension_outdated.object,
    check_extension_outdated.detail,
    check_extension_outdated.remediation,
    check_extension_outdated.fingerprint,
    check_extension_outdated.metadata
   FROM maint.check_extension_outdated() check_extension_outdated(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_extension_outdated OWNER TO maint_owner;
CREATE VIEW maint.check_failed_sign_ins AS
 SELECT check_failed_sign_ins.name,
    check_failed_sign_ins.title,
    check_failed_sign_ins.severity,
    check_failed_sign_ins.category,
    check_failed_sign_ins.object,
    check_failed_sign_ins.detail,
    check_failed_sign_ins.remediation,
    check_failed_sign_ins.fingerprint,
    check_failed_sign_ins.metadata
   FROM maint.check_failed_sign_ins() check_failed_sign_ins(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_failed_sign_ins OWNER TO maint_owner;
CREATE VIEW maint.check_failed_sign_ins_from_address AS
 SELECT check_failed_sign_ins_from_address.name,
    check_failed_sign_ins_from_address.title,
    check_failed_sign_ins_from_address.severity,
    check_failed_sign_ins_from_address.category,
    check_failed_sign_ins_from_address.object,
    check_failed_sign_ins_from_address.detail,
    check_failed_sign_ins_from_address.remediation,
    check_failed_sign_ins_from_address.fingerprint,
    check_failed_sign_ins_from_address.metadata
   FROM maint.check_failed_sign_ins_from_address() check_failed_sign_ins_from_address(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_failed_sign_ins_from_address OWNER TO maint_owner;
CREATE VIEW maint.check_first_tax_number_read AS
 SELECT check_first_tax_number_read.name,
    check_first_tax_number_read.title,
    check_first_tax_number_read.severity,
    check_first_tax_number_read.category,
    check_first_tax_number_read.object,
    check_first_tax_number_read.detail,
    check_first_tax_number_read.remediation,
    check_first_tax_number_read.fingerprint,
    check_first_tax_number_read.metadata
   FROM maint.check_first_tax_number_read() check_first_tax_number_read(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_first_tax_number_read OWNER TO maint_owner;
CREATE VIEW maint.check_foreign_key_to_unique_of_auth AS
 SELECT check_foreign_key_to_unique_of_auth.name,
    check_foreign_key_to_unique_of_auth.title,
    check_foreign_key_to_unique_of_auth.severity,
    check_foreign_key_to_unique_of_auth.category,
    check_foreign_key_to_unique_of_auth.object,
    check_foreign_key_to_unique_of_auth.detail,
    check_foreign_key_to_unique_of_auth.remediation,
    check_foreign_key_to_unique_of_auth.fingerprint,
    check_foreign_key_to_unique_of_auth.metadata
   FROM maint.check_foreign_key_to_unique_of_auth() check_foreign_key_to_unique_of_auth(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_foreign_key_to_unique_of_auth OWNER TO maint_owner;
CREATE VIEW maint.check_foreign_key_without_index AS
 SELECT check_foreign_key_without_index.name,
    check_foreign_key_without_index.title,
    check_foreign_key_without_index.severity,
    check_foreign_key_without_index.category,
    check_foreign_key_without_index.object,
    check_foreign_key_without_index.detail,
    check_foreign_key_without_index.remediation,
    check_foreign_key_without_index.fingerprint,
    check_foreign_key_without_index.metadata
   FROM maint.check_foreign_key_without_index() check_foreign_key_without_index(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_foreign_key_without_index OWNER TO maint_owner;
CREATE VIEW maint.check_foreign_table_exposed AS
 SELECT check_foreign_table_exposed.name,
    check_foreign_table_exposed.title,
    check_foreign_table_exposed.severity,
    check_foreign_table_exposed.category,
    check_foreign_table_exposed.object,
    check_foreign_table_exposed.detail,
    check_foreign_table_exposed.remediation,
    check_foreign_table_exposed.fingerprint,
    check_foreign_table_exposed.metadata
   FROM maint.check_foreign_table_exposed() check_foreign_table_exposed(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_foreign_table_exposed OWNER TO maint_owner;
CREATE VIEW maint.check_function_search_path AS
 SELECT check_function_search_path.name,
    check_function_search_path.title,
    check_function_search_path.severity,
    check_function_search_path.category,
    check_function_search_path.object,
    check_function_search_path.detail,
    check_function_search_path.remediation,
    check_function_search_path.fingerprint,
    check_function_search_path.metadata
   FROM maint.check_function_search_path() check_function_search_path(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_function_search_path OWNER TO maint_owner;
CREATE VIEW maint.check_graphql_shows_tables AS
 SELECT check_graphql_shows_tables.name,
    check_graphql_shows_tables.title,
    check_graphql_shows_tables.severity,
    check_graphql_shows_tables.category,
    check_graphql_shows_tables.object,
    check_graphql_shows_tables.detail,
    check_graphql_shows_tables.remediation,
    check_graphql_shows_tables.fingerprint,
    check_graphql_shows_tables.metadata
   FROM maint.check_graphql_shows_tables() check_graphql_shows_tables(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_graphql_shows_tables OWNER TO maint_owner;
CREATE VIEW maint.check_hba_cleartext_password AS
 SELECT check_hba_cleartext_password.name,
    check_hba_cleartext_password.title,
    check_hba_cleartext_password.severity,
    check_hba_cleartext_password.category,
    check_hba_cleartext_password.object,
    check_hba_cleartext_password.detail,
    check_hba_cleartext_password.remediation,
    check_hba_cleartext_password.fingerprint,
    check_hba_cleartext_password.metadata
   FROM maint.check_hba_cleartext_password() check_hba_cleartext_password(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_hba_cleartext_password OWNER TO maint_owner;
CREATE VIEW maint.check_hba_errors AS
 SELECT check_hba_errors.name,
    check_hba_errors.title,
    check_hba_errors.severity,
    check_hba_errors.category,
    check_hba_errors.object,
    check_hba_errors.detail,
    check_hba_errors.remediation,
    check_hba_errors.fingerprint,
    check_hba_errors.metadata
   FROM maint.check_hba_errors() check_hba_errors(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_hba_errors OWNER TO maint_owner;
CREATE VIEW maint.check_hba_md5 AS
 SELECT check_hba_md5.name,
    check_hba_md5.title,
    check_hba_md5.severity,
    check_hba_md5.category,
    check_hba_md5.object,
    check_hba_md5.detail,
    check_hba_md5.remediation,
    check_hba_md5.fingerprint,
    check_hba_md5.metadata
   FROM maint.check_hba_md5() check_hba_md5(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_hba_md5 OWNER TO maint_owner;
CREATE VIEW maint.check_hba_open_to_all AS
 SELECT check_hba_open_to_all.name,
    check_hba_open_to_all.title,
    check_hba_open_to_all.severity,
    check_hba_open_to_all.category,
    check_hba_open_to_all.object,
    check_hba_open_to_all.detail,
    check_hba_open_to_all.remediation,
    check_hba_open_to_all.fingerprint,
    check_hba_open_to_all.metadata
   FROM maint.check_hba_open_to_all() check_hba_open_to_all(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_hba_open_to_all OWNER TO maint_owner;
CREATE VIEW maint.check_hba_trust AS
 SELECT check_hba_trust.name,
    check_hba_trust.title,
    check_hba_trust.severity,
    check_hba_trust.category,
    check_hba_trust.object,
    check_hba_trust.detail,
    check_hba_trust.remediation,
    check_hba_trust.fingerprint,
    check_hba_trust.metadata
   FROM maint.check_hba_trust() check_hba_trust(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_hba_trust OWNER TO maint_owner;
CREATE VIEW maint.check_id_enumeration AS
 SELECT check_id_enumeration.name,
    check_id_enumeration.title,
    check_id_enumeration.severity,
    check_id_enumeration.category,
    check_id_enumeration.object,
    check_id_enumeration.detail,
    check_id_enumeration.remediation,
    check_id_enumeration.fingerprint,
    check_id_enumeration.metadata
   FROM maint.check_id_enumeration() check_id_enumeration(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_id_enumeration OWNER TO maint_owner;
CREATE VIEW maint.check_invalid_index AS
 SELECT check_invalid_index.name,
    check_invalid_index.title,
    check_invalid_index.severity,
    check_invalid_index.category,
    check_invalid_index.object,
    check_invalid_index.detail,
    check_invalid_index.remediation,
    check_invalid_index.fingerprint,
    check_invalid_index.metadata
   FROM maint.check_invalid_index() check_invalid_index(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_invalid_index OWNER TO maint_owner;
CREATE VIEW maint.check_many_administrators AS
 SELECT check_many_administrators.name,
    check_many_administrators.title,
    check_many_administrators.severity,
    check_many_administrators.category,
    check_many_administrators.object,
    check_many_administrators.detail,
    check_many_administrators.remediation,
    check_many_administrators.fingerprint,
    check_many_administrators.metadata
   FROM maint.check_many_administrators() check_many_administrators(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_many_administrators OWNER TO maint_owner;
CREATE VIEW maint.check_many_role_members AS
 SELECT check_many_role_members.name,
    check_many_role_members.title,
    check_many_role_members.severity,
    check_many_role_members.category,
    check_many_role_members.object,
    check_many_role_members.detail,
    check_many_role_members.remediation,
    check_many_role_members.fingerprint,
    check_many_role_members.metadata
   FROM maint.check_many_role_members() check_many_role_members(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_many_role_members OWNER TO maint_owner;
CREATE VIEW maint.check_mass_delete AS
 SELECT check_mass_delete.name,
    check_mass_delete.title,
    check_mass_delete.severity,
    check_mass_delete.category,
    check_mass_delete.object,
    check_mass_delete.detail,
    check_mass_delete.remediation,
    check_mass_delete.fingerprint,
    check_mass_delete.metadata
   FROM maint.check_mass_delete() check_mass_delete(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_mass_delete OWNER TO maint_owner;
CREATE VIEW maint.check_mass_export AS
 SELECT check_mass_export.name,
    check_mass_export.title,
    check_mass_export.severity,
    check_mass_export.category,
    check_mass_export.object,
    check_mass_export.detail,
    check_mass_export.remediation,
    check_mass_export.fingerprint,
    check_mass_export.metadata
   FROM maint.check_mass_export() check_mass_export(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_mass_export OWNER TO maint_owner;
CREATE VIEW maint.check_mass_read AS
 SELECT check_mass_read.name,
    check_mass_read.title,
    check_mass_read.severity,
    check_mass_read.category,
    check_mass_read.object,
    check_mass_read.detail,
    check_mass_read.remediation,
    check_mass_read.fingerprint,
    check_mass_read.metadata
   FROM maint.check_mass_read() check_mass_read(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_mass_read OWNER TO maint_owner;
CREATE VIEW maint.check_materialized_view_exposed AS
 SELECT check_materialized_view_exposed.name,
    check_materialized_view_exposed.title,
    check_materialized_view_exposed.severity,
    check_materialized_view_exposed.category,
    check_materialized_view_exposed.object,
    check_materialized_view_exposed.detail,
    check_materialized_view_exposed.remediation,
    check_materialized_view_exposed.fingerprint,
    check_materialized_view_exposed.metadata
   FROM maint.check_materialized_view_exposed() check_materialized_view_exposed(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_materialized_view_exposed OWNER TO maint_owner;
CREATE VIEW maint.check_member_of_server_roles AS
 SELECT check_member_of_server_roles.name,
    check_member_of_server_roles.title,
    check_member_of_server_roles.severity,
    check_member_of_server_roles.category,
    check_member_of_server_roles.object,
    check_member_of_server_roles.detail,
    check_member_of_server_roles.remediation,
    check_member_of_server_roles.fingerprint,
    check_member_of_server_roles.metadata
   FROM maint.check_member_of_server_roles() check_member_of_server_roles(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_member_of_server_roles OWNER TO maint_owner;
CREATE VIEW maint.check_new_administrator AS
 SELECT check_new_administrator.name,
    check_new_administrator.title,
    check_new_administrator.severity,
    check_new_administrator.category,
    check_new_administrator.object,
    check_new_administrator.detail,
    check_new_administrator.remediation,
    check_new_administrator.fingerprint,
    check_new_administrator.metadata
   FROM maint.check_new_administrator() check_new_administrator(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_new_administrator OWNER TO maint_owner;
CREATE VIEW maint.check_organization_without_backup AS
 SELECT check_organization_without_backup.name,
    check_organization_without_backup.title,
    check_organization_without_backup.severity,
    check_organization_without_backup.category,
    check_organization_without_backup.object,
    check_organization_without_backup.detail,
    check_organization_without_backup.remediation,
    check_organization_without_backup.fingerprint,
    check_organization_without_backup.metadata
   FROM maint.check_organization_without_backup() check_organization_without_backup(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_organization_without_backup OWNER TO maint_owner;
CREATE VIEW maint.check_password_encryption_md5 AS
 SELECT check_password_encryption_md5.name,
    check_password_encryption_md5.title,
    check_password_encryption_md5.severity,
    check_password_encryption_md5.category,
    check_password_encryption_md5.object,
    check_password_encryption_md5.detail,
    check_password_encryption_md5.remediation,
    check_password_encryption_md5.fingerprint,
    check_password_encryption_md5.metadata
   FROM maint.check_password_encryption_md5() check_password_encryption_md5(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_password_encryption_md5 OWNER TO maint_owner;
CREATE VIEW maint.check_password_expired AS
 SELECT check_password_expired.name,
    check_password_expired.title,
    check_password_expired.severity,
    check_password_expired.category,
    check_password_expired.object,
    check_password_expired.detail,
    check_password_expired.remediation,
    check_password_expired.fingerprint,
    check_password_expired.metadata
   FROM maint.check_password_expired() check_password_expired(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_password_expired OWNER TO maint_owner;
CREATE VIEW maint.check_password_md5 AS
 SELECT check_password_md5.name,
    check_password_md5.title,
    check_password_md5.severity,
    check_password_md5.category,
    check_password_md5.object,
    check_password_md5.detail,
    check_password_md5.remediation,
    check_password_md5.fingerprint,
    check_password_md5.metadata
   FROM maint.check_password_md5() check_password_md5(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_password_md5 OWNER TO maint_owner;
CREATE VIEW maint.check_password_never_expires AS
 SELECT check_password_never_expires.name,
    check_password_never_expires.title,
    check_password_never_expires.severity,
    check_password_never_expires.category,
    check_password_never_expires.object,
    check_password_never_expires.detail,
    check_password_never_expires.remediation,
    check_password_never_expires.fingerprint,
    check_password_never_expires.metadata
   FROM maint.check_password_never_expires() check_password_never_expires(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_password_never_expires OWNER TO maint_owner;
CREATE VIEW maint.check_policies_without_row_security AS
 SELECT check_policies_without_row_security.name,
    check_policies_without_row_security.title,
    check_policies_without_row_security.severity,
    check_policies_without_row_security.category,
    check_policies_without_row_security.object,
    check_policies_without_row_security.detail,
    check_policies_without_row_security.remediation,
    check_policies_without_row_security.fingerprint,
    check_policies_without_row_security.metadata
   FROM maint.check_policies_without_row_security() check_policies_without_row_security(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_policies_without_row_security OWNER TO maint_owner;
CREATE VIEW maint.check_policy_always_true AS
 SELECT check_policy_always_true.name,
    check_policy_always_true.title,
    check_policy_always_true.severity,
    check_policy_always_true.category,
    check_policy_always_true.object,
    check_policy_always_true.detail,
    check_policy_always_true.remediation,
    check_policy_always_true.fingerprint,
    check_policy_always_true.metadata
   FROM maint.check_policy_always_true() check_policy_always_true(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_policy_always_true OWNER TO maint_owner;
CREATE VIEW maint.check_policy_evaluated_per_row AS
 SELECT check_policy_evaluated_per_row.name,
    check_policy_evaluated_per_row.title,
    check_policy_evaluated_per_row.severity,
    check_policy_evaluated_per_row.category,
    check_policy_evaluated_per_row.object,
    check_policy_evaluated_per_row.detail,
    check_policy_evaluated_per_row.remediation,
    check_policy_evaluated_per_row.fingerprint,
    check_policy_evaluated_per_row.metadata
   FROM maint.check_policy_evaluated_per_row() check_policy_evaluated_per_row(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_policy_evaluated_per_row OWNER TO maint_owner;
CREATE VIEW maint.check_policy_for_anonymous_sign_ins AS
 SELECT check_policy_for_anonymous_sign_ins.name,
    check_policy_for_anonymous_sign_ins.title,
    check_policy_for_anonymous_sign_ins.severity,
    check_policy_for_anonymous_sign_ins.category,
    check_policy_for_anonymous_sign_ins.object,
    check_policy_for_anonymous_sign_ins.detail,
    check_policy_for_anonymous_sign_ins.remediation,
    check_policy_for_anonymous_sign_ins.fingerprint,
    check_policy_for_anonymous_sign_ins.metadata
   FROM maint.check_policy_for_anonymous_sign_ins() check_policy_for_anonymous_sign_ins(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_policy_for_anonymous_sign_ins OWNER TO maint_owner;
CREATE VIEW maint.check_policy_true_without_user AS
 SELECT check_policy_true_without_user.name,
    check_policy_true_without_user.title,
    check_policy_true_without_user.severity,
    check_policy_true_without_user.category,
    check_policy_true_without_user.object,
    check_policy_true_without_user.detail,
    check_policy_true_without_user.remediation,
    check_policy_true_without_user.fingerprint,
    check_policy_true_without_user.metadata
   FROM maint.check_policy_true_without_user() check_policy_true_without_user(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_policy_true_without_user OWNER TO maint_owner;
CREATE VIEW maint.check_policy_trusts_user_metadata AS
 SELECT check_policy_trusts_user_metadata.name,
    check_policy_trusts_user_metadata.title,
    check_policy_trusts_user_metadata.severity,
    check_policy_trusts_user_metadata.category,
    check_policy_trusts_user_metadata.object,
    check_policy_trusts_user_metadata.detail,
    check_policy_trusts_user_metadata.remediation,
    check_policy_trusts_user_metadata.fingerprint,
    check_policy_trusts_user_metadata.metadata
   FROM maint.check_policy_trusts_user_metadata() check_policy_trusts_user_metadata(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_policy_trusts_user_metadata OWNER TO maint_owner;
CREATE VIEW maint.check_privileges_granted AS
 SELECT check_privileges_granted.name,
    check_privileges_granted.title,
    check_privileges_granted.severity,
    check_privileges_granted.category,
    check_privileges_granted.object,
    check_privileges_granted.detail,
    check_privileges_granted.remediation,
    check_privileges_granted.fingerprint,
    check_privileges_granted.metadata
   FROM maint.check_privileges_granted() check_privileges_granted(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_privileges_granted OWNER TO maint_owner;
CREATE VIEW maint.check_profile_enumeration AS
 SELECT check_profile_enumeration.name,
    check_profile_enumeration.title,
    check_profile_enumeration.severity,
    check_profile_enumeration.category,
    check_profile_enumeration.object,
    check_profile_enumeration.detail,
    check_profile_enumeration.remediation,
    check_profile_enumeration.fingerprint,
    check_profile_enumeration.metadata
   FROM maint.check_profile_enumeration() check_profile_enumeration(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_profile_enumeration OWNER TO maint_owner;
CREATE VIEW maint.check_public_bucket_lists AS
 SELECT check_public_bucket_lists.name,
    check_public_bucket_lists.title,
    check_public_bucket_lists.severity,
    check_public_bucket_lists.category,
    check_public_bucket_lists.object,
    check_public_bucket_lists.detail,
    check_public_bucket_lists.remediation,
    check_public_bucket_lists.fingerprint,
    check_public_bucket_lists.metadata
   FROM maint.check_public_bucket_lists() check_public_bucket_lists(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_public_bucket_lists OWNER TO maint_owner;
CREATE VIEW maint.check_queue_exposed AS
 SELECT check_queue_exposed.name,
    check_queue_exposed.title,
    check_queue_exposed.severity,
    check_queue_exposed.category,
    check_queue_exposed.object,
    check_queue_exposed.detail,
    check_queue_exposed.remediation,
    check_queue_exposed.fingerprint,
    check_queue_exposed.metadata
   FROM maint.check_queue_exposed() check_queue_exposed(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_queue_exposed OWNER TO maint_owner;
CREATE VIEW maint.check_rate_limit_abuse AS
 SELECT check_rate_limit_abuse.name,
    check_rate_limit_abuse.title,
    check_rate_limit_abuse.severity,
    check_rate_limit_abuse.category,
    check_rate_limit_abuse.object,
    check_rate_limit_abuse.detail,
    check_rate_limit_abuse.remediation,
    check_rate_limit_abuse.fingerprint,
    check_rate_limit_abuse.metadata
   FROM maint.check_rate_limit_abuse() check_rate_limit_abuse(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_rate_limit_abuse OWNER TO maint_owner;
CREATE VIEW maint.check_replication_slot_inactive AS
 SELECT check_replication_slot_inactive.name,
    check_replication_slot_inactive.title,
    check_replication_slot_inactive.severity,
    check_replication_slot_inactive.category,
    check_replication_slot_inactive.object,
    check_replication_slot_inactive.detail,
    check_replication_slot_inactive.remediation,
    check_replication_slot_inactive.fingerprint,
    check_replication_slot_inactive.metadata
   FROM maint.check_replication_slot_inactive() check_replication_slot_inactive(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_replication_slot_inactive OWNER TO maint_owner;
CREATE VIEW maint.check_restore_unproven AS
 SELECT check_restore_unproven.name,
    check_restore_unproven.title,
    check_restore_unproven.severity,
    check_restore_unproven.category,
    check_restore_unproven.object,
    check_restore_unproven.detail,
    check_restore_unproven.remediation,
    check_restore_unproven.fingerprint,
    check_restore_unproven.metadata
   FROM maint.check_restore_unproven() check_restore_unproven(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_restore_unproven OWNER TO maint_owner;
CREATE VIEW maint.check_role_bypasses_row_security AS
 SELECT check_role_bypasses_row_security.name,
    check_role_bypasses_row_security.title,
    check_role_bypasses_row_security.severity,
    check_role_bypasses_row_security.category,
    check_role_bypasses_row_security.object,
    check_role_bypasses_row_security.detail,
    check_role_bypasses_row_security.remediation,
    check_role_bypasses_row_security.fingerprint,
    check_role_bypasses_row_security.metadata
   FROM maint.check_role_bypasses_row_security() check_role_bypasses_row_security(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_role_bypasses_row_security OWNER TO maint_owner;
CREATE VIEW maint.check_role_creates_roles AS
 SELECT check_role_creates_roles.name,
    check_role_creates_roles.title,
    check_role_creates_roles.severity,
    check_role_creates_roles.category,
    check_role_creates_roles.object,
    check_role_creates_roles.detail,
    check_role_creates_roles.remediation,
    check_role_creates_roles.fingerprint,
    check_role_creates_roles.metadata
   FROM maint.check_role_creates_roles() check_role_creates_roles(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_role_creates_roles OWNER TO maint_owner;
CREATE VIEW maint.check_role_replicates AS
 SELECT check_role_replicates.name,
    check_role_replicates.title,
    check_role_replicates.severity,
    check_role_replicates.category,
    check_role_replicates.object,
    check_role_replicates.detail,
    check_role_replicates.remediation,
    check_role_replicates.fingerprint,
    check_role_replicates.metadata
   FROM maint.check_role_replicates() check_role_replicates(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_role_replicates OWNER TO maint_owner;
CREATE VIEW maint.check_role_without_connection_limit AS
 SELECT check_role_without_connection_limit.name,
    check_role_without_connection_limit.title,
    check_role_without_connection_limit.severity,
    check_role_without_connection_limit.category,
    check_role_without_connection_limit.object,
    check_role_without_connection_limit.detail,
    check_role_without_connection_limit.remediation,
    check_role_without_connection_limit.fingerprint,
    check_role_without_connection_limit.metadata
   FROM maint.check_role_without_connection_limit() check_role_without_connection_limit(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_role_without_connection_limit OWNER TO maint_owner;
CREATE VIEW maint.check_row_security_off AS
 SELECT check_row_security_off.name,
    check_row_security_off.title,
    check_row_security_off.severity,
    check_row_security_off.category,
    check_row_security_off.object,
    check_row_security_off.detail,
    check_row_security_off.remediation,
    check_row_security_off.fingerprint,
    check_row_security_off.metadata
   FROM maint.check_row_security_off() check_row_security_off(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_row_security_off OWNER TO maint_owner;
CREATE VIEW maint.check_row_security_without_policy AS
 SELECT check_row_security_without_policy.name,
    check_row_security_without_policy.title,
    check_row_security_without_policy.severity,
    check_row_security_without_policy.category,
    check_row_security_without_policy.object,
    check_row_security_without_policy.detail,
    check_row_security_without_policy.remediation,
    check_row_security_without_policy.fingerprint,
    check_row_security_without_policy.metadata
   FROM maint.check_row_security_without_policy() check_row_security_without_policy(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_row_security_without_policy OWNER TO maint_owner;
CREATE VIEW maint.check_schema_open_to_creators AS
 SELECT check_schema_open_to_creators.name,
    check_schema_open_to_creators.title,
    check_schema_open_to_creators.severity,
    check_schema_open_to_creators.category,
    check_schema_open_to_creators.object,
    check_schema_open_to_creators.detail,
    check_schema_open_to_creators.remediation,
    check_schema_open_to_creators.fingerprint,
    check_schema_open_to_creators.metadata
   FROM maint.check_schema_open_to_creators() check_schema_open_to_creators(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_schema_open_to_creators OWNER TO maint_owner;
CREATE VIEW maint.check_search_path_without_pg_temp AS
 SELECT check_search_path_without_pg_temp.name,
    check_search_path_without_pg_temp.title,
    check_search_path_without_pg_temp.severity,
    check_search_path_without_pg_temp.category,
    check_search_path_without_pg_temp.object,
    check_search_path_without_pg_temp.detail,
    check_search_path_without_pg_temp.remediation,
    check_search_path_without_pg_temp.fingerprint,
    check_search_path_without_pg_temp.metadata
   FROM maint.check_search_path_without_pg_temp() check_search_path_without_pg_temp(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_search_path_without_pg_temp OWNER TO maint_owner;
CREATE VIEW maint.check_sensitive_columns_exposed AS
 SELECT check_sensitive_columns_exposed.name,
    check_sensitive_columns_exposed.title,
    check_sensitive_columns_exposed.severity,
    check_sensitive_columns_exposed.category,
    check_sensitive_columns_exposed.object,
    check_sensitive_columns_exposed.detail,
    check_sensitive_columns_exposed.remediation,
    check_sensitive_columns_exposed.fingerprint,
    check_sensitive_columns_exposed.metadata
   FROM maint.check_sensitive_columns_exposed() check_sensitive_columns_exposed(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_sensitive_columns_exposed OWNER TO maint_owner;
CREATE VIEW maint.check_sequence_near_end AS
 SELECT check_sequence_near_end.name,
    check_sequence_near_end.title,
    check_sequence_near_end.severity,
    check_sequence_near_end.category,
    check_sequence_near_end.object,
    check_sequence_near_end.detail,
    check_sequence_near_end.remediation,
    check_sequence_near_end.fingerprint,
    check_sequence_near_end.metadata
   FROM maint.check_sequence_near_end() check_sequence_near_end(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_sequence_near_end OWNER TO maint_owner;
CREATE VIEW maint.check_settings_differ_from_file AS
 SELECT check_settings_differ_from_file.name,
    check_settings_differ_from_file.title,
    check_settings_differ_from_file.severity,
    check_settings_differ_from_file.category,
    check_settings_differ_from_file.object,
    check_settings_differ_from_file.detail,
    check_settings_differ_from_file.remediation,
    check_settings_differ_from_file.fingerprint,
    check_settings_differ_from_file.metadata
   FROM maint.check_settings_differ_from_file() check_settings_differ_from_file(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_settings_differ_from_file OWNER TO maint_owner;
CREATE VIEW maint.check_settings_pending_restart AS
 SELECT check_settings_pending_restart.name,
    check_settings_pending_restart.title,
    check_settings_pending_restart.severity,
    check_settings_pending_restart.category,
    check_settings_pending_restart.object,
    check_settings_pending_restart.detail,
    check_settings_pending_restart.remediation,
    check_settings_pending_restart.fingerprint,
    check_settings_pending_restart.metadata
   FROM maint.check_settings_pending_restart() check_settings_pending_restart(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_settings_pending_restart OWNER TO maint_owner;
CREATE VIEW maint.check_several_permissive_policies AS
 SELECT check_several_permissive_policies.name,
    check_several_permissive_policies.title,
    check_several_permissive_policies.severity,
    check_several_permissive_policies.category,
    check_several_permissive_policies.object,
    check_several_permissive_policies.detail,
    check_several_permissive_policies.remediation,
    check_several_permissive_policies.fingerprint,
    check_several_permissive_policies.metadata
   FROM maint.check_several_permissive_policies() check_several_permissive_policies(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_several_permissive_policies OWNER TO maint_owner;
CREATE VIEW maint.check_sign_in_after_failures AS
 SELECT check_sign_in_after_failures.name,
    check_sign_in_after_failures.title,
    check_sign_in_after_failures.severity,
    check_sign_in_after_failures.category,
    check_sign_in_after_failures.object,
    check_sign_in_after_failures.detail,
    check_sign_in_after_failures.remediation,
    check_sign_in_after_failures.fingerprint,
    check_sign_in_after_failures.metadata
   FROM maint.check_sign_in_after_failures() check_sign_in_after_failures(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_sign_in_after_failures OWNER TO maint_owner;
CREATE VIEW maint.check_ssl_off AS
 SELECT check_ssl_off.name,
    check_ssl_off.title,
    check_ssl_off.severity,
    check_ssl_off.category,
    check_ssl_off.object,
    check_ssl_off.detail,
    check_ssl_off.remediation,
    check_ssl_off.fingerprint,
    check_ssl_off.metadata
   FROM maint.check_ssl_off() check_ssl_off(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_ssl_off OWNER TO maint_owner;
CREATE VIEW maint.check_ssl_old_protocol AS
 SELECT check_ssl_old_protocol.name,
    check_ssl_old_protocol.title,
    check_ssl_old_protocol.severity,
    check_ssl_old_protocol.category,
    check_ssl_old_protocol.object,
    check_ssl_old_protocol.detail,
    check_ssl_old_protocol.remediation,
    check_ssl_old_protocol.fingerprint,
    check_ssl_old_protocol.metadata
   FROM maint.check_ssl_old_protocol() check_ssl_old_protocol(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_ssl_old_protocol OWNER TO maint_owner;
CREATE VIEW maint.check_table_bloated AS
 SELECT check_table_bloated.name,
    check_table_bloated.title,
    check_table_bloated.severity,
    check_table_bloated.category,
    check_table_bloated.object,
    check_table_bloated.detail,
    check_table_bloated.remediation,
    check_table_bloated.fingerprint,
    check_table_bloated.metadata
   FROM maint.check_table_bloated() check_table_bloated(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_table_bloated OWNER TO maint_owner;
CREATE VIEW maint.check_table_without_primary_key AS
 SELECT check_table_without_primary_key.name,
    check_table_without_primary_key.title,
    check_table_without_primary_key.severity,
    check_table_without_primary_key.category,
    check_table_without_primary_key.object,
    check_table_without_primary_key.detail,
    check_table_without_primary_key.remediation,
    check_table_without_primary_key.fingerprint,
    check_table_without_primary_key.metadata
   FROM maint.check_table_without_primary_key() check_table_without_primary_key(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_table_without_primary_key OWNER TO maint_owner;
CREATE VIEW maint.check_table_writable_by_anon AS
 SELECT check_table_writable_by_anon.name,
    check_table_writable_by_anon.title,
    check_table_writable_by_anon.severity,
    check_table_writable_by_anon.category,
    check_table_writable_by_anon.object,
    check_table_writable_by_anon.detail,
    check_table_writable_by_anon.remediation,
    check_table_writable_by_anon.fingerprint,
    check_table_writable_by_anon.metadata
   FROM maint.check_table_writable_by_anon() check_table_writable_by_anon(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_table_writable_by_anon OWNER TO maint_owner;
CREATE VIEW maint.check_tax_number_reads AS
 SELECT check_tax_number_reads.name,
    check_tax_number_reads.title,
    check_tax_number_reads.severity,
    check_tax_number_reads.category,
    check_tax_number_reads.object,
    check_tax_number_reads.detail,
    check_tax_number_reads.remediation,
    check_tax_number_reads.fingerprint,
    check_tax_number_reads.metadata
   FROM maint.check_tax_number_reads() check_tax_number_reads(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_tax_number_reads OWNER TO maint_owner;
CREATE TABLE maint.check_thresholds (
    check_name text NOT NULL,
    name text NOT NULL,
    type text NOT NULL,
    default_value text NOT NULL,
    value text,
    CONSTRAINT check_thresholds_type_known CHECK ((type = ANY (ARRAY['interval'::text, 'integer'::text, 'numeric'::text, 'text'::text])))
);
ALTER TABLE maint.check_thresholds OWNER TO maint_owner;
COMMENT ON TABLE maint.check_thresholds IS 'What checks compare with. "value" is yours to set; null means the default.';
CREATE VIEW maint.check_transaction_ids_near_end AS
 SELECT check_transaction_ids_near_end.name,
    check_transaction_ids_near_end.title,
    check_transaction_ids_near_end.severity,
    check_transaction_ids_near_end.category,
    check_transaction_ids_near_end.object,
    check_transaction_ids_near_end.detail,
    check_transaction_ids_near_end.remediation,
    check_transaction_ids_near_end.fingerprint,
    check_transaction_ids_near_end.metadata
   FROM maint.check_transaction_ids_near_end() check_transaction_ids_near_end(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_transaction_ids_near_end OWNER TO maint_owner;
CREATE VIEW maint.check_truncate_by_visitors AS
 SELECT check_truncate_by_visitors.name,
    check_truncate_by_visitors.title,
    check_truncate_by_visitors.severity,
    check_truncate_by_visitors.category,
    check_truncate_by_visitors.object,
    check_truncate_by_visitors.detail,
    check_truncate_by_visitors.remediation,
    check_truncate_by_visitors.fingerprint,
    check_truncate_by_visitors.metadata
   FROM maint.check_truncate_by_visitors() check_truncate_by_visitors(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_truncate_by_visitors OWNER TO maint_owner;
CREATE VIEW maint.check_type_hinders_upgrade AS
 SELECT check_type_hinders_upgrade.name,
    check_type_hinders_upgrade.title,
    check_type_hinders_upgrade.severity,
    check_type_hinders_upgrade.category,
    check_type_hinders_upgrade.object,
    check_type_hinders_upgrade.detail,
    check_type_hinders_upgrade.remediation,
    check_type_hinders_upgrade.fingerprint,
    check_type_hinders_upgrade.metadata
   FROM maint.check_type_hinders_upgrade() check_type_hinders_upgrade(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_type_hinders_upgrade OWNER TO maint_owner;
CREATE VIEW maint.check_unexpected_superuser AS
 SELECT check_unexpected_superuser.name,
    check_unexpected_superuser.title,
    check_unexpected_superuser.severity,
    check_unexpected_superuser.category,
    check_unexpected_superuser.object,
    check_unexpected_superuser.detail,
    check_unexpected_superuser.remediation,
    check_unexpected_superuser.fingerprint,
    check_unexpected_superuser.metadata
   FROM maint.check_unexpected_superuser() check_unexpected_superuser(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_unexpected_superuser OWNER TO maint_owner;
CREATE VIEW maint.check_unused_index AS
 SELECT check_unused_index.name,
    check_unused_index.title,
    check_unused_index.severity,
    check_unused_index.category,
    check_unused_index.object,
    check_unused_index.detail,
    check_unused_index.remediation,
    check_unused_index.fingerprint,
    check_unused_index.metadata
   FROM maint.check_unused_index() check_unused_index(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_unused_index OWNER TO maint_owner;
CREATE VIEW maint.check_view_bypasses_row_security AS
 SELECT check_view_bypasses_row_security.name,
    check_view_bypasses_row_security.title,
    check_view_bypasses_row_security.severity,
    check_view_bypasses_row_security.category,
    check_view_bypasses_row_security.object,
    check_view_bypasses_row_security.detail,
    check_view_bypasses_row_security.remediation,
    check_view_bypasses_row_security.fingerprint,
    check_view_bypasses_row_security.metadata
   FROM maint.check_view_bypasses_row_security() check_view_bypasses_row_security(name, title, severity, category, object, detail, remediation, fingerprint, metadata);
ALTER TABLE maint.check_view_bypasses_row_security OWNER TO maint_owner;
CREATE TABLE maint.detaching_partitions (
    partition_oid oid NOT NULL,
    policy_name text NOT NULL,
    name text NOT NULL,
    parent text NOT NULL,
    bounds text NOT NULL,
    upper_bound timestamp with time zone NOT NULL,
    noted_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
);
ALTER TABLE maint.detaching_partitions OWNER TO maint_owner;
CREATE TABLE public.maintenance_task_runs (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    task_name text NOT NULL,
    started_at timestamp with time zone DEFAULT now() NOT NULL,
    finished_at timestamp with time zone,
    status text DEFAULT 'running'::text NOT NULL,
    details jsonb DEFAULT '{}'::jsonb,
    error_message text,
    trigger text,
    dagster_run_id text,
    started_by jsonb
);
ALTER TABLE public.maintenance_task_runs OWNER TO postgres;
COMMENT ON TABLE public.maintenance_task_runs IS 'maint_pipeline: every run of every task';
COMMENT ON COLUMN public.maintenance_task_runs.trigger IS 'maint_pipeline: what started the run';
COMMENT ON COLUMN public.maintenance_task_runs.dagster_run_id IS 'maint_pipeline: the run in Dagster';
COMMENT ON COLUMN public.maintenance_task_runs.started_by IS 'maint_pipeline: who started it';
CREATE VIEW maint.failures_by_week WITH (security_invoker='true') AS
 SELECT (date_trunc('week'::text, (maintenance_task_runs.started_at AT TIME ZONE 'UTC'::text)))::date AS week,
    maintenance_task_runs.task_name,
    count(*) AS runs,
    count(*) FILTER (WHERE (maintenance_task_runs.status = 'failed'::text)) AS failed
   FROM public.maintenance_task_runs
  WHERE (maintenance_task_runs.task_name !~~ '%:%'::text)
  GROUP BY ((date_trunc('week'::text, (maintenance_task_runs.started_at AT TIME ZONE 'UTC'::text)))::date), maintenance_task_runs.task_name;
ALTER TABLE maint.failures_by_week OWNER TO maint_owner;
COMMENT ON VIEW maint.failures_by_week IS 'Failed runs of each task by week, which begins on Monday.';
CREATE TABLE maint.ignored_findings (
    fingerprint text NOT NULL,
    reason text NOT NULL,
    ignored_by jsonb NOT NULL,
    ignored_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    ignored_until timestamp with time zone,
    CONSTRAINT ignored_findings_reason_given CHECK ((reason ~ '\S'::text))
);
ALTER TABLE maint.ignored_findings OWNER TO maint_owner;
COMMENT ON TABLE maint.ignored_findings IS 'Findings that raise no alert until ignored_until (null: for good), and why.';
CREATE TABLE maint.known_traits (
    user_id text NOT NULL,
    trait text NOT NULL,
    value text DEFAULT ''::text NOT NULL,
    first_seen_at timestamp with time zone NOT NULL,
    last_seen_at timestamp with time zone NOT NULL,
    CONSTRAINT known_traits_trait_known CHECK ((trait = ANY (ARRAY['address'::text, 'agent'::text, 'tax_reader'::text, 'administrator'::text])))
);
ALTER TABLE maint.known_traits OWNER TO maint_owner;
CREATE TABLE maint.legal_holds (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    policy_name text,
    column_name text NOT NULL,
    value text NOT NULL,
    reason text NOT NULL,
    held_by jsonb NOT NULL,
    held_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    released_at timestamp with time zone,
    CONSTRAINT legal_holds_reason_given CHECK ((reason ~ '\S'::text))
);
ALTER TABLE maint.legal_holds OWNER TO maint_owner;
COMMENT ON TABLE maint.legal_holds IS 'Rows whose column has the value stay, under one policy or (null) under every policy whose table has that column, until released_at is set.';
CREATE TABLE maint.maintenance_windows (
    name text NOT NULL,
    days smallint[] DEFAULT '{1,2,3,4,5,6,7}'::smallint[] NOT NULL,
    opens time without time zone NOT NULL,
    closes time without time zone NOT NULL,
    time_zone text DEFAULT 'UTC'::text NOT NULL,
    tasks text[] DEFAULT '{}'::text[] NOT NULL,
    enabled boolean DEFAULT true NOT NULL,
    CONSTRAINT maintenance_windows_days_are_iso CHECK (((days <> '{}'::smallint[]) AND (days <@ '{1,2,3,4,5,6,7}'::smallint[]))),
    CONSTRAINT maintenance_windows_not_empty CHECK ((closes <> opens))
);
ALTER TABLE maint.maintenance_windows OWNER TO maint_owner;
COMMENT ON TABLE maint.maintenance_windows IS 'When bound tasks may start by schedule. Days are ISO (1 Monday), a window that closes before it opens runs past midnight, no tasks means every heavy one. No window at all: always open.';
CREATE TABLE maint.notifications (
    id bigint NOT NULL,
    alert_id uuid NOT NULL,
    channel text NOT NULL,
    event text NOT NULL,
    severity text NOT NULL,
    state text DEFAULT 'waiting'::text NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    problem text,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    due_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    settled_at timestamp with time zone,
    CONSTRAINT notifications_event_known CHECK ((event = ANY (ARRAY['raised'::text, 'reopened'::text, 'escalated'::text, 'resolved'::text]))),
    CONSTRAINT notifications_state_known CHECK ((state = ANY (ARRAY['waiting'::text, 'sent'::text, 'dropped'::text, 'dead'::text])))
);
ALTER TABLE maint.notifications OWNER TO maint_owner;
COMMENT ON TABLE maint.notifications IS 'The outbox: each change of an alert that a channel is told of. waiting, sent, dropped (nobody needs to hear it any more) or dead (given up; maint notifications retry sends it again).';
ALTER TABLE maint.notifications ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME maint.notifications_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE maint.observations (
    only_row boolean DEFAULT true NOT NULL,
    observed_at timestamp with time zone,
    window_start timestamp with time zone,
    observed_below xid8,
    evaluated_until timestamp with time zone,
    evaluated_below xid8,
    problem text,
    CONSTRAINT observations_one_row CHECK (only_row)
);
ALTER TABLE maint.observations OWNER TO maint_owner;
CREATE UNLOGGED TABLE maint.recent_activity (
    at timestamp with time zone NOT NULL,
    user_id text NOT NULL,
    entity text NOT NULL,
    entity_id text,
    action text NOT NULL,
    is_refused boolean NOT NULL,
    address text,
    agent text
);
ALTER TABLE maint.recent_activity OWNER TO maint_owner;
ALTER TABLE maint.restore_proofs ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME maint.restore_proofs_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE maint.retention_policies (
    name text NOT NULL,
    table_schema text DEFAULT 'public'::text NOT NULL,
    table_name text NOT NULL,
    time_column text NOT NULL,
    condition text DEFAULT 'true'::text NOT NULL,
    hold_condition text DEFAULT 'false'::text NOT NULL,
    keep interval NOT NULL,
    action text DEFAULT 'delete'::text NOT NULL,
    batch_target interval DEFAULT '00:00:00.01'::interval NOT NULL,
    partition_step interval,
    partitions_ahead integer DEFAULT 0 NOT NULL,
    force boolean DEFAULT false NOT NULL,
    enabled boolean DEFAULT true NOT NULL,
    built_in boolean DEFAULT false NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT retention_policies_action_known CHECK ((action = ANY (ARRAY['delete'::text, 'archive'::text]))),
    CONSTRAINT retention_policies_batch_target_sane CHECK (((batch_target >= '00:00:00.001'::interval) AND (batch_target <= '00:00:01'::interval))),
    CONSTRAINT retention_policies_partition_step_sane CHECK ((partition_step >= '01:00:00'::interval)),
    CONSTRAINT retention_policies_partitions_ahead_sane CHECK ((((partitions_ahead >= 0) AND (partitions_ahead <= 1000)) AND ((partitions_ahead = 0) OR (partition_step IS NOT NULL))))
);
ALTER TABLE maint.retention_policies OWNER TO maint_owner;
COMMENT ON TABLE maint.retention_policies IS 'Which rows of which table expire, and when. The cleanup tasks apply them.';
CREATE TABLE maint.settings (
    name text NOT NULL,
    value text,
    CONSTRAINT settings_name_known CHECK ((name = ANY (ARRAY['admin_test'::text, 'backup_trigger'::text, 'exposed_schemas'::text, 'restore_ignores'::text])))
);
ALTER TABLE maint.settings OWNER TO maint_owner;
COMMENT ON TABLE maint.settings IS 'admin_test: the function that tells whether a signed-in user is an administrator, as "schema.name(uuid)" or "schema.name()"; null means public.has_role(uuid, public.app_role). backup_trigger: off keeps maint migrate from adding its trigger to public.backup_runs. exposed_schemas: what the API serves, separated by commas; null means the db_schemas that PostgREST reads from the database''s roles, or public. restore_ignores: tables, as schema.name, that backups leave out on purpose.';
CREATE VIEW maint.task_runs_by_day WITH (security_invoker='true') AS
 SELECT ((maintenance_task_runs.started_at AT TIME ZONE 'UTC'::text))::date AS day,
    maintenance_task_runs.task_name,
    count(*) AS runs,
    count(*) FILTER (WHERE (maintenance_task_runs.status = 'completed'::text)) AS completed,
    count(*) FILTER (WHERE (maintenance_task_runs.status = 'failed'::text)) AS failed,
    count(*) FILTER (WHERE (maintenance_task_runs.status = 'skipped'::text)) AS skipped,
    count(*) FILTER (WHERE (maintenance_task_runs.status = 'canceled'::text)) AS canceled,
    round(((count(*) FILTER (WHERE (maintenance_task_runs.status = 'completed'::text)))::numeric / (NULLIF(count(*) FILTER (WHERE (maintenance_task_runs.status = ANY (ARRAY['completed'::text, 'failed'::text]))), 0))::numeric), 4) AS success_rate,
    (COALESCE(sum(((maintenance_task_runs.details ->> 'deleted_count'::text))::bigint), (0)::numeric))::bigint AS rows_deleted,
    (round(avg(EXTRACT(epoch FROM (maintenance_task_runs.finished_at - maintenance_task_runs.started_at))) FILTER (WHERE (maintenance_task_runs.status = 'completed'::text)), 3))::double precision AS seconds_mean,
    percentile_cont((0.95)::double precision) WITHIN GROUP (ORDER BY ((EXTRACT(epoch FROM (maintenance_task_runs.finished_at - maintenance_task_runs.started_at)))::double precision)) FILTER (WHERE (maintenance_task_runs.status = 'completed'::text)) AS seconds_p95,
    (max(EXTRACT(epoch FROM (maintenance_task_runs.finished_at - maintenance_task_runs.started_at))) FILTER (WHERE (maintenance_task_runs.status = 'completed'::text)))::double precision AS seconds_max
   FROM public.maintenance_task_runs
  WHERE (maintenance_task_runs.task_name !~~ '%:%'::text)
  GROUP BY (((maintenance_task_runs.started_at AT TIME ZONE 'UTC'::text))::date), maintenance_task_runs.task_name;
ALTER TABLE maint.task_runs_by_day OWNER TO maint_owner;
COMMENT ON VIEW maint.task_runs_by_day IS 'Runs of each task by UTC day: counts by outcome, success rate, rows deleted, durations of completed runs.';
CREATE VIEW maint.task_state WITH (security_invoker='true') AS
 SELECT DISTINCT ON (run.task_name) run.task_name,
    run.status AS last_status,
    run.started_at AS last_started_at,
    (EXTRACT(epoch FROM (run.finished_at - run.started_at)))::double precision AS last_seconds,
    run.error_message AS last_error,
    ( SELECT max(success.finished_at) AS max
           FROM public.maintenance_task_runs success
          WHERE ((success.task_name = run.task_name) AND (success.status = 'completed'::text))) AS last_completed_at
   FROM public.maintenance_task_runs run
  WHERE (run.task_name !~~ '%:%'::text)
  ORDER BY run.task_name, run.started_at DESC;
ALTER TABLE maint.task_state OWNER TO maint_owner;
COMMENT ON VIEW maint.task_state IS 'The latest run of each task, and when it completed last.';
CREATE TABLE maint.trusted_owners (
    role name NOT NULL
);
ALTER TABLE maint.trusted_owners OWNER TO maint_owner;
CREATE TABLE public.audit_logs (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    entity text NOT NULL,
    entity_id uuid,
    action public.audit_action NOT NULL,
    user_id uuid NOT NULL,
    "time" timestamp with time zone DEFAULT now() NOT NULL,
    payload_hash text,
    ip_address inet,
    user_agent text,
    severity text DEFAULT 'low'::text,
    CONSTRAINT audit_logs_severity_known CHECK ((severity = ANY (ARRAY['low'::text, 'medium'::text, 'high'::text, 'critical'::text])))
);
ALTER TABLE public.audit_logs OWNER TO postgres;
CREATE TABLE public.backup_runs (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    org_id uuid NOT NULL,
    status text NOT NULL,
    file_url text,
    started_at timestamp with time zone DEFAULT now() NOT NULL,
    finished_at timestamp with time zone,
    tables_count integer DEFAULT 0,
    rows_count integer DEFAULT 0,
    notes text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT backup_runs_status_known CHECK ((status = ANY (ARRAY['ok'::text, 'failed'::text, 'running'::text])))
);
ALTER TABLE public.backup_runs OWNER TO postgres;
CREATE TABLE public.backup_settings (
    org_id uuid NOT NULL,
    provider text DEFAULT 's3'::text NOT NULL,
    bucket text,
    prefix text DEFAULT ''::text,
    region text,
    enabled boolean DEFAULT false NOT NULL,
    access_key_encrypted text,
    secret_key_encrypted text,
    access_key_nonce bytea,
    secret_key_nonce bytea,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT backup_settings_provider_known CHECK ((provider = ANY (ARRAY['s3'::text, 'gcs'::text])))
);
ALTER TABLE public.backup_settings OWNER TO postgres;
CREATE TABLE public.clicks (
    at timestamp with time zone NOT NULL,
    page text
);
ALTER TABLE public.clicks OWNER TO postgres;
CREATE TABLE public.clicks_before (
    at timestamp with time zone,
    page text
);
ALTER TABLE public.clicks_before OWNER TO postgres;
CREATE TABLE public.data_export_requests (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    org_id uuid,
    requested_by uuid,
    status text DEFAULT 'pending'::text NOT NULL,
    file_url text,
    error_message text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    finished_at timestamp with time zone
);
ALTER TABLE public.data_export_requests OWNER TO postgres;
CREATE TABLE public.org_users (
    org_id uuid NOT NULL,
    user_id uuid NOT NULL,
    role public.app_role DEFAULT 'user'::public.app_role NOT NULL
);
ALTER TABLE public.org_users OWNER TO postgres;
CREATE TABLE public.orgs (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    name text NOT NULL,
    type public.org_type DEFAULT 'business'::public.org_type NOT NULL,
    owner_id uuid,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    deleted_at timestamp with time zone
);
ALTER TABLE public.orgs OWNER TO postgres;
CREATE TABLE public.parcels (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    state public.parcel_state,
    place public.place,
    tags text[],
    label bytea,
    weight numeric,
    valid tstzrange,
    note text,
    grams numeric GENERATED ALWAYS AS ((weight * (1000)::numeric)) STORED
);
ALTER TABLE public.parcels OWNER TO postgres;
CREATE TABLE public.parcels_before (
    id bigint,
    at timestamp with time zone,
    state public.parcel_state,
    place public.place,
    tags text[],
    label bytea,
    weight numeric,
    valid tstzrange,
    note text,
    grams numeric
);
ALTER TABLE public.parcels_before OWNER TO postgres;
ALTER TABLE public.parcels ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.parcels_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);
CREATE TABLE public.profiles (
    id uuid NOT NULL,
    email text,
    name text,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);
ALTER TABLE public.profiles OWNER TO postgres;
CREATE TABLE public.readings (
    at timestamp with time zone NOT NULL,
    value integer
)
PARTITION BY RANGE (at);
ALTER TABLE public.readings OWNER TO postgres;
CREATE TABLE public.readings_2024 (
    at timestamp with time zone NOT NULL,
    value integer,
    CONSTRAINT readings_2024_at_check CHECK (((at IS NOT NULL) AND (at >= '2024-01-01 00:00:00+00'::timestamp with time zone) AND (at < '2025-01-01 00:00:00+00'::timestamp with time zone)))
);
ALTER TABLE public.readings_2024 OWNER TO postgres;
CREATE TABLE public.readings_2025 (
    at timestamp with time zone NOT NULL,
    value integer
);
ALTER TABLE public.readings_2025 OWNER TO postgres;
CREATE TABLE public.readings_now (
    at timestamp with time zone NOT NULL,
    value integer
);
ALTER TABLE public.readings_now OWNER TO postgres;
CREATE TABLE public.sessions (
    id integer NOT NULL,
    ended_at timestamp with time zone NOT NULL
);
ALTER TABLE public.sessions OWNER TO postgres;
CREATE TABLE public.user_roles (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    user_id uuid NOT NULL,
    role public.app_role NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);
ALTER TABLE public.user_roles OWNER TO postgres;
ALTER TABLE ONLY public.readings ATTACH PARTITION public.readings_2025 FOR VALUES FROM ('2025-01-01 00:00:00+00') TO ('2026-01-01 00:00:00+00');
ALTER TABLE ONLY public.readings ATTACH PARTITION public.readings_now FOR VALUES FROM ('2026-01-01 00:00:00+00') TO ('2199-01-01 00:00:00+00');
INSERT INTO auth.users VALUES
	('c8b6eaff-b74b-489b-a48e-9e02a854c834', 'vito.juniper@sample.example', '2025-10-23 16:14:09.288939+00'),
	('c3a9e889-63b7-49f5-98b8-1c66e10c167d', 'carlo.sundaram@sample.example', '2025-10-23 16:14:09.288939+00'),
	('7e834904-fc17-4498-b87e-4e2b537d9128', 'bea.fairweather@sample.example', '2025-10-23 16:14:09.288939+00'),
	('9e6397d4-b962-45d3-88bf-cbcf26433798', 'gus.quill@sample.example', '2025-10-23 16:14:09.288939+00'),
	('d329d65c-0b35-41de-a50e-7b34a4aa07b4', 'farah.brook@sample.example', '2025-10-23 16:14:09.288939+00'),
	('8352bc85-e456-459c-b70a-f5f2d5d5891f', 'runa.juniper@sample.example', '2025-10-23 16:14:09.288939+00'),
	('b3783a7c-bbdd-4b9b-ade2-fb1fa098d691', 'ada.thistle@sample.example', '2025-10-23 16:14:09.288939+00'),
	('e8ee65a1-23a9-49da-816b-2332cfed943b', 'gus.kestrel@sample.example', '2025-10-23 16:14:09.288939+00'),
	('9187df42-811e-4616-80bb-e6ed8614f504', 'oona.fairweather@sample.example', '2025-10-23 16:14:09.288939+00'),
	('041dcd94-cdff-4a1c-901a-914cd5be785a', 'zeno.quill@sample.example', '2025-10-23 16:14:09.288939+00'),
	('cc4793d7-9585-4e21-afbc-9ca9d38f8c45', 'jonas.abendroth@sample.example', '2025-10-23 16:14:09.288939+00'),
	('f4c18226-aed2-4b0f-b610-4b84e4907d49', 'zeno.castellan@sample.example', '2025-10-23 16:14:09.288939+00'),
	('15c891ff-3add-4527-a494-6d15b17dd255', 'ravi.nakamura@sample.example', '2025-10-23 16:14:09.288939+00'),
	('a31a49dd-2212-4540-8ab7-798807fa22f7', 'ravi.marchetti@sample.example', '2025-10-23 16:14:09.288939+00'),
	('606a0deb-1adb-4e5d-b5a2-d8795c57532b', 'lena.fairweather@sample.example', '2025-10-23 16:14:09.288939+00'),
	('0cfff054-8efb-4442-b38e-0b77d5f860c3', 'uma.juniper@sample.example', '2025-10-23 16:14:09.288939+00'),
	('880cb401-a050-4098-84d2-be09a0b55864', 'idris.thistle@sample.example', '2025-10-23 16:14:09.288939+00'),
	('4387ee7b-7d42-446f-be9b-768fae4001e3', 'idris.brook@sample.example', '2025-10-23 16:14:09.288939+00'),
	('11f2d44d-cc35-4834-b4fa-941200d93534', 'zeno.rosenthal@sample.example', '2025-10-23 16:14:09.288939+00'),
	('e5d9fe81-80c2-45f1-aeb8-9ff1bf8e51aa', 'emil.abendroth@sample.example', '2025-10-23 16:14:09.288939+00'),
	('86a74a63-a8c7-49e0-9789-819f8902dafc', 'lena.abendroth@sample.example', '2025-10-23 16:14:09.288939+00'),
	('794ec926-bc9e-48ea-bee8-062610e8ad01', 'zeno.grimaldi@sample.example', '2025-10-23 16:14:09.288939+00'),
	('d89c36b2-130f-47b2-8f28-f65e408fc146', 'ada.marchetti@sample.example', '2025-10-23 16:14:09.288939+00'),
	('c1a624dc-bab5-4373-bc1a-e91743fb9fbc', 'malik.holm@sample.example', '2025-10-23 16:14:09.288939+00'),
	('a661f62c-bd65-480c-bb11-85d9348922d7', 'kaya.holm@sample.example', '2025-10-23 16:14:09.288939+00'),
	('d874bc79-7e73-4d5f-b5d8-d8a4f9c9c679', 'sami.grimaldi@sample.example', '2025-10-23 16:14:09.288939+00'),
	('e91457db-7aa0-48f1-93a5-397f61ef7bd1', 'pia.marchetti@sample.example', '2025-10-23 16:14:09.288939+00'),
	('0bf7a4bd-c458-472f-898d-bfa8af06bcf7', 'oona.ibarra@sample.example', '2025-10-23 16:14:09.288939+00'),
	('32c32444-a48c-4d5c-a1fe-b6249df2025f', 'jonas.grimaldi@sample.example', '2025-10-23 16:14:09.288939+00'),
	('54ef125a-25bd-4659-9986-48e013d5316f', 'uma.marchetti@sample.example', '2025-10-23 16:14:09.288939+00'),
	('b16107f1-be43-4c7b-a6ca-f4a341023aed', 'nils.petrov@sample.example', '2025-10-23 16:14:09.288939+00'),
	('222930ae-9158-44a8-9f03-bc5a4dee4812', 'farah.abendroth@sample.example', '2025-10-23 16:14:09.288939+00'),
	('7c5d42dc-0f87-4ae3-bb7f-ec4b03312ead', 'oona.grimaldi@sample.example', '2025-10-23 16:14:09.288939+00'),
	('197a14e2-ac08-4ba5-b8f6-59ac44ce4ab3', 'runa.sundaram@sample.example', '2025-10-23 16:14:09.288939+00'),
	('7d575d17-acfb-4d5e-b7ba-c233b1330c3f', 'kaya.eskildsen@sample.example', '2025-10-23 16:14:09.288939+00'),
	('491961a1-843b-4ee9-b578-909c4a7591f2', 'nils.rosenthal@sample.example', '2025-10-23 16:14:09.288939+00'),
	('c4653cde-7762-40b5-b745-10ca76f4251e', 'mira.holm@sample.example', '2025-10-23 16:14:09.288939+00'),
	('8c90473e-e4c7-47fd-be48-ef631e563408', 'oona.quill@sample.example', '2025-10-23 16:14:09.288939+00'),
	('15fa8b65-fa66-42cd-8fc9-e91833020ccd', 'idris.marchetti@sample.example', '2025-10-23 16:14:09.288939+00'),
	('4a227f39-047b-4c10-b912-ef4aefae5d4e', 'hana.juniper@sample.example', '2025-10-23 16:14:09.288939+00'),
	('81b1c025-d1e4-40a3-9393-2904757f1cba', 'gus.thistle@sample.example', '2025-10-23 16:14:09.288939+00'),
	('fe749e67-730f-47f1-be9e-b4adf7d5f124', 'runa.brook@sample.example', '2025-10-23 16:14:09.288939+00'),
	('eaa3556c-35b7-4448-a308-7e5244c6b895', 'farah.castellan@sample.example', '2025-10-23 16:14:09.288939+00'),
	('1319d424-35f1-4300-ae37-9c65f21201e4', 'chidi.okafor@sample.example', '2025-10-23 16:14:09.288939+00'),
	('bf5b411b-2449-4df6-971e-1a8c94db5f8f', 'ines.petrov@sample.example', '2025-10-23 16:14:09.288939+00'),
	('5c0bb40f-f3e6-4a73-8305-e98686292bb5', 'oona.abendroth@sample.example', '2025-10-23 16:14:09.288939+00'),
	('a1b501d6-d1f9-4dfe-9a76-2d5421f267e2', 'kaya.petrov@sample.example', '2025-10-23 16:14:09.288939+00'),
	('1cd86fc1-e309-4619-8791-c2e9823d11ed', 'jonas.lindqvist@sample.example', '2025-10-23 16:14:09.288939+00'),
	('7f7595b5-3b3b-44bf-9d7c-fed1b40de56d', 'hana.rosenthal@sample.example', '2025-10-23 16:14:09.288939+00'),
	('64e27602-7c73-46c9-a04b-0dcee5d00a4d', 'uma.nakamura@sample.example', '2025-10-23 16:14:09.288939+00'),
	('f3308ce5-00eb-4e11-a8b8-8073065b8c35', 'chidi.juniper@sample.example', '2025-10-23 16:14:09.288939+00'),
	('67c98fb9-7365-46ec-ae7c-8f097ddfcbc9', 'edda.thistle@sample.example', '2025-10-23 16:14:09.288939+00'),
	('6a8ad9cb-2405-4360-ba28-a6794d4ca9c7', 'tess.nakamura@sample.example', '2025-10-23 16:14:09.288939+00'),
	('1ef3ea44-50ea-4da7-a048-7e15580dc5ab', 'hana.ibarra@sample.example', '2025-10-23 16:14:09.288939+00'),
	('53158ce4-0072-4f84-94d1-ac6bd7196189', 'ada.dunmore@sample.example', '2025-10-23 16:14:09.288939+00'),
	('65f456aa-d6cf-4718-9699-08f6c0301b21', 'emil.kestrel@sample.example', '2025-10-23 16:14:09.288939+00'),
	('321c1744-ed28-49c1-b09c-0afb1ebb0794', 'sami.sundaram@sample.example', '2025-10-23 16:14:09.288939+00'),
	('bd6a996d-e6cd-40f1-8300-3005b688b661', 'jonas.castellan@sample.example', '2025-10-23 16:14:09.288939+00'),
	('10a25b19-5f49-40fc-80d2-84064a327e2d', 'edda.holm@sample.example', '2025-10-23 16:14:09.288939+00'),
	('deb67ae7-ffb0-4d9e-a3e1-986964950dc2', 'yara.marchetti@sample.example', '2025-10-23 16:14:09.288939+00'),
	('ece80799-5c57-422e-938e-fef996d4480f', 'vito.ibarra@sample.example', '2025-10-23 16:14:09.288939+00'),
	('dab07929-4670-4312-8172-b2986d94dd6d', 'jonas.holm@sample.example', '2025-10-23 16:14:09.288939+00'),
	('0d36ce2c-1a09-4840-87d7-df790c5b4c59', 'malik.castellan@sample.example', '2025-10-23 16:14:09.288939+00'),
	('a28cf7b1-491e-49f5-a977-66fbd5ad5360', 'hana.nakamura@sample.example', '2025-10-23 16:14:09.288939+00'),
	('f895fc55-3fd3-4e98-a61f-40dfef82d1a3', 'hana.lindqvist@sample.example', '2025-10-23 16:14:09.288939+00'),
	('50cb407a-82ce-486f-afad-79364406c053', 'farah.nakamura@sample.example', '2025-10-23 16:14:09.288939+00'),
	('c8ff1c38-5f93-4180-85ef-5cfb3099f271', 'vito.petrov@sample.example', '2025-10-23 16:14:09.288939+00'),
	('076d490a-e25f-4b1c-ad80-de7cf4c73f2b', 'ada.rosenthal@sample.example', '2025-10-23 16:14:09.288939+00'),
	('66692158-a182-4327-82fb-d8a3cfdcc257', 'malik.grimaldi@sample.example', '2025-10-23 16:14:09.288939+00'),
	('8ddcf83c-f0d1-4b56-a02f-9a72e9d625c9', 'vito.quill@sample.example', '2025-10-23 16:14:09.288939+00'),
	('14a0b00b-b835-48a5-b414-5e878c9a3751', 'amir.juniper@sample.example', '2025-10-23 16:14:09.288939+00'),
	('692fd360-bb7b-438e-aef7-95cd0caa7612', 'tess.abendroth@sample.example', '2025-10-23 16:14:09.288939+00'),
	('23797d45-c0ae-49c5-9d6b-023f736b96a0', 'malik.okafor@sample.example', '2025-10-23 16:14:09.288939+00'),
	('7c4ea603-4944-42ce-9e96-2a6da4fd57c5', 'nils.castellan@sample.example', '2025-10-23 16:14:09.288939+00'),
	('8cd3e418-ed41-42ba-a972-9f3f0c89c001', 'tess.castellan@sample.example', '2025-10-23 16:14:09.288939+00'),
	('6a34b371-78e1-4e70-abb7-1c682097798c', 'emil.ibarra@sample.example', '2025-10-23 16:14:09.288939+00'),
	('41785bc6-4c3a-46fc-8820-823157fa49e5', 'zeno.juniper@sample.example', '2025-10-23 16:14:09.288939+00'),
	('a71f11b2-f9ee-4bc8-bd1e-6912bd313bee', 'bea.petrov@sample.example', '2025-10-23 16:14:09.288939+00'),
	('3d1926ac-a7ef-4f5d-a7fd-5499429a7079', 'nils.lindqvist@sample.example', '2025-10-23 16:14:09.288939+00'),
	('ab3b74fe-8eac-4288-bbb1-d1244d039b72', 'zeno.nakamura@sample.example', '2025-10-23 16:14:09.288939+00'),
	('a4a915d0-2ad6-4ce9-9ea7-722864f54969', 'ines.nakamura@sample.example', '2025-10-23 16:14:09.288939+00'),
	('8027a2a2-3537-4235-933e-6153296259c8', 'yara.thistle@sample.example', '2025-10-23 16:14:09.288939+00'),
	('8ce621ef-7f40-4bc8-8fd3-dd72e7ecfd0c', 'lena.eskildsen@sample.example', '2025-10-23 16:14:09.288939+00'),
	('5534a034-e800-4d90-b3f6-e53d3853933d', 'nils.dunmore@sample.example', '2025-10-23 16:14:09.288939+00'),
	('6d6b987a-7330-4b95-825e-114fff18fe33', 'sami.nakamura@sample.example', '2025-10-23 16:14:09.288939+00'),
	('3e7c6567-3141-4775-8c3b-a85923bc9152', 'vito.abendroth@sample.example', '2025-10-23 16:14:09.288939+00'),
	('8e4dc3a3-578a-40d8-acb8-d14c173910e3', 'uma.brook@sample.example', '2025-10-23 16:14:09.288939+00'),
	('5e49422a-3d37-4642-91bc-d77a1751f579', 'edda.brook@sample.example', '2025-10-23 16:14:09.288939+00'),
	('33bf9157-91d2-47f2-8f32-1d634223b8aa', 'farah.holm@sample.example', '2025-10-23 16:14:09.288939+00'),
	('dee0a843-bfe9-4f8c-8524-137fe322e96d', 'amir.marchetti@sample.example', '2025-10-23 16:14:09.288939+00'),
	('beef67fb-69f4-4612-a201-a9d369ac0f03', 'runa.fairweather@sample.example', '2025-10-23 16:14:09.288939+00'),
	('452e704d-607a-4732-b5c2-e229862fe231', 'lena.lindqvist@sample.example', '2025-10-23 16:14:09.288939+00'),
	('7f867d5f-0fe3-41ec-808a-58d756947a7a', 'malik.kestrel@sample.example', '2025-10-23 16:14:09.288939+00'),
	('5c327a6d-f7ba-48b6-9304-106e470b4fad', 'idris.eskildsen@sample.example', '2025-10-23 16:14:09.288939+00'),
	('877b55cb-80de-4b3e-afcf-0e77203943f6', 'nils.grimaldi@sample.example', '2025-10-23 16:14:09.288939+00'),
	('d93ff716-dce4-4b21-8a51-e152a12f3a94', 'gus.lindqvist@sample.example', '2025-10-23 16:14:09.288939+00'),
	('e59409c1-4561-4fc0-97b4-834c37495c5e', 'mira.fairweather@sample.example', '2025-10-23 16:14:09.288939+00'),
	('a5529b05-6656-4bc4-a272-92f83f9aa884', 'amir.rosenthal@sample.example', '2025-10-23 16:14:09.288939+00'),
	('4fe04802-f435-4573-ae8c-d94e7223c68a', 'zeno.sundaram@sample.example', '2025-10-23 16:14:09.288939+00'),
	('f7d17ebd-df75-4883-9078-84b7d9435541', 'sami.brook@sample.example', '2025-10-23 16:14:09.288939+00');
INSERT INTO auth.users VALUES
	('6cd9e62a-0841-4c07-a093-42ca05955fb9', 'farah.fairweather@sample.example', '2025-10-23 16:14:09.288939+00'),
	('cde347ab-e54c-4de6-8381-3ce6b5a29061', 'runa.rosenthal@sample.example', '2025-10-23 16:14:09.288939+00'),
	('7d652135-9651-42d6-b7e1-47fd79281c19', 'hana.holm@sample.example', '2025-10-23 16:14:09.288939+00'),
	('ee241c43-643a-49e2-92b9-2a01000bb5f9', 'zeno.brook@sample.example', '2025-10-23 16:14:09.288939+00'),
	('8721ecf8-d359-407a-ad9b-f0b6ed448d4e', 'ines.dunmore@sample.example', '2025-10-23 16:14:09.288939+00'),
	('72ee6a2e-f8e4-4b5c-b7d8-c569daff9a0b', 'tess.lindqvist@sample.example', '2025-10-23 16:14:09.288939+00'),
	('394afbe9-1bea-405e-8879-b6633f9b6bb2', 'sami.dunmore@sample.example', '2025-10-23 16:14:09.288939+00'),
	('f8cd9ec3-85b9-409a-a6ed-f1bd27855798', 'edda.fairweather@sample.example', '2025-10-23 16:14:09.288939+00'),
	('d34d1c0d-f105-4667-9be0-3df0ae9c78bd', 'amir.abendroth@sample.example', '2025-10-23 16:14:09.288939+00'),
	('d8b4c831-a5b8-4b2f-b374-fab6b8c3a4d2', 'idris.dunmore@sample.example', '2025-10-23 16:14:09.288939+00'),
	('15c2c81a-7513-4107-a517-4ebdc3c9f7e3', 'uma.castellan@sample.example', '2025-10-23 16:14:09.288939+00'),
	('0059865a-0a1f-443b-86e0-673a8d2f29e7', 'sami.ibarra@sample.example', '2025-10-23 16:14:09.288939+00'),
	('91c3098c-3b8a-47ba-a02a-b6fac844b8fd', 'nils.juniper@sample.example', '2025-10-23 16:14:09.288939+00'),
	('b70ba858-a53f-4dc9-899f-9c9feb7fe26b', 'ada.fairweather@sample.example', '2025-10-23 16:14:09.288939+00'),
	('a060846c-20c2-4f71-b662-222e4dc4ac8c', 'emil.rosenthal@sample.example', '2025-10-23 16:14:09.288939+00'),
	('6ffb726a-a2e3-493a-873b-99034075916e', 'kaya.rosenthal@sample.example', '2025-10-23 16:14:09.288939+00'),
	('197536b1-1cb4-4a55-838b-48a2b2d643a2', 'ravi.eskildsen@sample.example', '2025-10-23 16:14:09.288939+00'),
	('f18bde0e-8641-4b60-8ce3-b0cc1202952f', 'wanda.juniper@sample.example', '2025-10-23 16:14:09.288939+00'),
	('42c927b9-6359-46be-b113-5de9953857d7', 'ravi.kestrel@sample.example', '2025-10-23 16:14:09.288939+00'),
	('004b7fd0-99df-409b-8a5d-5e7d393cbcdd', 'ines.lindqvist@sample.example', '2025-10-23 16:14:09.288939+00');
INSERT INTO maint.activity_hours VALUES
	('50cb407a-82ce-486f-afad-79364406c053', '2026-11-07 10:00:00+00', 1, 0),
	('5534a034-e800-4d90-b3f6-e53d3853933d', '2026-10-06 11:00:00+00', 1, 0),
	('222930ae-9158-44a8-9f03-bc5a4dee4812', '2026-11-17 16:00:00+00', 1, 0),
	('4fe04802-f435-4573-ae8c-d94e7223c68a', '2026-10-19 09:00:00+00', 1, 0),
	('53158ce4-0072-4f84-94d1-ac6bd7196189', '2026-10-12 13:00:00+00', 1, 0),
	('4fe04802-f435-4573-ae8c-d94e7223c68a', '2026-11-12 07:00:00+00', 1, 0),
	('4fe04802-f435-4573-ae8c-d94e7223c68a', '2026-11-11 13:00:00+00', 1, 0),
	('4fe04802-f435-4573-ae8c-d94e7223c68a', '2026-11-24 14:00:00+00', 1, 0),
	('222930ae-9158-44a8-9f03-bc5a4dee4812', '2026-10-13 15:00:00+00', 1, 0),
	('6cd9e62a-0841-4c07-a093-42ca05955fb9', '2026-11-12 14:00:00+00', 1, 0),
	('eaa3556c-35b7-4448-a308-7e5244c6b895', '2026-11-10 19:00:00+00', 1, 0),
	('e5d9fe81-80c2-45f1-aeb8-9ff1bf8e51aa', '2026-11-25 15:00:00+00', 1, 0),
	('8027a2a2-3537-4235-933e-6153296259c8', '2026-10-31 11:00:00+00', 1, 0),
	('d329d65c-0b35-41de-a50e-7b34a4aa07b4', '2026-10-05 16:00:00+00', 1, 0),
	('d89c36b2-130f-47b2-8f28-f65e408fc146', '2026-11-09 10:00:00+00', 1, 0),
	('a661f62c-bd65-480c-bb11-85d9348922d7', '2026-10-05 09:00:00+00', 1, 0),
	('4fe04802-f435-4573-ae8c-d94e7223c68a', '2026-10-08 09:00:00+00', 1, 0),
	('65f456aa-d6cf-4718-9699-08f6c0301b21', '2026-11-18 17:00:00+00', 1, 0),
	('f8cd9ec3-85b9-409a-a6ed-f1bd27855798', '2026-11-06 11:00:00+00', 1, 0),
	('beef67fb-69f4-4612-a201-a9d369ac0f03', '2026-10-29 15:00:00+00', 1, 0),
	('8e4dc3a3-578a-40d8-acb8-d14c173910e3', '2026-10-28 13:00:00+00', 1, 0),
	('15c891ff-3add-4527-a494-6d15b17dd255', '2026-11-16 09:00:00+00', 1, 0),
	('4fe04802-f435-4573-ae8c-d94e7223c68a', '2026-10-22 14:00:00+00', 1, 0),
	('e91457db-7aa0-48f1-93a5-397f61ef7bd1', '2026-11-22 18:00:00+00', 1, 0),
	('1ef3ea44-50ea-4da7-a048-7e15580dc5ab', '2026-10-24 09:00:00+00', 1, 0),
	('8352bc85-e456-459c-b70a-f5f2d5d5891f', '2026-10-24 03:00:00+00', 25, 0),
	('222930ae-9158-44a8-9f03-bc5a4dee4812', '2026-11-03 12:00:00+00', 1, 0),
	('b70ba858-a53f-4dc9-899f-9c9feb7fe26b', '2026-11-02 10:00:00+00', 1, 0),
	('15c891ff-3add-4527-a494-6d15b17dd255', '2026-11-02 17:00:00+00', 1, 0),
	('6a8ad9cb-2405-4360-ba28-a6794d4ca9c7', '2026-11-05 08:00:00+00', 1, 0),
	('222930ae-9158-44a8-9f03-bc5a4dee4812', '2026-10-13 08:00:00+00', 1, 0),
	('3e7c6567-3141-4775-8c3b-a85923bc9152', '2026-10-07 14:00:00+00', 1, 0),
	('bf5b411b-2449-4df6-971e-1a8c94db5f8f', '2026-11-04 13:00:00+00', 1, 0),
	('bd6a996d-e6cd-40f1-8300-3005b688b661', '2026-10-20 17:00:00+00', 1, 0),
	('222930ae-9158-44a8-9f03-bc5a4dee4812', '2026-10-19 15:00:00+00', 1, 0),
	('d874bc79-7e73-4d5f-b5d8-d8a4f9c9c679', '2026-10-16 17:00:00+00', 1, 0),
	('d874bc79-7e73-4d5f-b5d8-d8a4f9c9c679', '2026-11-17 10:00:00+00', 1, 0),
	('222930ae-9158-44a8-9f03-bc5a4dee4812', '2026-10-21 12:00:00+00', 1, 0),
	('64e27602-7c73-46c9-a04b-0dcee5d00a4d', '2026-11-27 12:00:00+00', 1, 0),
	('f18bde0e-8641-4b60-8ce3-b0cc1202952f', '2026-10-23 10:00:00+00', 1, 0),
	('f4c18226-aed2-4b0f-b610-4b84e4907d49', '2026-10-08 16:00:00+00', 1, 0),
	('5c0bb40f-f3e6-4a73-8305-e98686292bb5', '2026-10-09 13:00:00+00', 1, 0),
	('6ffb726a-a2e3-493a-873b-99034075916e', '2026-11-25 09:00:00+00', 1, 0),
	('491961a1-843b-4ee9-b578-909c4a7591f2', '2026-10-29 08:00:00+00', 1, 0),
	('8721ecf8-d359-407a-ad9b-f0b6ed448d4e', '2026-10-26 10:00:00+00', 1, 0),
	('222930ae-9158-44a8-9f03-bc5a4dee4812', '2026-10-06 22:00:00+00', 1, 0),
	('50cb407a-82ce-486f-afad-79364406c053', '2026-10-15 12:00:00+00', 1, 0),
	('8721ecf8-d359-407a-ad9b-f0b6ed448d4e', '2026-10-27 20:00:00+00', 1, 0),
	('65f456aa-d6cf-4718-9699-08f6c0301b21', '2026-10-20 10:00:00+00', 1, 0),
	('4fe04802-f435-4573-ae8c-d94e7223c68a', '2026-11-13 20:00:00+00', 1, 0),
	('eaa3556c-35b7-4448-a308-7e5244c6b895', '2026-10-26 16:00:00+00', 1, 0),
	('bd6a996d-e6cd-40f1-8300-3005b688b661', '2026-11-26 16:00:00+00', 1, 0),
	('9187df42-811e-4616-80bb-e6ed8614f504', '2026-11-10 11:00:00+00', 1, 0),
	('877b55cb-80de-4b3e-afcf-0e77203943f6', '2026-10-14 10:00:00+00', 1, 0),
	('32c32444-a48c-4d5c-a1fe-b6249df2025f', '2026-11-23 13:00:00+00', 1, 0),
	('86a74a63-a8c7-49e0-9789-819f8902dafc', '2026-11-18 11:00:00+00', 1, 0),
	('4387ee7b-7d42-446f-be9b-768fae4001e3', '2026-11-15 03:00:00+00', 25, 25),
	('d89c36b2-130f-47b2-8f28-f65e408fc146', '2026-11-20 08:00:00+00', 1, 0),
	('041dcd94-cdff-4a1c-901a-914cd5be785a', '2026-11-27 16:00:00+00', 25, 0),
	('9e6397d4-b962-45d3-88bf-cbcf26433798', '2026-11-27 15:00:00+00', 25, 0);
INSERT INTO maint.alembic_version VALUES
	('0002');
INSERT INTO maint.archived_chunks VALUES
	('old_parcels/20261127T161417Z-4c71efa2/000001.csv.zst', 'old_parcels', 'public.parcels', 26, 843, '4a4a417617b961bbb0cb03a21c41b0a916f5b23911414d79ffec7f4e63e4cfa9', '2026-01-01 10:00:00+00', '2026-01-02 23:00:00+00', '2026-11-27 16:14:17.43722+00'),
	('old_clicks/20261127T161417Z-90aec177/000001.csv.zst', 'old_clicks', 'public.clicks', 122, 207, 'dcd8d9f532a853d9b0b2e31dd31626e01f31f8cfb60552434994468413eb9d0b', '2026-01-01 08:00:00+00', '2026-01-03 00:00:00+00', '2026-11-27 16:14:17.477188+00'),
	('old_parcels/20261127T161417Z-65be497a/000001.csv.zst', 'old_parcels', 'public.parcels', 16, 630, '0999de8819b65e1d18bbfab310f9f58db2d2d8c6de0626d398a34834114392b4', '2026-01-03 01:00:00+00', '2026-01-03 23:00:00+00', '2026-11-27 16:14:17.523108+00'),
	('old_clicks/20261127T161417Z-6f86a8fe/000001.csv.zst', 'old_clicks', 'public.clicks', 72, 172, '755b071a91fe5ed99e5894965ca10c321605c967fe1c8d926fbcc129c3deb7c8', '2026-01-03 01:00:00+00', '2026-01-04 00:00:00+00', '2026-11-27 16:14:17.56907+00');
INSERT INTO maint.backup_sources VALUES
	('pg_dump:/backups', 'app-2026-11-24.dump', '2026-11-24 01:00:00+00', 12345678, NULL, '2026-11-27 16:14:10.737866+00'),
	('pgbackrest:main', NULL, NULL, NULL, 'there is no backup', '2026-11-27 16:14:10.737866+00');
INSERT INTO maint.baseline VALUES
	('function', 'auth.jwt()', 'CREATE OR REPLACE FUNCTION auth.jwt()
 RETURNS jsonb
 LANGUAGE sql
 STABLE
 SET search_path TO ''pg_catalog'', ''pg_temp''
AS $function$ select nullif(current_setting(''request.jwt.claims'', true), '''')::jsonb $function$
 -- owner postgres', '{"role": "maint_owner", "login": "postgres", "application": "maint", "backend_pid": 2920}', '2026-11-27 16:14:10.753468+00'),
	('function', 'auth.role()', 'CREATE OR REPLACE FUNCTION auth.role()
 RETURNS text
 LANGUAGE sql
 STABLE
 SET search_path TO ''pg_catalog'', ''pg_temp''
AS $function$ select auth.jwt() ->> ''role'' $function$
 -- owner postgres', '{"role": "maint_owner", "login": "postgres", "application": "maint", "backend_pid": 2920}', '2026-11-27 16:14:10.75375+00'),
	('function', 'auth.uid()', 'CREATE OR REPLACE FUNCTION auth.uid()
 RETURNS uuid
 LANGUAGE sql
 STABLE
 SET search_path TO ''pg_catalog'', ''pg_temp''
AS $function$ select nullif(auth.jwt() ->> ''sub'', '''')::uuid $function$
 -- owner postgres', '{"role": "maint_owner", "login": "postgres", "application": "maint", "backend_pid": 2920}', '2026-11-27 16:14:10.753834+00'),
	('function', 'public.has_role(uuid,public.app_role)', 'CREATE OR REPLACE FUNCTION public.has_role(_user_id uuid, _role public.app_role)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''pg_catalog'', ''pg_temp''
AS $function$
    select exists (
        select from public.user_roles where user_id = _user_id and role = _role
    )
$function$
 -- owner postgres', '{"role": "maint_owner", "login": "postgres", "application": "maint", "backend_pid": 2920}', '2026-11-27 16:14:10.753911+00');
INSERT INTO maint.check_results VALUES
	('archive_backlog', 'not_applicable', 0, 'needs execute on pg_catalog.pg_ls_archive_statusdir() for maint_owner', '2026-11-27 16:14:14.612649+00'),
	('archiver_discards', 'passed', 0, NULL, '2026-11-27 16:14:14.623845+00'),
	('archiver_failing', 'passed', 0, NULL, '2026-11-27 16:14:14.626722+00'),
	('backup_empty', 'passed', 0, NULL, '2026-11-27 16:14:14.63405+00'),
	('backup_failed', 'passed', 0, NULL, '2026-11-27 16:14:14.64382+00'),
	('backup_overdue', 'passed', 0, NULL, '2026-11-27 16:14:14.651295+00'),
	('backup_settings_incomplete', 'passed', 0, NULL, '2026-11-27 16:14:14.654231+00'),
	('backup_shrunk', 'passed', 0, NULL, '2026-11-27 16:14:14.66197+00'),
	('backup_stuck', 'passed', 0, NULL, '2026-11-27 16:14:14.680027+00'),
	('base_backup_overdue', 'findings', 1, NULL, '2026-11-27 16:14:14.687997+00'),
	('organization_without_backup', 'passed', 0, NULL, '2026-11-27 16:14:14.690653+00'),
	('replication_slot_inactive', 'passed', 0, NULL, '2026-11-27 16:14:14.69784+00'),
	('restore_unproven', 'findings', 1, NULL, '2026-11-27 16:14:14.71107+00'),
	('activity_burst', 'passed', 0, NULL, '2026-11-27 16:14:14.767327+00'),
	('address_trying_many_users', 'passed', 0, NULL, '2026-11-27 16:14:14.783395+00'),
	('admin_from_new_origin', 'passed', 0, NULL, '2026-11-27 16:14:14.786425+00'),
	('admin_outside_working_hours', 'passed', 0, NULL, '2026-11-27 16:14:14.797714+00'),
	('audit_log_gap', 'passed', 0, NULL, '2026-11-27 16:14:14.819613+00'),
	('audit_log_silent', 'passed', 0, NULL, '2026-11-27 16:14:14.833371+00'),
	('audit_rows_misdated', 'passed', 0, NULL, '2026-11-27 16:14:14.841122+00'),
	('auth_users_exposed', 'passed', 0, NULL, '2026-11-27 16:14:14.857691+00'),
	('autovacuum_off', 'passed', 0, NULL, '2026-11-27 16:14:14.868907+00'),
	('connection_logging_off', 'findings', 2, NULL, '2026-11-27 16:14:14.881063+00'),
	('data_checksums_off', 'findings', 1, NULL, '2026-11-27 16:14:14.892512+00'),
	('ddl_logging_off', 'not_applicable', 0, 'needs the rights of role pg_read_all_settings for maint_owner', '2026-11-27 16:14:14.892814+00'),
	('default_privileges_for_visitors', 'findings', 3, NULL, '2026-11-27 16:14:14.904802+00'),
	('definer_function_callable', 'findings', 1, NULL, '2026-11-27 16:14:16.698777+00'),
	('definer_function_search_path', 'passed', 0, NULL, '2026-11-27 16:14:16.7065+00'),
	('drift_from_baseline', 'findings', 42, NULL, '2026-11-27 16:14:16.742528+00'),
	('duplicate_indexes', 'passed', 0, NULL, '2026-11-27 16:14:16.745974+00'),
	('durability_off', 'findings', 1, NULL, '2026-11-27 16:14:16.763+00'),
	('extension_in_public', 'passed', 0, NULL, '2026-11-27 16:14:16.76643+00'),
	('extension_outdated', 'passed', 0, NULL, '2026-11-27 16:14:16.773962+00'),
	('failed_sign_ins', 'findings', 1, NULL, '2026-11-27 16:14:16.781747+00'),
	('failed_sign_ins_from_address', 'passed', 0, NULL, '2026-11-27 16:14:16.793212+00'),
	('first_tax_number_read', 'passed', 0, NULL, '2026-11-27 16:14:16.800386+00'),
	('foreign_key_to_unique_of_auth', 'passed', 0, NULL, '2026-11-27 16:14:16.807148+00'),
	('foreign_key_without_index', 'findings', 4, NULL, '2026-11-27 16:14:16.819487+00'),
	('foreign_table_exposed', 'passed', 0, NULL, '2026-11-27 16:14:16.827376+00'),
	('function_search_path', 'passed', 0, NULL, '2026-11-27 16:14:16.839136+00'),
	('graphql_shows_tables', 'passed', 0, NULL, '2026-11-27 16:14:16.842273+00'),
	('hba_cleartext_password', 'not_applicable', 0, 'needs execute on pg_catalog.pg_hba_file_rules() for maint_owner; needs select on pg_catalog.pg_hba_file_rules for maint_owner', '2026-11-27 16:14:16.842635+00'),
	('hba_errors', 'not_applicable', 0, 'needs execute on pg_catalog.pg_hba_file_rules() for maint_owner; needs select on pg_catalog.pg_hba_file_rules for maint_owner', '2026-11-27 16:14:16.842863+00'),
	('hba_md5', 'not_applicable', 0, 'needs execute on pg_catalog.pg_hba_file_rules() for maint_owner; needs select on pg_catalog.pg_hba_file_rules for maint_owner', '2026-11-27 16:14:16.85142+00'),
	('hba_open_to_all', 'not_applicable', 0, 'needs execute on pg_catalog.pg_hba_file_rules() for maint_owner; needs select on pg_catalog.pg_hba_file_rules for maint_owner', '2026-11-27 16:14:16.851665+00'),
	('hba_trust', 'not_applicable', 0, 'needs execute on pg_catalog.pg_hba_file_rules() for maint_owner; needs select on pg_catalog.pg_hba_file_rules for maint_owner', '2026-11-27 16:14:16.851866+00'),
	('id_enumeration', 'passed', 0, NULL, '2026-11-27 16:14:16.859031+00'),
	('invalid_index', 'passed', 0, NULL, '2026-11-27 16:14:16.861694+00'),
	('many_administrators', 'passed', 0, NULL, '2026-11-27 16:14:16.864744+00'),
	('many_role_members', 'passed', 0, NULL, '2026-11-27 16:14:16.875657+00'),
	('mass_delete', 'passed', 0, NULL, '2026-11-27 16:14:16.878743+00'),
	('mass_export', 'passed', 0, NULL, '2026-11-27 16:14:16.885497+00'),
	('mass_read', 'passed', 0, NULL, '2026-11-27 16:14:16.896971+00'),
	('materialized_view_exposed', 'passed', 0, NULL, '2026-11-27 16:14:16.916551+00'),
	('member_of_server_roles', 'passed', 0, NULL, '2026-11-27 16:14:16.927502+00'),
	('new_administrator', 'passed', 0, NULL, '2026-11-27 16:14:16.930232+00'),
	('password_encryption_md5', 'passed', 0, NULL, '2026-11-27 16:14:16.941669+00'),
	('password_expired', 'passed', 0, NULL, '2026-11-27 16:14:16.956891+00'),
	('password_md5', 'not_applicable', 0, 'needs select on pg_catalog.pg_authid for maint_owner', '2026-11-27 16:14:16.95722+00'),
	('password_never_expires', 'passed', 0, NULL, '2026-11-27 16:14:16.967348+00'),
	('policies_without_row_security', 'passed', 0, NULL, '2026-11-27 16:14:16.98782+00'),
	('policy_always_true', 'passed', 0, NULL, '2026-11-27 16:14:17.00034+00'),
	('policy_evaluated_per_row', 'passed', 0, NULL, '2026-11-27 16:14:17.017959+00'),
	('policy_for_anonymous_sign_ins', 'findings', 8, NULL, '2026-11-27 16:14:17.034349+00'),
	('policy_true_without_user', 'passed', 0, NULL, '2026-11-27 16:14:17.051418+00'),
	('policy_trusts_user_metadata', 'passed', 0, NULL, '2026-11-27 16:14:17.059871+00'),
	('privileges_granted', 'passed', 0, NULL, '2026-11-27 16:14:17.066162+00'),
	('profile_enumeration', 'passed', 0, NULL, '2026-11-27 16:14:17.069736+00'),
	('public_bucket_lists', 'not_applicable', 0, 'storage.buckets does not exist; storage.objects does not exist', '2026-11-27 16:14:17.0699+00'),
	('queue_exposed', 'passed', 0, NULL, '2026-11-27 16:14:17.081646+00'),
	('rate_limit_abuse', 'passed', 0, NULL, '2026-11-27 16:14:17.089222+00'),
	('role_bypasses_row_security', 'passed', 0, NULL, '2026-11-27 16:14:17.096487+00'),
	('role_creates_roles', 'passed', 0, NULL, '2026-11-27 16:14:17.104158+00'),
	('role_replicates', 'passed', 0, NULL, '2026-11-27 16:14:17.112907+00'),
	('role_without_connection_limit', 'passed', 0, NULL, '2026-11-27 16:14:17.120163+00'),
	('row_security_off', 'findings', 7, NULL, '2026-11-27 16:14:17.17306+00'),
	('row_security_without_policy', 'passed', 0, NULL, '2026-11-27 16:14:17.184982+00'),
	('schema_open_to_creators', 'passed', 0, NULL, '2026-11-27 16:14:17.191754+00'),
	('search_path_without_pg_temp', 'passed', 0, NULL, '2026-11-27 16:14:17.199339+00'),
	('sensitive_columns_exposed', 'passed', 0, NULL, '2026-11-27 16:14:17.235824+00'),
	('sequence_near_end', 'passed', 0, NULL, '2026-11-27 16:14:17.243554+00'),
	('settings_differ_from_file', 'not_applicable', 0, 'needs execute on pg_catalog.pg_show_all_file_settings() for maint_owner; needs select on pg_catalog.pg_file_settings for maint_owner; needs the rights of role pg_read_all_settings for maint_owner', '2026-11-27 16:14:17.243942+00'),
	('settings_pending_restart', 'not_applicable', 0, 'needs the rights of role pg_read_all_settings for maint_owner', '2026-11-27 16:14:17.244127+00'),
	('several_permissive_policies', 'passed', 0, NULL, '2026-11-27 16:14:17.256506+00'),
	('sign_in_after_failures', 'passed', 0, NULL, '2026-11-27 16:14:17.264295+00'),
	('ssl_off', 'passed', 0, NULL, '2026-11-27 16:14:17.269479+00'),
	('ssl_old_protocol', 'not_applicable', 0, 'needs the rights of role pg_read_all_settings for maint_owner', '2026-11-27 16:14:17.269733+00'),
	('table_bloated', 'passed', 0, NULL, '2026-11-27 16:14:17.288243+00'),
	('table_without_primary_key', 'findings', 4, NULL, '2026-11-27 16:14:17.297706+00'),
	('table_writable_by_anon', 'findings', 9, NULL, '2026-11-27 16:14:17.321941+00'),
	('tax_number_reads', 'passed', 0, NULL, '2026-11-27 16:14:17.336439+00'),
	('transaction_ids_near_end', 'passed', 0, NULL, '2026-11-27 16:14:17.347654+00'),
	('truncate_by_visitors', 'findings', 2, NULL, '2026-11-27 16:14:17.35765+00'),
	('type_hinders_upgrade', 'passed', 0, NULL, '2026-11-27 16:14:17.365423+00'),
	('unexpected_superuser', 'passed', 0, NULL, '2026-11-27 16:14:17.372597+00'),
	('view_bypasses_row_security', 'passed', 0, NULL, '2026-11-27 16:14:17.384736+00');
INSERT INTO maint.check_thresholds VALUES
	('activity_burst', 'at_least', 'integer', '200', NULL),
	('activity_burst', 'deviations', 'numeric', '6', NULL),
	('address_trying_many_users', 'within', 'interval', '1 hour', NULL),
	('address_trying_many_users', 'users', 'integer', '5', NULL),
	('admin_outside_working_hours', 'opens', 'interval', '7 hours', NULL),
	('admin_outside_working_hours', 'closes', 'interval', '20 hours', NULL),
	('admin_outside_working_hours', 'days', 'text', '1,2,3,4,5', NULL),
	('admin_outside_working_hours', 'time_zone', 'text', 'UTC', NULL),
	('audit_log_gap', 'missing', 'integer', '1', NULL),
	('audit_log_gap', 'around', 'integer', '200', NULL),
	('audit_log_silent', 'hours', 'integer', '3', NULL),
	('audit_log_silent', 'usual', 'integer', '100', NULL),
	('audit_rows_misdated', 'ahead', 'interval', '5 minutes', NULL),
	('audit_rows_misdated', 'late', 'interval', '1 day', NULL),
	('failed_sign_ins', 'within', 'interval', '1 hour', NULL),
	('failed_sign_ins', 'attempts', 'integer', '10', NULL),
	('failed_sign_ins_from_address', 'within', 'interval', '1 hour', NULL),
	('failed_sign_ins_from_address', 'attempts', 'integer', '30', NULL),
	('first_tax_number_read', 'within', 'interval', '1 hour', NULL),
	('id_enumeration', 'identities', 'integer', '500', NULL),
	('many_administrators', 'most', 'integer', '5', NULL),
	('many_role_members', 'most', 'integer', '3', NULL),
	('mass_delete', 'within', 'interval', '1 hour', NULL),
	('mass_delete', 'deletions', 'integer', '50', NULL),
	('mass_export', 'exports', 'integer', '10', NULL),
	('mass_read', 'within', 'interval', '1 hour', NULL),
	('new_administrator', 'told_for', 'interval', '24 hours', NULL),
	('password_never_expires', 'expected', 'text', 'postgres, authenticator', NULL),
	('privileges_granted', 'entities', 'text', 'role,permission,grant,privilege', NULL),
	('profile_enumeration', 'within', 'interval', '1 hour', NULL),
	('profile_enumeration', 'profiles', 'integer', '100', NULL),
	('rate_limit_abuse', 'within', 'interval', '1 hour', NULL),
	('rate_limit_abuse', 'requests', 'integer', '50', NULL),
	('role_bypasses_row_security', 'expected', 'text', 'postgres, supabase_admin, supabase_etl_admin, supabase_read_only_user', NULL),
	('role_creates_roles', 'expected', 'text', 'postgres, supabase_admin, supabase_auth_admin, supabase_storage_admin', NULL),
	('role_replicates', 'expected', 'text', 'postgres, replicator, supabase_admin, supabase_replication_admin, rds_replication', NULL),
	('role_without_connection_limit', 'expected', 'text', 'postgres, authenticator, supabase_admin', NULL),
	('sensitive_columns_exposed', 'names', 'text', 'password,passwd,secret,token,api_key,private_key,credit_card,card_number,iban,ssn,tax_number,tin', NULL),
	('sequence_near_end', 'used', 'numeric', '0.8', NULL),
	('sign_in_after_failures', 'within', 'interval', '1 hour', NULL),
	('sign_in_after_failures', 'failures', 'integer', '5', NULL),
	('table_bloated', 'megabytes', 'integer', '50', NULL),
	('table_bloated', 'dead', 'numeric', '0.7', NULL),
	('tax_number_reads', 'within', 'interval', '1 hour', NULL),
	('tax_number_reads', 'reads', 'integer', '20', NULL),
	('transaction_ids_near_end', 'used', 'numeric', '0.5', NULL),
	('unexpected_superuser', 'expected', 'text', 'postgres, supabase_admin, rdsadmin, cloudsqladmin, azuresu', NULL),
	('unused_index', 'megabytes', 'integer', '10', NULL),
	('unused_index', 'after', 'interval', '30 days', NULL),
	('archive_backlog', 'segments', 'integer', '30', NULL),
	('backup_failed', 'within', 'interval', '48 hours', NULL),
	('backup_failed', 'beyond', 'integer', '5', NULL),
	('backup_overdue', 'after', 'interval', '26 hours', NULL),
	('backup_shrunk', 'below', 'numeric', '0.5', NULL),
	('backup_shrunk', 'latest', 'integer', '10', NULL),
	('backup_stuck', 'after', 'interval', '6 hours', NULL),
	('base_backup_overdue', 'after', 'interval', '26 hours', NULL),
	('replication_slot_inactive', 'megabytes', 'integer', '1024', NULL),
	('restore_unproven', 'within', 'interval', '8 days', NULL),
	('mass_read', 'reads', 'integer', '1000', '200');
INSERT INTO maint.checks VALUES
	('activity_burst', 'Much more activity than usual', 'security', 'medium', 'A user did far more within one hour than in the same hour of the week before: more than the median of the last eight weeks and a number of median absolute deviations (Iglewicz and Hoaglin, 1993: scaled by 1.4826 they measure spread as standard deviations do, and outliers don''t move them). Weeks without activity count as nothing; users who were not there four weeks ago have no past to compare with.', 'Ask the user; look which entities and addresses are new.', '{public.audit_logs,maint.recent_activity}', true),
	('address_trying_many_users', 'One address tries many users', 'security', 'high', 'Sign-ins of several users from one address failed within an hour (windows of an hour that begin every five minutes, so that none is cut in two).', 'Block the address, and look whether any of these users signed in from it.', '{public.audit_logs,maint.recent_activity}', true),
	('admin_from_new_origin', 'Administrator from a new address or program', 'security', 'medium', 'An administrator did something from an address, or with a user agent, that was not seen of them in the eight weeks that are remembered. Who has no past yet is not told.', 'Ask the administrator. If it was not them, end all their sessions and reset their password.', '{public.audit_logs,public.user_roles,maint.recent_activity}', true),
	('admin_outside_working_hours', 'Administrator at work outside working hours', 'security', 'low', 'An administrator did something outside the working hours that are configured.', 'Ask the administrator if it looks odd. Set the hours and the time zone to yours, or switch the check off where people work around the clock.', '{public.audit_logs,public.user_roles,maint.recent_activity}', true),
	('audit_log_gap', 'Audit rows have vanished', 'security', 'critical', 'An hour of the audit log has fewer rows than at an earlier run, although nothing of that age is past its retention; or an hour of the last day has none, between two that have many.', 'Compare with a backup and with the logs of the database who deleted them. Revoke DELETE and TRUNCATE on the audit log from every role that need not have it.', '{public.audit_logs,maint.recent_activity}', true),
	('audit_log_silent', 'The audit log has stopped', 'security', 'high', 'The audit log has had no row for some hours in which it usually has many, by the same hours of the last four weeks.', 'Look whether the application still writes it: a trigger that was dropped, a revoked grant, a failing job. If people just don''t work today, it ends by itself.', '{public.audit_logs,maint.recent_activity}', true),
	('audit_rows_misdated', 'Audit rows of a wrong time', 'security', 'medium', 'The audit log has rows dated in the future, or rows that were written since the run before and are dated long before. Of the latter, those on the table''s last pages are seen, where rows come to stand unless space was freed before.', 'Look at the clocks of the application''s servers, and for imports. If there is neither, somebody with the right to write the log has added to it.', '{public.audit_logs,maint.recent_activity}', true),
	('auth_users_exposed', 'The users'' own data is served by the API', 'security', 'critical', 'A view or materialized view that anon or authenticated may read shows columns of auth.users, directly or through other views, and does not ask who is looking.', 'Copy what the application needs into a table of its own with policies, and drop the view; or revoke the grants.', '{pg_catalog.pg_class}', true),
	('autovacuum_off', 'Autovacuum is off', 'security', 'medium', 'autovacuum is off for the whole server (high) or for one table. Dead rows pile up and statistics age; only the vacuum that prevents wraparound still comes, at its own time and at full speed.', 'Switch it on again. Where it disturbs, let it be gentle: autovacuum_vacuum_cost_delay.', '{pg_catalog.pg_class,pg_catalog.pg_settings}', true),
	('connection_logging_off', 'Logins are not logged', 'security', 'low', 'log_connections or log_disconnections is off. Who was connected from where, and when, can''t be told afterwards.', 'Set it on and reload. With many short connections put a pooler in front, or ignore the finding.', '{pg_catalog.pg_settings}', true),
	('data_checksums_off', 'Pages without checksums', 'security', 'medium', 'data_checksums is off. PostgreSQL can''t tell a page that the disk returned wrong from one that is right. PostgreSQL 18 makes new servers with checksums.', 'Stop the server cleanly, run pg_checksums --enable on its data folder, and start it.', '{pg_catalog.pg_settings}', true),
	('ddl_logging_off', 'Changes of the schema are not logged', 'security', 'low', 'log_statement is none and no pgaudit is loaded. Who created, altered or dropped what, and who granted it to whom, can''t be told afterwards.', 'Set log_statement to ddl and reload, or install pgaudit.', '{pg_catalog.pg_settings,"role pg_read_all_settings"}', true),
	('default_privileges_for_visitors', 'New objects are open to anon by default', 'security', 'low', 'Default privileges grant what somebody creates to anon at once. A table is open from its creation until row level security is switched on; a function for good.', 'Take the default away from anon and grant what visitors need by name.', '{pg_catalog.pg_default_acl}', true),
	('definer_function_callable', 'Privileged function can be called through the API', 'security', 'medium', 'A SECURITY DEFINER function in a schema that the API serves may be executed by anon (high) or authenticated (medium). PostgreSQL grants EXECUTE to everybody unless somebody revokes it, so this is mostly nobody''s decision. One that policies call has to be executable by whom they concern (low).', 'Revoke EXECUTE from those who need not call it. Where they must, let its body check who asks, and ignore the finding with that reason.', '{pg_catalog.pg_proc}', true),
	('definer_function_search_path', 'Privileged function trusts the caller''s search_path', 'security', 'high', 'A SECURITY DEFINER function sets no search_path, so that a caller''s own table or function can take the place of what it means, with its owner''s rights.', 'Set a search_path on it that ends in pg_temp, and qualify the names in its body.', '{pg_catalog.pg_proc}', true),
	('drift_from_baseline', 'Changed since it was approved', 'security', 'high', 'A function, a grant or a setting differs from the baseline that an administrator approved: changed, new or gone. Deployments do that, and so do intruders.', 'Read the difference (maint baseline diff). Approve it (maint baseline approve) if it was meant; otherwise restore what was approved.', '{maint.baseline}', true),
	('duplicate_indexes', 'Index that another one makes superfluous', 'security', 'low', 'Another index of the same table begins with the same columns in the same order, with the same operators, collations and condition, and does all that this one does: the same index twice, a prefix of a longer one, or a plain one beside a unique one.', 'Drop it. Watch for a while whether something becomes slower: a shorter index can be quicker.', '{pg_catalog.pg_index}', true),
	('durability_off', 'A crash destroys data', 'security', 'critical', 'fsync or full_page_writes is off. It makes the server faster until the machine fails; then pages are torn and transactions lost that were reported as committed.', 'Set it on, reload, and take a backup. If the machine has crashed meanwhile, verify the database.', '{pg_catalog.pg_settings}', true),
	('extension_in_public', 'Extension in a schema that the API serves', 'security', 'low', 'The objects of an extension are in a schema that the API serves. Visitors can call its functions, and its names stand in the way of the application''s.', 'Move the extension to a schema of its own, such as extensions. Extensions that can''t be moved have to be created anew.', '{pg_catalog.pg_extension}', true),
	('extension_outdated', 'Extension older than what is installed', 'security', 'low', 'The server''s packages bring a newer version of an extension than the one that the database uses. Upgrading packages does not upgrade extensions.', 'Read the extension''s notes, and update it.', '{pg_catalog.pg_available_extensions}', true),
	('failed_sign_ins', 'Many failed sign-ins of one user', 'security', 'high', 'One user failed to sign in many times within an hour, whatever the address.', 'Ask the user; lock the account or reset its password, and block the addresses if it was not them.', '{public.audit_logs,maint.recent_activity}', true),
	('failed_sign_ins_from_address', 'Many failed sign-ins from one address', 'security', 'high', 'Many sign-ins from one address failed within an hour, whoever they were for.', 'Block the address at the proxy, unless it is an office or a network that many share.', '{public.audit_logs,maint.recent_activity}', true),
	('first_tax_number_read', 'Tax numbers read by somebody who never did', 'security', 'medium', 'A user read tax numbers for the first time in the eight weeks that are remembered.', 'Ask whether it belongs to the user''s work now.', '{public.audit_logs,maint.recent_activity}', true),
	('foreign_key_to_unique_of_auth', 'Foreign key to a column of auth that is not its key', 'security', 'medium', 'A foreign key points at a unique column of a table in schema auth other than its primary key, such as a phone number. Only the primary keys there are promised.', 'Point it at the primary key.', '{pg_catalog.pg_constraint}', true),
	('foreign_key_without_index', 'Foreign key without an index that covers it', 'security', 'low', 'No index begins with the columns of a foreign key. Each delete or key change in the table it points to reads this whole table, while it holds its lock. A partial index is no cover: it does not have the rows that it leaves out.', 'Create an index that begins with these columns.', '{pg_catalog.pg_constraint}', true),
	('foreign_table_exposed', 'Foreign table open to visitors', 'security', 'medium', 'anon or authenticated may use a foreign table. Foreign tables can''t have policies here, and their server sees one login for everybody.', 'Move the table to a schema that the API does not serve, or revoke the grants.', '{pg_catalog.pg_class}', true),
	('function_search_path', 'Function resolves names by the caller''s search_path', 'security', 'low', 'A function that the API serves sets no search_path. What its names mean is decided by whoever calls it, which breaks it at best.', 'Set a search_path on it that ends in pg_temp. A function in language sql is not inlined any more then: where that matters, qualify the names in its body and ignore this finding.', '{pg_catalog.pg_proc}', true),
	('graphql_shows_tables', 'Tables are visible in GraphQL', 'security', 'low', 'pg_graphql is installed, and anon or authenticated may select from tables. Their names, columns and relations can be listed through the API, even where row level security hides every row.', 'Revoke SELECT on tables that a role has no use for, or drop pg_graphql if nothing uses it.', '{pg_catalog.pg_extension}', true),
	('hba_cleartext_password', 'Passwords sent in clear', 'security', 'high', 'A rule of pg_hba.conf has the method password, which sends it as it is. Within TLS only the server sees it; elsewhere everybody on the way does.', 'Write scram-sha-256 instead, and reload.', '{pg_catalog.pg_hba_file_rules,pg_catalog.pg_hba_file_rules()}', true),
	('hba_errors', 'pg_hba.conf has errors', 'security', 'high', 'A line of pg_hba.conf can''t be read. What was changed does not hold yet, whatever the file says, and after a restart nobody gets in.', 'Correct the line, and reload.', '{pg_catalog.pg_hba_file_rules,pg_catalog.pg_hba_file_rules()}', true),
	('hba_md5', 'Logins by MD5', 'security', 'medium', 'A rule of pg_hba.conf has the method md5. It serves SCRAM passwords as SCRAM, but goes on to accept roles whose password is stored as MD5.', 'Set the remaining MD5 passwords anew (password_md5 names them), write scram-sha-256, and reload.', '{pg_catalog.pg_hba_file_rules,pg_catalog.pg_hba_file_rules()}', true),
	('hba_open_to_all', 'Every role may log in from anywhere', 'security', 'high', 'A rule of pg_hba.conf lets all users into all databases from all addresses.', 'Name the database, the role and the network that need it, and reload.', '{pg_catalog.pg_hba_file_rules,pg_catalog.pg_hba_file_rules()}', true),
	('hba_trust', 'Logins without any password', 'security', 'critical', 'A rule of pg_hba.conf has the method trust. Over the network (critical) that is everybody; for local sockets (medium) every account of the server''s machine is every role of the database.', 'Write scram-sha-256 for the network and peer for local sockets, and reload.', '{pg_catalog.pg_hba_file_rules,pg_catalog.pg_hba_file_rules()}', true),
	('id_enumeration', 'Identities tried one after the other', 'security', 'medium', 'One user touched very many different things of one kind within the time since the run before last, profiles aside, which have a limit of their own.', 'Ask whether an integration ran as this user; otherwise look whether they might see all of them.', '{public.audit_logs,maint.recent_activity}', true),
	('invalid_index', 'Index that is not valid', 'security', 'medium', 'A concurrent build of an index failed or was interrupted and left it invalid. It is kept up to date and never used.', 'Rebuild it concurrently, or drop it. While a build is running, wait for its end.', '{pg_catalog.pg_index}', true),
	('many_administrators', 'Many administrators', 'security', 'medium', 'More users than a few have the application''s role admin, and with it every tenant''s data and this maintenance.', 'Take the role from those who don''t administer any more.', '{public.user_roles}', true),
	('many_role_members', 'Many members of a privileged role', 'security', 'medium', 'A role that is a superuser, bypasses row level security, creates roles or owns the database has more members that may log in than a few.', 'Revoke memberships that nobody uses; give people roles that can do no more than they must.', '{pg_catalog.pg_auth_members}', true),
	('mass_delete', 'Many deletions', 'security', 'high', 'One user deleted many things within an hour.', 'Ask whether it was wanted. If not, suspend the account and restore from a backup of before.', '{public.audit_logs,maint.recent_activity}', true),
	('mass_export', 'Many data exports', 'security', 'high', 'One user exported data many times within a day, by the counts of full hours, so that none is missed at either end.', 'Ask whether the exports were wanted; otherwise end the session and review the files.', '{public.audit_logs,maint.recent_activity}', true),
	('mass_read', 'Unusually many reads', 'security', 'medium', 'One user read more within an hour than a person can look at.', 'Ask whether a report or integration ran as this user; otherwise end the session and review what was read.', '{public.audit_logs,maint.recent_activity}', true),
	('materialized_view_exposed', 'Materialized view open to visitors', 'security', 'medium', 'anon or authenticated may read a materialized view. Row level security does not exist for materialized views: whoever may read one reads all of it.', 'Revoke the grants, and serve it through a view or function that says who may see what.', '{pg_catalog.pg_class}', true),
	('member_of_server_roles', 'Role that reaches the server''s files or programs', 'security', 'critical', 'A role is a member of pg_execute_server_program, pg_read_server_files or pg_write_server_files without being a superuser. PostgreSQL''s documentation counts them as ways to superuser rights.', 'Revoke the membership.', '{pg_catalog.pg_auth_members}', true),
	('new_administrator', 'New administrator', 'security', 'high', 'Somebody has the application''s role admin who did not have it at an earlier run. It is told for a day, whether or not the audit log tells of it.', 'Ask who granted it. Take it away if nobody can say.', '{public.user_roles,public.audit_logs,maint.recent_activity}', true),
	('password_encryption_md5', 'New passwords are stored as MD5', 'security', 'medium', 'password_encryption is md5. The default has been scram-sha-256 since PostgreSQL 14.', 'Set password_encryption to scram-sha-256, reload, and set the passwords anew.', '{pg_catalog.pg_settings}', true),
	('password_expired', 'Login whose password has expired', 'security', 'low', 'A role may log in and its password''s validity is over. It still can by other methods, such as trust, peer or a certificate.', 'Give it a new password and date, or take its LOGIN away.', '{pg_catalog.pg_roles}', true),
	('password_md5', 'Password stored as MD5', 'security', 'medium', 'A role''s password is stored as an MD5 hash. The hash itself is enough to log in, it is quick to try passwords against, and PostgreSQL 18 says that it will go.', 'Set password_encryption to scram-sha-256 and set the password again.', '{pg_catalog.pg_authid}', true),
	('password_never_expires', 'Login whose password never expires', 'security', 'low', 'A role that may log in has no date until which its password is valid. Accounts of people who left stay open for ever.', 'Set VALID UNTIL for people''s accounts and renew it with the password. Ignore the finding for roles of programs whose password is rotated otherwise, or that use no password.', '{pg_catalog.pg_roles}', true),
	('policies_without_row_security', 'Policies that don''t apply', 'security', 'high', 'A table that the API serves has policies, but row level security is off, so none of them is ever asked.', 'Enable row level security on the table. Look at its policies first: they begin to work then.', '{pg_catalog.pg_policy}', true),
	('policy_always_true', 'Policy lets everybody write', 'security', 'high', 'A permissive policy for anon or authenticated allows to insert, update or delete without any condition. Reading everything may be meant; writing everything hardly ever is.', 'Replace the condition by one that says whose rows they are, or drop the policy.', '{pg_catalog.pg_policy}', true),
	('policy_evaluated_per_row', 'Policy asks who the user is for every row', 'security', 'low', 'A policy calls auth.uid(), auth.jwt(), auth.role() or current_setting() for each row that it looks at. Within a sub-select the answer is computed once for the statement, which makes large scans many times faster.', 'Write (select auth.uid()) instead of auth.uid(), and so on.', '{pg_catalog.pg_policy}', true),
	('policy_for_anonymous_sign_ins', 'Policy holds for anonymous sign-ins too', 'security', 'low', 'A policy for authenticated (or everybody) does not ask for the claim is_anonymous. Who signed in anonymously has the role authenticated, and passes. Told once for each table.', 'Where anonymous sign-ins are on, add to the policy, or to a restrictive one, (select (auth.jwt() ->> ''is_anonymous'')::boolean) is not true. Otherwise switch the check off.', '{pg_catalog.pg_policy}', true),
	('policy_true_without_user', 'Policy opens up to who is not signed in', 'security', 'high', 'A permissive policy for anon or everybody has, joined by OR, a condition that the user''s identity is missing (auth.uid() is null). Without signing in one passes it for every row.', 'Take that part out; what was meant is nearly always auth.uid() is not null and a condition.', '{pg_catalog.pg_policy}', true),
	('policy_trusts_user_metadata', 'Policy trusts what users write about themselves', 'security', 'critical', 'A policy looks at user_metadata (raw_user_meta_data), which every user may edit through the API. Whoever knows the key that the policy reads has what it grants.', 'Use app_metadata, which users can''t write, or a table of roles.', '{pg_catalog.pg_policy}', true),
	('privileges_granted', 'Rights were granted', 'security', 'medium', 'The audit log tells that somebody created or changed a role, a permission or a grant.', 'Ask whoever did it. Take the right away if nobody can say.', '{public.audit_logs,maint.recent_activity}', true),
	('profile_enumeration', 'Profiles read one after the other', 'security', 'medium', 'One user read many different profiles within an hour (windows of an hour that begin every five minutes, so that none is cut in two).', 'Ask whether the user had reason to; otherwise end the session and review what was read.', '{public.audit_logs,maint.recent_activity}', true),
	('public_bucket_lists', 'Public storage bucket lists its files', 'security', 'medium', 'A bucket is public, which serves files to whoever knows their path, and a policy on storage.objects lets visitors select its rows without looking at whose they are, which lists all paths.', 'Drop the select policy: public files are served without it.', '{storage.buckets,storage.objects}', true),
	('queue_exposed', 'Message queue open to visitors', 'security', 'high', 'A queue of pgmq can be used by anon or authenticated without row level security on its table, and the API serves the schema pgmq_public.', 'Enable row level security on the queue''s table, and write policies for who may use it.', '{pg_catalog.pg_class}', true),
	('rate_limit_abuse', 'Rate limit hit again and again', 'security', 'medium', 'The rate limiter refused many requests of one user within an hour, sign-ins aside.', 'Find out whether a client is broken or scraping; suspend its access where it is.', '{public.audit_logs,maint.recent_activity}', true),
	('role_bypasses_row_security', 'Login that bypasses row level security', 'security', 'high', 'A role that may log in has BYPASSRLS without being a superuser, and is not among those that are expected.', 'Take the attribute away; let the role''s work be done by a policy of its own.', '{pg_catalog.pg_roles}', true),
	('role_creates_roles', 'Login that may create roles', 'security', 'medium', 'A role that may log in has CREATEROLE without being a superuser. Before PostgreSQL 16 it may grant itself any role that is no superuser''s; since then, those that it created.', 'Take the attribute away, or add the role to the expected ones.', '{pg_catalog.pg_roles}', true),
	('role_replicates', 'Login that may replicate', 'security', 'medium', 'A role that may log in has REPLICATION without being a superuser, and is not among those that are expected. pg_basebackup with it takes everything along.', 'Take the attribute away, or add the role that your replicas and backups use to the expected ones.', '{pg_catalog.pg_roles}', true),
	('role_without_connection_limit', 'Login without a connection limit', 'security', 'low', 'A role may take all of the server''s connections. A leak or an attack with its password ends the service for all others.', 'Give it the connections that its pool needs, and some to spare.', '{pg_catalog.pg_roles}', true),
	('row_security_off', 'Table exposed without row level security', 'security', 'critical', 'A table that the API serves can be read or written by anon or authenticated and has row level security off, so that every visitor of the API reaches every row.', 'Enable row level security and write policies for who may see what, or revoke the grants.', '{pg_catalog.pg_class}', true),
	('row_security_without_policy', 'Row level security without any policy', 'security', 'low', 'A table is granted to anon or authenticated and has row level security on, but no policy at all: nobody but its owner and roles that bypass row security sees a row. Either a policy was forgotten, or the grants are.', 'Write the policies, or revoke the grants so that the table is plainly closed.', '{pg_catalog.pg_policy}', true),
	('schema_open_to_creators', 'Everybody may create objects in a schema', 'security', 'high', 'PUBLIC, anon or authenticated may create tables and functions in a schema. Whoever has that schema in their search_path can be made to call a stranger''s function (CVE-2018-1058).', 'Revoke CREATE on the schema, and grant it to the roles that own the application''s objects.', '{pg_catalog.pg_namespace}', true),
	('search_path_without_pg_temp', 'Privileged function lets temporary objects shadow its own', 'security', 'medium', 'A SECURITY DEFINER function sets a search_path that does not end in pg_temp. PostgreSQL then looks at the caller''s temporary tables first, before any schema that is named.', 'Write pg_temp at the end of its search_path.', '{pg_catalog.pg_proc}', true),
	('sensitive_columns_exposed', 'Columns with secrets are open to visitors', 'security', 'high', 'A column whose name speaks of passwords, keys, card or tax numbers can be read by anon, or by every signed-in user, with nothing to say which rows: row level security is off, or a policy allows to read all of them, or it is a view or materialized view.', 'Revoke select on the table, or grant it on the other columns only; keep such data in a schema that the API does not serve.', '{pg_catalog.pg_attribute}', true),
	('sequence_near_end', 'Sequence near its end', 'security', 'high', 'A sequence has used most of its numbers, or of those that the column it fills can hold: a bigint sequence behind an integer column ends at 2,147,483,647. Where maint_owner may not read a sequence, that is told (low).', 'Make the column and the sequence bigint, in time: on a large table that takes a plan.', '{pg_catalog.pg_sequence}', true),
	('settings_differ_from_file', 'Settings that are not as the configuration files say', 'security', 'medium', 'A line of the configuration files can''t be applied, is overridden by the server''s command line or environment, or has not been loaded yet.', 'Correct the line or reload; take the setting out of the command line where the file should hold.', '{pg_catalog.pg_file_settings,pg_catalog.pg_show_all_file_settings(),"role pg_read_all_settings"}', true),
	('settings_pending_restart', 'Settings that wait for a restart', 'security', 'medium', 'A setting was changed in the configuration and takes effect only when the server restarts.', 'Restart the server in a quiet hour, or take the change back.', '{pg_catalog.pg_settings,"role pg_read_all_settings"}', true),
	('several_permissive_policies', 'Several permissive policies for the same role and command', 'security', 'low', 'For one role and one command a table has more than one permissive policy. They are joined by OR: each widens what the others allow, and each is evaluated for every row.', 'Join them to one policy, or make those that should narrow AS RESTRICTIVE.', '{pg_catalog.pg_policy}', true),
	('sign_in_after_failures', 'Signed in after many failures', 'security', 'high', 'A user failed to sign in several times within an hour and then did.', 'Ask the user. If it was not them, end their sessions, reset the password, and review what was done since.', '{public.audit_logs,maint.recent_activity}', true),
	('ssl_off', 'Connections without TLS', 'security', 'high', 'The server listens on the network and has ssl off.', 'Set ssl with a certificate and key, reload, and write hostssl in pg_hba.conf. Where a proxy in the same network namespace ends TLS, let the server listen on localhost only.', '{pg_catalog.pg_settings}', true),
	('ssl_old_protocol', 'Old versions of TLS are accepted', 'security', 'medium', 'ssl_min_protocol_version allows TLS before 1.2, which RFC 8996 has deprecated.', 'Set ssl_min_protocol_version to TLSv1.2 or TLSv1.3, and reload.', '{pg_catalog.pg_settings,"role pg_read_all_settings"}', true),
	('table_bloated', 'Table mostly of dead space', 'security', 'low', 'A table of more than 50 MB is mostly space that no live row uses. Vacuuming makes it usable for new rows of this table but does not give it back. Estimated from the count of live rows and the widths of columns as pg_stats has them, or the widths of their types where it may not be read.', 'If the rows will not come back, rewrite the table in a quiet hour: pg_repack, or VACUUM FULL, which locks it meanwhile. If they will, the space serves them.', '{pg_catalog.pg_stat_all_tables}', true),
	('table_without_primary_key', 'Table without primary key', 'security', 'low', 'A table has no primary key. Two rows can be the same and can''t be told apart, single rows can''t be restored, and logical replication can''t update it.', 'Add a primary key: an identity column where nothing else is unique.', '{pg_catalog.pg_class}', true),
	('table_writable_by_anon', 'Visitors may write to a table', 'security', 'high', 'anon may insert, update or delete in a table, and row level security is off or has a permissive policy that lets visitors do so.', 'Revoke the privileges from anon, or the policy''s roles; take what visitors send through a function that checks it.', '{pg_catalog.pg_class}', true),
	('tax_number_reads', 'Many tax numbers read', 'security', 'high', 'One user read many tax numbers within an hour.', 'Ask whether the user had reason to; otherwise treat it as a data breach.', '{public.audit_logs,maint.recent_activity}', true),
	('transaction_ids_near_end', 'Transaction ids near their end', 'security', 'critical', 'The oldest transaction id (or multixact id) of a database is older than half of what can be. Autovacuum should have frozen it at 200 million; an old transaction, a prepared one, a replication slot or a failing vacuum holds it up.', 'Look for the oldest backend_xmin in pg_stat_activity, pg_prepared_xacts and pg_replication_slots, end what holds it, and vacuum the tables with the oldest relfrozenxid.', '{pg_catalog.pg_database}', true),
	('truncate_by_visitors', 'Visitors may truncate tables', 'security', 'medium', 'anon or authenticated has TRUNCATE on tables. No policy is ever asked for it: any function or injection that runs as these roles can empty the tables at once.', 'Revoke TRUNCATE. Nothing that goes through the API needs it.', '{pg_catalog.pg_class}', true),
	('type_hinders_upgrade', 'Column of a type that hinders upgrades', 'security', 'low', 'A column stores object identifiers of the catalogs (regproc, regoper, regconfig and the like). pg_upgrade does not carry them over, and refuses.', 'Store the name as text instead.', '{pg_catalog.pg_attribute}', true),
	('unexpected_superuser', 'Unexpected superuser', 'security', 'critical', 'A role that may log in is a superuser and is not among those that are expected. Policies, grants and audit triggers mean nothing to it, and it may run programs on the server.', 'Take the attribute away and grant what the role really needs.', '{pg_catalog.pg_roles}', true),
	('view_bypasses_row_security', 'View bypasses row level security', 'security', 'high', 'A view that anon or authenticated may read has no security_invoker and reads a table with row level security. It does so as its owner, to whom the policies mostly don''t apply.', 'Set security_invoker on the view, then look whether its readers still see what they should.', '{pg_catalog.pg_class}', true),
	('archive_backlog', 'WAL segments wait to be archived', 'backups', 'high', 'More finished WAL segments wait for their archiving than a healthy archiver leaves. What is not archived yet is lost with this server.', 'Look whether the archive_command is slow or stuck, and whether its target is reachable.', '{pg_catalog.pg_ls_archive_statusdir()}', true),
	('archiver_discards', 'WAL archiving that keeps nothing', 'backups', 'critical', 'Archiving is on, but its command throws the segments away and reports success. Every view of the archiver looks healthy, and no point-in-time recovery is possible.', 'Set archive_command to one that stores segments (pgBackRest, Barman, WAL-G), or switch archive_mode off.', '{pg_catalog.pg_settings}', true),
	('archiver_failing', 'WAL archiving fails', 'backups', 'critical', 'The server''s latest attempt to archive a WAL segment failed. Point-in-time recovery ends where the last one succeeded, and WAL piles up until the disk is full. Times are compared, because the counts of failures say nothing about now.', 'Read the server''s log for the archive_command''s error and mend it. The server goes on by itself then.', '{pg_catalog.pg_stat_archiver}', true),
	('backup_empty', 'Backup succeeded with nothing in it', 'backups', 'high', 'The organization''s latest successful backup holds no rows or names no file. It looks healthy in every list and restores nothing.', 'Run the backup again and compare its counts with the organization''s data.', '{public.orgs,public.backup_runs}', true),
	('backup_failed', 'Backup failed', 'backups', 'high', 'A backup of the last two days failed and none of the organization has succeeded since. Up to five failures are told one by one, more as one finding of the organization until they end.', 'Read the run''s notes, mend the cause (credentials, bucket, space) and run the backup again; the next success resolves this alert.', '{public.orgs,public.backup_runs,public.security_alerts}', true),
	('backup_overdue', 'Backup overdue', 'backups', 'high', 'An organization with an enabled backup has had no success within 26 hours, a day and some slack, or never. Nothing fails when a backup silently stops, so only this sees it.', 'Look whether the backup is still scheduled for the organization, and run one by hand.', '{public.orgs,public.backup_settings,public.backup_runs}', true),
	('backup_settings_incomplete', 'Backup settings incomplete', 'backups', 'high', 'A backup is enabled without a bucket or without credentials, so it can''t succeed.', 'Complete the organization''s backup settings, or switch its backup off.', '{public.orgs,public.backup_settings}', true),
	('backup_shrunk', 'Backup much smaller than before', 'backups', 'high', 'The organization''s latest successful backup has less than half of the rows or tables that its earlier ones had, by their median. Data was lost, or the backup no longer sees it. With fewer than three earlier backups there is nothing to compare with.', 'Compare the backup''s counts with the organization''s data before an older backup is deleted. If the data really shrank, the alert resolves itself as the median follows.', '{public.orgs,public.backup_runs}', true),
	('backup_stuck', 'Backup running for too long', 'backups', 'medium', 'A backup has been running for more than 6 hours. Most likely its process died and nobody noticed, since such a row never turns into a failure by itself.', 'Look for the backup''s process; mark the run as failed when there is none.', '{public.orgs,public.backup_runs}', true),
	('base_backup_overdue', 'Base backup or dump overdue', 'backups', 'high', 'The newest backup of the source that MAINT_RESTORE_SOURCE names is older than promised, or there is none. verify_backup_health looks at the source as a job; the SQL function of that name knows what the last look saw.', 'Look why the backup has not run (its timer, its log, its disk), and run it by hand.', '{maint.backup_sources}', true),
	('organization_without_backup', 'Organization without backup', 'backups', 'high', 'An organization that is not deleted has no backup settings, or they are switched off. What it stores would be lost with the database.', 'Enable a backup for the organization in its backup settings, or mark the organization as deleted.', '{public.orgs,public.backup_settings}', true),
	('replication_slot_inactive', 'Inactive replication slot holds WAL', 'backups', 'high', 'Nobody reads a replication slot, so the server keeps all WAL since its position. The disk fills, and then the server stops.', 'Start its reader again, or drop the slot with pg_drop_replication_slot. Set max_slot_wal_keep_size so that a forgotten slot can''t fill the disk.', '{pg_catalog.pg_replication_slots}', true),
	('restore_unproven', 'No proof that backups restore', 'backups', 'high', 'The latest try to restore the newest backup failed, or the last proof is too old. A backup that nobody has restored is a hope. Only what verify_restore has tried at least once is told.', 'Read the problem in the run of verify_restore, take a new backup and run verify_restore again. Keep the older backups until it succeeds.', '{maint.restore_proofs}', true),
	('unused_index', 'Index that nothing uses', 'security', 'low', 'An index of more than a few megabytes has not been scanned once since statistics were counted, and enforces nothing. Replicas count for themselves: look there too.', 'Drop it, if statistics are old enough to have seen the month''s end and the replicas don''t use it.', '{pg_catalog.pg_stat_all_indexes}', false);
INSERT INTO maint.detaching_partitions VALUES
	(16634, 'old_readings', 'public.readings_2024', 'public.readings', 'FOR VALUES FROM (''2024-01-01 00:00:00+00'') TO (''2025-01-01 00:00:00+00'')', '2025-01-01 00:00:00+00', '2026-11-27 16:14:17.590217+00');
INSERT INTO maint.ignored_findings VALUES
	('row_security_off:public.parcels', 'accepted in the review', '{"role": "maint_owner", "login": "postgres", "application": "maint", "backend_pid": 2920}', '2026-11-27 16:14:14.726175+00', NULL),
	('row_security_off:public.parcels_before', 'until spring', '{"role": "maint_owner", "login": "postgres", "application": "maint", "backend_pid": 2920}', '2026-11-27 16:14:14.731051+00', '2199-03-01 00:00:00+00');
INSERT INTO maint.known_traits VALUES
	('8352bc85-e456-459c-b70a-f5f2d5d5891f', 'tax_reader', '', '2026-10-24 03:01:40+00', '2026-10-24 03:09:40+00'),
	('c3a9e889-63b7-49f5-98b8-1c66e10c167d', 'administrator', '', '-infinity', '2026-11-27 16:14:14.75568+00'),
	('c8b6eaff-b74b-489b-a48e-9e02a854c834', 'administrator', '', '-infinity', '2026-11-27 16:14:14.755676+00');
INSERT INTO maint.legal_holds VALUES
	('61f536da-294c-40d4-b5ae-f671f5bec11f', 'old_parcels', 'id', '7', 'case 4711', '{"role": "maint_owner", "login": "postgres", "application": "maint", "backend_pid": 2920}', '2026-11-27 16:14:10.7295+00', NULL),
	('af2c8572-ea64-41bb-9f9d-41c1c306d0b4', NULL, 'user_id', '004b7fd0-99df-409b-8a5d-5e7d393cbcdd', 'audit of 2026', '{"role": "maint_owner", "login": "postgres", "application": "maint", "backend_pid": 2920}', '2026-11-27 16:14:10.7305+00', NULL),
	('60f13de5-1ebf-4bba-8597-8080d8eb6062', 'cleanup_old_audit_logs', 'entity', 'invoice', 'released again', '{"role": "maint_owner", "login": "postgres", "application": "maint", "backend_pid": 2920}', '2026-11-27 16:14:10.735371+00', '2026-11-27 16:14:10.735301+00');
INSERT INTO maint.maintenance_windows VALUES
	('nights', '{1,2,3,4,5}', '22:00:00', '06:00:00', 'Europe/Berlin', '{}', false),
	('always', '{1,2,3,4,5,6,7}', '00:00:00', '23:59:00', 'UTC', '{cleanup_old_audit_logs}', true);
INSERT INTO maint.notification_channels VALUES
	('ops', true, 'medium', NULL, '{}', NULL, NULL, 'UTC', '00:00:00', 5),
	('security', true, 'medium', 'high', '{security}', '22:00:00', '06:00:00', 'Europe/Berlin', '00:05:00', 7);
INSERT INTO maint.notifications OVERRIDING SYSTEM VALUE VALUES
	(6, '1d680f77-e9eb-43a0-ba1c-9ceac2eabaaa', 'ops', 'raised', 'high', 'waiting', 0, NULL, '2026-11-27 16:14:13.829171+00', '2026-11-27 16:14:13.829171+00', NULL),
	(7, 'aa159cb5-02c4-4eee-8abf-4a6fb2df7c1d', 'ops', 'raised', 'high', 'waiting', 0, NULL, '2026-11-27 16:14:13.82919+00', '2026-11-27 16:14:13.82919+00', NULL),
	(8, 'e0513be7-59fa-4b6d-88ef-6e5b1f97cfe2', 'ops', 'raised', 'high', 'waiting', 0, NULL, '2026-11-27 16:14:13.829209+00', '2026-11-27 16:14:13.829209+00', NULL),
	(9, '44e2cfb0-a006-490f-b0a7-2baa5ecb07df', 'ops', 'raised', 'high', 'waiting', 0, NULL, '2026-11-27 16:14:13.829228+00', '2026-11-27 16:14:13.829228+00', NULL),
	(10, '18b1c97b-b2c0-486d-aa19-9f23ba3bc101', 'ops', 'raised', 'high', 'waiting', 0, NULL, '2026-11-27 16:14:13.829247+00', '2026-11-27 16:14:13.829247+00', NULL),
	(11, '2fa686cd-1547-470e-8fbe-033c5fae378a', 'ops', 'raised', 'high', 'waiting', 0, NULL, '2026-11-27 16:14:13.829271+00', '2026-11-27 16:14:13.829271+00', NULL),
	(12, '106d500a-c492-4e07-839d-a0541ba5e592', 'ops', 'raised', 'high', 'waiting', 0, NULL, '2026-11-27 16:14:13.829291+00', '2026-11-27 16:14:13.829291+00', NULL),
	(13, '5f23d1bb-df23-409f-9529-8952a1baedbe', 'ops', 'raised', 'high', 'waiting', 0, NULL, '2026-11-27 16:14:13.829311+00', '2026-11-27 16:14:13.829311+00', NULL),
	(14, '0c929f44-c001-403f-97d3-a820df99165d', 'ops', 'raised', 'high', 'waiting', 0, NULL, '2026-11-27 16:14:13.82933+00', '2026-11-27 16:14:13.82933+00', NULL),
	(15, 'dfb7d801-0b39-4df9-9d03-94e53c63ff03', 'ops', 'raised', 'high', 'waiting', 0, NULL, '2026-11-27 16:14:13.82935+00', '2026-11-27 16:14:13.82935+00', NULL),
	(16, '0572eae6-ca5e-4e56-ad93-fa4a4a4eee24', 'ops', 'raised', 'high', 'waiting', 0, NULL, '2026-11-27 16:14:13.829369+00', '2026-11-27 16:14:13.829369+00', NULL),
	(17, '7c6f4b7c-cc28-4afb-a9ea-38fd6234af5b', 'ops', 'raised', 'high', 'waiting', 0, NULL, '2026-11-27 16:14:13.829389+00', '2026-11-27 16:14:13.829389+00', NULL),
	(18, '2143e0c1-b24e-40a4-af63-e0f9fe054647', 'ops', 'raised', 'medium', 'waiting', 0, NULL, '2026-11-27 16:14:13.829408+00', '2026-11-27 16:14:13.829408+00', NULL),
	(19, 'd7ae7653-f3c0-410a-ada5-d9a58a5c65c7', 'ops', 'raised', 'high', 'waiting', 0, NULL, '2026-11-27 16:14:13.829428+00', '2026-11-27 16:14:13.829428+00', NULL),
	(20, '8b8a4598-fed3-41d3-8f8a-4d614b22bb72', 'ops', 'raised', 'high', 'waiting', 0, NULL, '2026-11-27 16:14:13.829451+00', '2026-11-27 16:14:13.829451+00', NULL),
	(21, '0c502e47-3fbb-4fad-92e7-d40e6257aa1b', 'ops', 'raised', 'high', 'waiting', 0, NULL, '2026-11-27 16:14:13.82947+00', '2026-11-27 16:14:13.82947+00', NULL),
	(22, '6de6a00f-539f-482b-a87c-fd3803140152', 'ops', 'raised', 'high', 'waiting', 0, NULL, '2026-11-27 16:14:13.82949+00', '2026-11-27 16:14:13.82949+00', NULL),
	(23, '40a61dde-a5fb-478b-b849-2cefab88aac9', 'ops', 'raised', 'high', 'waiting', 0, NULL, '2026-11-27 16:14:13.829509+00', '2026-11-27 16:14:13.829509+00', NULL),
	(24, 'e5d2b1d5-0207-4fae-900e-fc291b3daae5', 'ops', 'raised', 'high', 'waiting', 0, NULL, '2026-11-27 16:14:13.829528+00', '2026-11-27 16:14:13.829528+00', NULL),
	(25, 'a0538619-e86c-4653-b1c9-72ce854d9bf0', 'ops', 'raised', 'medium', 'waiting', 0, NULL, '2026-11-27 16:14:13.829547+00', '2026-11-27 16:14:13.829547+00', NULL),
	(26, '668563a4-8695-45ad-add3-37ff04bf5588', 'ops', 'raised', 'high', 'waiting', 0, NULL, '2026-11-27 16:14:13.829566+00', '2026-11-27 16:14:13.829566+00', NULL),
	(27, '90e6360d-8435-4a42-9935-93f8cb2c2f27', 'ops', 'raised', 'high', 'waiting', 0, NULL, '2026-11-27 16:14:13.829585+00', '2026-11-27 16:14:13.829585+00', NULL),
	(28, '5455b1a7-ef69-4a6f-8231-056c106676d5', 'ops', 'raised', 'high', 'waiting', 0, NULL, '2026-11-27 16:14:13.829604+00', '2026-11-27 16:14:13.829604+00', NULL),
	(29, 'a5a7db40-477f-45ac-8d1e-a5ac3077094f', 'ops', 'raised', 'high', 'waiting', 0, NULL, '2026-11-27 16:14:13.829623+00', '2026-11-27 16:14:13.829623+00', NULL),
	(30, '46ca82cf-89a8-4759-a1a1-40ffcd69f3fe', 'ops', 'raised', 'high', 'waiting', 0, NULL, '2026-11-27 16:14:13.829644+00', '2026-11-27 16:14:13.829644+00', NULL),
	(31, '3aec050e-42bf-47cc-8ea2-64441ea10c26', 'ops', 'raised', 'high', 'waiting', 0, NULL, '2026-11-27 16:14:13.829663+00', '2026-11-27 16:14:13.829663+00', NULL),
	(32, '23b292c2-9daa-4f57-9426-af860ee4a382', 'ops', 'raised', 'medium', 'waiting', 0, NULL, '2026-11-27 16:14:13.829682+00', '2026-11-27 16:14:13.829682+00', NULL),
	(33, '1c9f68e4-5847-44c0-ac42-a0b6af0746ee', 'ops', 'raised', 'medium', 'waiting', 0, NULL, '2026-11-27 16:14:13.829702+00', '2026-11-27 16:14:13.829702+00', NULL),
	(34, '47aeb787-fa59-4eb5-a100-e25aa43e8901', 'ops', 'raised', 'medium', 'waiting', 0, NULL, '2026-11-27 16:14:13.829721+00', '2026-11-27 16:14:13.829721+00', NULL),
	(35, '7c877ea5-9812-41a6-8a4f-9b850a650884', 'ops', 'raised', 'medium', 'waiting', 0, NULL, '2026-11-27 16:14:13.829741+00', '2026-11-27 16:14:13.829741+00', NULL),
	(36, 'd4fbe57d-486b-4ecc-850e-ae0a4e127631', 'ops', 'raised', 'medium', 'waiting', 0, NULL, '2026-11-27 16:14:13.82976+00', '2026-11-27 16:14:13.82976+00', NULL),
	(37, 'baa8df80-bb19-46ac-adb7-c5f00ff03f58', 'ops', 'raised', 'medium', 'waiting', 0, NULL, '2026-11-27 16:14:13.829779+00', '2026-11-27 16:14:13.829779+00', NULL),
	(38, 'a97abc20-6eb0-4ba0-a953-0ae71c9ab392', 'ops', 'raised', 'medium', 'waiting', 0, NULL, '2026-11-27 16:14:13.829798+00', '2026-11-27 16:14:13.829798+00', NULL),
	(39, '7a206bf3-4111-4117-9c4e-18169ace8255', 'ops', 'raised', 'medium', 'waiting', 0, NULL, '2026-11-27 16:14:13.829819+00', '2026-11-27 16:14:13.82982+00', NULL),
	(40, '98b25df5-2f11-4cb5-8d2a-21bc1af7bbaa', 'ops', 'raised', 'medium', 'waiting', 0, NULL, '2026-11-27 16:14:13.829839+00', '2026-11-27 16:14:13.829839+00', NULL),
	(41, 'f86be0ed-f318-4830-835c-8b8edd62617a', 'ops', 'raised', 'medium', 'waiting', 0, NULL, '2026-11-27 16:14:13.829858+00', '2026-11-27 16:14:13.829858+00', NULL),
	(42, 'fbdc84e9-d87b-4656-824b-0aa7bab7492c', 'ops', 'raised', 'medium', 'waiting', 0, NULL, '2026-11-27 16:14:13.829877+00', '2026-11-27 16:14:13.829877+00', NULL),
	(43, '5ee4c330-4a9e-4899-a808-b15b02ebabf3', 'ops', 'raised', 'medium', 'waiting', 0, NULL, '2026-11-27 16:14:13.829896+00', '2026-11-27 16:14:13.829896+00', NULL),
	(44, '9d3d8bb6-4ad4-447e-a6d1-3c9059fd05e9', 'security', 'raised', 'high', 'waiting', 0, NULL, '2026-11-27 16:14:13.829916+00', '2026-11-27 16:14:13.829916+00', NULL),
	(45, '4c01dca4-03df-4041-9755-1c5df0a27829', 'security', 'raised', 'high', 'waiting', 0, NULL, '2026-11-27 16:14:13.829936+00', '2026-11-27 16:14:13.829936+00', NULL),
	(46, '2e018013-93a9-49d8-a090-0535b25f556b', 'security', 'raised', 'high', 'waiting', 0, NULL, '2026-11-27 16:14:13.829957+00', '2026-11-27 16:14:13.829957+00', NULL),
	(47, '355686c2-fbd9-4d9b-a560-49024492c34c', 'security', 'raised', 'high', 'waiting', 0, NULL, '2026-11-27 16:14:13.830027+00', '2026-11-27 16:14:13.830027+00', NULL),
	(48, '1d680f77-e9eb-43a0-ba1c-9ceac2eabaaa', 'security', 'raised', 'high', 'waiting', 0, NULL, '2026-11-27 16:14:13.830067+00', '2026-11-27 16:14:13.830067+00', NULL),
	(49, 'aa159cb5-02c4-4eee-8abf-4a6fb2df7c1d', 'security', 'raised', 'high', 'waiting', 0, NULL, '2026-11-27 16:14:13.835032+00', '2026-11-27 16:14:13.835033+00', NULL),
	(50, 'e0513be7-59fa-4b6d-88ef-6e5b1f97cfe2', 'security', 'raised', 'high', 'waiting', 0, NULL, '2026-11-27 16:14:13.835135+00', '2026-11-27 16:14:13.835135+00', NULL),
	(51, '44e2cfb0-a006-490f-b0a7-2baa5ecb07df', 'security', 'raised', 'high', 'waiting', 0, NULL, '2026-11-27 16:14:13.835161+00', '2026-11-27 16:14:13.835161+00', NULL),
	(52, '18b1c97b-b2c0-486d-aa19-9f23ba3bc101', 'security', 'raised', 'high', 'waiting', 0, NULL, '2026-11-27 16:14:13.835182+00', '2026-11-27 16:14:13.835182+00', NULL),
	(53, '2fa686cd-1547-470e-8fbe-033c5fae378a', 'security', 'raised', 'high', 'waiting', 0, NULL, '2026-11-27 16:14:13.835201+00', '2026-11-27 16:14:13.835201+00', NULL),
	(54, '106d500a-c492-4e07-839d-a0541ba5e592', 'security', 'raised', 'high', 'waiting', 0, NULL, '2026-11-27 16:14:13.83522+00', '2026-11-27 16:14:13.83522+00', NULL),
	(55, '5f23d1bb-df23-409f-9529-8952a1baedbe', 'security', 'raised', 'high', 'waiting', 0, NULL, '2026-11-27 16:14:13.835238+00', '2026-11-27 16:14:13.835238+00', NULL),
	(56, '0c929f44-c001-403f-97d3-a820df99165d', 'security', 'raised', 'high', 'waiting', 0, NULL, '2026-11-27 16:14:13.835257+00', '2026-11-27 16:14:13.835257+00', NULL),
	(57, 'dfb7d801-0b39-4df9-9d03-94e53c63ff03', 'security', 'raised', 'high', 'waiting', 0, NULL, '2026-11-27 16:14:13.835275+00', '2026-11-27 16:14:13.835275+00', NULL),
	(58, '0572eae6-ca5e-4e56-ad93-fa4a4a4eee24', 'security', 'raised', 'high', 'waiting', 0, NULL, '2026-11-27 16:14:13.835302+00', '2026-11-27 16:14:13.835302+00', NULL),
	(59, '7c6f4b7c-cc28-4afb-a9ea-38fd6234af5b', 'security', 'raised', 'high', 'waiting', 0, NULL, '2026-11-27 16:14:13.835321+00', '2026-11-27 16:14:13.835321+00', NULL),
	(60, 'd7ae7653-f3c0-410a-ada5-d9a58a5c65c7', 'security', 'raised', 'high', 'waiting', 0, NULL, '2026-11-27 16:14:13.835354+00', '2026-11-27 16:14:13.835354+00', NULL),
	(61, '8b8a4598-fed3-41d3-8f8a-4d614b22bb72', 'security', 'raised', 'high', 'waiting', 0, NULL, '2026-11-27 16:14:13.835372+00', '2026-11-27 16:14:13.835372+00', NULL),
	(62, '0c502e47-3fbb-4fad-92e7-d40e6257aa1b', 'security', 'raised', 'high', 'waiting', 0, NULL, '2026-11-27 16:14:13.835392+00', '2026-11-27 16:14:13.835392+00', NULL),
	(63, '6de6a00f-539f-482b-a87c-fd3803140152', 'security', 'raised', 'high', 'waiting', 0, NULL, '2026-11-27 16:14:13.835433+00', '2026-11-27 16:14:13.835433+00', NULL),
	(64, '40a61dde-a5fb-478b-b849-2cefab88aac9', 'security', 'raised', 'high', 'waiting', 0, NULL, '2026-11-27 16:14:13.835472+00', '2026-11-27 16:14:13.835472+00', NULL),
	(65, 'e5d2b1d5-0207-4fae-900e-fc291b3daae5', 'security', 'raised', 'high', 'waiting', 0, NULL, '2026-11-27 16:14:13.835497+00', '2026-11-27 16:14:13.835497+00', NULL),
	(66, '668563a4-8695-45ad-add3-37ff04bf5588', 'security', 'raised', 'high', 'waiting', 0, NULL, '2026-11-27 16:14:13.83553+00', '2026-11-27 16:14:13.83553+00', NULL),
	(67, '90e6360d-8435-4a42-9935-93f8cb2c2f27', 'security', 'raised', 'high', 'waiting', 0, NULL, '2026-11-27 16:14:13.835555+00', '2026-11-27 16:14:13.835555+00', NULL),
	(68, '5455b1a7-ef69-4a6f-8231-056c106676d5', 'security', 'raised', 'high', 'waiting', 0, NULL, '2026-11-27 16:14:13.835575+00', '2026-11-27 16:14:13.835575+00', NULL),
	(69, 'a5a7db40-477f-45ac-8d1e-a5ac3077094f', 'security', 'raised', 'high', 'waiting', 0, NULL, '2026-11-27 16:14:13.835593+00', '2026-11-27 16:14:13.835593+00', NULL),
	(70, '46ca82cf-89a8-4759-a1a1-40ffcd69f3fe', 'security', 'raised', 'high', 'waiting', 0, NULL, '2026-11-27 16:14:13.835612+00', '2026-11-27 16:14:13.835612+00', NULL),
	(71, '3aec050e-42bf-47cc-8ea2-64441ea10c26', 'security', 'raised', 'high', 'waiting', 0, NULL, '2026-11-27 16:14:13.835631+00', '2026-11-27 16:14:13.835631+00', NULL),
	(72, '8f99b280-704e-4b32-911b-889d52c135fd', 'ops', 'raised', 'critical', 'waiting', 0, NULL, '2026-11-27 16:14:13.873291+00', '2026-11-27 16:14:13.873291+00', NULL),
	(73, '8f99b280-704e-4b32-911b-889d52c135fd', 'security', 'raised', 'critical', 'waiting', 0, NULL, '2026-11-27 16:14:13.873349+00', '2026-11-27 16:14:13.873349+00', NULL),
	(3, '4c01dca4-03df-4041-9755-1c5df0a27829', 'ops', 'raised', 'high', 'dead', 1, 'mailbox unknown', '2026-11-27 16:14:13.829107+00', '2026-11-27 16:14:47.388101+00', '2026-11-27 16:14:17.388103+00'),
	(4, '2e018013-93a9-49d8-a090-0535b25f556b', 'ops', 'raised', 'high', 'dead', 1, 'mailbox unknown', '2026-11-27 16:14:13.82913+00', '2026-11-27 16:14:47.388135+00', '2026-11-27 16:14:17.388136+00'),
	(5, '355686c2-fbd9-4d9b-a560-49024492c34c', 'ops', 'raised', 'high', 'waiting', 1, 'connection refused', '2026-11-27 16:14:13.82915+00', '2026-11-27 16:14:47.388431+00', NULL),
	(74, '3d5b47e0-50e6-497c-a55b-2cdf711e8ee8', 'ops', 'raised', 'high', 'waiting', 0, NULL, '2026-11-27 16:14:13.906832+00', '2026-11-27 16:14:13.906832+00', NULL),
	(75, '3d5b47e0-50e6-497c-a55b-2cdf711e8ee8', 'security', 'raised', 'high', 'waiting', 0, NULL, '2026-11-27 16:14:13.915833+00', '2026-11-27 16:14:13.915833+00', NULL),
	(76, '47f2cba9-58a7-4668-9910-15eddffee449', 'ops', 'raised', 'critical', 'waiting', 0, NULL, '2026-11-27 16:14:14.369282+00', '2026-11-27 16:14:14.369282+00', NULL),
	(77, '4ad75a43-31c8-4672-9111-1a3c3bc6465c', 'ops', 'raised', 'critical', 'waiting', 0, NULL, '2026-11-27 16:14:14.369341+00', '2026-11-27 16:14:14.369341+00', NULL),
	(78, '4fa65a91-d0cc-42c4-a7bd-7926b91e6dcb', 'ops', 'raised', 'critical', 'waiting', 0, NULL, '2026-11-27 16:14:14.369365+00', '2026-11-27 16:14:14.369365+00', NULL),
	(79, 'c895bd6d-6390-449a-9beb-f157f1637b3b', 'ops', 'raised', 'critical', 'waiting', 0, NULL, '2026-11-27 16:14:14.369387+00', '2026-11-27 16:14:14.369387+00', NULL),
	(80, 'fe933e70-37a4-4c01-ac4e-682a240a6aaf', 'ops', 'raised', 'critical', 'waiting', 0, NULL, '2026-11-27 16:14:14.369408+00', '2026-11-27 16:14:14.369408+00', NULL),
	(81, '7fac70b6-1d3e-4159-bb56-0da53aeb8b94', 'ops', 'raised', 'critical', 'waiting', 0, NULL, '2026-11-27 16:14:14.369428+00', '2026-11-27 16:14:14.369428+00', NULL),
	(82, '643e99e7-e7c5-49d7-83d7-9f66c10abcbe', 'ops', 'raised', 'critical', 'waiting', 0, NULL, '2026-11-27 16:14:14.369447+00', '2026-11-27 16:14:14.369447+00', NULL),
	(83, '7ffbfecb-45ae-47c4-a1c5-2bf31e9b8208', 'ops', 'raised', 'critical', 'waiting', 0, NULL, '2026-11-27 16:14:14.369466+00', '2026-11-27 16:14:14.369466+00', NULL),
	(84, '0bbe0313-f396-4b82-b9ca-4be581bc49c3', 'ops', 'raised', 'critical', 'waiting', 0, NULL, '2026-11-27 16:14:14.369485+00', '2026-11-27 16:14:14.369486+00', NULL),
	(85, '47f2cba9-58a7-4668-9910-15eddffee449', 'security', 'raised', 'critical', 'waiting', 0, NULL, '2026-11-27 16:14:14.369511+00', '2026-11-27 16:14:14.369511+00', NULL),
	(86, '4ad75a43-31c8-4672-9111-1a3c3bc6465c', 'security', 'raised', 'critical', 'waiting', 0, NULL, '2026-11-27 16:14:14.36953+00', '2026-11-27 16:14:14.36953+00', NULL),
	(87, '4fa65a91-d0cc-42c4-a7bd-7926b91e6dcb', 'security', 'raised', 'critical', 'waiting', 0, NULL, '2026-11-27 16:14:14.36955+00', '2026-11-27 16:14:14.36955+00', NULL),
	(88, 'c895bd6d-6390-449a-9beb-f157f1637b3b', 'security', 'raised', 'critical', 'waiting', 0, NULL, '2026-11-27 16:14:14.369569+00', '2026-11-27 16:14:14.369569+00', NULL),
	(89, 'fe933e70-37a4-4c01-ac4e-682a240a6aaf', 'security', 'raised', 'critical', 'waiting', 0, NULL, '2026-11-27 16:14:14.369587+00', '2026-11-27 16:14:14.369587+00', NULL),
	(90, '7fac70b6-1d3e-4159-bb56-0da53aeb8b94', 'security', 'raised', 'critical', 'waiting', 0, NULL, '2026-11-27 16:14:14.369606+00', '2026-11-27 16:14:14.369606+00', NULL),
	(91, '643e99e7-e7c5-49d7-83d7-9f66c10abcbe', 'security', 'raised', 'critical', 'waiting', 0, NULL, '2026-11-27 16:14:14.369625+00', '2026-11-27 16:14:14.369625+00', NULL),
	(92, '7ffbfecb-45ae-47c4-a1c5-2bf31e9b8208', 'security', 'raised', 'critical', 'waiting', 0, NULL, '2026-11-27 16:14:14.369643+00', '2026-11-27 16:14:14.369643+00', NULL),
	(93, '0bbe0313-f396-4b82-b9ca-4be581bc49c3', 'security', 'raised', 'critical', 'waiting', 0, NULL, '2026-11-27 16:14:14.369663+00', '2026-11-27 16:14:14.369663+00', NULL),
	(94, 'b2327405-fc33-4684-b467-0e802e24feaf', 'ops', 'raised', 'high', 'waiting', 0, NULL, '2026-11-27 16:14:14.540005+00', '2026-11-27 16:14:14.540005+00', NULL),
	(95, 'bf4aa85f-cf77-474a-821c-475c8c3984a6', 'ops', 'raised', 'high', 'waiting', 0, NULL, '2026-11-27 16:14:14.540073+00', '2026-11-27 16:14:14.540073+00', NULL),
	(96, 'ff136475-5259-4653-910a-afe7555e6246', 'ops', 'raised', 'high', 'waiting', 0, NULL, '2026-11-27 16:14:14.540097+00', '2026-11-27 16:14:14.540098+00', NULL),
	(97, 'd02a9a10-43f0-4efe-89d8-aa7af19b71da', 'ops', 'raised', 'high', 'waiting', 0, NULL, '2026-11-27 16:14:14.540119+00', '2026-11-27 16:14:14.540119+00', NULL),
	(98, '7d6316ef-71e1-41c2-a53a-f13b937caaec', 'ops', 'raised', 'high', 'waiting', 0, NULL, '2026-11-27 16:14:14.54014+00', '2026-11-27 16:14:14.54014+00', NULL),
	(99, '93b912ea-59c6-48e3-9bb9-beeaafc05637', 'ops', 'raised', 'high', 'waiting', 0, NULL, '2026-11-27 16:14:14.540159+00', '2026-11-27 16:14:14.540159+00', NULL),
	(100, '008d1627-f14f-4c6f-902e-e5b0d6d21ef5', 'ops', 'raised', 'high', 'waiting', 0, NULL, '2026-11-27 16:14:14.540179+00', '2026-11-27 16:14:14.540179+00', NULL),
	(101, '79761bdf-7b63-4ac4-ba0a-d70292eb6944', 'ops', 'raised', 'high', 'waiting', 0, NULL, '2026-11-27 16:14:14.540199+00', '2026-11-27 16:14:14.540199+00', NULL),
	(102, '9fd71908-cff7-4f98-b867-13b136506cc9', 'ops', 'raised', 'high', 'waiting', 0, NULL, '2026-11-27 16:14:14.540219+00', '2026-11-27 16:14:14.540219+00', NULL);
INSERT INTO maint.notifications OVERRIDING SYSTEM VALUE VALUES
	(103, 'b2327405-fc33-4684-b467-0e802e24feaf', 'security', 'raised', 'high', 'waiting', 0, NULL, '2026-11-27 16:14:14.54024+00', '2026-11-27 16:14:14.54024+00', NULL),
	(104, 'bf4aa85f-cf77-474a-821c-475c8c3984a6', 'security', 'raised', 'high', 'waiting', 0, NULL, '2026-11-27 16:14:14.540267+00', '2026-11-27 16:14:14.540267+00', NULL),
	(105, 'ff136475-5259-4653-910a-afe7555e6246', 'security', 'raised', 'high', 'waiting', 0, NULL, '2026-11-27 16:14:14.540285+00', '2026-11-27 16:14:14.540285+00', NULL),
	(106, 'd02a9a10-43f0-4efe-89d8-aa7af19b71da', 'security', 'raised', 'high', 'waiting', 0, NULL, '2026-11-27 16:14:14.540304+00', '2026-11-27 16:14:14.540304+00', NULL),
	(107, '7d6316ef-71e1-41c2-a53a-f13b937caaec', 'security', 'raised', 'high', 'waiting', 0, NULL, '2026-11-27 16:14:14.540323+00', '2026-11-27 16:14:14.540323+00', NULL),
	(108, '93b912ea-59c6-48e3-9bb9-beeaafc05637', 'security', 'raised', 'high', 'waiting', 0, NULL, '2026-11-27 16:14:14.540341+00', '2026-11-27 16:14:14.540341+00', NULL),
	(109, '008d1627-f14f-4c6f-902e-e5b0d6d21ef5', 'security', 'raised', 'high', 'waiting', 0, NULL, '2026-11-27 16:14:14.54036+00', '2026-11-27 16:14:14.54036+00', NULL),
	(110, '79761bdf-7b63-4ac4-ba0a-d70292eb6944', 'security', 'raised', 'high', 'waiting', 0, NULL, '2026-11-27 16:14:14.54038+00', '2026-11-27 16:14:14.54038+00', NULL),
	(111, '9fd71908-cff7-4f98-b867-13b136506cc9', 'security', 'raised', 'high', 'waiting', 0, NULL, '2026-11-27 16:14:14.540398+00', '2026-11-27 16:14:14.540398+00', NULL),
	(112, '5732e512-4b57-4c16-860a-bce550a75ed4', 'ops', 'raised', 'medium', 'waiting', 0, NULL, '2026-11-27 16:14:14.56837+00', '2026-11-27 16:14:14.56837+00', NULL),
	(113, '13c2a67a-fc27-4743-b392-692df960216f', 'ops', 'raised', 'medium', 'waiting', 0, NULL, '2026-11-27 16:14:14.568429+00', '2026-11-27 16:14:14.568429+00', NULL),
	(114, '44a378a3-25cb-4f32-aca2-d11e402082b1', 'ops', 'raised', 'high', 'waiting', 0, NULL, '2026-11-27 16:14:14.682443+00', '2026-11-27 16:14:14.682443+00', NULL),
	(115, '70d46880-16f9-448a-8112-3f9fb4aad120', 'ops', 'raised', 'critical', 'waiting', 0, NULL, '2026-11-27 16:14:14.705718+00', '2026-11-27 16:14:14.705718+00', NULL),
	(116, '47f2cba9-58a7-4668-9910-15eddffee449', 'ops', 'resolved', 'critical', 'waiting', 0, NULL, '2026-11-27 16:14:14.724071+00', '2026-11-27 16:14:14.724071+00', NULL),
	(117, '47f2cba9-58a7-4668-9910-15eddffee449', 'security', 'resolved', 'critical', 'waiting', 0, NULL, '2026-11-27 16:14:14.724111+00', '2026-11-27 16:14:14.724111+00', NULL),
	(118, '4ad75a43-31c8-4672-9111-1a3c3bc6465c', 'ops', 'resolved', 'critical', 'waiting', 0, NULL, '2026-11-27 16:14:14.725318+00', '2026-11-27 16:14:14.725318+00', NULL),
	(119, '4ad75a43-31c8-4672-9111-1a3c3bc6465c', 'security', 'resolved', 'critical', 'waiting', 0, NULL, '2026-11-27 16:14:14.725353+00', '2026-11-27 16:14:14.725353+00', NULL),
	(120, '47f2cba9-58a7-4668-9910-15eddffee449', 'ops', 'reopened', 'critical', 'waiting', 0, NULL, '2026-11-27 16:14:17.162578+00', '2026-11-27 16:14:17.162579+00', NULL),
	(121, '4ad75a43-31c8-4672-9111-1a3c3bc6465c', 'ops', 'reopened', 'critical', 'waiting', 0, NULL, '2026-11-27 16:14:17.162643+00', '2026-11-27 16:14:17.162643+00', NULL),
	(122, '47f2cba9-58a7-4668-9910-15eddffee449', 'security', 'reopened', 'critical', 'waiting', 0, NULL, '2026-11-27 16:14:17.162669+00', '2026-11-27 16:14:17.162669+00', NULL),
	(123, '4ad75a43-31c8-4672-9111-1a3c3bc6465c', 'security', 'reopened', 'critical', 'waiting', 0, NULL, '2026-11-27 16:14:17.162707+00', '2026-11-27 16:14:17.162707+00', NULL),
	(124, '4fa65a91-d0cc-42c4-a7bd-7926b91e6dcb', 'ops', 'resolved', 'critical', 'waiting', 0, NULL, '2026-11-27 16:14:17.171338+00', '2026-11-27 16:14:17.171338+00', NULL),
	(125, '4fa65a91-d0cc-42c4-a7bd-7926b91e6dcb', 'security', 'resolved', 'critical', 'waiting', 0, NULL, '2026-11-27 16:14:17.171376+00', '2026-11-27 16:14:17.171376+00', NULL),
	(126, 'c895bd6d-6390-449a-9beb-f157f1637b3b', 'ops', 'resolved', 'critical', 'waiting', 0, NULL, '2026-11-27 16:14:17.171788+00', '2026-11-27 16:14:17.171788+00', NULL),
	(127, 'c895bd6d-6390-449a-9beb-f157f1637b3b', 'security', 'resolved', 'critical', 'waiting', 0, NULL, '2026-11-27 16:14:17.171817+00', '2026-11-27 16:14:17.171817+00', NULL),
	(1, 'd27df36a-004a-408b-a1a8-fafe531b0036', 'ops', 'raised', 'medium', 'sent', 1, NULL, '2026-11-27 16:14:10.921143+00', '2026-11-27 16:14:10.921143+00', '2026-11-27 16:14:17.387459+00'),
	(2, '9d3d8bb6-4ad4-447e-a6d1-3c9059fd05e9', 'ops', 'raised', 'high', 'sent', 1, NULL, '2026-11-27 16:14:13.82905+00', '2026-11-27 16:14:13.82905+00', '2026-11-27 16:14:17.387538+00');
INSERT INTO maint.observations VALUES
	(true, '2026-11-27 16:14:14.731413+00', '2026-11-27 14:00:00+00', '882', '2026-11-27 16:14:14.731413+00', '882', NULL);
INSERT INTO maint.recent_activity VALUES
	('2026-11-27 15:42:00.288939+00', '9e6397d4-b962-45d3-88bf-cbcf26433798', 'auth_login', '3caf88ca-c864-af94-bf94-536c2a598fe1', 'access', true, '203.0.113.77', 'acme-sync/2.4 (+python-httpx)'),
	('2026-11-27 15:42:09.288939+00', '9e6397d4-b962-45d3-88bf-cbcf26433798', 'auth_login', 'e775b5e7-2cc5-33ae-9a59-11193b6e9fea', 'access', true, '203.0.113.77', 'acme-sync/2.4 (+python-httpx)'),
	('2026-11-27 15:42:18.288939+00', '9e6397d4-b962-45d3-88bf-cbcf26433798', 'auth_login', 'b64b4795-765c-a91e-bfcc-a95d1c1c3f2d', 'access', true, '203.0.113.77', 'acme-sync/2.4 (+python-httpx)'),
	('2026-11-27 15:42:27.288939+00', '9e6397d4-b962-45d3-88bf-cbcf26433798', 'auth_login', '0d7459d6-82c8-e47b-ecd3-198e6ca62f9a', 'access', true, '203.0.113.77', 'acme-sync/2.4 (+python-httpx)'),
	('2026-11-27 15:42:36.288939+00', '9e6397d4-b962-45d3-88bf-cbcf26433798', 'auth_login', 'cbff450e-e5ce-9323-11d3-9b27de59942a', 'access', true, '203.0.113.77', 'acme-sync/2.4 (+python-httpx)'),
	('2026-11-27 15:42:45.288939+00', '9e6397d4-b962-45d3-88bf-cbcf26433798', 'auth_login', 'ff6373ea-3769-1e18-a382-74542bedcc4d', 'access', true, '203.0.113.77', 'acme-sync/2.4 (+python-httpx)'),
	('2026-11-27 15:42:54.288939+00', '9e6397d4-b962-45d3-88bf-cbcf26433798', 'auth_login', '29462ab5-3a49-0c26-32e9-47b5ff1bf9ae', 'access', true, '203.0.113.77', 'acme-sync/2.4 (+python-httpx)'),
	('2026-11-27 15:43:03.288939+00', '9e6397d4-b962-45d3-88bf-cbcf26433798', 'auth_login', '37f0533d-a28f-01b1-2974-18374f5eacdf', 'access', true, '203.0.113.77', 'acme-sync/2.4 (+python-httpx)'),
	('2026-11-27 15:43:12.288939+00', '9e6397d4-b962-45d3-88bf-cbcf26433798', 'auth_login', '2f0056a4-4bcf-6cfa-812a-e8861fdcee50', 'access', true, '203.0.113.77', 'acme-sync/2.4 (+python-httpx)'),
	('2026-11-27 15:43:21.288939+00', '9e6397d4-b962-45d3-88bf-cbcf26433798', 'auth_login', 'f1df8b2e-791a-fbef-7c7a-c8ab9790abde', 'access', true, '203.0.113.77', 'acme-sync/2.4 (+python-httpx)'),
	('2026-11-27 15:43:30.288939+00', '9e6397d4-b962-45d3-88bf-cbcf26433798', 'auth_login', '2b500e9b-800b-60ca-2507-ef58824d2212', 'access', true, '203.0.113.77', 'acme-sync/2.4 (+python-httpx)'),
	('2026-11-27 15:43:39.288939+00', '9e6397d4-b962-45d3-88bf-cbcf26433798', 'auth_login', '5aa5c375-19b6-6cd3-6744-f96311d29908', 'access', true, '203.0.113.77', 'acme-sync/2.4 (+python-httpx)'),
	('2026-11-27 15:43:48.288939+00', '9e6397d4-b962-45d3-88bf-cbcf26433798', 'auth_login', '26fedd16-a53f-4ec0-6454-988bd71c30df', 'access', true, '203.0.113.77', 'acme-sync/2.4 (+python-httpx)'),
	('2026-11-27 15:43:57.288939+00', '9e6397d4-b962-45d3-88bf-cbcf26433798', 'auth_login', 'ba7c6357-c8d0-de7b-d978-c2840aa90d05', 'access', true, '203.0.113.77', 'acme-sync/2.4 (+python-httpx)'),
	('2026-11-27 15:44:06.288939+00', '9e6397d4-b962-45d3-88bf-cbcf26433798', 'auth_login', '6ebc97f6-f3ba-d9c3-66d2-4c07adaab466', 'access', true, '203.0.113.77', 'acme-sync/2.4 (+python-httpx)'),
	('2026-11-27 15:44:15.288939+00', '9e6397d4-b962-45d3-88bf-cbcf26433798', 'auth_login', 'f305aed0-0100-fb44-bc2c-486abf2175fd', 'access', true, '203.0.113.77', 'acme-sync/2.4 (+python-httpx)'),
	('2026-11-27 15:44:24.288939+00', '9e6397d4-b962-45d3-88bf-cbcf26433798', 'auth_login', '970bdf6b-539d-6180-ca80-0e876616ced3', 'access', true, '203.0.113.77', 'acme-sync/2.4 (+python-httpx)'),
	('2026-11-27 15:44:33.288939+00', '9e6397d4-b962-45d3-88bf-cbcf26433798', 'auth_login', '670bdddd-8d49-b0dc-8ca4-cf16280a172f', 'access', true, '203.0.113.77', 'acme-sync/2.4 (+python-httpx)'),
	('2026-11-27 15:44:42.288939+00', '9e6397d4-b962-45d3-88bf-cbcf26433798', 'auth_login', '06d90af4-f9b9-6410-cced-3402e7885c4e', 'access', true, '203.0.113.77', 'acme-sync/2.4 (+python-httpx)'),
	('2026-11-27 15:44:51.288939+00', '9e6397d4-b962-45d3-88bf-cbcf26433798', 'auth_login', 'e5287803-857e-f0db-5d0a-e2de46516bca', 'access', true, '203.0.113.77', 'acme-sync/2.4 (+python-httpx)'),
	('2026-11-27 15:45:00.288939+00', '9e6397d4-b962-45d3-88bf-cbcf26433798', 'auth_login', '7a170a58-f01d-dc34-a3a0-9aa95339b41a', 'access', true, '203.0.113.77', 'acme-sync/2.4 (+python-httpx)'),
	('2026-11-27 15:45:09.288939+00', '9e6397d4-b962-45d3-88bf-cbcf26433798', 'auth_login', '42b6d19a-db6a-d12f-c934-db6890b781c5', 'access', true, '203.0.113.77', 'acme-sync/2.4 (+python-httpx)'),
	('2026-11-27 15:45:18.288939+00', '9e6397d4-b962-45d3-88bf-cbcf26433798', 'auth_login', '89f82302-a0da-355b-e9b8-9cf6cf76b97d', 'access', true, '203.0.113.77', 'acme-sync/2.4 (+python-httpx)'),
	('2026-11-27 15:45:27.288939+00', '9e6397d4-b962-45d3-88bf-cbcf26433798', 'auth_login', 'b0a16099-f075-5611-2904-71487eba8622', 'access', true, '203.0.113.77', 'acme-sync/2.4 (+python-httpx)'),
	('2026-11-27 15:45:36.288939+00', '9e6397d4-b962-45d3-88bf-cbcf26433798', 'auth_login', '259a997a-23fd-4a19-ce3a-4724bc99cd7b', 'access', true, '203.0.113.77', 'acme-sync/2.4 (+python-httpx)'),
	('2026-11-27 16:03:49.288939+00', '041dcd94-cdff-4a1c-901a-914cd5be785a', 'invoice', 'a043d804-9035-18ad-99fc-932b8d723c96', 'read', true, '203.0.113.14', 'acme-sync/2.4 (+python-httpx)'),
	('2026-11-27 16:03:57.288939+00', '041dcd94-cdff-4a1c-901a-914cd5be785a', 'invoice', 'c94f337f-187b-a423-dcde-73c0ac172401', 'read', true, '203.0.113.14', 'acme-sync/2.4 (+python-httpx)'),
	('2026-11-27 16:04:05.288939+00', '041dcd94-cdff-4a1c-901a-914cd5be785a', 'invoice', 'f3ea97bc-b6a3-6320-ac60-8b99d59d83dd', 'read', true, '203.0.113.14', 'acme-sync/2.4 (+python-httpx)'),
	('2026-11-27 16:04:13.288939+00', '041dcd94-cdff-4a1c-901a-914cd5be785a', 'invoice', '262bebae-e599-2629-8272-92652c1c05ec', 'read', true, '203.0.113.14', 'acme-sync/2.4 (+python-httpx)'),
	('2026-11-27 16:04:21.288939+00', '041dcd94-cdff-4a1c-901a-914cd5be785a', 'invoice', '2ed67204-1989-d0c2-261f-24bf470fafde', 'read', true, '203.0.113.14', 'acme-sync/2.4 (+python-httpx)'),
	('2026-11-27 16:04:29.288939+00', '041dcd94-cdff-4a1c-901a-914cd5be785a', 'invoice', '708e498c-3170-a904-89a7-dbe7961d6bf8', 'read', true, '203.0.113.14', 'acme-sync/2.4 (+python-httpx)'),
	('2026-11-27 16:04:37.288939+00', '041dcd94-cdff-4a1c-901a-914cd5be785a', 'invoice', '3301510f-df11-0d91-ee11-4a28faf58d00', 'read', true, '203.0.113.14', 'acme-sync/2.4 (+python-httpx)'),
	('2026-11-27 16:04:45.288939+00', '041dcd94-cdff-4a1c-901a-914cd5be785a', 'invoice', '37b6063a-6f72-b169-89b4-201c1a171292', 'read', true, '203.0.113.14', 'acme-sync/2.4 (+python-httpx)'),
	('2026-11-27 16:04:53.288939+00', '041dcd94-cdff-4a1c-901a-914cd5be785a', 'invoice', '92a563bd-f083-2061-3a6f-59a498309481', 'read', true, '203.0.113.14', 'acme-sync/2.4 (+python-httpx)'),
	('2026-11-27 16:05:01.288939+00', '041dcd94-cdff-4a1c-901a-914cd5be785a', 'invoice', 'a4b2433a-fb1c-c977-10b3-69d1ce91bfd1', 'read', true, '203.0.113.14', 'acme-sync/2.4 (+python-httpx)'),
	('2026-11-27 16:05:09.288939+00', '041dcd94-cdff-4a1c-901a-914cd5be785a', 'invoice', '19e1e8b9-cd21-46c2-bbaa-4c10cffe8695', 'read', true, '203.0.113.14', 'acme-sync/2.4 (+python-httpx)'),
	('2026-11-27 16:05:17.288939+00', '041dcd94-cdff-4a1c-901a-914cd5be785a', 'invoice', '15853de7-34b1-0dcb-3f97-d973328acb59', 'read', true, '203.0.113.14', 'acme-sync/2.4 (+python-httpx)'),
	('2026-11-27 16:05:25.288939+00', '041dcd94-cdff-4a1c-901a-914cd5be785a', 'invoice', '4cd4d5c0-000b-e7e5-4018-1ffe2eb11ff8', 'read', true, '203.0.113.14', 'acme-sync/2.4 (+python-httpx)'),
	('2026-11-27 16:05:33.288939+00', '041dcd94-cdff-4a1c-901a-914cd5be785a', 'invoice', '1d34628a-69df-3e7e-b904-010ae0db3020', 'read', true, '203.0.113.14', 'acme-sync/2.4 (+python-httpx)'),
	('2026-11-27 16:05:41.288939+00', '041dcd94-cdff-4a1c-901a-914cd5be785a', 'invoice', 'b2792281-73c6-661f-1baf-0fc3bfeb46f0', 'read', true, '203.0.113.14', 'acme-sync/2.4 (+python-httpx)'),
	('2026-11-27 16:05:49.288939+00', '041dcd94-cdff-4a1c-901a-914cd5be785a', 'invoice', 'c1c54e81-503b-184b-0963-09a159c83b1d', 'read', true, '203.0.113.14', 'acme-sync/2.4 (+python-httpx)'),
	('2026-11-27 16:05:57.288939+00', '041dcd94-cdff-4a1c-901a-914cd5be785a', 'invoice', '129b97b1-6afc-b203-4ffe-04b3394941e7', 'read', true, '203.0.113.14', 'acme-sync/2.4 (+python-httpx)'),
	('2026-11-27 16:06:05.288939+00', '041dcd94-cdff-4a1c-901a-914cd5be785a', 'invoice', 'c4c28cae-95ba-6c88-6fe4-e861ad4199fd', 'read', true, '203.0.113.14', 'acme-sync/2.4 (+python-httpx)'),
	('2026-11-27 16:06:13.288939+00', '041dcd94-cdff-4a1c-901a-914cd5be785a', 'invoice', 'e42ced14-e7d9-ccb8-6804-0cf4d3f5133e', 'read', true, '203.0.113.14', 'acme-sync/2.4 (+python-httpx)'),
	('2026-11-27 16:06:21.288939+00', '041dcd94-cdff-4a1c-901a-914cd5be785a', 'invoice', '9327929f-f3ea-8e48-761b-2abb3738a53d', 'read', true, '203.0.113.14', 'acme-sync/2.4 (+python-httpx)'),
	('2026-11-27 16:06:29.288939+00', '041dcd94-cdff-4a1c-901a-914cd5be785a', 'invoice', '5e732180-af5b-c343-1471-2e9b1e4f77d3', 'read', true, '203.0.113.14', 'acme-sync/2.4 (+python-httpx)'),
	('2026-11-27 16:06:37.288939+00', '041dcd94-cdff-4a1c-901a-914cd5be785a', 'invoice', 'a1cd8a0c-7cfd-a516-a085-a4d24245d759', 'read', true, '203.0.113.14', 'acme-sync/2.4 (+python-httpx)'),
	('2026-11-27 16:06:45.288939+00', '041dcd94-cdff-4a1c-901a-914cd5be785a', 'invoice', 'b673a6b4-6f1c-bda6-4cdb-9385dfef49f7', 'read', true, '203.0.113.14', 'acme-sync/2.4 (+python-httpx)'),
	('2026-11-27 16:06:53.288939+00', '041dcd94-cdff-4a1c-901a-914cd5be785a', 'invoice', 'a86595a8-00a8-049a-a820-b53e64a124e8', 'read', true, '203.0.113.14', 'acme-sync/2.4 (+python-httpx)'),
	('2026-11-27 16:07:01.288939+00', '041dcd94-cdff-4a1c-901a-914cd5be785a', 'invoice', '56336bae-3b43-707b-98e2-858d851527cc', 'read', true, '203.0.113.14', 'acme-sync/2.4 (+python-httpx)');
INSERT INTO maint.restore_proofs OVERRIDING SYSTEM VALUE VALUES
	(1, 'pg_dump:/backups', 'app-2026-11-23.dump', '2026-11-23 01:00:00+00', 12000000, '2026-11-25 16:14:10.738296+00', '2026-11-25 16:14:10.738296+00', true, NULL, '2026-11-23 00:00:00+00', 4711, '{"tables": 12}'),
	(2, 'pg_dump:/backups', 'app-2026-11-24.dump', '2026-11-24 01:00:00+00', 12345678, '2026-11-26 16:14:10.738296+00', '2026-11-26 16:14:10.738296+00', false, 'the file is torn', NULL, NULL, '{}');
INSERT INTO maint.retention_policies VALUES
	('cleanup_old_security_alerts', 'public', 'security_alerts', 'resolved_at', 'resolved', 'false', '30 days', 'delete', '00:00:00.01', NULL, 0, false, true, true, '2026-11-27 16:14:09.680067+00', '2026-11-27 16:14:09.680067+00'),
	('old_parcels', 'public', 'parcels', 'at', 'state <> ''lost''', 'false', '60 days', 'archive', '00:00:00.02', NULL, 0, false, true, false, '2026-11-27 16:14:10.711695+00', '2026-11-27 16:14:10.713298+00'),
	('old_clicks', 'public', 'clicks', 'at', 'true', 'false', '60 days', 'archive', '00:00:00.01', NULL, 0, false, true, false, '2026-11-27 16:14:10.711695+00', '2026-11-27 16:14:10.720583+00'),
	('old_readings', 'public', 'readings', 'at', 'true', 'false', '90 days', 'delete', '00:00:00.01', '1 year', 0, false, true, false, '2026-11-27 16:14:10.723011+00', '2026-11-27 16:14:10.723182+00'),
	('old_sessions', 'public', 'sessions', 'ended_at', 'true', 'false', '60 days', 'delete', '00:00:00.01', NULL, 0, false, false, false, '2026-11-27 16:14:10.711695+00', '2026-11-27 16:14:10.727096+00'),
	('cleanup_old_audit_logs', 'public', 'audit_logs', 'time', 'true', 'false', '100 days', 'delete', '00:00:00.01', NULL, 0, false, true, true, '2026-11-27 16:14:09.680067+00', '2026-11-27 16:14:10.728061+00');
INSERT INTO maint.settings VALUES
	('admin_test', NULL),
	('backup_trigger', NULL),
	('exposed_schemas', 'public'),
	('restore_ignores', 'public.sessions');
INSERT INTO maint.trusted_owners VALUES
	('postgres');
INSERT INTO public.audit_logs VALUES
	('b0ff0099-8e29-928f-604e-188af581aeb2', 'document', 'ee379a43-1b31-2cfe-f19b-ecf34842d5c6', 'read', '64e27602-7c73-46c9-a04b-0dcee5d00a4d', '2026-06-02 10:07:05.192865+00', '8edbf874526b1549', '198.51.100.231', 'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/141.0 Mobile Safari/537.36', 'low'),
	('2ebee644-0553-4ef7-6da4-262cdcf4def7', 'document', 'bbe765f3-c5ce-ba64-feda-3b6c362bd9e1', 'create', 'eaa3556c-35b7-4448-a308-7e5244c6b895', '2026-06-03 19:18:52.832502+00', '6a509e53619a0e08', '192.0.2.245', 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0', 'low'),
	('affa2963-4cc8-29a8-aa29-9f15f8899fd3', 'auth_session', '05fdde26-0bc7-80fc-5317-83959a769e30', 'create', '8721ecf8-d359-407a-ad9b-f0b6ed448d4e', '2026-06-04 16:33:22.580699+00', 'e454ce4258a0eb11', '192.0.2.45', 'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_6) AppleWebKit/605.1.15 Safari/605.1.15', 'low'),
	('aa9aaecd-b3aa-ac9d-f230-4c218753cde8', 'appointment', '200653cf-472f-1d79-d24e-fbaaec95569a', 'create', 'e8ee65a1-23a9-49da-816b-2332cfed943b', '2026-06-05 17:56:44.32751+00', 'a01f7864279644d8', '192.0.2.145', 'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/141.0 Mobile Safari/537.36', 'low'),
	('80eba63a-983c-670d-7c65-48d5686ae91d', 'invoice', '476923b3-9eb8-191b-efe7-fb76e6497843', 'update', '4fe04802-f435-4573-ae8c-d94e7223c68a', '2026-06-08 11:51:44.168414+00', '4e59c7d91762b8de', '192.0.2.253', 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0', 'low'),
	('632ebbdc-28b0-e98b-58d4-5609f85bd800', 'profile_access', 'a4a8a68d-268a-653c-1ded-08746cfe81a8', 'access', '14a0b00b-b835-48a5-b414-5e878c9a3751', '2026-06-10 07:55:19.771177+00', 'a69671a30837ec9c', '192.0.2.181', 'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/141.0 Mobile Safari/537.36', 'low'),
	('6e1b3a12-e6f5-d8a8-8367-741f86779ded', 'appointment', '7a62ec0f-96e2-e85d-0d95-80f9dc5dac8b', 'update', '4fe04802-f435-4573-ae8c-d94e7223c68a', '2026-06-17 15:48:35.99071+00', 'e1123d4c63b30d35', '192.0.2.253', 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0', 'low'),
	('14cdab8a-6c3f-8b78-0d68-70d07e302038', 'auth_session', '73983388-671d-56ef-4aae-e5e6b6953c81', 'create', 'f18bde0e-8641-4b60-8ce3-b0cc1202952f', '2026-06-18 13:37:10.246546+00', '747f9b0dc7bd7936', '192.0.2.9', 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0', 'low'),
	('1e53c3d4-4db5-7b52-989e-5c2f81fa6fbe', 'document', '8e1bbec5-2ff6-f767-681c-812a469b8aa6', 'read', '67c98fb9-7365-46ec-ae7c-8f097ddfcbc9', '2026-06-22 17:36:34.158395+00', 'feed58ccc24a2c9f', '198.51.100.147', 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148', 'low'),
	('26ec30b5-dd3f-b285-6a71-50d176ea22cb', 'auth_session', 'b6e748e0-9431-eda3-c161-5c5a6bc82a58', 'create', '72ee6a2e-f8e4-4b5c-b7d8-c569daff9a0b', '2026-06-25 10:52:20.792395+00', '512387fb6d108f8c', '192.0.2.83', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/141.0 Safari/537.36', 'low'),
	('ce87a2da-2666-8169-b089-6b05bbd11317', 'user_settings', '3e96afbc-0cf9-fb64-f2f0-7fe29a75c5cc', 'update', '4fe04802-f435-4573-ae8c-d94e7223c68a', '2026-06-26 08:40:54.02093+00', 'beea257228b21188', '192.0.2.253', 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0', 'low'),
	('c82c2297-a44d-e94b-e266-b635bc6e65ab', 'document', 'f909f8b3-1610-c6c3-9514-a1dadbb1080b', 'read', '4fe04802-f435-4573-ae8c-d94e7223c68a', '2026-06-27 11:46:07.072185+00', 'f4bec004ac907fcd', '192.0.2.253', 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0', 'low'),
	('8554905d-6c28-33af-377c-42282eacd260', 'invoice', 'e61ed234-2195-bc0a-6a94-4baee9401164', 'create', '33bf9157-91d2-47f2-8f32-1d634223b8aa', '2026-06-29 13:19:47.053029+00', 'ce19ccce430591ba', '192.0.2.80', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/141.0 Safari/537.36', 'low'),
	('22b0ff5d-5bce-aed4-d98e-96ff8dd75e6c', 'appointment', '28ee29de-c635-4f4c-056c-2451f0e37af2', 'update', 'beef67fb-69f4-4612-a201-a9d369ac0f03', '2026-07-01 08:52:06.792269+00', '5467134c7939fcec', '198.51.100.206', 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148', 'low'),
	('633dd215-d95c-b4d9-3b50-fba30c2dbf99', 'invoice', '91fb80f1-ea1f-0c38-5956-c09c2d720d40', 'create', '4fe04802-f435-4573-ae8c-d94e7223c68a', '2026-07-08 11:42:28.213081+00', '0e4fb8ec2ed2360c', '192.0.2.253', 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0', 'low'),
	('2921988d-4dce-ecd3-e9cd-14263d005d0f', 'appointment', '916758e3-ba1e-817a-b0ab-171490a437c7', 'create', '42c927b9-6359-46be-b113-5de9953857d7', '2026-07-10 17:20:57.921438+00', '52e732a976caabee', '192.0.2.136', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/141.0 Safari/537.36', 'low'),
	('544748a1-bc29-ab6d-a3be-e81ed360636e', 'appointment', '1c0930d2-7408-ecab-c99e-8eba81e37eaf', 'update', '1ef3ea44-50ea-4da7-a048-7e15580dc5ab', '2026-07-13 10:43:38.252436+00', '77779b8ea7bde3ae', '198.51.100.174', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/141.0 Safari/537.36', 'low'),
	('3a130ba5-f0df-3c46-07dd-6659dbc28215', 'invoice', '71b3f614-7177-bb63-7d30-f2e4702bdc29', 'update', '452e704d-607a-4732-b5c2-e229862fe231', '2026-07-14 16:10:33.593593+00', 'b7cabe1dab83ed66', '192.0.2.160', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/141.0 Safari/537.36', 'low'),
	('6accacee-35f7-b9b8-1cdc-5482b7730bd1', 'document', 'af8053f7-20ac-486a-a5e6-f4e3d3dad20f', 'read', 'eaa3556c-35b7-4448-a308-7e5244c6b895', '2026-07-21 09:43:54.024944+00', '0a5c03931a456cee', '192.0.2.245', 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0', 'low'),
	('ecb621b4-3c14-64d5-581b-b9745e19f368', 'invoice', '64132a93-68ee-daee-8d7a-bce6ad9a2a4f', 'update', '33bf9157-91d2-47f2-8f32-1d634223b8aa', '2026-07-21 17:02:30.283729+00', '58828876584a7272', '192.0.2.80', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/141.0 Safari/537.36', 'low'),
	('ae17bf63-ac87-c5b9-5e01-1dc2bae71d6e', 'profile_access', 'ddedf27e-85d8-972c-5d94-b34f80e054ea', 'access', '8027a2a2-3537-4235-933e-6153296259c8', '2026-07-22 14:26:35.383617+00', '77703e5e2b3c4d97', '198.51.100.107', 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148', 'low'),
	('c5bac735-8131-4da7-fde8-752c5e7ad7b1', 'appointment', '5206bfee-b542-1722-86f4-5caa3bae2445', 'create', '8e4dc3a3-578a-40d8-acb8-d14c173910e3', '2026-07-25 11:02:42.830131+00', 'c354b5a96f24cf4f', '192.0.2.193', 'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_6) AppleWebKit/605.1.15 Safari/605.1.15', 'low'),
	('05740350-2224-6c05-cdbd-21056c731335', 'invoice', '7749a38e-a1d7-7e24-983b-125758bbf140', 'create', '41785bc6-4c3a-46fc-8820-823157fa49e5', '2026-07-28 09:22:06.958507+00', 'd4afd18d34ca84a1', '192.0.2.179', 'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_6) AppleWebKit/605.1.15 Safari/605.1.15', 'low'),
	('1d6d8e10-0094-cade-6920-28bc67626f93', 'auth_session', 'e5be3b74-acb1-1101-9b69-deee4bea10cd', 'create', 'deb67ae7-ffb0-4d9e-a3e1-986964950dc2', '2026-07-28 17:25:57.088171+00', '5aa858469e0d9062', '198.51.100.247', 'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_6) AppleWebKit/605.1.15 Safari/605.1.15', 'low'),
	('467f9f34-47de-91fc-cea6-5beeacdd861b', 'invoice', '07c384b5-d518-271b-3695-e2273b93c8e0', 'delete', 'bd6a996d-e6cd-40f1-8300-3005b688b661', '2026-07-31 08:44:36.957655+00', '4a256a9b6f7966fd', '198.51.100.202', 'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_6) AppleWebKit/605.1.15 Safari/605.1.15', 'medium'),
	('3341568e-1c4d-e89c-709e-e11630c2a33d', 'document', '3d9b11fe-7045-ffa8-972c-b380c81480f2', 'read', '64e27602-7c73-46c9-a04b-0dcee5d00a4d', '2026-08-06 18:13:17.343926+00', '1fb4bb3a43e6bca1', '198.51.100.231', 'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/141.0 Mobile Safari/537.36', 'low'),
	('b754d058-23d6-8b98-14d8-f58ea1933b67', 'appointment', '953366a2-1f44-af18-0c13-ee19388b1539', 'update', 'a5529b05-6656-4bc4-a272-92f83f9aa884', '2026-08-07 16:45:40.079946+00', '2260643c115a977b', '198.51.100.158', 'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_6) AppleWebKit/605.1.15 Safari/605.1.15', 'low'),
	('23cf8258-0b7f-cac3-605b-d73ff81bf5cc', 'document', 'eb4f0fb6-583a-31c3-7482-cc461c0fce62', 'read', 'bd6a996d-e6cd-40f1-8300-3005b688b661', '2026-08-10 17:45:05.319964+00', '830b0d27af0173d0', '198.51.100.202', 'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_6) AppleWebKit/605.1.15 Safari/605.1.15', 'low'),
	('7d796357-2c7b-fc28-7e24-8478a5bd10bf', 'auth_session', '27cad44e-8414-0c8e-6fc4-89c68b9eaa18', 'create', '4fe04802-f435-4573-ae8c-d94e7223c68a', '2026-08-11 14:43:04.795445+00', 'fc4d54e74d39612a', '192.0.2.253', 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0', 'low'),
	('3be4f8eb-a04a-dd1c-d46c-de996b89a807', 'auth_session', '48acfcb5-3540-71ec-3651-ce8ae5749427', 'create', '4fe04802-f435-4573-ae8c-d94e7223c68a', '2026-08-12 10:17:13.590163+00', 'f865ecad6f226b2f', '192.0.2.253', 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0', 'low'),
	('ecc1b016-5f29-d498-f0da-7d26b0632839', 'auth_session', 'd2bf773e-527e-a690-3f1c-8c26f8b5795a', 'create', 'eaa3556c-35b7-4448-a308-7e5244c6b895', '2026-08-12 18:30:28.159665+00', '783a47665bb8b060', '192.0.2.245', 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0', 'low'),
	('718d76c3-847f-5a89-6b16-4810813dad74', 'auth_session', 'cfdd3717-27b0-bf17-3aa6-08f7443fc311', 'create', 'deb67ae7-ffb0-4d9e-a3e1-986964950dc2', '2026-08-16 12:59:10.351+00', '6e81cb529ad1dca3', '198.51.100.247', 'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_6) AppleWebKit/605.1.15 Safari/605.1.15', 'low'),
	('63d648bf-de00-a50f-b27a-80db93a65928', 'invoice', '92b9d8a5-bd61-f2ab-ba08-8329619c948a', 'update', '794ec926-bc9e-48ea-bee8-062610e8ad01', '2026-08-18 10:20:02.199067+00', '8e874112b8706dfe', '198.51.100.169', 'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_6) AppleWebKit/605.1.15 Safari/605.1.15', 'low'),
	('b457a253-32fb-667f-7aea-5ea4f550e582', 'invoice', '8656ce67-76af-d106-c4e5-a75675778757', 'update', '54ef125a-25bd-4659-9986-48e013d5316f', '2026-08-18 19:26:49.024715+00', '03aeb49fb522f4d7', '198.51.100.173', 'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_6) AppleWebKit/605.1.15 Safari/605.1.15', 'low'),
	('916a5ab9-d435-497a-fcb7-2b9cf3940baf', 'invoice', 'ef74b6bd-7498-4df7-6b9b-c29d3b332b8e', 'update', '64e27602-7c73-46c9-a04b-0dcee5d00a4d', '2026-08-21 07:32:14.334294+00', '94b3aa16f278e5cd', '198.51.100.231', 'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/141.0 Mobile Safari/537.36', 'low'),
	('4ea864ad-4f6a-15f3-3e82-1ef1995ee945', 'invoice', '8609130e-3e36-3344-d717-32a705c1c6cb', 'create', '4fe04802-f435-4573-ae8c-d94e7223c68a', '2026-08-24 10:31:45.584025+00', '08440321c1bc6f3f', '192.0.2.253', 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0', 'low'),
	('aa9bd81b-c4e4-6d3d-3c88-72e34cf3728e', 'document', 'a5b2d746-3af6-83c0-9bff-281d6d45d520', 'read', 'eaa3556c-35b7-4448-a308-7e5244c6b895', '2026-08-25 14:41:19.086361+00', '255339ff2f27342f', '192.0.2.245', 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0', 'low'),
	('36838294-7b90-3cbe-7a7d-7b28667b5f28', 'appointment', '423edbf3-675e-4ae7-b5c6-4d82fc8bd2b4', 'update', '8352bc85-e456-459c-b70a-f5f2d5d5891f', '2026-08-28 11:25:51.68073+00', '686c0107368cef9f', '192.0.2.240', 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0', 'low'),
	('2151fc0f-39d0-f794-0d6e-cdbd315712e2', 'document', '3b163952-ef70-8d87-ea2b-3b5d6ab61e9c', 'read', 'f4c18226-aed2-4b0f-b610-4b84e4907d49', '2026-08-31 12:41:32.242791+00', 'd167af11465f9e49', '198.51.100.120', 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148', 'low'),
	('23b21aec-0df8-7628-6ad2-ed657346ba15', 'document', '9ba3f535-895e-ba54-384d-d63506f0ceee', 'read', '1ef3ea44-50ea-4da7-a048-7e15580dc5ab', '2026-09-01 09:31:50.204173+00', 'b64f6b653a03bd51', '198.51.100.174', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/141.0 Safari/537.36', 'low'),
	('6ed3247f-6afc-5c44-c32a-8f4b1ea9771b', 'appointment', '29bbc31c-6976-7bce-4426-97bbda06979d', 'read', 'bf5b411b-2449-4df6-971e-1a8c94db5f8f', '2026-09-02 11:01:45.830917+00', '5e382ebd0afaa362', '192.0.2.248', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/141.0 Safari/537.36', 'low'),
	('def00572-a36f-8eef-4330-62992b609bf1', 'document', '1808c8b6-5523-8c06-6fd6-2df1bde29737', 'read', '32c32444-a48c-4d5c-a1fe-b6249df2025f', '2026-09-03 15:32:54.266253+00', '6bfeafbc6fb52926', '198.51.100.96', 'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/141.0 Mobile Safari/537.36', 'low'),
	('4fb3d27e-c230-bd9a-d567-882e2dd19c4b', 'invoice', '6c3dc8ce-dd7a-d52c-23fd-20a8ad6d3aaf', 'create', '222930ae-9158-44a8-9f03-bc5a4dee4812', '2026-09-04 13:03:35.830328+00', 'ebae1296a28c175e', '198.51.100.70', 'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_6) AppleWebKit/605.1.15 Safari/605.1.15', 'low'),
	('2c3a552a-409d-061b-a207-0025ccace0e5', 'appointment', '424f246d-6aa7-ad3d-3633-17181a9ef957', 'read', '81b1c025-d1e4-40a3-9393-2904757f1cba', '2026-09-06 13:30:54.009914+00', '8cd299d4ba6bb237', '192.0.2.150', 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148', 'low'),
	('b59618f0-1556-c36c-1ae1-6ab1b13010cd', 'appointment', '4b98c1c3-b400-4c5b-921b-0c9a7d3edaa5', 'read', '9187df42-811e-4616-80bb-e6ed8614f504', '2026-09-07 14:20:03.016352+00', '21574923c99e788a', '198.51.100.29', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/141.0 Safari/537.36', 'low'),
	('3880a6ea-a7c8-2dd9-95df-5a7b9c1f2696', 'appointment', '5a093840-13b1-64d9-eab0-df7b6a640763', 'read', '33bf9157-91d2-47f2-8f32-1d634223b8aa', '2026-09-08 10:27:39.963591+00', 'b94ee1eca5ee2515', '192.0.2.80', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/141.0 Safari/537.36', 'low'),
	('6a0a5f6f-6138-a847-1e62-3bf7fc615969', 'auth_session', '0b1fed80-b77f-3479-8abe-13ce181b3361', 'create', 'a060846c-20c2-4f71-b662-222e4dc4ac8c', '2026-09-08 17:02:23.866431+00', '9adce2f9ae507774', '192.0.2.77', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/141.0 Safari/537.36', 'low'),
	('1d8d6b72-68ea-cd14-c583-8885cbe83226', 'document', '9bb40e80-5293-b467-e2a4-e2ff4a9e5336', 'read', '4fe04802-f435-4573-ae8c-d94e7223c68a', '2026-09-09 13:29:44.859348+00', 'a00a716fe8dc45db', '192.0.2.253', 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0', 'low'),
	('7b05f586-9a52-a4da-290c-a72bc7f2f133', 'appointment', '6f3d3288-4e02-9c64-8ccd-818c432e3365', 'read', '11f2d44d-cc35-4834-b4fa-941200d93534', '2026-09-10 09:36:12.534145+00', 'd3de571664dd911c', '192.0.2.198', 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148', 'low'),
	('6d19efd1-90d5-90f5-04c8-f12bb0e9e97a', 'auth_session', '5f3c09c5-5961-2cd0-f1e9-ca20f9182e61', 'create', '4387ee7b-7d42-446f-be9b-768fae4001e3', '2026-09-10 16:25:09.830499+00', '84a34abd9571d014', '198.51.100.176', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/141.0 Safari/537.36', 'low'),
	('90e840e6-2ee9-8482-da0d-36dfaeca38bd', 'appointment', '30f3eb82-9d1c-1743-b8fe-c9346e7ea80b', 'read', 'a4a915d0-2ad6-4ce9-9ea7-722864f54969', '2026-09-11 14:48:34.193547+00', '06768c478117d48b', '198.51.100.19', 'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/141.0 Mobile Safari/537.36', 'low'),
	('9830fb09-3f1a-e39d-2604-a9746b2596b3', 'invoice', '0e76f0c7-69a8-51a2-f4ab-cadfe2230f68', 'update', 'bf5b411b-2449-4df6-971e-1a8c94db5f8f', '2026-09-13 16:32:22.46971+00', '3945f250ff2bb291', '192.0.2.248', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/141.0 Safari/537.36', 'low'),
	('656de540-a539-a8f1-59fa-a08ac96d4ce7', 'invoice', '89903756-5840-51f3-0bc8-9b72b7b82b57', 'update', '4fe04802-f435-4573-ae8c-d94e7223c68a', '2026-09-14 14:10:46.165768+00', '338b7549c98eed29', '192.0.2.253', 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0', 'low'),
	('416b9cfc-7d9e-1b80-e976-bac0ea36e6a2', 'auth_session', '48c12649-5c06-cdc0-9146-c72b96a0ebe7', 'create', '6a34b371-78e1-4e70-abb7-1c682097798c', '2026-09-15 10:21:27.183692+00', 'b12b268d94551f8d', '192.0.2.205', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/141.0 Safari/537.36', 'low'),
	('9a0ff09c-e936-659f-0e92-54ff019b99f0', 'appointment', 'e7c48255-e74d-f426-1742-42ea77ef01ca', 'read', '5534a034-e800-4d90-b3f6-e53d3853933d', '2026-09-17 09:04:07.791033+00', 'f4d927f7da85180f', '198.51.100.24', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/141.0 Safari/537.36', 'low'),
	('c587bf05-2216-9085-463d-2d951dce177e', 'appointment', 'e754bf95-97fc-53e1-f486-9ceb3ff6d765', 'read', 'beef67fb-69f4-4612-a201-a9d369ac0f03', '2026-09-17 16:31:31.842509+00', '59f467da5fc52c21', '198.51.100.206', 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148', 'low'),
	('72b1f666-5738-d7f7-6ef9-dc2dfe3e46ba', 'auth_session', 'eaf11623-57b7-0d7c-92d6-c301ca74172f', 'create', 'ab3b74fe-8eac-4288-bbb1-d1244d039b72', '2026-09-18 13:59:25.011077+00', 'c53eb9e375c29dcb', '192.0.2.249', 'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_6) AppleWebKit/605.1.15 Safari/605.1.15', 'low'),
	('4d44757e-6ee5-a82b-91fe-49481286dd5c', 'invoice', 'cd8c84c4-d798-4029-e572-728f2cd76270', 'update', '81b1c025-d1e4-40a3-9393-2904757f1cba', '2026-09-20 13:35:35.232833+00', '42e856a446e0384a', '192.0.2.150', 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148', 'low'),
	('70b6649d-e0fa-7f5f-efcb-449194da0d80', 'appointment', '47ba3b3c-051e-d96b-f661-fbd949d1b07d', 'read', 'bf5b411b-2449-4df6-971e-1a8c94db5f8f', '2026-09-21 13:35:55.664934+00', 'f567fc29732a8069', '192.0.2.248', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/141.0 Safari/537.36', 'low'),
	('4367398e-1a10-c305-2ed2-e3f056b57dd0', 'appointment', '1b68fca2-b534-aae5-493a-df9b4c0addef', 'update', '50cb407a-82ce-486f-afad-79364406c053', '2026-09-22 09:17:31.561005+00', 'adb6e1cbc16734a5', '198.51.100.150', 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148', 'low'),
	('0268cee0-cdf5-8c19-00cd-2af78af270c5', 'auth_session', '5e56b899-daac-8b7a-e086-8a55e961c8d2', 'create', 'a5529b05-6656-4bc4-a272-92f83f9aa884', '2026-09-22 16:24:06.245178+00', '372c2024ee72c128', '198.51.100.158', 'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_6) AppleWebKit/605.1.15 Safari/605.1.15', 'low'),
	('37579ef7-78f6-9abe-8a39-670903da0575', 'profile_access', '9e6bf140-5373-f30f-7826-812f313bd06f', 'access', '3d1926ac-a7ef-4f5d-a7fd-5499429a7079', '2026-09-23 11:10:58.180204+00', '068e3fd46b5cd437', '192.0.2.5', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/141.0 Safari/537.36', 'low'),
	('69eef651-38c0-254f-8b21-ba921526680e', 'appointment', '5e274f16-7877-f890-f8bb-97a7fd6b8d6a', 'read', '0d36ce2c-1a09-4840-87d7-df790c5b4c59', '2026-09-24 07:09:48.671676+00', 'ee967a8a0aad4abd', '192.0.2.164', 'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_6) AppleWebKit/605.1.15 Safari/605.1.15', 'low'),
	('9b77ef87-8881-0f24-53c4-c654446d7f35', 'document', 'd6ce8d09-eea5-b74b-9980-527536570bc1', 'read', '197536b1-1cb4-4a55-838b-48a2b2d643a2', '2026-09-25 12:41:58.45439+00', '84c6c040c5e363a3', '198.51.100.179', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/141.0 Safari/537.36', 'low'),
	('48d3e6eb-1198-81a9-16db-bb9721f9d7ee', 'appointment', '3686e48c-b216-ce14-2f6b-d82c187dbffa', 'create', 'dab07929-4670-4312-8172-b2986d94dd6d', '2026-09-29 14:39:05.918624+00', '59e0cec79b2e71cc', '198.51.100.197', 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0', 'low'),
	('6e227ddc-05bd-e598-9fac-33bc4a5cec86', 'appointment', '73a5f3e5-80aa-701f-c17c-edf93dcba467', 'read', 'e8ee65a1-23a9-49da-816b-2332cfed943b', '2026-09-30 10:05:12.07321+00', '1d5945ccec2e3a7e', '192.0.2.145', 'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/141.0 Mobile Safari/537.36', 'low'),
	('395b183f-e70e-176c-5ede-dcea6333df9c', 'invoice', 'bf26bb05-238d-d484-43c5-1915c684e7f9', 'create', '0059865a-0a1f-443b-86e0-673a8d2f29e7', '2026-09-30 16:37:17.815908+00', '8c7fda1ce22ad70f', '198.51.100.159', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/141.0 Safari/537.36', 'low'),
	('6ecf3d19-4dfd-fb0b-691c-6a25d9a657e8', 'appointment', '0d07e4df-62d7-b35c-ee4c-a2b0aa720383', 'update', '64e27602-7c73-46c9-a04b-0dcee5d00a4d', '2026-10-01 13:26:52.428406+00', '405c1c9bc10e06e4', '198.51.100.231', 'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/141.0 Mobile Safari/537.36', 'low'),
	('44e2282f-873c-e2cc-0144-28b453d274f0', 'appointment', '37253027-39c1-2f23-15a1-1e30c03b036d', 'update', 'bf5b411b-2449-4df6-971e-1a8c94db5f8f', '2026-10-02 09:14:58.407706+00', '5195daec7bb4ad4d', '192.0.2.248', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/141.0 Safari/537.36', 'low'),
	('499848b0-4907-b44d-009a-07959be46e6c', 'document', 'd15ba4be-9760-b499-80b0-6310ced7f3a7', 'read', 'a661f62c-bd65-480c-bb11-85d9348922d7', '2026-10-05 09:48:45.513633+00', '0ed63e3e96e771a2', '198.51.100.113', 'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_6) AppleWebKit/605.1.15 Safari/605.1.15', 'low'),
	('75af0bf0-4047-57b1-a056-1a4c17457d8c', 'appointment', '568a88d2-37dc-4a31-6f21-f2037c670b71', 'create', 'd329d65c-0b35-41de-a50e-7b34a4aa07b4', '2026-10-05 16:20:32.943161+00', 'adb8286cc44fca67', '192.0.2.69', 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0', 'low'),
	('9982fcca-cba4-a553-a9e2-2601da3b55ce', 'appointment', '7e0319a8-ff22-1397-7b7d-f7895d0af5b0', 'read', '5534a034-e800-4d90-b3f6-e53d3853933d', '2026-10-06 11:04:13.332136+00', 'aa7a45a47ab63330', '198.51.100.24', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/141.0 Safari/537.36', 'low'),
	('2db7d1cf-4be6-c5fc-4de6-c3a7f1715a7d', 'profile_access', '8dda44e8-3b32-6402-d084-91a8d267a83f', 'access', '222930ae-9158-44a8-9f03-bc5a4dee4812', '2026-10-06 22:21:32.507453+00', 'f97c1cb2a6ad7d08', '198.51.100.70', 'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_6) AppleWebKit/605.1.15 Safari/605.1.15', 'low'),
	('a8ac0e72-fec7-afec-1a20-81391682a896', 'auth_session', '92df0237-8fc5-88da-7b06-0474ca7d74e6', 'create', '3e7c6567-3141-4775-8c3b-a85923bc9152', '2026-10-07 14:10:20.664626+00', '418a942d20785d35', '198.51.100.37', 'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_6) AppleWebKit/605.1.15 Safari/605.1.15', 'low'),
	('96c27181-057b-bd18-6969-abd080a0b7ef', 'document', 'acd18c2f-09ad-a1ac-78ba-64192b9f6e63', 'read', '4fe04802-f435-4573-ae8c-d94e7223c68a', '2026-10-08 09:45:54.151178+00', '09c9aeb20eac391d', '192.0.2.253', 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0', 'low'),
	('4279359f-b2be-59a2-7219-ce6a922061e9', 'auth_session', 'b4c11eef-5a58-957b-ecb7-048990a8fb80', 'create', 'f4c18226-aed2-4b0f-b610-4b84e4907d49', '2026-10-08 16:08:15.544527+00', '81d0b830ce3f081d', '198.51.100.120', 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148', 'low'),
	('c55ab48e-6bfb-2c86-b50b-8260395a52df', 'appointment', '46ee1d36-54fd-7440-15d7-908255b45143', 'read', '5c0bb40f-f3e6-4a73-8305-e98686292bb5', '2026-10-09 13:41:27.408483+00', '648ea5cc98d5b96f', '192.0.2.74', 'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_6) AppleWebKit/605.1.15 Safari/605.1.15', 'low'),
	('08110b7c-2f19-9f7c-4391-eddc6009371a', 'document', '87f70590-2a3d-ce76-ebfd-0b900af72c33', 'create', '53158ce4-0072-4f84-94d1-ac6bd7196189', '2026-10-12 13:53:27.617242+00', '067a2ca057e70ecd', '192.0.2.160', 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148', 'low'),
	('4fa0d8cd-2de6-0dfd-0e9e-289eaa187399', 'appointment', 'aa45c9a7-82b6-f4d8-dfa3-18cc89426ee7', 'create', '222930ae-9158-44a8-9f03-bc5a4dee4812', '2026-10-13 08:50:44.576196+00', 'dbd947bec3785c8f', '198.51.100.70', 'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_6) AppleWebKit/605.1.15 Safari/605.1.15', 'low'),
	('78556730-40ee-73c6-4c80-3d27a57f6b81', 'appointment', 'aac5a740-5599-fc89-dd94-3f3028c27e93', 'update', '222930ae-9158-44a8-9f03-bc5a4dee4812', '2026-10-13 15:37:08.918969+00', '1150e8ec5aa42597', '198.51.100.70', 'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_6) AppleWebKit/605.1.15 Safari/605.1.15', 'low'),
	('620283a7-4ffc-d19a-f2b3-f79f1ce9402e', 'auth_session', 'cce867b0-c5d6-2530-e7a1-e245b86f70b0', 'create', '877b55cb-80de-4b3e-afcf-0e77203943f6', '2026-10-14 10:00:38.298716+00', '3ba9f6c51f32d231', '198.51.100.62', 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0', 'low'),
	('b0c65890-ee60-a4b2-5c0b-c4ae82b72eab', 'appointment', '48b4ddcb-d786-f00e-cc19-32f947057698', 'read', '50cb407a-82ce-486f-afad-79364406c053', '2026-10-15 12:47:26.778991+00', 'eb3761d61fbd3eb5', '198.51.100.150', 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148', 'low'),
	('5b676eb4-21fa-34cc-5804-21edf7dc44e6', 'appointment', '3df2aa59-5d0e-de05-20b0-8dd883278fe7', 'create', 'd874bc79-7e73-4d5f-b5d8-d8a4f9c9c679', '2026-10-16 17:50:37.087917+00', '8538b6647e9f6679', '198.51.100.192', 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0', 'low'),
	('31f0bc57-84e3-0bd9-c76b-81412e184c30', 'invoice', 'eea48ef5-122a-8f52-c830-5669954cfc5c', 'create', '4fe04802-f435-4573-ae8c-d94e7223c68a', '2026-10-19 09:09:49.031452+00', 'dfe3c15f6d519232', '192.0.2.253', 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0', 'low'),
	('3e5bb2ad-8233-de8d-02d4-04a4e4b98d52', 'profile_access', '96d299cb-bb12-2bf5-7b82-d90df8e7a451', 'access', '222930ae-9158-44a8-9f03-bc5a4dee4812', '2026-10-19 15:06:40.471128+00', '3a6acd4a100825ce', '198.51.100.70', 'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_6) AppleWebKit/605.1.15 Safari/605.1.15', 'low'),
	('bdf40995-09ac-bef6-15d0-fdda38a0fe3b', 'appointment', '5885dbee-e8a7-7772-8715-a0c92f52283a', 'create', '65f456aa-d6cf-4718-9699-08f6c0301b21', '2026-10-20 10:32:45.613946+00', '922fa9bb46b92ae3', '198.51.100.205', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/141.0 Safari/537.36', 'low'),
	('0a3400da-e23e-002b-f766-277d3a707efc', 'invoice', 'cedec55b-51c5-0a5c-b10b-fc1679b3744f', 'create', 'bd6a996d-e6cd-40f1-8300-3005b688b661', '2026-10-20 17:31:00.818198+00', 'd3d7bdd22044416e', '198.51.100.202', 'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_6) AppleWebKit/605.1.15 Safari/605.1.15', 'low'),
	('bb537300-bffc-e697-16d2-fcdee860ddaf', 'document', '9624307d-db99-1986-1937-c456b355c143', 'create', '222930ae-9158-44a8-9f03-bc5a4dee4812', '2026-10-21 12:56:06.899079+00', 'bcaf9ef59267c8ae', '198.51.100.70', 'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_6) AppleWebKit/605.1.15 Safari/605.1.15', 'low'),
	('972d0025-7102-2875-76c0-82b985450206', 'appointment', 'b1f2ee60-7459-11c1-fc4c-94784823a2a5', 'read', '4fe04802-f435-4573-ae8c-d94e7223c68a', '2026-10-22 14:06:57.683103+00', '9dc00cef4c9ff9b9', '192.0.2.253', 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0', 'low'),
	('813b5f46-87be-f6fb-afae-dd1e4971585a', 'profile_access', 'f717f80c-165b-15e2-d165-a6958466f21a', 'access', 'f18bde0e-8641-4b60-8ce3-b0cc1202952f', '2026-10-23 10:08:12.869326+00', 'cc817f0ebed61d1b', '192.0.2.9', 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0', 'low'),
	('2c0c78bd-ffaa-6a69-eec3-53b0750ede0a', 'client_tin', 'a1deecd3-56e8-1f35-dd65-bba5a45a6734', 'read', '8352bc85-e456-459c-b70a-f5f2d5d5891f', '2026-10-24 03:01:40+00', '26081fe4586db6a1', '192.0.2.200', 'acme-sync/2.4 (+python-httpx)', 'high'),
	('8a42abe5-37cb-7edc-4d60-31b2db2bf83f', 'client_tin', '0f21434b-7765-547d-8263-8ebcf66010ae', 'read', '8352bc85-e456-459c-b70a-f5f2d5d5891f', '2026-10-24 03:02:00+00', '43a1597c72da7111', '192.0.2.200', 'acme-sync/2.4 (+python-httpx)', 'high'),
	('95cc7ea3-9473-65c0-a334-43c4aa209ca1', 'client_tin', '93d04e4c-e79a-262b-e8db-f76b4d33f36c', 'read', '8352bc85-e456-459c-b70a-f5f2d5d5891f', '2026-10-24 03:02:20+00', '7b5647573a38b3b8', '192.0.2.200', 'acme-sync/2.4 (+python-httpx)', 'high'),
	('cadbeeed-8acc-23ee-fb01-cb9fbbda926e', 'client_tin', '00283560-a649-ab44-5dcb-8bc98d756a87', 'read', '8352bc85-e456-459c-b70a-f5f2d5d5891f', '2026-10-24 03:02:40+00', 'c90c422cca580283', '192.0.2.200', 'acme-sync/2.4 (+python-httpx)', 'high'),
	('218bfb0f-a3e4-9592-a875-00e0bc0a3b07', 'client_tin', '38e76600-fe19-2ea5-1ca3-eac912d1dd8f', 'read', '8352bc85-e456-459c-b70a-f5f2d5d5891f', '2026-10-24 03:03:00+00', '206f01d9baf79a38', '192.0.2.200', 'acme-sync/2.4 (+python-httpx)', 'high'),
	('61d68491-5d99-482e-4248-73a78acdfe16', 'client_tin', '0190ec6c-290a-5d45-7e80-a7492936cdcf', 'read', '8352bc85-e456-459c-b70a-f5f2d5d5891f', '2026-10-24 03:03:20+00', '051cded6d865b590', '192.0.2.200', 'acme-sync/2.4 (+python-httpx)', 'high'),
	('5300fd60-db37-be05-3e67-1e63af864af6', 'client_tin', '428e5b9e-d07e-2fc0-00a1-e4b47bd23554', 'read', '8352bc85-e456-459c-b70a-f5f2d5d5891f', '2026-10-24 03:03:40+00', '3488ff92d1ba3ee3', '192.0.2.200', 'acme-sync/2.4 (+python-httpx)', 'high'),
	('d657bece-8157-174e-04e7-49e1259d85a5', 'client_tin', '52f675c5-53a6-82a1-5c20-356b43633deb', 'read', '8352bc85-e456-459c-b70a-f5f2d5d5891f', '2026-10-24 03:04:00+00', '6a1c17062284d645', '192.0.2.200', 'acme-sync/2.4 (+python-httpx)', 'high'),
	('e68c42f9-148a-dcd2-3bb8-0e8ba67eadc3', 'client_tin', '00b9b7c7-a9a0-c6e6-7e2e-a1c7983592f1', 'read', '8352bc85-e456-459c-b70a-f5f2d5d5891f', '2026-10-24 03:04:20+00', 'bcfe27084f025018', '192.0.2.200', 'acme-sync/2.4 (+python-httpx)', 'high'),
	('1f47b693-22c1-0fcf-e437-5e977bf245a3', 'client_tin', 'd1e81a80-d528-7784-3490-532da82c54ec', 'read', '8352bc85-e456-459c-b70a-f5f2d5d5891f', '2026-10-24 03:04:40+00', '750ce91b78c5cb4e', '192.0.2.200', 'acme-sync/2.4 (+python-httpx)', 'high');
INSERT INTO public.audit_logs VALUES
	('9e450ed2-2f28-8d69-51c1-448101553953', 'client_tin', '1e0860d4-fd07-b1da-8fae-17f3741949c6', 'read', '8352bc85-e456-459c-b70a-f5f2d5d5891f', '2026-10-24 03:05:00+00', '8045a9dcf16605b7', '192.0.2.200', 'acme-sync/2.4 (+python-httpx)', 'high'),
	('119eb13f-87cc-ce31-60c1-77c1cf13e0a2', 'client_tin', '9ec98468-9a32-9451-a0e2-abfc30935f57', 'read', '8352bc85-e456-459c-b70a-f5f2d5d5891f', '2026-10-24 03:05:20+00', 'ac6bf9768a8d7feb', '192.0.2.200', 'acme-sync/2.4 (+python-httpx)', 'high'),
	('13751838-4c1f-c320-e7b3-9300d86bfb06', 'client_tin', 'dd6589a8-92ec-ee95-d66a-7f9e32193a75', 'read', '8352bc85-e456-459c-b70a-f5f2d5d5891f', '2026-10-24 03:05:40+00', '04221993a86be44c', '192.0.2.200', 'acme-sync/2.4 (+python-httpx)', 'high'),
	('dc272243-9046-a7a8-3347-3d671db7fc2a', 'client_tin', '58a428e4-71bf-23a1-2bfc-f5141d92bef1', 'read', '8352bc85-e456-459c-b70a-f5f2d5d5891f', '2026-10-24 03:06:00+00', 'c4f42f29e2ec6b9c', '192.0.2.200', 'acme-sync/2.4 (+python-httpx)', 'high'),
	('42946d14-3280-dcfd-efa1-68b6473c41fd', 'client_tin', '61a77fe3-fa52-ebbf-d527-8a86eed77f97', 'read', '8352bc85-e456-459c-b70a-f5f2d5d5891f', '2026-10-24 03:06:20+00', 'd1adfdeaf82eeb92', '192.0.2.200', 'acme-sync/2.4 (+python-httpx)', 'high'),
	('19a7cf36-6932-a2e7-61b8-9dc440ca4510', 'client_tin', '3bd1829f-6a9a-21b5-ac61-16e91db0a04e', 'read', '8352bc85-e456-459c-b70a-f5f2d5d5891f', '2026-10-24 03:06:40+00', '92fcc3a267b7d316', '192.0.2.200', 'acme-sync/2.4 (+python-httpx)', 'high'),
	('a3e7120e-266a-7a57-4727-5f36dd27c88b', 'client_tin', '22d1279c-29ab-dfd4-2f2e-f0fa87be5d37', 'read', '8352bc85-e456-459c-b70a-f5f2d5d5891f', '2026-10-24 03:07:00+00', 'cbf07d646cbab20f', '192.0.2.200', 'acme-sync/2.4 (+python-httpx)', 'high'),
	('35b2c4f0-fdfa-33be-c09f-8d18b219376e', 'client_tin', 'da81728d-c7ac-a911-8651-7ade245f3c55', 'read', '8352bc85-e456-459c-b70a-f5f2d5d5891f', '2026-10-24 03:07:20+00', 'a31c79c4a973cd53', '192.0.2.200', 'acme-sync/2.4 (+python-httpx)', 'high'),
	('13b61a35-6406-2563-259e-f2de2f534791', 'client_tin', '3de5d1a0-34f1-e37b-2b5d-833bf3e7bb91', 'read', '8352bc85-e456-459c-b70a-f5f2d5d5891f', '2026-10-24 03:07:40+00', '88e172067e5d3ca1', '192.0.2.200', 'acme-sync/2.4 (+python-httpx)', 'high'),
	('3812eaca-fa3a-e14f-1674-a20fa9596fa9', 'client_tin', 'a7f8a2ca-51bd-d40c-e2ef-1e02b1bfceff', 'read', '8352bc85-e456-459c-b70a-f5f2d5d5891f', '2026-10-24 03:08:00+00', '59aa458a780ec7fb', '192.0.2.200', 'acme-sync/2.4 (+python-httpx)', 'high'),
	('90e38009-9316-feca-180d-4516ac8d9a6d', 'client_tin', '06d1326e-0490-1045-879d-5c4eede1140b', 'read', '8352bc85-e456-459c-b70a-f5f2d5d5891f', '2026-10-24 03:08:20+00', '97715bf710525c95', '192.0.2.200', 'acme-sync/2.4 (+python-httpx)', 'high'),
	('96d91110-ef68-5446-3d87-b13c5eb3f161', 'client_tin', 'c5d57b9e-1ae3-0d87-1492-ee7ec13ec463', 'read', '8352bc85-e456-459c-b70a-f5f2d5d5891f', '2026-10-24 03:08:40+00', '99e73a3af570741f', '192.0.2.200', 'acme-sync/2.4 (+python-httpx)', 'high'),
	('6c55e29c-90b3-fe67-6545-fc25bafe429c', 'client_tin', 'f2432ed5-5fc9-03f9-570e-44fef6b06260', 'read', '8352bc85-e456-459c-b70a-f5f2d5d5891f', '2026-10-24 03:09:00+00', '8797abb56bcbad4b', '192.0.2.200', 'acme-sync/2.4 (+python-httpx)', 'high'),
	('89e5e65c-ae7a-3856-c502-06022989d372', 'client_tin', 'fcd5ccdc-b170-fbdf-d6f3-502bff5a1448', 'read', '8352bc85-e456-459c-b70a-f5f2d5d5891f', '2026-10-24 03:09:20+00', '8a4ce5808f74bbf4', '192.0.2.200', 'acme-sync/2.4 (+python-httpx)', 'high'),
	('c28f29f5-4c94-a7e3-f87a-d1550b7a0858', 'client_tin', 'f5939f76-ed23-1489-a35e-426fcd0eb678', 'read', '8352bc85-e456-459c-b70a-f5f2d5d5891f', '2026-10-24 03:09:40+00', 'b783a6a5e8e61ba4', '192.0.2.200', 'acme-sync/2.4 (+python-httpx)', 'high'),
	('0b81ceb6-e587-cf2d-4748-7e8fa15e5129', 'document', '623f7950-47d0-ebca-bf63-c307007ac0ad', 'read', '1ef3ea44-50ea-4da7-a048-7e15580dc5ab', '2026-10-24 09:46:26.019641+00', 'f178f9693ae97780', '198.51.100.174', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/141.0 Safari/537.36', 'low'),
	('be4e119d-183c-06dd-46fa-923304c4399f', 'invoice', 'e5f5f09e-ef58-1c14-7ec8-b82f876e2c75', 'update', '8721ecf8-d359-407a-ad9b-f0b6ed448d4e', '2026-10-26 10:01:24.511723+00', '0d86f17a277380dd', '192.0.2.45', 'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_6) AppleWebKit/605.1.15 Safari/605.1.15', 'low'),
	('83e6b781-c78e-1cb5-f783-e24b8b5c14fa', 'profile_access', '95a3f9d4-e06e-f74a-acab-905d21ad46e7', 'access', 'eaa3556c-35b7-4448-a308-7e5244c6b895', '2026-10-26 16:22:31.593999+00', '3fd835992959de0a', '192.0.2.245', 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0', 'low'),
	('64b7751b-dd24-d41b-98e0-61e86aecfaec', 'appointment', 'cd5e3d72-c37b-8423-3cb7-c8cddfc63cfa', 'create', '8721ecf8-d359-407a-ad9b-f0b6ed448d4e', '2026-10-27 20:59:55.902046+00', '7881be12a242c942', '192.0.2.45', 'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_6) AppleWebKit/605.1.15 Safari/605.1.15', 'low'),
	('73ef31b0-af43-8fb1-62c6-a5c79b341eb3', 'appointment', '1ac04d7a-3b3f-3ec6-4fec-7c882dc1a455', 'read', '8e4dc3a3-578a-40d8-acb8-d14c173910e3', '2026-10-28 13:27:52.041282+00', 'b0c0e2b849638670', '192.0.2.193', 'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_6) AppleWebKit/605.1.15 Safari/605.1.15', 'low'),
	('39ac2315-38f5-364a-65e7-8d4ce0efe5a4', 'appointment', '75730ab1-56dd-35bb-b898-b1b96f7e307c', 'read', '491961a1-843b-4ee9-b578-909c4a7591f2', '2026-10-29 08:36:19.114108+00', 'f8d42aeba8d1f60a', '198.51.100.156', 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148', 'low'),
	('5834080f-80da-bc79-9a0c-080a8d0aa168', 'appointment', '2c590eed-1c46-0cb8-79f7-520efd875d03', 'read', 'beef67fb-69f4-4612-a201-a9d369ac0f03', '2026-10-29 15:13:10.278973+00', '1b1ac99f82b1cf66', '198.51.100.206', 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148', 'low'),
	('5dc839d7-ab52-fa12-5446-e4878b1f1831', 'appointment', 'ac2ccf29-a9a1-c080-8a03-bbec6c958e61', 'create', '8027a2a2-3537-4235-933e-6153296259c8', '2026-10-31 11:24:28.108389+00', '5d9e7aad709c5409', '198.51.100.107', 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148', 'low'),
	('2ad07b16-9111-82c4-4b62-f66665601ee4', 'appointment', '78784420-0332-1f3d-1dc2-3cb472579850', 'read', 'b70ba858-a53f-4dc9-899f-9c9feb7fe26b', '2026-11-02 10:36:39.925315+00', '9012e612678db98e', '192.0.2.17', 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148', 'low'),
	('36ccdb59-f7f3-6d70-fb4f-6e50c7df3898', 'appointment', '6befcad0-9d9f-ae4a-ab76-fe937a1da66e', 'update', '15c891ff-3add-4527-a494-6d15b17dd255', '2026-11-02 17:30:50.848903+00', '7fbc51cbfdebb2ff', '192.0.2.20', 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148', 'low'),
	('caabfa18-10c3-6a2e-3e38-d7513ecda9ea', 'document', '57c44117-7721-d120-662b-177d5c5d1dbf', 'read', '222930ae-9158-44a8-9f03-bc5a4dee4812', '2026-11-03 12:57:48.827204+00', '61e99b7e89fcd2eb', '198.51.100.70', 'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_6) AppleWebKit/605.1.15 Safari/605.1.15', 'low'),
	('2cf1848b-8d94-5a51-aff2-03c4cdc290b6', 'invoice', '1bb7e754-1645-30d2-cf61-72025364d47a', 'update', 'bf5b411b-2449-4df6-971e-1a8c94db5f8f', '2026-11-04 13:55:49.873019+00', '1c15f7c958068be9', '192.0.2.248', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/141.0 Safari/537.36', 'low'),
	('c8c6dbb3-c9ce-741d-f8db-d224be7fa56e', 'invoice', '73544d5c-35f2-3896-83f4-fb9f4daf77e7', 'create', '6a8ad9cb-2405-4360-ba28-a6794d4ca9c7', '2026-11-05 08:30:24.229255+00', 'de2e0c4c191fcc38', '198.51.100.165', 'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_6) AppleWebKit/605.1.15 Safari/605.1.15', 'low'),
	('f3f2f313-f510-2b33-2815-21b79c666bfd', 'invoice', 'ada27cdb-ec6c-0ac7-cfae-1cc30ba212d2', 'create', 'f8cd9ec3-85b9-409a-a6ed-f1bd27855798', '2026-11-06 11:17:41.675845+00', '8f838b7fa1f7c451', '192.0.2.28', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/141.0 Safari/537.36', 'low'),
	('b2b1900b-a38b-d5e2-60a5-51ba01abc812', 'appointment', '07ffc4a6-ba56-3de7-a44d-a0dd2742c22d', 'create', '50cb407a-82ce-486f-afad-79364406c053', '2026-11-07 10:26:38.145863+00', 'd48ff3969ce20d90', '198.51.100.150', 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148', 'low'),
	('00a07ce1-9725-685b-e869-c5b05608c2b4', 'appointment', '57d0a0f2-59dc-6fb2-faf4-2ab610784fbf', 'update', 'd89c36b2-130f-47b2-8f28-f65e408fc146', '2026-11-09 10:48:43.702771+00', 'd617fb1e0f7a9d5b', '192.0.2.154', 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148', 'low'),
	('4a09bd75-2368-3bcd-46a8-4876f4073b2a', 'appointment', 'f1987000-3bce-c6ac-4e82-3115b848e12c', 'read', '9187df42-811e-4616-80bb-e6ed8614f504', '2026-11-10 11:57:59.276361+00', '04b9b24567ff32fe', '198.51.100.29', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/141.0 Safari/537.36', 'low'),
	('5f38bb2e-dbea-e811-109b-a224a95bc478', 'appointment', '07144eab-8900-ff47-aa84-8c3a4dba8b86', 'create', 'eaa3556c-35b7-4448-a308-7e5244c6b895', '2026-11-10 19:39:41.246088+00', '62929a8273306257', '192.0.2.245', 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0', 'low'),
	('143cf3d1-3ebd-e678-15ee-dc072b62f461', 'appointment', '0e009001-48fc-d483-2f9e-bdf5a9ad93d2', 'read', '4fe04802-f435-4573-ae8c-d94e7223c68a', '2026-11-11 13:58:54.403629+00', 'da7157ef801f4e48', '192.0.2.253', 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0', 'low'),
	('1bf060ba-6c83-4dcc-9470-18af35134f5c', 'appointment', '551cd8cd-52d2-bff0-83ec-02a5d116f3d1', 'read', '4fe04802-f435-4573-ae8c-d94e7223c68a', '2026-11-12 07:16:17.452022+00', '492e75c94a603943', '192.0.2.253', 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0', 'low'),
	('43b76a11-0151-d0e4-71ca-2ca8846dc396', 'auth_session', '30472017-42d0-c428-8deb-d681627c29ea', 'create', '6cd9e62a-0841-4c07-a093-42ca05955fb9', '2026-11-12 14:48:10.393896+00', '3593674bddf0ab7c', '198.51.100.198', 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0', 'low'),
	('b8060191-b664-8b22-43fb-53ae727bdbb7', 'appointment', '99008cc6-201d-6ca2-52a6-dc766325ae8e', 'read', '4fe04802-f435-4573-ae8c-d94e7223c68a', '2026-11-13 20:56:22.277478+00', 'bf520c1b84341e94', '192.0.2.253', 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0', 'low'),
	('8d572754-52f5-e5ef-8d29-990d22b16fd9', 'data_export', '6296e11d-4d92-797e-207c-96762e2d3718', 'export', '4387ee7b-7d42-446f-be9b-768fae4001e3', '2026-11-15 03:19:25+00', '6709d0a372011014', '198.51.100.23', 'acme-sync/2.4 (+python-httpx)', 'high'),
	('eeefba2a-9b27-9e2d-546d-87fb877f6a63', 'data_export', '167cba7e-c9e4-8a52-ccd7-85165eacdeb2', 'export', '4387ee7b-7d42-446f-be9b-768fae4001e3', '2026-11-15 03:19:36+00', '675c186f3d78b177', '198.51.100.23', 'acme-sync/2.4 (+python-httpx)', 'high'),
	('c99d877c-8dd7-0184-8926-be81c053a3ba', 'data_export', 'c3e8ece4-183c-6fe8-ebb9-8b26bf2fa41d', 'export', '4387ee7b-7d42-446f-be9b-768fae4001e3', '2026-11-15 03:19:47+00', 'dd42d8f574f726f6', '198.51.100.23', 'acme-sync/2.4 (+python-httpx)', 'high'),
	('e0084290-26e6-454b-18f1-53089c07afc0', 'data_export', '4160a8d6-9141-ba43-1e18-6d6ede249ff2', 'export', '4387ee7b-7d42-446f-be9b-768fae4001e3', '2026-11-15 03:19:58+00', '9290ea96a0b11353', '198.51.100.23', 'acme-sync/2.4 (+python-httpx)', 'high'),
	('b4af92da-2e1b-5d47-19d4-33fd190fbb8c', 'data_export', '89c851f3-04d6-d618-6851-4714dd322f0e', 'export', '4387ee7b-7d42-446f-be9b-768fae4001e3', '2026-11-15 03:20:09+00', '5270955f540c8009', '198.51.100.23', 'acme-sync/2.4 (+python-httpx)', 'high'),
	('253c5089-0e2e-a1ef-513b-b44a428f9036', 'data_export', 'e18bc648-f28a-c538-cbce-4e6c6be723c7', 'export', '4387ee7b-7d42-446f-be9b-768fae4001e3', '2026-11-15 03:20:20+00', 'cbaa517cefe55e9a', '198.51.100.23', 'acme-sync/2.4 (+python-httpx)', 'high'),
	('275679d9-a6c4-e5bc-57e2-ccd558f137c8', 'data_export', '5f1e8055-1ffe-2b6d-b174-c9f246006fdd', 'export', '4387ee7b-7d42-446f-be9b-768fae4001e3', '2026-11-15 03:20:31+00', 'c2f7201abf8eabea', '198.51.100.23', 'acme-sync/2.4 (+python-httpx)', 'high'),
	('523984e0-4dd8-9720-56f8-13c80b307ce8', 'data_export', 'cfe41c99-a70f-1071-75ec-118b74f4173b', 'export', '4387ee7b-7d42-446f-be9b-768fae4001e3', '2026-11-15 03:20:42+00', 'd4f62f4eec88eca5', '198.51.100.23', 'acme-sync/2.4 (+python-httpx)', 'high'),
	('b1842d4e-b612-ef06-5a6e-1a360e3bf9bb', 'data_export', 'e1f9fff6-5087-7beb-bede-eba619ed7347', 'export', '4387ee7b-7d42-446f-be9b-768fae4001e3', '2026-11-15 03:20:53+00', '83641f08b580f989', '198.51.100.23', 'acme-sync/2.4 (+python-httpx)', 'high'),
	('5ccd2fca-973b-418b-8e26-c6118dccf670', 'data_export', 'c294e153-5b28-fd2a-dc89-51c7af0916d7', 'export', '4387ee7b-7d42-446f-be9b-768fae4001e3', '2026-11-15 03:21:04+00', '6758663887d7828b', '198.51.100.23', 'acme-sync/2.4 (+python-httpx)', 'high'),
	('15af3ce5-a0df-9f8e-4e1f-396bde39da47', 'data_export', 'cd0817bd-1200-59c3-e28c-d0b62352236e', 'export', '4387ee7b-7d42-446f-be9b-768fae4001e3', '2026-11-15 03:21:15+00', '4614de06730c7358', '198.51.100.23', 'acme-sync/2.4 (+python-httpx)', 'high'),
	('8767acb3-ed56-1cb9-cf5b-80770a4d4712', 'data_export', '0a0994db-6e3a-3491-f6d6-dcf0a8293067', 'export', '4387ee7b-7d42-446f-be9b-768fae4001e3', '2026-11-15 03:21:26+00', '31f178d4b19c8491', '198.51.100.23', 'acme-sync/2.4 (+python-httpx)', 'high'),
	('1709d956-89d8-de11-8eab-8878e9dce423', 'data_export', '69069798-2e3b-4548-8a1d-9a26eabe58b1', 'export', '4387ee7b-7d42-446f-be9b-768fae4001e3', '2026-11-15 03:21:37+00', '8dd1ab8f486ccae3', '198.51.100.23', 'acme-sync/2.4 (+python-httpx)', 'high'),
	('a40c46da-712d-0b54-ac29-d94df424cfbc', 'data_export', '2385d4c4-ae13-1f79-1a58-1f4c3fcaa817', 'export', '4387ee7b-7d42-446f-be9b-768fae4001e3', '2026-11-15 03:21:48+00', 'eb7a54c02222189a', '198.51.100.23', 'acme-sync/2.4 (+python-httpx)', 'high'),
	('02b9d27d-39b2-9c58-0d3c-75453cf92ca8', 'data_export', 'ee40dafe-004d-e96e-b14e-adc7d45e39e3', 'export', '4387ee7b-7d42-446f-be9b-768fae4001e3', '2026-11-15 03:21:59+00', 'ce843bb39f889352', '198.51.100.23', 'acme-sync/2.4 (+python-httpx)', 'high'),
	('c535eb7c-e14f-64ef-8800-76b4609e3a42', 'data_export', '2714c2a9-eda8-7cc3-c766-270fc10b7384', 'export', '4387ee7b-7d42-446f-be9b-768fae4001e3', '2026-11-15 03:22:10+00', '3ca5d6c0b92a1a90', '198.51.100.23', 'acme-sync/2.4 (+python-httpx)', 'high'),
	('65e175e6-937f-754a-bf59-7c79c255fe21', 'data_export', 'e697ba72-dba7-ca9c-8708-fcdfda191eeb', 'export', '4387ee7b-7d42-446f-be9b-768fae4001e3', '2026-11-15 03:22:21+00', '28007dd32630bf60', '198.51.100.23', 'acme-sync/2.4 (+python-httpx)', 'high'),
	('ae2f2bec-3b68-3ba4-c859-43cdd62beff0', 'data_export', 'f5e881d1-0132-4015-4721-ca9acf134230', 'export', '4387ee7b-7d42-446f-be9b-768fae4001e3', '2026-11-15 03:22:32+00', '7a9af307f7ea4dcd', '198.51.100.23', 'acme-sync/2.4 (+python-httpx)', 'high'),
	('5d254dcb-08ea-ef88-cc58-b219ec9916ce', 'data_export', '7c9c0d74-c898-4873-bb59-00378f1825ac', 'export', '4387ee7b-7d42-446f-be9b-768fae4001e3', '2026-11-15 03:22:43+00', '4ddfd46a50e33e24', '198.51.100.23', 'acme-sync/2.4 (+python-httpx)', 'high'),
	('ce0c4c41-997a-3206-900f-6e5f2114682c', 'data_export', '735d5fe6-9f9c-e40e-af45-1db420574ae4', 'export', '4387ee7b-7d42-446f-be9b-768fae4001e3', '2026-11-15 03:22:54+00', 'e1ae413d6fa91e1b', '198.51.100.23', 'acme-sync/2.4 (+python-httpx)', 'high'),
	('b6d0800f-f85d-7445-e5b2-a561b63b95f8', 'data_export', '01d8b295-a6af-e9ce-f5d2-0b2054d2137f', 'export', '4387ee7b-7d42-446f-be9b-768fae4001e3', '2026-11-15 03:23:05+00', '8775947aa93dde1d', '198.51.100.23', 'acme-sync/2.4 (+python-httpx)', 'high'),
	('b6c2c4d9-7a63-b2d9-5670-3e7f024b215e', 'data_export', '2618f474-8cde-3151-d990-f1e18d491b25', 'export', '4387ee7b-7d42-446f-be9b-768fae4001e3', '2026-11-15 03:23:16+00', '7d49467cb496e8a5', '198.51.100.23', 'acme-sync/2.4 (+python-httpx)', 'high'),
	('0b98c1dd-7e50-5868-a60c-485f070aa671', 'data_export', 'fe7fe97c-911e-e72a-5f76-8da265d92b2c', 'export', '4387ee7b-7d42-446f-be9b-768fae4001e3', '2026-11-15 03:23:27+00', 'd2c93a0ed402074a', '198.51.100.23', 'acme-sync/2.4 (+python-httpx)', 'high'),
	('42d7e396-3b93-0a3f-5267-865f6675473b', 'data_export', '91e88985-16a4-da32-138b-2b2578114ef7', 'export', '4387ee7b-7d42-446f-be9b-768fae4001e3', '2026-11-15 03:23:38+00', '1f86a32eea68b064', '198.51.100.23', 'acme-sync/2.4 (+python-httpx)', 'high'),
	('8f03f3ab-d84c-ed1d-d696-051b89ff142b', 'data_export', 'e8ad96b8-71d9-8a8c-1402-cba7a5c711ed', 'export', '4387ee7b-7d42-446f-be9b-768fae4001e3', '2026-11-15 03:23:49+00', '7296fe86a7a7753f', '198.51.100.23', 'acme-sync/2.4 (+python-httpx)', 'high'),
	('65c5fd81-e0fb-3ede-1517-37133c7a1b5b', 'auth_session', 'e863a971-160c-eb3c-191c-a098da6e733c', 'create', '15c891ff-3add-4527-a494-6d15b17dd255', '2026-11-16 09:14:28.26154+00', '012fbabea716b6f3', '192.0.2.20', 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148', 'low'),
	('68c16738-2c8f-f430-20c5-5edab6b36da0', 'user_settings', 'ae2e02b0-9683-9a53-bc0c-e93fb47d50e7', 'update', 'd874bc79-7e73-4d5f-b5d8-d8a4f9c9c679', '2026-11-17 10:58:56.645224+00', 'ca1ed0cb5146fa4c', '198.51.100.192', 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0', 'low'),
	('f3dd351c-ac2a-0c6c-29b7-b681594030bc', 'document', '445c9a3f-18fc-a10e-9074-f9dde98a839e', 'read', '222930ae-9158-44a8-9f03-bc5a4dee4812', '2026-11-17 16:03:22.206179+00', '1a25f4551605e67b', '198.51.100.70', 'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_6) AppleWebKit/605.1.15 Safari/605.1.15', 'low'),
	('380bd997-1abb-a4e3-60e5-d40bf23b9308', 'profile_access', '103308cf-778e-6de0-df60-a6e1460bf2e5', 'access', '86a74a63-a8c7-49e0-9789-819f8902dafc', '2026-11-18 11:41:53.291688+00', '9074b6d8b765d42b', '198.51.100.190', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/141.0 Safari/537.36', 'low'),
	('6dde5ecc-cb1a-acb4-b892-d9a692c0b025', 'appointment', 'ead3f895-2999-a693-44e7-5dd1a9cde3cd', 'read', '65f456aa-d6cf-4718-9699-08f6c0301b21', '2026-11-18 17:40:45.822687+00', '3bb0371da384664d', '198.51.100.205', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/141.0 Safari/537.36', 'low'),
	('947a103b-6f09-5907-cd0a-c7a921110ec4', 'invoice', '4aba36c2-4e09-025a-d1ae-0593a7a601ff', 'update', 'd89c36b2-130f-47b2-8f28-f65e408fc146', '2026-11-20 08:08:50.147172+00', 'ea180a53574e6c77', '192.0.2.154', 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148', 'low'),
	('7bac35ec-4b70-bf63-4077-34b2985b6a89', 'invoice', '18525bc6-3ba2-dedc-f354-c131bb394fa4', 'update', 'e91457db-7aa0-48f1-93a5-397f61ef7bd1', '2026-11-22 18:12:51.612612+00', '86c514af87740d83', '192.0.2.103', 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/141.0 Safari/537.36', 'low'),
	('7ff44439-938c-c3a4-22b8-8d6095ae610f', 'document', '34fd6e28-de3d-e2a9-235f-637f0aae7aa8', 'read', '32c32444-a48c-4d5c-a1fe-b6249df2025f', '2026-11-23 13:45:58.733645+00', 'a452c9a71ea33e7a', '198.51.100.96', 'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/141.0 Mobile Safari/537.36', 'low'),
	('c26eb0e2-8a47-057d-7d00-77214ae50c80', 'profile_access', '2ed2bdcc-f5c9-091f-83e8-8739b0cf2598', 'access', '4fe04802-f435-4573-ae8c-d94e7223c68a', '2026-11-24 14:58:47.739033+00', '8345ce8ae7c7a9c6', '192.0.2.253', 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0', 'low'),
	('e201c6de-d8c0-5e43-998a-d4a5772aa749', 'profile_access', 'bc9aab37-3304-ec50-2232-f1b4799c7429', 'access', '6ffb726a-a2e3-493a-873b-99034075916e', '2026-11-25 09:29:10.763803+00', 'e779f8334e007fdb', '198.51.100.112', 'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/141.0 Mobile Safari/537.36', 'low'),
	('7d500dcd-3ca8-7b9f-a600-93a6cd600fe3', 'document', 'd8b2447c-8a7d-cd70-5f22-910fd4dac7bf', 'read', 'e5d9fe81-80c2-45f1-aeb8-9ff1bf8e51aa', '2026-11-25 15:27:32.381886+00', '41768cc7a13b9bf5', '192.0.2.167', 'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0', 'low'),
	('262fe359-9e9c-3db0-579a-4065ff88fae5', 'auth_session', '003fa901-c18b-5202-fede-bca740f56876', 'create', 'bd6a996d-e6cd-40f1-8300-3005b688b661', '2026-11-26 16:53:10.44785+00', '6c32e707b36949e7', '198.51.100.202', 'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_6) AppleWebKit/605.1.15 Safari/605.1.15', 'low'),
	('19e7e65c-8152-350a-2c4e-d890753227d6', 'appointment', '6e22097b-37a2-f8cb-ddfd-90ca548c1be0', 'read', '64e27602-7c73-46c9-a04b-0dcee5d00a4d', '2026-11-27 12:41:44.876124+00', '113c57dc7a72ff47', '198.51.100.231', 'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/141.0 Mobile Safari/537.36', 'low'),
	('844520f4-3b69-e043-4170-71b089df78cb', 'auth_login', '3caf88ca-c864-af94-bf94-536c2a598fe1', 'access', '9e6397d4-b962-45d3-88bf-cbcf26433798', '2026-11-27 15:42:00.288939+00', 'rate_limited', '203.0.113.77', 'acme-sync/2.4 (+python-httpx)', 'high'),
	('95e409d2-f9dc-dd26-33b6-1323df5417ef', 'auth_login', 'e775b5e7-2cc5-33ae-9a59-11193b6e9fea', 'access', '9e6397d4-b962-45d3-88bf-cbcf26433798', '2026-11-27 15:42:09.288939+00', 'rate_limited', '203.0.113.77', 'acme-sync/2.4 (+python-httpx)', 'high'),
	('45c51002-3741-2104-b5e8-41e0981bcf07', 'auth_login', 'b64b4795-765c-a91e-bfcc-a95d1c1c3f2d', 'access', '9e6397d4-b962-45d3-88bf-cbcf26433798', '2026-11-27 15:42:18.288939+00', 'rate_limited', '203.0.113.77', 'acme-sync/2.4 (+python-httpx)', 'high'),
	('714fe6ca-0071-975e-f1b2-51b47d07d09f', 'auth_login', '0d7459d6-82c8-e47b-ecd3-198e6ca62f9a', 'access', '9e6397d4-b962-45d3-88bf-cbcf26433798', '2026-11-27 15:42:27.288939+00', 'rate_limited', '203.0.113.77', 'acme-sync/2.4 (+python-httpx)', 'high'),
	('2461270a-6a40-4ce2-ad79-46a68f2fd1a1', 'auth_login', 'cbff450e-e5ce-9323-11d3-9b27de59942a', 'access', '9e6397d4-b962-45d3-88bf-cbcf26433798', '2026-11-27 15:42:36.288939+00', 'rate_limited', '203.0.113.77', 'acme-sync/2.4 (+python-httpx)', 'high'),
	('c43edbb8-6883-6c43-5607-2e3e8b03511a', 'auth_login', 'ff6373ea-3769-1e18-a382-74542bedcc4d', 'access', '9e6397d4-b962-45d3-88bf-cbcf26433798', '2026-11-27 15:42:45.288939+00', 'rate_limited', '203.0.113.77', 'acme-sync/2.4 (+python-httpx)', 'high'),
	('9e4309d8-5b46-a948-68fe-2768de88fd94', 'auth_login', '29462ab5-3a49-0c26-32e9-47b5ff1bf9ae', 'access', '9e6397d4-b962-45d3-88bf-cbcf26433798', '2026-11-27 15:42:54.288939+00', 'rate_limited', '203.0.113.77', 'acme-sync/2.4 (+python-httpx)', 'high'),
	('31707850-247e-1198-15c1-8198720ecd90', 'auth_login', '37f0533d-a28f-01b1-2974-18374f5eacdf', 'access', '9e6397d4-b962-45d3-88bf-cbcf26433798', '2026-11-27 15:43:03.288939+00', 'rate_limited', '203.0.113.77', 'acme-sync/2.4 (+python-httpx)', 'high'),
	('70986c98-d705-960a-7ace-73516aea4b9e', 'auth_login', '2f0056a4-4bcf-6cfa-812a-e8861fdcee50', 'access', '9e6397d4-b962-45d3-88bf-cbcf26433798', '2026-11-27 15:43:12.288939+00', 'rate_limited', '203.0.113.77', 'acme-sync/2.4 (+python-httpx)', 'high'),
	('32ad343a-84bd-1b7e-78af-769e46ef6b5f', 'auth_login', 'f1df8b2e-791a-fbef-7c7a-c8ab9790abde', 'access', '9e6397d4-b962-45d3-88bf-cbcf26433798', '2026-11-27 15:43:21.288939+00', 'rate_limited', '203.0.113.77', 'acme-sync/2.4 (+python-httpx)', 'high'),
	('b38b0b9f-5a0e-3597-12c3-0d933ba047ad', 'auth_login', '2b500e9b-800b-60ca-2507-ef58824d2212', 'access', '9e6397d4-b962-45d3-88bf-cbcf26433798', '2026-11-27 15:43:30.288939+00', 'rate_limited', '203.0.113.77', 'acme-sync/2.4 (+python-httpx)', 'high'),
	('5a1c09cf-55e8-0f0a-6cd7-b7e3bbeac737', 'auth_login', '5aa5c375-19b6-6cd3-6744-f96311d29908', 'access', '9e6397d4-b962-45d3-88bf-cbcf26433798', '2026-11-27 15:43:39.288939+00', 'rate_limited', '203.0.113.77', 'acme-sync/2.4 (+python-httpx)', 'high'),
	('9294142b-d5a8-e989-dd45-71ce771d51f3', 'auth_login', '26fedd16-a53f-4ec0-6454-988bd71c30df', 'access', '9e6397d4-b962-45d3-88bf-cbcf26433798', '2026-11-27 15:43:48.288939+00', 'rate_limited', '203.0.113.77', 'acme-sync/2.4 (+python-httpx)', 'high'),
	('a1449dba-8247-99e5-5abe-b2647a0faa12', 'auth_login', 'ba7c6357-c8d0-de7b-d978-c2840aa90d05', 'access', '9e6397d4-b962-45d3-88bf-cbcf26433798', '2026-11-27 15:43:57.288939+00', 'rate_limited', '203.0.113.77', 'acme-sync/2.4 (+python-httpx)', 'high'),
	('8de15f95-280e-607f-4c58-51e69ea8293e', 'auth_login', '6ebc97f6-f3ba-d9c3-66d2-4c07adaab466', 'access', '9e6397d4-b962-45d3-88bf-cbcf26433798', '2026-11-27 15:44:06.288939+00', 'rate_limited', '203.0.113.77', 'acme-sync/2.4 (+python-httpx)', 'high'),
	('5da83a98-a064-b4cc-2533-7682afbe0282', 'auth_login', 'f305aed0-0100-fb44-bc2c-486abf2175fd', 'access', '9e6397d4-b962-45d3-88bf-cbcf26433798', '2026-11-27 15:44:15.288939+00', 'rate_limited', '203.0.113.77', 'acme-sync/2.4 (+python-httpx)', 'high'),
	('570e1b36-383c-caf4-ad60-1e3492491738', 'auth_login', '970bdf6b-539d-6180-ca80-0e876616ced3', 'access', '9e6397d4-b962-45d3-88bf-cbcf26433798', '2026-11-27 15:44:24.288939+00', 'rate_limited', '203.0.113.77', 'acme-sync/2.4 (+python-httpx)', 'high'),
	('1d8c018d-4920-c0e1-2eb2-9664a6a107e4', 'auth_login', '670bdddd-8d49-b0dc-8ca4-cf16280a172f', 'access', '9e6397d4-b962-45d3-88bf-cbcf26433798', '2026-11-27 15:44:33.288939+00', 'rate_limited', '203.0.113.77', 'acme-sync/2.4 (+python-httpx)', 'high'),
	('7ac86cb6-ce7a-49fb-52be-17ab9dcb75c2', 'auth_login', '06d90af4-f9b9-6410-cced-3402e7885c4e', 'access', '9e6397d4-b962-45d3-88bf-cbcf26433798', '2026-11-27 15:44:42.288939+00', 'rate_limited', '203.0.113.77', 'acme-sync/2.4 (+python-httpx)', 'high'),
	('882f29f7-8c8a-a688-598f-11810513937a', 'auth_login', 'e5287803-857e-f0db-5d0a-e2de46516bca', 'access', '9e6397d4-b962-45d3-88bf-cbcf26433798', '2026-11-27 15:44:51.288939+00', 'rate_limited', '203.0.113.77', 'acme-sync/2.4 (+python-httpx)', 'high'),
	('631a405a-412a-1d53-5526-a8a91dc2a170', 'auth_login', '7a170a58-f01d-dc34-a3a0-9aa95339b41a', 'access', '9e6397d4-b962-45d3-88bf-cbcf26433798', '2026-11-27 15:45:00.288939+00', 'rate_limited', '203.0.113.77', 'acme-sync/2.4 (+python-httpx)', 'high'),
	('6340ca82-cccd-c94b-5ed8-187e044a398c', 'auth_login', '42b6d19a-db6a-d12f-c934-db6890b781c5', 'access', '9e6397d4-b962-45d3-88bf-cbcf26433798', '2026-11-27 15:45:09.288939+00', 'rate_limited', '203.0.113.77', 'acme-sync/2.4 (+python-httpx)', 'high'),
	('55161772-e42a-2cf2-469c-198803123b50', 'auth_login', '89f82302-a0da-355b-e9b8-9cf6cf76b97d', 'access', '9e6397d4-b962-45d3-88bf-cbcf26433798', '2026-11-27 15:45:18.288939+00', 'rate_limited', '203.0.113.77', 'acme-sync/2.4 (+python-httpx)', 'high'),
	('31722360-1362-8958-0591-fde2609414d1', 'auth_login', 'b0a16099-f075-5611-2904-71487eba8622', 'access', '9e6397d4-b962-45d3-88bf-cbcf26433798', '2026-11-27 15:45:27.288939+00', 'rate_limited', '203.0.113.77', 'acme-sync/2.4 (+python-httpx)', 'high'),
	('0ebe1f5c-3822-54a1-3a5d-5dc14fa5d8dd', 'auth_login', '259a997a-23fd-4a19-ce3a-4724bc99cd7b', 'access', '9e6397d4-b962-45d3-88bf-cbcf26433798', '2026-11-27 15:45:36.288939+00', 'rate_limited', '203.0.113.77', 'acme-sync/2.4 (+python-httpx)', 'high');
INSERT INTO public.audit_logs VALUES
	('c6f875f6-b360-34e7-201d-58bde5b6ea23', 'invoice', 'a043d804-9035-18ad-99fc-932b8d723c96', 'read', '041dcd94-cdff-4a1c-901a-914cd5be785a', '2026-11-27 16:03:49.288939+00', 'rate_limited', '203.0.113.14', 'acme-sync/2.4 (+python-httpx)', 'medium'),
	('d0af96d2-6f73-9707-ad9b-7d03f8896818', 'invoice', 'c94f337f-187b-a423-dcde-73c0ac172401', 'read', '041dcd94-cdff-4a1c-901a-914cd5be785a', '2026-11-27 16:03:57.288939+00', 'rate_limited', '203.0.113.14', 'acme-sync/2.4 (+python-httpx)', 'medium'),
	('19c8fd36-d904-9d31-3068-89e16fd181c2', 'invoice', 'f3ea97bc-b6a3-6320-ac60-8b99d59d83dd', 'read', '041dcd94-cdff-4a1c-901a-914cd5be785a', '2026-11-27 16:04:05.288939+00', 'rate_limited', '203.0.113.14', 'acme-sync/2.4 (+python-httpx)', 'medium'),
	('ddd6bbd0-a4f6-d48b-389f-e420515886d8', 'invoice', '262bebae-e599-2629-8272-92652c1c05ec', 'read', '041dcd94-cdff-4a1c-901a-914cd5be785a', '2026-11-27 16:04:13.288939+00', 'rate_limited', '203.0.113.14', 'acme-sync/2.4 (+python-httpx)', 'medium'),
	('30a0db59-d73d-9d97-93d5-c054b8cf787c', 'invoice', '2ed67204-1989-d0c2-261f-24bf470fafde', 'read', '041dcd94-cdff-4a1c-901a-914cd5be785a', '2026-11-27 16:04:21.288939+00', 'rate_limited', '203.0.113.14', 'acme-sync/2.4 (+python-httpx)', 'medium'),
	('d639a7be-7c73-d4c6-80f2-d511a5528c98', 'invoice', '708e498c-3170-a904-89a7-dbe7961d6bf8', 'read', '041dcd94-cdff-4a1c-901a-914cd5be785a', '2026-11-27 16:04:29.288939+00', 'rate_limited', '203.0.113.14', 'acme-sync/2.4 (+python-httpx)', 'medium'),
	('c47dd8ea-e3b8-8acd-09ce-99bb71be1141', 'invoice', '3301510f-df11-0d91-ee11-4a28faf58d00', 'read', '041dcd94-cdff-4a1c-901a-914cd5be785a', '2026-11-27 16:04:37.288939+00', 'rate_limited', '203.0.113.14', 'acme-sync/2.4 (+python-httpx)', 'medium'),
	('4e705c3f-fc64-2564-c7f4-8e4cd99a5cca', 'invoice', '37b6063a-6f72-b169-89b4-201c1a171292', 'read', '041dcd94-cdff-4a1c-901a-914cd5be785a', '2026-11-27 16:04:45.288939+00', 'rate_limited', '203.0.113.14', 'acme-sync/2.4 (+python-httpx)', 'medium'),
	('5f245e20-58c5-2816-a5f1-cf732c0539ef', 'invoice', '92a563bd-f083-2061-3a6f-59a498309481', 'read', '041dcd94-cdff-4a1c-901a-914cd5be785a', '2026-11-27 16:04:53.288939+00', 'rate_limited', '203.0.113.14', 'acme-sync/2.4 (+python-httpx)', 'medium'),
	('2744593a-4e98-259e-b0f7-2119285a2a3e', 'invoice', 'a4b2433a-fb1c-c977-10b3-69d1ce91bfd1', 'read', '041dcd94-cdff-4a1c-901a-914cd5be785a', '2026-11-27 16:05:01.288939+00', 'rate_limited', '203.0.113.14', 'acme-sync/2.4 (+python-httpx)', 'medium'),
	('ded2e698-9292-541a-d6c3-64d90f563544', 'invoice', '19e1e8b9-cd21-46c2-bbaa-4c10cffe8695', 'read', '041dcd94-cdff-4a1c-901a-914cd5be785a', '2026-11-27 16:05:09.288939+00', 'rate_limited', '203.0.113.14', 'acme-sync/2.4 (+python-httpx)', 'medium'),
	('16171ecf-d561-7517-40af-77614172a188', 'invoice', '15853de7-34b1-0dcb-3f97-d973328acb59', 'read', '041dcd94-cdff-4a1c-901a-914cd5be785a', '2026-11-27 16:05:17.288939+00', 'rate_limited', '203.0.113.14', 'acme-sync/2.4 (+python-httpx)', 'medium'),
	('5f1da646-3922-1417-7625-218aeafcfb86', 'invoice', '4cd4d5c0-000b-e7e5-4018-1ffe2eb11ff8', 'read', '041dcd94-cdff-4a1c-901a-914cd5be785a', '2026-11-27 16:05:25.288939+00', 'rate_limited', '203.0.113.14', 'acme-sync/2.4 (+python-httpx)', 'medium'),
	('021d76e8-dd05-05f6-3934-d459c11d81b2', 'invoice', '1d34628a-69df-3e7e-b904-010ae0db3020', 'read', '041dcd94-cdff-4a1c-901a-914cd5be785a', '2026-11-27 16:05:33.288939+00', 'rate_limited', '203.0.113.14', 'acme-sync/2.4 (+python-httpx)', 'medium'),
	('feec9ef6-05e8-0cc8-c7c3-ce0f7d849a70', 'invoice', 'b2792281-73c6-661f-1baf-0fc3bfeb46f0', 'read', '041dcd94-cdff-4a1c-901a-914cd5be785a', '2026-11-27 16:05:41.288939+00', 'rate_limited', '203.0.113.14', 'acme-sync/2.4 (+python-httpx)', 'medium'),
	('ee5b5e35-a6c0-ab00-6968-760a63621a82', 'invoice', 'c1c54e81-503b-184b-0963-09a159c83b1d', 'read', '041dcd94-cdff-4a1c-901a-914cd5be785a', '2026-11-27 16:05:49.288939+00', 'rate_limited', '203.0.113.14', 'acme-sync/2.4 (+python-httpx)', 'medium'),
	('831ae6e3-ceda-b818-f2a9-66009e649e7b', 'invoice', '129b97b1-6afc-b203-4ffe-04b3394941e7', 'read', '041dcd94-cdff-4a1c-901a-914cd5be785a', '2026-11-27 16:05:57.288939+00', 'rate_limited', '203.0.113.14', 'acme-sync/2.4 (+python-httpx)', 'medium'),
	('79da6448-c1f3-015c-d4b0-c0bd87e6017d', 'invoice', 'c4c28cae-95ba-6c88-6fe4-e861ad4199fd', 'read', '041dcd94-cdff-4a1c-901a-914cd5be785a', '2026-11-27 16:06:05.288939+00', 'rate_limited', '203.0.113.14', 'acme-sync/2.4 (+python-httpx)', 'medium'),
	('a931b952-360a-6d44-685f-7435d222df95', 'invoice', 'e42ced14-e7d9-ccb8-6804-0cf4d3f5133e', 'read', '041dcd94-cdff-4a1c-901a-914cd5be785a', '2026-11-27 16:06:13.288939+00', 'rate_limited', '203.0.113.14', 'acme-sync/2.4 (+python-httpx)', 'medium'),
	('8eb2ecf4-fec9-369c-3ebf-9309e7057570', 'invoice', '9327929f-f3ea-8e48-761b-2abb3738a53d', 'read', '041dcd94-cdff-4a1c-901a-914cd5be785a', '2026-11-27 16:06:21.288939+00', 'rate_limited', '203.0.113.14', 'acme-sync/2.4 (+python-httpx)', 'medium'),
	('fa6e7e88-6e4f-fdff-e170-ce73e631a71d', 'invoice', '5e732180-af5b-c343-1471-2e9b1e4f77d3', 'read', '041dcd94-cdff-4a1c-901a-914cd5be785a', '2026-11-27 16:06:29.288939+00', 'rate_limited', '203.0.113.14', 'acme-sync/2.4 (+python-httpx)', 'medium'),
	('785123d9-3150-5618-d7d4-5f32286630cc', 'invoice', 'a1cd8a0c-7cfd-a516-a085-a4d24245d759', 'read', '041dcd94-cdff-4a1c-901a-914cd5be785a', '2026-11-27 16:06:37.288939+00', 'rate_limited', '203.0.113.14', 'acme-sync/2.4 (+python-httpx)', 'medium'),
	('345f3fcc-eef6-9722-ba73-42d0a2b3342b', 'invoice', 'b673a6b4-6f1c-bda6-4cdb-9385dfef49f7', 'read', '041dcd94-cdff-4a1c-901a-914cd5be785a', '2026-11-27 16:06:45.288939+00', 'rate_limited', '203.0.113.14', 'acme-sync/2.4 (+python-httpx)', 'medium'),
	('710e4688-61c7-0f53-059b-2fe84bd92fd8', 'invoice', 'a86595a8-00a8-049a-a820-b53e64a124e8', 'read', '041dcd94-cdff-4a1c-901a-914cd5be785a', '2026-11-27 16:06:53.288939+00', 'rate_limited', '203.0.113.14', 'acme-sync/2.4 (+python-httpx)', 'medium'),
	('ab9bfce5-0c6c-c333-20cf-c01011610c33', 'invoice', '56336bae-3b43-707b-98e2-858d851527cc', 'read', '041dcd94-cdff-4a1c-901a-914cd5be785a', '2026-11-27 16:07:01.288939+00', 'rate_limited', '203.0.113.14', 'acme-sync/2.4 (+python-httpx)', 'medium');
INSERT INTO public.backup_runs VALUES
	('f71377dc-edb6-4e85-a45a-52094bad8e0e', '9efac292-2f65-4b4e-9f2e-e40dada65cc4', 'ok', 's3://backups/9efac292-2f65-4b4e-9f2e-e40dada65cc4/2026-11-22.tar.zst', '2026-11-22 02:57:00+00', '2026-11-22 03:06:35+00', 23, 47802, NULL, '2026-11-22 02:57:00+00'),
	('e79a95aa-42a7-4500-ab76-04fe03e5f684', '9efac292-2f65-4b4e-9f2e-e40dada65cc4', 'ok', 's3://backups/9efac292-2f65-4b4e-9f2e-e40dada65cc4/2026-11-23.tar.zst', '2026-11-23 02:57:00+00', '2026-11-23 02:59:07+00', 23, 48631, NULL, '2026-11-23 02:57:00+00'),
	('3122c815-53ad-4817-aa3a-b6d2bf03c644', '9efac292-2f65-4b4e-9f2e-e40dada65cc4', 'ok', 's3://backups/9efac292-2f65-4b4e-9f2e-e40dada65cc4/2026-11-24.tar.zst', '2026-11-24 02:57:00+00', '2026-11-24 03:01:07+00', 23, 48674, NULL, '2026-11-24 02:57:00+00'),
	('da17f2fb-e856-46f3-a123-90ba3d3a1902', '9efac292-2f65-4b4e-9f2e-e40dada65cc4', 'ok', 's3://backups/9efac292-2f65-4b4e-9f2e-e40dada65cc4/2026-11-25.tar.zst', '2026-11-25 02:57:00+00', '2026-11-25 03:03:16+00', 23, 49501, NULL, '2026-11-25 02:57:00+00'),
	('b2971b77-87d6-4991-96f7-515178de3361', '9efac292-2f65-4b4e-9f2e-e40dada65cc4', 'ok', 's3://backups/9efac292-2f65-4b4e-9f2e-e40dada65cc4/2026-11-26.tar.zst', '2026-11-26 02:57:00+00', '2026-11-26 03:06:49+00', 23, 50033, NULL, '2026-11-26 02:57:00+00'),
	('9201d55a-3bdc-4efd-b980-ea1ef4a88753', '9efac292-2f65-4b4e-9f2e-e40dada65cc4', 'ok', 's3://backups/9efac292-2f65-4b4e-9f2e-e40dada65cc4/2026-11-27.tar.zst', '2026-11-27 02:57:00+00', '2026-11-27 02:58:07+00', 23, 49790, NULL, '2026-11-27 02:57:00+00'),
	('b92101a2-3f61-4877-b98a-5a3427eeae0a', 'cb978be3-080e-41b0-b412-882213f38870', 'ok', 's3://backups/cb978be3-080e-41b0-b412-882213f38870/2026-11-22.tar.zst', '2026-11-22 01:25:00+00', '2026-11-22 01:28:18+00', 23, 50678, NULL, '2026-11-22 01:25:00+00'),
	('f4aedd02-53fc-4a58-bc78-7566293256b6', 'cb978be3-080e-41b0-b412-882213f38870', 'ok', 's3://backups/cb978be3-080e-41b0-b412-882213f38870/2026-11-23.tar.zst', '2026-11-23 01:25:00+00', '2026-11-23 01:34:34+00', 23, 50838, NULL, '2026-11-23 01:25:00+00'),
	('3207d5a3-1a04-4280-a86c-1fcff65ee8fc', 'cb978be3-080e-41b0-b412-882213f38870', 'ok', 's3://backups/cb978be3-080e-41b0-b412-882213f38870/2026-11-24.tar.zst', '2026-11-24 01:25:00+00', '2026-11-24 01:27:24+00', 23, 50824, NULL, '2026-11-24 01:25:00+00'),
	('46191aa0-6f57-4d36-8c22-b1f4bbb91047', 'cb978be3-080e-41b0-b412-882213f38870', 'ok', 's3://backups/cb978be3-080e-41b0-b412-882213f38870/2026-11-25.tar.zst', '2026-11-25 01:25:00+00', '2026-11-25 01:28:11+00', 23, 51058, NULL, '2026-11-25 01:25:00+00'),
	('76c338fa-636a-4479-a29f-9ecb34d982fb', 'cb978be3-080e-41b0-b412-882213f38870', 'ok', 's3://backups/cb978be3-080e-41b0-b412-882213f38870/2026-11-26.tar.zst', '2026-11-26 01:25:00+00', '2026-11-26 01:27:29+00', 23, 51053, NULL, '2026-11-26 01:25:00+00'),
	('fb1b0902-801f-430b-b8f2-a031b1853dc0', 'cb978be3-080e-41b0-b412-882213f38870', 'ok', 's3://backups/cb978be3-080e-41b0-b412-882213f38870/2026-11-27.tar.zst', '2026-11-27 01:25:00+00', '2026-11-27 01:32:28+00', 23, 50841, NULL, '2026-11-27 01:25:00+00'),
	('9088ec8a-d3f1-4f19-95d4-e7c20e9bac31', '687dd512-1032-488d-bbc7-1df38c4caa83', 'ok', 's3://backups/687dd512-1032-488d-bbc7-1df38c4caa83/2026-11-22.tar.zst', '2026-11-22 02:29:00+00', '2026-11-22 02:34:50+00', 23, 108800, NULL, '2026-11-22 02:29:00+00'),
	('951bcb26-a216-4d03-985b-c3add4d1e969', '687dd512-1032-488d-bbc7-1df38c4caa83', 'ok', 's3://backups/687dd512-1032-488d-bbc7-1df38c4caa83/2026-11-23.tar.zst', '2026-11-23 02:29:00+00', '2026-11-23 02:32:03+00', 23, 110719, NULL, '2026-11-23 02:29:00+00'),
	('4b018c9f-a7ec-47ee-926e-90a3f3a71b00', '687dd512-1032-488d-bbc7-1df38c4caa83', 'ok', 's3://backups/687dd512-1032-488d-bbc7-1df38c4caa83/2026-11-24.tar.zst', '2026-11-24 02:29:00+00', '2026-11-24 02:29:51+00', 23, 110206, NULL, '2026-11-24 02:29:00+00'),
	('2f87a429-3bcf-4cf9-9aab-2302248a1edf', '687dd512-1032-488d-bbc7-1df38c4caa83', 'ok', 's3://backups/687dd512-1032-488d-bbc7-1df38c4caa83/2026-11-25.tar.zst', '2026-11-25 02:29:00+00', '2026-11-25 02:31:23+00', 23, 110343, NULL, '2026-11-25 02:29:00+00'),
	('caab2b8d-6709-4677-a772-436e3562efe9', '687dd512-1032-488d-bbc7-1df38c4caa83', 'ok', 's3://backups/687dd512-1032-488d-bbc7-1df38c4caa83/2026-11-26.tar.zst', '2026-11-26 02:29:00+00', '2026-11-26 02:35:34+00', 23, 111932, NULL, '2026-11-26 02:29:00+00'),
	('c9bf34ca-8c6a-4fcf-a4d7-738ae6d20df9', '687dd512-1032-488d-bbc7-1df38c4caa83', 'ok', 's3://backups/687dd512-1032-488d-bbc7-1df38c4caa83/2026-11-27.tar.zst', '2026-11-27 02:29:00+00', '2026-11-27 02:31:12+00', 23, 112868, NULL, '2026-11-27 02:29:00+00'),
	('724bf80b-6797-4ab1-ab2b-50b5b21a30cc', '8cd5d187-a9fd-42ef-a532-2a48cbbc6c94', 'ok', 's3://backups/8cd5d187-a9fd-42ef-a532-2a48cbbc6c94/2026-11-22.tar.zst', '2026-11-22 02:12:00+00', '2026-11-22 02:19:51+00', 23, 102342, NULL, '2026-11-22 02:12:00+00'),
	('a8ce4082-f00e-40f8-be3d-856b978b6641', '8cd5d187-a9fd-42ef-a532-2a48cbbc6c94', 'ok', 's3://backups/8cd5d187-a9fd-42ef-a532-2a48cbbc6c94/2026-11-23.tar.zst', '2026-11-23 02:12:00+00', '2026-11-23 02:19:16+00', 23, 102002, NULL, '2026-11-23 02:12:00+00'),
	('a4fe5561-153a-4e30-9a1f-80d18c7e80c1', '8cd5d187-a9fd-42ef-a532-2a48cbbc6c94', 'ok', 's3://backups/8cd5d187-a9fd-42ef-a532-2a48cbbc6c94/2026-11-24.tar.zst', '2026-11-24 02:12:00+00', '2026-11-24 02:20:46+00', 23, 103993, NULL, '2026-11-24 02:12:00+00'),
	('026348f7-0139-4a29-ad4f-dbf803f9c73e', '8cd5d187-a9fd-42ef-a532-2a48cbbc6c94', 'ok', 's3://backups/8cd5d187-a9fd-42ef-a532-2a48cbbc6c94/2026-11-25.tar.zst', '2026-11-25 02:12:00+00', '2026-11-25 02:15:15+00', 23, 104700, NULL, '2026-11-25 02:12:00+00'),
	('21041428-1f10-40b3-9e9a-c5ee37deeaed', '8cd5d187-a9fd-42ef-a532-2a48cbbc6c94', 'ok', 's3://backups/8cd5d187-a9fd-42ef-a532-2a48cbbc6c94/2026-11-26.tar.zst', '2026-11-26 02:12:00+00', '2026-11-26 02:14:44+00', 23, 105966, NULL, '2026-11-26 02:12:00+00'),
	('bbca6b41-7366-49a2-be05-6e8091a94fac', '8cd5d187-a9fd-42ef-a532-2a48cbbc6c94', 'ok', 's3://backups/8cd5d187-a9fd-42ef-a532-2a48cbbc6c94/2026-11-27.tar.zst', '2026-11-27 02:12:00+00', '2026-11-27 02:17:22+00', 23, 106687, NULL, '2026-11-27 02:12:00+00'),
	('0544152f-9b6d-4eb5-84fb-1f3f47d1ffb9', 'a72ed508-1755-46de-88b4-09c8a3a16d92', 'ok', 's3://backups/a72ed508-1755-46de-88b4-09c8a3a16d92/2026-11-22.tar.zst', '2026-11-22 00:23:00+00', '2026-11-22 00:24:11+00', 23, 33620, NULL, '2026-11-22 00:23:00+00'),
	('36ad61dd-9132-47ad-9632-b0917c7f2cba', 'a72ed508-1755-46de-88b4-09c8a3a16d92', 'ok', 's3://backups/a72ed508-1755-46de-88b4-09c8a3a16d92/2026-11-23.tar.zst', '2026-11-23 00:23:00+00', '2026-11-23 00:27:09+00', 23, 33530, NULL, '2026-11-23 00:23:00+00'),
	('c46a6d88-7265-4833-b24d-cbf118dc0ddb', 'a72ed508-1755-46de-88b4-09c8a3a16d92', 'ok', 's3://backups/a72ed508-1755-46de-88b4-09c8a3a16d92/2026-11-24.tar.zst', '2026-11-24 00:23:00+00', '2026-11-24 00:28:26+00', 23, 33581, NULL, '2026-11-24 00:23:00+00'),
	('337405bf-56be-4d2a-89b1-e1fbd7ffc8cd', 'a72ed508-1755-46de-88b4-09c8a3a16d92', 'ok', 's3://backups/a72ed508-1755-46de-88b4-09c8a3a16d92/2026-11-25.tar.zst', '2026-11-25 00:23:00+00', '2026-11-25 00:25:54+00', 23, 33911, NULL, '2026-11-25 00:23:00+00'),
	('8eb078c8-08e9-400c-8d0e-2c33070b80f4', 'a72ed508-1755-46de-88b4-09c8a3a16d92', 'ok', 's3://backups/a72ed508-1755-46de-88b4-09c8a3a16d92/2026-11-26.tar.zst', '2026-11-26 00:23:00+00', '2026-11-26 00:30:07+00', 23, 34584, NULL, '2026-11-26 00:23:00+00'),
	('e511b411-e8f0-4f9f-9879-9bfef27c07f5', 'a72ed508-1755-46de-88b4-09c8a3a16d92', 'ok', 's3://backups/a72ed508-1755-46de-88b4-09c8a3a16d92/2026-11-27.tar.zst', '2026-11-27 00:23:00+00', '2026-11-27 00:31:29+00', 23, 34730, NULL, '2026-11-27 00:23:00+00'),
	('144ad2a4-99c4-43ef-b25b-af8e2cf5ec78', '68e7ed23-456b-412c-b206-1ecc65d464fd', 'ok', 's3://backups/68e7ed23-456b-412c-b206-1ecc65d464fd/2026-11-22.tar.zst', '2026-11-22 03:59:00+00', '2026-11-22 04:03:35+00', 23, 11350, NULL, '2026-11-22 03:59:00+00'),
	('9cc86e0c-2315-4b8d-b4be-81ec2ce1a325', '68e7ed23-456b-412c-b206-1ecc65d464fd', 'ok', 's3://backups/68e7ed23-456b-412c-b206-1ecc65d464fd/2026-11-23.tar.zst', '2026-11-23 03:59:00+00', '2026-11-23 04:08:07+00', 23, 11528, NULL, '2026-11-23 03:59:00+00'),
	('10d16824-0291-4e02-b3c9-55324edbfef8', '68e7ed23-456b-412c-b206-1ecc65d464fd', 'ok', 's3://backups/68e7ed23-456b-412c-b206-1ecc65d464fd/2026-11-24.tar.zst', '2026-11-24 03:59:00+00', '2026-11-24 04:02:56+00', 23, 11663, NULL, '2026-11-24 03:59:00+00'),
	('0e2cd8ad-ea8f-4be0-b8be-7212d75037b1', '68e7ed23-456b-412c-b206-1ecc65d464fd', 'ok', 's3://backups/68e7ed23-456b-412c-b206-1ecc65d464fd/2026-11-25.tar.zst', '2026-11-25 03:59:00+00', '2026-11-25 04:08:32+00', 23, 11806, NULL, '2026-11-25 03:59:00+00'),
	('dd5038a4-a3a1-4d24-9787-4650482146d2', '68e7ed23-456b-412c-b206-1ecc65d464fd', 'ok', 's3://backups/68e7ed23-456b-412c-b206-1ecc65d464fd/2026-11-26.tar.zst', '2026-11-26 03:59:00+00', '2026-11-26 04:05:35+00', 23, 11899, NULL, '2026-11-26 03:59:00+00'),
	('7a0365db-c352-437e-a903-e9cd68d61743', '68e7ed23-456b-412c-b206-1ecc65d464fd', 'ok', 's3://backups/68e7ed23-456b-412c-b206-1ecc65d464fd/2026-11-27.tar.zst', '2026-11-27 03:59:00+00', '2026-11-27 04:01:12+00', 23, 12120, NULL, '2026-11-27 03:59:00+00'),
	('88a92e3c-971a-40e9-b767-1f6c15a01783', 'f4042f1e-6af7-4a31-8ebe-9880aaf5a86e', 'ok', 's3://backups/f4042f1e-6af7-4a31-8ebe-9880aaf5a86e/2026-11-22.tar.zst', '2026-11-22 02:15:00+00', '2026-11-22 02:24:26+00', 23, 24127, NULL, '2026-11-22 02:15:00+00'),
	('4b29558f-e29b-478f-a1a1-6b1682fa5847', 'f4042f1e-6af7-4a31-8ebe-9880aaf5a86e', 'ok', 's3://backups/f4042f1e-6af7-4a31-8ebe-9880aaf5a86e/2026-11-23.tar.zst', '2026-11-23 02:15:00+00', '2026-11-23 02:23:10+00', 23, 24568, NULL, '2026-11-23 02:15:00+00'),
	('bd8b16d7-167d-47de-bc65-f6c03e4f81fc', 'f4042f1e-6af7-4a31-8ebe-9880aaf5a86e', 'ok', 's3://backups/f4042f1e-6af7-4a31-8ebe-9880aaf5a86e/2026-11-24.tar.zst', '2026-11-24 02:15:00+00', '2026-11-24 02:20:35+00', 23, 25007, NULL, '2026-11-24 02:15:00+00'),
	('a67dd1a7-38bb-4462-91f7-442cb1e0ae35', 'f4042f1e-6af7-4a31-8ebe-9880aaf5a86e', 'ok', 's3://backups/f4042f1e-6af7-4a31-8ebe-9880aaf5a86e/2026-11-25.tar.zst', '2026-11-25 02:15:00+00', '2026-11-25 02:23:25+00', 23, 25223, NULL, '2026-11-25 02:15:00+00'),
	('9ce070a2-4dbf-4d84-8c4b-ad76e44d9ef0', 'f4042f1e-6af7-4a31-8ebe-9880aaf5a86e', 'ok', 's3://backups/f4042f1e-6af7-4a31-8ebe-9880aaf5a86e/2026-11-26.tar.zst', '2026-11-26 02:15:00+00', '2026-11-26 02:21:55+00', 23, 25340, NULL, '2026-11-26 02:15:00+00'),
	('305576f3-38b9-4187-956b-29dd3e046328', 'f4042f1e-6af7-4a31-8ebe-9880aaf5a86e', 'ok', 's3://backups/f4042f1e-6af7-4a31-8ebe-9880aaf5a86e/2026-11-27.tar.zst', '2026-11-27 02:15:00+00', '2026-11-27 02:20:57+00', 23, 25516, NULL, '2026-11-27 02:15:00+00'),
	('57e61ea6-b09c-424a-8b7f-e9b1e4fead80', 'e239d3d7-9107-456f-bece-71454ff6f2c5', 'ok', 's3://backups/e239d3d7-9107-456f-bece-71454ff6f2c5/2026-11-22.tar.zst', '2026-11-22 03:37:00+00', '2026-11-22 03:39:33+00', 23, 84291, NULL, '2026-11-22 03:37:00+00'),
	('4a389d63-8628-4b36-a809-cebfa18fda26', 'e239d3d7-9107-456f-bece-71454ff6f2c5', 'ok', 's3://backups/e239d3d7-9107-456f-bece-71454ff6f2c5/2026-11-23.tar.zst', '2026-11-23 03:37:00+00', '2026-11-23 03:46:21+00', 23, 85598, NULL, '2026-11-23 03:37:00+00'),
	('2eb26aa7-6989-489e-b027-db71e4a4e6b8', 'e239d3d7-9107-456f-bece-71454ff6f2c5', 'ok', 's3://backups/e239d3d7-9107-456f-bece-71454ff6f2c5/2026-11-24.tar.zst', '2026-11-24 03:37:00+00', '2026-11-24 03:41:12+00', 23, 86916, NULL, '2026-11-24 03:37:00+00'),
	('a2f279aa-a19e-4497-be66-52b991e2cd45', 'e239d3d7-9107-456f-bece-71454ff6f2c5', 'ok', 's3://backups/e239d3d7-9107-456f-bece-71454ff6f2c5/2026-11-25.tar.zst', '2026-11-25 03:37:00+00', '2026-11-25 03:39:29+00', 23, 86612, NULL, '2026-11-25 03:37:00+00'),
	('b5ec5c29-4e86-4ac3-80b6-2052c9a27dd4', 'e239d3d7-9107-456f-bece-71454ff6f2c5', 'ok', 's3://backups/e239d3d7-9107-456f-bece-71454ff6f2c5/2026-11-26.tar.zst', '2026-11-26 03:37:00+00', '2026-11-26 03:44:41+00', 23, 87744, NULL, '2026-11-26 03:37:00+00'),
	('96113b67-1937-4cb1-9797-a9ee65c6e445', 'e239d3d7-9107-456f-bece-71454ff6f2c5', 'ok', 's3://backups/e239d3d7-9107-456f-bece-71454ff6f2c5/2026-11-27.tar.zst', '2026-11-27 03:37:00+00', '2026-11-27 03:37:44+00', 23, 88820, NULL, '2026-11-27 03:37:00+00'),
	('c5910954-bc66-4413-8539-884cda135667', 'dd3f4006-04a9-4e63-aa9c-2a336a01260f', 'ok', 's3://backups/dd3f4006-04a9-4e63-aa9c-2a336a01260f/2026-11-22.tar.zst', '2026-11-22 00:12:00+00', '2026-11-22 00:14:13+00', 23, 4545, NULL, '2026-11-22 00:12:00+00'),
	('4f8fdd84-2523-4bb0-9153-8a62b7ddc1a8', 'dd3f4006-04a9-4e63-aa9c-2a336a01260f', 'ok', 's3://backups/dd3f4006-04a9-4e63-aa9c-2a336a01260f/2026-11-23.tar.zst', '2026-11-23 00:12:00+00', '2026-11-23 00:13:09+00', 23, 4609, NULL, '2026-11-23 00:12:00+00'),
	('3b47d325-d9db-4cf9-86b0-f8b32d52f71f', 'dd3f4006-04a9-4e63-aa9c-2a336a01260f', 'ok', 's3://backups/dd3f4006-04a9-4e63-aa9c-2a336a01260f/2026-11-24.tar.zst', '2026-11-24 00:12:00+00', '2026-11-24 00:14:08+00', 23, 4587, NULL, '2026-11-24 00:12:00+00'),
	('ce204c96-5c8a-49d2-a9f2-16828fde9ebe', 'dd3f4006-04a9-4e63-aa9c-2a336a01260f', 'ok', 's3://backups/dd3f4006-04a9-4e63-aa9c-2a336a01260f/2026-11-25.tar.zst', '2026-11-25 00:12:00+00', '2026-11-25 00:14:31+00', 23, 4600, NULL, '2026-11-25 00:12:00+00'),
	('16833e93-4faf-4eb0-b7fd-f4c510df8af2', 'dd3f4006-04a9-4e63-aa9c-2a336a01260f', 'ok', 's3://backups/dd3f4006-04a9-4e63-aa9c-2a336a01260f/2026-11-26.tar.zst', '2026-11-26 00:12:00+00', '2026-11-26 00:17:44+00', 23, 4634, NULL, '2026-11-26 00:12:00+00'),
	('6743ca59-5b1c-4724-8849-02df66231401', 'dd3f4006-04a9-4e63-aa9c-2a336a01260f', 'ok', 's3://backups/dd3f4006-04a9-4e63-aa9c-2a336a01260f/2026-11-27.tar.zst', '2026-11-27 00:12:00+00', '2026-11-27 00:14:49+00', 23, 4637, NULL, '2026-11-27 00:12:00+00'),
	('0bab2482-1262-4fca-8eba-65142b084bd9', 'ba60491e-6406-4458-b27b-cda3a4fc8621', 'ok', 's3://backups/ba60491e-6406-4458-b27b-cda3a4fc8621/2026-11-22.tar.zst', '2026-11-22 01:59:00+00', '2026-11-22 02:05:51+00', 23, 76506, NULL, '2026-11-22 01:59:00+00'),
	('faef7b98-54eb-4f65-b796-92bbbf4e72cb', 'ba60491e-6406-4458-b27b-cda3a4fc8621', 'ok', 's3://backups/ba60491e-6406-4458-b27b-cda3a4fc8621/2026-11-23.tar.zst', '2026-11-23 01:59:00+00', '2026-11-23 02:07:57+00', 23, 76144, NULL, '2026-11-23 01:59:00+00'),
	('6f2a6038-f4ec-42b1-bd26-ff92a525c815', 'ba60491e-6406-4458-b27b-cda3a4fc8621', 'ok', 's3://backups/ba60491e-6406-4458-b27b-cda3a4fc8621/2026-11-24.tar.zst', '2026-11-24 01:59:00+00', '2026-11-24 02:04:10+00', 23, 77170, NULL, '2026-11-24 01:59:00+00'),
	('1749a883-eb68-4073-9bfa-ca0e022016af', 'ba60491e-6406-4458-b27b-cda3a4fc8621', 'ok', 's3://backups/ba60491e-6406-4458-b27b-cda3a4fc8621/2026-11-25.tar.zst', '2026-11-25 01:59:00+00', '2026-11-25 02:08:56+00', 23, 77726, NULL, '2026-11-25 01:59:00+00'),
	('bf58c53a-237e-4a59-9401-4c5a3ef919e0', 'ba60491e-6406-4458-b27b-cda3a4fc8621', 'ok', 's3://backups/ba60491e-6406-4458-b27b-cda3a4fc8621/2026-11-26.tar.zst', '2026-11-26 01:59:00+00', '2026-11-26 02:03:57+00', 23, 78589, NULL, '2026-11-26 01:59:00+00'),
	('f6471bab-2f8c-4faf-9e2d-e4d14bdb52c7', 'ba60491e-6406-4458-b27b-cda3a4fc8621', 'ok', 's3://backups/ba60491e-6406-4458-b27b-cda3a4fc8621/2026-11-27.tar.zst', '2026-11-27 01:59:00+00', '2026-11-27 02:06:24+00', 23, 78250, NULL, '2026-11-27 01:59:00+00'),
	('6457abab-af9b-478b-9488-b0a475c1bd36', '6f25630d-0181-40f8-b126-16423423880b', 'ok', 's3://backups/6f25630d-0181-40f8-b126-16423423880b/2026-11-22.tar.zst', '2026-11-22 01:06:00+00', '2026-11-22 01:15:27+00', 23, 105440, NULL, '2026-11-22 01:06:00+00'),
	('23057aca-17d6-40d1-8665-16e379a0b631', '6f25630d-0181-40f8-b126-16423423880b', 'ok', 's3://backups/6f25630d-0181-40f8-b126-16423423880b/2026-11-23.tar.zst', '2026-11-23 01:06:00+00', '2026-11-23 01:09:56+00', 23, 106347, NULL, '2026-11-23 01:06:00+00'),
	('0aaf5a00-5f52-408c-8c16-bf543ca59efd', '6f25630d-0181-40f8-b126-16423423880b', 'ok', 's3://backups/6f25630d-0181-40f8-b126-16423423880b/2026-11-24.tar.zst', '2026-11-24 01:06:00+00', '2026-11-24 01:07:38+00', 23, 106807, NULL, '2026-11-24 01:06:00+00'),
	('22b65b22-b519-46be-9edb-8e3c4cc83650', '6f25630d-0181-40f8-b126-16423423880b', 'ok', 's3://backups/6f25630d-0181-40f8-b126-16423423880b/2026-11-25.tar.zst', '2026-11-25 01:06:00+00', '2026-11-25 01:10:18+00', 23, 106313, NULL, '2026-11-25 01:06:00+00'),
	('901e1930-339c-42a1-9f43-9667fd162a9d', '6f25630d-0181-40f8-b126-16423423880b', 'ok', 's3://backups/6f25630d-0181-40f8-b126-16423423880b/2026-11-26.tar.zst', '2026-11-26 01:06:00+00', '2026-11-26 01:08:09+00', 23, 106913, NULL, '2026-11-26 01:06:00+00'),
	('5765af7c-d76a-477e-bed4-c56e5df28ee1', '6f25630d-0181-40f8-b126-16423423880b', 'ok', 's3://backups/6f25630d-0181-40f8-b126-16423423880b/2026-11-27.tar.zst', '2026-11-27 01:06:00+00', '2026-11-27 01:12:43+00', 23, 106685, NULL, '2026-11-27 01:06:00+00'),
	('b8484ea9-4d2e-4a00-a4d1-0dbf10fab188', '172a390a-d203-4cfe-9d10-e9316c7b31e2', 'ok', 's3://backups/172a390a-d203-4cfe-9d10-e9316c7b31e2/2026-11-22.tar.zst', '2026-11-22 02:07:00+00', '2026-11-22 02:10:32+00', 23, 4104, NULL, '2026-11-22 02:07:00+00'),
	('ecbe4386-9556-4de9-b0b3-6275ebd55d5a', '172a390a-d203-4cfe-9d10-e9316c7b31e2', 'ok', 's3://backups/172a390a-d203-4cfe-9d10-e9316c7b31e2/2026-11-23.tar.zst', '2026-11-23 02:07:00+00', '2026-11-23 02:13:28+00', 23, 4115, NULL, '2026-11-23 02:07:00+00'),
	('77c67cc2-fcca-4359-9a7e-4dbc949a5ee0', '172a390a-d203-4cfe-9d10-e9316c7b31e2', 'ok', 's3://backups/172a390a-d203-4cfe-9d10-e9316c7b31e2/2026-11-24.tar.zst', '2026-11-24 02:07:00+00', '2026-11-24 02:10:43+00', 23, 4102, NULL, '2026-11-24 02:07:00+00'),
	('d6ada4f9-1157-4f13-ac05-2899de4963fd', '172a390a-d203-4cfe-9d10-e9316c7b31e2', 'ok', 's3://backups/172a390a-d203-4cfe-9d10-e9316c7b31e2/2026-11-25.tar.zst', '2026-11-25 02:07:00+00', '2026-11-25 02:14:58+00', 23, 4118, NULL, '2026-11-25 02:07:00+00'),
	('05e80be4-8be6-4eec-81ee-1761e5d1bb2c', '172a390a-d203-4cfe-9d10-e9316c7b31e2', 'ok', 's3://backups/172a390a-d203-4cfe-9d10-e9316c7b31e2/2026-11-26.tar.zst', '2026-11-26 02:07:00+00', '2026-11-26 02:10:39+00', 23, 4147, NULL, '2026-11-26 02:07:00+00'),
	('0c35b299-37e3-4148-8523-03a0b4533d4e', '172a390a-d203-4cfe-9d10-e9316c7b31e2', 'ok', 's3://backups/172a390a-d203-4cfe-9d10-e9316c7b31e2/2026-11-27.tar.zst', '2026-11-27 02:07:00+00', '2026-11-27 02:12:14+00', 23, 4204, NULL, '2026-11-27 02:07:00+00');
INSERT INTO public.backup_settings VALUES
	('9efac292-2f65-4b4e-9f2e-e40dada65cc4', 'gcs', 'backups-9efac292', 'lantern-dental', 'us-east-1', true, '03cc2f9b21460c5a299c858dc5e6e62f75fdf37c', '9f48250d92a73f9d16cabe32658f62d1e8e84b0dce74b3c4a402bb72247aabb58d323d9e0d3be8ee', NULL, NULL, '2026-04-22 16:14:09.288939+00', '2026-04-22 16:14:09.288939+00'),
	('cb978be3-080e-41b0-b412-882213f38870', 's3', 'backups-cb978be3', 'meadow-books', 'eu-central-1', true, '856aab1d296cb08c4886058b5912eb602558d6c0', 'f78530bfcaca003cce0843c2c0e908a87d920a56623c70ce1bd9d912112d4095eced8ded2bfa1f10', NULL, NULL, '2026-01-18 16:14:09.288939+00', '2026-01-18 16:14:09.288939+00'),
	('687dd512-1032-488d-bbc7-1df38c4caa83', 's3', 'backups-687dd512', 'meadow-orthopaedics', 'us-east-1', true, 'f9bd6bbb0b22a431f16d68f3d658c99a206c2856', 'e77b04751617643b634d1952a2e8fec0ed19557a9b8e9a820da9f44a5084c63f7b949e54e9ad2bc7', NULL, NULL, '2026-08-08 16:14:09.288939+00', '2026-08-08 16:14:09.288939+00'),
	('8cd5d187-a9fd-42ef-a532-2a48cbbc6c94', 'gcs', 'backups-8cd5d187', 'upland-orthopaedics', 'eu-central-1', true, '9efd55d238d9e9abdb495244c92bdd5aa3ec4d32', '0aadacf037d7d19090bfd7922ed6d460791397a3d445a53e3234752bd8aa7be39d5ee2f9678c4cb9', NULL, NULL, '2026-07-11 16:14:09.288939+00', '2026-07-11 16:14:09.288939+00'),
	('a72ed508-1755-46de-88b4-09c8a3a16d92', 's3', 'backups-a72ed508', 'quarry-orthopaedics', 'eu-central-1', true, '3f3f407226437a8e1f80a4e85bf508a062320fa3', 'c1e8fb16d7ad18a78ff5ba77e244d05f0a857746314df386e5b5206ed0ce6bc4b991e961f87f4a4d', NULL, NULL, '2026-07-07 16:14:09.288939+00', '2026-07-07 16:14:09.288939+00'),
	('68e7ed23-456b-412c-b206-1ecc65d464fd', 'gcs', 'backups-68e7ed23', 'juniper-bakery', 'eu-central-1', true, '63cc537b1e239eb452fef478d6948dedaafb4294', '4ee6f4ff6b89d463a626b0974e640cd4c730a7cba085da1fd958b1e68cd0326074aaf340997a20be', NULL, NULL, '2026-05-06 16:14:09.288939+00', '2026-05-06 16:14:09.288939+00'),
	('f4042f1e-6af7-4a31-8ebe-9880aaf5a86e', 'gcs', 'backups-f4042f1e', 'yarrow-paediatrics', 'eu-central-1', true, '7260ca265e113423a8a9ea6263a366aa6cfd4940', '3c39679d771c23e17d4ffa0ffc7383bf9e6fb2b700e5e81305fbec3a2dc378f27037e03480ea8397', NULL, NULL, '2026-09-02 16:14:09.288939+00', '2026-09-02 16:14:09.288939+00'),
	('e239d3d7-9107-456f-bece-71454ff6f2c5', 's3', 'backups-e239d3d7', 'willow-outfitters', 'us-east-1', true, '667cd60b7924dedecf7eda112df83c66d627d2b8', '811c8fa77124c205cd625a7f177a83345d866b346e3bbc975bcb937020e27c17112ed1df1b69567e', NULL, NULL, '2026-03-30 16:14:09.288939+00', '2026-03-30 16:14:09.288939+00'),
	('dd3f4006-04a9-4e63-aa9c-2a336a01260f', 'gcs', 'backups-dd3f4006', 'pinecrest-bakery', 'eu-central-1', true, 'ec1072ee150dbf6a2159702ba2ed89620a68253a', 'e516093181012ad6c086ee530de44e651478c7b982f0779db86bb4d6c713289150505652bbc55c33', NULL, NULL, '2026-03-26 16:14:09.288939+00', '2026-03-26 16:14:09.288939+00'),
	('ba60491e-6406-4458-b27b-cda3a4fc8621', 's3', 'backups-ba60491e', 'riverbend-physiotherapy', 'eu-central-1', true, '9d373731ff01fe8010fe52d4db68f275069e87dc', '49b29bbe7deb30ade2bce763fb52882f21b1aed23196cd441c0df645d0a32611b14aed54bb69e1f0', NULL, NULL, '2026-03-05 16:14:09.288939+00', '2026-03-05 16:14:09.288939+00'),
	('6f25630d-0181-40f8-b126-16423423880b', 's3', 'backups-6f25630d', 'copper-bakery', 'eu-central-1', true, 'c194ff539c46199259d4697fd541da5610c5ab83', '24c1276c74d6d11fd0cce893e7b227e94665ea199d106a37e58376fb52e71cf828a4fbd740918a58', NULL, NULL, '2026-07-10 16:14:09.288939+00', '2026-07-10 16:14:09.288939+00'),
	('172a390a-d203-4cfe-9d10-e9316c7b31e2', 's3', 'backups-172a390a', 'harbour-orthopaedics', 'us-east-1', true, '8189ac459da968f2434b4b949785f4f83554ada8', 'efb82825a2f65e3629465388674983142e9dde7332eddf6f096de4215f4ce30251af10743cc63141', NULL, NULL, '2026-03-05 16:14:09.288939+00', '2026-03-05 16:14:09.288939+00');
INSERT INTO public.clicks VALUES
	('2026-01-04 01:00:00+00', NULL),
	('2026-01-04 01:00:00+00', 'page 0'),
	('2026-01-04 01:00:00+00', NULL),
	('2026-01-04 02:00:00+00', 'page 0'),
	('2026-01-04 02:00:00+00', NULL),
	('2026-01-04 02:00:00+00', 'page 0'),
	('2026-01-04 03:00:00+00', NULL),
	('2026-01-04 03:00:00+00', 'page 0'),
	('2026-01-04 03:00:00+00', NULL),
	('2026-01-04 04:00:00+00', 'page 0'),
	('2026-01-04 04:00:00+00', NULL),
	('2026-01-04 04:00:00+00', 'page 0'),
	('2026-01-04 05:00:00+00', NULL),
	('2026-01-04 05:00:00+00', 'page 0'),
	('2026-01-04 05:00:00+00', NULL),
	('2026-01-04 06:00:00+00', 'page 0'),
	('2026-01-04 06:00:00+00', NULL),
	('2026-01-04 06:00:00+00', 'page 0'),
	('2026-01-04 07:00:00+00', NULL),
	('2026-01-04 07:00:00+00', 'page 0'),
	('2026-01-04 07:00:00+00', NULL),
	('2026-01-04 08:00:00+00', 'page 0'),
	('2026-01-04 08:00:00+00', NULL),
	('2026-01-04 08:00:00+00', 'page 0'),
	('2026-01-04 09:00:00+00', NULL),
	('2026-01-04 09:00:00+00', 'page 0'),
	('2026-01-04 09:00:00+00', NULL),
	('2026-01-04 10:00:00+00', 'page 0'),
	('2026-01-04 10:00:00+00', NULL),
	('2026-01-04 10:00:00+00', 'page 0'),
	('2026-01-04 11:00:00+00', NULL),
	('2026-01-04 11:00:00+00', 'page 0'),
	('2026-01-04 11:00:00+00', NULL),
	('2026-01-04 12:00:00+00', 'page 0'),
	('2026-01-04 12:00:00+00', NULL),
	('2026-01-04 12:00:00+00', 'page 0'),
	('2026-01-04 13:00:00+00', NULL),
	('2026-01-04 13:00:00+00', 'page 0'),
	('2026-01-04 13:00:00+00', NULL),
	('2026-01-04 14:00:00+00', 'page 0'),
	('2026-01-04 14:00:00+00', NULL),
	('2026-01-04 14:00:00+00', 'page 0'),
	('2026-01-04 15:00:00+00', NULL),
	('2026-01-04 15:00:00+00', 'page 0'),
	('2026-01-04 15:00:00+00', NULL),
	('2026-01-04 16:00:00+00', 'page 0');
INSERT INTO public.clicks_before VALUES
	('2026-01-01 08:00:00+00', NULL),
	('2026-01-01 08:00:00+00', 'page 0'),
	('2026-01-01 09:00:00+00', NULL),
	('2026-01-01 09:00:00+00', 'page 0'),
	('2026-01-01 09:00:00+00', NULL),
	('2026-01-01 10:00:00+00', 'page 0'),
	('2026-01-01 10:00:00+00', NULL),
	('2026-01-01 10:00:00+00', 'page 0'),
	('2026-01-01 11:00:00+00', NULL),
	('2026-01-01 11:00:00+00', 'page 0'),
	('2026-01-01 11:00:00+00', NULL),
	('2026-01-01 12:00:00+00', 'page 0'),
	('2026-01-01 12:00:00+00', NULL),
	('2026-01-01 12:00:00+00', 'page 0'),
	('2026-01-01 13:00:00+00', NULL),
	('2026-01-01 13:00:00+00', 'page 0'),
	('2026-01-01 13:00:00+00', NULL),
	('2026-01-01 14:00:00+00', 'page 0'),
	('2026-01-01 14:00:00+00', NULL),
	('2026-01-01 14:00:00+00', 'page 0'),
	('2026-01-01 15:00:00+00', NULL),
	('2026-01-01 15:00:00+00', 'page 0'),
	('2026-01-01 15:00:00+00', NULL),
	('2026-01-01 16:00:00+00', 'page 0'),
	('2026-01-01 16:00:00+00', NULL),
	('2026-01-01 16:00:00+00', 'page 0'),
	('2026-01-01 17:00:00+00', NULL),
	('2026-01-01 17:00:00+00', 'page 0'),
	('2026-01-01 17:00:00+00', NULL),
	('2026-01-01 18:00:00+00', 'page 0'),
	('2026-01-01 18:00:00+00', NULL),
	('2026-01-01 18:00:00+00', 'page 0'),
	('2026-01-01 19:00:00+00', NULL),
	('2026-01-01 19:00:00+00', 'page 0'),
	('2026-01-01 19:00:00+00', NULL),
	('2026-01-01 20:00:00+00', 'page 0'),
	('2026-01-01 20:00:00+00', NULL),
	('2026-01-01 20:00:00+00', 'page 0'),
	('2026-01-01 21:00:00+00', NULL),
	('2026-01-01 21:00:00+00', 'page 0'),
	('2026-01-01 21:00:00+00', NULL),
	('2026-01-01 22:00:00+00', 'page 0'),
	('2026-01-01 22:00:00+00', NULL),
	('2026-01-01 22:00:00+00', 'page 0'),
	('2026-01-01 23:00:00+00', NULL),
	('2026-01-01 23:00:00+00', 'page 0'),
	('2026-01-01 23:00:00+00', NULL),
	('2026-01-02 00:00:00+00', 'page 0'),
	('2026-01-02 00:00:00+00', NULL),
	('2026-01-02 00:00:00+00', 'page 0'),
	('2026-01-02 01:00:00+00', NULL),
	('2026-01-02 01:00:00+00', 'page 0'),
	('2026-01-02 01:00:00+00', NULL),
	('2026-01-02 02:00:00+00', 'page 0'),
	('2026-01-02 02:00:00+00', NULL),
	('2026-01-02 02:00:00+00', 'page 0'),
	('2026-01-02 03:00:00+00', NULL),
	('2026-01-02 03:00:00+00', 'page 0'),
	('2026-01-02 03:00:00+00', NULL),
	('2026-01-02 04:00:00+00', 'page 0'),
	('2026-01-02 04:00:00+00', NULL),
	('2026-01-02 04:00:00+00', 'page 0'),
	('2026-01-02 05:00:00+00', NULL),
	('2026-01-02 05:00:00+00', 'page 0'),
	('2026-01-02 05:00:00+00', NULL),
	('2026-01-02 06:00:00+00', 'page 0'),
	('2026-01-02 06:00:00+00', NULL),
	('2026-01-02 06:00:00+00', 'page 0'),
	('2026-01-02 07:00:00+00', NULL),
	('2026-01-02 07:00:00+00', 'page 0'),
	('2026-01-02 07:00:00+00', NULL),
	('2026-01-02 08:00:00+00', 'page 0'),
	('2026-01-02 08:00:00+00', NULL),
	('2026-01-02 08:00:00+00', 'page 0'),
	('2026-01-02 09:00:00+00', NULL),
	('2026-01-02 09:00:00+00', 'page 0'),
	('2026-01-02 09:00:00+00', NULL),
	('2026-01-02 10:00:00+00', 'page 0'),
	('2026-01-02 10:00:00+00', NULL),
	('2026-01-02 10:00:00+00', 'page 0'),
	('2026-01-02 11:00:00+00', NULL),
	('2026-01-02 11:00:00+00', 'page 0'),
	('2026-01-02 11:00:00+00', NULL),
	('2026-01-02 12:00:00+00', 'page 0'),
	('2026-01-02 12:00:00+00', NULL),
	('2026-01-02 12:00:00+00', 'page 0'),
	('2026-01-02 13:00:00+00', NULL),
	('2026-01-02 13:00:00+00', 'page 0'),
	('2026-01-02 13:00:00+00', NULL),
	('2026-01-02 14:00:00+00', 'page 0'),
	('2026-01-02 14:00:00+00', NULL),
	('2026-01-02 14:00:00+00', 'page 0'),
	('2026-01-02 15:00:00+00', NULL),
	('2026-01-02 15:00:00+00', 'page 0'),
	('2026-01-02 15:00:00+00', NULL),
	('2026-01-02 16:00:00+00', 'page 0'),
	('2026-01-02 16:00:00+00', NULL),
	('2026-01-02 16:00:00+00', 'page 0'),
	('2026-01-02 17:00:00+00', NULL),
	('2026-01-02 17:00:00+00', 'page 0');
INSERT INTO public.clicks_before VALUES
	('2026-01-02 17:00:00+00', NULL),
	('2026-01-02 18:00:00+00', 'page 0'),
	('2026-01-02 18:00:00+00', NULL),
	('2026-01-02 18:00:00+00', 'page 0'),
	('2026-01-02 19:00:00+00', NULL),
	('2026-01-02 19:00:00+00', 'page 0'),
	('2026-01-02 19:00:00+00', NULL),
	('2026-01-02 20:00:00+00', 'page 0'),
	('2026-01-02 20:00:00+00', NULL),
	('2026-01-02 20:00:00+00', 'page 0'),
	('2026-01-02 21:00:00+00', NULL),
	('2026-01-02 21:00:00+00', 'page 0'),
	('2026-01-02 21:00:00+00', NULL),
	('2026-01-02 22:00:00+00', 'page 0'),
	('2026-01-02 22:00:00+00', NULL),
	('2026-01-02 22:00:00+00', 'page 0'),
	('2026-01-02 23:00:00+00', NULL),
	('2026-01-02 23:00:00+00', 'page 0'),
	('2026-01-02 23:00:00+00', NULL),
	('2026-01-03 00:00:00+00', 'page 0'),
	('2026-01-03 00:00:00+00', NULL),
	('2026-01-03 00:00:00+00', 'page 0'),
	('2026-01-03 01:00:00+00', NULL),
	('2026-01-03 01:00:00+00', 'page 0'),
	('2026-01-03 01:00:00+00', NULL),
	('2026-01-03 02:00:00+00', 'page 0'),
	('2026-01-03 02:00:00+00', NULL),
	('2026-01-03 02:00:00+00', 'page 0'),
	('2026-01-03 03:00:00+00', NULL),
	('2026-01-03 03:00:00+00', 'page 0'),
	('2026-01-03 03:00:00+00', NULL),
	('2026-01-03 04:00:00+00', 'page 0'),
	('2026-01-03 04:00:00+00', NULL),
	('2026-01-03 04:00:00+00', 'page 0'),
	('2026-01-03 05:00:00+00', NULL),
	('2026-01-03 05:00:00+00', 'page 0'),
	('2026-01-03 05:00:00+00', NULL),
	('2026-01-03 06:00:00+00', 'page 0'),
	('2026-01-03 06:00:00+00', NULL),
	('2026-01-03 06:00:00+00', 'page 0'),
	('2026-01-03 07:00:00+00', NULL),
	('2026-01-03 07:00:00+00', 'page 0'),
	('2026-01-03 07:00:00+00', NULL),
	('2026-01-03 08:00:00+00', 'page 0'),
	('2026-01-03 08:00:00+00', NULL),
	('2026-01-03 08:00:00+00', 'page 0'),
	('2026-01-03 09:00:00+00', NULL),
	('2026-01-03 09:00:00+00', 'page 0'),
	('2026-01-03 09:00:00+00', NULL),
	('2026-01-03 10:00:00+00', 'page 0'),
	('2026-01-03 10:00:00+00', NULL),
	('2026-01-03 10:00:00+00', 'page 0'),
	('2026-01-03 11:00:00+00', NULL),
	('2026-01-03 11:00:00+00', 'page 0'),
	('2026-01-03 11:00:00+00', NULL),
	('2026-01-03 12:00:00+00', 'page 0'),
	('2026-01-03 12:00:00+00', NULL),
	('2026-01-03 12:00:00+00', 'page 0'),
	('2026-01-03 13:00:00+00', NULL),
	('2026-01-03 13:00:00+00', 'page 0'),
	('2026-01-03 13:00:00+00', NULL),
	('2026-01-03 14:00:00+00', 'page 0'),
	('2026-01-03 14:00:00+00', NULL),
	('2026-01-03 14:00:00+00', 'page 0'),
	('2026-01-03 15:00:00+00', NULL),
	('2026-01-03 15:00:00+00', 'page 0'),
	('2026-01-03 15:00:00+00', NULL),
	('2026-01-03 16:00:00+00', 'page 0'),
	('2026-01-03 16:00:00+00', NULL),
	('2026-01-03 16:00:00+00', 'page 0'),
	('2026-01-03 17:00:00+00', NULL),
	('2026-01-03 17:00:00+00', 'page 0'),
	('2026-01-03 17:00:00+00', NULL),
	('2026-01-03 18:00:00+00', 'page 0'),
	('2026-01-03 18:00:00+00', NULL),
	('2026-01-03 18:00:00+00', 'page 0'),
	('2026-01-03 19:00:00+00', NULL),
	('2026-01-03 19:00:00+00', 'page 0'),
	('2026-01-03 19:00:00+00', NULL),
	('2026-01-03 20:00:00+00', 'page 0'),
	('2026-01-03 20:00:00+00', NULL),
	('2026-01-03 20:00:00+00', 'page 0'),
	('2026-01-03 21:00:00+00', NULL),
	('2026-01-03 21:00:00+00', 'page 0'),
	('2026-01-03 21:00:00+00', NULL),
	('2026-01-03 22:00:00+00', 'page 0'),
	('2026-01-03 22:00:00+00', NULL),
	('2026-01-03 22:00:00+00', 'page 0'),
	('2026-01-03 23:00:00+00', NULL),
	('2026-01-03 23:00:00+00', 'page 0'),
	('2026-01-03 23:00:00+00', NULL),
	('2026-01-04 00:00:00+00', 'page 0'),
	('2026-01-04 00:00:00+00', NULL),
	('2026-01-04 00:00:00+00', 'page 0'),
	('2026-01-04 01:00:00+00', NULL),
	('2026-01-04 01:00:00+00', 'page 0'),
	('2026-01-04 01:00:00+00', NULL),
	('2026-01-04 02:00:00+00', 'page 0'),
	('2026-01-04 02:00:00+00', NULL),
	('2026-01-04 02:00:00+00', 'page 0');
INSERT INTO public.clicks_before VALUES
	('2026-01-04 03:00:00+00', NULL),
	('2026-01-04 03:00:00+00', 'page 0'),
	('2026-01-04 03:00:00+00', NULL),
	('2026-01-04 04:00:00+00', 'page 0'),
	('2026-01-04 04:00:00+00', NULL),
	('2026-01-04 04:00:00+00', 'page 0'),
	('2026-01-04 05:00:00+00', NULL),
	('2026-01-04 05:00:00+00', 'page 0'),
	('2026-01-04 05:00:00+00', NULL),
	('2026-01-04 06:00:00+00', 'page 0'),
	('2026-01-04 06:00:00+00', NULL),
	('2026-01-04 06:00:00+00', 'page 0'),
	('2026-01-04 07:00:00+00', NULL),
	('2026-01-04 07:00:00+00', 'page 0'),
	('2026-01-04 07:00:00+00', NULL),
	('2026-01-04 08:00:00+00', 'page 0'),
	('2026-01-04 08:00:00+00', NULL),
	('2026-01-04 08:00:00+00', 'page 0'),
	('2026-01-04 09:00:00+00', NULL),
	('2026-01-04 09:00:00+00', 'page 0'),
	('2026-01-04 09:00:00+00', NULL),
	('2026-01-04 10:00:00+00', 'page 0'),
	('2026-01-04 10:00:00+00', NULL),
	('2026-01-04 10:00:00+00', 'page 0'),
	('2026-01-04 11:00:00+00', NULL),
	('2026-01-04 11:00:00+00', 'page 0'),
	('2026-01-04 11:00:00+00', NULL),
	('2026-01-04 12:00:00+00', 'page 0'),
	('2026-01-04 12:00:00+00', NULL),
	('2026-01-04 12:00:00+00', 'page 0'),
	('2026-01-04 13:00:00+00', NULL),
	('2026-01-04 13:00:00+00', 'page 0'),
	('2026-01-04 13:00:00+00', NULL),
	('2026-01-04 14:00:00+00', 'page 0'),
	('2026-01-04 14:00:00+00', NULL),
	('2026-01-04 14:00:00+00', 'page 0'),
	('2026-01-04 15:00:00+00', NULL),
	('2026-01-04 15:00:00+00', 'page 0'),
	('2026-01-04 15:00:00+00', NULL),
	('2026-01-04 16:00:00+00', 'page 0');
INSERT INTO public.maintenance_task_runs VALUES
	('f1e84978-6025-44a9-ab4c-14e3e8328104', 'cleanup_old_security_alerts', '2026-11-01 03:00:00+00', '2026-11-01 03:00:01.076476+00', 'completed', '{"deleted_count": 3}', NULL, NULL, NULL, NULL),
	('8e7ea28c-ca1d-4763-a87a-b5cb0c4057d2', 'cleanup_old_security_alerts', '2026-11-08 03:00:00+00', '2026-11-08 03:00:00.219769+00', 'completed', '{"deleted_count": 1}', NULL, NULL, NULL, NULL),
	('723a4135-ff38-4639-8a5e-36776542a692', 'cleanup_old_security_alerts', '2026-11-15 03:00:00+00', '2026-11-15 03:00:01.244177+00', 'completed', '{"deleted_count": 0}', NULL, NULL, NULL, NULL),
	('d2f139fc-0e14-4998-b44b-8963907d6be9', 'run_automated_security_checks', '2026-11-22 00:00:00+00', '2026-11-22 00:00:00.942333+00', 'failed', '{}', 'OperationalError: server closed the connection unexpectedly', NULL, NULL, NULL),
	('623bc05a-5023-4cc3-962c-5e084328ec4e', 'run_automated_security_checks', '2026-11-22 02:00:00+00', '2026-11-22 02:00:00.873685+00', 'failed', '{}', 'OperationalError: server closed the connection unexpectedly', NULL, NULL, NULL),
	('0d181b0f-ae5a-4311-ab93-85e9e2c39f19', 'cleanup_old_security_alerts', '2026-11-22 03:00:00+00', '2026-11-22 03:00:00.531531+00', 'completed', '{"deleted_count": 3}', NULL, NULL, NULL, NULL),
	('1b45e834-1811-4f91-82e3-4f4b26274c4f', 'cleanup_old_audit_logs', '2026-11-23 02:00:00+00', '2026-11-23 02:00:05.048961+00', 'completed', '{"deleted_count": 1594}', NULL, NULL, NULL, NULL),
	('c002c14a-1648-47ce-bab0-e96cbe637673', 'verify_backup_health', '2026-11-23 04:00:00+00', '2026-11-23 04:00:00.834921+00', 'completed', '{"failed_backups": 2, "orgs_without_backup": 7}', NULL, NULL, NULL, NULL),
	('ca6e324c-81ba-4efe-a04f-311df4ae3e15', 'cleanup_old_audit_logs', '2026-11-24 02:00:00+00', '2026-11-24 02:00:10.772392+00', 'completed', '{"deleted_count": 1015}', NULL, NULL, NULL, NULL),
	('5ca054e7-4bbb-4bd3-b535-4d3a442f2468', 'verify_backup_health', '2026-11-24 04:00:00+00', '2026-11-24 04:00:01.066201+00', 'completed', '{"failed_backups": 2, "orgs_without_backup": 7}', NULL, NULL, NULL, NULL),
	('92df7c81-36c4-430a-a757-9d366ebbd3c3', 'cleanup_old_audit_logs', '2026-11-25 02:00:00+00', '2026-11-25 02:00:05.897338+00', 'completed', '{"deleted_count": 1572}', NULL, NULL, NULL, NULL),
	('4f2b2413-394f-4675-a765-3c91368c880a', 'verify_backup_health', '2026-11-25 04:00:00+00', '2026-11-25 04:00:01.202982+00', 'completed', '{"failed_backups": 2, "orgs_without_backup": 7}', NULL, NULL, NULL, NULL),
	('61f2c8f5-5ac6-46f4-a7e2-367e34566e2f', 'cleanup_old_audit_logs', '2026-11-26 02:00:00+00', '2026-11-26 02:00:06.639091+00', 'completed', '{"deleted_count": 910}', NULL, NULL, NULL, NULL),
	('fca1c55f-cccb-4972-bd14-f4cdb321d958', 'verify_backup_health', '2026-11-26 04:00:00+00', '2026-11-26 04:00:00.813228+00', 'completed', '{"failed_backups": 2, "orgs_without_backup": 7}', NULL, NULL, NULL, NULL),
	('09cd6a74-a5d4-4a40-bdd9-e2a4bd0d9a9f', 'run_automated_security_checks', '2026-11-26 05:00:00+00', '2026-11-26 05:00:01.355969+00', 'failed', '{}', 'OperationalError: server closed the connection unexpectedly', NULL, NULL, NULL),
	('c14c5c8c-4992-459b-b7d2-c7c3365e02e5', 'cleanup_old_audit_logs', '2026-11-27 02:00:00+00', '2026-11-27 02:00:08.35938+00', 'completed', '{"deleted_count": 1117}', NULL, NULL, NULL, NULL),
	('2d209719-f29a-4b33-bd5d-25df1e4ae720', 'run_automated_security_checks', '2026-11-27 02:00:00+00', '2026-11-27 02:00:01.378495+00', 'failed', '{}', 'OperationalError: server closed the connection unexpectedly', NULL, NULL, NULL),
	('105e7420-13f3-4ec6-8dcc-67f864212293', 'verify_backup_health', '2026-11-27 04:00:00+00', '2026-11-27 04:00:00.968469+00', 'completed', '{"failed_backups": 2, "orgs_without_backup": 7}', NULL, NULL, NULL, NULL),
	('956b0d3b-91d2-4ae6-96c5-1c27a6f86767', 'run_automated_security_checks', '2026-11-27 11:00:00+00', '2026-11-27 11:00:00.825809+00', 'completed', '{"findings": 1}', NULL, NULL, NULL, NULL),
	('5d17126a-5af9-4018-b68c-4d75efa13ed8', 'run_automated_security_checks', '2026-11-27 12:00:00+00', '2026-11-27 12:00:00.490236+00', 'completed', '{"findings": 0}', NULL, NULL, NULL, NULL),
	('a9c6671d-85e6-43be-aa8e-15715dc141e4', 'run_automated_security_checks', '2026-11-27 13:00:00+00', '2026-11-27 13:00:00.904836+00', 'completed', '{"findings": 1}', NULL, NULL, NULL, NULL),
	('c3c924da-eea8-43a9-a17a-5581c2c39db6', 'run_automated_security_checks', '2026-11-27 14:00:00+00', '2026-11-27 14:00:00.344914+00', 'completed', '{"findings": 1}', NULL, NULL, NULL, NULL),
	('78c73d54-e493-4929-a434-72493da9fda0', 'run_automated_security_checks', '2026-11-27 15:00:00+00', '2026-11-27 15:00:00.239117+00', 'completed', '{"findings": 1}', NULL, NULL, NULL, NULL),
	('78fb8d44-0786-4f96-8826-bf033c1cb691', 'run_automated_security_checks', '2026-11-27 16:00:00+00', '2026-11-27 16:00:00.541797+00', 'failed', '{}', 'OperationalError: server closed the connection unexpectedly', NULL, NULL, NULL),
	('940d893a-1533-4c0d-8221-585c51e53e4b', 'run_automated_security_checks', '2026-11-27 16:14:10.764302+00', '2026-11-27 16:14:14.598596+00', 'completed', '{"findings": 87, "failed_checks": {}, "alerts_created": 87, "not_applicable": {"hba_md5": "needs execute on pg_catalog.pg_hba_file_rules() for maint_owner; needs select on pg_catalog.pg_hba_file_rules for maint_owner", "hba_trust": "needs execute on pg_catalog.pg_hba_file_rules() for maint_owner; needs select on pg_catalog.pg_hba_file_rules for maint_owner", "hba_errors": "needs execute on pg_catalog.pg_hba_file_rules() for maint_owner; needs select on pg_catalog.pg_hba_file_rules for maint_owner", "password_md5": "needs select on pg_catalog.pg_authid for maint_owner", "ddl_logging_off": "needs the rights of role pg_read_all_settings for maint_owner", "hba_open_to_all": "needs execute on pg_catalog.pg_hba_file_rules() for maint_owner; needs select on pg_catalog.pg_hba_file_rules for maint_owner", "ssl_old_protocol": "needs the rights of role pg_read_all_settings for maint_owner", "public_bucket_lists": "storage.buckets does not exist; storage.objects does not exist", "hba_cleartext_password": "needs execute on pg_catalog.pg_hba_file_rules() for maint_owner; needs select on pg_catalog.pg_hba_file_rules for maint_owner", "settings_pending_restart": "needs the rights of role pg_read_all_settings for maint_owner", "settings_differ_from_file": "needs execute on pg_catalog.pg_show_all_file_settings() for maint_owner; needs select on pg_catalog.pg_file_settings for maint_owner; needs the rights of role pg_read_all_settings for maint_owner"}, "alerts_resolved": 0, "findings_by_check": {"ssl_off": 0, "mass_read": 0, "mass_delete": 0, "mass_export": 0, "audit_log_gap": 0, "invalid_index": 0, "queue_exposed": 0, "table_bloated": 0, "activity_burst": 0, "autovacuum_off": 0, "durability_off": 1, "id_enumeration": 0, "failed_sign_ins": 1, "role_replicates": 0, "audit_log_silent": 0, "password_expired": 0, "rate_limit_abuse": 0, "row_security_off": 9, "tax_number_reads": 0, "duplicate_indexes": 0, "many_role_members": 0, "new_administrator": 0, "sequence_near_end": 0, "auth_users_exposed": 0, "data_checksums_off": 1, "extension_outdated": 0, "policy_always_true": 0, "privileges_granted": 0, "role_creates_roles": 0, "audit_rows_misdated": 0, "drift_from_baseline": 42, "extension_in_public": 0, "many_administrators": 0, "profile_enumeration": 0, "function_search_path": 0, "graphql_shows_tables": 0, "truncate_by_visitors": 2, "type_hinders_upgrade": 0, "unexpected_superuser": 0, "admin_from_new_origin": 0, "first_tax_number_read": 0, "foreign_table_exposed": 0, "connection_logging_off": 2, "member_of_server_roles": 0, "password_never_expires": 0, "sign_in_after_failures": 0, "table_writable_by_anon": 9, "password_encryption_md5": 0, "schema_open_to_creators": 0, "policy_evaluated_per_row": 0, "policy_true_without_user": 0, "transaction_ids_near_end": 0, "address_trying_many_users": 0, "definer_function_callable": 1, "foreign_key_without_index": 4, "materialized_view_exposed": 0, "sensitive_columns_exposed": 0, "table_without_primary_key": 4, "role_bypasses_row_security": 0, "view_bypasses_row_security": 0, "admin_outside_working_hours": 0, "policy_trusts_user_metadata": 0, "row_security_without_policy": 0, "search_path_without_pg_temp": 0, "several_permissive_policies": 0, "definer_function_search_path": 0, "failed_sign_ins_from_address": 0, "foreign_key_to_unique_of_auth": 0, "policies_without_row_security": 0, "policy_for_anonymous_sign_ins": 8, "role_without_connection_limit": 0, "default_privileges_for_visitors": 3}}', NULL, 'sql', NULL, '{"role": "postgres", "login": "postgres", "application": "fixture", "backend_pid": 2880}'),
	('1c545d80-73a3-4596-b76d-fccc0424e280', 'verify_backup_health', '2026-11-27 16:14:14.61203+00', '2026-11-27 16:14:14.712384+00', 'completed', '{"findings": 2, "failed_checks": {}, "alerts_created": 2, "failed_backups": 0, "not_applicable": {"archive_backlog": "needs execute on pg_catalog.pg_ls_archive_statusdir() for maint_owner"}, "alerts_resolved": 0, "findings_by_check": {"backup_empty": 0, "backup_stuck": 0, "backup_failed": 0, "backup_shrunk": 0, "backup_overdue": 0, "archiver_failing": 0, "restore_unproven": 1, "archiver_discards": 0, "base_backup_overdue": 1, "replication_slot_inactive": 0, "backup_settings_incomplete": 0, "organization_without_backup": 0}, "orgs_without_backup": 0}', NULL, 'sql', NULL, '{"role": "postgres", "login": "postgres", "application": "fixture", "backend_pid": 2880}'),
	('6e548de9-6c80-45cd-8a3e-6bc2ee98a8c9', 'run_automated_security_checks', '2026-11-27 16:14:14.732051+00', '2026-11-27 16:14:17.385522+00', 'completed', '{"findings": 85, "failed_checks": {}, "alerts_created": 2, "not_applicable": {"hba_md5": "needs execute on pg_catalog.pg_hba_file_rules() for maint_owner; needs select on pg_catalog.pg_hba_file_rules for maint_owner", "hba_trust": "needs execute on pg_catalog.pg_hba_file_rules() for maint_owner; needs select on pg_catalog.pg_hba_file_rules for maint_owner", "hba_errors": "needs execute on pg_catalog.pg_hba_file_rules() for maint_owner; needs select on pg_catalog.pg_hba_file_rules for maint_owner", "password_md5": "needs select on pg_catalog.pg_authid for maint_owner", "ddl_logging_off": "needs the rights of role pg_read_all_settings for maint_owner", "hba_open_to_all": "needs execute on pg_catalog.pg_hba_file_rules() for maint_owner; needs select on pg_catalog.pg_hba_file_rules for maint_owner", "ssl_old_protocol": "needs the rights of role pg_read_all_settings for maint_owner", "public_bucket_lists": "storage.buckets does not exist; storage.objects does not exist", "hba_cleartext_password": "needs execute on pg_catalog.pg_hba_file_rules() for maint_owner; needs select on pg_catalog.pg_hba_file_rules for maint_owner", "settings_pending_restart": "needs the rights of role pg_read_all_settings for maint_owner", "settings_differ_from_file": "needs execute on pg_catalog.pg_show_all_file_settings() for maint_owner; needs select on pg_catalog.pg_file_settings for maint_owner; needs the rights of role pg_read_all_settings for maint_owner"}, "alerts_resolved": 2, "findings_by_check": {"ssl_off": 0, "mass_read": 0, "mass_delete": 0, "mass_export": 0, "audit_log_gap": 0, "invalid_index": 0, "queue_exposed": 0, "table_bloated": 0, "activity_burst": 0, "autovacuum_off": 0, "durability_off": 1, "id_enumeration": 0, "failed_sign_ins": 1, "role_replicates": 0, "audit_log_silent": 0, "password_expired": 0, "rate_limit_abuse": 0, "row_security_off": 7, "tax_number_reads": 0, "duplicate_indexes": 0, "many_role_members": 0, "new_administrator": 0, "sequence_near_end": 0, "auth_users_exposed": 0, "data_checksums_off": 1, "extension_outdated": 0, "policy_always_true": 0, "privileges_granted": 0, "role_creates_roles": 0, "audit_rows_misdated": 0, "drift_from_baseline": 42, "extension_in_public": 0, "many_administrators": 0, "profile_enumeration": 0, "function_search_path": 0, "graphql_shows_tables": 0, "truncate_by_visitors": 2, "type_hinders_upgrade": 0, "unexpected_superuser": 0, "admin_from_new_origin": 0, "first_tax_number_read": 0, "foreign_table_exposed": 0, "connection_logging_off": 2, "member_of_server_roles": 0, "password_never_expires": 0, "sign_in_after_failures": 0, "table_writable_by_anon": 9, "password_encryption_md5": 0, "schema_open_to_creators": 0, "policy_evaluated_per_row": 0, "policy_true_without_user": 0, "transaction_ids_near_end": 0, "address_trying_many_users": 0, "definer_function_callable": 1, "foreign_key_without_index": 4, "materialized_view_exposed": 0, "sensitive_columns_exposed": 0, "table_without_primary_key": 4, "role_bypasses_row_security": 0, "view_bypasses_row_security": 0, "admin_outside_working_hours": 0, "policy_trusts_user_metadata": 0, "row_security_without_policy": 0, "search_path_without_pg_temp": 0, "several_permissive_policies": 0, "definer_function_search_path": 0, "failed_sign_ins_from_address": 0, "foreign_key_to_unique_of_auth": 0, "policies_without_row_security": 0, "policy_for_anonymous_sign_ins": 8, "role_without_connection_limit": 0, "default_privileges_for_visitors": 3}}', NULL, 'sql', NULL, '{"role": "postgres", "login": "postgres", "application": "fixture", "backend_pid": 2880}'),
	('6b7a6503-b2ad-4bcb-87d9-8ac65d0d2e0c', 'maintenance_health', '2026-11-27 16:14:17.635021+00', '2026-11-27 16:14:17.636047+00', 'completed', '{"healthy": true}', NULL, 'schedule', '0b6a1d3c-1f9e-4c54-9c0e-9d86b7a6f001', '{"role": "maint_owner", "login": "postgres", "application": "maint maintenance_health", "backend_pid": 3045}'),
	('be0e7d8c-4bbc-4822-a801-27bc4bfa6f70', 'cleanup_old_audit_logs', '2026-11-27 16:14:17.675214+00', '2026-11-27 16:14:17.700886+00', 'failed', '{"progress": {"fraction": 0.5, "deleted_count": 21}}', 'RuntimeError: the disk is full', 'cli', NULL, '{"role": "maint_owner", "login": "postgres", "application": "maint cleanup_old_audit_logs", "backend_pid": 3046}'),
	('b3fbf2fd-de5d-4629-9000-fed92aca7556', 'cleanup_old_audit_logs', '2026-11-27 16:14:17.724471+00', '2026-11-27 16:14:17.742083+00', 'canceled', '{}', 'canceled: the run was interrupted before it was done', 'cli', NULL, '{"role": "maint_owner", "login": "postgres", "application": "maint cleanup_old_audit_logs", "backend_pid": 3050}'),
	('3cfd5b30-4ebd-4ba2-b816-8f1aa6c4c08f', 'verify_restore', '2026-11-27 16:14:17.785823+00', '2026-11-27 16:14:17.824314+00', 'completed', '{"met": "skipped"}', NULL, 'manual', NULL, '{"role": "maint_owner", "login": "postgres", "application": "maint verify_restore", "backend_pid": 3052}'),
	('b40340ef-c092-4f01-8c03-c9f1491cceff', 'verify_restore', '2026-11-27 16:14:17.812346+00', '2026-11-27 16:14:17.813181+00', 'skipped', '{"reason": "already running since 2026-11-27 16:14:17 UTC (maint verify_restore, backend 3052)", "held_by": {"role": "postgres", "since": "2026-11-27T16:14:17.785823+00:00", "task_id": "3cfd5b30-4ebd-4ba2-b816-8f1aa6c4c08f", "trigger": "manual", "application": "maint verify_restore", "backend_pid": 3052}}', NULL, 'schedule', '0b6a1d3c-1f9e-4c54-9c0e-9d86b7a6f001', '{"role": "maint_owner", "login": "postgres", "application": "maint verify_restore", "backend_pid": 3053}'),
	('35a6a35f-9ffe-4335-8f1a-12b7668fb38d', 'send_weekly_report', '2026-11-27 16:14:17.825689+00', NULL, 'running', '{}', NULL, 'schedule', 'lost-run', '{"role": "maint_owner", "login": "postgres", "application": "maint", "backend_pid": 2920}');
INSERT INTO public.org_users VALUES
	('9efac292-2f65-4b4e-9f2e-e40dada65cc4', 'c8b6eaff-b74b-489b-a48e-9e02a854c834', 'owner'),
	('cb978be3-080e-41b0-b412-882213f38870', 'c3a9e889-63b7-49f5-98b8-1c66e10c167d', 'owner'),
	('687dd512-1032-488d-bbc7-1df38c4caa83', '7e834904-fc17-4498-b87e-4e2b537d9128', 'owner'),
	('8cd5d187-a9fd-42ef-a532-2a48cbbc6c94', '9e6397d4-b962-45d3-88bf-cbcf26433798', 'owner'),
	('a72ed508-1755-46de-88b4-09c8a3a16d92', 'd329d65c-0b35-41de-a50e-7b34a4aa07b4', 'owner'),
	('68e7ed23-456b-412c-b206-1ecc65d464fd', '8352bc85-e456-459c-b70a-f5f2d5d5891f', 'owner'),
	('f4042f1e-6af7-4a31-8ebe-9880aaf5a86e', 'b3783a7c-bbdd-4b9b-ade2-fb1fa098d691', 'owner'),
	('e239d3d7-9107-456f-bece-71454ff6f2c5', 'e8ee65a1-23a9-49da-816b-2332cfed943b', 'owner'),
	('dd3f4006-04a9-4e63-aa9c-2a336a01260f', '9187df42-811e-4616-80bb-e6ed8614f504', 'owner'),
	('ba60491e-6406-4458-b27b-cda3a4fc8621', '041dcd94-cdff-4a1c-901a-914cd5be785a', 'owner'),
	('6f25630d-0181-40f8-b126-16423423880b', 'cc4793d7-9585-4e21-afbc-9ca9d38f8c45', 'owner'),
	('172a390a-d203-4cfe-9d10-e9316c7b31e2', 'f4c18226-aed2-4b0f-b610-4b84e4907d49', 'owner');
INSERT INTO public.orgs VALUES
	('9efac292-2f65-4b4e-9f2e-e40dada65cc4', 'Lantern Dental', 'practice', 'c8b6eaff-b74b-489b-a48e-9e02a854c834', '2026-04-22 16:14:09.288939+00', NULL),
	('cb978be3-080e-41b0-b412-882213f38870', 'Meadow Books', 'business', 'c3a9e889-63b7-49f5-98b8-1c66e10c167d', '2026-01-18 16:14:09.288939+00', NULL),
	('687dd512-1032-488d-bbc7-1df38c4caa83', 'Meadow Orthopaedics', 'practice', '7e834904-fc17-4498-b87e-4e2b537d9128', '2026-08-08 16:14:09.288939+00', NULL),
	('8cd5d187-a9fd-42ef-a532-2a48cbbc6c94', 'Upland Orthopaedics', 'practice', '9e6397d4-b962-45d3-88bf-cbcf26433798', '2026-07-11 16:14:09.288939+00', NULL),
	('a72ed508-1755-46de-88b4-09c8a3a16d92', 'Quarry Orthopaedics', 'practice', 'd329d65c-0b35-41de-a50e-7b34a4aa07b4', '2026-07-07 16:14:09.288939+00', NULL),
	('68e7ed23-456b-412c-b206-1ecc65d464fd', 'Juniper Bakery', 'business', '8352bc85-e456-459c-b70a-f5f2d5d5891f', '2026-05-06 16:14:09.288939+00', NULL),
	('f4042f1e-6af7-4a31-8ebe-9880aaf5a86e', 'Yarrow Paediatrics', 'practice', 'b3783a7c-bbdd-4b9b-ade2-fb1fa098d691', '2026-09-02 16:14:09.288939+00', NULL),
	('e239d3d7-9107-456f-bece-71454ff6f2c5', 'Willow Outfitters', 'business', 'e8ee65a1-23a9-49da-816b-2332cfed943b', '2026-03-30 16:14:09.288939+00', NULL),
	('dd3f4006-04a9-4e63-aa9c-2a336a01260f', 'Pinecrest Bakery', 'business', '9187df42-811e-4616-80bb-e6ed8614f504', '2026-03-26 16:14:09.288939+00', NULL),
	('ba60491e-6406-4458-b27b-cda3a4fc8621', 'Riverbend Physiotherapy', 'practice', '041dcd94-cdff-4a1c-901a-914cd5be785a', '2026-03-05 16:14:09.288939+00', NULL),
	('6f25630d-0181-40f8-b126-16423423880b', 'Copper Bakery', 'business', 'cc4793d7-9585-4e21-afbc-9ca9d38f8c45', '2026-07-10 16:14:09.288939+00', NULL),
	('172a390a-d203-4cfe-9d10-e9316c7b31e2', 'Harbour Orthopaedics', 'practice', 'f4c18226-aed2-4b0f-b610-4b84e4907d49', '2026-03-05 16:14:09.288939+00', NULL);
INSERT INTO public.parcels OVERRIDING SYSTEM VALUE VALUES
	(1, '2026-01-01 09:00:00+00', 'lost', '("Main ""Street"", 1",1)', '{"a,b",NULL,"c\"d",""}', '\x00000001', 0.14285714285714285714, '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', NULL, DEFAULT),
	(4, '2026-01-01 12:00:00+00', 'lost', '("Main ""Street"", 4",4)', NULL, '\x00000004', 0.57142857142857142857, '["2026-01-01 00:00:00+00",)', '', DEFAULT),
	(7, '2026-01-01 15:00:00+00', 'lost', '("Main ""Street"", 7",7)', '{"a,b",NULL,"c\"d",""}', '\x00000007', 1.00000000000000000000, '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', '\N', DEFAULT),
	(10, '2026-01-01 18:00:00+00', 'lost', '("Main ""Street"", 10",10)', '{"a,b",NULL,"c\"d",""}', '\x0000000a', 'NaN', '["2026-01-01 00:00:00+00",)', 'two
lines	', DEFAULT),
	(13, '2026-01-01 21:00:00+00', 'lost', '("Main ""Street"", 13",13)', '{"a,b",NULL,"c\"d",""}', '\x0000000d', 1.8571428571428571, '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', NULL, DEFAULT),
	(16, '2026-01-02 00:00:00+00', 'lost', '("Main ""Street"", 16",16)', NULL, '\x00000010', 2.2857142857142857, '["2026-01-01 00:00:00+00",)', '', DEFAULT),
	(19, '2026-01-02 03:00:00+00', 'lost', '("Main ""Street"", 19",19)', '{"a,b",NULL,"c\"d",""}', '\x00000013', 2.7142857142857143, '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', '\N', DEFAULT),
	(22, '2026-01-02 06:00:00+00', 'lost', '("Main ""Street"", 22",22)', '{"a,b",NULL,"c\"d",""}', '\x00000016', 3.1428571428571429, '["2026-01-01 00:00:00+00",)', 'two
lines	', DEFAULT),
	(25, '2026-01-02 09:00:00+00', 'lost', '("Main ""Street"", 25",25)', '{"a,b",NULL,"c\"d",""}', '\x00000019', 'NaN', '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', NULL, DEFAULT),
	(28, '2026-01-02 12:00:00+00', 'lost', '("Main ""Street"", 28",28)', NULL, '\x0000001c', 4.0000000000000000, '["2026-01-01 00:00:00+00",)', '', DEFAULT),
	(31, '2026-01-02 15:00:00+00', 'lost', '("Main ""Street"", 31",31)', '{"a,b",NULL,"c\"d",""}', '\x0000001f', 4.4285714285714286, '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', '\N', DEFAULT),
	(34, '2026-01-02 18:00:00+00', 'lost', '("Main ""Street"", 34",34)', '{"a,b",NULL,"c\"d",""}', '\x00000022', 4.8571428571428571, '["2026-01-01 00:00:00+00",)', 'two
lines	', DEFAULT),
	(37, '2026-01-02 21:00:00+00', 'lost', '("Main ""Street"", 37",37)', '{"a,b",NULL,"c\"d",""}', '\x00000025', 5.2857142857142857, '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', NULL, DEFAULT),
	(40, '2026-01-03 00:00:00+00', 'lost', '("Main ""Street"", 40",40)', NULL, '\x00000028', 'NaN', '["2026-01-01 00:00:00+00",)', '', DEFAULT),
	(43, '2026-01-03 03:00:00+00', 'lost', '("Main ""Street"", 43",43)', '{"a,b",NULL,"c\"d",""}', '\x0000002b', 6.1428571428571429, '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', '\N', DEFAULT),
	(46, '2026-01-03 06:00:00+00', 'lost', '("Main ""Street"", 46",46)', '{"a,b",NULL,"c\"d",""}', '\x0000002e', 6.5714285714285714, '["2026-01-01 00:00:00+00",)', 'two
lines	', DEFAULT),
	(49, '2026-01-03 09:00:00+00', 'lost', '("Main ""Street"", 49",49)', '{"a,b",NULL,"c\"d",""}', '\x00000031', 7.0000000000000000, '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', NULL, DEFAULT),
	(52, '2026-01-03 12:00:00+00', 'lost', '("Main ""Street"", 52",52)', NULL, '\x00000034', 7.4285714285714286, '["2026-01-01 00:00:00+00",)', '', DEFAULT),
	(55, '2026-01-03 15:00:00+00', 'lost', '("Main ""Street"", 55",55)', '{"a,b",NULL,"c\"d",""}', '\x00000037', 'NaN', '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', '\N', DEFAULT),
	(58, '2026-01-03 18:00:00+00', 'lost', '("Main ""Street"", 58",58)', '{"a,b",NULL,"c\"d",""}', '\x0000003a', 8.2857142857142857, '["2026-01-01 00:00:00+00",)', 'two
lines	', DEFAULT),
	(61, '2026-01-03 21:00:00+00', 'lost', '("Main ""Street"", 61",61)', '{"a,b",NULL,"c\"d",""}', '\x0000003d', 8.7142857142857143, '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', NULL, DEFAULT),
	(64, '2026-01-04 00:00:00+00', 'lost', '("Main ""Street"", 64",64)', NULL, '\x00000040', 9.1428571428571429, '["2026-01-01 00:00:00+00",)', '', DEFAULT),
	(65, '2026-01-04 01:00:00+00', 'found', '("Main ""Street"", 65",65)', '{"a,b",NULL,"c\"d",""}', '\x00000041', 'NaN', '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', NULL, DEFAULT),
	(66, '2026-01-04 02:00:00+00', 'sent', '("Main ""Street"", 66",66)', '{"a,b",NULL,"c\"d",""}', '\x00000042', 9.4285714285714286, '["2026-01-01 00:00:00+00",)', 'two
lines	', DEFAULT),
	(67, '2026-01-04 03:00:00+00', 'lost', '("Main ""Street"", 67",67)', '{"a,b",NULL,"c\"d",""}', '\x00000043', 9.5714285714285714, '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', '\N', DEFAULT),
	(68, '2026-01-04 04:00:00+00', 'found', '("Main ""Street"", 68",68)', NULL, '\x00000044', 9.7142857142857143, '["2026-01-01 00:00:00+00",)', '', DEFAULT),
	(69, '2026-01-04 05:00:00+00', 'sent', '("Main ""Street"", 69",69)', '{"a,b",NULL,"c\"d",""}', '\x00000045', 9.8571428571428571, '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', NULL, DEFAULT),
	(70, '2026-01-04 06:00:00+00', 'lost', '("Main ""Street"", 70",70)', '{"a,b",NULL,"c\"d",""}', '\x00000046', 'NaN', '["2026-01-01 00:00:00+00",)', 'two
lines	', DEFAULT),
	(71, '2026-01-04 07:00:00+00', 'found', '("Main ""Street"", 71",71)', '{"a,b",NULL,"c\"d",""}', '\x00000047', 10.1428571428571429, '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', '\N', DEFAULT),
	(72, '2026-01-04 08:00:00+00', 'sent', '("Main ""Street"", 72",72)', NULL, '\x00000048', 10.2857142857142857, '["2026-01-01 00:00:00+00",)', '', DEFAULT),
	(73, '2026-01-04 09:00:00+00', 'lost', '("Main ""Street"", 73",73)', '{"a,b",NULL,"c\"d",""}', '\x00000049', 10.4285714285714286, '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', NULL, DEFAULT),
	(74, '2026-01-04 10:00:00+00', 'found', '("Main ""Street"", 74",74)', '{"a,b",NULL,"c\"d",""}', '\x0000004a', 10.5714285714285714, '["2026-01-01 00:00:00+00",)', 'two
lines	', DEFAULT),
	(75, '2026-01-04 11:00:00+00', 'sent', '("Main ""Street"", 75",75)', '{"a,b",NULL,"c\"d",""}', '\x0000004b', 'NaN', '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', '\N', DEFAULT),
	(76, '2026-01-04 12:00:00+00', 'lost', '("Main ""Street"", 76",76)', NULL, '\x0000004c', 10.8571428571428571, '["2026-01-01 00:00:00+00",)', '', DEFAULT),
	(77, '2026-01-04 13:00:00+00', 'found', '("Main ""Street"", 77",77)', '{"a,b",NULL,"c\"d",""}', '\x0000004d', 11.0000000000000000, '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', NULL, DEFAULT),
	(78, '2026-01-04 14:00:00+00', 'sent', '("Main ""Street"", 78",78)', '{"a,b",NULL,"c\"d",""}', '\x0000004e', 11.1428571428571429, '["2026-01-01 00:00:00+00",)', 'two
lines	', DEFAULT),
	(79, '2026-01-04 15:00:00+00', 'lost', '("Main ""Street"", 79",79)', '{"a,b",NULL,"c\"d",""}', '\x0000004f', 11.2857142857142857, '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', '\N', DEFAULT),
	(80, '2026-01-04 16:00:00+00', 'found', '("Main ""Street"", 80",80)', NULL, '\x00000050', 'NaN', '["2026-01-01 00:00:00+00",)', '', DEFAULT),
	(81, '2026-01-04 17:00:00+00', 'sent', '("Main ""Street"", 81",81)', '{"a,b",NULL,"c\"d",""}', '\x00000051', 11.5714285714285714, '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', NULL, DEFAULT),
	(82, '2026-01-04 18:00:00+00', 'lost', '("Main ""Street"", 82",82)', '{"a,b",NULL,"c\"d",""}', '\x00000052', 11.7142857142857143, '["2026-01-01 00:00:00+00",)', 'two
lines	', DEFAULT),
	(83, '2026-01-04 19:00:00+00', 'found', '("Main ""Street"", 83",83)', '{"a,b",NULL,"c\"d",""}', '\x00000053', 11.8571428571428571, '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', '\N', DEFAULT),
	(84, '2026-01-04 20:00:00+00', 'sent', '("Main ""Street"", 84",84)', NULL, '\x00000054', 12.0000000000000000, '["2026-01-01 00:00:00+00",)', '', DEFAULT),
	(85, '2026-01-04 21:00:00+00', 'lost', '("Main ""Street"", 85",85)', '{"a,b",NULL,"c\"d",""}', '\x00000055', 'NaN', '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', NULL, DEFAULT),
	(86, '2026-01-04 22:00:00+00', 'found', '("Main ""Street"", 86",86)', '{"a,b",NULL,"c\"d",""}', '\x00000056', 12.2857142857142857, '["2026-01-01 00:00:00+00",)', 'two
lines	', DEFAULT),
	(87, '2026-01-04 23:00:00+00', 'sent', '("Main ""Street"", 87",87)', '{"a,b",NULL,"c\"d",""}', '\x00000057', 12.4285714285714286, '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', '\N', DEFAULT),
	(88, '2026-01-05 00:00:00+00', 'lost', '("Main ""Street"", 88",88)', NULL, '\x00000058', 12.5714285714285714, '["2026-01-01 00:00:00+00",)', '', DEFAULT),
	(89, '2026-01-05 01:00:00+00', 'found', '("Main ""Street"", 89",89)', '{"a,b",NULL,"c\"d",""}', '\x00000059', 12.7142857142857143, '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', NULL, DEFAULT),
	(90, '2026-01-05 02:00:00+00', 'sent', '("Main ""Street"", 90",90)', '{"a,b",NULL,"c\"d",""}', '\x0000005a', 'NaN', '["2026-01-01 00:00:00+00",)', 'two
lines	', DEFAULT),
	(91, '2026-01-05 03:00:00+00', 'lost', '("Main ""Street"", 91",91)', '{"a,b",NULL,"c\"d",""}', '\x0000005b', 13.0000000000000000, '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', '\N', DEFAULT),
	(92, '2026-01-05 04:00:00+00', 'found', '("Main ""Street"", 92",92)', NULL, '\x0000005c', 13.1428571428571429, '["2026-01-01 00:00:00+00",)', '', DEFAULT),
	(93, '2026-01-05 05:00:00+00', 'sent', '("Main ""Street"", 93",93)', '{"a,b",NULL,"c\"d",""}', '\x0000005d', 13.2857142857142857, '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', NULL, DEFAULT),
	(94, '2026-01-05 06:00:00+00', 'lost', '("Main ""Street"", 94",94)', '{"a,b",NULL,"c\"d",""}', '\x0000005e', 13.4285714285714286, '["2026-01-01 00:00:00+00",)', 'two
lines	', DEFAULT),
	(95, '2026-01-05 07:00:00+00', 'found', '("Main ""Street"", 95",95)', '{"a,b",NULL,"c\"d",""}', '\x0000005f', 'NaN', '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', '\N', DEFAULT),
	(96, '2026-01-05 08:00:00+00', 'sent', '("Main ""Street"", 96",96)', NULL, '\x00000060', 13.7142857142857143, '["2026-01-01 00:00:00+00",)', '', DEFAULT),
	(97, '2026-01-05 09:00:00+00', 'lost', '("Main ""Street"", 97",97)', '{"a,b",NULL,"c\"d",""}', '\x00000061', 13.8571428571428571, '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', NULL, DEFAULT),
	(98, '2026-01-05 10:00:00+00', 'found', '("Main ""Street"", 98",98)', '{"a,b",NULL,"c\"d",""}', '\x00000062', 14.0000000000000000, '["2026-01-01 00:00:00+00",)', 'two
lines	', DEFAULT),
	(99, '2026-01-05 11:00:00+00', 'sent', '("Main ""Street"", 99",99)', '{"a,b",NULL,"c\"d",""}', '\x00000063', 14.1428571428571429, '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', '\N', DEFAULT),
	(100, '2026-01-05 12:00:00+00', 'lost', '("Main ""Street"", 100",100)', NULL, '\x00000064', 'NaN', '["2026-01-01 00:00:00+00",)', '', DEFAULT),
	(101, '2026-01-05 13:00:00+00', 'found', '("Main ""Street"", 101",101)', '{"a,b",NULL,"c\"d",""}', '\x00000065', 14.4285714285714286, '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', NULL, DEFAULT),
	(102, '2026-01-05 14:00:00+00', 'sent', '("Main ""Street"", 102",102)', '{"a,b",NULL,"c\"d",""}', '\x00000066', 14.5714285714285714, '["2026-01-01 00:00:00+00",)', 'two
lines	', DEFAULT),
	(103, '2026-01-05 15:00:00+00', 'lost', '("Main ""Street"", 103",103)', '{"a,b",NULL,"c\"d",""}', '\x00000067', 14.7142857142857143, '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', '\N', DEFAULT),
	(104, '2026-01-05 16:00:00+00', 'found', '("Main ""Street"", 104",104)', NULL, '\x00000068', 14.8571428571428571, '["2026-01-01 00:00:00+00",)', '', DEFAULT),
	(105, '2026-01-05 17:00:00+00', 'sent', '("Main ""Street"", 105",105)', '{"a,b",NULL,"c\"d",""}', '\x00000069', 'NaN', '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', NULL, DEFAULT),
	(106, '2026-01-05 18:00:00+00', 'lost', '("Main ""Street"", 106",106)', '{"a,b",NULL,"c\"d",""}', '\x0000006a', 15.1428571428571429, '["2026-01-01 00:00:00+00",)', 'two
lines	', DEFAULT),
	(107, '2026-01-05 19:00:00+00', 'found', '("Main ""Street"", 107",107)', '{"a,b",NULL,"c\"d",""}', '\x0000006b', 15.2857142857142857, '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', '\N', DEFAULT),
	(108, '2026-01-05 20:00:00+00', 'sent', '("Main ""Street"", 108",108)', NULL, '\x0000006c', 15.4285714285714286, '["2026-01-01 00:00:00+00",)', '', DEFAULT),
	(109, '2026-01-05 21:00:00+00', 'lost', '("Main ""Street"", 109",109)', '{"a,b",NULL,"c\"d",""}', '\x0000006d', 15.5714285714285714, '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', NULL, DEFAULT),
	(110, '2026-01-05 22:00:00+00', 'found', '("Main ""Street"", 110",110)', '{"a,b",NULL,"c\"d",""}', '\x0000006e', 'NaN', '["2026-01-01 00:00:00+00",)', 'two
lines	', DEFAULT),
	(111, '2026-01-05 23:00:00+00', 'sent', '("Main ""Street"", 111",111)', '{"a,b",NULL,"c\"d",""}', '\x0000006f', 15.8571428571428571, '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', '\N', DEFAULT),
	(112, '2026-01-06 00:00:00+00', 'lost', '("Main ""Street"", 112",112)', NULL, '\x00000070', 16.0000000000000000, '["2026-01-01 00:00:00+00",)', '', DEFAULT),
	(113, '2026-01-06 01:00:00+00', 'found', '("Main ""Street"", 113",113)', '{"a,b",NULL,"c\"d",""}', '\x00000071', 16.1428571428571429, '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', NULL, DEFAULT),
	(114, '2026-01-06 02:00:00+00', 'sent', '("Main ""Street"", 114",114)', '{"a,b",NULL,"c\"d",""}', '\x00000072', 16.2857142857142857, '["2026-01-01 00:00:00+00",)', 'two
lines	', DEFAULT),
	(115, '2026-01-06 03:00:00+00', 'lost', '("Main ""Street"", 115",115)', '{"a,b",NULL,"c\"d",""}', '\x00000073', 'NaN', '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', '\N', DEFAULT),
	(116, '2026-01-06 04:00:00+00', 'found', '("Main ""Street"", 116",116)', NULL, '\x00000074', 16.5714285714285714, '["2026-01-01 00:00:00+00",)', '', DEFAULT),
	(117, '2026-01-06 05:00:00+00', 'sent', '("Main ""Street"", 117",117)', '{"a,b",NULL,"c\"d",""}', '\x00000075', 16.7142857142857143, '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', NULL, DEFAULT),
	(118, '2026-01-06 06:00:00+00', 'lost', '("Main ""Street"", 118",118)', '{"a,b",NULL,"c\"d",""}', '\x00000076', 16.8571428571428571, '["2026-01-01 00:00:00+00",)', 'two
lines	', DEFAULT),
	(119, '2026-01-06 07:00:00+00', 'found', '("Main ""Street"", 119",119)', '{"a,b",NULL,"c\"d",""}', '\x00000077', 17.0000000000000000, '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', '\N', DEFAULT),
	(120, '2026-01-06 08:00:00+00', 'sent', '("Main ""Street"", 120",120)', NULL, '\x00000078', 'NaN', '["2026-01-01 00:00:00+00",)', '', DEFAULT);
INSERT INTO public.parcels_before VALUES
	(1, '2026-01-01 09:00:00+00', 'lost', '("Main ""Street"", 1",1)', '{"a,b",NULL,"c\"d",""}', '\x00000001', 0.14285714285714285714, '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', NULL, 142.85714285714285714000),
	(2, '2026-01-01 10:00:00+00', 'found', '("Main ""Street"", 2",2)', '{"a,b",NULL,"c\"d",""}', '\x00000002', 0.28571428571428571429, '["2026-01-01 00:00:00+00",)', 'two
lines	', 285.71428571428571429000),
	(3, '2026-01-01 11:00:00+00', 'sent', '("Main ""Street"", 3",3)', '{"a,b",NULL,"c\"d",""}', '\x00000003', 0.42857142857142857143, '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', '\N', 428.57142857142857143000),
	(4, '2026-01-01 12:00:00+00', 'lost', '("Main ""Street"", 4",4)', NULL, '\x00000004', 0.57142857142857142857, '["2026-01-01 00:00:00+00",)', '', 571.42857142857142857000),
	(5, '2026-01-01 13:00:00+00', 'found', '("Main ""Street"", 5",5)', '{"a,b",NULL,"c\"d",""}', '\x00000005', 'NaN', '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', NULL, 'NaN'),
	(6, '2026-01-01 14:00:00+00', 'sent', '("Main ""Street"", 6",6)', '{"a,b",NULL,"c\"d",""}', '\x00000006', 0.85714285714285714286, '["2026-01-01 00:00:00+00",)', 'two
lines	', 857.14285714285714286000),
	(7, '2026-01-01 15:00:00+00', 'lost', '("Main ""Street"", 7",7)', '{"a,b",NULL,"c\"d",""}', '\x00000007', 1.00000000000000000000, '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', '\N', 1000.00000000000000000000),
	(8, '2026-01-01 16:00:00+00', 'found', '("Main ""Street"", 8",8)', NULL, '\x00000008', 1.1428571428571429, '["2026-01-01 00:00:00+00",)', '', 1142.8571428571429000),
	(9, '2026-01-01 17:00:00+00', 'sent', '("Main ""Street"", 9",9)', '{"a,b",NULL,"c\"d",""}', '\x00000009', 1.2857142857142857, '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', NULL, 1285.7142857142857000),
	(10, '2026-01-01 18:00:00+00', 'lost', '("Main ""Street"", 10",10)', '{"a,b",NULL,"c\"d",""}', '\x0000000a', 'NaN', '["2026-01-01 00:00:00+00",)', 'two
lines	', 'NaN'),
	(11, '2026-01-01 19:00:00+00', 'found', '("Main ""Street"", 11",11)', '{"a,b",NULL,"c\"d",""}', '\x0000000b', 1.5714285714285714, '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', '\N', 1571.4285714285714000),
	(12, '2026-01-01 20:00:00+00', 'sent', '("Main ""Street"", 12",12)', NULL, '\x0000000c', 1.7142857142857143, '["2026-01-01 00:00:00+00",)', '', 1714.2857142857143000),
	(13, '2026-01-01 21:00:00+00', 'lost', '("Main ""Street"", 13",13)', '{"a,b",NULL,"c\"d",""}', '\x0000000d', 1.8571428571428571, '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', NULL, 1857.1428571428571000),
	(14, '2026-01-01 22:00:00+00', 'found', '("Main ""Street"", 14",14)', '{"a,b",NULL,"c\"d",""}', '\x0000000e', 2.0000000000000000, '["2026-01-01 00:00:00+00",)', 'two
lines	', 2000.0000000000000000),
	(15, '2026-01-01 23:00:00+00', 'sent', '("Main ""Street"", 15",15)', '{"a,b",NULL,"c\"d",""}', '\x0000000f', 'NaN', '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', '\N', 'NaN'),
	(16, '2026-01-02 00:00:00+00', 'lost', '("Main ""Street"", 16",16)', NULL, '\x00000010', 2.2857142857142857, '["2026-01-01 00:00:00+00",)', '', 2285.7142857142857000),
	(17, '2026-01-02 01:00:00+00', 'found', '("Main ""Street"", 17",17)', '{"a,b",NULL,"c\"d",""}', '\x00000011', 2.4285714285714286, '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', NULL, 2428.5714285714286000),
	(18, '2026-01-02 02:00:00+00', 'sent', '("Main ""Street"", 18",18)', '{"a,b",NULL,"c\"d",""}', '\x00000012', 2.5714285714285714, '["2026-01-01 00:00:00+00",)', 'two
lines	', 2571.4285714285714000),
	(19, '2026-01-02 03:00:00+00', 'lost', '("Main ""Street"", 19",19)', '{"a,b",NULL,"c\"d",""}', '\x00000013', 2.7142857142857143, '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', '\N', 2714.2857142857143000),
	(20, '2026-01-02 04:00:00+00', 'found', '("Main ""Street"", 20",20)', NULL, '\x00000014', 'NaN', '["2026-01-01 00:00:00+00",)', '', 'NaN'),
	(21, '2026-01-02 05:00:00+00', 'sent', '("Main ""Street"", 21",21)', '{"a,b",NULL,"c\"d",""}', '\x00000015', 3.0000000000000000, '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', NULL, 3000.0000000000000000),
	(22, '2026-01-02 06:00:00+00', 'lost', '("Main ""Street"", 22",22)', '{"a,b",NULL,"c\"d",""}', '\x00000016', 3.1428571428571429, '["2026-01-01 00:00:00+00",)', 'two
lines	', 3142.8571428571429000),
	(23, '2026-01-02 07:00:00+00', 'found', '("Main ""Street"", 23",23)', '{"a,b",NULL,"c\"d",""}', '\x00000017', 3.2857142857142857, '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', '\N', 3285.7142857142857000),
	(24, '2026-01-02 08:00:00+00', 'sent', '("Main ""Street"", 24",24)', NULL, '\x00000018', 3.4285714285714286, '["2026-01-01 00:00:00+00",)', '', 3428.5714285714286000),
	(25, '2026-01-02 09:00:00+00', 'lost', '("Main ""Street"", 25",25)', '{"a,b",NULL,"c\"d",""}', '\x00000019', 'NaN', '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', NULL, 'NaN'),
	(26, '2026-01-02 10:00:00+00', 'found', '("Main ""Street"", 26",26)', '{"a,b",NULL,"c\"d",""}', '\x0000001a', 3.7142857142857143, '["2026-01-01 00:00:00+00",)', 'two
lines	', 3714.2857142857143000),
	(27, '2026-01-02 11:00:00+00', 'sent', '("Main ""Street"", 27",27)', '{"a,b",NULL,"c\"d",""}', '\x0000001b', 3.8571428571428571, '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', '\N', 3857.1428571428571000),
	(28, '2026-01-02 12:00:00+00', 'lost', '("Main ""Street"", 28",28)', NULL, '\x0000001c', 4.0000000000000000, '["2026-01-01 00:00:00+00",)', '', 4000.0000000000000000),
	(29, '2026-01-02 13:00:00+00', 'found', '("Main ""Street"", 29",29)', '{"a,b",NULL,"c\"d",""}', '\x0000001d', 4.1428571428571429, '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', NULL, 4142.8571428571429000),
	(30, '2026-01-02 14:00:00+00', 'sent', '("Main ""Street"", 30",30)', '{"a,b",NULL,"c\"d",""}', '\x0000001e', 'NaN', '["2026-01-01 00:00:00+00",)', 'two
lines	', 'NaN'),
	(31, '2026-01-02 15:00:00+00', 'lost', '("Main ""Street"", 31",31)', '{"a,b",NULL,"c\"d",""}', '\x0000001f', 4.4285714285714286, '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', '\N', 4428.5714285714286000),
	(32, '2026-01-02 16:00:00+00', 'found', '("Main ""Street"", 32",32)', NULL, '\x00000020', 4.5714285714285714, '["2026-01-01 00:00:00+00",)', '', 4571.4285714285714000),
	(33, '2026-01-02 17:00:00+00', 'sent', '("Main ""Street"", 33",33)', '{"a,b",NULL,"c\"d",""}', '\x00000021', 4.7142857142857143, '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', NULL, 4714.2857142857143000),
	(34, '2026-01-02 18:00:00+00', 'lost', '("Main ""Street"", 34",34)', '{"a,b",NULL,"c\"d",""}', '\x00000022', 4.8571428571428571, '["2026-01-01 00:00:00+00",)', 'two
lines	', 4857.1428571428571000),
	(35, '2026-01-02 19:00:00+00', 'found', '("Main ""Street"", 35",35)', '{"a,b",NULL,"c\"d",""}', '\x00000023', 'NaN', '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', '\N', 'NaN'),
	(36, '2026-01-02 20:00:00+00', 'sent', '("Main ""Street"", 36",36)', NULL, '\x00000024', 5.1428571428571429, '["2026-01-01 00:00:00+00",)', '', 5142.8571428571429000),
	(37, '2026-01-02 21:00:00+00', 'lost', '("Main ""Street"", 37",37)', '{"a,b",NULL,"c\"d",""}', '\x00000025', 5.2857142857142857, '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', NULL, 5285.7142857142857000),
	(38, '2026-01-02 22:00:00+00', 'found', '("Main ""Street"", 38",38)', '{"a,b",NULL,"c\"d",""}', '\x00000026', 5.4285714285714286, '["2026-01-01 00:00:00+00",)', 'two
lines	', 5428.5714285714286000),
	(39, '2026-01-02 23:00:00+00', 'sent', '("Main ""Street"", 39",39)', '{"a,b",NULL,"c\"d",""}', '\x00000027', 5.5714285714285714, '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', '\N', 5571.4285714285714000),
	(40, '2026-01-03 00:00:00+00', 'lost', '("Main ""Street"", 40",40)', NULL, '\x00000028', 'NaN', '["2026-01-01 00:00:00+00",)', '', 'NaN'),
	(41, '2026-01-03 01:00:00+00', 'found', '("Main ""Street"", 41",41)', '{"a,b",NULL,"c\"d",""}', '\x00000029', 5.8571428571428571, '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', NULL, 5857.1428571428571000),
	(42, '2026-01-03 02:00:00+00', 'sent', '("Main ""Street"", 42",42)', '{"a,b",NULL,"c\"d",""}', '\x0000002a', 6.0000000000000000, '["2026-01-01 00:00:00+00",)', 'two
lines	', 6000.0000000000000000),
	(43, '2026-01-03 03:00:00+00', 'lost', '("Main ""Street"", 43",43)', '{"a,b",NULL,"c\"d",""}', '\x0000002b', 6.1428571428571429, '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', '\N', 6142.8571428571429000),
	(44, '2026-01-03 04:00:00+00', 'found', '("Main ""Street"", 44",44)', NULL, '\x0000002c', 6.2857142857142857, '["2026-01-01 00:00:00+00",)', '', 6285.7142857142857000),
	(45, '2026-01-03 05:00:00+00', 'sent', '("Main ""Street"", 45",45)', '{"a,b",NULL,"c\"d",""}', '\x0000002d', 'NaN', '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', NULL, 'NaN'),
	(46, '2026-01-03 06:00:00+00', 'lost', '("Main ""Street"", 46",46)', '{"a,b",NULL,"c\"d",""}', '\x0000002e', 6.5714285714285714, '["2026-01-01 00:00:00+00",)', 'two
lines	', 6571.4285714285714000),
	(47, '2026-01-03 07:00:00+00', 'found', '("Main ""Street"", 47",47)', '{"a,b",NULL,"c\"d",""}', '\x0000002f', 6.7142857142857143, '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', '\N', 6714.2857142857143000),
	(48, '2026-01-03 08:00:00+00', 'sent', '("Main ""Street"", 48",48)', NULL, '\x00000030', 6.8571428571428571, '["2026-01-01 00:00:00+00",)', '', 6857.1428571428571000),
	(49, '2026-01-03 09:00:00+00', 'lost', '("Main ""Street"", 49",49)', '{"a,b",NULL,"c\"d",""}', '\x00000031', 7.0000000000000000, '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', NULL, 7000.0000000000000000),
	(50, '2026-01-03 10:00:00+00', 'found', '("Main ""Street"", 50",50)', '{"a,b",NULL,"c\"d",""}', '\x00000032', 'NaN', '["2026-01-01 00:00:00+00",)', 'two
lines	', 'NaN'),
	(51, '2026-01-03 11:00:00+00', 'sent', '("Main ""Street"", 51",51)', '{"a,b",NULL,"c\"d",""}', '\x00000033', 7.2857142857142857, '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', '\N', 7285.7142857142857000),
	(52, '2026-01-03 12:00:00+00', 'lost', '("Main ""Street"", 52",52)', NULL, '\x00000034', 7.4285714285714286, '["2026-01-01 00:00:00+00",)', '', 7428.5714285714286000),
	(53, '2026-01-03 13:00:00+00', 'found', '("Main ""Street"", 53",53)', '{"a,b",NULL,"c\"d",""}', '\x00000035', 7.5714285714285714, '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', NULL, 7571.4285714285714000),
	(54, '2026-01-03 14:00:00+00', 'sent', '("Main ""Street"", 54",54)', '{"a,b",NULL,"c\"d",""}', '\x00000036', 7.7142857142857143, '["2026-01-01 00:00:00+00",)', 'two
lines	', 7714.2857142857143000),
	(55, '2026-01-03 15:00:00+00', 'lost', '("Main ""Street"", 55",55)', '{"a,b",NULL,"c\"d",""}', '\x00000037', 'NaN', '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', '\N', 'NaN'),
	(56, '2026-01-03 16:00:00+00', 'found', '("Main ""Street"", 56",56)', NULL, '\x00000038', 8.0000000000000000, '["2026-01-01 00:00:00+00",)', '', 8000.0000000000000000),
	(57, '2026-01-03 17:00:00+00', 'sent', '("Main ""Street"", 57",57)', '{"a,b",NULL,"c\"d",""}', '\x00000039', 8.1428571428571429, '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', NULL, 8142.8571428571429000),
	(58, '2026-01-03 18:00:00+00', 'lost', '("Main ""Street"", 58",58)', '{"a,b",NULL,"c\"d",""}', '\x0000003a', 8.2857142857142857, '["2026-01-01 00:00:00+00",)', 'two
lines	', 8285.7142857142857000),
	(59, '2026-01-03 19:00:00+00', 'found', '("Main ""Street"", 59",59)', '{"a,b",NULL,"c\"d",""}', '\x0000003b', 8.4285714285714286, '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', '\N', 8428.5714285714286000),
	(60, '2026-01-03 20:00:00+00', 'sent', '("Main ""Street"", 60",60)', NULL, '\x0000003c', 'NaN', '["2026-01-01 00:00:00+00",)', '', 'NaN'),
	(61, '2026-01-03 21:00:00+00', 'lost', '("Main ""Street"", 61",61)', '{"a,b",NULL,"c\"d",""}', '\x0000003d', 8.7142857142857143, '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', NULL, 8714.2857142857143000),
	(62, '2026-01-03 22:00:00+00', 'found', '("Main ""Street"", 62",62)', '{"a,b",NULL,"c\"d",""}', '\x0000003e', 8.8571428571428571, '["2026-01-01 00:00:00+00",)', 'two
lines	', 8857.1428571428571000),
	(63, '2026-01-03 23:00:00+00', 'sent', '("Main ""Street"", 63",63)', '{"a,b",NULL,"c\"d",""}', '\x0000003f', 9.0000000000000000, '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', '\N', 9000.0000000000000000),
	(64, '2026-01-04 00:00:00+00', 'lost', '("Main ""Street"", 64",64)', NULL, '\x00000040', 9.1428571428571429, '["2026-01-01 00:00:00+00",)', '', 9142.8571428571429000),
	(65, '2026-01-04 01:00:00+00', 'found', '("Main ""Street"", 65",65)', '{"a,b",NULL,"c\"d",""}', '\x00000041', 'NaN', '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', NULL, 'NaN'),
	(66, '2026-01-04 02:00:00+00', 'sent', '("Main ""Street"", 66",66)', '{"a,b",NULL,"c\"d",""}', '\x00000042', 9.4285714285714286, '["2026-01-01 00:00:00+00",)', 'two
lines	', 9428.5714285714286000),
	(67, '2026-01-04 03:00:00+00', 'lost', '("Main ""Street"", 67",67)', '{"a,b",NULL,"c\"d",""}', '\x00000043', 9.5714285714285714, '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', '\N', 9571.4285714285714000),
	(68, '2026-01-04 04:00:00+00', 'found', '("Main ""Street"", 68",68)', NULL, '\x00000044', 9.7142857142857143, '["2026-01-01 00:00:00+00",)', '', 9714.2857142857143000),
	(69, '2026-01-04 05:00:00+00', 'sent', '("Main ""Street"", 69",69)', '{"a,b",NULL,"c\"d",""}', '\x00000045', 9.8571428571428571, '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', NULL, 9857.1428571428571000),
	(70, '2026-01-04 06:00:00+00', 'lost', '("Main ""Street"", 70",70)', '{"a,b",NULL,"c\"d",""}', '\x00000046', 'NaN', '["2026-01-01 00:00:00+00",)', 'two
lines	', 'NaN'),
	(71, '2026-01-04 07:00:00+00', 'found', '("Main ""Street"", 71",71)', '{"a,b",NULL,"c\"d",""}', '\x00000047', 10.1428571428571429, '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', '\N', 10142.8571428571429000),
	(72, '2026-01-04 08:00:00+00', 'sent', '("Main ""Street"", 72",72)', NULL, '\x00000048', 10.2857142857142857, '["2026-01-01 00:00:00+00",)', '', 10285.7142857142857000),
	(73, '2026-01-04 09:00:00+00', 'lost', '("Main ""Street"", 73",73)', '{"a,b",NULL,"c\"d",""}', '\x00000049', 10.4285714285714286, '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', NULL, 10428.5714285714286000),
	(74, '2026-01-04 10:00:00+00', 'found', '("Main ""Street"", 74",74)', '{"a,b",NULL,"c\"d",""}', '\x0000004a', 10.5714285714285714, '["2026-01-01 00:00:00+00",)', 'two
lines	', 10571.4285714285714000),
	(75, '2026-01-04 11:00:00+00', 'sent', '("Main ""Street"", 75",75)', '{"a,b",NULL,"c\"d",""}', '\x0000004b', 'NaN', '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', '\N', 'NaN'),
	(76, '2026-01-04 12:00:00+00', 'lost', '("Main ""Street"", 76",76)', NULL, '\x0000004c', 10.8571428571428571, '["2026-01-01 00:00:00+00",)', '', 10857.1428571428571000),
	(77, '2026-01-04 13:00:00+00', 'found', '("Main ""Street"", 77",77)', '{"a,b",NULL,"c\"d",""}', '\x0000004d', 11.0000000000000000, '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', NULL, 11000.0000000000000000),
	(78, '2026-01-04 14:00:00+00', 'sent', '("Main ""Street"", 78",78)', '{"a,b",NULL,"c\"d",""}', '\x0000004e', 11.1428571428571429, '["2026-01-01 00:00:00+00",)', 'two
lines	', 11142.8571428571429000),
	(79, '2026-01-04 15:00:00+00', 'lost', '("Main ""Street"", 79",79)', '{"a,b",NULL,"c\"d",""}', '\x0000004f', 11.2857142857142857, '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', '\N', 11285.7142857142857000),
	(80, '2026-01-04 16:00:00+00', 'found', '("Main ""Street"", 80",80)', NULL, '\x00000050', 'NaN', '["2026-01-01 00:00:00+00",)', '', 'NaN'),
	(81, '2026-01-04 17:00:00+00', 'sent', '("Main ""Street"", 81",81)', '{"a,b",NULL,"c\"d",""}', '\x00000051', 11.5714285714285714, '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', NULL, 11571.4285714285714000),
	(82, '2026-01-04 18:00:00+00', 'lost', '("Main ""Street"", 82",82)', '{"a,b",NULL,"c\"d",""}', '\x00000052', 11.7142857142857143, '["2026-01-01 00:00:00+00",)', 'two
lines	', 11714.2857142857143000),
	(83, '2026-01-04 19:00:00+00', 'found', '("Main ""Street"", 83",83)', '{"a,b",NULL,"c\"d",""}', '\x00000053', 11.8571428571428571, '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', '\N', 11857.1428571428571000),
	(84, '2026-01-04 20:00:00+00', 'sent', '("Main ""Street"", 84",84)', NULL, '\x00000054', 12.0000000000000000, '["2026-01-01 00:00:00+00",)', '', 12000.0000000000000000),
	(85, '2026-01-04 21:00:00+00', 'lost', '("Main ""Street"", 85",85)', '{"a,b",NULL,"c\"d",""}', '\x00000055', 'NaN', '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', NULL, 'NaN'),
	(86, '2026-01-04 22:00:00+00', 'found', '("Main ""Street"", 86",86)', '{"a,b",NULL,"c\"d",""}', '\x00000056', 12.2857142857142857, '["2026-01-01 00:00:00+00",)', 'two
lines	', 12285.7142857142857000),
	(87, '2026-01-04 23:00:00+00', 'sent', '("Main ""Street"", 87",87)', '{"a,b",NULL,"c\"d",""}', '\x00000057', 12.4285714285714286, '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', '\N', 12428.5714285714286000),
	(88, '2026-01-05 00:00:00+00', 'lost', '("Main ""Street"", 88",88)', NULL, '\x00000058', 12.5714285714285714, '["2026-01-01 00:00:00+00",)', '', 12571.4285714285714000),
	(89, '2026-01-05 01:00:00+00', 'found', '("Main ""Street"", 89",89)', '{"a,b",NULL,"c\"d",""}', '\x00000059', 12.7142857142857143, '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', NULL, 12714.2857142857143000),
	(90, '2026-01-05 02:00:00+00', 'sent', '("Main ""Street"", 90",90)', '{"a,b",NULL,"c\"d",""}', '\x0000005a', 'NaN', '["2026-01-01 00:00:00+00",)', 'two
lines	', 'NaN'),
	(91, '2026-01-05 03:00:00+00', 'lost', '("Main ""Street"", 91",91)', '{"a,b",NULL,"c\"d",""}', '\x0000005b', 13.0000000000000000, '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', '\N', 13000.0000000000000000),
	(92, '2026-01-05 04:00:00+00', 'found', '("Main ""Street"", 92",92)', NULL, '\x0000005c', 13.1428571428571429, '["2026-01-01 00:00:00+00",)', '', 13142.8571428571429000),
	(93, '2026-01-05 05:00:00+00', 'sent', '("Main ""Street"", 93",93)', '{"a,b",NULL,"c\"d",""}', '\x0000005d', 13.2857142857142857, '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', NULL, 13285.7142857142857000),
	(94, '2026-01-05 06:00:00+00', 'lost', '("Main ""Street"", 94",94)', '{"a,b",NULL,"c\"d",""}', '\x0000005e', 13.4285714285714286, '["2026-01-01 00:00:00+00",)', 'two
lines	', 13428.5714285714286000),
	(95, '2026-01-05 07:00:00+00', 'found', '("Main ""Street"", 95",95)', '{"a,b",NULL,"c\"d",""}', '\x0000005f', 'NaN', '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', '\N', 'NaN'),
	(96, '2026-01-05 08:00:00+00', 'sent', '("Main ""Street"", 96",96)', NULL, '\x00000060', 13.7142857142857143, '["2026-01-01 00:00:00+00",)', '', 13714.2857142857143000),
	(97, '2026-01-05 09:00:00+00', 'lost', '("Main ""Street"", 97",97)', '{"a,b",NULL,"c\"d",""}', '\x00000061', 13.8571428571428571, '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', NULL, 13857.1428571428571000),
	(98, '2026-01-05 10:00:00+00', 'found', '("Main ""Street"", 98",98)', '{"a,b",NULL,"c\"d",""}', '\x00000062', 14.0000000000000000, '["2026-01-01 00:00:00+00",)', 'two
lines	', 14000.0000000000000000),
	(99, '2026-01-05 11:00:00+00', 'sent', '("Main ""Street"", 99",99)', '{"a,b",NULL,"c\"d",""}', '\x00000063', 14.1428571428571429, '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', '\N', 14142.8571428571429000),
	(100, '2026-01-05 12:00:00+00', 'lost', '("Main ""Street"", 100",100)', NULL, '\x00000064', 'NaN', '["2026-01-01 00:00:00+00",)', '', 'NaN');
INSERT INTO public.parcels_before VALUES
	(101, '2026-01-05 13:00:00+00', 'found', '("Main ""Street"", 101",101)', '{"a,b",NULL,"c\"d",""}', '\x00000065', 14.4285714285714286, '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', NULL, 14428.5714285714286000),
	(102, '2026-01-05 14:00:00+00', 'sent', '("Main ""Street"", 102",102)', '{"a,b",NULL,"c\"d",""}', '\x00000066', 14.5714285714285714, '["2026-01-01 00:00:00+00",)', 'two
lines	', 14571.4285714285714000),
	(103, '2026-01-05 15:00:00+00', 'lost', '("Main ""Street"", 103",103)', '{"a,b",NULL,"c\"d",""}', '\x00000067', 14.7142857142857143, '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', '\N', 14714.2857142857143000),
	(104, '2026-01-05 16:00:00+00', 'found', '("Main ""Street"", 104",104)', NULL, '\x00000068', 14.8571428571428571, '["2026-01-01 00:00:00+00",)', '', 14857.1428571428571000),
	(105, '2026-01-05 17:00:00+00', 'sent', '("Main ""Street"", 105",105)', '{"a,b",NULL,"c\"d",""}', '\x00000069', 'NaN', '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', NULL, 'NaN'),
	(106, '2026-01-05 18:00:00+00', 'lost', '("Main ""Street"", 106",106)', '{"a,b",NULL,"c\"d",""}', '\x0000006a', 15.1428571428571429, '["2026-01-01 00:00:00+00",)', 'two
lines	', 15142.8571428571429000),
	(107, '2026-01-05 19:00:00+00', 'found', '("Main ""Street"", 107",107)', '{"a,b",NULL,"c\"d",""}', '\x0000006b', 15.2857142857142857, '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', '\N', 15285.7142857142857000),
	(108, '2026-01-05 20:00:00+00', 'sent', '("Main ""Street"", 108",108)', NULL, '\x0000006c', 15.4285714285714286, '["2026-01-01 00:00:00+00",)', '', 15428.5714285714286000),
	(109, '2026-01-05 21:00:00+00', 'lost', '("Main ""Street"", 109",109)', '{"a,b",NULL,"c\"d",""}', '\x0000006d', 15.5714285714285714, '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', NULL, 15571.4285714285714000),
	(110, '2026-01-05 22:00:00+00', 'found', '("Main ""Street"", 110",110)', '{"a,b",NULL,"c\"d",""}', '\x0000006e', 'NaN', '["2026-01-01 00:00:00+00",)', 'two
lines	', 'NaN'),
	(111, '2026-01-05 23:00:00+00', 'sent', '("Main ""Street"", 111",111)', '{"a,b",NULL,"c\"d",""}', '\x0000006f', 15.8571428571428571, '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', '\N', 15857.1428571428571000),
	(112, '2026-01-06 00:00:00+00', 'lost', '("Main ""Street"", 112",112)', NULL, '\x00000070', 16.0000000000000000, '["2026-01-01 00:00:00+00",)', '', 16000.0000000000000000),
	(113, '2026-01-06 01:00:00+00', 'found', '("Main ""Street"", 113",113)', '{"a,b",NULL,"c\"d",""}', '\x00000071', 16.1428571428571429, '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', NULL, 16142.8571428571429000),
	(114, '2026-01-06 02:00:00+00', 'sent', '("Main ""Street"", 114",114)', '{"a,b",NULL,"c\"d",""}', '\x00000072', 16.2857142857142857, '["2026-01-01 00:00:00+00",)', 'two
lines	', 16285.7142857142857000),
	(115, '2026-01-06 03:00:00+00', 'lost', '("Main ""Street"", 115",115)', '{"a,b",NULL,"c\"d",""}', '\x00000073', 'NaN', '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', '\N', 'NaN'),
	(116, '2026-01-06 04:00:00+00', 'found', '("Main ""Street"", 116",116)', NULL, '\x00000074', 16.5714285714285714, '["2026-01-01 00:00:00+00",)', '', 16571.4285714285714000),
	(117, '2026-01-06 05:00:00+00', 'sent', '("Main ""Street"", 117",117)', '{"a,b",NULL,"c\"d",""}', '\x00000075', 16.7142857142857143, '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', NULL, 16714.2857142857143000),
	(118, '2026-01-06 06:00:00+00', 'lost', '("Main ""Street"", 118",118)', '{"a,b",NULL,"c\"d",""}', '\x00000076', 16.8571428571428571, '["2026-01-01 00:00:00+00",)', 'two
lines	', 16857.1428571428571000),
	(119, '2026-01-06 07:00:00+00', 'found', '("Main ""Street"", 119",119)', '{"a,b",NULL,"c\"d",""}', '\x00000077', 17.0000000000000000, '["2026-01-01 00:00:00+00","2027-01-01 00:00:00+00")', '\N', 17000.0000000000000000),
	(120, '2026-01-06 08:00:00+00', 'sent', '("Main ""Street"", 120",120)', NULL, '\x00000078', 'NaN', '["2026-01-01 00:00:00+00",)', '', 'NaN');
INSERT INTO public.profiles VALUES
	('c8b6eaff-b74b-489b-a48e-9e02a854c834', 'vito.juniper@sample.example', 'Vito Juniper', '2025-10-23 16:14:09.288939+00'),
	('c3a9e889-63b7-49f5-98b8-1c66e10c167d', 'carlo.sundaram@sample.example', 'Carlo Sundaram', '2025-10-23 16:14:09.288939+00'),
	('7e834904-fc17-4498-b87e-4e2b537d9128', 'bea.fairweather@sample.example', 'Bea Fairweather', '2025-10-23 16:14:09.288939+00'),
	('9e6397d4-b962-45d3-88bf-cbcf26433798', 'gus.quill@sample.example', 'Gus Quill', '2025-10-23 16:14:09.288939+00'),
	('d329d65c-0b35-41de-a50e-7b34a4aa07b4', 'farah.brook@sample.example', 'Farah Brook', '2025-10-23 16:14:09.288939+00'),
	('8352bc85-e456-459c-b70a-f5f2d5d5891f', 'runa.juniper@sample.example', 'Runa Juniper', '2025-10-23 16:14:09.288939+00'),
	('b3783a7c-bbdd-4b9b-ade2-fb1fa098d691', 'ada.thistle@sample.example', 'Ada Thistle', '2025-10-23 16:14:09.288939+00'),
	('e8ee65a1-23a9-49da-816b-2332cfed943b', 'gus.kestrel@sample.example', 'Gus Kestrel', '2025-10-23 16:14:09.288939+00'),
	('9187df42-811e-4616-80bb-e6ed8614f504', 'oona.fairweather@sample.example', 'Oona Fairweather', '2025-10-23 16:14:09.288939+00'),
	('041dcd94-cdff-4a1c-901a-914cd5be785a', 'zeno.quill@sample.example', 'Zeno Quill', '2025-10-23 16:14:09.288939+00'),
	('cc4793d7-9585-4e21-afbc-9ca9d38f8c45', 'jonas.abendroth@sample.example', 'Jonas Abendroth', '2025-10-23 16:14:09.288939+00'),
	('f4c18226-aed2-4b0f-b610-4b84e4907d49', 'zeno.castellan@sample.example', 'Zeno Castellan', '2025-10-23 16:14:09.288939+00'),
	('15c891ff-3add-4527-a494-6d15b17dd255', 'ravi.nakamura@sample.example', 'Ravi Nakamura', '2025-10-23 16:14:09.288939+00'),
	('a31a49dd-2212-4540-8ab7-798807fa22f7', 'ravi.marchetti@sample.example', 'Ravi Marchetti', '2025-10-23 16:14:09.288939+00'),
	('606a0deb-1adb-4e5d-b5a2-d8795c57532b', 'lena.fairweather@sample.example', 'Lena Fairweather', '2025-10-23 16:14:09.288939+00'),
	('0cfff054-8efb-4442-b38e-0b77d5f860c3', 'uma.juniper@sample.example', 'Uma Juniper', '2025-10-23 16:14:09.288939+00'),
	('880cb401-a050-4098-84d2-be09a0b55864', 'idris.thistle@sample.example', 'Idris Thistle', '2025-10-23 16:14:09.288939+00'),
	('4387ee7b-7d42-446f-be9b-768fae4001e3', 'idris.brook@sample.example', 'Idris Brook', '2025-10-23 16:14:09.288939+00'),
	('11f2d44d-cc35-4834-b4fa-941200d93534', 'zeno.rosenthal@sample.example', 'Zeno Rosenthal', '2025-10-23 16:14:09.288939+00'),
	('e5d9fe81-80c2-45f1-aeb8-9ff1bf8e51aa', 'emil.abendroth@sample.example', 'Emil Abendroth', '2025-10-23 16:14:09.288939+00'),
	('86a74a63-a8c7-49e0-9789-819f8902dafc', 'lena.abendroth@sample.example', 'Lena Abendroth', '2025-10-23 16:14:09.288939+00'),
	('794ec926-bc9e-48ea-bee8-062610e8ad01', 'zeno.grimaldi@sample.example', 'Zeno Grimaldi', '2025-10-23 16:14:09.288939+00'),
	('d89c36b2-130f-47b2-8f28-f65e408fc146', 'ada.marchetti@sample.example', 'Ada Marchetti', '2025-10-23 16:14:09.288939+00'),
	('c1a624dc-bab5-4373-bc1a-e91743fb9fbc', 'malik.holm@sample.example', 'Malik Holm', '2025-10-23 16:14:09.288939+00'),
	('a661f62c-bd65-480c-bb11-85d9348922d7', 'kaya.holm@sample.example', 'Kaya Holm', '2025-10-23 16:14:09.288939+00'),
	('d874bc79-7e73-4d5f-b5d8-d8a4f9c9c679', 'sami.grimaldi@sample.example', 'Sami Grimaldi', '2025-10-23 16:14:09.288939+00'),
	('e91457db-7aa0-48f1-93a5-397f61ef7bd1', 'pia.marchetti@sample.example', 'Pia Marchetti', '2025-10-23 16:14:09.288939+00'),
	('0bf7a4bd-c458-472f-898d-bfa8af06bcf7', 'oona.ibarra@sample.example', 'Oona Ibarra', '2025-10-23 16:14:09.288939+00'),
	('32c32444-a48c-4d5c-a1fe-b6249df2025f', 'jonas.grimaldi@sample.example', 'Jonas Grimaldi', '2025-10-23 16:14:09.288939+00'),
	('54ef125a-25bd-4659-9986-48e013d5316f', 'uma.marchetti@sample.example', 'Uma Marchetti', '2025-10-23 16:14:09.288939+00'),
	('b16107f1-be43-4c7b-a6ca-f4a341023aed', 'nils.petrov@sample.example', 'Nils Petrov', '2025-10-23 16:14:09.288939+00'),
	('222930ae-9158-44a8-9f03-bc5a4dee4812', 'farah.abendroth@sample.example', 'Farah Abendroth', '2025-10-23 16:14:09.288939+00'),
	('7c5d42dc-0f87-4ae3-bb7f-ec4b03312ead', 'oona.grimaldi@sample.example', 'Oona Grimaldi', '2025-10-23 16:14:09.288939+00'),
	('197a14e2-ac08-4ba5-b8f6-59ac44ce4ab3', 'runa.sundaram@sample.example', 'Runa Sundaram', '2025-10-23 16:14:09.288939+00'),
	('7d575d17-acfb-4d5e-b7ba-c233b1330c3f', 'kaya.eskildsen@sample.example', 'Kaya Eskildsen', '2025-10-23 16:14:09.288939+00'),
	('491961a1-843b-4ee9-b578-909c4a7591f2', 'nils.rosenthal@sample.example', 'Nils Rosenthal', '2025-10-23 16:14:09.288939+00'),
	('c4653cde-7762-40b5-b745-10ca76f4251e', 'mira.holm@sample.example', 'Mira Holm', '2025-10-23 16:14:09.288939+00'),
	('8c90473e-e4c7-47fd-be48-ef631e563408', 'oona.quill@sample.example', 'Oona Quill', '2025-10-23 16:14:09.288939+00'),
	('15fa8b65-fa66-42cd-8fc9-e91833020ccd', 'idris.marchetti@sample.example', 'Idris Marchetti', '2025-10-23 16:14:09.288939+00'),
	('4a227f39-047b-4c10-b912-ef4aefae5d4e', 'hana.juniper@sample.example', 'Hana Juniper', '2025-10-23 16:14:09.288939+00'),
	('81b1c025-d1e4-40a3-9393-2904757f1cba', 'gus.thistle@sample.example', 'Gus Thistle', '2025-10-23 16:14:09.288939+00'),
	('fe749e67-730f-47f1-be9e-b4adf7d5f124', 'runa.brook@sample.example', 'Runa Brook', '2025-10-23 16:14:09.288939+00'),
	('eaa3556c-35b7-4448-a308-7e5244c6b895', 'farah.castellan@sample.example', 'Farah Castellan', '2025-10-23 16:14:09.288939+00'),
	('1319d424-35f1-4300-ae37-9c65f21201e4', 'chidi.okafor@sample.example', 'Chidi Okafor', '2025-10-23 16:14:09.288939+00'),
	('bf5b411b-2449-4df6-971e-1a8c94db5f8f', 'ines.petrov@sample.example', 'Ines Petrov', '2025-10-23 16:14:09.288939+00'),
	('5c0bb40f-f3e6-4a73-8305-e98686292bb5', 'oona.abendroth@sample.example', 'Oona Abendroth', '2025-10-23 16:14:09.288939+00'),
	('a1b501d6-d1f9-4dfe-9a76-2d5421f267e2', 'kaya.petrov@sample.example', 'Kaya Petrov', '2025-10-23 16:14:09.288939+00'),
	('1cd86fc1-e309-4619-8791-c2e9823d11ed', 'jonas.lindqvist@sample.example', 'Jonas Lindqvist', '2025-10-23 16:14:09.288939+00'),
	('7f7595b5-3b3b-44bf-9d7c-fed1b40de56d', 'hana.rosenthal@sample.example', 'Hana Rosenthal', '2025-10-23 16:14:09.288939+00'),
	('64e27602-7c73-46c9-a04b-0dcee5d00a4d', 'uma.nakamura@sample.example', 'Uma Nakamura', '2025-10-23 16:14:09.288939+00'),
	('f3308ce5-00eb-4e11-a8b8-8073065b8c35', 'chidi.juniper@sample.example', 'Chidi Juniper', '2025-10-23 16:14:09.288939+00'),
	('67c98fb9-7365-46ec-ae7c-8f097ddfcbc9', 'edda.thistle@sample.example', 'Edda Thistle', '2025-10-23 16:14:09.288939+00'),
	('6a8ad9cb-2405-4360-ba28-a6794d4ca9c7', 'tess.nakamura@sample.example', 'Tess Nakamura', '2025-10-23 16:14:09.288939+00'),
	('1ef3ea44-50ea-4da7-a048-7e15580dc5ab', 'hana.ibarra@sample.example', 'Hana Ibarra', '2025-10-23 16:14:09.288939+00'),
	('53158ce4-0072-4f84-94d1-ac6bd7196189', 'ada.dunmore@sample.example', 'Ada Dunmore', '2025-10-23 16:14:09.288939+00'),
	('65f456aa-d6cf-4718-9699-08f6c0301b21', 'emil.kestrel@sample.example', 'Emil Kestrel', '2025-10-23 16:14:09.288939+00'),
	('321c1744-ed28-49c1-b09c-0afb1ebb0794', 'sami.sundaram@sample.example', 'Sami Sundaram', '2025-10-23 16:14:09.288939+00'),
	('bd6a996d-e6cd-40f1-8300-3005b688b661', 'jonas.castellan@sample.example', 'Jonas Castellan', '2025-10-23 16:14:09.288939+00'),
	('10a25b19-5f49-40fc-80d2-84064a327e2d', 'edda.holm@sample.example', 'Edda Holm', '2025-10-23 16:14:09.288939+00'),
	('deb67ae7-ffb0-4d9e-a3e1-986964950dc2', 'yara.marchetti@sample.example', 'Yara Marchetti', '2025-10-23 16:14:09.288939+00'),
	('ece80799-5c57-422e-938e-fef996d4480f', 'vito.ibarra@sample.example', 'Vito Ibarra', '2025-10-23 16:14:09.288939+00'),
	('dab07929-4670-4312-8172-b2986d94dd6d', 'jonas.holm@sample.example', 'Jonas Holm', '2025-10-23 16:14:09.288939+00'),
	('0d36ce2c-1a09-4840-87d7-df790c5b4c59', 'malik.castellan@sample.example', 'Malik Castellan', '2025-10-23 16:14:09.288939+00'),
	('a28cf7b1-491e-49f5-a977-66fbd5ad5360', 'hana.nakamura@sample.example', 'Hana Nakamura', '2025-10-23 16:14:09.288939+00'),
	('f895fc55-3fd3-4e98-a61f-40dfef82d1a3', 'hana.lindqvist@sample.example', 'Hana Lindqvist', '2025-10-23 16:14:09.288939+00'),
	('50cb407a-82ce-486f-afad-79364406c053', 'farah.nakamura@sample.example', 'Farah Nakamura', '2025-10-23 16:14:09.288939+00'),
	('c8ff1c38-5f93-4180-85ef-5cfb3099f271', 'vito.petrov@sample.example', 'Vito Petrov', '2025-10-23 16:14:09.288939+00'),
	('076d490a-e25f-4b1c-ad80-de7cf4c73f2b', 'ada.rosenthal@sample.example', 'Ada Rosenthal', '2025-10-23 16:14:09.288939+00'),
	('66692158-a182-4327-82fb-d8a3cfdcc257', 'malik.grimaldi@sample.example', 'Malik Grimaldi', '2025-10-23 16:14:09.288939+00'),
	('8ddcf83c-f0d1-4b56-a02f-9a72e9d625c9', 'vito.quill@sample.example', 'Vito Quill', '2025-10-23 16:14:09.288939+00'),
	('14a0b00b-b835-48a5-b414-5e878c9a3751', 'amir.juniper@sample.example', 'Amir Juniper', '2025-10-23 16:14:09.288939+00'),
	('692fd360-bb7b-438e-aef7-95cd0caa7612', 'tess.abendroth@sample.example', 'Tess Abendroth', '2025-10-23 16:14:09.288939+00'),
	('23797d45-c0ae-49c5-9d6b-023f736b96a0', 'malik.okafor@sample.example', 'Malik Okafor', '2025-10-23 16:14:09.288939+00'),
	('7c4ea603-4944-42ce-9e96-2a6da4fd57c5', 'nils.castellan@sample.example', 'Nils Castellan', '2025-10-23 16:14:09.288939+00'),
	('8cd3e418-ed41-42ba-a972-9f3f0c89c001', 'tess.castellan@sample.example', 'Tess Castellan', '2025-10-23 16:14:09.288939+00'),
	('6a34b371-78e1-4e70-abb7-1c682097798c', 'emil.ibarra@sample.example', 'Emil Ibarra', '2025-10-23 16:14:09.288939+00'),
	('41785bc6-4c3a-46fc-8820-823157fa49e5', 'zeno.juniper@sample.example', 'Zeno Juniper', '2025-10-23 16:14:09.288939+00'),
	('a71f11b2-f9ee-4bc8-bd1e-6912bd313bee', 'bea.petrov@sample.example', 'Bea Petrov', '2025-10-23 16:14:09.288939+00'),
	('3d1926ac-a7ef-4f5d-a7fd-5499429a7079', 'nils.lindqvist@sample.example', 'Nils Lindqvist', '2025-10-23 16:14:09.288939+00'),
	('ab3b74fe-8eac-4288-bbb1-d1244d039b72', 'zeno.nakamura@sample.example', 'Zeno Nakamura', '2025-10-23 16:14:09.288939+00'),
	('a4a915d0-2ad6-4ce9-9ea7-722864f54969', 'ines.nakamura@sample.example', 'Ines Nakamura', '2025-10-23 16:14:09.288939+00'),
	('8027a2a2-3537-4235-933e-6153296259c8', 'yara.thistle@sample.example', 'Yara Thistle', '2025-10-23 16:14:09.288939+00'),
	('8ce621ef-7f40-4bc8-8fd3-dd72e7ecfd0c', 'lena.eskildsen@sample.example', 'Lena Eskildsen', '2025-10-23 16:14:09.288939+00'),
	('5534a034-e800-4d90-b3f6-e53d3853933d', 'nils.dunmore@sample.example', 'Nils Dunmore', '2025-10-23 16:14:09.288939+00'),
	('6d6b987a-7330-4b95-825e-114fff18fe33', 'sami.nakamura@sample.example', 'Sami Nakamura', '2025-10-23 16:14:09.288939+00'),
	('3e7c6567-3141-4775-8c3b-a85923bc9152', 'vito.abendroth@sample.example', 'Vito Abendroth', '2025-10-23 16:14:09.288939+00'),
	('8e4dc3a3-578a-40d8-acb8-d14c173910e3', 'uma.brook@sample.example', 'Uma Brook', '2025-10-23 16:14:09.288939+00'),
	('5e49422a-3d37-4642-91bc-d77a1751f579', 'edda.brook@sample.example', 'Edda Brook', '2025-10-23 16:14:09.288939+00'),
	('33bf9157-91d2-47f2-8f32-1d634223b8aa', 'farah.holm@sample.example', 'Farah Holm', '2025-10-23 16:14:09.288939+00'),
	('dee0a843-bfe9-4f8c-8524-137fe322e96d', 'amir.marchetti@sample.example', 'Amir Marchetti', '2025-10-23 16:14:09.288939+00'),
	('beef67fb-69f4-4612-a201-a9d369ac0f03', 'runa.fairweather@sample.example', 'Runa Fairweather', '2025-10-23 16:14:09.288939+00'),
	('452e704d-607a-4732-b5c2-e229862fe231', 'lena.lindqvist@sample.example', 'Lena Lindqvist', '2025-10-23 16:14:09.288939+00'),
	('7f867d5f-0fe3-41ec-808a-58d756947a7a', 'malik.kestrel@sample.example', 'Malik Kestrel', '2025-10-23 16:14:09.288939+00'),
	('5c327a6d-f7ba-48b6-9304-106e470b4fad', 'idris.eskildsen@sample.example', 'Idris Eskildsen', '2025-10-23 16:14:09.288939+00'),
	('877b55cb-80de-4b3e-afcf-0e77203943f6', 'nils.grimaldi@sample.example', 'Nils Grimaldi', '2025-10-23 16:14:09.288939+00'),
	('d93ff716-dce4-4b21-8a51-e152a12f3a94', 'gus.lindqvist@sample.example', 'Gus Lindqvist', '2025-10-23 16:14:09.288939+00'),
	('e59409c1-4561-4fc0-97b4-834c37495c5e', 'mira.fairweather@sample.example', 'Mira Fairweather', '2025-10-23 16:14:09.288939+00'),
	('a5529b05-6656-4bc4-a272-92f83f9aa884', 'amir.rosenthal@sample.example', 'Amir Rosenthal', '2025-10-23 16:14:09.288939+00'),
	('4fe04802-f435-4573-ae8c-d94e7223c68a', 'zeno.sundaram@sample.example', 'Zeno Sundaram', '2025-10-23 16:14:09.288939+00'),
	('f7d17ebd-df75-4883-9078-84b7d9435541', 'sami.brook@sample.example', 'Sami Brook', '2025-10-23 16:14:09.288939+00');
INSERT INTO public.profiles VALUES
	('6cd9e62a-0841-4c07-a093-42ca05955fb9', 'farah.fairweather@sample.example', 'Farah Fairweather', '2025-10-23 16:14:09.288939+00'),
	('cde347ab-e54c-4de6-8381-3ce6b5a29061', 'runa.rosenthal@sample.example', 'Runa Rosenthal', '2025-10-23 16:14:09.288939+00'),
	('7d652135-9651-42d6-b7e1-47fd79281c19', 'hana.holm@sample.example', 'Hana Holm', '2025-10-23 16:14:09.288939+00'),
	('ee241c43-643a-49e2-92b9-2a01000bb5f9', 'zeno.brook@sample.example', 'Zeno Brook', '2025-10-23 16:14:09.288939+00'),
	('8721ecf8-d359-407a-ad9b-f0b6ed448d4e', 'ines.dunmore@sample.example', 'Ines Dunmore', '2025-10-23 16:14:09.288939+00'),
	('72ee6a2e-f8e4-4b5c-b7d8-c569daff9a0b', 'tess.lindqvist@sample.example', 'Tess Lindqvist', '2025-10-23 16:14:09.288939+00'),
	('394afbe9-1bea-405e-8879-b6633f9b6bb2', 'sami.dunmore@sample.example', 'Sami Dunmore', '2025-10-23 16:14:09.288939+00'),
	('f8cd9ec3-85b9-409a-a6ed-f1bd27855798', 'edda.fairweather@sample.example', 'Edda Fairweather', '2025-10-23 16:14:09.288939+00'),
	('d34d1c0d-f105-4667-9be0-3df0ae9c78bd', 'amir.abendroth@sample.example', 'Amir Abendroth', '2025-10-23 16:14:09.288939+00'),
	('d8b4c831-a5b8-4b2f-b374-fab6b8c3a4d2', 'idris.dunmore@sample.example', 'Idris Dunmore', '2025-10-23 16:14:09.288939+00'),
	('15c2c81a-7513-4107-a517-4ebdc3c9f7e3', 'uma.castellan@sample.example', 'Uma Castellan', '2025-10-23 16:14:09.288939+00'),
	('0059865a-0a1f-443b-86e0-673a8d2f29e7', 'sami.ibarra@sample.example', 'Sami Ibarra', '2025-10-23 16:14:09.288939+00'),
	('91c3098c-3b8a-47ba-a02a-b6fac844b8fd', 'nils.juniper@sample.example', 'Nils Juniper', '2025-10-23 16:14:09.288939+00'),
	('b70ba858-a53f-4dc9-899f-9c9feb7fe26b', 'ada.fairweather@sample.example', 'Ada Fairweather', '2025-10-23 16:14:09.288939+00'),
	('a060846c-20c2-4f71-b662-222e4dc4ac8c', 'emil.rosenthal@sample.example', 'Emil Rosenthal', '2025-10-23 16:14:09.288939+00'),
	('6ffb726a-a2e3-493a-873b-99034075916e', 'kaya.rosenthal@sample.example', 'Kaya Rosenthal', '2025-10-23 16:14:09.288939+00'),
	('197536b1-1cb4-4a55-838b-48a2b2d643a2', 'ravi.eskildsen@sample.example', 'Ravi Eskildsen', '2025-10-23 16:14:09.288939+00'),
	('f18bde0e-8641-4b60-8ce3-b0cc1202952f', 'wanda.juniper@sample.example', 'Wanda Juniper', '2025-10-23 16:14:09.288939+00'),
	('42c927b9-6359-46be-b113-5de9953857d7', 'ravi.kestrel@sample.example', 'Ravi Kestrel', '2025-10-23 16:14:09.288939+00'),
	('004b7fd0-99df-409b-8a5d-5e7d393cbcdd', 'ines.lindqvist@sample.example', 'Ines Lindqvist', '2025-10-23 16:14:09.288939+00');
INSERT INTO public.readings_2024 VALUES
	('2024-02-21 00:00:00+00', 1),
	('2024-03-12 00:00:00+00', 2),
	('2024-04-01 00:00:00+00', 3),
	('2024-04-21 00:00:00+00', 4),
	('2024-05-11 00:00:00+00', 5),
	('2024-05-31 00:00:00+00', 6),
	('2024-06-20 00:00:00+00', 7),
	('2024-07-10 00:00:00+00', 8),
	('2024-07-30 00:00:00+00', 9),
	('2024-08-19 00:00:00+00', 10),
	('2024-09-08 00:00:00+00', 11),
	('2024-09-28 00:00:00+00', 12),
	('2024-10-18 00:00:00+00', 13),
	('2024-11-07 00:00:00+00', 14),
	('2024-11-27 00:00:00+00', 15),
	('2024-12-17 00:00:00+00', 16);
INSERT INTO public.readings_2025 VALUES
	('2025-01-06 00:00:00+00', 17),
	('2025-01-26 00:00:00+00', 18),
	('2025-02-15 00:00:00+00', 19),
	('2025-03-07 00:00:00+00', 20),
	('2025-03-27 00:00:00+00', 21),
	('2025-04-16 00:00:00+00', 22),
	('2025-05-06 00:00:00+00', 23),
	('2025-05-26 00:00:00+00', 24),
	('2025-06-15 00:00:00+00', 25),
	('2025-07-05 00:00:00+00', 26),
	('2025-07-25 00:00:00+00', 27),
	('2025-08-14 00:00:00+00', 28),
	('2025-09-03 00:00:00+00', 29),
	('2025-09-23 00:00:00+00', 30),
	('2025-10-13 00:00:00+00', 31),
	('2025-11-02 00:00:00+00', 32),
	('2025-11-22 00:00:00+00', 33),
	('2025-12-12 00:00:00+00', 34);
INSERT INTO public.readings_now VALUES
	('2026-01-01 00:00:00+00', 35),
	('2026-01-21 00:00:00+00', 36),
	('2198-12-31 00:00:00+00', 99);
INSERT INTO public.security_alerts VALUES
	('9a57cce3-e491-48ed-b349-fd1472aacd6d', 'failed_login_attempts', 'high', 'Many failed sign-ins', '27 failed sign-ins within an hour.', '{}', true, '2026-06-12 09:25:09.288939+00', NULL, '2026-06-10 09:25:09.288939+00', NULL, 1, NULL, 0, NULL, NULL),
	('197d69ba-a5e9-4c42-807d-93dddd33cf9d', 'suspicious_export', 'medium', 'Large data export', 'An export of 48,210 rows at night.', '{}', true, '2026-06-30 11:25:09.288939+00', NULL, '2026-06-29 11:25:09.288939+00', NULL, 1, NULL, 0, NULL, NULL),
	('f6905a86-0e8a-488b-bbe0-2c433de2633d', 'new_admin', 'high', 'New administrator', 'The role admin was granted to a user.', '{}', true, '2026-07-21 12:53:09.288939+00', NULL, '2026-07-17 12:53:09.288939+00', NULL, 1, NULL, 0, NULL, NULL),
	('12cd4650-144d-4e2c-8c71-1ed499dc8ea7', 'rate_limit_abuse', 'medium', 'Rate limit exceeded', 'A client was refused 312 times.', '{}', true, '2026-07-31 14:02:09.288939+00', NULL, '2026-07-30 14:02:09.288939+00', NULL, 1, NULL, 0, NULL, NULL),
	('014af67d-22fc-4104-b811-529b575648d1', 'backup_failure', 'high', 'Backup failed', 'The nightly backup ended with AccessDenied.', '{}', true, '2026-08-26 06:25:09.288939+00', NULL, '2026-08-23 06:25:09.288939+00', NULL, 1, NULL, 0, NULL, NULL),
	('e01cf99b-a479-4f0f-8974-dce445482e5e', 'failed_login_attempts', 'high', 'Many failed sign-ins', '27 failed sign-ins within an hour.', '{}', true, '2026-09-19 13:02:09.288939+00', NULL, '2026-09-17 13:02:09.288939+00', NULL, 1, NULL, 0, NULL, NULL),
	('070f104a-ec42-4fce-92a9-5476a3cffa6a', 'suspicious_export', 'medium', 'Large data export', 'An export of 48,210 rows at night.', '{}', true, '2026-10-01 15:59:09.288939+00', NULL, '2026-09-30 15:59:09.288939+00', NULL, 1, NULL, 0, NULL, NULL),
	('bfd3b946-de23-457e-93a5-e5895250f595', 'new_admin', 'high', 'New administrator', 'The role admin was granted to a user.', '{}', true, '2026-10-19 12:37:09.288939+00', NULL, '2026-10-14 12:37:09.288939+00', NULL, 1, NULL, 0, NULL, NULL),
	('9c1afb6e-67c2-491c-bc7f-bd93a6207b28', 'rate_limit_abuse', 'medium', 'Rate limit exceeded', 'A client was refused 312 times.', '{}', true, '2026-10-19 15:47:09.288939+00', NULL, '2026-10-17 15:47:09.288939+00', NULL, 1, NULL, 0, NULL, NULL),
	('6a0db8b0-dd01-4ce5-8eb4-ea732cac5901', 'backup_failure', 'high', 'Backup failed', 'The nightly backup ended with AccessDenied.', '{}', true, '2026-11-09 10:29:09.288939+00', NULL, '2026-10-28 10:29:09.288939+00', NULL, 1, NULL, 0, NULL, NULL),
	('55a3153e-9cdf-4ddd-a055-eefc16529c73', 'failed_login_attempts', 'high', 'Many failed sign-ins', '27 failed sign-ins within an hour.', '{}', true, '2026-11-04 15:28:09.288939+00', NULL, '2026-11-03 15:28:09.288939+00', NULL, 1, NULL, 0, NULL, NULL),
	('41cbe3fd-6649-447b-990c-7e54fce21845', 'suspicious_export', 'medium', 'Large data export', 'An export of 48,210 rows at night.', '{}', true, '2026-11-13 07:48:09.288939+00', NULL, '2026-11-10 07:48:09.288939+00', NULL, 1, NULL, 0, NULL, NULL),
	('ecdfbd22-0696-4541-837b-4b62df91857f', 'new_admin', 'high', 'New administrator', 'The role admin was granted to a user.', '{}', true, '2026-11-16 08:20:09.288939+00', NULL, '2026-11-15 08:20:09.288939+00', NULL, 1, NULL, 0, NULL, NULL),
	('503d63f5-fcce-4b2e-a772-9aa0906b6ef7', 'rate_limit_abuse', 'medium', 'Rate limit exceeded', 'A client was refused 312 times.', '{}', true, '2026-11-20 10:50:09.288939+00', NULL, '2026-11-18 10:50:09.288939+00', NULL, 1, NULL, 0, NULL, NULL),
	('b960e68c-b5cb-4de6-9d2c-fac66a464913', 'backup_failure', 'high', 'Backup failed', 'The nightly backup ended with AccessDenied.', '{}', true, '2026-11-22 15:17:09.288939+00', NULL, '2026-11-21 15:17:09.288939+00', NULL, 1, NULL, 0, NULL, NULL),
	('27fc2a8b-04c3-4ec9-97ec-412c281c17f8', 'failed_login_attempts', 'high', 'Many failed sign-ins', '27 failed sign-ins within an hour.', '{}', false, NULL, NULL, '2026-11-22 10:37:09.288939+00', NULL, 1, NULL, 0, NULL, NULL),
	('d732029a-c466-4357-878c-243524853cc2', 'suspicious_export', 'medium', 'Large data export', 'An export of 48,210 rows at night.', '{}', false, NULL, NULL, '2026-11-24 12:39:09.288939+00', NULL, 1, NULL, 0, NULL, NULL),
	('6c58e587-5c9a-4f0d-9063-6fd85b9bb6b7', 'new_admin', 'high', 'New administrator', 'The role admin was granted to a user.', '{}', false, NULL, NULL, '2026-11-25 14:42:09.288939+00', NULL, 1, NULL, 0, NULL, NULL),
	('ddaac339-96a7-4746-ae1e-504989e5ae62', 'rate_limit_abuse', 'medium', 'Rate limit exceeded', 'A client was refused 312 times.', '{}', false, NULL, NULL, '2026-11-26 10:22:09.288939+00', NULL, 1, NULL, 0, NULL, NULL),
	('1c9f68e4-5847-44c0-ac42-a0b6af0746ee', 'drift_from_baseline', 'medium', 'Changed since it was approved', 'The setting fsync is new since the baseline was approved.', '{"check": "drift_from_baseline", "object": "setting fsync", "category": "security", "metadata": {"change": "new", "present": "off", "approved": null}, "remediation": "Read the difference (maint baseline diff). Approve it (maint baseline approve) if it was meant; otherwise restore what was approved.", "dagster_run_id": null}', false, NULL, NULL, '2026-11-27 16:14:13.828177+00', 'drift_from_baseline:setting fsync', 2, '2026-11-27 16:14:16.728839+00', 0, NULL, NULL),
	('d7c91840-02b5-422c-9d07-624a0ba27e0d', 'policy_for_anonymous_sign_ins', 'low', 'Policy holds for anonymous sign-ins too', 'Policies of table public.user_roles hold for anonymous sign-ins: user_roles_own.', '{"check": "policy_for_anonymous_sign_ins", "object": "public.user_roles", "category": "security", "metadata": {"policies": ["user_roles_own"]}, "remediation": "Where anonymous sign-ins are on, add to the policy, or to a restrictive one, (select (auth.jwt() ->> ''is_anonymous'')::boolean) is not true. Otherwise switch the check off.", "dagster_run_id": null}', false, NULL, NULL, '2026-11-27 16:14:14.202452+00', 'policy_for_anonymous_sign_ins:public.user_roles', 2, '2026-11-27 16:14:17.031869+00', 0, NULL, NULL),
	('44a378a3-25cb-4f32-aca2-d11e402082b1', 'base_backup_overdue', 'high', 'Base backup or dump overdue', 'The newest backup, app-2026-11-24.dump, is of 2026-11-24 01:00 UTC.', '{"check": "base_backup_overdue", "object": "pg_dump:/backups", "category": "backups", "metadata": {"bytes": 12345678, "backup": "app-2026-11-24.dump", "taken_at": "2026-11-24T01:00:00+00:00", "looked_at": "2026-11-27T16:14:10.737866+00:00"}, "remediation": "Look why the backup has not run (its timer, its log, its disk), and run it by hand.", "dagster_run_id": null}', false, NULL, NULL, '2026-11-27 16:14:14.681769+00', 'base_backup_overdue:pg_dump:/backups', 1, '2026-11-27 16:14:14.681769+00', 0, NULL, NULL),
	('70d46880-16f9-448a-8112-3f9fb4aad120', 'restore_unproven', 'critical', 'No proof that backups restore', 'The backup app-2026-11-24.dump of 2026-11-24 01:00 UTC does not restore: the file is torn', '{"check": "restore_unproven", "object": "pg_dump:/backups", "category": "backups", "metadata": {"backup": "app-2026-11-24.dump", "taken_at": "2026-11-24T01:00:00+00:00", "tried_at": "2026-11-26T16:14:10.738296+00:00", "last_proven_at": "2026-11-25T16:14:10.738296+00:00"}, "remediation": "Read the problem in the run of verify_restore, take a new backup and run verify_restore again. Keep the older backups until it succeeds.", "silenced_by": {"role": "postgres", "login": "postgres", "application": "fixture", "backend_pid": 2880}, "silenced_note": "known until the move", "dagster_run_id": null}', false, NULL, NULL, '2026-11-27 16:14:14.704868+00', 'restore_unproven:pg_dump:/backups', 1, '2026-11-27 16:14:14.704868+00', 0, NULL, '2199-01-01 00:00:00+00'),
	('4fdd0883-d09e-40f4-ae2e-2b6fff69eb05', 'connection_logging_off', 'low', 'Logins are not logged', 'log_connections is off.', '{"check": "connection_logging_off", "object": "log_connections", "category": "security", "metadata": {"fix": "alter system set log_connections = on;\nselect pg_reload_conf();", "source": "default"}, "remediation": "Set it on and reload. With many short connections put a pooler in front, or ignore the finding.", "dagster_run_id": null}', false, NULL, NULL, '2026-11-27 16:14:10.910293+00', 'connection_logging_off:log_connections', 2, '2026-11-27 16:14:14.870303+00', 0, NULL, NULL),
	('342a8a14-6b12-4848-aa25-c2a084755bb1', 'connection_logging_off', 'low', 'Logins are not logged', 'log_disconnections is off.', '{"check": "connection_logging_off", "object": "log_disconnections", "category": "security", "metadata": {"fix": "alter system set log_disconnections = on;\nselect pg_reload_conf();", "source": "default"}, "remediation": "Set it on and reload. With many short connections put a pooler in front, or ignore the finding.", "dagster_run_id": null}', false, NULL, NULL, '2026-11-27 16:14:10.910416+00', 'connection_logging_off:log_disconnections', 2, '2026-11-27 16:14:14.870349+00', 0, NULL, NULL),
	('d27df36a-004a-408b-a1a8-fafe531b0036', 'data_checksums_off', 'medium', 'Pages without checksums', 'data_checksums is off.', '{"check": "data_checksums_off", "object": "data_checksums", "category": "security", "metadata": {"setting": "off"}, "remediation": "Stop the server cleanly, run pg_checksums --enable on its data folder, and start it.", "dagster_run_id": null}', false, NULL, NULL, '2026-11-27 16:14:10.920466+00', 'data_checksums_off:data_checksums', 2, '2026-11-27 16:14:14.881907+00', 0, NULL, NULL),
	('dcd2fc52-f0c2-4fb9-9172-8588ecca8145', 'default_privileges_for_visitors', 'low', 'New objects are open to anon by default', 'Functions that postgres creates in public are granted to anon at once: execute.', '{"check": "default_privileges_for_visitors", "object": "functions of postgres in public", "category": "security", "metadata": {"fix": "alter default privileges for role postgres in schema public revoke all on functions from anon;", "schema": "public", "creator": "postgres", "privileges": ["EXECUTE"]}, "remediation": "Take the default away from anon and grant what visitors need by name.", "dagster_run_id": null}', false, NULL, NULL, '2026-11-27 16:14:10.945625+00', 'default_privileges_for_visitors:functions of postgres in public', 2, '2026-11-27 16:14:14.894152+00', 0, NULL, NULL),
	('af1b54f3-eae5-474a-9c59-0c0565a7c3f5', 'default_privileges_for_visitors', 'low', 'New objects are open to anon by default', 'Sequences that postgres creates in public are granted to anon at once: select, update, usage.', '{"check": "default_privileges_for_visitors", "object": "sequences of postgres in public", "category": "security", "metadata": {"fix": "alter default privileges for role postgres in schema public revoke all on sequences from anon;", "schema": "public", "creator": "postgres", "privileges": ["SELECT", "UPDATE", "USAGE"]}, "remediation": "Take the default away from anon and grant what visitors need by name.", "dagster_run_id": null}', false, NULL, NULL, '2026-11-27 16:14:10.945675+00', 'default_privileges_for_visitors:sequences of postgres in public', 2, '2026-11-27 16:14:14.894204+00', 0, NULL, NULL),
	('a230c6ce-f06a-473d-8bc7-9a72fb84094d', 'default_privileges_for_visitors', 'low', 'New objects are open to anon by default', 'Tables that postgres creates in public are granted to anon at once: delete, insert, references, select, trigger, truncate, update.', '{"check": "default_privileges_for_visitors", "object": "tables of postgres in public", "category": "security", "metadata": {"fix": "alter default privileges for role postgres in schema public revoke all on tables from anon;", "schema": "public", "creator": "postgres", "privileges": ["DELETE", "INSERT", "REFERENCES", "SELECT", "TRIGGER", "TRUNCATE", "UPDATE"]}, "remediation": "Take the default away from anon and grant what visitors need by name.", "dagster_run_id": null}', false, NULL, NULL, '2026-11-27 16:14:10.945688+00', 'default_privileges_for_visitors:tables of postgres in public', 2, '2026-11-27 16:14:14.894221+00', 0, NULL, NULL),
	('164c258c-cede-46c9-aa68-ac0a0163cfb2', 'definer_function_callable', 'low', 'Privileged function can be called through the API', 'Function public.has_role(uuid,public.app_role) runs as postgres and can be called by anon, authenticated; policies call it.', '{"check": "definer_function_callable", "object": "public.has_role(uuid,public.app_role)", "category": "security", "metadata": {"owner": "postgres", "roles": ["anon", "authenticated"]}, "remediation": "Revoke EXECUTE from those who need not call it. Where they must, let its body check who asks, and ignore the finding with that reason.", "dagster_run_id": null}', false, NULL, NULL, '2026-11-27 16:14:13.761273+00', 'definer_function_callable:public.has_role(uuid,public.app_role)', 2, '2026-11-27 16:14:16.69655+00', 0, NULL, NULL),
	('9d3d8bb6-4ad4-447e-a6d1-3c9059fd05e9', 'drift_from_baseline', 'high', 'Changed since it was approved', 'The grants function auth.jwt() is new since the baseline was approved.', '{"check": "drift_from_baseline", "object": "grants function auth.jwt()", "category": "security", "metadata": {"change": "new", "present": "public: EXECUTE\npostgres: EXECUTE", "approved": null}, "remediation": "Read the difference (maint baseline diff). Approve it (maint baseline approve) if it was meant; otherwise restore what was approved.", "dagster_run_id": null}', false, NULL, NULL, '2026-11-27 16:14:13.827633+00', 'drift_from_baseline:grants function auth.jwt()', 2, '2026-11-27 16:14:16.728304+00', 0, NULL, NULL),
	('4c01dca4-03df-4041-9755-1c5df0a27829', 'drift_from_baseline', 'high', 'Changed since it was approved', 'The grants function auth.role() is new since the baseline was approved.', '{"check": "drift_from_baseline", "object": "grants function auth.role()", "category": "security", "metadata": {"change": "new", "present": "public: EXECUTE\npostgres: EXECUTE", "approved": null}, "remediation": "Read the difference (maint baseline diff). Approve it (maint baseline approve) if it was meant; otherwise restore what was approved.", "dagster_run_id": null}', false, NULL, NULL, '2026-11-27 16:14:13.827832+00', 'drift_from_baseline:grants function auth.role()', 2, '2026-11-27 16:14:16.728365+00', 0, NULL, NULL),
	('2e018013-93a9-49d8-a090-0535b25f556b', 'drift_from_baseline', 'high', 'Changed since it was approved', 'The grants function auth.uid() is new since the baseline was approved.', '{"check": "drift_from_baseline", "object": "grants function auth.uid()", "category": "security", "metadata": {"change": "new", "present": "public: EXECUTE\npostgres: EXECUTE", "approved": null}, "remediation": "Read the difference (maint baseline diff). Approve it (maint baseline approve) if it was meant; otherwise restore what was approved.", "dagster_run_id": null}', false, NULL, NULL, '2026-11-27 16:14:13.82785+00', 'drift_from_baseline:grants function auth.uid()', 2, '2026-11-27 16:14:16.728426+00', 0, NULL, NULL),
	('355686c2-fbd9-4d9b-a560-49024492c34c', 'drift_from_baseline', 'high', 'Changed since it was approved', 'The grants function public.has_role(uuid,public.app_role) is new since the baseline was approved.', '{"check": "drift_from_baseline", "object": "grants function public.has_role(uuid,public.app_role)", "category": "security", "metadata": {"change": "new", "present": "public: EXECUTE\nanon: EXECUTE\nauthenticated: EXECUTE\npostgres: EXECUTE\nservice_role: EXECUTE", "approved": null}, "remediation": "Read the difference (maint baseline diff). Approve it (maint baseline approve) if it was meant; otherwise restore what was approved.", "dagster_run_id": null}', false, NULL, NULL, '2026-11-27 16:14:13.82786+00', 'drift_from_baseline:grants function public.has_role(uuid,public.app_role)', 2, '2026-11-27 16:14:16.72844+00', 0, NULL, NULL),
	('1d680f77-e9eb-43a0-ba1c-9ceac2eabaaa', 'drift_from_baseline', 'high', 'Changed since it was approved', 'The grants role pg_monitor is new since the baseline was approved.', '{"check": "drift_from_baseline", "object": "grants role pg_monitor", "category": "security", "metadata": {"change": "new", "present": "member of pg_read_all_settings\nmember of pg_read_all_stats\nmember of pg_stat_scan_tables", "approved": null}, "remediation": "Read the difference (maint baseline diff). Approve it (maint baseline approve) if it was meant; otherwise restore what was approved.", "dagster_run_id": null}', false, NULL, NULL, '2026-11-27 16:14:13.827869+00', 'drift_from_baseline:grants role pg_monitor', 2, '2026-11-27 16:14:16.728452+00', 0, NULL, NULL),
	('aa159cb5-02c4-4eee-8abf-4a6fb2df7c1d', 'drift_from_baseline', 'high', 'Changed since it was approved', 'The grants schema auth is new since the baseline was approved.', '{"check": "drift_from_baseline", "object": "grants schema auth", "category": "security", "metadata": {"change": "new", "present": "anon: USAGE\nauthenticated: USAGE\npostgres: CREATE\npostgres: USAGE\nservice_role: USAGE", "approved": null}, "remediation": "Read the difference (maint baseline diff). Approve it (maint baseline approve) if it was meant; otherwise restore what was approved.", "dagster_run_id": null}', false, NULL, NULL, '2026-11-27 16:14:13.827878+00', 'drift_from_baseline:grants schema auth', 2, '2026-11-27 16:14:16.728464+00', 0, NULL, NULL),
	('e0513be7-59fa-4b6d-88ef-6e5b1f97cfe2', 'drift_from_baseline', 'high', 'Changed since it was approved', 'The grants schema public is new since the baseline was approved.', '{"check": "drift_from_baseline", "object": "grants schema public", "category": "security", "metadata": {"change": "new", "present": "public: USAGE\nanon: USAGE\nauthenticated: USAGE\npg_database_owner: CREATE\npg_database_owner: USAGE\nservice_role: USAGE", "approved": null}, "remediation": "Read the difference (maint baseline diff). Approve it (maint baseline approve) if it was meant; otherwise restore what was approved.", "dagster_run_id": null}', false, NULL, NULL, '2026-11-27 16:14:13.827889+00', 'drift_from_baseline:grants schema public', 2, '2026-11-27 16:14:16.728476+00', 0, NULL, NULL),
	('44e2cfb0-a006-490f-b0a7-2baa5ecb07df', 'drift_from_baseline', 'high', 'Changed since it was approved', 'The grants sequence public.parcels_id_seq is new since the baseline was approved.', '{"check": "drift_from_baseline", "object": "grants sequence public.parcels_id_seq", "category": "security", "metadata": {"change": "new", "present": "anon: SELECT\nanon: UPDATE\nanon: USAGE\nauthenticated: SELECT\nauthenticated: UPDATE\nauthenticated: USAGE\nmaint_owner: SELECT\npostgres: SELECT\npostgres: UPDATE\npostgres: USAGE\nservice_role: SELECT\nservice_role: UPDATE\nservice_role: USAGE", "approved": null}, "remediation": "Read the difference (maint baseline diff). Approve it (maint baseline approve) if it was meant; otherwise restore what was approved.", "dagster_run_id": null}', false, NULL, NULL, '2026-11-27 16:14:13.8279+00', 'drift_from_baseline:grants sequence public.parcels_id_seq', 2, '2026-11-27 16:14:16.72849+00', 0, NULL, NULL),
	('18b1c97b-b2c0-486d-aa19-9f23ba3bc101', 'drift_from_baseline', 'high', 'Changed since it was approved', 'The grants table auth.users is new since the baseline was approved.', '{"check": "drift_from_baseline", "object": "grants table auth.users", "category": "security", "metadata": {"change": "new", "present": "postgres: DELETE\npostgres: INSERT\npostgres: REFERENCES\npostgres: SELECT\npostgres: TRIGGER\npostgres: TRUNCATE\npostgres: UPDATE", "approved": null}, "remediation": "Read the difference (maint baseline diff). Approve it (maint baseline approve) if it was meant; otherwise restore what was approved.", "dagster_run_id": null}', false, NULL, NULL, '2026-11-27 16:14:13.827908+00', 'drift_from_baseline:grants table auth.users', 2, '2026-11-27 16:14:16.728501+00', 0, NULL, NULL),
	('2fa686cd-1547-470e-8fbe-033c5fae378a', 'drift_from_baseline', 'high', 'Changed since it was approved', 'The grants table public.audit_logs is new since the baseline was approved.', '{"check": "drift_from_baseline", "object": "grants table public.audit_logs", "category": "security", "metadata": {"change": "new", "present": "anon: DELETE\nanon: INSERT\nanon: REFERENCES\nanon: SELECT\nanon: TRIGGER\nanon: TRUNCATE\nanon: UPDATE\nauthenticated: DELETE\nauthenticated: INSERT\nauthenticated: REFERENCES\nauthenticated: SELECT\nauthenticated: TRIGGER\nauthenticated: TRUNCATE\nauthenticated: UPDATE\nmaint_owner: DELETE\nmaint_owner: SELECT\nmaint_owner: UPDATE\npostgres: DELETE\npostgres: INSERT\npostgres: REFERENCES\npostgres: SELECT\npostgres: TRIGGER\npostgres: TRUNCATE\npostgres: UPDATE\nservice_role: DELETE\nservice_role: INSERT\nservice_role: REFERENCES\nservice_role: SELECT\nservice_role: TRIGGER\nservice_role: TRUNCATE\nservice_role: UPDATE", "approved": null}, "remediation": "Read the difference (maint baseline diff). Approve it (maint baseline approve) if it was meant; otherwise restore what was approved.", "dagster_run_id": null}', false, NULL, NULL, '2026-11-27 16:14:13.827918+00', 'drift_from_baseline:grants table public.audit_logs', 2, '2026-11-27 16:14:16.728513+00', 0, NULL, NULL),
	('2143e0c1-b24e-40a4-af63-e0f9fe054647', 'drift_from_baseline', 'medium', 'Changed since it was approved', 'The setting default_text_search_config is new since the baseline was approved.', '{"check": "drift_from_baseline", "object": "setting default_text_search_config", "category": "security", "metadata": {"change": "new", "present": "pg_catalog.english", "approved": null}, "remediation": "Read the difference (maint baseline diff). Approve it (maint baseline approve) if it was meant; otherwise restore what was approved.", "dagster_run_id": null}', false, NULL, NULL, '2026-11-27 16:14:13.828159+00', 'drift_from_baseline:setting default_text_search_config', 2, '2026-11-27 16:14:16.728814+00', 0, NULL, NULL),
	('106d500a-c492-4e07-839d-a0541ba5e592', 'drift_from_baseline', 'high', 'Changed since it was approved', 'The grants table public.backup_runs is new since the baseline was approved.', '{"check": "drift_from_baseline", "object": "grants table public.backup_runs", "category": "security", "metadata": {"change": "new", "present": "anon: DELETE\nanon: INSERT\nanon: REFERENCES\nanon: SELECT\nanon: TRIGGER\nanon: TRUNCATE\nanon: UPDATE\nauthenticated: DELETE\nauthenticated: INSERT\nauthenticated: REFERENCES\nauthenticated: SELECT\nauthenticated: TRIGGER\nauthenticated: TRUNCATE\nauthenticated: UPDATE\nmaint_owner: DELETE\nmaint_owner: SELECT\nmaint_owner: UPDATE\npostgres: DELETE\npostgres: INSERT\npostgres: REFERENCES\npostgres: SELECT\npostgres: TRIGGER\npostgres: TRUNCATE\npostgres: UPDATE\nservice_role: DELETE\nservice_role: INSERT\nservice_role: REFERENCES\nservice_role: SELECT\nservice_role: TRIGGER\nservice_role: TRUNCATE\nservice_role: UPDATE", "approved": null}, "remediation": "Read the difference (maint baseline diff). Approve it (maint baseline approve) if it was meant; otherwise restore what was approved.", "dagster_run_id": null}', false, NULL, NULL, '2026-11-27 16:14:13.827929+00', 'drift_from_baseline:grants table public.backup_runs', 2, '2026-11-27 16:14:16.728525+00', 0, NULL, NULL),
	('5f23d1bb-df23-409f-9529-8952a1baedbe', 'drift_from_baseline', 'high', 'Changed since it was approved', 'The grants table public.backup_settings is new since the baseline was approved.', '{"check": "drift_from_baseline", "object": "grants table public.backup_settings", "category": "security", "metadata": {"change": "new", "present": "anon: DELETE\nanon: INSERT\nanon: REFERENCES\nanon: SELECT\nanon: TRIGGER\nanon: TRUNCATE\nanon: UPDATE\nauthenticated: DELETE\nauthenticated: INSERT\nauthenticated: REFERENCES\nauthenticated: SELECT\nauthenticated: TRIGGER\nauthenticated: TRUNCATE\nauthenticated: UPDATE\nmaint_owner: DELETE\nmaint_owner: SELECT\nmaint_owner: UPDATE\npostgres: DELETE\npostgres: INSERT\npostgres: REFERENCES\npostgres: SELECT\npostgres: TRIGGER\npostgres: TRUNCATE\npostgres: UPDATE\nservice_role: DELETE\nservice_role: INSERT\nservice_role: REFERENCES\nservice_role: SELECT\nservice_role: TRIGGER\nservice_role: TRUNCATE\nservice_role: UPDATE", "approved": null}, "remediation": "Read the difference (maint baseline diff). Approve it (maint baseline approve) if it was meant; otherwise restore what was approved.", "dagster_run_id": null}', false, NULL, NULL, '2026-11-27 16:14:13.827953+00', 'drift_from_baseline:grants table public.backup_settings', 2, '2026-11-27 16:14:16.728553+00', 0, NULL, NULL),
	('0c929f44-c001-403f-97d3-a820df99165d', 'drift_from_baseline', 'high', 'Changed since it was approved', 'The grants table public.clicks is new since the baseline was approved.', '{"check": "drift_from_baseline", "object": "grants table public.clicks", "category": "security", "metadata": {"change": "new", "present": "anon: DELETE\nanon: INSERT\nanon: REFERENCES\nanon: SELECT\nanon: TRIGGER\nanon: TRUNCATE\nanon: UPDATE\nauthenticated: DELETE\nauthenticated: INSERT\nauthenticated: REFERENCES\nauthenticated: SELECT\nauthenticated: TRIGGER\nauthenticated: TRUNCATE\nauthenticated: UPDATE\nmaint_owner: DELETE\nmaint_owner: SELECT\nmaint_owner: UPDATE\npostgres: DELETE\npostgres: INSERT\npostgres: REFERENCES\npostgres: SELECT\npostgres: TRIGGER\npostgres: TRUNCATE\npostgres: UPDATE\nservice_role: DELETE\nservice_role: INSERT\nservice_role: REFERENCES\nservice_role: SELECT\nservice_role: TRIGGER\nservice_role: TRUNCATE\nservice_role: UPDATE", "approved": null}, "remediation": "Read the difference (maint baseline diff). Approve it (maint baseline approve) if it was meant; otherwise restore what was approved.", "dagster_run_id": null}', false, NULL, NULL, '2026-11-27 16:14:13.827963+00', 'drift_from_baseline:grants table public.clicks', 2, '2026-11-27 16:14:16.728565+00', 0, NULL, NULL),
	('dfb7d801-0b39-4df9-9d03-94e53c63ff03', 'drift_from_baseline', 'high', 'Changed since it was approved', 'The grants table public.clicks_before is new since the baseline was approved.', '{"check": "drift_from_baseline", "object": "grants table public.clicks_before", "category": "security", "metadata": {"change": "new", "present": "anon: DELETE\nanon: INSERT\nanon: REFERENCES\nanon: SELECT\nanon: TRIGGER\nanon: TRUNCATE\nanon: UPDATE\nauthenticated: DELETE\nauthenticated: INSERT\nauthenticated: REFERENCES\nauthenticated: SELECT\nauthenticated: TRIGGER\nauthenticated: TRUNCATE\nauthenticated: UPDATE\nmaint_owner: DELETE\nmaint_owner: SELECT\nmaint_owner: UPDATE\npostgres: DELETE\npostgres: INSERT\npostgres: REFERENCES\npostgres: SELECT\npostgres: TRIGGER\npostgres: TRUNCATE\npostgres: UPDATE\nservice_role: DELETE\nservice_role: INSERT\nservice_role: REFERENCES\nservice_role: SELECT\nservice_role: TRIGGER\nservice_role: TRUNCATE\nservice_role: UPDATE", "approved": null}, "remediation": "Read the difference (maint baseline diff). Approve it (maint baseline approve) if it was meant; otherwise restore what was approved.", "dagster_run_id": null}', false, NULL, NULL, '2026-11-27 16:14:13.827974+00', 'drift_from_baseline:grants table public.clicks_before', 2, '2026-11-27 16:14:16.728576+00', 0, NULL, NULL),
	('0572eae6-ca5e-4e56-ad93-fa4a4a4eee24', 'drift_from_baseline', 'high', 'Changed since it was approved', 'The grants table public.data_export_requests is new since the baseline was approved.', '{"check": "drift_from_baseline", "object": "grants table public.data_export_requests", "category": "security", "metadata": {"change": "new", "present": "anon: DELETE\nanon: INSERT\nanon: REFERENCES\nanon: SELECT\nanon: TRIGGER\nanon: TRUNCATE\nanon: UPDATE\nauthenticated: DELETE\nauthenticated: INSERT\nauthenticated: REFERENCES\nauthenticated: SELECT\nauthenticated: TRIGGER\nauthenticated: TRUNCATE\nauthenticated: UPDATE\nmaint_owner: DELETE\nmaint_owner: SELECT\nmaint_owner: UPDATE\npostgres: DELETE\npostgres: INSERT\npostgres: REFERENCES\npostgres: SELECT\npostgres: TRIGGER\npostgres: TRUNCATE\npostgres: UPDATE\nservice_role: DELETE\nservice_role: INSERT\nservice_role: REFERENCES\nservice_role: SELECT\nservice_role: TRIGGER\nservice_role: TRUNCATE\nservice_role: UPDATE", "approved": null}, "remediation": "Read the difference (maint baseline diff). Approve it (maint baseline approve) if it was meant; otherwise restore what was approved.", "dagster_run_id": null}', false, NULL, NULL, '2026-11-27 16:14:13.827983+00', 'drift_from_baseline:grants table public.data_export_requests', 2, '2026-11-27 16:14:16.728588+00', 0, NULL, NULL),
	('7c6f4b7c-cc28-4afb-a9ea-38fd6234af5b', 'drift_from_baseline', 'high', 'Changed since it was approved', 'The grants table public.maintenance_task_runs is new since the baseline was approved.', '{"check": "drift_from_baseline", "object": "grants table public.maintenance_task_runs", "category": "security", "metadata": {"change": "new", "present": "authenticated: SELECT\nmaint_owner: DELETE\nmaint_owner: INSERT\nmaint_owner: SELECT\nmaint_owner: UPDATE\npostgres: DELETE\npostgres: INSERT\npostgres: REFERENCES\npostgres: SELECT\npostgres: TRIGGER\npostgres: TRUNCATE\npostgres: UPDATE\nservice_role: SELECT", "approved": null}, "remediation": "Read the difference (maint baseline diff). Approve it (maint baseline approve) if it was meant; otherwise restore what was approved.", "dagster_run_id": null}', false, NULL, NULL, '2026-11-27 16:14:13.827995+00', 'drift_from_baseline:grants table public.maintenance_task_runs', 2, '2026-11-27 16:14:16.728599+00', 0, NULL, NULL),
	('a0538619-e86c-4653-b1c9-72ce854d9bf0', 'drift_from_baseline', 'medium', 'Changed since it was approved', 'The setting dynamic_shared_memory_type is new since the baseline was approved.', '{"check": "drift_from_baseline", "object": "setting dynamic_shared_memory_type", "category": "security", "metadata": {"change": "new", "present": "posix", "approved": null}, "remediation": "Read the difference (maint baseline diff). Approve it (maint baseline approve) if it was meant; otherwise restore what was approved.", "dagster_run_id": null}', false, NULL, NULL, '2026-11-27 16:14:13.828168+00', 'drift_from_baseline:setting dynamic_shared_memory_type', 2, '2026-11-27 16:14:16.728826+00', 0, NULL, NULL),
	('d7ae7653-f3c0-410a-ada5-d9a58a5c65c7', 'drift_from_baseline', 'high', 'Changed since it was approved', 'The grants table public.org_users is new since the baseline was approved.', '{"check": "drift_from_baseline", "object": "grants table public.org_users", "category": "security", "metadata": {"change": "new", "present": "anon: DELETE\nanon: INSERT\nanon: REFERENCES\nanon: SELECT\nanon: TRIGGER\nanon: TRUNCATE\nanon: UPDATE\nauthenticated: DELETE\nauthenticated: INSERT\nauthenticated: REFERENCES\nauthenticated: SELECT\nauthenticated: TRIGGER\nauthenticated: TRUNCATE\nauthenticated: UPDATE\nmaint_owner: DELETE\nmaint_owner: SELECT\nmaint_owner: UPDATE\npostgres: DELETE\npostgres: INSERT\npostgres: REFERENCES\npostgres: SELECT\npostgres: TRIGGER\npostgres: TRUNCATE\npostgres: UPDATE\nservice_role: DELETE\nservice_role: INSERT\nservice_role: REFERENCES\nservice_role: SELECT\nservice_role: TRIGGER\nservice_role: TRUNCATE\nservice_role: UPDATE", "approved": null}, "remediation": "Read the difference (maint baseline diff). Approve it (maint baseline approve) if it was meant; otherwise restore what was approved.", "dagster_run_id": null}', false, NULL, NULL, '2026-11-27 16:14:13.828004+00', 'drift_from_baseline:grants table public.org_users', 2, '2026-11-27 16:14:16.728611+00', 0, NULL, NULL),
	('8b8a4598-fed3-41d3-8f8a-4d614b22bb72', 'drift_from_baseline', 'high', 'Changed since it was approved', 'The grants table public.orgs is new since the baseline was approved.', '{"check": "drift_from_baseline", "object": "grants table public.orgs", "category": "security", "metadata": {"change": "new", "present": "anon: DELETE\nanon: INSERT\nanon: REFERENCES\nanon: SELECT\nanon: TRIGGER\nanon: TRUNCATE\nanon: UPDATE\nauthenticated: DELETE\nauthenticated: INSERT\nauthenticated: REFERENCES\nauthenticated: SELECT\nauthenticated: TRIGGER\nauthenticated: TRUNCATE\nauthenticated: UPDATE\nmaint_owner: DELETE\nmaint_owner: SELECT\nmaint_owner: UPDATE\npostgres: DELETE\npostgres: INSERT\npostgres: REFERENCES\npostgres: SELECT\npostgres: TRIGGER\npostgres: TRUNCATE\npostgres: UPDATE\nservice_role: DELETE\nservice_role: INSERT\nservice_role: REFERENCES\nservice_role: SELECT\nservice_role: TRIGGER\nservice_role: TRUNCATE\nservice_role: UPDATE", "approved": null}, "remediation": "Read the difference (maint baseline diff). Approve it (maint baseline approve) if it was meant; otherwise restore what was approved.", "dagster_run_id": null}', false, NULL, NULL, '2026-11-27 16:14:13.828026+00', 'drift_from_baseline:grants table public.orgs', 2, '2026-11-27 16:14:16.728654+00', 0, NULL, NULL),
	('0c502e47-3fbb-4fad-92e7-d40e6257aa1b', 'drift_from_baseline', 'high', 'Changed since it was approved', 'The grants table public.parcels is new since the baseline was approved.', '{"check": "drift_from_baseline", "object": "grants table public.parcels", "category": "security", "metadata": {"change": "new", "present": "anon: DELETE\nanon: INSERT\nanon: REFERENCES\nanon: SELECT\nanon: TRIGGER\nanon: TRUNCATE\nanon: UPDATE\nauthenticated: DELETE\nauthenticated: INSERT\nauthenticated: REFERENCES\nauthenticated: SELECT\nauthenticated: TRIGGER\nauthenticated: TRUNCATE\nauthenticated: UPDATE\nmaint_owner: DELETE\nmaint_owner: SELECT\nmaint_owner: UPDATE\npostgres: DELETE\npostgres: INSERT\npostgres: REFERENCES\npostgres: SELECT\npostgres: TRIGGER\npostgres: TRUNCATE\npostgres: UPDATE\nservice_role: DELETE\nservice_role: INSERT\nservice_role: REFERENCES\nservice_role: SELECT\nservice_role: TRIGGER\nservice_role: TRUNCATE\nservice_role: UPDATE", "approved": null}, "remediation": "Read the difference (maint baseline diff). Approve it (maint baseline approve) if it was meant; otherwise restore what was approved.", "dagster_run_id": null}', false, NULL, NULL, '2026-11-27 16:14:13.828038+00', 'drift_from_baseline:grants table public.parcels', 2, '2026-11-27 16:14:16.728666+00', 0, NULL, NULL),
	('6de6a00f-539f-482b-a87c-fd3803140152', 'drift_from_baseline', 'high', 'Changed since it was approved', 'The grants table public.parcels_before is new since the baseline was approved.', '{"check": "drift_from_baseline", "object": "grants table public.parcels_before", "category": "security", "metadata": {"change": "new", "present": "anon: DELETE\nanon: INSERT\nanon: REFERENCES\nanon: SELECT\nanon: TRIGGER\nanon: TRUNCATE\nanon: UPDATE\nauthenticated: DELETE\nauthenticated: INSERT\nauthenticated: REFERENCES\nauthenticated: SELECT\nauthenticated: TRIGGER\nauthenticated: TRUNCATE\nauthenticated: UPDATE\nmaint_owner: DELETE\nmaint_owner: SELECT\nmaint_owner: UPDATE\npostgres: DELETE\npostgres: INSERT\npostgres: REFERENCES\npostgres: SELECT\npostgres: TRIGGER\npostgres: TRUNCATE\npostgres: UPDATE\nservice_role: DELETE\nservice_role: INSERT\nservice_role: REFERENCES\nservice_role: SELECT\nservice_role: TRIGGER\nservice_role: TRUNCATE\nservice_role: UPDATE", "approved": null}, "remediation": "Read the difference (maint baseline diff). Approve it (maint baseline approve) if it was meant; otherwise restore what was approved.", "dagster_run_id": null}', false, NULL, NULL, '2026-11-27 16:14:13.828046+00', 'drift_from_baseline:grants table public.parcels_before', 2, '2026-11-27 16:14:16.728678+00', 0, NULL, NULL),
	('40a61dde-a5fb-478b-b849-2cefab88aac9', 'drift_from_baseline', 'high', 'Changed since it was approved', 'The grants table public.profiles is new since the baseline was approved.', '{"check": "drift_from_baseline", "object": "grants table public.profiles", "category": "security", "metadata": {"change": "new", "present": "anon: DELETE\nanon: INSERT\nanon: REFERENCES\nanon: SELECT\nanon: TRIGGER\nanon: TRUNCATE\nanon: UPDATE\nauthenticated: DELETE\nauthenticated: INSERT\nauthenticated: REFERENCES\nauthenticated: SELECT\nauthenticated: TRIGGER\nauthenticated: TRUNCATE\nauthenticated: UPDATE\nmaint_owner: DELETE\nmaint_owner: SELECT\nmaint_owner: UPDATE\npostgres: DELETE\npostgres: INSERT\npostgres: REFERENCES\npostgres: SELECT\npostgres: TRIGGER\npostgres: TRUNCATE\npostgres: UPDATE\nservice_role: DELETE\nservice_role: INSERT\nservice_role: REFERENCES\nservice_role: SELECT\nservice_role: TRIGGER\nservice_role: TRUNCATE\nservice_role: UPDATE", "approved": null}, "remediation": "Read the difference (maint baseline diff). Approve it (maint baseline approve) if it was meant; otherwise restore what was approved.", "dagster_run_id": null}', false, NULL, NULL, '2026-11-27 16:14:13.828055+00', 'drift_from_baseline:grants table public.profiles', 2, '2026-11-27 16:14:16.72869+00', 0, NULL, NULL),
	('e5d2b1d5-0207-4fae-900e-fc291b3daae5', 'drift_from_baseline', 'high', 'Changed since it was approved', 'The grants table public.readings is new since the baseline was approved.', '{"check": "drift_from_baseline", "object": "grants table public.readings", "category": "security", "metadata": {"change": "new", "present": "anon: DELETE\nanon: INSERT\nanon: REFERENCES\nanon: SELECT\nanon: TRIGGER\nanon: TRUNCATE\nanon: UPDATE\nauthenticated: DELETE\nauthenticated: INSERT\nauthenticated: REFERENCES\nauthenticated: SELECT\nauthenticated: TRIGGER\nauthenticated: TRUNCATE\nauthenticated: UPDATE\nmaint_owner: DELETE\nmaint_owner: SELECT\nmaint_owner: UPDATE\npostgres: DELETE\npostgres: INSERT\npostgres: REFERENCES\npostgres: SELECT\npostgres: TRIGGER\npostgres: TRUNCATE\npostgres: UPDATE\nservice_role: DELETE\nservice_role: INSERT\nservice_role: REFERENCES\nservice_role: SELECT\nservice_role: TRIGGER\nservice_role: TRUNCATE\nservice_role: UPDATE", "approved": null}, "remediation": "Read the difference (maint baseline diff). Approve it (maint baseline approve) if it was meant; otherwise restore what was approved.", "dagster_run_id": null}', false, NULL, NULL, '2026-11-27 16:14:13.828066+00', 'drift_from_baseline:grants table public.readings', 2, '2026-11-27 16:14:16.728701+00', 0, NULL, NULL),
	('47aeb787-fa59-4eb5-a100-e25aa43e8901', 'drift_from_baseline', 'medium', 'Changed since it was approved', 'The setting lc_messages is new since the baseline was approved.', '{"check": "drift_from_baseline", "object": "setting lc_messages", "category": "security", "metadata": {"change": "new", "present": "C.UTF-8", "approved": null}, "remediation": "Read the difference (maint baseline diff). Approve it (maint baseline approve) if it was meant; otherwise restore what was approved.", "dagster_run_id": null}', false, NULL, NULL, '2026-11-27 16:14:13.828199+00', 'drift_from_baseline:setting lc_messages', 2, '2026-11-27 16:14:16.728849+00', 0, NULL, NULL),
	('668563a4-8695-45ad-add3-37ff04bf5588', 'drift_from_baseline', 'high', 'Changed since it was approved', 'The grants table public.readings_2024 is new since the baseline was approved.', '{"check": "drift_from_baseline", "object": "grants table public.readings_2024", "category": "security", "metadata": {"change": "new", "present": "anon: DELETE\nanon: INSERT\nanon: REFERENCES\nanon: SELECT\nanon: TRIGGER\nanon: TRUNCATE\nanon: UPDATE\nauthenticated: DELETE\nauthenticated: INSERT\nauthenticated: REFERENCES\nauthenticated: SELECT\nauthenticated: TRIGGER\nauthenticated: TRUNCATE\nauthenticated: UPDATE\nmaint_owner: DELETE\nmaint_owner: SELECT\nmaint_owner: UPDATE\npostgres: DELETE\npostgres: INSERT\npostgres: REFERENCES\npostgres: SELECT\npostgres: TRIGGER\npostgres: TRUNCATE\npostgres: UPDATE\nservice_role: DELETE\nservice_role: INSERT\nservice_role: REFERENCES\nservice_role: SELECT\nservice_role: TRIGGER\nservice_role: TRUNCATE\nservice_role: UPDATE", "approved": null}, "remediation": "Read the difference (maint baseline diff). Approve it (maint baseline approve) if it was meant; otherwise restore what was approved.", "dagster_run_id": null}', false, NULL, NULL, '2026-11-27 16:14:13.828075+00', 'drift_from_baseline:grants table public.readings_2024', 2, '2026-11-27 16:14:16.728713+00', 0, NULL, NULL),
	('90e6360d-8435-4a42-9935-93f8cb2c2f27', 'drift_from_baseline', 'high', 'Changed since it was approved', 'The grants table public.readings_2025 is new since the baseline was approved.', '{"check": "drift_from_baseline", "object": "grants table public.readings_2025", "category": "security", "metadata": {"change": "new", "present": "anon: DELETE\nanon: INSERT\nanon: REFERENCES\nanon: SELECT\nanon: TRIGGER\nanon: TRUNCATE\nanon: UPDATE\nauthenticated: DELETE\nauthenticated: INSERT\nauthenticated: REFERENCES\nauthenticated: SELECT\nauthenticated: TRIGGER\nauthenticated: TRUNCATE\nauthenticated: UPDATE\nmaint_owner: DELETE\nmaint_owner: SELECT\nmaint_owner: UPDATE\npostgres: DELETE\npostgres: INSERT\npostgres: REFERENCES\npostgres: SELECT\npostgres: TRIGGER\npostgres: TRUNCATE\npostgres: UPDATE\nservice_role: DELETE\nservice_role: INSERT\nservice_role: REFERENCES\nservice_role: SELECT\nservice_role: TRIGGER\nservice_role: TRUNCATE\nservice_role: UPDATE", "approved": null}, "remediation": "Read the difference (maint baseline diff). Approve it (maint baseline approve) if it was meant; otherwise restore what was approved.", "dagster_run_id": null}', false, NULL, NULL, '2026-11-27 16:14:13.828099+00', 'drift_from_baseline:grants table public.readings_2025', 2, '2026-11-27 16:14:16.728739+00', 0, NULL, NULL),
	('5455b1a7-ef69-4a6f-8231-056c106676d5', 'drift_from_baseline', 'high', 'Changed since it was approved', 'The grants table public.readings_now is new since the baseline was approved.', '{"check": "drift_from_baseline", "object": "grants table public.readings_now", "category": "security", "metadata": {"change": "new", "present": "anon: DELETE\nanon: INSERT\nanon: REFERENCES\nanon: SELECT\nanon: TRIGGER\nanon: TRUNCATE\nanon: UPDATE\nauthenticated: DELETE\nauthenticated: INSERT\nauthenticated: REFERENCES\nauthenticated: SELECT\nauthenticated: TRIGGER\nauthenticated: TRUNCATE\nauthenticated: UPDATE\nmaint_owner: DELETE\nmaint_owner: SELECT\nmaint_owner: UPDATE\npostgres: DELETE\npostgres: INSERT\npostgres: REFERENCES\npostgres: SELECT\npostgres: TRIGGER\npostgres: TRUNCATE\npostgres: UPDATE\nservice_role: DELETE\nservice_role: INSERT\nservice_role: REFERENCES\nservice_role: SELECT\nservice_role: TRIGGER\nservice_role: TRUNCATE\nservice_role: UPDATE", "approved": null}, "remediation": "Read the difference (maint baseline diff). Approve it (maint baseline approve) if it was meant; otherwise restore what was approved.", "dagster_run_id": null}', false, NULL, NULL, '2026-11-27 16:14:13.828108+00', 'drift_from_baseline:grants table public.readings_now', 2, '2026-11-27 16:14:16.728751+00', 0, NULL, NULL),
	('a5a7db40-477f-45ac-8d1e-a5ac3077094f', 'drift_from_baseline', 'high', 'Changed since it was approved', 'The grants table public.security_alerts is new since the baseline was approved.', '{"check": "drift_from_baseline", "object": "grants table public.security_alerts", "category": "security", "metadata": {"change": "new", "present": "anon: DELETE\nanon: INSERT\nanon: REFERENCES\nanon: SELECT\nanon: TRIGGER\nanon: TRUNCATE\nanon: UPDATE\nauthenticated: DELETE\nauthenticated: INSERT\nauthenticated: REFERENCES\nauthenticated: SELECT\nauthenticated: TRIGGER\nauthenticated: TRUNCATE\nauthenticated: UPDATE\nmaint_owner: DELETE\nmaint_owner: INSERT\nmaint_owner: SELECT\nmaint_owner: UPDATE\npostgres: DELETE\npostgres: INSERT\npostgres: REFERENCES\npostgres: SELECT\npostgres: TRIGGER\npostgres: TRUNCATE\npostgres: UPDATE\nservice_role: DELETE\nservice_role: INSERT\nservice_role: REFERENCES\nservice_role: SELECT\nservice_role: TRIGGER\nservice_role: TRUNCATE\nservice_role: UPDATE", "approved": null}, "remediation": "Read the difference (maint baseline diff). Approve it (maint baseline approve) if it was meant; otherwise restore what was approved.", "dagster_run_id": null}', false, NULL, NULL, '2026-11-27 16:14:13.828118+00', 'drift_from_baseline:grants table public.security_alerts', 2, '2026-11-27 16:14:16.728765+00', 0, NULL, NULL),
	('46ca82cf-89a8-4759-a1a1-40ffcd69f3fe', 'drift_from_baseline', 'high', 'Changed since it was approved', 'The grants table public.sessions is new since the baseline was approved.', '{"check": "drift_from_baseline", "object": "grants table public.sessions", "category": "security", "metadata": {"change": "new", "present": "anon: DELETE\nanon: INSERT\nanon: REFERENCES\nanon: SELECT\nanon: TRIGGER\nanon: TRUNCATE\nanon: UPDATE\nauthenticated: DELETE\nauthenticated: INSERT\nauthenticated: REFERENCES\nauthenticated: SELECT\nauthenticated: TRIGGER\nauthenticated: TRUNCATE\nauthenticated: UPDATE\nmaint_owner: DELETE\nmaint_owner: SELECT\nmaint_owner: UPDATE\npostgres: DELETE\npostgres: INSERT\npostgres: REFERENCES\npostgres: SELECT\npostgres: TRIGGER\npostgres: TRUNCATE\npostgres: UPDATE\nservice_role: DELETE\nservice_role: INSERT\nservice_role: REFERENCES\nservice_role: SELECT\nservice_role: TRIGGER\nservice_role: TRUNCATE\nservice_role: UPDATE", "approved": null}, "remediation": "Read the difference (maint baseline diff). Approve it (maint baseline approve) if it was meant; otherwise restore what was approved.", "dagster_run_id": null}', false, NULL, NULL, '2026-11-27 16:14:13.828129+00', 'drift_from_baseline:grants table public.sessions', 2, '2026-11-27 16:14:16.728777+00', 0, NULL, NULL),
	('3aec050e-42bf-47cc-8ea2-64441ea10c26', 'drift_from_baseline', 'high', 'Changed since it was approved', 'The grants table public.user_roles is new since the baseline was approved.', '{"check": "drift_from_baseline", "object": "grants table public.user_roles", "category": "security", "metadata": {"change": "new", "present": "anon: DELETE\nanon: INSERT\nanon: REFERENCES\nanon: SELECT\nanon: TRIGGER\nanon: TRUNCATE\nanon: UPDATE\nauthenticated: DELETE\nauthenticated: INSERT\nauthenticated: REFERENCES\nauthenticated: SELECT\nauthenticated: TRIGGER\nauthenticated: TRUNCATE\nauthenticated: UPDATE\nmaint_owner: DELETE\nmaint_owner: SELECT\nmaint_owner: UPDATE\npostgres: DELETE\npostgres: INSERT\npostgres: REFERENCES\npostgres: SELECT\npostgres: TRIGGER\npostgres: TRUNCATE\npostgres: UPDATE\nservice_role: DELETE\nservice_role: INSERT\nservice_role: REFERENCES\nservice_role: SELECT\nservice_role: TRIGGER\nservice_role: TRUNCATE\nservice_role: UPDATE", "approved": null}, "remediation": "Read the difference (maint baseline diff). Approve it (maint baseline approve) if it was meant; otherwise restore what was approved.", "dagster_run_id": null}', false, NULL, NULL, '2026-11-27 16:14:13.828138+00', 'drift_from_baseline:grants table public.user_roles', 2, '2026-11-27 16:14:16.728791+00', 0, NULL, NULL),
	('23b292c2-9daa-4f57-9426-af860ee4a382', 'drift_from_baseline', 'medium', 'Changed since it was approved', 'The setting TimeZone is new since the baseline was approved.', '{"check": "drift_from_baseline", "object": "setting TimeZone", "category": "security", "metadata": {"change": "new", "present": "Etc/UTC", "approved": null}, "remediation": "Read the difference (maint baseline diff). Approve it (maint baseline approve) if it was meant; otherwise restore what was approved.", "dagster_run_id": null}', false, NULL, NULL, '2026-11-27 16:14:13.828149+00', 'drift_from_baseline:setting TimeZone', 2, '2026-11-27 16:14:16.728802+00', 0, NULL, NULL),
	('7c877ea5-9812-41a6-8a4f-9b850a650884', 'drift_from_baseline', 'medium', 'Changed since it was approved', 'The setting lc_monetary is new since the baseline was approved.', '{"check": "drift_from_baseline", "object": "setting lc_monetary", "category": "security", "metadata": {"change": "new", "present": "C.UTF-8", "approved": null}, "remediation": "Read the difference (maint baseline diff). Approve it (maint baseline approve) if it was meant; otherwise restore what was approved.", "dagster_run_id": null}', false, NULL, NULL, '2026-11-27 16:14:13.82821+00', 'drift_from_baseline:setting lc_monetary', 2, '2026-11-27 16:14:16.728861+00', 0, NULL, NULL),
	('d4fbe57d-486b-4ecc-850e-ae0a4e127631', 'drift_from_baseline', 'medium', 'Changed since it was approved', 'The setting lc_numeric is new since the baseline was approved.', '{"check": "drift_from_baseline", "object": "setting lc_numeric", "category": "security", "metadata": {"change": "new", "present": "C.UTF-8", "approved": null}, "remediation": "Read the difference (maint baseline diff). Approve it (maint baseline approve) if it was meant; otherwise restore what was approved.", "dagster_run_id": null}', false, NULL, NULL, '2026-11-27 16:14:13.828219+00', 'drift_from_baseline:setting lc_numeric', 2, '2026-11-27 16:14:16.728901+00', 0, NULL, NULL),
	('baa8df80-bb19-46ac-adb7-c5f00ff03f58', 'drift_from_baseline', 'medium', 'Changed since it was approved', 'The setting lc_time is new since the baseline was approved.', '{"check": "drift_from_baseline", "object": "setting lc_time", "category": "security", "metadata": {"change": "new", "present": "C.UTF-8", "approved": null}, "remediation": "Read the difference (maint baseline diff). Approve it (maint baseline approve) if it was meant; otherwise restore what was approved.", "dagster_run_id": null}', false, NULL, NULL, '2026-11-27 16:14:13.828228+00', 'drift_from_baseline:setting lc_time', 2, '2026-11-27 16:14:16.728912+00', 0, NULL, NULL),
	('a97abc20-6eb0-4ba0-a953-0ae71c9ab392', 'drift_from_baseline', 'medium', 'Changed since it was approved', 'The setting listen_addresses is new since the baseline was approved.', '{"check": "drift_from_baseline", "object": "setting listen_addresses", "category": "security", "metadata": {"change": "new", "present": "", "approved": null}, "remediation": "Read the difference (maint baseline diff). Approve it (maint baseline approve) if it was meant; otherwise restore what was approved.", "dagster_run_id": null}', false, NULL, NULL, '2026-11-27 16:14:13.828236+00', 'drift_from_baseline:setting listen_addresses', 2, '2026-11-27 16:14:16.728926+00', 0, NULL, NULL),
	('7a206bf3-4111-4117-9c4e-18169ace8255', 'drift_from_baseline', 'medium', 'Changed since it was approved', 'The setting log_timezone is new since the baseline was approved.', '{"check": "drift_from_baseline", "object": "setting log_timezone", "category": "security", "metadata": {"change": "new", "present": "Etc/UTC", "approved": null}, "remediation": "Read the difference (maint baseline diff). Approve it (maint baseline approve) if it was meant; otherwise restore what was approved.", "dagster_run_id": null}', false, NULL, NULL, '2026-11-27 16:14:13.828248+00', 'drift_from_baseline:setting log_timezone', 2, '2026-11-27 16:14:16.728952+00', 0, NULL, NULL),
	('98b25df5-2f11-4cb5-8d2a-21bc1af7bbaa', 'drift_from_baseline', 'medium', 'Changed since it was approved', 'The setting max_connections is new since the baseline was approved.', '{"check": "drift_from_baseline", "object": "setting max_connections", "category": "security", "metadata": {"change": "new", "present": "200", "approved": null}, "remediation": "Read the difference (maint baseline diff). Approve it (maint baseline approve) if it was meant; otherwise restore what was approved.", "dagster_run_id": null}', false, NULL, NULL, '2026-11-27 16:14:13.828256+00', 'drift_from_baseline:setting max_connections', 2, '2026-11-27 16:14:16.728964+00', 0, NULL, NULL),
	('f86be0ed-f318-4830-835c-8b8edd62617a', 'drift_from_baseline', 'medium', 'Changed since it was approved', 'The setting max_wal_size is new since the baseline was approved.', '{"check": "drift_from_baseline", "object": "setting max_wal_size", "category": "security", "metadata": {"change": "new", "present": "1024", "approved": null}, "remediation": "Read the difference (maint baseline diff). Approve it (maint baseline approve) if it was meant; otherwise restore what was approved.", "dagster_run_id": null}', false, NULL, NULL, '2026-11-27 16:14:13.828265+00', 'drift_from_baseline:setting max_wal_size', 2, '2026-11-27 16:14:16.728976+00', 0, NULL, NULL),
	('fbdc84e9-d87b-4656-824b-0aa7bab7492c', 'drift_from_baseline', 'medium', 'Changed since it was approved', 'The setting min_wal_size is new since the baseline was approved.', '{"check": "drift_from_baseline", "object": "setting min_wal_size", "category": "security", "metadata": {"change": "new", "present": "80", "approved": null}, "remediation": "Read the difference (maint baseline diff). Approve it (maint baseline approve) if it was meant; otherwise restore what was approved.", "dagster_run_id": null}', false, NULL, NULL, '2026-11-27 16:14:13.828274+00', 'drift_from_baseline:setting min_wal_size', 2, '2026-11-27 16:14:16.728989+00', 0, NULL, NULL),
	('5ee4c330-4a9e-4899-a808-b15b02ebabf3', 'drift_from_baseline', 'medium', 'Changed since it was approved', 'The setting shared_buffers is new since the baseline was approved.', '{"check": "drift_from_baseline", "object": "setting shared_buffers", "category": "security", "metadata": {"change": "new", "present": "16384", "approved": null}, "remediation": "Read the difference (maint baseline diff). Approve it (maint baseline approve) if it was meant; otherwise restore what was approved.", "dagster_run_id": null}', false, NULL, NULL, '2026-11-27 16:14:13.828282+00', 'drift_from_baseline:setting shared_buffers', 2, '2026-11-27 16:14:16.729+00', 0, NULL, NULL),
	('8f99b280-704e-4b32-911b-889d52c135fd', 'durability_off', 'critical', 'A crash destroys data', 'fsync is off.', '{"check": "durability_off", "object": "fsync", "category": "security", "metadata": {"fix": "alter system set fsync = on;\nselect pg_reload_conf();", "source": "command line"}, "remediation": "Set it on, reload, and take a backup. If the machine has crashed meanwhile, verify the database.", "dagster_run_id": null, "acknowledged_by": {"role": "postgres", "login": "postgres", "application": "fixture", "backend_pid": 2880}, "acknowledged_note": "looking into it"}', false, NULL, NULL, '2026-11-27 16:14:13.872515+00', 'durability_off:fsync', 2, '2026-11-27 16:14:16.752679+00', 0, '2026-11-27 16:14:14.716419+00', NULL),
	('3d5b47e0-50e6-497c-a55b-2cdf711e8ee8', 'failed_sign_ins', 'high', 'Many failed sign-ins of one user', 'User 9e6397d4-b962-45d3-88bf-cbcf26433798 failed to sign in 25 times within 1 hour, from 1 address, the last time at 2026-11-27 15:45 UTC.', '{"check": "failed_sign_ins", "object": "9e6397d4-b962-45d3-88bf-cbcf26433798", "category": "security", "metadata": {"last_at": "2026-11-27T15:45:36.288939+00:00", "user_id": "9e6397d4-b962-45d3-88bf-cbcf26433798", "attempts": 25, "first_at": "2026-11-27T15:42:00.288939+00:00", "addresses": ["203.0.113.77"]}, "remediation": "Ask the user; lock the account or reset its password, and block the addresses if it was not them.", "dagster_run_id": null}', false, NULL, NULL, '2026-11-27 16:14:13.9062+00', 'failed_sign_ins:9e6397d4-b962-45d3-88bf-cbcf26433798', 2, '2026-11-27 16:14:16.779558+00', 0, NULL, NULL),
	('a210ea9b-c9f0-47b0-8a85-a591d16b3201', 'foreign_key_without_index', 'low', 'Foreign key without an index that covers it', 'Foreign key data_export_requests_org_id_fkey of public.data_export_requests (org_id) has no index.', '{"check": "foreign_key_without_index", "object": "public.data_export_requests: data_export_requests_org_id_fkey", "category": "security", "metadata": {"fix": "create index concurrently on public.data_export_requests (org_id);", "columns": "org_id", "references": "public.orgs"}, "remediation": "Create an index that begins with these columns.", "dagster_run_id": null}', false, NULL, NULL, '2026-11-27 16:14:13.967883+00', 'foreign_key_without_index:public.data_export_requests: data_export_requests_org_id_fkey', 2, '2026-11-27 16:14:16.808771+00', 0, NULL, NULL),
	('a5b369f3-df4e-434a-b717-9d6a3e48138c', 'table_without_primary_key', 'low', 'Table without primary key', 'Table public.readings has no primary key.', '{"check": "table_without_primary_key", "object": "public.readings", "category": "security", "metadata": {"bytes": 0}, "remediation": "Add a primary key: an identity column where nothing else is unique.", "dagster_run_id": null}', false, NULL, NULL, '2026-11-27 16:14:14.515423+00', 'table_without_primary_key:public.readings', 2, '2026-11-27 16:14:17.289964+00', 0, NULL, NULL),
	('b5ab69c4-8eb2-471c-9391-887d27668949', 'foreign_key_without_index', 'low', 'Foreign key without an index that covers it', 'Foreign key data_export_requests_requested_by_fkey of public.data_export_requests (requested_by) has no index.', '{"check": "foreign_key_without_index", "object": "public.data_export_requests: data_export_requests_requested_by_fkey", "category": "security", "metadata": {"fix": "create index concurrently on public.data_export_requests (requested_by);", "columns": "requested_by", "references": "public.profiles"}, "remediation": "Create an index that begins with these columns.", "dagster_run_id": null}', false, NULL, NULL, '2026-11-27 16:14:13.968+00', 'foreign_key_without_index:public.data_export_requests: data_export_requests_requested_by_fkey', 2, '2026-11-27 16:14:16.808836+00', 0, NULL, NULL),
	('5c6e67f2-8f52-499c-861c-ce72e7775233', 'foreign_key_without_index', 'low', 'Foreign key without an index that covers it', 'Foreign key org_users_user_id_fkey of public.org_users (user_id) has no index.', '{"check": "foreign_key_without_index", "object": "public.org_users: org_users_user_id_fkey", "category": "security", "metadata": {"fix": "create index concurrently on public.org_users (user_id);", "columns": "user_id", "references": "public.profiles"}, "remediation": "Create an index that begins with these columns.", "dagster_run_id": null}', false, NULL, NULL, '2026-11-27 16:14:13.968014+00', 'foreign_key_without_index:public.org_users: org_users_user_id_fkey', 2, '2026-11-27 16:14:16.808887+00', 0, NULL, NULL),
	('3e51fd27-c93f-450a-bbeb-3332c204876f', 'foreign_key_without_index', 'low', 'Foreign key without an index that covers it', 'Foreign key orgs_owner_id_fkey of public.orgs (owner_id) has no index.', '{"check": "foreign_key_without_index", "object": "public.orgs: orgs_owner_id_fkey", "category": "security", "metadata": {"fix": "create index concurrently on public.orgs (owner_id);", "columns": "owner_id", "references": "public.profiles"}, "remediation": "Create an index that begins with these columns.", "dagster_run_id": null}', false, NULL, NULL, '2026-11-27 16:14:13.968028+00', 'foreign_key_without_index:public.orgs: orgs_owner_id_fkey', 2, '2026-11-27 16:14:16.808901+00', 0, NULL, NULL),
	('d1017190-6877-4b6e-b76b-50088def3c14', 'policy_for_anonymous_sign_ins', 'low', 'Policy holds for anonymous sign-ins too', 'Policies of table public.audit_logs hold for anonymous sign-ins: audit_logs_of_admins.', '{"check": "policy_for_anonymous_sign_ins", "object": "public.audit_logs", "category": "security", "metadata": {"policies": ["audit_logs_of_admins"]}, "remediation": "Where anonymous sign-ins are on, add to the policy, or to a restrictive one, (select (auth.jwt() ->> ''is_anonymous'')::boolean) is not true. Otherwise switch the check off.", "dagster_run_id": null}', false, NULL, NULL, '2026-11-27 16:14:14.20234+00', 'policy_for_anonymous_sign_ins:public.audit_logs', 2, '2026-11-27 16:14:17.031696+00', 0, NULL, NULL),
	('3d78dff8-711e-478f-b6f3-87e7a47ea8de', 'policy_for_anonymous_sign_ins', 'low', 'Policy holds for anonymous sign-ins too', 'Policies of table public.backup_runs hold for anonymous sign-ins: backup_runs_of_members.', '{"check": "policy_for_anonymous_sign_ins", "object": "public.backup_runs", "category": "security", "metadata": {"policies": ["backup_runs_of_members"]}, "remediation": "Where anonymous sign-ins are on, add to the policy, or to a restrictive one, (select (auth.jwt() ->> ''is_anonymous'')::boolean) is not true. Otherwise switch the check off.", "dagster_run_id": null}', false, NULL, NULL, '2026-11-27 16:14:14.202386+00', 'policy_for_anonymous_sign_ins:public.backup_runs', 2, '2026-11-27 16:14:17.031758+00', 0, NULL, NULL),
	('7589ee4b-3824-4a01-88a6-837a2e98701f', 'policy_for_anonymous_sign_ins', 'low', 'Policy holds for anonymous sign-ins too', 'Policies of table public.backup_settings hold for anonymous sign-ins: backup_settings_of_owners.', '{"check": "policy_for_anonymous_sign_ins", "object": "public.backup_settings", "category": "security", "metadata": {"policies": ["backup_settings_of_owners"]}, "remediation": "Where anonymous sign-ins are on, add to the policy, or to a restrictive one, (select (auth.jwt() ->> ''is_anonymous'')::boolean) is not true. Otherwise switch the check off.", "dagster_run_id": null}', false, NULL, NULL, '2026-11-27 16:14:14.202398+00', 'policy_for_anonymous_sign_ins:public.backup_settings', 2, '2026-11-27 16:14:17.031775+00', 0, NULL, NULL),
	('dd508ae0-9e02-4288-836e-efe2e9a83b88', 'policy_for_anonymous_sign_ins', 'low', 'Policy holds for anonymous sign-ins too', 'Policies of table public.data_export_requests hold for anonymous sign-ins: data_export_requests_own.', '{"check": "policy_for_anonymous_sign_ins", "object": "public.data_export_requests", "category": "security", "metadata": {"policies": ["data_export_requests_own"]}, "remediation": "Where anonymous sign-ins are on, add to the policy, or to a restrictive one, (select (auth.jwt() ->> ''is_anonymous'')::boolean) is not true. Otherwise switch the check off.", "dagster_run_id": null}', false, NULL, NULL, '2026-11-27 16:14:14.202415+00', 'policy_for_anonymous_sign_ins:public.data_export_requests', 2, '2026-11-27 16:14:17.031819+00', 0, NULL, NULL),
	('501d77ae-634b-4a8c-8985-daf9f9b236f2', 'policy_for_anonymous_sign_ins', 'low', 'Policy holds for anonymous sign-ins too', 'Policies of table public.org_users hold for anonymous sign-ins: org_users_own.', '{"check": "policy_for_anonymous_sign_ins", "object": "public.org_users", "category": "security", "metadata": {"policies": ["org_users_own"]}, "remediation": "Where anonymous sign-ins are on, add to the policy, or to a restrictive one, (select (auth.jwt() ->> ''is_anonymous'')::boolean) is not true. Otherwise switch the check off.", "dagster_run_id": null}', false, NULL, NULL, '2026-11-27 16:14:14.202425+00', 'policy_for_anonymous_sign_ins:public.org_users', 2, '2026-11-27 16:14:17.031831+00', 0, NULL, NULL),
	('bb667000-962f-498e-b5a2-a8f1f0399789', 'policy_for_anonymous_sign_ins', 'low', 'Policy holds for anonymous sign-ins too', 'Policies of table public.orgs hold for anonymous sign-ins: orgs_of_members.', '{"check": "policy_for_anonymous_sign_ins", "object": "public.orgs", "category": "security", "metadata": {"policies": ["orgs_of_members"]}, "remediation": "Where anonymous sign-ins are on, add to the policy, or to a restrictive one, (select (auth.jwt() ->> ''is_anonymous'')::boolean) is not true. Otherwise switch the check off.", "dagster_run_id": null}', false, NULL, NULL, '2026-11-27 16:14:14.202434+00', 'policy_for_anonymous_sign_ins:public.orgs', 2, '2026-11-27 16:14:17.031843+00', 0, NULL, NULL),
	('7536a1ff-ca9b-4993-9d6d-db09cbf4a048', 'policy_for_anonymous_sign_ins', 'low', 'Policy holds for anonymous sign-ins too', 'Policies of table public.profiles hold for anonymous sign-ins: profiles_own.', '{"check": "policy_for_anonymous_sign_ins", "object": "public.profiles", "category": "security", "metadata": {"policies": ["profiles_own"]}, "remediation": "Where anonymous sign-ins are on, add to the policy, or to a restrictive one, (select (auth.jwt() ->> ''is_anonymous'')::boolean) is not true. Otherwise switch the check off.", "dagster_run_id": null}', false, NULL, NULL, '2026-11-27 16:14:14.202443+00', 'policy_for_anonymous_sign_ins:public.profiles', 2, '2026-11-27 16:14:17.031854+00', 0, NULL, NULL),
	('fe933e70-37a4-4c01-ac4e-682a240a6aaf', 'row_security_off', 'critical', 'Table exposed without row level security', 'Table public.readings has row level security off and is open to anon, authenticated.', '{"check": "row_security_off", "object": "public.readings", "category": "security", "metadata": {"fix": "alter table public.readings enable row level security;", "roles": ["anon", "authenticated"]}, "remediation": "Enable row level security and write policies for who may see what, or revoke the grants.", "dagster_run_id": null}', false, NULL, NULL, '2026-11-27 16:14:14.368518+00', 'row_security_off:public.readings', 2, '2026-11-27 16:14:17.161235+00', 0, NULL, NULL),
	('7fac70b6-1d3e-4159-bb56-0da53aeb8b94', 'row_security_off', 'critical', 'Table exposed without row level security', 'Table public.readings_2024 has row level security off and is open to anon, authenticated.', '{"check": "row_security_off", "object": "public.readings_2024", "category": "security", "metadata": {"fix": "alter table public.readings_2024 enable row level security;", "roles": ["anon", "authenticated"]}, "remediation": "Enable row level security and write policies for who may see what, or revoke the grants.", "dagster_run_id": null}', false, NULL, NULL, '2026-11-27 16:14:14.368534+00', 'row_security_off:public.readings_2024', 2, '2026-11-27 16:14:17.1613+00', 0, NULL, NULL),
	('643e99e7-e7c5-49d7-83d7-9f66c10abcbe', 'row_security_off', 'critical', 'Table exposed without row level security', 'Table public.readings_2025 has row level security off and is open to anon, authenticated.', '{"check": "row_security_off", "object": "public.readings_2025", "category": "security", "metadata": {"fix": "alter table public.readings_2025 enable row level security;", "roles": ["anon", "authenticated"]}, "remediation": "Enable row level security and write policies for who may see what, or revoke the grants.", "dagster_run_id": null}', false, NULL, NULL, '2026-11-27 16:14:14.368543+00', 'row_security_off:public.readings_2025', 2, '2026-11-27 16:14:17.161316+00', 0, NULL, NULL),
	('7ffbfecb-45ae-47c4-a1c5-2bf31e9b8208', 'row_security_off', 'critical', 'Table exposed without row level security', 'Table public.readings_now has row level security off and is open to anon, authenticated.', '{"check": "row_security_off", "object": "public.readings_now", "category": "security", "metadata": {"fix": "alter table public.readings_now enable row level security;", "roles": ["anon", "authenticated"]}, "remediation": "Enable row level security and write policies for who may see what, or revoke the grants.", "dagster_run_id": null}', false, NULL, NULL, '2026-11-27 16:14:14.368553+00', 'row_security_off:public.readings_now', 2, '2026-11-27 16:14:17.161375+00', 0, NULL, NULL),
	('0bbe0313-f396-4b82-b9ca-4be581bc49c3', 'row_security_off', 'critical', 'Table exposed without row level security', 'Table public.sessions has row level security off and is open to anon, authenticated.', '{"check": "row_security_off", "object": "public.sessions", "category": "security", "metadata": {"fix": "alter table public.sessions enable row level security;", "roles": ["anon", "authenticated"]}, "remediation": "Enable row level security and write policies for who may see what, or revoke the grants.", "dagster_run_id": null}', false, NULL, NULL, '2026-11-27 16:14:14.368562+00', 'row_security_off:public.sessions', 2, '2026-11-27 16:14:17.161391+00', 0, NULL, NULL),
	('47f2cba9-58a7-4668-9910-15eddffee449', 'row_security_off', 'critical', 'Table exposed without row level security', 'Table public.clicks has row level security off and is open to anon, authenticated.', '{"check": "row_security_off", "object": "public.clicks", "category": "security", "metadata": {"fix": "alter table public.clicks enable row level security;", "roles": ["anon", "authenticated"]}, "regressions": 1, "remediation": "Enable row level security and write policies for who may see what, or revoke the grants.", "resolved_by": {"role": "postgres", "login": "postgres", "application": "fixture", "backend_pid": 2880}, "dagster_run_id": null, "last_resolved_at": "2026-11-27T16:14:14.723696+00:00", "resolution_notes": "done by hand", "resolved_because": "resolved by hand"}', false, NULL, NULL, '2026-11-27 16:14:14.368421+00', 'row_security_off:public.clicks', 2, '2026-11-27 16:14:17.161782+00', 0, NULL, NULL),
	('4ad75a43-31c8-4672-9111-1a3c3bc6465c', 'row_security_off', 'critical', 'Table exposed without row level security', 'Table public.clicks_before has row level security off and is open to anon, authenticated.', '{"check": "row_security_off", "object": "public.clicks_before", "category": "security", "metadata": {"fix": "alter table public.clicks_before enable row level security;", "roles": ["anon", "authenticated"]}, "regressions": 1, "remediation": "Enable row level security and write policies for who may see what, or revoke the grants.", "resolved_by": {"role": "postgres", "login": "postgres", "application": "fixture", "backend_pid": 2880}, "dagster_run_id": null, "last_resolved_at": "2026-11-27T16:14:14.725021+00:00", "resolved_because": "resolved by hand"}', false, NULL, NULL, '2026-11-27 16:14:14.368483+00', 'row_security_off:public.clicks_before', 2, '2026-11-27 16:14:17.161837+00', 0, NULL, NULL),
	('4fa65a91-d0cc-42c4-a7bd-7926b91e6dcb', 'row_security_off', 'critical', 'Table exposed without row level security', 'Table public.parcels has row level security off and is open to anon, authenticated.', '{"check": "row_security_off", "object": "public.parcels", "category": "security", "metadata": {"fix": "alter table public.parcels enable row level security;", "roles": ["anon", "authenticated"]}, "remediation": "Enable row level security and write policies for who may see what, or revoke the grants.", "dagster_run_id": null, "resolved_because": "ignored since 2026-11-27 16:14 UTC: accepted in the review"}', true, '2026-11-27 16:14:17.170984+00', NULL, '2026-11-27 16:14:14.368497+00', 'row_security_off:public.parcels', 1, '2026-11-27 16:14:14.368497+00', 1, NULL, NULL),
	('c895bd6d-6390-449a-9beb-f157f1637b3b', 'row_security_off', 'critical', 'Table exposed without row level security', 'Table public.parcels_before has row level security off and is open to anon, authenticated.', '{"check": "row_security_off", "object": "public.parcels_before", "category": "security", "metadata": {"fix": "alter table public.parcels_before enable row level security;", "roles": ["anon", "authenticated"]}, "remediation": "Enable row level security and write policies for who may see what, or revoke the grants.", "dagster_run_id": null, "resolved_because": "ignored since 2026-11-27 16:14 UTC: until spring"}', true, '2026-11-27 16:14:17.171545+00', NULL, '2026-11-27 16:14:14.368508+00', 'row_security_off:public.parcels_before', 1, '2026-11-27 16:14:14.368508+00', 1, NULL, NULL),
	('f272ede7-5c91-4f1a-bdff-0334549cbe22', 'table_without_primary_key', 'low', 'Table without primary key', 'Table public.clicks has no primary key.', '{"check": "table_without_primary_key", "object": "public.clicks", "category": "security", "metadata": {"bytes": 49152}, "remediation": "Add a primary key: an identity column where nothing else is unique.", "dagster_run_id": null}', false, NULL, NULL, '2026-11-27 16:14:14.515345+00', 'table_without_primary_key:public.clicks', 2, '2026-11-27 16:14:17.289849+00', 0, NULL, NULL),
	('0ea8d031-5dff-43b9-9937-1fdc7cf5d81e', 'table_without_primary_key', 'low', 'Table without primary key', 'Table public.clicks_before has no primary key.', '{"check": "table_without_primary_key", "object": "public.clicks_before", "category": "security", "metadata": {"bytes": 24576}, "remediation": "Add a primary key: an identity column where nothing else is unique.", "dagster_run_id": null}', false, NULL, NULL, '2026-11-27 16:14:14.5154+00', 'table_without_primary_key:public.clicks_before', 2, '2026-11-27 16:14:17.289929+00', 0, NULL, NULL),
	('027e2bd5-c06b-4407-af8e-a302474cd913', 'table_without_primary_key', 'low', 'Table without primary key', 'Table public.parcels_before has no primary key.', '{"check": "table_without_primary_key", "object": "public.parcels_before", "category": "security", "metadata": {"bytes": 32768}, "remediation": "Add a primary key: an identity column where nothing else is unique.", "dagster_run_id": null}', false, NULL, NULL, '2026-11-27 16:14:14.515413+00', 'table_without_primary_key:public.parcels_before', 2, '2026-11-27 16:14:17.289951+00', 0, NULL, NULL),
	('b2327405-fc33-4684-b467-0e802e24feaf', 'table_writable_by_anon', 'high', 'Visitors may write to a table', 'anon may delete, insert, update in table public.clicks.', '{"check": "table_writable_by_anon", "object": "public.clicks", "category": "security", "metadata": {"fix": "revoke delete, insert, update on public.clicks from anon;", "commands": ["delete", "insert", "update"]}, "remediation": "Revoke the privileges from anon, or the policy''s roles; take what visitors send through a function that checks it.", "dagster_run_id": null}', false, NULL, NULL, '2026-11-27 16:14:14.534316+00', 'table_writable_by_anon:public.clicks', 2, '2026-11-27 16:14:17.3088+00', 0, NULL, NULL),
	('bf4aa85f-cf77-474a-821c-475c8c3984a6', 'table_writable_by_anon', 'high', 'Visitors may write to a table', 'anon may delete, insert, update in table public.clicks_before.', '{"check": "table_writable_by_anon", "object": "public.clicks_before", "category": "security", "metadata": {"fix": "revoke delete, insert, update on public.clicks_before from anon;", "commands": ["delete", "insert", "update"]}, "remediation": "Revoke the privileges from anon, or the policy''s roles; take what visitors send through a function that checks it.", "dagster_run_id": null}', false, NULL, NULL, '2026-11-27 16:14:14.534458+00', 'table_writable_by_anon:public.clicks_before', 2, '2026-11-27 16:14:17.308929+00', 0, NULL, NULL),
	('ff136475-5259-4653-910a-afe7555e6246', 'table_writable_by_anon', 'high', 'Visitors may write to a table', 'anon may delete, insert, update in table public.parcels.', '{"check": "table_writable_by_anon", "object": "public.parcels", "category": "security", "metadata": {"fix": "revoke delete, insert, update on public.parcels from anon;", "commands": ["delete", "insert", "update"]}, "remediation": "Revoke the privileges from anon, or the policy''s roles; take what visitors send through a function that checks it.", "dagster_run_id": null}', false, NULL, NULL, '2026-11-27 16:14:14.534472+00', 'table_writable_by_anon:public.parcels', 2, '2026-11-27 16:14:17.308947+00', 0, NULL, NULL);
INSERT INTO public.security_alerts VALUES
	('d02a9a10-43f0-4efe-89d8-aa7af19b71da', 'table_writable_by_anon', 'high', 'Visitors may write to a table', 'anon may delete, insert, update in table public.parcels_before.', '{"check": "table_writable_by_anon", "object": "public.parcels_before", "category": "security", "metadata": {"fix": "revoke delete, insert, update on public.parcels_before from anon;", "commands": ["delete", "insert", "update"]}, "remediation": "Revoke the privileges from anon, or the policy''s roles; take what visitors send through a function that checks it.", "dagster_run_id": null}', false, NULL, NULL, '2026-11-27 16:14:14.534484+00', 'table_writable_by_anon:public.parcels_before', 2, '2026-11-27 16:14:17.30896+00', 0, NULL, NULL),
	('7d6316ef-71e1-41c2-a53a-f13b937caaec', 'table_writable_by_anon', 'high', 'Visitors may write to a table', 'anon may delete, insert, update in table public.readings.', '{"check": "table_writable_by_anon", "object": "public.readings", "category": "security", "metadata": {"fix": "revoke delete, insert, update on public.readings from anon;", "commands": ["delete", "insert", "update"]}, "remediation": "Revoke the privileges from anon, or the policy''s roles; take what visitors send through a function that checks it.", "dagster_run_id": null}', false, NULL, NULL, '2026-11-27 16:14:14.534494+00', 'table_writable_by_anon:public.readings', 2, '2026-11-27 16:14:17.308974+00', 0, NULL, NULL),
	('93b912ea-59c6-48e3-9bb9-beeaafc05637', 'table_writable_by_anon', 'high', 'Visitors may write to a table', 'anon may delete, insert, update in table public.readings_2024.', '{"check": "table_writable_by_anon", "object": "public.readings_2024", "category": "security", "metadata": {"fix": "revoke delete, insert, update on public.readings_2024 from anon;", "commands": ["delete", "insert", "update"]}, "remediation": "Revoke the privileges from anon, or the policy''s roles; take what visitors send through a function that checks it.", "dagster_run_id": null}', false, NULL, NULL, '2026-11-27 16:14:14.534507+00', 'table_writable_by_anon:public.readings_2024', 2, '2026-11-27 16:14:17.308989+00', 0, NULL, NULL),
	('008d1627-f14f-4c6f-902e-e5b0d6d21ef5', 'table_writable_by_anon', 'high', 'Visitors may write to a table', 'anon may delete, insert, update in table public.readings_2025.', '{"check": "table_writable_by_anon", "object": "public.readings_2025", "category": "security", "metadata": {"fix": "revoke delete, insert, update on public.readings_2025 from anon;", "commands": ["delete", "insert", "update"]}, "remediation": "Revoke the privileges from anon, or the policy''s roles; take what visitors send through a function that checks it.", "dagster_run_id": null}', false, NULL, NULL, '2026-11-27 16:14:14.534517+00', 'table_writable_by_anon:public.readings_2025', 2, '2026-11-27 16:14:17.309023+00', 0, NULL, NULL),
	('79761bdf-7b63-4ac4-ba0a-d70292eb6944', 'table_writable_by_anon', 'high', 'Visitors may write to a table', 'anon may delete, insert, update in table public.readings_now.', '{"check": "table_writable_by_anon", "object": "public.readings_now", "category": "security", "metadata": {"fix": "revoke delete, insert, update on public.readings_now from anon;", "commands": ["delete", "insert", "update"]}, "remediation": "Revoke the privileges from anon, or the policy''s roles; take what visitors send through a function that checks it.", "dagster_run_id": null}', false, NULL, NULL, '2026-11-27 16:14:14.534526+00', 'table_writable_by_anon:public.readings_now', 2, '2026-11-27 16:14:17.309035+00', 0, NULL, NULL),
	('9fd71908-cff7-4f98-b867-13b136506cc9', 'table_writable_by_anon', 'high', 'Visitors may write to a table', 'anon may delete, insert, update in table public.sessions.', '{"check": "table_writable_by_anon", "object": "public.sessions", "category": "security", "metadata": {"fix": "revoke delete, insert, update on public.sessions from anon;", "commands": ["delete", "insert", "update"]}, "remediation": "Revoke the privileges from anon, or the policy''s roles; take what visitors send through a function that checks it.", "dagster_run_id": null}', false, NULL, NULL, '2026-11-27 16:14:14.534535+00', 'table_writable_by_anon:public.sessions', 2, '2026-11-27 16:14:17.309046+00', 0, NULL, NULL),
	('5732e512-4b57-4c16-860a-bce550a75ed4', 'truncate_by_visitors', 'medium', 'Visitors may truncate tables', 'anon may truncate 18 tables in schema public.', '{"check": "truncate_by_visitors", "object": "anon in public", "category": "security", "metadata": {"fix": "revoke truncate on all tables in schema public from anon;", "role": "anon", "tables": 18, "examples": ["public.audit_logs", "public.backup_runs", "public.backup_settings", "public.clicks", "public.clicks_before", "public.data_export_requests", "public.org_users", "public.orgs", "public.parcels", "public.parcels_before"]}, "remediation": "Revoke TRUNCATE. Nothing that goes through the API needs it.", "dagster_run_id": null}', false, NULL, NULL, '2026-11-27 16:14:14.567691+00', 'truncate_by_visitors:anon in public', 2, '2026-11-27 16:14:17.349839+00', 0, NULL, NULL),
	('13c2a67a-fc27-4743-b392-692df960216f', 'truncate_by_visitors', 'medium', 'Visitors may truncate tables', 'authenticated may truncate 18 tables in schema public.', '{"check": "truncate_by_visitors", "object": "authenticated in public", "category": "security", "metadata": {"fix": "revoke truncate on all tables in schema public from authenticated;", "role": "authenticated", "tables": 18, "examples": ["public.audit_logs", "public.backup_runs", "public.backup_settings", "public.clicks", "public.clicks_before", "public.data_export_requests", "public.org_users", "public.orgs", "public.parcels", "public.parcels_before"]}, "remediation": "Revoke TRUNCATE. Nothing that goes through the API needs it.", "dagster_run_id": null}', false, NULL, NULL, '2026-11-27 16:14:14.567741+00', 'truncate_by_visitors:authenticated in public', 2, '2026-11-27 16:14:17.34989+00', 0, NULL, NULL);
INSERT INTO public.sessions VALUES
	(1, '2025-01-01 00:00:00+00'),
	(2, '2025-01-01 00:00:00+00'),
	(3, '2025-01-01 00:00:00+00'),
	(4, '2025-01-01 00:00:00+00'),
	(5, '2025-01-01 00:00:00+00'),
	(6, '2025-01-01 00:00:00+00'),
	(7, '2025-01-01 00:00:00+00'),
	(8, '2025-01-01 00:00:00+00'),
	(9, '2025-01-01 00:00:00+00'),
	(10, '2025-01-01 00:00:00+00'),
	(11, '2025-01-01 00:00:00+00'),
	(12, '2025-01-01 00:00:00+00'),
	(13, '2025-01-01 00:00:00+00'),
	(14, '2025-01-01 00:00:00+00'),
	(15, '2025-01-01 00:00:00+00'),
	(16, '2025-01-01 00:00:00+00'),
	(17, '2025-01-01 00:00:00+00'),
	(18, '2025-01-01 00:00:00+00'),
	(19, '2025-01-01 00:00:00+00'),
	(20, '2025-01-01 00:00:00+00');
INSERT INTO public.user_roles VALUES
	('c48bf6a3-922c-47f6-a6c0-2ddf9deb44de', 'c8b6eaff-b74b-489b-a48e-9e02a854c834', 'admin', '2026-11-27 16:14:10.311747+00'),
	('37ca6c2b-25eb-4650-88e6-eba9055854b1', 'c3a9e889-63b7-49f5-98b8-1c66e10c167d', 'admin', '2026-11-27 16:14:10.311747+00'),
	('498f19dd-f15a-4b43-a800-65d61eece079', '7e834904-fc17-4498-b87e-4e2b537d9128', 'user', '2026-11-27 16:14:10.311747+00'),
	('a7822190-199e-4c83-9c1d-ef8b5cf11850', '9e6397d4-b962-45d3-88bf-cbcf26433798', 'user', '2026-11-27 16:14:10.311747+00'),
	('79976d69-0541-40ba-acf4-9ccde7ae1bab', 'd329d65c-0b35-41de-a50e-7b34a4aa07b4', 'user', '2026-11-27 16:14:10.311747+00'),
	('001ebe5e-184f-4816-9409-aa8c39b4e455', '8352bc85-e456-459c-b70a-f5f2d5d5891f', 'user', '2026-11-27 16:14:10.311747+00'),
	('f043657f-e8a5-44a0-a7bb-7fb65346b12c', 'b3783a7c-bbdd-4b9b-ade2-fb1fa098d691', 'user', '2026-11-27 16:14:10.311747+00'),
	('2a686b25-91f2-47a5-b1c4-ab3d50f9697d', 'e8ee65a1-23a9-49da-816b-2332cfed943b', 'user', '2026-11-27 16:14:10.311747+00'),
	('923d1164-6e22-4247-871b-2ddfea8f984c', '9187df42-811e-4616-80bb-e6ed8614f504', 'user', '2026-11-27 16:14:10.311747+00'),
	('46b0ce32-c074-42a7-8af4-6fb1d305f8df', '041dcd94-cdff-4a1c-901a-914cd5be785a', 'user', '2026-11-27 16:14:10.311747+00'),
	('27044619-eae3-4902-9a80-1485f237ac2c', 'cc4793d7-9585-4e21-afbc-9ca9d38f8c45', 'user', '2026-11-27 16:14:10.311747+00'),
	('0b413111-00eb-4271-9a2f-80900c8c4342', 'f4c18226-aed2-4b0f-b610-4b84e4907d49', 'user', '2026-11-27 16:14:10.311747+00'),
	('63bd9296-ce6f-435f-a910-880c4fed2920', '15c891ff-3add-4527-a494-6d15b17dd255', 'user', '2026-11-27 16:14:10.311747+00'),
	('d442b5c0-e506-4b0c-b420-2dc52c81739d', 'a31a49dd-2212-4540-8ab7-798807fa22f7', 'user', '2026-11-27 16:14:10.311747+00'),
	('d791dbe3-e925-449e-aaef-4a7ae7d55cce', '606a0deb-1adb-4e5d-b5a2-d8795c57532b', 'user', '2026-11-27 16:14:10.311747+00'),
	('3210621a-5e5f-4759-8c41-461cab3c57a3', '0cfff054-8efb-4442-b38e-0b77d5f860c3', 'user', '2026-11-27 16:14:10.311747+00'),
	('85c98618-d8d9-4a26-b914-8a9c104754d2', '880cb401-a050-4098-84d2-be09a0b55864', 'user', '2026-11-27 16:14:10.311747+00'),
	('28417727-b566-44ad-912a-c962fb547d8e', '4387ee7b-7d42-446f-be9b-768fae4001e3', 'user', '2026-11-27 16:14:10.311747+00'),
	('97100ea9-0d1f-4eaa-8e01-ea4bd7741f2a', '11f2d44d-cc35-4834-b4fa-941200d93534', 'user', '2026-11-27 16:14:10.311747+00'),
	('7716fda8-4e30-4513-8639-decb9f7e9e70', 'e5d9fe81-80c2-45f1-aeb8-9ff1bf8e51aa', 'user', '2026-11-27 16:14:10.311747+00'),
	('cf7e2f97-7ea2-46b0-838e-4f6f78b03c91', '86a74a63-a8c7-49e0-9789-819f8902dafc', 'user', '2026-11-27 16:14:10.311747+00'),
	('addaf7b3-f211-4c2c-a565-59f8bac77434', '794ec926-bc9e-48ea-bee8-062610e8ad01', 'user', '2026-11-27 16:14:10.311747+00'),
	('7331cef7-57bc-4d52-bbb8-bf3e04cdb7ec', 'd89c36b2-130f-47b2-8f28-f65e408fc146', 'user', '2026-11-27 16:14:10.311747+00'),
	('14c04cee-fba7-4489-a79c-73ab9d430b6c', 'c1a624dc-bab5-4373-bc1a-e91743fb9fbc', 'user', '2026-11-27 16:14:10.311747+00'),
	('5e594c36-3940-44c2-b5e7-ad8ad4a103b9', 'a661f62c-bd65-480c-bb11-85d9348922d7', 'user', '2026-11-27 16:14:10.311747+00'),
	('1543dc7a-efdb-4934-997a-bc0e819c3b88', 'd874bc79-7e73-4d5f-b5d8-d8a4f9c9c679', 'user', '2026-11-27 16:14:10.311747+00'),
	('cec1248b-a9ad-4c9c-981c-8d0ba867fe39', 'e91457db-7aa0-48f1-93a5-397f61ef7bd1', 'user', '2026-11-27 16:14:10.311747+00'),
	('566fd1fc-9b97-4b19-a7bd-28d3c50e7a32', '0bf7a4bd-c458-472f-898d-bfa8af06bcf7', 'user', '2026-11-27 16:14:10.311747+00'),
	('a1ca76a2-1323-4d3a-9988-fd64f1d7656f', '32c32444-a48c-4d5c-a1fe-b6249df2025f', 'user', '2026-11-27 16:14:10.311747+00'),
	('14280f18-ec39-42bd-a555-243571a20e38', '54ef125a-25bd-4659-9986-48e013d5316f', 'user', '2026-11-27 16:14:10.311747+00'),
	('e7c8e838-2d61-4453-85ca-43cf70cb8b37', 'b16107f1-be43-4c7b-a6ca-f4a341023aed', 'user', '2026-11-27 16:14:10.311747+00'),
	('5ef9afa4-12b5-424f-b9f7-41cc6e278b77', '222930ae-9158-44a8-9f03-bc5a4dee4812', 'user', '2026-11-27 16:14:10.311747+00'),
	('4f3f7fcf-80fa-44fc-a4c1-782571a6eb2a', '7c5d42dc-0f87-4ae3-bb7f-ec4b03312ead', 'user', '2026-11-27 16:14:10.311747+00'),
	('0a79d5df-579e-4d3b-bfde-9471c4c6a49b', '197a14e2-ac08-4ba5-b8f6-59ac44ce4ab3', 'user', '2026-11-27 16:14:10.311747+00'),
	('c3e5065f-4a76-488b-836e-d5c3f7e1359f', '7d575d17-acfb-4d5e-b7ba-c233b1330c3f', 'user', '2026-11-27 16:14:10.311747+00'),
	('d7318061-f1b7-4a4c-bed3-a39a5168b017', '491961a1-843b-4ee9-b578-909c4a7591f2', 'user', '2026-11-27 16:14:10.311747+00'),
	('55a90796-06a3-4a3d-ab6b-0a716a8d1875', 'c4653cde-7762-40b5-b745-10ca76f4251e', 'user', '2026-11-27 16:14:10.311747+00'),
	('20fd53d5-4058-498d-a6a0-e05087d05eda', '8c90473e-e4c7-47fd-be48-ef631e563408', 'user', '2026-11-27 16:14:10.311747+00'),
	('31284d96-a02e-4d4c-9443-d54648b6255e', '15fa8b65-fa66-42cd-8fc9-e91833020ccd', 'user', '2026-11-27 16:14:10.311747+00'),
	('f8c030c5-b53f-40fc-881e-a33e741d1fc2', '4a227f39-047b-4c10-b912-ef4aefae5d4e', 'user', '2026-11-27 16:14:10.311747+00'),
	('4f46d4b8-9fbe-4455-87ae-6a3b5ae24ce2', '81b1c025-d1e4-40a3-9393-2904757f1cba', 'user', '2026-11-27 16:14:10.311747+00'),
	('1a32bb16-1d5a-4560-9b1a-a5b4a54e8f31', 'fe749e67-730f-47f1-be9e-b4adf7d5f124', 'user', '2026-11-27 16:14:10.311747+00'),
	('9f9aec14-24c8-4def-b7ef-3b5b3e1e4b94', 'eaa3556c-35b7-4448-a308-7e5244c6b895', 'user', '2026-11-27 16:14:10.311747+00'),
	('da116e49-3249-41c4-9c9b-79d9dd69df8b', '1319d424-35f1-4300-ae37-9c65f21201e4', 'user', '2026-11-27 16:14:10.311747+00'),
	('fb301e27-54bb-4a02-a729-659c868572a2', 'bf5b411b-2449-4df6-971e-1a8c94db5f8f', 'user', '2026-11-27 16:14:10.311747+00'),
	('dfa2cfa0-d61c-4863-9f4b-33553ec88e97', '5c0bb40f-f3e6-4a73-8305-e98686292bb5', 'user', '2026-11-27 16:14:10.311747+00'),
	('72698fa4-6cb8-4d7d-a7c5-9c2c85560c90', 'a1b501d6-d1f9-4dfe-9a76-2d5421f267e2', 'user', '2026-11-27 16:14:10.311747+00'),
	('e33f93a3-d887-47ba-b189-86928299469e', '1cd86fc1-e309-4619-8791-c2e9823d11ed', 'user', '2026-11-27 16:14:10.311747+00'),
	('8ba95974-02da-4261-b084-618334eb7d1a', '7f7595b5-3b3b-44bf-9d7c-fed1b40de56d', 'user', '2026-11-27 16:14:10.311747+00'),
	('2182d8d1-2964-46c8-a25a-84bc237d9488', '64e27602-7c73-46c9-a04b-0dcee5d00a4d', 'user', '2026-11-27 16:14:10.311747+00'),
	('5f883879-fbd9-4a02-9ebd-31ef2e1aa65e', 'f3308ce5-00eb-4e11-a8b8-8073065b8c35', 'user', '2026-11-27 16:14:10.311747+00'),
	('4f3b4b67-3b28-44fa-bde6-ace302a431f6', '67c98fb9-7365-46ec-ae7c-8f097ddfcbc9', 'user', '2026-11-27 16:14:10.311747+00'),
	('649d56e8-dcc6-4cc1-976f-62746291c571', '6a8ad9cb-2405-4360-ba28-a6794d4ca9c7', 'user', '2026-11-27 16:14:10.311747+00'),
	('8875734e-2ea4-42fb-a3bf-25e4b79d00a2', '1ef3ea44-50ea-4da7-a048-7e15580dc5ab', 'user', '2026-11-27 16:14:10.311747+00'),
	('ff1579d1-ac93-42ab-9070-c6aa1bc6b7bc', '53158ce4-0072-4f84-94d1-ac6bd7196189', 'user', '2026-11-27 16:14:10.311747+00'),
	('897bfe11-9c40-4183-a4e1-9bbcb9cfed0e', '65f456aa-d6cf-4718-9699-08f6c0301b21', 'user', '2026-11-27 16:14:10.311747+00'),
	('6b161948-a261-428a-b41a-85b9c42bce00', '321c1744-ed28-49c1-b09c-0afb1ebb0794', 'user', '2026-11-27 16:14:10.311747+00'),
	('d11ffa1b-90a5-43c9-9582-56a76d41649e', 'bd6a996d-e6cd-40f1-8300-3005b688b661', 'user', '2026-11-27 16:14:10.311747+00'),
	('5c2bd0cc-6c81-444a-8081-75d342bf2abb', '10a25b19-5f49-40fc-80d2-84064a327e2d', 'user', '2026-11-27 16:14:10.311747+00'),
	('7d748901-1440-411f-bdaa-d1630da8a2fc', 'deb67ae7-ffb0-4d9e-a3e1-986964950dc2', 'user', '2026-11-27 16:14:10.311747+00'),
	('5f0da618-ad68-478e-a625-191f9015c722', 'ece80799-5c57-422e-938e-fef996d4480f', 'user', '2026-11-27 16:14:10.311747+00'),
	('a8aedb2b-a6ec-455b-9fc3-d2dd550f215c', 'dab07929-4670-4312-8172-b2986d94dd6d', 'user', '2026-11-27 16:14:10.311747+00'),
	('c04256f5-d611-4e65-bdb0-61ef74422a2d', '0d36ce2c-1a09-4840-87d7-df790c5b4c59', 'user', '2026-11-27 16:14:10.311747+00'),
	('4e5d9dd7-e0f1-44b4-9a3a-070579590d68', 'a28cf7b1-491e-49f5-a977-66fbd5ad5360', 'user', '2026-11-27 16:14:10.311747+00'),
	('1107968f-850c-49f1-a65b-0862694b54c4', 'f895fc55-3fd3-4e98-a61f-40dfef82d1a3', 'user', '2026-11-27 16:14:10.311747+00'),
	('acad157e-689c-4f27-a689-1cfb3acfca99', '50cb407a-82ce-486f-afad-79364406c053', 'user', '2026-11-27 16:14:10.311747+00'),
	('f241730f-084a-402a-9280-6d9f17354dda', 'c8ff1c38-5f93-4180-85ef-5cfb3099f271', 'user', '2026-11-27 16:14:10.311747+00'),
	('110ff189-3302-4cc5-b199-5e0208edf29f', '076d490a-e25f-4b1c-ad80-de7cf4c73f2b', 'user', '2026-11-27 16:14:10.311747+00'),
	('354bbf45-5b1a-4445-84a2-73eba910097d', '66692158-a182-4327-82fb-d8a3cfdcc257', 'user', '2026-11-27 16:14:10.311747+00'),
	('667c89a2-f28f-45db-8426-5b50942a3f6c', '8ddcf83c-f0d1-4b56-a02f-9a72e9d625c9', 'user', '2026-11-27 16:14:10.311747+00'),
	('71e51bbe-2d7c-4368-a783-b3eb56ee5412', '14a0b00b-b835-48a5-b414-5e878c9a3751', 'user', '2026-11-27 16:14:10.311747+00'),
	('54f49c94-8a41-4116-a8ce-75fe681999ef', '692fd360-bb7b-438e-aef7-95cd0caa7612', 'user', '2026-11-27 16:14:10.311747+00'),
	('14b19b90-a0c8-496a-9e69-aa46202d30e0', '23797d45-c0ae-49c5-9d6b-023f736b96a0', 'user', '2026-11-27 16:14:10.311747+00'),
	('16686eef-19d3-48ed-87a6-d1c0b1c92ab0', '7c4ea603-4944-42ce-9e96-2a6da4fd57c5', 'user', '2026-11-27 16:14:10.311747+00'),
	('0306763f-60f4-41b4-b11b-ea66fe0dc9e6', '8cd3e418-ed41-42ba-a972-9f3f0c89c001', 'user', '2026-11-27 16:14:10.311747+00'),
	('2f2a3a85-c903-41b7-bd29-1f37eb5c54f3', '6a34b371-78e1-4e70-abb7-1c682097798c', 'user', '2026-11-27 16:14:10.311747+00'),
	('c50d30d4-012e-4374-95fc-80237a0c7b62', '41785bc6-4c3a-46fc-8820-823157fa49e5', 'user', '2026-11-27 16:14:10.311747+00'),
	('16aeca85-e42e-435a-aa59-2e28cc57361d', 'a71f11b2-f9ee-4bc8-bd1e-6912bd313bee', 'user', '2026-11-27 16:14:10.311747+00'),
	('3455b964-4d6f-47f8-ae1c-7e282a9ec055', '3d1926ac-a7ef-4f5d-a7fd-5499429a7079', 'user', '2026-11-27 16:14:10.311747+00'),
	('76b58609-c514-4e9d-bb3b-25a58a83a4c2', 'ab3b74fe-8eac-4288-bbb1-d1244d039b72', 'user', '2026-11-27 16:14:10.311747+00'),
	('4e7cbeae-9f3a-4601-9b83-ac36056c7728', 'a4a915d0-2ad6-4ce9-9ea7-722864f54969', 'user', '2026-11-27 16:14:10.311747+00'),
	('9a25309e-062e-4f45-a57a-3779129ce157', '8027a2a2-3537-4235-933e-6153296259c8', 'user', '2026-11-27 16:14:10.311747+00'),
	('e5f72c88-6301-4c77-997c-4c96d75149e2', '8ce621ef-7f40-4bc8-8fd3-dd72e7ecfd0c', 'user', '2026-11-27 16:14:10.311747+00'),
	('3a18697f-2194-4210-868e-fe59e7ff32b1', '5534a034-e800-4d90-b3f6-e53d3853933d', 'user', '2026-11-27 16:14:10.311747+00'),
	('7bb0f7f7-3b99-4e02-a47b-4292bc5f5dd9', '6d6b987a-7330-4b95-825e-114fff18fe33', 'user', '2026-11-27 16:14:10.311747+00'),
	('ada57de2-eeb0-40b6-ab1f-c559fb19dc31', '3e7c6567-3141-4775-8c3b-a85923bc9152', 'user', '2026-11-27 16:14:10.311747+00'),
	('937dacb6-34be-4d4e-8290-0b6b0e374eeb', '8e4dc3a3-578a-40d8-acb8-d14c173910e3', 'user', '2026-11-27 16:14:10.311747+00'),
	('b8dc78e7-2ab8-47fc-aa3a-7b3c13fae111', '5e49422a-3d37-4642-91bc-d77a1751f579', 'user', '2026-11-27 16:14:10.311747+00'),
	('e112b9fe-56ef-488a-bf4c-071792be7112', '33bf9157-91d2-47f2-8f32-1d634223b8aa', 'user', '2026-11-27 16:14:10.311747+00'),
	('406a989a-3b75-4607-941f-edcf080f432a', 'dee0a843-bfe9-4f8c-8524-137fe322e96d', 'user', '2026-11-27 16:14:10.311747+00'),
	('100ed15f-c2fa-48cf-8d1b-d75ec66c8cdb', 'beef67fb-69f4-4612-a201-a9d369ac0f03', 'user', '2026-11-27 16:14:10.311747+00'),
	('2b94477f-4ec8-474f-963d-f9f5916e31d4', '452e704d-607a-4732-b5c2-e229862fe231', 'user', '2026-11-27 16:14:10.311747+00'),
	('ac4659ff-8e39-4882-b4f1-c7ac2dcb5bfb', '7f867d5f-0fe3-41ec-808a-58d756947a7a', 'user', '2026-11-27 16:14:10.311747+00'),
	('5d4c8d6b-bff7-44d7-a02b-c21affab3ee8', '5c327a6d-f7ba-48b6-9304-106e470b4fad', 'user', '2026-11-27 16:14:10.311747+00'),
	('5a81550f-71ae-41e2-b00f-275086280d39', '877b55cb-80de-4b3e-afcf-0e77203943f6', 'user', '2026-11-27 16:14:10.311747+00'),
	('c56f1884-8dac-4cf3-ba32-5f350e8dc240', 'd93ff716-dce4-4b21-8a51-e152a12f3a94', 'user', '2026-11-27 16:14:10.311747+00'),
	('8a79052a-cb0f-4e49-bb4b-0c91deb76e5c', 'e59409c1-4561-4fc0-97b4-834c37495c5e', 'user', '2026-11-27 16:14:10.311747+00'),
	('5c2c4af9-0ca9-4336-89c1-ea7a66292618', 'a5529b05-6656-4bc4-a272-92f83f9aa884', 'user', '2026-11-27 16:14:10.311747+00'),
	('9ebaf27b-b216-4609-8850-c03eda6a8acf', '4fe04802-f435-4573-ae8c-d94e7223c68a', 'user', '2026-11-27 16:14:10.311747+00'),
	('694a8bb1-1c6c-4ec3-85a3-556adc766f9b', 'f7d17ebd-df75-4883-9078-84b7d9435541', 'user', '2026-11-27 16:14:10.311747+00');
INSERT INTO public.user_roles VALUES
	('430baeec-8983-40d4-b266-73ed91fb5d55', '6cd9e62a-0841-4c07-a093-42ca05955fb9', 'user', '2026-11-27 16:14:10.311747+00'),
	('3b8f4770-dd38-441c-89f2-74c10652f9fe', 'cde347ab-e54c-4de6-8381-3ce6b5a29061', 'user', '2026-11-27 16:14:10.311747+00'),
	('2141b028-73f5-4052-8add-e4decfca6402', '7d652135-9651-42d6-b7e1-47fd79281c19', 'user', '2026-11-27 16:14:10.311747+00'),
	('1b3390a5-3ea8-4c00-b843-e975f7f36f81', 'ee241c43-643a-49e2-92b9-2a01000bb5f9', 'user', '2026-11-27 16:14:10.311747+00'),
	('bb7d5cc4-23e1-43d4-a00e-5687aed4bf5a', '8721ecf8-d359-407a-ad9b-f0b6ed448d4e', 'user', '2026-11-27 16:14:10.311747+00'),
	('e7303f15-c74f-458f-a9ff-58a459696114', '72ee6a2e-f8e4-4b5c-b7d8-c569daff9a0b', 'user', '2026-11-27 16:14:10.311747+00'),
	('c0a80a68-d4a1-4bc8-b5a4-a8e16e1ba4ae', '394afbe9-1bea-405e-8879-b6633f9b6bb2', 'user', '2026-11-27 16:14:10.311747+00'),
	('df1ecca0-5ff6-4bb1-831f-4e2ff7ababcb', 'f8cd9ec3-85b9-409a-a6ed-f1bd27855798', 'user', '2026-11-27 16:14:10.311747+00'),
	('ffd49a97-c6c3-4f04-a1ea-877121de1269', 'd34d1c0d-f105-4667-9be0-3df0ae9c78bd', 'user', '2026-11-27 16:14:10.311747+00'),
	('25fcefe4-99e8-4643-9bd1-3ea277ca6e2b', 'd8b4c831-a5b8-4b2f-b374-fab6b8c3a4d2', 'user', '2026-11-27 16:14:10.311747+00'),
	('f8685c8a-faf0-4173-ba14-5a4e42a3eccd', '15c2c81a-7513-4107-a517-4ebdc3c9f7e3', 'user', '2026-11-27 16:14:10.311747+00'),
	('3ee42d05-2071-456c-b1ea-f16376e1cdc4', '0059865a-0a1f-443b-86e0-673a8d2f29e7', 'user', '2026-11-27 16:14:10.311747+00'),
	('052de898-2962-4e43-ac67-6fd658a2a7ea', '91c3098c-3b8a-47ba-a02a-b6fac844b8fd', 'user', '2026-11-27 16:14:10.311747+00'),
	('504ae0d7-2223-4a33-ab78-cb54ab03da8f', 'b70ba858-a53f-4dc9-899f-9c9feb7fe26b', 'user', '2026-11-27 16:14:10.311747+00'),
	('fd12c34d-b286-4e6c-99e1-a6454c268661', 'a060846c-20c2-4f71-b662-222e4dc4ac8c', 'user', '2026-11-27 16:14:10.311747+00'),
	('0be4a215-284f-45d1-b6b0-6938b5327c29', '6ffb726a-a2e3-493a-873b-99034075916e', 'user', '2026-11-27 16:14:10.311747+00'),
	('123077d0-fd8e-4bf0-93b8-ccb72493cac2', '197536b1-1cb4-4a55-838b-48a2b2d643a2', 'user', '2026-11-27 16:14:10.311747+00'),
	('a63ebfc4-2658-4415-9f95-a74cc1b3439f', 'f18bde0e-8641-4b60-8ce3-b0cc1202952f', 'user', '2026-11-27 16:14:10.311747+00'),
	('8353960f-e521-4b6e-96c7-0dd608867da6', '42c927b9-6359-46be-b113-5de9953857d7', 'user', '2026-11-27 16:14:10.311747+00'),
	('a90b5661-b150-4fbd-b25a-b6fccf2ca347', '004b7fd0-99df-409b-8a5d-5e7d393cbcdd', 'user', '2026-11-27 16:14:10.311747+00');
SELECT pg_catalog.setval('maint.notifications_id_seq', 127, true);
SELECT pg_catalog.setval('maint.restore_proofs_id_seq', 2, true);
SELECT pg_catalog.setval('public.parcels_id_seq', 120, true);
ALTER TABLE ONLY auth.users
    ADD CONSTRAINT users_pkey PRIMARY KEY (id);
ALTER TABLE ONLY maint.activity_hours
    ADD CONSTRAINT activity_hours_pkey PRIMARY KEY (user_id, hour);
ALTER TABLE ONLY maint.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);
ALTER TABLE ONLY maint.archived_chunks
    ADD CONSTRAINT archived_chunks_pkey PRIMARY KEY (file);
ALTER TABLE ONLY maint.backup_sources
    ADD CONSTRAINT backup_sources_pkey PRIMARY KEY (source);
ALTER TABLE ONLY maint.baseline
    ADD CONSTRAINT baseline_pkey PRIMARY KEY (kind, object);
ALTER TABLE ONLY maint.check_results
    ADD CONSTRAINT check_results_pkey PRIMARY KEY (check_name);
ALTER TABLE ONLY maint.check_thresholds
    ADD CONSTRAINT check_thresholds_pkey PRIMARY KEY (check_name, name);
ALTER TABLE ONLY maint.checks
    ADD CONSTRAINT checks_pkey PRIMARY KEY (name);
ALTER TABLE ONLY maint.detaching_partitions
    ADD CONSTRAINT detaching_partitions_pkey PRIMARY KEY (partition_oid);
ALTER TABLE ONLY maint.ignored_findings
    ADD CONSTRAINT ignored_findings_pkey PRIMARY KEY (fingerprint);
ALTER TABLE ONLY maint.known_traits
    ADD CONSTRAINT known_traits_pkey PRIMARY KEY (user_id, trait, value);
ALTER TABLE ONLY maint.legal_holds
    ADD CONSTRAINT legal_holds_pkey PRIMARY KEY (id);
ALTER TABLE ONLY maint.maintenance_windows
    ADD CONSTRAINT maintenance_windows_pkey PRIMARY KEY (name);
ALTER TABLE ONLY maint.notification_channels
    ADD CONSTRAINT notification_channels_pkey PRIMARY KEY (name);
ALTER TABLE ONLY maint.notifications
    ADD CONSTRAINT notifications_pkey PRIMARY KEY (id);
ALTER TABLE ONLY maint.observations
    ADD CONSTRAINT observations_pkey PRIMARY KEY (only_row);
ALTER TABLE ONLY maint.restore_proofs
    ADD CONSTRAINT restore_proofs_pkey PRIMARY KEY (id);
ALTER TABLE ONLY maint.retention_policies
    ADD CONSTRAINT retention_policies_pkey PRIMARY KEY (name);
ALTER TABLE ONLY maint.settings
    ADD CONSTRAINT settings_pkey PRIMARY KEY (name);
ALTER TABLE ONLY maint.trusted_owners
    ADD CONSTRAINT trusted_owners_pkey PRIMARY KEY (role);
ALTER TABLE ONLY public.audit_logs
    ADD CONSTRAINT audit_logs_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.backup_runs
    ADD CONSTRAINT backup_runs_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.backup_settings
    ADD CONSTRAINT backup_settings_pkey PRIMARY KEY (org_id);
ALTER TABLE ONLY public.data_export_requests
    ADD CONSTRAINT data_export_requests_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.maintenance_task_runs
    ADD CONSTRAINT maintenance_task_runs_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.org_users
    ADD CONSTRAINT org_users_pkey PRIMARY KEY (org_id, user_id);
ALTER TABLE ONLY public.orgs
    ADD CONSTRAINT orgs_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.parcels
    ADD CONSTRAINT parcels_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.profiles
    ADD CONSTRAINT profiles_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.security_alerts
    ADD CONSTRAINT security_alerts_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.user_roles
    ADD CONSTRAINT user_roles_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.user_roles
    ADD CONSTRAINT user_roles_user_id_role_key UNIQUE (user_id, role);
CREATE INDEX activity_hours_hour_idx ON maint.activity_hours USING btree (hour);
CREATE INDEX archived_chunks_policy_name_idx ON maint.archived_chunks USING btree (policy_name, oldest);
CREATE INDEX notifications_alert_id_idx ON maint.notifications USING btree (alert_id, channel, id);
CREATE INDEX notifications_settled_at_idx ON maint.notifications USING btree (settled_at);
CREATE INDEX notifications_unsettled_idx ON maint.notifications USING btree (channel, state) WHERE (state = ANY (ARRAY['waiting'::text, 'dead'::text]));
CREATE INDEX audit_logs_entity_time_idx ON public.audit_logs USING btree (entity, "time" DESC);
CREATE INDEX audit_logs_severity_time_idx ON public.audit_logs USING btree (severity, "time" DESC) WHERE (severity = ANY (ARRAY['high'::text, 'critical'::text]));
CREATE INDEX audit_logs_time_brin_idx ON public.audit_logs USING brin ("time") WITH (autosummarize='on');
CREATE INDEX audit_logs_user_id_entity_time_idx ON public.audit_logs USING btree (user_id, entity, "time" DESC);
CREATE INDEX backup_runs_empty_idx ON public.backup_runs USING btree (org_id) WHERE ((status = 'ok'::text) AND ((COALESCE(rows_count, 0) = 0) OR (COALESCE(file_url, ''::text) = ''::text)));
CREATE INDEX backup_runs_org_id_idx ON public.backup_runs USING btree (org_id);
CREATE INDEX backup_runs_started_at_idx ON public.backup_runs USING btree (started_at DESC);
CREATE INDEX backup_runs_successes_idx ON public.backup_runs USING btree (org_id, started_at DESC) INCLUDE (rows_count, tables_count) WHERE (status = 'ok'::text);
CREATE INDEX backup_runs_unfinished_idx ON public.backup_runs USING btree (status, COALESCE(finished_at, started_at)) WHERE (status <> 'ok'::text);
CREATE INDEX maintenance_task_runs_running_idx ON public.maintenance_task_runs USING btree (task_name) WHERE (status = 'running'::text);
CREATE INDEX maintenance_task_runs_started_at_idx ON public.maintenance_task_runs USING btree (started_at);
CREATE INDEX maintenance_task_runs_task_name_idx ON public.maintenance_task_runs USING btree (task_name, started_at);
CREATE INDEX security_alerts_fingerprint_idx ON public.security_alerts USING btree (fingerprint, resolved_at) WHERE (fingerprint IS NOT NULL);
CREATE UNIQUE INDEX security_alerts_open_fingerprint_key ON public.security_alerts USING btree (fingerprint) WHERE ((resolved IS NOT TRUE) AND (fingerprint IS NOT NULL));
CREATE TRIGGER validate_check_threshold BEFORE INSERT OR UPDATE ON maint.check_thresholds FOR EACH ROW EXECUTE FUNCTION maint.validate_check_threshold();
CREATE TRIGGER validate_legal_hold BEFORE INSERT OR UPDATE ON maint.legal_holds FOR EACH ROW EXECUTE FUNCTION maint.validate_legal_hold();
CREATE TRIGGER validate_retention_policy BEFORE INSERT OR UPDATE ON maint.retention_policies FOR EACH ROW EXECUTE FUNCTION maint.validate_retention_policy();
CREATE TRIGGER validate_setting BEFORE INSERT OR UPDATE ON maint.settings FOR EACH ROW EXECUTE FUNCTION maint.validate_setting();
CREATE TRIGGER maint_tell_backup_failure AFTER INSERT OR UPDATE ON public.backup_runs FOR EACH ROW EXECUTE FUNCTION maint.tell_backup_failure();
ALTER TABLE ONLY maint.check_results
    ADD CONSTRAINT check_results_check_name_fkey FOREIGN KEY (check_name) REFERENCES maint.checks(name) ON DELETE CASCADE;
ALTER TABLE ONLY maint.check_thresholds
    ADD CONSTRAINT check_thresholds_check_name_fkey FOREIGN KEY (check_name) REFERENCES maint.checks(name) ON DELETE CASCADE;
ALTER TABLE ONLY maint.legal_holds
    ADD CONSTRAINT legal_holds_policy_name_fkey FOREIGN KEY (policy_name) REFERENCES maint.retention_policies(name) ON UPDATE CASCADE;
ALTER TABLE ONLY maint.notifications
    ADD CONSTRAINT notifications_channel_fkey FOREIGN KEY (channel) REFERENCES maint.notification_channels(name) ON DELETE CASCADE;
ALTER TABLE ONLY public.audit_logs
    ADD CONSTRAINT audit_logs_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.profiles(id);
ALTER TABLE ONLY public.backup_runs
    ADD CONSTRAINT backup_runs_org_id_fkey FOREIGN KEY (org_id) REFERENCES public.orgs(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.backup_settings
    ADD CONSTRAINT backup_settings_org_id_fkey FOREIGN KEY (org_id) REFERENCES public.orgs(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.data_export_requests
    ADD CONSTRAINT data_export_requests_org_id_fkey FOREIGN KEY (org_id) REFERENCES public.orgs(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.data_export_requests
    ADD CONSTRAINT data_export_requests_requested_by_fkey FOREIGN KEY (requested_by) REFERENCES public.profiles(id);
ALTER TABLE ONLY public.org_users
    ADD CONSTRAINT org_users_org_id_fkey FOREIGN KEY (org_id) REFERENCES public.orgs(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.org_users
    ADD CONSTRAINT org_users_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.profiles(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.orgs
    ADD CONSTRAINT orgs_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES public.profiles(id);
ALTER TABLE ONLY public.profiles
    ADD CONSTRAINT profiles_id_fkey FOREIGN KEY (id) REFERENCES auth.users(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.user_roles
    ADD CONSTRAINT user_roles_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;
ALTER TABLE maint.activity_hours ENABLE ROW LEVEL SECURITY;
ALTER TABLE maint.archived_chunks ENABLE ROW LEVEL SECURITY;
ALTER TABLE maint.backup_sources ENABLE ROW LEVEL SECURITY;
ALTER TABLE maint.baseline ENABLE ROW LEVEL SECURITY;
ALTER TABLE maint.check_results ENABLE ROW LEVEL SECURITY;
ALTER TABLE maint.check_thresholds ENABLE ROW LEVEL SECURITY;
ALTER TABLE maint.checks ENABLE ROW LEVEL SECURITY;
ALTER TABLE maint.detaching_partitions ENABLE ROW LEVEL SECURITY;
ALTER TABLE maint.ignored_findings ENABLE ROW LEVEL SECURITY;
ALTER TABLE maint.known_traits ENABLE ROW LEVEL SECURITY;
ALTER TABLE maint.legal_holds ENABLE ROW LEVEL SECURITY;
CREATE POLICY maint_admins_read ON maint.activity_hours FOR SELECT TO authenticated USING (( SELECT maint.is_admin() AS is_admin));
CREATE POLICY maint_admins_read ON maint.archived_chunks FOR SELECT TO authenticated USING (( SELECT maint.is_admin() AS is_admin));
CREATE POLICY maint_admins_read ON maint.backup_sources FOR SELECT TO authenticated USING (( SELECT maint.is_admin() AS is_admin));
CREATE POLICY maint_admins_read ON maint.baseline FOR SELECT TO authenticated USING (( SELECT maint.is_admin() AS is_admin));
CREATE POLICY maint_admins_read ON maint.check_results FOR SELECT TO authenticated USING (( SELECT maint.is_admin() AS is_admin));
CREATE POLICY maint_admins_read ON maint.check_thresholds FOR SELECT TO authenticated USING (( SELECT maint.is_admin() AS is_admin));
CREATE POLICY maint_admins_read ON maint.checks FOR SELECT TO authenticated USING (( SELECT maint.is_admin() AS is_admin));
CREATE POLICY maint_admins_read ON maint.detaching_partitions FOR SELECT TO authenticated USING (( SELECT maint.is_admin() AS is_admin));
CREATE POLICY maint_admins_read ON maint.ignored_findings FOR SELECT TO authenticated USING (( SELECT maint.is_admin() AS is_admin));
CREATE POLICY maint_admins_read ON maint.known_traits FOR SELECT TO authenticated USING (( SELECT maint.is_admin() AS is_admin));
CREATE POLICY maint_admins_read ON maint.legal_holds FOR SELECT TO authenticated USING (( SELECT maint.is_admin() AS is_admin));
CREATE POLICY maint_admins_read ON maint.maintenance_windows FOR SELECT TO authenticated USING (( SELECT maint.is_admin() AS is_admin));
CREATE POLICY maint_admins_read ON maint.notification_channels FOR SELECT TO authenticated USING (( SELECT maint.is_admin() AS is_admin));
CREATE POLICY maint_admins_read ON maint.notifications FOR SELECT TO authenticated USING (( SELECT maint.is_admin() AS is_admin));
CREATE POLICY maint_admins_read ON maint.observations FOR SELECT TO authenticated USING (( SELECT maint.is_admin() AS is_admin));
CREATE POLICY maint_admins_read ON maint.recent_activity FOR SELECT TO authenticated USING (( SELECT maint.is_admin() AS is_admin));
CREATE POLICY maint_admins_read ON maint.restore_proofs FOR SELECT TO authenticated USING (( SELECT maint.is_admin() AS is_admin));
CREATE POLICY maint_admins_read ON maint.retention_policies FOR SELECT TO authenticated USING (( SELECT maint.is_admin() AS is_admin));
CREATE POLICY maint_admins_read ON maint.settings FOR SELECT TO authenticated USING (( SELECT maint.is_admin() AS is_admin));
CREATE POLICY maint_admins_read ON maint.trusted_owners FOR SELECT TO authenticated USING (( SELECT maint.is_admin() AS is_admin));
CREATE POLICY maint_service_role_reads ON maint.activity_hours FOR SELECT TO service_role USING (true);
CREATE POLICY maint_service_role_reads ON maint.archived_chunks FOR SELECT TO service_role USING (true);
CREATE POLICY maint_service_role_reads ON maint.backup_sources FOR SELECT TO service_role USING (true);
CREATE POLICY maint_service_role_reads ON maint.baseline FOR SELECT TO service_role USING (true);
CREATE POLICY maint_service_role_reads ON maint.check_results FOR SELECT TO service_role USING (true);
CREATE POLICY maint_service_role_reads ON maint.check_thresholds FOR SELECT TO service_role USING (true);
CREATE POLICY maint_service_role_reads ON maint.checks FOR SELECT TO service_role USING (true);
CREATE POLICY maint_service_role_reads ON maint.detaching_partitions FOR SELECT TO service_role USING (true);
CREATE POLICY maint_service_role_reads ON maint.ignored_findings FOR SELECT TO service_role USING (true);
CREATE POLICY maint_service_role_reads ON maint.known_traits FOR SELECT TO service_role USING (true);
CREATE POLICY maint_service_role_reads ON maint.legal_holds FOR SELECT TO service_role USING (true);
CREATE POLICY maint_service_role_reads ON maint.maintenance_windows FOR SELECT TO service_role USING (true);
CREATE POLICY maint_service_role_reads ON maint.notification_channels FOR SELECT TO service_role USING (true);
CREATE POLICY maint_service_role_reads ON maint.notifications FOR SELECT TO service_role USING (true);
CREATE POLICY maint_service_role_reads ON maint.observations FOR SELECT TO service_role USING (true);
CREATE POLICY maint_service_role_reads ON maint.recent_activity FOR SELECT TO service_role USING (true);
CREATE POLICY maint_service_role_reads ON maint.restore_proofs FOR SELECT TO service_role USING (true);
CREATE POLICY maint_service_role_reads ON maint.retention_policies FOR SELECT TO service_role USING (true);
CREATE POLICY maint_service_role_reads ON maint.settings FOR SELECT TO service_role USING (true);
CREATE POLICY maint_service_role_reads ON maint.trusted_owners FOR SELECT TO service_role USING (true);
ALTER TABLE maint.maintenance_windows ENABLE ROW LEVEL SECURITY;
ALTER TABLE maint.notification_channels ENABLE ROW LEVEL SECURITY;
ALTER TABLE maint.notifications ENABLE ROW LEVEL SECURITY;
ALTER TABLE maint.observations ENABLE ROW LEVEL SECURITY;
ALTER TABLE maint.recent_activity ENABLE ROW LEVEL SECURITY;
ALTER TABLE maint.restore_proofs ENABLE ROW LEVEL SECURITY;
ALTER TABLE maint.retention_policies ENABLE ROW LEVEL SECURITY;
ALTER TABLE maint.settings ENABLE ROW LEVEL SECURITY;
ALTER TABLE maint.trusted_owners ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.audit_logs ENABLE ROW LEVEL SECURITY;
CREATE POLICY audit_logs_of_admins ON public.audit_logs FOR SELECT TO authenticated USING (public.has_role(( SELECT auth.uid() AS uid), 'admin'::public.app_role));
ALTER TABLE public.backup_runs ENABLE ROW LEVEL SECURITY;
CREATE POLICY backup_runs_of_members ON public.backup_runs FOR SELECT TO authenticated USING ((EXISTS ( SELECT
   FROM public.org_users
  WHERE ((org_users.org_id = backup_runs.org_id) AND (org_users.user_id = ( SELECT auth.uid() AS uid))))));
ALTER TABLE public.backup_settings ENABLE ROW LEVEL SECURITY;
CREATE POLICY backup_settings_of_owners ON public.backup_settings TO authenticated USING ((EXISTS ( SELECT
   FROM public.orgs
  WHERE ((orgs.id = backup_settings.org_id) AND (orgs.owner_id = ( SELECT auth.uid() AS uid))))));
ALTER TABLE public.data_export_requests ENABLE ROW LEVEL SECURITY;
CREATE POLICY data_export_requests_own ON public.data_export_requests FOR SELECT TO authenticated USING ((requested_by = ( SELECT auth.uid() AS uid)));
CREATE POLICY maint_admins_only ON public.maintenance_task_runs AS RESTRICTIVE TO anon, authenticated USING (( SELECT maint.is_admin() AS is_admin));
CREATE POLICY maint_admins_read ON public.maintenance_task_runs FOR SELECT TO authenticated USING (( SELECT maint.is_admin() AS is_admin));
CREATE POLICY maint_admins_read ON public.security_alerts FOR SELECT TO authenticated USING (( SELECT maint.is_admin() AS is_admin));
CREATE POLICY maint_owner_works ON public.maintenance_task_runs TO maint_owner USING (true) WITH CHECK (true);
CREATE POLICY maint_owner_works ON public.security_alerts TO maint_owner USING (true) WITH CHECK (true);
CREATE POLICY maint_service_role_reads ON public.maintenance_task_runs FOR SELECT TO service_role USING (true);
CREATE POLICY maint_service_role_reads ON public.security_alerts FOR SELECT TO service_role USING (true);
ALTER TABLE public.maintenance_task_runs ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.org_users ENABLE ROW LEVEL SECURITY;
CREATE POLICY org_users_own ON public.org_users FOR SELECT TO authenticated USING ((user_id = ( SELECT auth.uid() AS uid)));
ALTER TABLE public.orgs ENABLE ROW LEVEL SECURITY;
CREATE POLICY orgs_of_members ON public.orgs FOR SELECT TO authenticated USING ((EXISTS ( SELECT
   FROM public.org_users
  WHERE ((org_users.org_id = orgs.id) AND (org_users.user_id = ( SELECT auth.uid() AS uid))))));
ALTER TABLE public.profiles ENABLE ROW LEVEL SECURITY;
CREATE POLICY profiles_own ON public.profiles FOR SELECT TO authenticated USING ((id = ( SELECT auth.uid() AS uid)));
ALTER TABLE public.security_alerts ENABLE ROW LEVEL SECURITY;
ALTER TABLE public.user_roles ENABLE ROW LEVEL SECURITY;
CREATE POLICY user_roles_own ON public.user_roles FOR SELECT TO authenticated USING ((user_id = ( SELECT auth.uid() AS uid)));
GRANT USAGE ON SCHEMA auth TO anon;
GRANT USAGE ON SCHEMA auth TO authenticated;
GRANT USAGE ON SCHEMA auth TO service_role;
GRANT USAGE ON SCHEMA maint TO authenticated;
GRANT USAGE ON SCHEMA maint TO service_role;
GRANT USAGE ON SCHEMA public TO anon;
GRANT USAGE ON SCHEMA public TO authenticated;
GRANT USAGE ON SCHEMA public TO service_role;
REVOKE ALL ON FUNCTION maint.activity_past() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.activity_reach() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.administrators() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.alert_details(_finding maint.finding) FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.alert_note(_done text, _note text) FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.application_functions() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.approve_baseline(_kind text, _object text) FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.archive_stage(_policy_name text, _target regclass, OUT stage regclass, OUT range_statement text, OUT copy_statement text) FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.archive_statements(_policy_name text, _cutoff timestamp with time zone, _target regclass, _first_block bigint, _last_block bigint, OUT range_statement text, OUT copy_statement text, OUT delete_statement text) FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.assert_boolean_expression(_policy_name text, _field text, _expression text, _table regclass) FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.assert_may_act_on_alert(_alert_id uuid) FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.assert_not_all_refused(_deleted bigint, _refused bigint, _refusal text, _refusal_state text) FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.assert_observed(_needs text[]) FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.assert_operator() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.assert_trusted(_relation regclass) FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.backup_failure_is_over(_failure jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.baseline_drift() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.baseline_now() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.begin_task_run(_task_name text, _trigger text, _dagster_run_id text, _details jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.caller() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.caller_role() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.caller_user_id() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_activity_burst() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_address_trying_many_users() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_admin_from_new_origin() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_admin_outside_working_hours() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_archive_backlog() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_archiver_discards() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_archiver_failing() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_audit_log_gap() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_audit_log_silent() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_audit_rows_misdated() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_auth_users_exposed() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_autovacuum_off() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_backup_empty() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_backup_failed() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_backup_overdue() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_backup_settings_incomplete() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_backup_shrunk() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_backup_stuck() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_base_backup_overdue() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_connection_logging_off() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_data_checksums_off() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_ddl_logging_off() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_default_privileges_for_visitors() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_definer_function_callable() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_definer_function_search_path() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_drift_from_baseline() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_duplicate_indexes() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_durability_off() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_extension_in_public() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_extension_outdated() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_failed_sign_ins() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_failed_sign_ins_from_address() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_first_tax_number_read() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_foreign_key_to_unique_of_auth() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_foreign_key_without_index() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_foreign_table_exposed() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_function_search_path() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_graphql_shows_tables() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_hba_cleartext_password() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_hba_errors() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_hba_md5() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_hba_open_to_all() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_hba_trust() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_id_enumeration() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_invalid_index() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_many_administrators() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_many_role_members() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_mass_delete() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_mass_export() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_mass_read() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_materialized_view_exposed() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_member_of_server_roles() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_new_administrator() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_organization_without_backup() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_password_encryption_md5() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_password_expired() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_password_md5() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_password_never_expires() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_policies_without_row_security() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_policy_always_true() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_policy_evaluated_per_row() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_policy_for_anonymous_sign_ins() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_policy_true_without_user() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_policy_trusts_user_metadata() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_privileges_granted() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_profile_enumeration() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_public_bucket_lists() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_queue_exposed() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_rate_limit_abuse() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_replication_slot_inactive() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_restore_unproven() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_role_bypasses_row_security() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_role_creates_roles() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_role_replicates() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_role_without_connection_limit() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_row_security_off() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_row_security_without_policy() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_schema_open_to_creators() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_search_path_without_pg_temp() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_sensitive_columns_exposed() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_sequence_near_end() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_settings_differ_from_file() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_settings_pending_restart() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_several_permissive_policies() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_sign_in_after_failures() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_ssl_off() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_ssl_old_protocol() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_table_bloated() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_table_without_primary_key() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_table_writable_by_anon() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_tax_number_reads() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_transaction_ids_near_end() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_truncate_by_visitors() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_type_hinders_upgrade() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_unexpected_superuser() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_unused_index() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.check_view_bypasses_row_security() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.close_all_lost_task_runs() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.close_lost_task_runs(_task_name text, _status text, _message text) FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.concerns(_roles oid[], _visitor oid) FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.conclude_checks(_category text) FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.copy_activity(_start timestamp with time zone, _below xid8) FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.copy_statement(_relation regclass, _condition text) FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.count_activity_hours() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.count_or_guess(_relation regclass, OUT rows bigint, OUT is_guess boolean) FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.pluralize(_count bigint, _one text, _many text) FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.delete_statement(_target regclass, _condition text, _kept_in regclass) FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.distrust(_relation regclass) FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.drop_moot_notifications(_channel text) FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.due_notifications(_channel text) FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.enabled_checks(_category text) FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.evaluate_check(_name text) FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.expired_expression(_policy_name text, _cutoff timestamp with time zone) FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.expired_here(_policy_name text, _cutoff timestamp with time zone, _first_block bigint, _last_block bigint) FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.exposed_relations(_kinds text) FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.exposed_schemas() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.findings(_findings jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.finish_task_run(_id uuid, _status text, _details jsonb, _error_message text) FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.has_absent_alert(_alert_type text, _findings jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.has_alert_changes(_alert_type text, _findings jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.has_delete_guard(_target regclass) FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.hba_rule(_rule pg_hba_file_rules) FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.heed_finding(_fingerprint text) FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.hold_expression(_policy_name text) FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.ignore_finding(_fingerprint text, _reason text, _until timestamp with time zone) FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.in_words(_span interval) FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.is_admin() FROM PUBLIC;
GRANT ALL ON FUNCTION maint.is_admin() TO authenticated;
GRANT ALL ON FUNCTION maint.is_admin() TO service_role;
REVOKE ALL ON FUNCTION maint.is_graver(_severity text, _than text) FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.is_ignored(_fingerprint text) FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.is_locatable(_policy_name text, _cutoff timestamp with time zone, _target regclass) FROM PUBLIC;
GRANT SELECT ON TABLE maint.notification_channels TO authenticated;
GRANT SELECT ON TABLE maint.notification_channels TO service_role;
REVOKE ALL ON FUNCTION maint.is_quiet(_channel maint.notification_channels, _now timestamp with time zone) FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.is_refusal(_sqlstate text) FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.is_trusted(_role oid) FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.is_wanted(_channel maint.notification_channels, _severity text, _category text) FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.learn_activity(_until timestamp with time zone) FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.listed(_list text) FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.locate_expired(_policy_name text, _cutoff timestamp with time zone, _target regclass, _first_block bigint, _limit integer) FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.lock_alerts(_alert_type text) FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.lock_trusted(_relation regclass) FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.mark_notifications_sent(_ids bigint[], _remark text) FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.missing_needs(_needs text[]) FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.missing_partitions(_policy_name text) FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.new_findings(_alert_type text, _findings jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.note_traits(_is_first boolean) FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.notify(_event text, _alert_ids uuid[]) FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.observe_activity() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.partition_may_go(_policy_name text, _partition regclass) FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.policies() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.policy_cutoff(_policy_name text, _keep interval) FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.policy_problems() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.policy_table(_policy_name text) FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.prepare_checks(_category text) FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.preview_purge(_policy_name text, _cutoff timestamp with time zone) FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.proof_of_absence(_alert_type text, _fingerprint text, _details jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.purge(_policy_name text) FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.purge_blocks(_policy_name text, _cutoff timestamp with time zone, _target regclass, _first_block bigint, _last_block bigint, _kept_in regclass, OUT deleted bigint, OUT locked bigint, OUT held bigint, OUT refused bigint, OUT refusal text, OUT refusal_state text) FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.purge_row_by_row(_target regclass, _condition text, _kept_in regclass, OUT deleted bigint, OUT refusal text, OUT refusal_state text) FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.purge_targets(_table regclass) FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.put_off_notifications(_ids bigint[], _problem text, _max_attempts integer) FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.raise_alerts(_alert_type text, _findings jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.range_statement(_policy_name text, _relation regclass, _condition text) FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.read_by_owners(_kinds text) FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.record_skipped_task_run(_task_name text, _trigger text, _dagster_run_id text) FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.register_channels(_names text[], _min_severity text) FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.report_progress(_id uuid, _details jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.require(_is_so boolean, _reason text) FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.resolve_absent_alerts(_alert_type text, _findings jsonb, _absences_to_resolve integer) FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.resolve_alert(_alert_id uuid, _evidence jsonb, _resolved_by uuid) FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.run_check(_name text) FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.run_checks(_category text) FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.run_task(_task_name text, _body text) FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.staying(_policy_name text, _cutoff timestamp with time zone, _target regclass, _first_block bigint, _last_block bigint, _may_stay boolean, OUT locked bigint, OUT held bigint, OUT refused bigint, OUT refusal text) FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.step_unit(_step interval) FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.summarize_backup_checks(_results jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.summarize_checks(_results jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.sync_alerts(_alert_type text, _findings jsonb, _absences_to_resolve integer) FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.sync_changed_alerts(_alert_type text, _findings jsonb) FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.sync_check(_name text) FROM PUBLIC;
GRANT SELECT ON TABLE maint.checks TO authenticated;
GRANT SELECT ON TABLE maint.checks TO service_role;
REVOKE ALL ON FUNCTION maint.sync_check_failing_alert(_check maint.checks, _problem text) FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.task_lock_holder(_task_name text) FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.task_lock_key(_task_name text) FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.tell_backup_failure() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.threshold(_check_name text, _name text) FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.time_brin_indexes(_policy_name text, _target regclass) FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.time_partitions(_policy_name text) FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.trusted_function(_signature text) FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.validate_check_threshold() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.validate_legal_hold() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.validate_retention_policy() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.validate_setting() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.api_roles() FROM PUBLIC;
REVOKE ALL ON FUNCTION maint.without_held(_expired text, _hold text) FROM PUBLIC;
REVOKE ALL ON FUNCTION public.acknowledge_security_alert(_alert_id uuid, _note text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.acknowledge_security_alert(_alert_id uuid, _note text) TO authenticated;
GRANT ALL ON FUNCTION public.acknowledge_security_alert(_alert_id uuid, _note text) TO service_role;
REVOKE ALL ON FUNCTION public.cleanup_old_audit_logs() FROM PUBLIC;
GRANT ALL ON FUNCTION public.cleanup_old_audit_logs() TO authenticated;
GRANT ALL ON FUNCTION public.cleanup_old_audit_logs() TO service_role;
REVOKE ALL ON FUNCTION public.cleanup_old_security_alerts() FROM PUBLIC;
GRANT ALL ON FUNCTION public.cleanup_old_security_alerts() TO authenticated;
GRANT ALL ON FUNCTION public.cleanup_old_security_alerts() TO service_role;
REVOKE ALL ON FUNCTION public.get_maintenance_task_history(_days integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.get_maintenance_task_history(_days integer) TO authenticated;
GRANT ALL ON FUNCTION public.get_maintenance_task_history(_days integer) TO service_role;
REVOKE ALL ON FUNCTION public.get_unresolved_security_alerts() FROM PUBLIC;
GRANT ALL ON FUNCTION public.get_unresolved_security_alerts() TO authenticated;
GRANT ALL ON FUNCTION public.get_unresolved_security_alerts() TO service_role;
GRANT ALL ON FUNCTION public.has_role(_user_id uuid, _role public.app_role) TO anon;
GRANT ALL ON FUNCTION public.has_role(_user_id uuid, _role public.app_role) TO authenticated;
GRANT ALL ON FUNCTION public.has_role(_user_id uuid, _role public.app_role) TO service_role;
REVOKE ALL ON FUNCTION public.preview_cleanup(_policy text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.preview_cleanup(_policy text) TO authenticated;
GRANT ALL ON FUNCTION public.preview_cleanup(_policy text) TO service_role;
REVOKE ALL ON FUNCTION public.resolve_security_alert(_alert_id uuid, _resolution_notes text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.resolve_security_alert(_alert_id uuid, _resolution_notes text) TO authenticated;
GRANT ALL ON FUNCTION public.resolve_security_alert(_alert_id uuid, _resolution_notes text) TO service_role;
REVOKE ALL ON FUNCTION public.run_automated_security_checks() FROM PUBLIC;
GRANT ALL ON FUNCTION public.run_automated_security_checks() TO authenticated;
GRANT ALL ON FUNCTION public.run_automated_security_checks() TO service_role;
REVOKE ALL ON FUNCTION public.silence_security_alert(_alert_id uuid, _until timestamp with time zone, _note text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.silence_security_alert(_alert_id uuid, _until timestamp with time zone, _note text) TO authenticated;
GRANT ALL ON FUNCTION public.silence_security_alert(_alert_id uuid, _until timestamp with time zone, _note text) TO service_role;
REVOKE ALL ON FUNCTION public.verify_backup_health() FROM PUBLIC;
GRANT ALL ON FUNCTION public.verify_backup_health() TO authenticated;
GRANT ALL ON FUNCTION public.verify_backup_health() TO service_role;
GRANT SELECT ON TABLE maint.activity_hours TO authenticated;
GRANT SELECT ON TABLE maint.activity_hours TO service_role;
GRANT ALL ON TABLE public.security_alerts TO anon;
GRANT ALL ON TABLE public.security_alerts TO authenticated;
GRANT ALL ON TABLE public.security_alerts TO service_role;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.security_alerts TO maint_owner;
GRANT SELECT ON TABLE maint.alert_state TO authenticated;
GRANT SELECT ON TABLE maint.alert_state TO service_role;
GRANT SELECT ON TABLE maint.archived_chunks TO authenticated;
GRANT SELECT ON TABLE maint.archived_chunks TO service_role;
GRANT SELECT ON TABLE maint.backup_sources TO authenticated;
GRANT SELECT ON TABLE maint.backup_sources TO service_role;
GRANT SELECT ON TABLE maint.check_results TO authenticated;
GRANT SELECT ON TABLE maint.check_results TO service_role;
GRANT SELECT ON TABLE maint.restore_proofs TO authenticated;
GRANT SELECT ON TABLE maint.restore_proofs TO service_role;
GRANT SELECT ON TABLE maint.backup_state TO authenticated;
GRANT SELECT ON TABLE maint.backup_state TO service_role;
GRANT SELECT ON TABLE maint.baseline TO authenticated;
GRANT SELECT ON TABLE maint.baseline TO service_role;
GRANT SELECT ON TABLE maint.check_activity_burst TO authenticated;
GRANT SELECT ON TABLE maint.check_activity_burst TO service_role;
GRANT SELECT ON TABLE maint.check_address_trying_many_users TO authenticated;
GRANT SELECT ON TABLE maint.check_address_trying_many_users TO service_role;
GRANT SELECT ON TABLE maint.check_admin_from_new_origin TO authenticated;
GRANT SELECT ON TABLE maint.check_admin_from_new_origin TO service_role;
GRANT SELECT ON TABLE maint.check_admin_outside_working_hours TO authenticated;
GRANT SELECT ON TABLE maint.check_admin_outside_working_hours TO service_role;
GRANT SELECT ON TABLE maint.check_archive_backlog TO authenticated;
GRANT SELECT ON TABLE maint.check_archive_backlog TO service_role;
GRANT SELECT ON TABLE maint.check_archiver_discards TO authenticated;
GRANT SELECT ON TABLE maint.check_archiver_discards TO service_role;
GRANT SELECT ON TABLE maint.check_archiver_failing TO authenticated;
GRANT SELECT ON TABLE maint.check_archiver_failing TO service_role;
GRANT SELECT ON TABLE maint.check_audit_log_gap TO authenticated;
GRANT SELECT ON TABLE maint.check_audit_log_gap TO service_role;
GRANT SELECT ON TABLE maint.check_audit_log_silent TO authenticated;
GRANT SELECT ON TABLE maint.check_audit_log_silent TO service_role;
GRANT SELECT ON TABLE maint.check_audit_rows_misdated TO authenticated;
GRANT SELECT ON TABLE maint.check_audit_rows_misdated TO service_role;
GRANT SELECT ON TABLE maint.check_auth_users_exposed TO authenticated;
GRANT SELECT ON TABLE maint.check_auth_users_exposed TO service_role;
GRANT SELECT ON TABLE maint.check_autovacuum_off TO authenticated;
GRANT SELECT ON TABLE maint.check_autovacuum_off TO service_role;
GRANT SELECT ON TABLE maint.check_backup_empty TO authenticated;
GRANT SELECT ON TABLE maint.check_backup_empty TO service_role;
GRANT SELECT ON TABLE maint.check_backup_failed TO authenticated;
GRANT SELECT ON TABLE maint.check_backup_failed TO service_role;
GRANT SELECT ON TABLE maint.check_backup_overdue TO authenticated;
GRANT SELECT ON TABLE maint.check_backup_overdue TO service_role;
GRANT SELECT ON TABLE maint.check_backup_settings_incomplete TO authenticated;
GRANT SELECT ON TABLE maint.check_backup_settings_incomplete TO service_role;
GRANT SELECT ON TABLE maint.check_backup_shrunk TO authenticated;
GRANT SELECT ON TABLE maint.check_backup_shrunk TO service_role;
GRANT SELECT ON TABLE maint.check_backup_stuck TO authenticated;
GRANT SELECT ON TABLE maint.check_backup_stuck TO service_role;
GRANT SELECT ON TABLE maint.check_base_backup_overdue TO authenticated;
GRANT SELECT ON TABLE maint.check_base_backup_overdue TO service_role;
GRANT SELECT ON TABLE maint.check_connection_logging_off TO authenticated;
GRANT SELECT ON TABLE maint.check_connection_logging_off TO service_role;
GRANT SELECT ON TABLE maint.check_data_checksums_off TO authenticated;
GRANT SELECT ON TABLE maint.check_data_checksums_off TO service_role;
GRANT SELECT ON TABLE maint.check_ddl_logging_off TO authenticated;
GRANT SELECT ON TABLE maint.check_ddl_logging_off TO service_role;
GRANT SELECT ON TABLE maint.check_default_privileges_for_visitors TO authenticated;
GRANT SELECT ON TABLE maint.check_default_privileges_for_visitors TO service_role;
GRANT SELECT ON TABLE maint.check_definer_function_callable TO authenticated;
GRANT SELECT ON TABLE maint.check_definer_function_callable TO service_role;
GRANT SELECT ON TABLE maint.check_definer_function_search_path TO authenticated;
GRANT SELECT ON TABLE maint.check_definer_function_search_path TO service_role;
GRANT SELECT ON TABLE maint.check_drift_from_baseline TO authenticated;
GRANT SELECT ON TABLE maint.check_drift_from_baseline TO service_role;
GRANT SELECT ON TABLE maint.check_duplicate_indexes TO authenticated;
GRANT SELECT ON TABLE maint.check_duplicate_indexes TO service_role;
GRANT SELECT ON TABLE maint.check_durability_off TO authenticated;
GRANT SELECT ON TABLE maint.check_durability_off TO service_role;
GRANT SELECT ON TABLE maint.check_extension_in_public TO authenticated;
GRANT SELECT ON TABLE maint.check_extension_in_public TO service_role;
GRANT SELECT ON TABLE maint.check_extension_outdated TO authenticated;
GRANT SELECT ON TABLE maint.check_extension_outdated TO service_role;
GRANT SELECT ON TABLE maint.check_failed_sign_ins TO authenticated;
GRANT SELECT ON TABLE maint.check_failed_sign_ins TO service_role;
GRANT SELECT ON TABLE maint.check_failed_sign_ins_from_address TO authenticated;
GRANT SELECT ON TABLE maint.check_failed_sign_ins_from_address TO service_role;
GRANT SELECT ON TABLE maint.check_first_tax_number_read TO authenticated;
GRANT SELECT ON TABLE maint.check_first_tax_number_read TO service_role;
GRANT SELECT ON TABLE maint.check_foreign_key_to_unique_of_auth TO authenticated;
GRANT SELECT ON TABLE maint.check_foreign_key_to_unique_of_auth TO service_role;
GRANT SELECT ON TABLE maint.check_foreign_key_without_index TO authenticated;
GRANT SELECT ON TABLE maint.check_foreign_key_without_index TO service_role;
GRANT SELECT ON TABLE maint.check_foreign_table_exposed TO authenticated;
GRANT SELECT ON TABLE maint.check_foreign_table_exposed TO service_role;
GRANT SELECT ON TABLE maint.check_function_search_path TO authenticated;
GRANT SELECT ON TABLE maint.check_function_search_path TO service_role;
GRANT SELECT ON TABLE maint.check_graphql_shows_tables TO authenticated;
GRANT SELECT ON TABLE maint.check_graphql_shows_tables TO service_role;
GRANT SELECT ON TABLE maint.check_hba_cleartext_password TO authenticated;
GRANT SELECT ON TABLE maint.check_hba_cleartext_password TO service_role;
GRANT SELECT ON TABLE maint.check_hba_errors TO authenticated;
GRANT SELECT ON TABLE maint.check_hba_errors TO service_role;
GRANT SELECT ON TABLE maint.check_hba_md5 TO authenticated;
GRANT SELECT ON TABLE maint.check_hba_md5 TO service_role;
GRANT SELECT ON TABLE maint.check_hba_open_to_all TO authenticated;
GRANT SELECT ON TABLE maint.check_hba_open_to_all TO service_role;
GRANT SELECT ON TABLE maint.check_hba_trust TO authenticated;
GRANT SELECT ON TABLE maint.check_hba_trust TO service_role;
GRANT SELECT ON TABLE maint.check_id_enumeration TO authenticated;
GRANT SELECT ON TABLE maint.check_id_enumeration TO service_role;
GRANT SELECT ON TABLE maint.check_invalid_index TO authenticated;
GRANT SELECT ON TABLE maint.check_invalid_index TO service_role;
GRANT SELECT ON TABLE maint.check_many_administrators TO authenticated;
GRANT SELECT ON TABLE maint.check_many_administrators TO service_role;
GRANT SELECT ON TABLE maint.check_many_role_members TO authenticated;
GRANT SELECT ON TABLE maint.check_many_role_members TO service_role;
GRANT SELECT ON TABLE maint.check_mass_delete TO authenticated;
GRANT SELECT ON TABLE maint.check_mass_delete TO service_role;
GRANT SELECT ON TABLE maint.check_mass_export TO authenticated;
GRANT SELECT ON TABLE maint.check_mass_export TO service_role;
GRANT SELECT ON TABLE maint.check_mass_read TO authenticated;
GRANT SELECT ON TABLE maint.check_mass_read TO service_role;
GRANT SELECT ON TABLE maint.check_materialized_view_exposed TO authenticated;
GRANT SELECT ON TABLE maint.check_materialized_view_exposed TO service_role;
GRANT SELECT ON TABLE maint.check_member_of_server_roles TO authenticated;
GRANT SELECT ON TABLE maint.check_member_of_server_roles TO service_role;
GRANT SELECT ON TABLE maint.check_new_administrator TO authenticated;
GRANT SELECT ON TABLE maint.check_new_administrator TO service_role;
GRANT SELECT ON TABLE maint.check_organization_without_backup TO authenticated;
GRANT SELECT ON TABLE maint.check_organization_without_backup TO service_role;
GRANT SELECT ON TABLE maint.check_password_encryption_md5 TO authenticated;
GRANT SELECT ON TABLE maint.check_password_encryption_md5 TO service_role;
GRANT SELECT ON TABLE maint.check_password_expired TO authenticated;
GRANT SELECT ON TABLE maint.check_password_expired TO service_role;
GRANT SELECT ON TABLE maint.check_password_md5 TO authenticated;
GRANT SELECT ON TABLE maint.check_password_md5 TO service_role;
GRANT SELECT ON TABLE maint.check_password_never_expires TO authenticated;
GRANT SELECT ON TABLE maint.check_password_never_expires TO service_role;
GRANT SELECT ON TABLE maint.check_policies_without_row_security TO authenticated;
GRANT SELECT ON TABLE maint.check_policies_without_row_security TO service_role;
GRANT SELECT ON TABLE maint.check_policy_always_true TO authenticated;
GRANT SELECT ON TABLE maint.check_policy_always_true TO service_role;
GRANT SELECT ON TABLE maint.check_policy_evaluated_per_row TO authenticated;
GRANT SELECT ON TABLE maint.check_policy_evaluated_per_row TO service_role;
GRANT SELECT ON TABLE maint.check_policy_for_anonymous_sign_ins TO authenticated;
GRANT SELECT ON TABLE maint.check_policy_for_anonymous_sign_ins TO service_role;
GRANT SELECT ON TABLE maint.check_policy_true_without_user TO authenticated;
GRANT SELECT ON TABLE maint.check_policy_true_without_user TO service_role;
GRANT SELECT ON TABLE maint.check_policy_trusts_user_metadata TO authenticated;
GRANT SELECT ON TABLE maint.check_policy_trusts_user_metadata TO service_role;
GRANT SELECT ON TABLE maint.check_privileges_granted TO authenticated;
GRANT SELECT ON TABLE maint.check_privileges_granted TO service_role;
GRANT SELECT ON TABLE maint.check_profile_enumeration TO authenticated;
GRANT SELECT ON TABLE maint.check_profile_enumeration TO service_role;
GRANT SELECT ON TABLE maint.check_public_bucket_lists TO authenticated;
GRANT SELECT ON TABLE maint.check_public_bucket_lists TO service_role;
GRANT SELECT ON TABLE maint.check_queue_exposed TO authenticated;
GRANT SELECT ON TABLE maint.check_queue_exposed TO service_role;
GRANT SELECT ON TABLE maint.check_rate_limit_abuse TO authenticated;
GRANT SELECT ON TABLE maint.check_rate_limit_abuse TO service_role;
GRANT SELECT ON TABLE maint.check_replication_slot_inactive TO authenticated;
GRANT SELECT ON TABLE maint.check_replication_slot_inactive TO service_role;
GRANT SELECT ON TABLE maint.check_restore_unproven TO authenticated;
GRANT SELECT ON TABLE maint.check_restore_unproven TO service_role;
GRANT SELECT ON TABLE maint.check_role_bypasses_row_security TO authenticated;
GRANT SELECT ON TABLE maint.check_role_bypasses_row_security TO service_role;
GRANT SELECT ON TABLE maint.check_role_creates_roles TO authenticated;
GRANT SELECT ON TABLE maint.check_role_creates_roles TO service_role;
GRANT SELECT ON TABLE maint.check_role_replicates TO authenticated;
GRANT SELECT ON TABLE maint.check_role_replicates TO service_role;
GRANT SELECT ON TABLE maint.check_role_without_connection_limit TO authenticated;
GRANT SELECT ON TABLE maint.check_role_without_connection_limit TO service_role;
GRANT SELECT ON TABLE maint.check_row_security_off TO authenticated;
GRANT SELECT ON TABLE maint.check_row_security_off TO service_role;
GRANT SELECT ON TABLE maint.check_row_security_without_policy TO authenticated;
GRANT SELECT ON TABLE maint.check_row_security_without_policy TO service_role;
GRANT SELECT ON TABLE maint.check_schema_open_to_creators TO authenticated;
GRANT SELECT ON TABLE maint.check_schema_open_to_creators TO service_role;
GRANT SELECT ON TABLE maint.check_search_path_without_pg_temp TO authenticated;
GRANT SELECT ON TABLE maint.check_search_path_without_pg_temp TO service_role;
GRANT SELECT ON TABLE maint.check_sensitive_columns_exposed TO authenticated;
GRANT SELECT ON TABLE maint.check_sensitive_columns_exposed TO service_role;
GRANT SELECT ON TABLE maint.check_sequence_near_end TO authenticated;
GRANT SELECT ON TABLE maint.check_sequence_near_end TO service_role;
GRANT SELECT ON TABLE maint.check_settings_differ_from_file TO authenticated;
GRANT SELECT ON TABLE maint.check_settings_differ_from_file TO service_role;
GRANT SELECT ON TABLE maint.check_settings_pending_restart TO authenticated;
GRANT SELECT ON TABLE maint.check_settings_pending_restart TO service_role;
GRANT SELECT ON TABLE maint.check_several_permissive_policies TO authenticated;
GRANT SELECT ON TABLE maint.check_several_permissive_policies TO service_role;
GRANT SELECT ON TABLE maint.check_sign_in_after_failures TO authenticated;
GRANT SELECT ON TABLE maint.check_sign_in_after_failures TO service_role;
GRANT SELECT ON TABLE maint.check_ssl_off TO authenticated;
GRANT SELECT ON TABLE maint.check_ssl_off TO service_role;
GRANT SELECT ON TABLE maint.check_ssl_old_protocol TO authenticated;
GRANT SELECT ON TABLE maint.check_ssl_old_protocol TO service_role;
GRANT SELECT ON TABLE maint.check_table_bloated TO authenticated;
GRANT SELECT ON TABLE maint.check_table_bloated TO service_role;
GRANT SELECT ON TABLE maint.check_table_without_primary_key TO authenticated;
GRANT SELECT ON TABLE maint.check_table_without_primary_key TO service_role;
GRANT SELECT ON TABLE maint.check_table_writable_by_anon TO authenticated;
GRANT SELECT ON TABLE maint.check_table_writable_by_anon TO service_role;
GRANT SELECT ON TABLE maint.check_tax_number_reads TO authenticated;
GRANT SELECT ON TABLE maint.check_tax_number_reads TO service_role;
GRANT SELECT ON TABLE maint.check_thresholds TO authenticated;
GRANT SELECT ON TABLE maint.check_thresholds TO service_role;
GRANT SELECT ON TABLE maint.check_transaction_ids_near_end TO authenticated;
GRANT SELECT ON TABLE maint.check_transaction_ids_near_end TO service_role;
GRANT SELECT ON TABLE maint.check_truncate_by_visitors TO authenticated;
GRANT SELECT ON TABLE maint.check_truncate_by_visitors TO service_role;
GRANT SELECT ON TABLE maint.check_type_hinders_upgrade TO authenticated;
GRANT SELECT ON TABLE maint.check_type_hinders_upgrade TO service_role;
GRANT SELECT ON TABLE maint.check_unexpected_superuser TO authenticated;
GRANT SELECT ON TABLE maint.check_unexpected_superuser TO service_role;
GRANT SELECT ON TABLE maint.check_unused_index TO authenticated;
GRANT SELECT ON TABLE maint.check_unused_index TO service_role;
GRANT SELECT ON TABLE maint.check_view_bypasses_row_security TO authenticated;
GRANT SELECT ON TABLE maint.check_view_bypasses_row_security TO service_role;
GRANT SELECT ON TABLE maint.detaching_partitions TO authenticated;
GRANT SELECT ON TABLE maint.detaching_partitions TO service_role;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.maintenance_task_runs TO maint_owner;
GRANT SELECT ON TABLE public.maintenance_task_runs TO authenticated;
GRANT SELECT ON TABLE public.maintenance_task_runs TO service_role;
GRANT SELECT ON TABLE maint.failures_by_week TO authenticated;
GRANT SELECT ON TABLE maint.failures_by_week TO service_role;
GRANT SELECT ON TABLE maint.ignored_findings TO authenticated;
GRANT SELECT ON TABLE maint.ignored_findings TO service_role;
GRANT SELECT ON TABLE maint.known_traits TO authenticated;
GRANT SELECT ON TABLE maint.known_traits TO service_role;
GRANT SELECT ON TABLE maint.legal_holds TO authenticated;
GRANT SELECT ON TABLE maint.legal_holds TO service_role;
GRANT SELECT ON TABLE maint.maintenance_windows TO authenticated;
GRANT SELECT ON TABLE maint.maintenance_windows TO service_role;
GRANT SELECT ON TABLE maint.notifications TO authenticated;
GRANT SELECT ON TABLE maint.notifications TO service_role;
GRANT SELECT ON TABLE maint.observations TO authenticated;
GRANT SELECT ON TABLE maint.observations TO service_role;
GRANT SELECT ON TABLE maint.recent_activity TO authenticated;
GRANT SELECT ON TABLE maint.recent_activity TO service_role;
GRANT SELECT ON TABLE maint.retention_policies TO authenticated;
GRANT SELECT ON TABLE maint.retention_policies TO service_role;
GRANT SELECT ON TABLE maint.settings TO authenticated;
GRANT SELECT ON TABLE maint.settings TO service_role;
GRANT SELECT ON TABLE maint.task_runs_by_day TO authenticated;
GRANT SELECT ON TABLE maint.task_runs_by_day TO service_role;
GRANT SELECT ON TABLE maint.task_state TO authenticated;
GRANT SELECT ON TABLE maint.task_state TO service_role;
GRANT SELECT ON TABLE maint.trusted_owners TO authenticated;
GRANT SELECT ON TABLE maint.trusted_owners TO service_role;
GRANT ALL ON TABLE public.audit_logs TO anon;
GRANT ALL ON TABLE public.audit_logs TO authenticated;
GRANT ALL ON TABLE public.audit_logs TO service_role;
GRANT SELECT,DELETE,UPDATE ON TABLE public.audit_logs TO maint_owner;
GRANT UPDATE(id) ON TABLE public.audit_logs TO maint_owner;
GRANT ALL ON TABLE public.backup_runs TO anon;
GRANT ALL ON TABLE public.backup_runs TO authenticated;
GRANT ALL ON TABLE public.backup_runs TO service_role;
GRANT SELECT,DELETE,UPDATE ON TABLE public.backup_runs TO maint_owner;
GRANT ALL ON TABLE public.backup_settings TO anon;
GRANT ALL ON TABLE public.backup_settings TO authenticated;
GRANT ALL ON TABLE public.backup_settings TO service_role;
GRANT SELECT,DELETE,UPDATE ON TABLE public.backup_settings TO maint_owner;
GRANT ALL ON TABLE public.clicks TO anon;
GRANT ALL ON TABLE public.clicks TO authenticated;
GRANT ALL ON TABLE public.clicks TO service_role;
GRANT SELECT,DELETE,UPDATE ON TABLE public.clicks TO maint_owner;
GRANT ALL ON TABLE public.clicks_before TO anon;
GRANT ALL ON TABLE public.clicks_before TO authenticated;
GRANT ALL ON TABLE public.clicks_before TO service_role;
GRANT SELECT,DELETE,UPDATE ON TABLE public.clicks_before TO maint_owner;
GRANT ALL ON TABLE public.data_export_requests TO anon;
GRANT ALL ON TABLE public.data_export_requests TO authenticated;
GRANT ALL ON TABLE public.data_export_requests TO service_role;
GRANT SELECT,DELETE,UPDATE ON TABLE public.data_export_requests TO maint_owner;
GRANT ALL ON TABLE public.org_users TO anon;
GRANT ALL ON TABLE public.org_users TO authenticated;
GRANT ALL ON TABLE public.org_users TO service_role;
GRANT SELECT,DELETE,UPDATE ON TABLE public.org_users TO maint_owner;
GRANT ALL ON TABLE public.orgs TO anon;
GRANT ALL ON TABLE public.orgs TO authenticated;
GRANT ALL ON TABLE public.orgs TO service_role;
GRANT SELECT,DELETE,UPDATE ON TABLE public.orgs TO maint_owner;
GRANT ALL ON TABLE public.parcels TO anon;
GRANT ALL ON TABLE public.parcels TO authenticated;
GRANT ALL ON TABLE public.parcels TO service_role;
GRANT SELECT,DELETE,UPDATE ON TABLE public.parcels TO maint_owner;
GRANT ALL ON TABLE public.parcels_before TO anon;
GRANT ALL ON TABLE public.parcels_before TO authenticated;
GRANT ALL ON TABLE public.parcels_before TO service_role;
GRANT SELECT,DELETE,UPDATE ON TABLE public.parcels_before TO maint_owner;
GRANT ALL ON SEQUENCE public.parcels_id_seq TO anon;
GRANT ALL ON SEQUENCE public.parcels_id_seq TO authenticated;
GRANT ALL ON SEQUENCE public.parcels_id_seq TO service_role;
GRANT SELECT ON SEQUENCE public.parcels_id_seq TO maint_owner;
GRANT ALL ON TABLE public.profiles TO anon;
GRANT ALL ON TABLE public.profiles TO authenticated;
GRANT ALL ON TABLE public.profiles TO service_role;
GRANT SELECT,DELETE,UPDATE ON TABLE public.profiles TO maint_owner;
GRANT ALL ON TABLE public.readings TO anon;
GRANT ALL ON TABLE public.readings TO authenticated;
GRANT ALL ON TABLE public.readings TO service_role;
GRANT SELECT,DELETE,UPDATE ON TABLE public.readings TO maint_owner;
GRANT ALL ON TABLE public.readings_2024 TO anon;
GRANT ALL ON TABLE public.readings_2024 TO authenticated;
GRANT ALL ON TABLE public.readings_2024 TO service_role;
GRANT SELECT,DELETE,UPDATE ON TABLE public.readings_2024 TO maint_owner;
GRANT ALL ON TABLE public.readings_2025 TO anon;
GRANT ALL ON TABLE public.readings_2025 TO authenticated;
GRANT ALL ON TABLE public.readings_2025 TO service_role;
GRANT SELECT,DELETE,UPDATE ON TABLE public.readings_2025 TO maint_owner;
GRANT ALL ON TABLE public.readings_now TO anon;
GRANT ALL ON TABLE public.readings_now TO authenticated;
GRANT ALL ON TABLE public.readings_now TO service_role;
GRANT SELECT,DELETE,UPDATE ON TABLE public.readings_now TO maint_owner;
GRANT ALL ON TABLE public.sessions TO anon;
GRANT ALL ON TABLE public.sessions TO authenticated;
GRANT ALL ON TABLE public.sessions TO service_role;
GRANT SELECT,DELETE,UPDATE ON TABLE public.sessions TO maint_owner;
GRANT ALL ON TABLE public.user_roles TO anon;
GRANT ALL ON TABLE public.user_roles TO authenticated;
GRANT ALL ON TABLE public.user_roles TO service_role;
GRANT SELECT,DELETE,UPDATE ON TABLE public.user_roles TO maint_owner;
ALTER DEFAULT PRIVILEGES FOR ROLE postgres IN SCHEMA public GRANT ALL ON SEQUENCES  TO anon;
ALTER DEFAULT PRIVILEGES FOR ROLE postgres IN SCHEMA public GRANT ALL ON SEQUENCES  TO authenticated;
ALTER DEFAULT PRIVILEGES FOR ROLE postgres IN SCHEMA public GRANT ALL ON SEQUENCES  TO service_role;
ALTER DEFAULT PRIVILEGES FOR ROLE postgres IN SCHEMA public GRANT ALL ON FUNCTIONS  TO anon;
ALTER DEFAULT PRIVILEGES FOR ROLE postgres IN SCHEMA public GRANT ALL ON FUNCTIONS  TO authenticated;
ALTER DEFAULT PRIVILEGES FOR ROLE postgres IN SCHEMA public GRANT ALL ON FUNCTIONS  TO service_role;
ALTER DEFAULT PRIVILEGES FOR ROLE postgres IN SCHEMA public GRANT ALL ON TABLES  TO anon;
ALTER DEFAULT PRIVILEGES FOR ROLE postgres IN SCHEMA public GRANT ALL ON TABLES  TO authenticated;
ALTER DEFAULT PRIVILEGES FOR ROLE postgres IN SCHEMA public GRANT ALL ON TABLES  TO service_role;
