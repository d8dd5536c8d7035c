-- harmless
create schema private;
create table private.payments (id integer primary key, iban text, payer uuid);
create table public.shown (id integer primary key);
grant select on public.shown to anon;
create view public.of_an_open_table as select id from public.shown;
create view public.with_readers_rights with (security_invoker = on) as select id from private.payments;
create view public.own_payments as select iban from private.payments where payer = (select auth.uid());
create view public.not_granted as select iban from private.payments;
revoke all on public.not_granted from anon, authenticated;
-- problem: public.figures
create view public.figures as select id, iban as x from private.payments;
grant select on public.figures to anon;
-- repair
revoke all on public.figures from anon, authenticated;
-- problem: public.secrets
create schema vault;
create table vault.secrets (id integer primary key, secret text);
create view vault.decrypted as select * from vault.secrets;
create view public.secrets with (security_invoker = off) as select * from vault.decrypted where id > 0;
grant select on public.secrets to authenticated;
-- repair
revoke all on public.secrets from anon, authenticated;
