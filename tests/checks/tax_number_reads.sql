-- harmless
insert into public.audit_logs (entity, action, user_id, time) select 'martin', 'read', '00000000-0000-0000-0000-000000000001', now() from generate_series(1, 30) as i;
-- problem: 00000000-0000-0000-0000-000000000002
insert into public.audit_logs (entity, action, user_id, time) select 'client_tin', 'read', '00000000-0000-0000-0000-000000000002', now() from generate_series(1, 20) as i;
-- repair
delete from public.audit_logs where user_id = '00000000-0000-0000-0000-000000000002';
