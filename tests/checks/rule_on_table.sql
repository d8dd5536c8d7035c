-- harmless
create table public.notes (id integer primary key);
create view public.all_notes as select id from public.notes;
create rule writable as on insert to public.all_notes do instead insert into public.notes values (new.id);
-- problem: public.notes: aside
create rule aside as on delete to public.notes do instead nothing;
-- repair: fix
