-- Programs look when they connect whether the database has their version (version.py), and name theirs in the
-- setting maint.version. Older ones do neither. Here is where their work begins, so that
-- they end with a message before they have done anything: they use other locks, and would run beside ours.

create or replace function maint.refuse_older_program() returns void
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    raise object_not_in_prerequisite_state using
        message = 'A newer maint_pipeline than this one has migrated this database: upgrade maint_pipeline here.';
end
$$;

-- What they asked first of all for a task.
create or replace function maint.task_lock_key(_task_name text) returns bigint
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    perform maint.refuse_older_program();
    return null;
end
$$;

-- A delivery first drops the obsolete notifications of the outbox. Other clients than programs of
-- ours name no version either, and may change rows by hand.
create or replace function maint.check_program() returns trigger
    language plpgsql volatile
    set search_path = pg_catalog, pg_temp
as $$
begin
    if current_setting('application_name') like 'maint %'
        and coalesce(current_setting('maint.version', true), '') = ''
    then
        perform maint.refuse_older_program();
    end if;
    return null;
end
$$;

create or replace trigger check_program
    before update on maint.notifications
    for each statement execute function maint.check_program();
