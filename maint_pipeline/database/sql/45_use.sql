-- What is known of use: who would miss something.

-- Whether users can sign in anonymously: what the setting says, or that some have. Null where it is unknown.
create or replace function maint.has_anonymous_sign_ins() returns boolean
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    _setting constant text := (select value from maint.settings where name = 'anonymous_sign_ins');
    _has_some boolean;
begin
    if _setting is not null then
        return _setting = 'on';
    end if;
    if maint.missing_needs('{auth.users}') <> '{}' then
        return null;
    end if;
    -- By the row, because platforms of before have no such column.
    execute 'select exists (select from auth.users as u where to_jsonb(u) ->> ''is_anonymous'' = ''true'')'
    into _has_some;
    return nullif(_has_some, false);
exception when others then
    return null;
end
$$;

drop function if exists maint.calls_of(oid);

-- Statements of this database by the role that executed them, from pg_stat_statements; null for all of them where it is
-- not there or can't be read.
create or replace function maint.executed_statements() returns table (role oid, query text, calls bigint)
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    _view regclass;
begin
    select format('%I.pg_stat_statements', nspname)::regclass into _view
    from pg_extension
    join pg_namespace on pg_namespace.oid = extnamespace
    where extname = 'pg_stat_statements' and has_schema_privilege(nspname, 'usage')
        -- Others' statements are hidden from who has no such rights: a count would be a lie.
        and pg_has_role('pg_read_all_stats', 'usage');
    if _view is null then
        return query select null::oid, null::text, null::bigint;
        return;
    end if;
    return query execute format('select userid, query, calls from %s '
        'where dbid = (select oid from pg_database where datname = current_database())', _view);
exception when others then
    -- It is there and not loaded, for one.
    return query select null::oid, null::text, null::bigint;
end
$$;

-- Remembers when each index was seen first, and forgets dropped ones.
create or replace function maint.note_indexes() returns void
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$
    insert into maint.known_indexes (index_oid, name)
    select indexrelid, indexrelname
    from pg_stat_all_indexes
    where schemaname not in ('pg_catalog', 'information_schema', 'pg_toast', 'maint')
        and not exists (
            select from maint.known_indexes as known
            where known.index_oid = indexrelid and known.name = indexrelname
        );
    delete from maint.known_indexes
    where not exists (
        select from pg_class where pg_class.oid = index_oid and relname = name
    );
$$;

-- Reads the conditions of policies that are new, so that each is read once and not by each check, and forgets those
-- that are there no more.
create or replace function maint.note_conditions() returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
    set jit = off
as $$
begin
    with present as materialized (
        select distinct sha256(convert_to(text.value, 'UTF8')) as text_sha256, text.value
        from maint.policies() as policy
        cross join lateral (values (policy.using_text), (policy.check_text)) as text (value)
        where text.value is not null
    ), forgotten as (
        delete from maint.judged_conditions as known
        where not exists (select from present where present.text_sha256 = known.text_sha256)
    )
    insert into maint.judged_conditions (text_sha256, is_signed_in, passers)
    select present.text_sha256, asked.is_signed_in, maint.passers_of(present.value, asked.is_signed_in)
    from present
    cross join (values (true), (false)) as asked (is_signed_in)
    where not exists (
        select from maint.judged_conditions as known
        where known.text_sha256 = present.text_sha256 and known.is_signed_in = asked.is_signed_in)
    on conflict do nothing;
    if found then
        -- Who reads it next has to know how large it is.
        analyze maint.judged_conditions;
    end if;
exception when others then
    -- What can't be read beforehand is read by each check.
    return;
end
$$;

-- The rules may be others than before.
delete from maint.judged_conditions;
