-- harmless
revoke truncate on all tables in schema public from anon, authenticated;
-- problem: public
grant truncate on public.orgs to anon;
grant truncate on public.orgs, public.profiles to authenticated;
-- repair: fix
