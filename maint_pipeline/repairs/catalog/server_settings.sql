-- What ALTER SYSTEM has written. Needs the right to read pg_file_settings.
select distinct on (name)
    name as id, null::oid as oid, jsonb_build_object('value', setting) as state
from pg_catalog.pg_file_settings
where sourcefile ~ 'postgresql\.auto\.conf$' and name is not null
order by name, seqno desc
