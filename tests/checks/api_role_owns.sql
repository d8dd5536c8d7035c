-- harmless
create schema drafts;
grant usage on schema drafts to authenticated;
create table drafts.notes (id integer primary key);
grant all on drafts.notes to authenticated;
-- problem: authenticated
alter table drafts.notes owner to authenticated;
-- repair
do $$ begin execute format('alter table drafts.notes owner to %I', current_user); end $$;
-- problem: anon
alter schema drafts owner to anon;
-- repair
do $$ begin execute format('alter schema drafts owner to %I', current_user); end $$;
