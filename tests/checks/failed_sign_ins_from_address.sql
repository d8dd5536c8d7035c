-- harmless
insert into public.audit_logs (entity, action, user_id, time, payload_hash, ip_address) select 'auth_login', 'access', '00000000-0000-0000-0000-000000000001', now() - interval '1 minute', 'rate_limited', '192.0.2.1' from generate_series(1, 29) as i;
-- problem: 192.0.2.2
insert into public.audit_logs (entity, action, user_id, time, payload_hash, ip_address) select 'auth_login', 'access', '00000000-0000-0000-0000-000000000001', now() - interval '1 minute', 'rate_limited', '192.0.2.2' from generate_series(1, 30) as i;
-- repair
delete from public.audit_logs where ip_address = '192.0.2.2';
