-- harmless
revoke truncate on all tables in schema public from anon, authenticated;
-- problem: anon in public
grant truncate on public.orgs to anon;
-- repair: fix
