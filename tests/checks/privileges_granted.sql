-- harmless
insert into public.audit_logs (entity, action, user_id, time) values ('user_role', 'read', '00000000-0000-0000-0000-000000000001', now());
insert into public.audit_logs (entity, action, user_id, time) values ('invoice', 'create', '00000000-0000-0000-0000-000000000001', now());
-- problem: 00000000-0000-0000-0000-000000000002
insert into public.audit_logs (entity, action, user_id, time) values ('user_role', 'create', '00000000-0000-0000-0000-000000000002', now());
-- repair
delete from public.audit_logs where user_id = '00000000-0000-0000-0000-000000000002';
