"""Checking the backups of 100,000 organizations with 5 million runs, beside what one would write instead.

python -m benchmarks.backups
"""

from __future__ import annotations

import time
from contextlib import closing
from statistics import median

import psycopg

from benchmarks.data import server
from maint_pipeline.database.embedded import EmbeddedServer, ensure_database
from maint_pipeline.installation import install
from maint_pipeline.sample import create_sample_application

ORGANIZATIONS = 100_000
RUNS_EACH = 50
ROUNDS = 5

# One backup a day and organization; among them some of each kind that a check looks for.
FILL = f"""
set session_replication_role = replica;
insert into public.orgs (id, name, deleted_at)
select gen_random_uuid(), 'organization ' || i, case when i % 200 = 0 then now() end
from generate_series(1, {ORGANIZATIONS}) as i;
insert into public.backup_settings (org_id, enabled, bucket, access_key_encrypted,
    secret_key_encrypted, created_at)
select id, name not like '%001', case when name like '%002' then '' else 'bucket' end, 'k', 's',
    now() - interval '{RUNS_EACH} days'
from public.orgs;
insert into public.backup_runs (org_id, status, started_at, finished_at, rows_count, tables_count,
    file_url)
select org.id,
    case when day = 0 and org.name like '%003' then 'failed'
        when day = 0 and org.name like '%004' then 'running'
        when (hashtext(org.name) + day) % 97 = 0 then 'failed' else 'ok' end,
    now() - make_interval(days => day, hours => 8, secs => abs(hashtext(org.name)) % 36000),
    case when day = 0 and org.name like '%004' then null
        else now() - make_interval(days => day, hours => 7, secs => abs(hashtext(org.name)) % 36000) end,
    case when day = 0 and org.name like '%005' then 10
        when day = 0 and org.name like '%006' then 0
        else 1000 + abs(hashtext(org.name)) % 1000 + day end,
    7, 's3://bucket/file'
from generate_series({RUNS_EACH - 1}, 0, -1) as day
cross join public.orgs as org
where org.name not like '%007' or day > 3
order by 3;
reset session_replication_role;
vacuum analyze public.orgs;
vacuum analyze public.backup_settings;
vacuum analyze public.backup_runs;
"""
