-- harmless
create policy trusting_the_app on public.orgs for select using ((select auth.jwt() -> 'app_metadata' ->> 'team') = name);
-- problem: public.orgs: trusting
create policy trusting on public.orgs for select using ((select auth.jwt() -> 'user_metadata' ->> 'admin') = 'yes');
-- repair
alter policy trusting on public.orgs using ((select auth.jwt() -> 'app_metadata' ->> 'admin') = 'yes');
-- harmless
create function public.knows() returns boolean language sql stable set search_path = '' as 'select true /* not user_metadata */';
create policy knowing on public.orgs for select using (public.knows());
-- problem: public.orgs: by its helper
create function public.is_boss() returns boolean language sql stable set search_path = '' as 'select (auth.jwt() -> ''user_metadata'' ->> ''boss'')::boolean';
create policy "by its helper" on public.orgs for select using (public.is_boss());
-- repair
drop policy "by its helper" on public.orgs;
