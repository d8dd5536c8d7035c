-- Running checks. Each check is a function maint.check_NAME() made from its file in
-- maint_pipeline/checks/, and a row of maint.checks that says what it needs.

-- What is missing of one thing that a check needs, as text; null when nothing is. It is a part of the
-- application (audit_log) or a column of one (audit_log.time), a function with its argument types, the
-- rights of a role (role pg_monitor), or another relation with its schema.
create or replace function maint.missing_need(_need text) returns text
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    _first constant text := split_part(_need, '.', 1);
    _problems text[];
    _name text[];
    _relation oid;
begin
    if _need like '% or %' then
        select array_agg(maint.missing_need(one)) into _problems
        from regexp_split_to_table(_need, ' or ') as one;
        return case when array_position(_problems, null) is null then _problems[1] end;
    elsif _need like 'role %' then
        return case when not pg_has_role(current_user, substr(_need, 6), 'usage')
            then 'needs the rights of ' || _need || ' for ' || current_user end;
    elsif _need like '%)' then
        return case
            when to_regprocedure(_need) is null then _need || ' does not exist'
            when not has_function_privilege(to_regprocedure(_need), 'execute')
                then 'needs execute on ' || _need || ' for ' || current_user
        end;
    elsif exists (select from maint.sources where part = _first) then
        return case when _need = _first then maint.source_problem(_need)
            else maint.source_column_problem(_first, split_part(_need, '.', 2)) end;
    end if;
    _name := parse_ident(_need);
    _relation := maint.relation_of(_name[1], _name[2]);
    return case when _relation is null then _need || ' does not exist'
        else maint.unreadable(_relation) end;
exception when others then
    -- Whatever the application did: one check that can't look ends no run.
    return format('%s can''t be looked at: %s', _need, sqlerrm);
end
$$;

-- What is missing of all that a check needs, as text.
create or replace function maint.missing_needs(_needs text[]) returns text[]
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select coalesce(array_agg(distinct problem order by problem), '{}')
    from unnest(_needs) as needed (need)
    cross join lateral (select maint.missing_need(needed.need) as problem) as looked
    where problem is not null
$$;

-- What a check compares with: the administrator's value, or the default of its file.
create or replace function maint.threshold(_check_name text, _name text) returns text
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select coalesce(value, default_value)
    from maint.check_thresholds
    where check_name = _check_name and name = _name
$$;

-- Refuses a threshold that is no value of its type, or not above zero.
create or replace function maint.validate_check_threshold() returns trigger
    language plpgsql security definer
    set search_path = pg_catalog, pg_temp
as $$
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
$$;

create or replace trigger validate_check_threshold
    before insert or update on maint.check_thresholds
    for each row execute function maint.validate_check_threshold();

-- The findings that are suppressed now.
create or replace view maint.ignored_now with (security_invoker = true) as
select fingerprint, ignored_at, reason
from maint.ignored_findings
where coalesce(ignored_until, 'infinity') > now();

drop function if exists maint.is_ignored(text);

-- Why an alert of an ignored finding is over, as its evidence; null where nobody ignores it.
create or replace function maint.ignored_evidence(_fingerprint text) returns jsonb
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object('resolved_because', format('ignored since %s: %s',
        to_char(ignored_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"'), reason))
    from maint.ignored_now
    where fingerprint = _fingerprint
$$;

-- What a check sees now, ignored findings aside.
create or replace function maint.all_findings(_name text) returns jsonb
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    _findings jsonb;
begin
    execute format(
        'select coalesce(jsonb_agg(to_jsonb(f)), ''[]'') from maint.%I() as f '
        'where not exists (select from maint.ignored_now as i where i.fingerprint = f.fingerprint)',
        'check_' || _name
    ) into _findings;
    return _findings;
end
$$;

-- Those on objects of the platform, or those on objects that the user can change.
create or replace function maint.of_the_platform(_findings jsonb, _is_so boolean) returns jsonb
    language sql immutable
    set search_path = pg_catalog, pg_temp
as $$
    select coalesce(jsonb_agg(finding), '[]')
    from jsonb_array_elements(_findings) as finding
    where finding -> 'metadata' ? 'managed_by' = _is_so
$$;

-- What its alerts show, as maint.sync_alerts takes it.
create or replace function maint.evaluate_check(_name text) returns jsonb
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$ select maint.of_the_platform(maint.all_findings(_name), false) $$;

-- Raises where a check reads the copy of the audit log and there is none to rely on.
create or replace function maint.assert_observed(_needs text[]) returns void
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
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

create or replace function maint.first_hundred(_findings jsonb) returns jsonb
    language sql immutable
    set search_path = pg_catalog, pg_temp
as $$
    select coalesce(jsonb_agg(finding order by position), '[]')
    from jsonb_array_elements(_findings) with ordinality as listed (finding, position)
    where position <= 100
$$;

-- Evaluates one check and brings its alerts in line.
--
-- Returns {check, status, findings, alerts_created, alerts_resolved, problem, sample, of_the_platform,
-- platform_sample}, where status is passed, findings, not_applicable or failed, and samples hold up to 100
-- findings. Those on objects of the platform are counted beside the others and raise no alert.
-- A check that fails resolves nothing and raises an alert of its own.
create or replace function maint.run_check(_name text) returns jsonb
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
    set jit = off
as $$
declare
    _check maint.checks;
    _missing text[];
    _findings jsonb := '[]';
    _of_the_platform jsonb := '[]';
    _changes jsonb := '{}';
    _status text;
    _problem text;
    _detail text;
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
            _findings := maint.all_findings(_name);
            _of_the_platform := maint.of_the_platform(_findings, true);
            _findings := maint.of_the_platform(_findings, false);
            _changes := maint.sync_alerts(_name, _findings);
            _status := case when _findings = '[]' then 'passed' else 'findings' end;
        -- What maint.require() says.
        exception when sqlstate 'MA001' then
            _status := 'not_applicable';
            _problem := sqlerrm;
        when others then
            _findings := '[]';
            _of_the_platform := '[]';
            _status := 'failed';
            get stacked diagnostics _detail = pg_exception_detail;
            _problem := maint.problem(sqlstate, sqlerrm, _detail);
        end;
        perform maint.sync_check_failing_alert(
            _check, case when _status = 'failed' then _problem end);
    end if;

    return maint.note_check_result(_name, _status, _problem, _findings, _of_the_platform, _changes);
end
$$;

-- Keeps the result of a check, and gives it as maint.run_check() does.
create or replace function maint.note_check_result(
    _name text, _status text, _problem text, _findings jsonb, _of_the_platform jsonb, _changes jsonb
) returns jsonb
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    insert into maint.check_results
        (check_name, status, findings, of_the_platform, problem, evaluated_at)
    values (_name, _status, jsonb_array_length(_findings), jsonb_array_length(_of_the_platform), _problem,
        clock_timestamp())
    on conflict (check_name) do update
    set status = excluded.status, findings = excluded.findings,
        of_the_platform = excluded.of_the_platform, problem = excluded.problem,
        evaluated_at = excluded.evaluated_at;

    return jsonb_build_object(
        'check', _name,
        'status', _status,
        'findings', jsonb_array_length(_findings),
        'alerts_created', coalesce((_changes ->> 'created')::integer, 0)
            + coalesce((_changes ->> 'reopened')::integer, 0),
        'alerts_resolved', coalesce((_changes ->> 'resolved')::integer, 0),
        'problem', _problem,
        'sample', maint.first_hundred(_findings),
        'of_the_platform', jsonb_array_length(_of_the_platform),
        'platform_sample', maint.first_hundred(_of_the_platform)
    );
end
$$;

-- Leaves a check of the server to another of its databases, where it is evaluated: nobody looked here, so it
-- is not applicable here, and its alerts here are over. Returns what maint.run_check() does.
create or replace function maint.leave_check(_name text, _database text) returns jsonb
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    _problem constant text := format('of the server: looked at in the database %s of the registry', _database);
    _over jsonb;
    _resolved uuid[] := '{}';
begin
    if exists (
        select from maint.known_alerts() as alert
        where alert.alert_type in (_name, 'check_failing:' || _name) and alert.fingerprint is not null
            and alert.resolved is not true)
    then
        perform maint.lock_alerts(_name);
        perform maint.lock_alerts('check_failing:' || _name);
        select jsonb_agg(jsonb_build_object('id', alert.id,
            'evidence', jsonb_build_object('resolved_because', _problem))) into _over
        from maint.known_alerts() as alert
        where alert.alert_type in (_name, 'check_failing:' || _name) and alert.fingerprint is not null
            and alert.resolved is not true;
        _resolved := maint.close_alerts(coalesce(_over, '[]'), null);
        perform maint.notify('resolved', _resolved);
    end if;
    return maint.note_check_result(_name, 'not_applicable', _problem, '[]', '[]',
        jsonb_build_object('resolved', cardinality(_resolved)));
end
$$;

-- One success is proof that a check works again: no second absence is waited for.
create or replace function maint.sync_check_failing_alert(_check maint.checks, _problem text)
    returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
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

create or replace function maint.enabled_checks(_category text) returns setof text
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select name from maint.checks where (category = _category or _category = any (also_in)) and enabled order by name
$$;

-- The summary of a run of several checks, from what maint.run_check returned for each.
create or replace function maint.summarize_checks(_results jsonb) returns jsonb
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object(
        'findings', coalesce(sum((result ->> 'findings')::integer), 0),
        'alerts_created', coalesce(sum((result ->> 'alerts_created')::integer), 0),
        'alerts_resolved', coalesce(sum((result ->> 'alerts_resolved')::integer), 0),
        'findings_by_check', coalesce(jsonb_object_agg(
            result ->> 'check', (result ->> 'findings')::integer
        ) filter (where result ->> 'status' in ('passed', 'findings')), '{}'),
        'of_the_platform', coalesce(jsonb_object_agg(
            result ->> 'check', (result ->> 'of_the_platform')::integer
        ) filter (where (result ->> 'of_the_platform')::integer > 0), '{}'),
        'not_applicable', coalesce(jsonb_object_agg(
            result ->> 'check', result ->> 'problem'
        ) filter (where result ->> 'status' = 'not_applicable'), '{}'),
        'failed_checks', coalesce(jsonb_object_agg(
            result ->> 'check', result ->> 'problem'
        ) filter (where result ->> 'status' = 'failed'), '{}')
    )
    from jsonb_array_elements(_results) as result
$$;

-- What backup health adds to it: the two counts that its callers read, null where nobody could look.
create or replace function maint.summarize_backup_checks(_results jsonb) returns jsonb
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    _summary jsonb := maint.summarize_checks(_results);
    _failed_backups bigint;
begin
    if maint.missing_needs('{organizations.id, backup_runs.org_id, backup_runs.status,'
        'backup_runs.started_at}') = '{}'
    then
        select count(*) into _failed_backups
        from maint.backup_runs() as run
        join maint.organizations() as org on org.id = run.org_id and org.deleted_at is null
        where run.status = 'failed'
            and coalesce(run.finished_at, run.started_at) > now() - interval '48 hours';
    end if;
    return _summary || jsonb_build_object(
        'orgs_without_backup',
        (_summary #>> '{findings_by_check,organization_without_backup}')::integer,
        'failed_backups', _failed_backups
    );
end
$$;
