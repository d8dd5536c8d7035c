-- harmless
create table public.notes (id integer primary key);
create view public.all_notes as select id from public.notes;
revoke all on public.all_notes from anon, authenticated;
create rule writable as on insert to public.all_notes do instead insert into public.notes values (new.id);
-- problem: public.notes: aside
create rule aside as on delete to public.notes do instead nothing;
-- repair: fix
-- harmless
create view public.shown as select 1 as id;
revoke all on public.shown from anon, authenticated;
create rule adding as on insert to public.shown do instead nothing;
-- problem: public.shown: adding
grant insert on public.shown to anon;
-- repair
revoke insert on public.shown from anon;
