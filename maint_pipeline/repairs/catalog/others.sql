-- What no repair changes, so that a change of it is seen: each as its identity and a checksum of its row.
select
    format('%s %s', (identified).type, (identified).identity) as id, listed.objid as oid,
    jsonb_build_object('row', md5(listed.state::text)) as state
from (
    select 'pg_catalog.pg_foreign_data_wrapper'::regclass as class, oid as objid,
        to_jsonb(kept) - 'fdwacl' as state from pg_catalog.pg_foreign_data_wrapper as kept
    union all
    select 'pg_catalog.pg_foreign_server'::regclass, oid, to_jsonb(kept) - 'srvacl'
    from pg_catalog.pg_foreign_server as kept
    union all
    select 'pg_catalog.pg_cast'::regclass, oid, to_jsonb(kept) from pg_catalog.pg_cast as kept where oid >= 16384
    union all
    select 'pg_catalog.pg_operator'::regclass, oid, to_jsonb(kept)
    from pg_catalog.pg_operator as kept where oid >= 16384
    union all
    select 'pg_catalog.pg_opclass'::regclass, oid, to_jsonb(kept)
    from pg_catalog.pg_opclass as kept where oid >= 16384
    union all
    select 'pg_catalog.pg_opfamily'::regclass, oid, to_jsonb(kept)
    from pg_catalog.pg_opfamily as kept where oid >= 16384
    union all
    select 'pg_catalog.pg_collation'::regclass, oid, to_jsonb(kept)
    from pg_catalog.pg_collation as kept where oid >= 16384
    union all
    select 'pg_catalog.pg_conversion'::regclass, oid, to_jsonb(kept)
    from pg_catalog.pg_conversion as kept where oid >= 16384
    union all
    select 'pg_catalog.pg_am'::regclass, oid, to_jsonb(kept) from pg_catalog.pg_am as kept where oid >= 16384
    union all
    select 'pg_catalog.pg_language'::regclass, oid, to_jsonb(kept) - 'lanacl' from pg_catalog.pg_language as kept
    union all
    select 'pg_catalog.pg_statistic_ext'::regclass, oid, to_jsonb(kept) from pg_catalog.pg_statistic_ext as kept
    union all
    select 'pg_catalog.pg_transform'::regclass, oid, to_jsonb(kept) from pg_catalog.pg_transform as kept
    union all
    select 'pg_catalog.pg_ts_config'::regclass, oid, to_jsonb(kept)
    from pg_catalog.pg_ts_config as kept where oid >= 16384
    union all
    select 'pg_catalog.pg_ts_dict'::regclass, oid, to_jsonb(kept)
    from pg_catalog.pg_ts_dict as kept where oid >= 16384
    union all
    select 'pg_catalog.pg_tablespace'::regclass, oid, to_jsonb(kept) - 'spcacl' from pg_catalog.pg_tablespace as kept
    union all
    select 'pg_catalog.pg_user_mappings'::regclass, umid, to_jsonb(kept) - 'umoptions'
    from pg_catalog.pg_user_mappings as kept
) as listed
cross join lateral (
    select pg_identify_object(
        case listed.class when 'pg_catalog.pg_user_mappings'::regclass
            then 'pg_catalog.pg_user_mapping'::regclass else listed.class end, listed.objid, 0) as identified
) as named
