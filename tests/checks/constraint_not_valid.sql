-- harmless
create table public.notes (id integer primary key, org_id integer);
create table public.owners (id integer primary key);
alter table public.notes add constraint small check (id < 1000);
-- problem: public.notes: positive; public.notes: owned
alter table public.notes add constraint positive check (id > 0) not valid;
alter table public.notes add constraint owned foreign key (org_id) references public.owners not valid;
-- repair: fix
