-- harmless
create policy administrators on public.security_alerts to authenticated
    using (public.has_role(auth.uid(), 'admin')) with check (public.has_role(auth.uid(), 'admin'));
create view public.alerts_of_reader with (security_invoker = true) as select id from public.security_alerts;

-- problem: public.security_alerts
create policy everybody on public.security_alerts for select to authenticated using (true);

-- repair
drop policy everybody on public.security_alerts;
