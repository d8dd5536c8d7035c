-- Why alerts of ours can't go into a table of the application, as text; null where they can. It has to be a
-- table that takes every alert of ours, and nobody of the API but administrators may read, change or empty it.
-- What can't be shown is no (docs/decisions/0036).
--
-- Only reads the catalogue. maint migrate asks it before it changes anything; it is also the body of
-- maint.alerts_table_problem(), which is asked at run time.
-- $1: the table, text. $2: the test of administrators as to_regprocedure() writes it, text.
-- $3: roles that are trusted beside those that are anyway (see owners.sql), text[].

with recursive relation as (
    select * from pg_class where oid = to_regclass($1::text)
), trusted as (
    select role.oid
    from pg_roles as role
    join pg_database on datname = current_database()
    where role.rolsuper or role.rolname = current_user or role.rolname::text = any ($3::text[])
        or role.oid = datdba or pg_has_role(role.oid, to_regrole('maint_owner'), 'member') is true
), wanted (name, type, is_legacy) as (
    values
        ('id', 'uuid', true), ('alert_type', 'text', true), ('severity', 'text', true),
        ('title', 'text', true), ('description', 'text', true), ('details', 'jsonb', true),
        ('resolved', 'boolean', true), ('resolved_at', 'timestamp with time zone', true),
        ('resolved_by', 'uuid', true), ('created_at', 'timestamp with time zone', true),
        ('fingerprint', 'text', false), ('occurrences', 'integer', false),
        ('last_seen_at', 'timestamp with time zone', false), ('absences', 'integer', false),
        ('acknowledged_at', 'timestamp with time zone', false),
        ('silenced_until', 'timestamp with time zone', false)
), written (number) as (
    -- What an alert's row says; everything else takes its default.
    select attnum
    from relation
    join pg_attribute on attrelid = relation.oid and not attisdropped
    join wanted on wanted.name = attname
    where wanted.name <> 'resolved_by'
), reached as (
    -- The API's roles and all that they may become. PUBLIC counts even where these roles are missing.
    select distinct member.oid, member.rolname::text as name, member.rolsuper or member.rolbypassrls as is_above
    from pg_roles as role
    join pg_roles as member on pg_has_role(role.oid, member.oid, 'member')
    where role.rolname in ('anon', 'authenticated')
), granted as (
    select privilege, (
            select string_agg(reached.name, ' and ' order by reached.name)
            from reached
            where has_table_privilege(reached.oid, relation.oid, privilege)
                or privilege not in ('delete', 'truncate')
                    and has_any_column_privilege(reached.oid, relation.oid, privilege)
        ) as names, exists (
            select from aclexplode(relacl) where grantee = 0 and lower(privilege_type) = privilege
            union all
            select from pg_attribute
            cross join aclexplode(attacl)
            where attrelid = relation.oid and grantee = 0 and lower(privilege_type) = privilege
        ) as is_public
    from relation
    cross join unnest(array['select', 'insert', 'update', 'delete', 'truncate']) as privilege
), open as (
    select privilege, coalesce(names, 'everybody') as names
    from granted
    where names is not null or is_public
), tells_administrators (expression) as (
    values ('false'), ('maint.is_admin()'), ('(auth.role() = ''service_role''::text)')
    union all
    select format('%s.%I(%s)', pronamespace::regnamespace, proname, case pronargs
        when 0 then ''
        when 1 then 'auth.uid()'
        else 'auth.uid(), ''admin''::public.app_role'
    end)
    from pg_proc
    where pronamespace <> 'pg_catalog'::regnamespace and prorettype = 'boolean'::regtype
        and replace(oid::regprocedure::text, ' ', '') = replace($2::text, ' ', '')
        and proowner in (select oid from trusted)
), policies as (
    select polname, polcmd, expression.text
    from relation
    join pg_policy on polrelid = relation.oid
    cross join lateral (
        select pg_get_expr(polqual, polrelid) as text where polqual is not null
        union all
        select pg_get_expr(polwithcheck, polrelid) where polwithcheck is not null
        union all
        select '' where polqual is null and polwithcheck is null
    ) as expression
    where polpermissive
        and (0 = any (polroles) or exists (select from reached where reached.oid = any (polroles)))
), readers (oid) as (
    select oid from relation
    union
    select ev_class
    from readers
    join pg_depend on refclassid = 'pg_class'::regclass and refobjid = readers.oid
        and classid = 'pg_rewrite'::regclass
    join pg_rewrite on pg_rewrite.oid = objid
), problems (problem) as (
    select 'there is none' where not exists (select from relation)
    union all
    select case
        when relkind <> 'r' then 'it is no plain table'
        when relispartition or exists (
            select from pg_inherits where relation.oid in (inhrelid, inhparent))
            then 'it is a part of another table, or has parts'
        when relpersistence <> 'p' then 'what is in it is lost when the server crashes'
        when relhasrules then 'it has rules'
    end
    from relation
    union all
    select format('it belongs to %I, who is not trusted: maint migrate --trust %1$I', pg_get_userbyid(relowner))
    from relation
    where relowner not in (select oid from trusted)
    union all
    select format('its trigger %I runs a function of %I, who is not trusted: maint migrate --trust %2$I',
        tgname, pg_get_userbyid(proowner))
    from relation
    join pg_trigger on tgrelid = relation.oid
    join pg_proc on pg_proc.oid = tgfoid
    where proowner not in (select oid from trusted)
    union all
    select case
        when attname is null then format('it has no column %I of type %s', wanted.name, wanted.type)
        when format_type(atttypid, atttypmod) <> wanted.type
            then format('its column %I is of type %s, not %s', attname, format_type(atttypid, atttypmod),
                wanted.type)
        when attgenerated <> '' or attidentity <> '' then format('its column %I is generated', attname)
        when attnotnull and attname in ('resolved_at', 'resolved_by', 'acknowledged_at', 'silenced_until')
            then format('its column %I is NOT NULL', attname)
    end
    from relation
    cross join wanted
    left join pg_attribute on attrelid = relation.oid and attname = wanted.name and not attisdropped
    where wanted.is_legacy or attname is not null
    union all
    select format('its column %I is NOT NULL and has no default', attname)
    from relation
    join pg_attribute on attrelid = relation.oid and attnum > 0 and not attisdropped
    where attnotnull and not atthasdef and attidentity = '' and attname not in (select name from wanted)
    union all
    select format('its constraint %I may refuse our alerts', conname)
    from relation
    join pg_constraint on conrelid = relation.oid
    where case contype
        when 'c' then conkey && array(select number from written) and not (
            conkey = array(select attnum from pg_attribute where attrelid = conrelid and attname = 'severity')
            and pg_get_constraintdef(pg_constraint.oid) ~ all (array['''low''', '''medium''', '''high''', '''critical''']))
        when 'f' then conkey && array(select number from written)
        when 'x' then true
        else false
    end
    union all
    select format('its unique index %I may refuse our alerts', indexrelid::regclass)
    from relation
    join pg_index on indrelid = relation.oid and indisunique
    where indexrelid <> all (array_remove(array[to_regclass('public.security_alerts_open_fingerprint_key')], null))
        and not exists (
            select from pg_attribute
            where attrelid = indrelid and attname = 'id' and attnum = any (indkey::int2[]))
    union all
    select 'its row security is off' from relation where not relrowsecurity
    union all
    select format('%s may become %I, whom row security does not hold', 'a role of the API', reached.name)
    from relation
    join reached on reached.is_above or reached.oid = relowner
    union all
    select format('%s may truncate it', names) from open where privilege = 'truncate'
    union all
    select format('its policy %I is not only for administrators, and %s may %s', polname,
        string_agg(distinct open.names, ' and '), string_agg(distinct open.privilege, ', '))
    from policies
    join open on polcmd = '*' and open.privilege <> 'truncate'
        or open.privilege = case polcmd
            when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' when 'd' then 'delete' end
    where regexp_replace(
            regexp_replace(policies.text, '\( SELECT (auth\.\w+\(\)) AS \w+\)', '\1', 'g'),
            '^\( SELECT (.*) AS \w+\)$', '\1')
        not in (select expression from tells_administrators)
    group by polname
    union all
    select format('%s shows its rows to the API, by the rights of its owner', pg_class.oid::regclass)
    from readers
    join pg_class on pg_class.oid = readers.oid and relkind in ('v', 'm')
    where not coalesce((
            select option_value::boolean from pg_options_to_table(reloptions)
            where option_name = 'security_invoker'), false)
        and (exists (select from reached where has_any_column_privilege(reached.oid, pg_class.oid, 'select'))
            or exists (select from aclexplode(relacl) where grantee = 0 and privilege_type = 'SELECT'))
)
select string_agg(problem, '; ' order by problem) as problem
from problems
