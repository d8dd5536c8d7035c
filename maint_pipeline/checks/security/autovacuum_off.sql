-- title: Autovacuum is off
-- severity: medium, because the table bloats until somebody remembers, and its transaction ids age
-- needs: pg_catalog.pg_class, pg_catalog.pg_settings
-- description: autovacuum is off for the whole server (high) or for one table. Dead rows pile up and statistics age;
--     only the vacuum that prevents wraparound still comes, at its own time and at full speed.
-- remediation: Switch it on again. Where it disturbs, let it be gentle: autovacuum_vacuum_cost_delay.
-- cannot see: settings that make it too slow, and workers that something holds up.

select
    'autovacuum' as object,
    'autovacuum is off for the whole server.' as detail,
    'high' as severity,
    '{"setting": "autovacuum"}'::jsonb as metadata,
    'alter system set autovacuum = on' || e';\nselect pg_reload_conf();' as fix
where current_setting('autovacuum') = 'off'
union all
select
    format('%I.%I', nspname, relname),
    format('autovacuum is off for table %I.%I.', nspname, relname),
    'medium',
    jsonb_build_object('options', to_jsonb(reloptions)),
    format('alter table %I.%I reset (autovacuum_enabled);', nspname, relname)
from pg_class
join pg_namespace on pg_namespace.oid = relnamespace
where relkind in ('r', 'm') and nspname not in ('pg_catalog', 'information_schema')
    and exists (
        select from pg_options_to_table(reloptions)
        where option_name = 'autovacuum_enabled' and not option_value::boolean
    )
