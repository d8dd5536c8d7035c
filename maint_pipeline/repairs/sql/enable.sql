-- What applying repairs needs: a role that can't log in, a schema of its own, an append-only history, and the functions
-- that decide who may do what. Run by `maint repairs enable`, as the administrator; running it again changes nothing.
-- Not in schema maint: whoever is maint_owner could replace what is in there. Locks: none on the application's tables.

do $$
begin
    if not exists (select from pg_roles where rolname = 'maint_repairer') then
        create role maint_repairer nologin noinherit;
    end if;
    if exists (
        select from pg_roles
        where rolname = 'maint_repairer'
            and (rolcanlogin or rolsuper or rolcreaterole or rolbypassrls or rolreplication))
        or exists (select from pg_auth_members where member = to_regrole('maint_repairer'))
    then
        raise insufficient_privilege using
            message = 'the role maint_repairer can do more than it needs, so it is somebody else''s';
    end if;
    if current_setting('server_version_num')::integer < 160000 then
        if not pg_has_role(current_user, 'maint_repairer', 'usage') then
            execute format('grant maint_repairer to %I', current_user);
        end if;
    elsif not pg_has_role(current_user, 'maint_repairer', 'usage')
        or not pg_has_role(current_user, 'maint_repairer', 'set')
    then
        execute format('grant maint_repairer to %I with inherit true, set true', current_user);
    end if;
end
$$;

create schema if not exists maint_repairs authorization maint_repairer;

do $$
begin
    if (select nspowner <> to_regrole('maint_repairer') from pg_namespace where nspname = 'maint_repairs') then
        raise insufficient_privilege using
            message = 'the schema maint_repairs belongs to somebody else',
            hint = 'Rename it: maint repairs needs that name.';
    end if;
end
$$;

set local role maint_repairer;

-- One row for each thing that was done. refers_to: an approval's rehearsal, an application's approval, an undo's
-- application. changes: what differed, as [kind, identity, before, after]. objects: their oids afterwards.
create table if not exists maint_repairs.events (
    id bigint generated always as identity constraint events_pkey primary key,
    happened_at timestamptz not null default clock_timestamp(),
    event text not null constraint events_event_known check (event in (
        'rehearsed', 'approved', 'applied', 'undone', 'switched on', 'switched off')),
    refers_to bigint constraint events_refers_to_fkey references maint_repairs.events (id),
    check_name text,
    fingerprint text,
    class text constraint events_class_known check (class in ('A', 'B', 'C')),
    login name not null default session_user,
    claimed text,
    note text,
    statements text[],
    undo text[],
    digest text,
    before_hash text,
    after_hash text,
    changes jsonb,
    objects jsonb
);
-- An approval is used once, an application undone once.
create unique index if not exists events_used_once on maint_repairs.events (refers_to)
    where event in ('applied', 'undone');
create index if not exists events_fingerprint_idx on maint_repairs.events (fingerprint, id);

create table if not exists maint_repairs.turn (id integer constraint turn_pkey primary key);
insert into maint_repairs.turn (id) values (1) on conflict do nothing;

create or replace function maint_repairs.refuse_change() returns trigger
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
begin
    raise insufficient_privilege using message = 'the history of repairs is only added to';
end
$$;
create or replace trigger append_only before update or delete or truncate on maint_repairs.events
    for each statement execute function maint_repairs.refuse_change();

create or replace function maint_repairs.is_on() returns boolean
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select coalesce((
        select event = 'switched on' from maint_repairs.events
        where event in ('switched on', 'switched off') order by id desc limit 1), false)
$$;

-- Why nothing may be applied now, whatever it is; null where something may.
create or replace function maint_repairs.stopped_because() returns text
    language sql volatile
    set search_path = pg_catalog, pg_temp
as $$
    select case
        when not maint_repairs.is_on() then 'repairs are switched off: maint repairs enable switches them on'
        when (select count(*) from maint_repairs.events
            where event = 'undone' and happened_at > now() - interval '7 days') >= 2
            then 'two repairs were undone within seven days: none is applied until one of these is older'
        when (select count(*) from maint_repairs.events
            where event = 'applied' and happened_at > now() - interval '24 hours') >= 5
            then 'five repairs were applied within 24 hours: the next one has to wait'
    end
$$;

-- Why an approval does not allow anything (any more); null where it does.
create or replace function maint_repairs.approval_problem(_approval bigint) returns text
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
declare
    _given maint_repairs.events;
    _rehearsed maint_repairs.events;
begin
    select * into _given from maint_repairs.events where id = _approval and event = 'approved';
    if not found then
        return 'there is no such approval';
    end if;
    select * into _rehearsed from maint_repairs.events where id = _given.refers_to;
    return case
        when _given.happened_at < now() - interval '7 days' then 'the approval is older than seven days: rehearse and approve again'
        when exists (select from maint_repairs.events where event = 'applied' and refers_to = _approval)
            then 'the approval was used already'
        when _given.class = 'C' then 'repairs of class C are not applied by maint repairs'
        when _given.class <> 'A' and _given.login = _rehearsed.login
            then 'who rehearsed it may not approve it: another person has to'
    end;
end
$$;

-- Notes a rehearsal; its digest is what an approval allows.
create or replace function maint_repairs.note_rehearsal(
    _check_name text, _fingerprint text, _class text, _statements text[], _undo text[], _digest text, _changes jsonb,
    _claimed text
) returns bigint
    language sql volatile security definer
    set search_path = pg_catalog, pg_temp
    set lock_timeout = '2s'
as $$
    insert into maint_repairs.events
        (event, check_name, fingerprint, class, statements, undo, digest, changes, claimed)
    values ('rehearsed', _check_name, _fingerprint, _class, _statements, _undo, _digest, _changes, left(_claimed, 200))
    returning id
$$;

-- Approves what was rehearsed. By another login than the one that rehearsed it, where it takes or gives access.
create or replace function maint_repairs.approve(_rehearsal bigint, _note text default null) returns bigint
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
    set lock_timeout = '2s'
as $$
declare
    _rehearsed maint_repairs.events;
    _id bigint;
    _problem text;
begin
    select * into _rehearsed from maint_repairs.events where id = _rehearsal and event = 'rehearsed';
    _problem := case
        when _rehearsed.id is null then format('there is no rehearsal %s', coalesce(_rehearsal::text, 'null'))
        when not maint_repairs.is_on() then 'repairs are switched off'
        when session_user in ('maint_owner', 'maint_worker') then 'maintenance does not approve its own repairs'
        when _rehearsed.class = 'C' then 'repairs of class C are not applied by maint repairs'
        when _rehearsed.class <> 'A' and _rehearsed.login = session_user
            then 'who rehearsed it may not approve it: another person has to'
        when _rehearsed.happened_at < now() - interval '7 days' then 'the rehearsal is older than seven days'
        when exists (
            select from maint_repairs.events
            where event = 'rehearsed' and fingerprint = _rehearsed.fingerprint and id > _rehearsal)
            then 'it was rehearsed again since then: approve the latest rehearsal'
    end;
    if _problem is not null then
        raise insufficient_privilege using message = _problem;
    end if;
    insert into maint_repairs.events (event, refers_to, check_name, fingerprint, class, statements, undo, digest, note)
    values ('approved', _rehearsal, _rehearsed.check_name, _rehearsed.fingerprint, _rehearsed.class,
        _rehearsed.statements, _rehearsed.undo, _rehearsed.digest, left(_note, 10000))
    returning id into _id;
    return _id;
end
$$;

-- Takes the turn until the transaction ends, because one repair runs at a time.
create or replace function maint_repairs.take_turn() returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    perform from maint_repairs.turn where id = 1 for update nowait;
exception when lock_not_available then
    raise lock_not_available using message = 'another repair is being applied';
end
$$;

-- Begins an application: the approval that allows it, or why there is none.
create or replace function maint_repairs.begin_application(_fingerprint text)
    returns table (approval bigint, digest text, problem text)
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
declare
    _approval maint_repairs.events;
begin
    perform maint_repairs.take_turn();
    select * into _approval from maint_repairs.events
    where event = 'approved' and fingerprint = _fingerprint order by id desc limit 1;
    return query select _approval.id, _approval.digest, coalesce(
        maint_repairs.stopped_because(),
        case when _approval.id is null then 'nobody has approved it'
            else maint_repairs.approval_problem(_approval.id) end);
end
$$;

-- Notes an application, in its transaction. Whatever the caller says: without an approval that allows it there is none.
create or replace function maint_repairs.note_application(
    _approval bigint, _digest text, _before_hash text, _after_hash text, _changes jsonb, _objects jsonb, _claimed text
) returns bigint
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    _given maint_repairs.events;
    _problem text;
    _id bigint;
begin
    perform maint_repairs.take_turn();
    _problem := coalesce(maint_repairs.stopped_because(), maint_repairs.approval_problem(_approval));
    select * into _given from maint_repairs.events where id = _approval;
    if _problem is null and _given.digest is distinct from _digest then
        _problem := 'it would do something else than was approved';
    end if;
    if _problem is not null then
        raise insufficient_privilege using message = _problem;
    end if;
    insert into maint_repairs.events
        (event, refers_to, check_name, fingerprint, class, statements, undo, digest, before_hash, after_hash, changes,
        objects, claimed)
    values ('applied', _approval, _given.check_name, _given.fingerprint, _given.class, _given.statements, _given.undo,
        _digest, _before_hash, _after_hash, _changes, _objects, left(_claimed, 200))
    returning id into _id;
    return _id;
end
$$;

-- Begins an undo: what was applied last for a finding and is not undone, null where there is nothing.
create or replace function maint_repairs.begin_undo(_fingerprint text) returns maint_repairs.events
    language plpgsql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
declare
    _applied maint_repairs.events;
begin
    perform maint_repairs.take_turn();
    select * into _applied from maint_repairs.events as applied
    where event = 'applied' and fingerprint = _fingerprint
        and not exists (
            select from maint_repairs.events as undone where undone.event = 'undone' and undone.refers_to = applied.id)
    order by id desc limit 1;
    return _applied;
end
$$;

-- Notes an undo, in its transaction.
create or replace function maint_repairs.note_undo(
    _application bigint, _statements text[], _before_hash text, _after_hash text, _note text, _claimed text
) returns bigint
    language sql volatile security definer
    set search_path = pg_catalog, pg_temp
as $$
    insert into maint_repairs.events
        (event, refers_to, check_name, fingerprint, class, statements, before_hash, after_hash, note, claimed)
    select 'undone', id, check_name, fingerprint, class, _statements, _before_hash, _after_hash, left(_note, 10000),
        left(_claimed, 200)
    from maint_repairs.events
    where id = _application and event = 'applied'
    returning id
$$;

-- The one switch for everything.
create or replace function maint_repairs.switch(_is_on boolean, _note text, _claimed text) returns void
    language sql volatile security definer
    set search_path = pg_catalog, pg_temp
    set lock_timeout = '2s'
as $$
    insert into maint_repairs.events (event, note, claimed)
    values (case when _is_on then 'switched on' else 'switched off' end, left(_note, 10000), left(_claimed, 200))
$$;

do $$
declare
    _function regprocedure;
    _grantee text;
begin
    -- Nobody but the owner and members of it, whatever default privileges say; approvers are named one by one.
    for _function, _grantee in
        select distinct pg_proc.oid::regprocedure, coalesce(nullif(grantee, 0)::regrole::text, 'public')
        from pg_proc
        cross join aclexplode(coalesce(proacl, acldefault('f', proowner)))
        where pronamespace = 'maint_repairs'::regnamespace and grantee <> proowner
            and not (proname = 'approve' and grantee <> 0)
    loop
        execute format('revoke all on function %s from %s', _function, _grantee);
    end loop;
end
$$;
revoke all on all tables in schema maint_repairs from public;
comment on schema maint_repairs is 'maint_pipeline: the history of repairs, and who may apply them';

reset role;
