-- harmless
delete from maint.observations;
insert into public.audit_logs (entity, action, user_id, time, ip_address) values ('invoice', 'read', '00000000-0000-0000-0000-000000000004', now() - interval '10 days', '192.0.2.9');
insert into public.audit_logs (entity, action, user_id, time, payload_hash, ip_address) select 'auth_login', 'access', '00000000-0000-0000-0000-000000000004', now() - interval '10 minutes' + i * interval '1 minute', case when i < 5 then 'rate_limited' end, '192.0.77.1' from generate_series(0, 5) as i;
insert into public.audit_logs (entity, action, user_id, time, payload_hash) select 'auth_login', 'access', '00000000-0000-0000-0000-000000000001', now() - interval '10 minutes', case when i > 0 then 'rate_limited' end from generate_series(0, 4) as i;
insert into public.audit_logs (entity, action, user_id, time, payload_hash) select 'auth_login', 'access', '00000000-0000-0000-0000-000000000002', now() - interval '10 minutes' + i * interval '1 minute', case when i > 0 then 'rate_limited' end from generate_series(0, 6) as i;
-- problem: 00000000-0000-0000-0000-000000000003
insert into public.audit_logs (entity, action, user_id, time, payload_hash, ip_address) select 'auth_login', 'access', '00000000-0000-0000-0000-000000000003', now() - interval '10 minutes' + i * interval '1 minute', case when i < 5 then 'rate_limited' end, '192.0.2.9' from generate_series(0, 5) as i;
-- repair
delete from public.audit_logs where user_id = '00000000-0000-0000-0000-000000000003';
