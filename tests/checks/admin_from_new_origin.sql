-- harmless
delete from maint.observations;
insert into public.user_roles (user_id, role) select ('00000000-0000-0000-0000-00000000000' || i)::uuid, 'admin' from generate_series(1, 2) as i;
insert into public.audit_logs (entity, action, user_id, time, ip_address, user_agent) select 'invoice', 'read', '00000000-0000-0000-0000-000000000001', now() - i * interval '9 days', '192.0.2.1', 'Firefox' from generate_series(0, 2) as i;
insert into public.audit_logs (entity, action, user_id, time, ip_address, user_agent) values ('invoice', 'read', '00000000-0000-0000-0000-000000000002', now(), '192.0.2.2', 'curl');
insert into public.audit_logs (entity, action, user_id, time, ip_address, user_agent) select 'invoice', 'read', '00000000-0000-0000-0000-000000000003', now() - i * interval '9 days', ('192.0.2.' || i)::inet, 'Firefox' from generate_series(0, 2) as i;
insert into public.audit_logs (entity, action, user_id, time, ip_address, user_agent) values ('invoice', 'read', '00000000-0000-0000-0000-000000000001', now(), '192.0.77.5', 'Firefox/131.0');
-- problem: 00000000-0000-0000-0000-000000000001: address 203.0.113.9; 00000000-0000-0000-0000-000000000001: agent python-requests
insert into public.audit_logs (entity, action, user_id, time, ip_address, user_agent) values ('invoice', 'read', '00000000-0000-0000-0000-000000000001', now(), '203.0.113.9', 'python-requests');
-- repair
delete from public.audit_logs where ip_address = '203.0.113.9';
