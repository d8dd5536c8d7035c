-- harmless
insert into public.audit_logs (entity, action, user_id, time, payload_hash) select 'auth_login', 'access', '00000000-0000-0000-0000-000000000001', now() - interval '1 minute', 'rate_limited' from generate_series(1, 60) as i;
-- problem: 00000000-0000-0000-0000-000000000002
insert into public.audit_logs (entity, action, user_id, time, payload_hash) select 'invoice', 'read', '00000000-0000-0000-0000-000000000002', now() - interval '1 minute', 'rate_limited' from generate_series(1, 50) as i;
-- repair
delete from public.audit_logs where user_id = '00000000-0000-0000-0000-000000000002';
