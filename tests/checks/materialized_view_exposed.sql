-- problem: public.totals
create materialized view public.totals as select count(*) from public.orgs;
-- repair: fix
