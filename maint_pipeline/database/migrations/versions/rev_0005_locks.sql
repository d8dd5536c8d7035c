-- Locks: none on tables of the application. Runs as maint_owner.

-- Who may work: see sql/15_locks.sql. A row whose session has ended means nothing and stays.
create table maint.locks (
    name text constraint locks_pkey primary key,
    backend_pid integer,
    login oid,
    sign bigint,
    since timestamptz
);

comment on table maint.locks is
    'Locks of maintenance, each with the session that took it last: select maint.lock_holder(name) tells '
    'who holds one now.';

drop function if exists maint.task_lock_holder(text);
drop function if exists maint.task_lock_key(text);
