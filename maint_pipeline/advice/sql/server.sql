-- The server and the database, as far as a what-if server has to be like them.

select current_setting('server_version_num')::integer / 10000 as version,
    current_setting('server_version') as version_text,
    current_setting('block_size')::integer as block_size,
    to_jsonb(pg_database) as database,
    pg_encoding_to_char(encoding) as encoding,
    stats_reset, now(),
    (select pg_postmaster_start_time()) as started_at
from pg_database
join pg_stat_database on pg_stat_database.datid = pg_database.oid
where pg_database.datname = current_database()
