-- harmless
insert into public.audit_logs (entity, action, user_id, time, entity_id) select 'profile_access', 'access', '00000000-0000-0000-0000-000000000001', now(), '00000000-0000-0000-0000-000000000001' from generate_series(1, 200) as i;
-- problem: 00000000-0000-0000-0000-000000000002
insert into public.audit_logs (entity, action, user_id, time, entity_id) select 'profile_access', 'access', '00000000-0000-0000-0000-000000000002', now() - i * interval '30 seconds', gen_random_uuid() from generate_series(1, 100) as i;
-- repair
delete from public.audit_logs where user_id = '00000000-0000-0000-0000-000000000002';
