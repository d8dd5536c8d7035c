-- harmless
create table public.notes (id integer primary key, text text);
create index notes_text on public.notes (text);
-- problem: public.notes_text
update pg_catalog.pg_index set indisvalid = false where indexrelid = 'public.notes_text'::regclass;
-- repair: fix
