-- harmless
delete from maint.observations;
delete from maint.activity_hours;
insert into public.audit_logs (entity, action, user_id, time) select 'data_export', 'export', '00000000-0000-0000-0000-000000000001', now() - i * interval '5 hours' from generate_series(1, 10) as i;
insert into public.audit_logs (entity, action, user_id, time) select 'data_export', 'export', '00000000-0000-0000-0000-000000000003', date_trunc('hour', now()) - day * interval '1 day' from generate_series(0, 40) as day cross join generate_series(1, 12);
-- problem: 00000000-0000-0000-0000-000000000002
delete from maint.observations;
delete from maint.activity_hours;
insert into public.audit_logs (entity, action, user_id, time) select 'data_export', 'export', '00000000-0000-0000-0000-000000000002', now() - i * interval '2 hours' from generate_series(1, 10) as i;
-- repair
delete from maint.activity_hours where user_id = '00000000-0000-0000-0000-000000000002';
delete from public.audit_logs where user_id = '00000000-0000-0000-0000-000000000002';
