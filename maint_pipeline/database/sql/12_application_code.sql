-- How code of the application is run: trigger functions, functions in conditions, the admin_test. It may
-- count on the path that it has in the application; the text of our statements and of the administrators'
-- conditions is read with none but PostgreSQL's own names (docs/decisions/0026). In PL/pgSQL, because these
-- functions are called for each batch of a purge, and SQL functions would be planned again each time.

-- Changes path and zone until the calling function ends, which must have SET clauses for both.
-- Declared immutable, although it isn't, so that the planner calls it: after the statement has been read,
-- before anything of it is planned or run. It has no SET clause, which would undo the change.
create or replace function maint.enter_application(_path text, _time_zone text) returns boolean
    language plpgsql immutable
as $$
begin
    perform pg_catalog.set_config('timezone', _time_zone, true),
        pg_catalog.set_config('search_path', _path, true);
    return true;
end
$$;

-- The beginning of a statement that enters the application of a role: a WITH clause, planned first. Further
-- queries of the clause may follow. is_entered() has to be in a condition, else PostgreSQL drops it.
create or replace function maint.entering(_role oid) returns text
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
begin
    return format(
        'with maint_application as materialized (select maint.enter_application(%L, %L) as is_entered)',
        maint.application_path(_role), maint.application_time_zone());
end
$$;

-- Always true, and gone from the plan.
create or replace function maint.is_entered() returns text
    language sql immutable
    set search_path = pg_catalog, pg_temp
as $$ select '(true or (select is_entered from maint_application))' $$;

create or replace function maint.owner_of(_relation regclass) returns oid
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
begin
    return (select relowner from pg_class where oid = _relation);
end
$$;

-- A query that enters the application of a role: the same rows and columns.
create or replace function maint.as_application(_role oid, _query text) returns text
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select format('%s select asked.* from (%s) as asked where %s',
        maint.entering(_role), _query, maint.is_entered())
$$;

-- The functions below run one statement each and do nothing after it: whatever they did would be read with
-- the application's path.

-- The one value of a query that calls code of the application.
create or replace function maint.ask_application(_role oid, _query text) returns jsonb
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
    set timezone = 'UTC'
as $$
declare
    _answer jsonb;
begin
    execute maint.as_application(_role, _query) into _answer;
    return _answer;
end
$$;

-- Plans a query without running it, and raises what is wrong with it.
create or replace function maint.plan_query(_query text) returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
    set timezone = 'UTC'
as $$
declare
    _probe refcursor;
begin
    open _probe for execute _query;
    close _probe;
end
$$;

-- Whether deferred triggers may be run now. Before PostgreSQL 18 they run as whoever makes them run: what
-- the caller has queued in this transaction must not get our rights by that, unless it could have them
-- anyway. Who has written nothing yet has queued nothing. To be asked before we write.
create or replace function maint.may_settle() returns boolean
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
begin
    return current_setting('server_version_num')::integer >= 180000
        or pg_has_role(session_user, 'maint_owner', 'member')
        or pg_current_xact_id_if_assigned() is null;
end
$$;

-- Runs the deferred triggers now, so that none is left for the caller's commit, where it would have the
-- caller's rights. Deferrable constraints are checked at once until the transaction ends.
create or replace function maint.settle_constraints(_relation regclass) returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
    set timezone = 'UTC'
as $$
begin
    perform maint.enter_application(
        maint.application_path(maint.owner_of(_relation)), maint.application_time_zone());
    set constraints all immediate;
end
$$;

-- Deletes the rows of a condition, and puts them into _kept_in where one is given; returns how many. Without
-- triggers (session_replication_role) foreign keys would be broken: refused.
create or replace function maint.delete_rows(
    _target regclass, _condition text, _kept_in regclass default null
) returns bigint
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
    set timezone = 'UTC'
as $$
declare
    _deleted bigint;
    _may_settle constant boolean := maint.may_settle();
begin
    if current_setting('session_replication_role') = 'replica' then
        raise object_not_in_prerequisite_state using
            message = 'session_replication_role is replica: foreign keys and triggers would be passed over',
            hint = 'Set it to origin, in the session or where the role or database has it from.';
    end if;
    execute maint.delete_statement(_target, _condition, _kept_in);
    get diagnostics _deleted = row_count;
    if _may_settle then
        set constraints all immediate;
    end if;
    return _deleted;
end
$$;

-- The statement that deletes the rows of a condition, and puts them into _kept_in where one is given.
create or replace function maint.delete_statement(
    _target regclass, _condition text, _kept_in regclass
) returns text
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
as $$
begin
    return (
        select case
            when _kept_in is not null then maint.entering(relowner) || format(
                ', gone as (delete from only %s where %s and (%s) returning *) '
                'insert into %s select * from gone',
                _target, maint.is_entered(), _condition, _kept_in)
            -- A table with a rule takes no WITH clause. What this one misses: a function whose body the
            -- planner puts in the place of its call is planned with our path.
            when relhasrules then format(
                'delete from only %s where maint.enter_application(%L, %L) and (%s)', _target,
                maint.application_path(relowner), maint.application_time_zone(), _condition)
            else maint.entering(relowner) || format(' delete from only %s where %s and (%s)',
                _target, maint.is_entered(), _condition)
        end
        from pg_class
        where oid = _target
    );
end
$$;

-- Runs a statement that writes to a table of the application and returns ids. $1 of the statement is a
-- jsonb, $2 an array of ids.
create or replace function maint.write_application(
    _relation regclass, _statement text, _values jsonb, _ids uuid[] default null
) returns uuid[]
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
    set timezone = 'UTC'
as $$
declare
    _written uuid[];
begin
    execute format('%s, written (id) as (%s) select coalesce(array_agg(id), %L) from written where %s',
        maint.entering(maint.owner_of(_relation)), _statement, '{}', maint.is_entered())
        into _written using _values, _ids;
    return _written;
exception when others then
    if not maint.is_refusal(sqlstate) and left(sqlstate, 2) <> '42' then
        raise;
    end if;
    raise exception using errcode = sqlstate, message = maint.with_suspects(_relation, sqlerrm);
end
$$;

-- Adds to an error which triggers may be to blame: where others than trusted roles may make triggers, they
-- can make one with any function that they may execute, and PostgreSQL doesn't note who made it.
create or replace function maint.with_suspects(_relation regclass, _problem text) returns text
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select _problem || coalesce(
        (
            select format(' (%s has the triggers %s, and %s may make triggers there: '
                'drop the trigger that fails, and revoke trigger on %1$s from them)',
                _relation,
                string_agg(distinct format('%I', trigger.tgname), ', '),
                string_agg(distinct maker.name, ', '))
            from pg_class
            join pg_trigger as trigger on tgrelid = pg_class.oid and not tgisinternal
            cross join lateral (
                select coalesce(nullif(grantee, 0)::regrole::text, 'public') as name
                from aclexplode(relacl)
                where privilege_type = 'TRIGGER' and (grantee = 0 or not maint.is_trusted(grantee))
            ) as maker
            where pg_class.oid = _relation
            having count(*) > 0
        ), '')
$$;
