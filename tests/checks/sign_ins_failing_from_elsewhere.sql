-- harmless
delete from maint.observations;
update maint.check_thresholds set value = '5' where check_name = 'sign_ins_failing_from_elsewhere';
insert into public.audit_logs (entity, action, user_id, time, ip_address) select 'invoice', 'read', ('00000000-0000-0000-0000-00000000000' || i)::uuid, now() - interval '10 days', '192.0.2.9' from generate_series(1, 6) as i;
insert into public.audit_logs (entity, action, user_id, time, ip_address, payload_hash) select 'auth_login', 'access', ('00000000-0000-0000-0000-00000000000' || i)::uuid, now(), ('192.0.77.' || i)::inet, 'rate_limited' from generate_series(1, 6) as i;
insert into public.audit_logs (entity, action, user_id, time, ip_address, payload_hash) select 'auth_login', 'access', ('00000000-0000-0000-0000-00000000000' || i)::uuid, now(), ('203.0.113.' || i)::inet, 'rate_limited' from generate_series(1, 4) as i;
-- problem: sign-ins
insert into public.audit_logs (entity, action, user_id, time, ip_address, payload_hash) select 'auth_login', 'access', ('00000000-0000-0000-0000-00000000000' || i)::uuid, now(), ('198.51.' || i || '.7')::inet, 'rate_limited' from generate_series(1, 5) as i;
-- repair
delete from public.audit_logs where payload_hash = 'rate_limited' and ip_address <<= '198.51.0.0/16';
