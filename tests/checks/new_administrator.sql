-- harmless
delete from maint.observations;
delete from maint.known_traits;
insert into public.user_roles (user_id, role) values ('00000000-0000-0000-0000-000000000001', 'admin');
-- problem: 00000000-0000-0000-0000-000000000002
insert into public.user_roles (user_id, role) values ('00000000-0000-0000-0000-000000000002', 'admin');
-- repair
delete from public.user_roles where user_id = '00000000-0000-0000-0000-000000000002';
