-- What each role of the API can do, in one list: by its own grants, and through what runs with other rights.

-- By which grant a role has a relation or function: its own, everybody's, or that of a role it is in.
create or replace function maint.granted_by(_acl aclitem[], _visitor oid) returns text
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select case
        when bool_or(grantee = _visitor) then ''
        when bool_or(grantee = 0) then 'everybody → '
        else min(format('member of %s → ', grantee::regrole)) filter (where pg_has_role(_visitor, grantee, 'usage')) end
    from aclexplode(_acl)
    where grantee in (0, _visitor) or pg_has_role(_visitor, grantee, 'usage')
$$;

-- Whose rows a role reaches by each command in what it was granted, as maint.passers() has them; tables of a view with
-- the reader's rights decide for it, and what an owner's view shows is in its definition.
create or replace function maint.granted_relations()
    returns table (visitor_name text, kind text, name text, command text, passers text, path text)
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    with relation as materialized (
        select exposed.relation::oid, exposed.name from maint.exposed_relations('rpvmf') as exposed
        union
        -- What the platform's services serve.
        select pg_class.oid, format('%I.%I', nspname, relname)
        from pg_class
        join pg_namespace on pg_namespace.oid = relnamespace
        where (nspname, relname) in (('storage', 'objects'), ('storage', 'buckets'), ('realtime', 'messages'))
    ), allowed as materialized (
        select access.relation::oid, access.visitor, access.command, access.passers from maint.row_access() as access
    )
    select visitor.name, kinds.name, relation.name, command.name, case
            when relkind = 'v' and maint.has_invoker_rights(relation.relation) then 'as its tables'
            when relkind = 'v' then 'as its definition'
            when relrowsecurity and not visitor_role.rolbypassrls then allowed.passers
            else 'everybody' end,
        format('%s → %s%s %s', visitor.name, maint.granted_by(coalesce(relacl, acldefault('r', relowner)), visitor.role),
            kinds.name, relation.name)
    from relation
    join pg_class on pg_class.oid = relation.relation
    join (values ('r', 'table'), ('p', 'table'), ('v', 'view'), ('m', 'materialized view'), ('f', 'foreign table'))
        as kinds (letter, name) on kinds.letter = relkind::text
    cross join maint.api_roles() as visitor
    join pg_roles as visitor_role on visitor_role.oid = visitor.role and has_schema_privilege(visitor.role, relnamespace, 'usage')
    join (values ('select'), ('insert'), ('update'), ('delete')) as command (name)
        on case command.name when 'delete' then has_table_privilege(visitor.role, relation.relation, 'delete')
            else has_any_column_privilege(visitor.role, relation.relation, command.name) end
    left join allowed on allowed.relation = relation.relation and allowed.visitor = visitor.role
        and allowed.command = command.name
$$;

-- One row for each role and each thing that it can use: its rights (command to whose rows, or to how it executes) and
-- the shortest way there. What policies let nobody pass is left out.
create or replace function maint.exposure()
    returns table (role text, kind text, object text, rights jsonb, path text)
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select granted.visitor_name, granted.kind, granted.name, jsonb_object_agg(granted.command, granted.passers),
        min(granted.path)
    from maint.granted_relations() as granted
    where granted.passers <> 'nobody'
    group by granted.visitor_name, granted.kind, granted.name
    union all
    select visitor.name, 'function', bodies.name, jsonb_build_object('execute', case
            when not bodies.is_definer then 'with its own rights' when definer.asks then 'asks who calls'
            else 'asks nobody' end),
        format('%s → %sfunction %s%s', visitor.name,
            maint.granted_by(coalesce(proacl, acldefault('f', proowner)), visitor.role), bodies.name,
            case when bodies.is_definer then format(' (definer, owner %s)', pg_get_userbyid(bodies.owner)) else '' end)
            || coalesce(' → ' || reached.list, '')
    from maint.function_bodies() as bodies
    join pg_proc on pg_proc.oid = bodies.routine and prorettype not in ('trigger'::regtype, 'event_trigger'::regtype)
    join maint.api_roles() as visitor on has_function_privilege(visitor.role, bodies.routine, 'execute')
    left join maint.callable_definers() as definer on definer.routine = bodies.routine
        and definer.visitor_name = visitor.name
    left join lateral (
        select string_agg(case when named.is_written then 'writes ' else 'reads ' end || named.name, ', '
            order by named.is_written desc, named.name) as list
        from maint.relations_in(bodies.body) as named
        where bodies.is_definer
    ) as reached on true
    where bodies.schema in (select maint.exposed_schemas())
    union all
    select shown.visitor_name, 'through ' || shown.kind, shown.relation_name, '{"select": "everybody"}',
        min(format('%s → %s %s (owner %s) → reads %s', shown.visitor_name, shown.kind, shown.through_name,
            pg_get_userbyid(shown.owner), shown.relation_name))
    from maint.shown_by_views() as shown
    group by shown.visitor_name, shown.kind, shown.relation_name
    union all
    select reached.visitor_name, 'through ' || split_part(min(reached.through), ' ', 1), reached.name,
        '{"select": "everybody"}', format('%s → %s → table %s', reached.visitor_name, min(reached.through), reached.name)
    from maint.reached_tables() as reached
    group by reached.visitor_name, reached.name
$$;
