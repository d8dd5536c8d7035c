-- harmless
create policy trusting_the_app on public.orgs for select using ((select auth.jwt() -> 'app_metadata' ->> 'team') = name);
-- problem: public.orgs: trusting
create policy trusting on public.orgs for select using ((select auth.jwt() -> 'user_metadata' ->> 'admin') = 'yes');
-- repair
alter policy trusting on public.orgs using ((select auth.jwt() -> 'app_metadata' ->> 'admin') = 'yes');
