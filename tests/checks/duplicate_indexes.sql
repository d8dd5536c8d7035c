-- harmless
create table public.notes (id integer primary key, a integer, b integer, c text);
create index a_b on public.notes (a, b);
create index b_a on public.notes (b, a);
create index a_partly on public.notes (a) where b > 0;
create index a_down on public.notes (a desc);
create unique index c_unique on public.notes (c);
create index c_pattern on public.notes (c text_pattern_ops);
create index a_more on public.notes (a) include (c);
create index a_hash on public.notes using hash (a);
create unique index a_alone on public.notes (a);
-- problem: public.a_plain; public.c_plain; public.a_b_again; public.id_plain
create index a_plain on public.notes (a);
create index c_plain on public.notes (c);
create index a_b_again on public.notes (a, b);
create index id_plain on public.notes (id);
-- repair: fix
