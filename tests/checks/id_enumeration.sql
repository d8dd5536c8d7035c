-- harmless
insert into public.audit_logs (entity, action, user_id, time, entity_id) select 'invoice', 'read', '00000000-0000-0000-0000-000000000001', now(), gen_random_uuid() from generate_series(1, 499) as i;
-- problem: 00000000-0000-0000-0000-000000000002: invoice
insert into public.audit_logs (entity, action, user_id, time, entity_id) select 'invoice', 'read', '00000000-0000-0000-0000-000000000002', now(), gen_random_uuid() from generate_series(1, 500) as i;
-- repair
delete from public.audit_logs where user_id = '00000000-0000-0000-0000-000000000002';
