-- What archiving needs of the database; retention/archiving.py writes the files.

-- What archives the expired rows of some blocks in a transaction of isolation level REPEATABLE READ,
-- whose snapshot makes all three statements see the same rows: one that tells their range of times, a
-- COPY that sends them to the client, and the DELETE.
--
-- The caller has locked the relation (ROW EXCLUSIVE) and maint.legal_holds (SHARE) before the snapshot
-- was taken: a hold is either seen here, or placed after what this deletes.
create or replace function maint.archive_statements(
    _policy_name text, _cutoff timestamptz, _target regclass, _first_block bigint, _last_block bigint,
    out range_statement text, out copy_statement text, out delete_statement text
)
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
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

create or replace function maint.range_statement(
    _policy_name text, _relation regclass, _condition text
) returns text
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select format(
        'select min(%1$I)::timestamptz as oldest, max(%1$I)::timestamptz as newest '
        'from only %2$s where %3$s', time_column, _relation, _condition)
    from maint.retention_policies
    where name = _policy_name
$$;

create or replace function maint.copy_statement(_relation regclass, _condition text) returns text
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select format('copy (select * from only %s where %s) '
        'to stdout with (format csv, header true, encoding ''UTF8'')', _relation, _condition)
$$;

-- The session's temporary table that takes the rows of a relation between their deletion and their
-- file, where something is in the way of those statements, and what reads it. Empty at the start of
-- each transaction.
create or replace function maint.archive_stage(
    _policy_name text, _target regclass,
    out stage regclass, out range_statement text, out copy_statement text
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
    range_statement := maint.range_statement(_policy_name, stage, 'true');
    copy_statement := maint.copy_statement(stage, 'true');
end
$$;
