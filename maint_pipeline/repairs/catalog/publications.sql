-- Publications with their tables and schemas.
select
    quote_ident(pubname) as id, pg_publication.oid,
    to_jsonb(pg_publication) - '{oid,pubname,pubowner}'::text[] || jsonb_build_object(
        'owner', quote_ident(pg_get_userbyid(pubowner)),
        'tables', array(
            select prrelid::regclass::text || coalesce(' ' || prattrs::text, '')
                || coalesce(' where ' || pg_get_expr(prqual, prrelid), '')
            from pg_catalog.pg_publication_rel where prpubid = pg_publication.oid order by 1),
        'schemas', array(
            select pnnspid::regnamespace::text
            from pg_catalog.pg_publication_namespace where pnpubid = pg_publication.oid order by 1)) as state
from pg_catalog.pg_publication
