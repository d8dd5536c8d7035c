-- harmless
delete from maint.observations;
delete from maint.activity_hours;
insert into public.audit_logs (entity, action, user_id, time) select 'invoice', 'read', '00000000-0000-0000-0000-000000000001', now() - hour * interval '1 hour' from generate_series(0, 700) as hour cross join generate_series(1, 50);
-- problem: audit_logs
delete from public.audit_logs where time > now() - interval '270 minutes';
delete from maint.observations;
delete from maint.activity_hours;
-- repair
insert into public.audit_logs (entity, action, user_id, time) values ('invoice', 'read', '00000000-0000-0000-0000-000000000001', now());
