-- harmless
alter default privileges in schema public revoke all on tables from anon;
alter default privileges in schema public revoke all on functions from anon;
alter default privileges in schema public revoke all on sequences from anon;
alter default privileges in schema public grant select on tables to authenticated;
-- problem: postgres in public; postgres in every schema
alter default privileges in schema public grant select on tables to anon;
alter default privileges grant execute on functions to anon;
-- repair: fix
-- problem: (format('%s in every schema', current_user))
do $$ begin execute format('alter default privileges for role %I grant select on tables to public', current_user); end $$;
-- repair: fix
