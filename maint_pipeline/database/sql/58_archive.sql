-- What archiving needs of the database; retention/archiving.py writes the files.

-- They return something else than they did.
drop function if exists maint.archive_statements(text, timestamptz, regclass, bigint, bigint);
drop function if exists maint.archive_stage(text, regclass);
drop function if exists maint.range_statement(text, regclass, text);

-- What archives the expired rows of some blocks in a transaction of isolation level REPEATABLE READ,
-- whose snapshot makes all see the same rows: their range of times, a COPY that sends them to the client,
-- and the condition with which maint.delete_rows deletes them. The COPY enters the application
-- (12_application_code.sql): the client takes path and zone back after it.
--
-- The caller has locked the relation (ROW EXCLUSIVE) and maint.legal_holds (SHARE) before the snapshot
-- was taken: a hold is either seen here, or placed after what this deletes.
create or replace function maint.archive_statements(
    _policy_name text, _cutoff timestamptz, _target regclass, _first_block bigint, _last_block bigint,
    out oldest text, out newest text, out copy_statement text, out condition text
)
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    perform maint.assert_policy_enabled(_policy_name);
    perform maint.assert_trusted(_target);
    condition := maint.without_held(
        maint.expired_here(_policy_name, _cutoff, _first_block, _last_block),
        maint.hold_expression(_policy_name, _target));
    select span.oldest, span.newest into oldest, newest
    from maint.time_range(_policy_name, _target, condition) as span;
    copy_statement := maint.copy_statement(_target, condition);
end
$$;

-- The oldest and the newest time of rows, as text that PostgreSQL reads back whatever they are (before
-- Christ, infinity).
create or replace function maint.time_range(
    _policy_name text, _relation regclass, _condition text, out oldest text, out newest text
)
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    _range jsonb;
begin
    select maint.ask_application(maint.owner_of(_relation), format(
        'select jsonb_build_array(min(%1$I)::timestamptz, max(%1$I)::timestamptz) '
        'from only %2$s where %3$s', time_column, _relation, _condition)) into _range
    from maint.retention_policies
    where name = _policy_name;
    oldest := _range ->> 0;
    newest := _range ->> 1;
end
$$;

create or replace function maint.copy_statement(_relation regclass, _condition text) returns text
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select format('copy (%s) to stdout with (format csv, header true, encoding ''UTF8'')',
        maint.as_application(maint.owner_of(_relation),
            format('select * from only %s where %s', _relation, _condition)))
$$;

-- The session's temporary table that takes the rows of a relation between their deletion and their
-- file, where something is in the way of those statements, and what reads it. Empty at the start of
-- each transaction.
create or replace function maint.archive_stage(
    _target regclass, out stage regclass, out copy_statement text
)
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    _name text := format('archive_%s', _target::oid);
begin
    if to_regclass('pg_temp.' || _name) is null then
        execute format('create temporary table %I (like %s) on commit delete rows', _name, _target);
    end if;
    stage := to_regclass('pg_temp.' || _name);
    copy_statement := maint.copy_statement(stage, 'true');
end
$$;

-- Which database this is. Not what a dump of it becomes, nor a copy that was changed since
-- (its timeline differs).
create or replace function maint.archive_origin() returns text
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select format('%s/%s/%s', system_identifier, pg_database.oid,
        left(pg_walfile_name(pg_current_wal_lsn()), 8))
    from pg_control_system(), pg_database
    where datname = current_database()
$$;
