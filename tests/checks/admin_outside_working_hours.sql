-- harmless
delete from maint.observations;
delete from maint.activity_hours;
insert into public.user_roles (user_id, role) values ('00000000-0000-0000-0000-000000000003', 'admin');
insert into public.audit_logs (entity, action, user_id, time) select 'invoice', 'read', '00000000-0000-0000-0000-000000000003', date_trunc('hour', now()) - day * interval '1 day' from generate_series(0, 40) as day;
update maint.check_thresholds set value = case name when 'opens' then '1 minute' when 'closes' then '23:59:59.999' else '1,2,3,4,5,6,7' end where check_name = 'admin_outside_working_hours' and name <> 'time_zone';
insert into public.user_roles (user_id, role) values ('00000000-0000-0000-0000-000000000001', 'admin');
insert into public.audit_logs (entity, action, user_id, time) values ('invoice', 'read', '00000000-0000-0000-0000-000000000001', now());
insert into public.audit_logs (entity, action, user_id, time) values ('invoice', 'read', '00000000-0000-0000-0000-000000000002', now());
-- problem: 00000000-0000-0000-0000-000000000001
update maint.check_thresholds set value = extract(isodow from now() + interval '3 days')::text where check_name = 'admin_outside_working_hours' and name = 'days';
-- repair
delete from public.audit_logs where user_id = '00000000-0000-0000-0000-000000000001';
