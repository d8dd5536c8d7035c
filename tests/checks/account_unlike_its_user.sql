-- harmless
delete from maint.observations;
delete from maint.activity_hours;
delete from maint.known_traits;
insert into public.audit_logs (entity, action, user_id, time, ip_address, user_agent) select 'invoice', 'read', '00000000-0000-0000-0000-000000000001', date_trunc('hour', now()) - day * interval '1 day', '192.0.2.1', 'Firefox/130.0' from generate_series(1, 40) as day;
insert into public.audit_logs (entity, action, user_id, time, ip_address, user_agent) select 'invoice', 'read', '00000000-0000-0000-0000-000000000002', date_trunc('hour', now()) - day * interval '1 day', '192.0.2.2', 'Firefox/130.0' from generate_series(1, 40) as day;
insert into public.audit_logs (entity, action, user_id, time, ip_address, user_agent) select 'invoice', 'read', '00000000-0000-0000-0000-000000000001', now(), '192.0.77.1', 'Firefox/131.0' from generate_series(1, 20);
insert into public.audit_logs (entity, action, user_id, time, ip_address, user_agent) select 'invoice', 'read', '00000000-0000-0000-0000-000000000002', now(), '203.0.113.9', 'Firefox/130.0' from generate_series(1, 20);
insert into public.audit_logs (entity, action, user_id, time, ip_address, user_agent) select 'document', 'export', '00000000-0000-0000-0000-000000000003', now(), '198.51.100.3', 'curl/8.5' from generate_series(1, 20);
-- problem: 00000000-0000-0000-0000-000000000004
delete from maint.observations;
delete from maint.activity_hours;
delete from maint.known_traits;
insert into public.audit_logs (entity, action, user_id, time, ip_address, user_agent) select 'invoice', 'read', '00000000-0000-0000-0000-000000000004', date_trunc('hour', now()) - day * interval '1 day', '192.0.2.4', 'Firefox/130.0' from generate_series(1, 40) as day;
insert into public.audit_logs (entity, action, user_id, time, ip_address, user_agent) select 'client', 'export', '00000000-0000-0000-0000-000000000004', now(), '198.18.0.9', 'python-requests/2.32' from generate_series(1, 20);
-- repair
delete from public.audit_logs where user_id = '00000000-0000-0000-0000-000000000004' and time > now() - interval '1 day';
delete from maint.known_traits where user_id = '00000000-0000-0000-0000-000000000004' and first_seen_at > now() - interval '1 day';
