-- harmless
create table public.notes (id integer primary key, text text);
insert into public.notes select i, md5(i::text) from generate_series(1, 50000) as i;
create index notes_text on public.notes (text);
update maint.check_thresholds set value = '1' where check_name = 'unused_index' and name = 'megabytes';
-- problem: public.notes_text
update maint.known_indexes set first_seen_at = now() - interval '31 days' where name = 'notes_text';
-- repair: fix
