-- harmless
create schema app;
grant usage on schema app to maint_owner;
create function app.staff(_id uuid) returns boolean language sql stable as 'select false';
update maint.settings set value = 'app.staff(uuid)' where name = 'admin_test';
-- problem: app.staff(uuid)
create or replace function app.staff(_id uuid) returns boolean language sql stable as 'select (1 / 0) = 1';
-- repair
create or replace function app.staff(_id uuid) returns boolean language sql stable as 'select false';
-- problem: app.staff(uuid)
drop function app.staff(uuid);
-- repair
update maint.settings set value = null where name = 'admin_test';
