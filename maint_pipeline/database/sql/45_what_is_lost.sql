-- Who loses what by a fix that takes something away, and whether something in use would break.

-- Each takes one object of jsonb for each finding: object, what (what can't be done any more: "read public.notes"),
-- roles (their names, or public), relations and routines (the oids that they no longer reach), and verbs where
-- only some statements are lost: a regular expression of what stands before a relation's name, like into|update.

-- The relations and routines of these, each with the roles that lose it.
create or replace function maint.taken_things(_taken jsonb)
    returns table (object text, roles oid[], class oid, id oid, name text, verbs text)
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    with taken as (
        select given.object,
            array(
                select pg_roles.oid from pg_roles
                where rolname = any (given.roles) or 'public' = any (given.roles) and not rolsuper) as roles,
            coalesce(given.relations, '{}') as relations, coalesce(given.routines, '{}') as routines,
            coalesce(given.verbs, 'from|join|into|update|table') as verbs
        from jsonb_to_recordset(_taken)
            as given (object text, roles text[], relations oid[], routines oid[], verbs text)
    )
    select taken.object, taken.roles, 'pg_class'::regclass::oid, pg_class.oid, relname::text, taken.verbs
    from taken
    join pg_class on pg_class.oid = any (taken.relations)
    union all
    select taken.object, taken.roles, 'pg_proc'::regclass::oid, pg_proc.oid, proname::text, taken.verbs
    from taken
    join pg_proc on pg_proc.oid = any (taken.routines)
$$;

-- What of the application needs them: policies that ask them, views with the reader's rights, defaults, and functions
-- with the caller's rights. Policies of a table itself are what stays.
create or replace function maint.users_of_things(_taken jsonb) returns table (object text, used_by text)
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    with thing as materialized (
        select * from maint.taken_things(_taken)
    ), word as materialized (
        select distinct bodies.routine, bodies.name, bodies.body, found.names[1] as word
        from maint.function_bodies() as bodies
        cross join lateral regexp_matches(lower(bodies.body), '[\w$]+', 'g') as found (names)
        where not bodies.is_definer and bodies.schema in (select maint.exposed_schemas())
            and exists (select from thing)
    )
    select thing.object, case classid
        when 'pg_policy'::regclass then format('policy "%s" of %s', polname, polrelid::regclass)
        when 'pg_rewrite'::regclass then format('view %s', ev_class::regclass)
        when 'pg_attrdef'::regclass then format('a default of %s', adrelid::regclass)
        else format('a constraint of %s', conrelid::regclass) end
    from thing
    join pg_depend on refclassid = thing.class and refobjid = thing.id
        and classid in ('pg_policy'::regclass, 'pg_rewrite'::regclass, 'pg_attrdef'::regclass, 'pg_constraint'::regclass)
    left join pg_policy on classid = 'pg_policy'::regclass and pg_policy.oid = objid
    left join pg_rewrite on classid = 'pg_rewrite'::regclass and pg_rewrite.oid = objid
    left join pg_attrdef on classid = 'pg_attrdef'::regclass and pg_attrdef.oid = objid
    left join pg_constraint on classid = 'pg_constraint'::regclass and pg_constraint.oid = objid
    -- What reads needs no right to write.
    where thing.verbs ~ 'from\|' and case classid
        when 'pg_policy'::regclass then polrelid <> thing.id and exists (
            select from unnest(thing.roles) as role where maint.concerns(polroles, role))
        when 'pg_rewrite'::regclass then ev_class <> thing.id and (thing.class = 'pg_proc'::regclass
            or maint.has_invoker_rights(ev_class)) and exists (
                select from unnest(thing.roles) as role
                where has_any_column_privilege(role, ev_class, 'select'))
        else thing.class = 'pg_proc'::regclass end
    union
    select thing.object, format('function %s', word.name)
    from thing
    join word on word.word = lower(thing.name) and word.routine <> thing.id
    where exists (
            select from unnest(thing.roles) as role where has_function_privilege(role, word.routine, 'execute'))
        and (thing.class = 'pg_proc'::regclass
            or word.body ~* format('\m(%s)\s+(only\s+)?("?[\w$]+"?\.)?"?%s\M', thing.verbs, maint.regex_of(word.word)))
$$;

-- How often statements of those roles named them; null where nobody counts.
create or replace function maint.calls_of_things(_taken jsonb) returns table (object text, calls bigint)
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    with thing as materialized (
        select * from maint.taken_things(_taken)
    ), statement as materialized (
        select executed.* from maint.executed_statements() as executed where exists (select from thing)
    ), named as (
        select distinct thing.object, statement.role, statement.query, statement.calls
        from thing
        join statement on statement.role = any (thing.roles)
            and strpos(statement.query, thing.name) > 0
            and statement.query ~* case thing.class
                when 'pg_proc'::regclass then format('(^|[^\w$])"?%s"?\s*\(', maint.regex_of(thing.name))
                else format('\m(%s)\s+(only\s+)?("?[\w$]+"?\.)?"?%s"?($|[^\w$(])', thing.verbs,
                    maint.regex_of(thing.name)) end
    )
    select thing.object, case when exists (select from statement where role is null) then null
        else coalesce((select sum(named.calls)::bigint from named where named.object = thing.object), 0) end
    from (select distinct thing.object from thing) as thing
$$;

-- For each: loses, for people; used_by, the first ten of what needs it; calls; and whether the fix breaks something
-- in use, so that nobody should run it without a look.
create or replace function maint.losses(_taken jsonb) returns table (object text, loss jsonb, breaks boolean)
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
begin
    if _taken is null then
        return;
    end if;
    return query
    with needed as materialized (
        select used.object, array_agg(used.used_by order by used.used_by) as used_by
        from maint.users_of_things(_taken) as used
        group by used.object
    ), called as materialized (
        select counted.object, counted.calls from maint.calls_of_things(_taken) as counted
    )
    select given.object,
        jsonb_strip_nulls(jsonb_build_object(
            'loses', format('%s can''t %s any more', array_to_string(given.roles, ' and '), given.what)
                || coalesce('; needed by ' || array_to_string(needed.used_by[:3], ', ')
                    || case when cardinality(needed.used_by) > 3 then ' and others' else '' end, '')
                || case
                    when called.object is null then ''
                    when called.calls is null then '; whether anybody does is not known (no pg_stat_statements)'
                    when called.calls = 0 then '; nobody has done so since statistics were reset'
                    else format('; it was done %s', maint.pluralize(called.calls, 'time')) end,
            'used_by', to_jsonb(needed.used_by[:10]),
            'calls', called.calls)),
        needed.used_by is not null or coalesce(called.calls, 0) > 0
    from jsonb_to_recordset(_taken) as given (object text, what text, roles text[])
    left join needed on needed.object = given.object
    left join called on called.object = given.object;
end
$$;
