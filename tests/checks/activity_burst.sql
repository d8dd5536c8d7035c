-- harmless
delete from maint.observations;
delete from maint.activity_hours;
insert into public.audit_logs (entity, action, user_id, time) select 'invoice', 'update', '00000000-0000-0000-0000-000000000001', date_trunc('hour', now()) - week * interval '7 days' from generate_series(0, 8) as week cross join generate_series(1, 300);
insert into public.audit_logs (entity, action, user_id, time) select 'invoice', 'update', '00000000-0000-0000-0000-000000000002', date_trunc('hour', now()) from generate_series(1, 900);
insert into public.audit_logs (entity, action, user_id, time) select 'invoice', 'create', '00000000-0000-0000-0000-000000000004', date_trunc('hour', now()) - week * interval '7 days' from generate_series(0, 8) as week cross join lateral generate_series(1, case week when 0 then 600 else 100 end);
-- problem: 00000000-0000-0000-0000-000000000003
delete from maint.observations;
delete from maint.activity_hours;
insert into public.audit_logs (entity, action, user_id, time) select 'invoice', 'update', '00000000-0000-0000-0000-000000000003', date_trunc('hour', now()) - week * interval '7 days' from generate_series(0, 8) as week cross join lateral generate_series(1, case week when 0 then 600 else 100 end);
-- repair
delete from public.audit_logs where user_id = '00000000-0000-0000-0000-000000000003';
delete from maint.activity_hours;
