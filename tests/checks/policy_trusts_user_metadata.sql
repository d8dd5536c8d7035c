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
-- problem: public.orgs: two steps
create function public.claimed() returns jsonb language sql stable as 'select current_setting(''request.jwt.claims'')::jsonb -> ''user_metadata''';
create function public.is_claimed() returns boolean language sql stable as 'select public.claimed() ->> ''a'' = ''b''';
create policy "two steps" on public.orgs using (public.is_claimed());
-- repair
drop policy "two steps" on public.orgs;
