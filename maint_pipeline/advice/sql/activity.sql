-- What runs now in this database.

select pid, coalesce(query_id::text, md5(query)) as id, query, usename as role,
    length(query) >= (select setting::integer from pg_settings where name = 'track_activity_query_size') - 4 as is_cut
from pg_stat_activity
where datname = current_database() and state = 'active' and backend_type = 'client backend'
    and pid <> pg_backend_pid() and query <> '<insufficient privilege>'
