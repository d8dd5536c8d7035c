-- Locks: ACCESS EXCLUSIVE on maint.notifications for an instant; no row is rewritten. Runs as maint_owner.

-- How often a server had the whole message and did not say whether it accepts it.
alter table maint.notifications add column unanswered integer not null default 0;

drop function if exists maint.put_off_notifications(bigint[], text, integer);
