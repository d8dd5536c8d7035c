-- title: Index that another one makes superfluous
-- severity: low, because it costs every write and some disk
-- needs: pg_catalog.pg_index
-- description: Another index of the same table begins with the same columns in the same order, with the same
--     operators, collations and condition, and does all that this one does: the same index twice, a prefix
--     of a longer one, or a plain one beside a unique one.
-- remediation: Drop it. Watch for a while whether something becomes slower: a shorter index can be quicker.
-- cannot see: which of the two the planner really uses.

with indexes as (
    select indexrelid, indrelid, indisunique, indisprimary, indisreplident, indnkeyatts, indnatts,
        -- These vectors count from 0, their slices from 1.
        (indkey::int2[])[0:indnkeyatts - 1] as keys,
        (indclass::oid[])[0:indnkeyatts - 1] as operators,
        (indcollation::oid[])[0:indnkeyatts - 1] as collations,
        (indoption::int2[])[0:indnkeyatts - 1] as options,
        pg_get_expr(indexprs, indrelid) as expressions, pg_get_expr(indpred, indrelid) as condition,
        relam, exists (select from pg_constraint where conindid = indexrelid) as is_constraint
    from pg_index
    join pg_class on pg_class.oid = indexrelid
    join pg_namespace on pg_namespace.oid = relnamespace
    where indisvalid and not relispartition and relpersistence <> 't'
        and nspname not in ('pg_catalog', 'information_schema', 'maint', 'pg_toast')
)
select
    lesser.indexrelid::regclass::text as object,
    format('Index %s of %s does nothing that %s does not.', lesser.indexrelid::regclass,
        lesser.indrelid::regclass, string_agg(other.indexrelid::regclass::text, ', ')) as detail,
    jsonb_build_object('table', lesser.indrelid::regclass,
        'others', jsonb_agg(other.indexrelid::regclass),
        'bytes', pg_relation_size(lesser.indexrelid)) as metadata,
    format('drop index concurrently %s;', lesser.indexrelid::regclass) as fix,
    maint.platform_of(lesser.indrelid::regclass) as managed_by
from indexes as lesser
join indexes as other
    on other.indrelid = lesser.indrelid and other.indexrelid <> lesser.indexrelid
    and other.relam = lesser.relam
    and other.condition is not distinct from lesser.condition
    and other.expressions is not distinct from lesser.expressions
    and other.keys[1:lesser.indnkeyatts] = lesser.keys
    and other.operators[1:lesser.indnkeyatts] = lesser.operators
    and other.collations[1:lesser.indnkeyatts] = lesser.collations
    and other.options[1:lesser.indnkeyatts] = lesser.options
    -- Only btrees have prefixes.
    and (other.indnkeyatts = lesser.indnkeyatts
        or lesser.relam = (select oid from pg_am where amname = 'btree'))
where not lesser.is_constraint and not lesser.indisreplident
    and lesser.indnatts = lesser.indnkeyatts
    and (not lesser.indisunique or other.indisunique and other.indnkeyatts = lesser.indnkeyatts)
    -- Of two that are the same, the constraint's, the unique or the older one stays.
    and (other.indnkeyatts > lesser.indnkeyatts
        or (other.is_constraint, other.indisunique, lesser.indexrelid)
            > (lesser.is_constraint, lesser.indisunique, other.indexrelid))
group by lesser.indexrelid, lesser.indrelid
