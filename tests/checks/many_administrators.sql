-- harmless
insert into public.user_roles (user_id, role) select id, 'admin' from public.profiles limit 5;
-- problem: administrators
insert into public.user_roles (user_id, role) select id, 'admin' from public.profiles on conflict do nothing;
-- repair
delete from public.user_roles where id in (select id from public.user_roles limit 1);
