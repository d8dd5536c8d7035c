-- Which of our functions can be called in schema public, and what the application has there of the same
-- names. Only reads. Takes %(entries)s, a JSON array of name, types and required, and %(replace)s, names.

with ours as (
    select entry.name, entry.required,
        array(select type::regtype::oid from jsonb_array_elements_text(entry.types)
            with ordinality as listed (type, n) order by n) as types
    from jsonb_to_recordset(%(entries)s::jsonb) as entry (name text, types jsonb, required integer)
), theirs as (
    select ours.name, ours.required, ours.types, pg_proc.oid, pg_proc.oid::regprocedure::text as signature,
        string_to_array(proargtypes::text, ' ')::oid[] = ours.types as is_same,
        -- How many arguments a call may give. A single nameless JSON argument takes a request without any,
        -- because PostgREST puts the whole body there.
        case when provariadic <> 0 then 100 else pronargs end as at_most,
        case
            when pronargs = 1 and coalesce(proargnames[1], '') = ''
                and proargtypes[0] in ('json'::regtype, 'jsonb'::regtype, 'text'::regtype,
                    'bytea'::regtype, 'xml'::regtype) then 0
            else pronargs - pronargdefaults - (provariadic <> 0)::integer
        end as at_least,
        case
            when prorettype = 'jsonb'::regtype and not proretset
                and prosrc ~* 'insert\s+into\s+("?public"?\s*\.\s*)?"?maintenance_task_runs'
                then 'it returns jsonb and records in maintenance_task_runs, as ours does'
            when ours.name = any (%(replace)s) then '--replace says so'
        end as may_be_replaced_because,
        case
            when prokind <> 'f' then 'it is no plain function'
            when exists (select from pg_depend where classid = 'pg_proc'::regclass
                    and objid = pg_proc.oid and deptype = 'e') then 'it belongs to an extension'
            when not pg_has_role(proowner, 'usage')
                then format('it belongs to %%I, and %%I may not replace it', pg_get_userbyid(proowner),
                    current_user)
            when not pg_has_role(current_user, proowner, 'member')
                or not (me.rolsuper or proowner = me.oid
                    or has_schema_privilege(proowner, 'public'::regnamespace, 'create'))
                then format('it belongs to %%I, who could not get it back', pg_get_userbyid(proowner))
            when exists (select from aclexplode(proacl) where grantor <> proowner)
                then 'others than its owner have granted rights on it'
            else (
                select format('%%s depends on it', case
                    when pg_rewrite.oid is null
                        then pg_describe_object(pg_depend.classid, pg_depend.objid, pg_depend.objsubid)
                    else format('%%s %%s', case pg_class.relkind when 'm' then 'materialized view'
                        else 'view' end, pg_class.oid::regclass)
                    end)
                from pg_depend
                left join pg_rewrite
                    on pg_depend.classid = 'pg_rewrite'::regclass and pg_rewrite.oid = objid
                left join pg_class on pg_class.oid = pg_rewrite.ev_class
                where refclassid = 'pg_proc'::regclass and refobjid = pg_proc.oid and deptype = 'n'
                order by 1
                limit 1
            )
        end as cannot_be_replaced_because
    from ours
    join pg_proc on proname = ours.name and pronamespace = 'public'::regnamespace
        and proowner is distinct from to_regrole('maint_owner')
    cross join (select oid, rolsuper from pg_roles where rolname = current_user) as me
), judged as (
    select theirs.*, is_same and may_be_replaced_because is not null
            and cannot_be_replaced_because is null as is_replaced,
        case
            when is_same and may_be_replaced_because is null
                then format('%%s is the application''s', signature)
            when is_same then format('%%s can''t be replaced, because %%s', signature,
                cannot_be_replaced_because)
            when at_least <= cardinality(types) and at_most >= required
                then format('with ours beside %%s, calls would be ambiguous', signature)
        end as problem,
        case when is_same and may_be_replaced_because is null and cannot_be_replaced_because is null
            then format('maint migrate --replace %%s puts ours in its place', name) end as remedy
    from theirs
), answers as (
    -- What is replaced goes only where nothing else keeps ours away.
    select name, min(problem) filter (where not is_replaced) as problem,
        min(remedy) as remedy
    from judged
    group by name
)
select ours.name,
    answers.problem is null as in_public,
    exists (select from pg_proc where proname = ours.name and pronamespace = 'public'::regnamespace
        and proowner = to_regrole('maint_owner')) as is_there,
    replaced.signature as replaced,
    coalesce(answers.problem, replaced.may_be_replaced_because) as because,
    case when answers.problem is not null then answers.remedy end as remedy,
    array(select signature from judged
        where judged.name = ours.name and judged.oid is distinct from replaced.oid
        order by signature) as others
from ours
left join answers using (name)
left join lateral (
    select * from judged
    where judged.name = ours.name and is_replaced and answers.problem is null
) as replaced on true
order by ours.name
