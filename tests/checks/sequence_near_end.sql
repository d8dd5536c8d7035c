-- harmless
create table public.early (id integer generated always as identity primary key);
grant select on sequence public.early_id_seq to maint_owner;
select setval('public.early_id_seq', 1000000);
-- problem: public.late_id_seq; public.behind
create table public.late (id integer generated always as identity primary key);
grant select on sequence public.late_id_seq to maint_owner;
select setval('public.late_id_seq', 2000000000);
create sequence public.behind;
create table public.with_sequence (id integer primary key default nextval('public.behind'));
alter sequence public.behind owned by public.with_sequence.id;
grant select on sequence public.behind to maint_owner;
select setval('public.behind', 2000000000);
-- repair
alter table public.late alter column id type bigint;
alter sequence public.late_id_seq as bigint;
alter table public.with_sequence alter column id type bigint;
-- problem: sequences
create sequence public.closed_seq;
create sequence public.closed_too;
-- repair: fix
