-- title: Privileged function trusts the caller's search_path
-- severity: high
-- needs: pg_catalog.pg_proc
-- description: A SECURITY DEFINER function in schema public sets no search_path, so that a caller's
--     own table or function can take the place of what it means, with its owner's rights.
-- remediation: alter function ... set search_path = pg_catalog, pg_temp, and qualify the names in
--     its body.

select
    routine.oid::regprocedure::text as object,
    format('Function %s is SECURITY DEFINER and sets no search_path.', routine.oid::regprocedure)
        as detail,
    jsonb_build_object('owner', pg_get_userbyid(routine.proowner)) as metadata
from pg_proc as routine
where routine.pronamespace = 'public'::regnamespace
    and routine.prosecdef
    and not exists (
        select from unnest(routine.proconfig) as setting where setting like 'search_path=%'
    )
    -- Functions of extensions are their authors' to mend.
    and not exists (
        select from pg_depend
        where objid = routine.oid and classid = 'pg_proc'::regclass and deptype = 'e'
    )
