-- Comments, by what they are on in the words of COMMENT ON.
select
    format('%s %s', (identified).type, (identified).identity) as id, null::oid as oid,
    jsonb_build_object('type', (identified).type, 'identity', (identified).identity, 'text', listed.description)
        as state
from (
    select classoid, objoid, objsubid, description from pg_catalog.pg_description where objoid >= 16384
    union all
    select classoid, objoid, 0, description from pg_catalog.pg_shdescription where objoid >= 16384
    union all
    select classoid, objoid, objsubid, description from pg_catalog.pg_description
    where classoid = 'pg_catalog.pg_namespace'::regclass and objoid < 16384
) as listed
cross join lateral (select pg_identify_object(listed.classoid, listed.objoid, listed.objsubid) as identified) as named
where (identified).identity is not null
