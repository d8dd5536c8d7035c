-- harmless
create sequence public.numbers;
revoke update on all sequences in schema public from anon, authenticated;
grant usage on sequence public.numbers to anon;
-- problem: public
grant update on sequence public.numbers to anon;
-- repair: fix
