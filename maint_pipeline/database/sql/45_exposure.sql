-- Who can really do what: what the roles of the API reach by themselves and through what runs with other
-- rights. Each function reads the catalogs once and is joined, never asked for one row.

-- The roles of the API with all roles whose rights they have; 0 is PUBLIC.
create or replace function maint.api_reach() returns table (role oid, name text, reach oid[])
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select visitor.role, visitor.name, array_agg(pg_roles.oid) || 0::oid
    from maint.api_roles() as visitor
    join pg_roles on pg_has_role(visitor.role, pg_roles.oid, 'usage')
    group by visitor.role, visitor.name
$$;

drop function if exists maint.policies();

-- Policies as pg_policies shows them, of every table in a schema that a role of the API may use: the
-- platform's services for files and messages serve theirs, whatever the API's schemas are. Ours aside.
create function maint.policies()
    returns table (
        relation regclass, name text, policy name, command text, is_permissive boolean,
        roles oid[], using_text text, check_text text, owner oid, is_enforced boolean, is_exposed boolean
    )
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select polrelid::regclass, format('%I.%I', nspname, relname), polname,
        case polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update'
            when 'd' then 'delete' else 'all' end,
        polpermissive, polroles, pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid),
        relowner, relrowsecurity,
        relnamespace in (select maint.exposed_schemas())
    from pg_policy
    join pg_class on pg_class.oid = polrelid
    join pg_namespace on pg_namespace.oid = relnamespace
    where polname not like 'maint\_%'
        and nspname <> 'maint'
        and relnamespace in (
            select pg_namespace.oid
            from pg_namespace
            where pg_namespace.oid in (select maint.exposed_schemas())
                or nspname in ('storage', 'realtime')
                or exists (
                    select from maint.api_roles() as visitor
                    where has_schema_privilege(visitor.role, pg_namespace.oid, 'usage'))
        )
        and not exists (
            select from pg_depend
            where classid = 'pg_class'::regclass and objid = polrelid and deptype = 'e'
        )
$$;

-- The same for each role of the API that a policy concerns, with who passes its conditions. A condition that
-- is missing passes everybody, and what may be written is what may be seen where nothing else is said.
create or replace function maint.judged_policies()
    returns table (
        relation regclass, name text, policy name, command text, is_permissive boolean,
        visitor oid, visitor_name text, using_text text, check_text text,
        using_passers text, check_passers text, owner oid, is_enforced boolean, is_exposed boolean
    )
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    with policy as materialized (
        select * from maint.policies()
    ), condition as materialized (
        select text.value as text, asked.is_signed_in,
            coalesce(known.passers, maint.passers_of(text.value, asked.is_signed_in)) as passers
        from (
            select using_text from policy union select check_text from policy
        ) as text (value)
        cross join (values (true), (false)) as asked (is_signed_in)
        left join maint.judged_conditions as known on known.text_sha256 = sha256(convert_to(text.value, 'UTF8'))
            and known.is_signed_in = asked.is_signed_in
        where text.value is not null
    )
    select policy.relation, policy.name, policy.policy, policy.command, policy.is_permissive,
        visitor.role, visitor.name, policy.using_text, policy.check_text,
        case when policy.command <> 'insert' then coalesce(seen.passers, 'everybody') end,
        case when policy.command in ('insert', 'update', 'all')
            then coalesce(written.passers, seen.passers, 'everybody') end,
        policy.owner, policy.is_enforced, policy.is_exposed
    from policy
    join maint.api_reach() as visitor on visitor.reach && policy.roles
    left join condition as seen on seen.text = policy.using_text
        and seen.is_signed_in = (visitor.name = 'authenticated')
    left join condition as written on written.text = policy.check_text
        and written.is_signed_in = (visitor.name = 'authenticated')
$$;

-- For each table under row security that has policies, each role of the API and each command: who passes.
-- Whoever passes one permissive policy does, unless a restrictive one keeps them out. An update or delete
-- is reported by the rows it reaches, an insert by the rows it may make.
create or replace function maint.row_access()
    returns table (relation regclass, visitor oid, visitor_name text, command text, passers text)
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select judged.relation, judged.visitor, judged.visitor_name, command.name,
        (maint.passers())[least(
            max(array_position(maint.passers(), case command.name when 'insert'
                then judged.check_passers else judged.using_passers end))
                filter (where judged.is_permissive),
            min(array_position(maint.passers(), case command.name when 'insert'
                then judged.check_passers else judged.using_passers end))
                filter (where not judged.is_permissive))]
    from maint.judged_policies() as judged
    join (values ('select'), ('insert'), ('update'), ('delete')) as command (name)
        on judged.command in (command.name, 'all')
    where judged.is_enforced
    group by judged.relation, judged.visitor, judged.visitor_name, command.name
    having bool_or(judged.is_permissive)
$$;

-- The application's functions with their bodies, comments taken out, and whether a body asks who calls:
-- for the user's identity, a claim, a key or a role.
create or replace function maint.function_bodies()
    returns table (routine oid, name text, owner oid, is_definer boolean, schema oid, body text, asks boolean)
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select application.routine::oid, application.name, application.owner, application.is_definer,
        application.schema, source.body,
        -- Who only writes down who calls does not ask.
        case when source.body ~* '\mdelete\s+from\M|(?<!\mdo\s{1,9})\mupdate\M'
            then regexp_replace(source.body, '\mvalues\s*\((?:[^()]|\([^()]*\))*\)', ' ', 'gi')
            else source.body end ~* ('\mauth\.(uid|jwt|role|email)\s*\(|request\.(jwt|header)|\m(session_user|pg_has_role)\M'
            '|current_setting\s*\(\s*''(app|my|jwt|user|role)'
            -- Whoever knows the token of an invitation was given it.
            '|\m\w*(token|secret|api_?key)\w*\s*=\s*\w')
    from maint.application_functions() as application
    join pg_proc on pg_proc.oid = application.routine
    cross join lateral (
        select regexp_replace(
            case when prosqlbody is null then prosrc else pg_get_function_sqlbody(pg_proc.oid) end,
            '--[^\n]*|/\*.*?\*/', ' ', 'g') as body
    ) as source
$$;

-- The SECURITY DEFINER functions that a role of the API may call through the API, by themselves or by a function
-- or view that it serves, and whether they, or functions that they call, ask who calls.
create or replace function maint.callable_definers()
    returns table (routine oid, name text, owner oid, visitor_name text, body text, asks boolean)
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    with recursive known as materialized (
        select bodies.*, proname::text as short_name
        from maint.function_bodies() as bodies
        join pg_proc on pg_proc.oid = bodies.routine
    ), served as materialized (
        select known.routine, known.body
        from known
        where not known.is_definer and not known.asks and known.schema in (select maint.exposed_schemas())
    ), callable as materialized (
        select known.routine, known.name, known.owner, visitor.name as visitor_name, known.body, known.asks
        from known
        join pg_proc on pg_proc.oid = known.routine
        join maint.api_roles() as visitor on has_function_privilege(visitor.role, known.routine, 'execute')
        where known.is_definer
            -- Triggers can't be called.
            and prorettype not in ('trigger'::regtype, 'event_trigger'::regtype)
            and (known.schema in (select maint.exposed_schemas())
                or not known.asks and has_schema_privilege(visitor.role, known.schema, 'usage')
                    and (exists (
                        select from served
                        where strpos(lower(served.body), lower(known.short_name)) > 0
                            and has_function_privilege(visitor.role, served.routine, 'execute')
                            and served.body ~* format('\m%s"?\s*\(', maint.regex_of(known.short_name)))
                    or exists (
                        select from pg_depend
                        join pg_rewrite on pg_rewrite.oid = objid
                        join maint.exposed_relations('v') as exposed on exposed.relation = ev_class
                        where classid = 'pg_rewrite'::regclass and refclassid = 'pg_proc'::regclass
                            and refobjid = known.routine
                            and has_any_column_privilege(visitor.role, ev_class, 'select'))))
    ), called (routine, callee, asks, depth) as (
        select distinct callable.routine, callable.routine, callable.asks, 1 from callable
        union
        select called.routine, known.routine, known.asks, called.depth + 1
        from called
        join known as caller on caller.routine = called.callee
        cross join lateral regexp_matches(lower(caller.body), '"?(\w+)"?\s*\(', 'g') as call (names)
        join known on known.short_name = call.names[1] and known.routine <> called.callee
            -- Whether auth.uid() and its like are asked, or only written down, the body has said.
            and known.schema is distinct from to_regnamespace('auth')
        where called.depth < 4 and not called.asks
    )
    -- What it calls works with its owner's rights too, so these bodies count.
    select callable.routine, callable.name, callable.owner, callable.visitor_name,
        concat_ws(e';\n', callable.body, string_agg(distinct callee.body, e';\n')),
        bool_or(called.asks)
    from callable
    join called on called.routine = callable.routine
    left join known as callee on callee.routine = called.callee and callee.routine <> callable.routine
    group by callable.routine, callable.name, callable.owner, callable.visitor_name, callable.body
$$;

-- The tables and views that a function's body names after FROM, JOIN, INTO, UPDATE and the like, and whether
-- it writes to them. Names without schema mean whatever table has that name.
create or replace function maint.relations_in(_body text)
    returns table (relation oid, name text, is_written boolean)
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select pg_class.oid, format('%I.%I', nspname, relname),
        bool_or(lower(found.names[1]) ~ '^(insert|update|delete|truncate|merge)')
    from regexp_matches(_body,
        '\m(insert\s+into|update|delete\s+from|truncate(?:\s+table)?|merge\s+into|from|join)\s+(?:only\s+)?"?(\w+)"?(?:\."?(\w+)"?)?',
        'gi') as found (names)
    join pg_class on relname = lower(coalesce(found.names[3], found.names[2]))
        and relkind in ('r', 'p', 'v', 'm', 'f')
    join pg_namespace on pg_namespace.oid = relnamespace
        and (found.names[3] is null or nspname = lower(found.names[2]))
        and nspname not in ('pg_catalog', 'information_schema', 'maint')
    group by pg_class.oid, nspname, relname
$$;
