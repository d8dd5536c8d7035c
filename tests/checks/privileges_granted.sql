-- harmless
delete from maint.observations;
insert into public.audit_logs (entity, action, user_id, time) select 'user_role', 'update', '00000000-0000-0000-0000-000000000003', now() - i * interval '10 days' from generate_series(0, 1) as i;
insert into public.audit_logs (entity, action, user_id, time) values ('user_role', 'read', '00000000-0000-0000-0000-000000000001', now());
insert into public.audit_logs (entity, action, user_id, time) values ('invoice', 'create', '00000000-0000-0000-0000-000000000001', now());
-- problem: 00000000-0000-0000-0000-000000000002
insert into public.audit_logs (entity, action, user_id, time) values ('user_role', 'create', '00000000-0000-0000-0000-000000000002', now());
-- repair
delete from public.audit_logs where user_id = '00000000-0000-0000-0000-000000000002';
