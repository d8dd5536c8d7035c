-- harmless
insert into public.audit_logs (entity, action, user_id, time, payload_hash, ip_address) select 'auth_login', 'access', id, now() - interval '5 minutes', 'rate_limited', '192.0.2.1' from public.profiles limit 4;
insert into public.audit_logs (entity, action, user_id, time, payload_hash, ip_address) select 'auth_login', 'access', id, now() - interval '5 minutes', 'x', '192.0.2.1' from public.profiles;
-- problem: 192.0.2.3
insert into public.audit_logs (entity, action, user_id, time, payload_hash, ip_address) select 'auth_login', 'access', id, now() - interval '10 minutes' * row_number() over (), 'rate_limited', '192.0.2.3' from public.profiles limit 5;
-- repair
delete from public.audit_logs where ip_address = '192.0.2.3';
