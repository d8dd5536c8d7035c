-- harmless
insert into public.audit_logs (entity, action, user_id, time) values ('invoice', 'read', '00000000-0000-0000-0000-000000000001', now() + interval '1 minute');
insert into public.audit_logs (entity, action, user_id, time) values ('invoice', 'read', '00000000-0000-0000-0000-000000000001', now() - interval '3 hours');
-- problem: future
insert into public.audit_logs (entity, action, user_id, time) values ('invoice', 'read', '00000000-0000-0000-0000-000000000002', now() + interval '1 day');
-- problem: future; past
insert into public.audit_logs (entity, action, user_id, time) values ('invoice', 'read', '00000000-0000-0000-0000-000000000002', now() - interval '10 days');
-- repair
delete from public.audit_logs where time > now() + interval '2 minutes';
delete from public.audit_logs where time < now() - interval '5 days';
