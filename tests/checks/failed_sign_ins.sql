-- harmless
insert into public.audit_logs (entity, action, user_id, time, payload_hash, ip_address) select 'auth_login', 'access', '00000000-0000-0000-0000-000000000001', now() - interval '10 minutes' - i * interval '6.7 minutes', 'rate_limited', '192.0.2.1' from generate_series(0, 9) as i;
insert into public.audit_logs (entity, action, user_id, time, payload_hash) select 'invoice', 'read', '00000000-0000-0000-0000-000000000002', now(), 'rate_limited' from generate_series(1, 10) as i;
-- problem: 00000000-0000-0000-0000-000000000003
insert into public.audit_logs (entity, action, user_id, time, payload_hash, ip_address) select 'auth_login', 'access', '00000000-0000-0000-0000-000000000003', now() - interval '10 minutes' - i * interval '6 minutes', 'rate_limited', '192.0.2.1' from generate_series(0, 9) as i;
-- repair
delete from public.audit_logs where user_id = '00000000-0000-0000-0000-000000000003';
