-- harmless
insert into public.audit_logs (entity, action, user_id, time) select 'invoice', 'read', '00000000-0000-0000-0000-000000000001', now() from generate_series(1, 999) as i;
-- problem: 00000000-0000-0000-0000-000000000002
insert into public.audit_logs (entity, action, user_id, time) select 'invoice', 'read', '00000000-0000-0000-0000-000000000002', now() - i * interval '3 seconds' from generate_series(1, 1000) as i;
-- repair
delete from public.audit_logs where user_id = '00000000-0000-0000-0000-000000000002';
