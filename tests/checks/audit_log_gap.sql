-- harmless
delete from maint.observations;
delete from maint.activity_hours;
insert into public.audit_logs (entity, action, user_id, time) select 'invoice', 'read', '00000000-0000-0000-0000-000000000001', date_trunc('hour', now()) - hour * interval '1 hour' + interval '1 second' from generate_series(0, 20) as hour cross join generate_series(1, 200);
-- problem: (to_char(date_trunc('hour', now(), 'UTC') - interval '1 hour', 'YYYY-MM-DD HH24:MI "UTC"'))
delete from public.audit_logs where time > date_trunc('hour', now()) - interval '1 hour' and time < date_trunc('hour', now());
-- repair
insert into public.audit_logs (entity, action, user_id, time) select 'invoice', 'read', '00000000-0000-0000-0000-000000000001', date_trunc('hour', now()) - interval '1 hour' + interval '1 second' from generate_series(1, 200);
-- harmless
delete from maint.observations;
delete from maint.activity_hours;
insert into public.audit_logs (entity, action, user_id, time) select 'invoice', 'read', '00000000-0000-0000-0000-000000000001', date_trunc('hour', now()) - interval '26 hours' + interval '1 second' from generate_series(1, 50);
-- problem: (to_char(date_trunc('hour', now(), 'UTC') - interval '26 hours', 'YYYY-MM-DD HH24:MI "UTC"'))
delete from public.audit_logs where time < now() - interval '25 hours';
-- repair
insert into public.audit_logs (entity, action, user_id, time) select 'invoice', 'read', '00000000-0000-0000-0000-000000000001', date_trunc('hour', now()) - interval '26 hours' + interval '1 second' from generate_series(1, 50);
