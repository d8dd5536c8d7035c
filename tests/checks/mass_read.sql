-- harmless
delete from maint.observations;
delete from maint.activity_hours;
insert into public.audit_logs (entity, action, user_id, time) select 'invoice', 'read', '00000000-0000-0000-0000-000000000003', date_trunc('hour', now()) - day * interval '1 day' from generate_series(0, 40) as day cross join generate_series(1, 300);
insert into public.audit_logs (entity, action, user_id, time) select 'invoice', 'read', '00000000-0000-0000-0000-000000000001', now() from generate_series(1, 999) as i;
-- problem: 00000000-0000-0000-0000-000000000002; 00000000-0000-0000-0000-000000000004
delete from maint.observations;
delete from maint.activity_hours;
insert into public.audit_logs (entity, action, user_id, time) select 'invoice', 'read', '00000000-0000-0000-0000-000000000004', date_trunc('hour', now()) - day * interval '1 day' from generate_series(1, 40) as day;
insert into public.audit_logs (entity, action, user_id, time) select 'invoice', 'read', '00000000-0000-0000-0000-000000000004', now() from generate_series(1, 160);
insert into public.audit_logs (entity, action, user_id, time) select 'invoice', 'read', '00000000-0000-0000-0000-000000000002', now() - i * interval '3 seconds' from generate_series(1, 1000) as i;
-- repair
delete from public.audit_logs where user_id in ('00000000-0000-0000-0000-000000000002', '00000000-0000-0000-0000-000000000004');
