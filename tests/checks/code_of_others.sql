-- prepare
create role intern nologin;
create table public.shelves (id integer primary key);
alter table public.shelves enable row level security;
create function public.helper() returns trigger language plpgsql as 'begin return new; end';
create trigger helper before insert on public.shelves for each row execute function public.helper();
create function public.answer() returns boolean language sql as 'select true';
create policy asking on public.shelves using (public.answer());
-- harmless
create function public.unused() returns boolean language sql as 'select true';
alter function public.unused() owner to intern;
-- problem: public.helper(); public.answer()
alter function public.helper() owner to intern;
alter function public.answer() owner to intern;
-- repair
do $$ begin execute format('alter function public.helper() owner to %I', current_user); end $$;
alter table public.shelves owner to intern;
-- clean up
drop owned by intern cascade;
drop role intern;
