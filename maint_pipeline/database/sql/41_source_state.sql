-- What maint.sources says and what comes of it, for people: maint sources, maint doctor.

-- The enabled checks that name a column of a part among what they need, or the part itself.
create or replace function maint.checks_needing(_part text, _column text) returns setof text
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select name
    from maint.checks
    where enabled and (_part = any (needs)
        or exists (
            select from unnest(needs) as need
            where format('%s.%s', _part, _column) = any (string_to_array(need, ' or '))))
$$;

-- What a part of the application keeps checks from looking at: each enabled check with the problem.
create or replace function maint.checks_without(_part text)
    returns table (check_name text, problem text)
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select checks.name, string_agg(distinct looked.problem, '; ')
    from maint.checks
    cross join unnest(checks.needs) as need
    cross join lateral (select maint.missing_need(need)) as looked (problem)
    where checks.enabled and looked.problem is not null
        and _part in (select split_part(one, '.', 1) from regexp_split_to_table(need, ' or ') as one)
    group by checks.name
$$;

-- Each part, what plays it, and what can't be looked at because of it.
--
-- status: mapped; none (somebody said so); not there; does not fit (it can't be read, or it lacks columns that
-- checks need). columns: ours to theirs, as they are read. checks: the enabled ones that are not applicable.
create or replace function maint.source_states()
    returns table (
        part text, state text, relation text, status text, problem text, columns jsonb,
        not_mapped text[], checks text[]
    )
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select source.part, source.state,
        case when source.state <> 'none'
            then format('%I.%I', source.table_schema, source.table_name) end,
        case
            when source.state = 'none' then 'none'
            when maint.source_relation(source.part) is null then 'not there'
            when looked.problem is not null then 'does not fit'
            else 'mapped'
        end,
        looked.problem, bound.columns, bound.not_mapped, without.checks
    from maint.sources as source
    cross join lateral (
        select string_agg(distinct checks_without.problem, '; ') as problem,
            coalesce(array_agg(check_name order by check_name), '{}') as checks
        from maint.checks_without(source.part)
    ) as without
    cross join lateral (
        select case when source.state <> 'none'
            then coalesce(maint.source_problem(source.part), without.problem) end
    ) as looked (problem)
    cross join lateral (
        select coalesce(jsonb_object_agg(name, coalesce(source.columns ->> name, column_name, btrim(expression,
                    E'(\n)')) order by place) filter (where expression is not null), '{}') as columns,
            coalesce(array_agg(name order by place) filter (where problem is not null), '{}') as not_mapped
        from maint.bound_columns as bound
        where bound.part = source.part
            and name in (select listed.name from maint.source_columns() as listed where listed.part = bound.part)
    ) as bound
$$;

-- Says which relation plays a part, and how our columns are called there. null for a relation: as before;
-- columns that are not among _columns stay as they were, unless it is another relation.
create or replace function maint.set_source(
    _part text, _schema text default null, _name text default null, _columns jsonb default '{}'
) returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    _before maint.sources;
begin
    select * into _before from maint.sources where part = _part for update;
    if not found then
        raise undefined_object using
            message = format('there is no part %s', coalesce(_part, 'null')),
            hint = format('The parts: %s.', (select string_agg(part, ', ' order by part) from maint.sources));
    elsif _name is null and _before.state = 'none' then
        raise check_violation using
            message = format('%s: the application has none so far, so name the relation', _part);
    end if;
    update maint.sources
    set state = 'set', table_schema = coalesce(_schema, table_schema),
        table_name = coalesce(_name, table_name),
        columns = case when (_schema, _name) is distinct from (table_schema, table_name)
            and _name is not null then '{}' else columns end || _columns
    where part = _part;
end
$$;

-- Says that the application has nothing that plays a part.
create or replace function maint.set_no_source(_part text) returns void
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$
    update maint.sources
    set state = 'none', table_schema = null, table_name = null, columns = '{}'
    where part = _part
$$;

-- Makes a part what it is without anybody's word: the relation of the default name.
create or replace function maint.reset_source(_part text) returns void
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$
    update maint.sources as source
    set state = 'default', table_schema = by_default.table_schema, table_name = by_default.table_name,
        columns = '{}'
    from maint.source_defaults() as by_default
    where source.part = _part and by_default.part = _part
$$;
