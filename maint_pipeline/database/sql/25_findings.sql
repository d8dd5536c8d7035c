-- Findings: what checks see, before anything is made of it.

-- The severities, the most severe first: the only place in SQL that orders them (in Python it is
-- alerts.SEVERITIES).
create or replace function maint.severities() returns text[]
    language sql immutable
    set search_path = pg_catalog, pg_temp
as $$ select array['critical', 'high', 'medium', 'low'] $$;

-- The place of a severity in that order, to sort by; null for what is none.
create or replace function maint.severity_rank(_severity text) returns integer
    language sql immutable
    set search_path = pg_catalog, pg_temp
as $$ select array_position(maint.severities(), _severity) $$;

drop function if exists maint.is_graver(text, text);

-- Whether the first severity is higher than the second.
create or replace function maint.severity_above(_severity text, _than text) returns boolean
    language sql immutable
    set search_path = pg_catalog, pg_temp
as $$ select maint.severity_rank(_severity) < maint.severity_rank(_than) $$;

create or replace function maint.findings(_findings jsonb) returns setof maint.finding
    language sql immutable
    set search_path = pg_catalog, pg_temp
as $$
    -- A check that reports one object twice has one finding there, the more severe one.
    select distinct on (finding.fingerprint collate "C") finding.*
    from jsonb_populate_recordset(null::maint.finding, _findings) as finding
    order by finding.fingerprint collate "C", maint.severity_rank(finding.severity)
$$;

-- What an alert keeps of a finding, and the Dagster run that saw it last.
create or replace function maint.alert_details(_finding maint.finding) returns jsonb
    language sql stable
    set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object(
        'check', (_finding).name,
        'category', (_finding).category,
        'object', (_finding).object,
        'remediation', (_finding).remediation,
        'metadata', (_finding).metadata,
        'dagster_run_id', nullif(current_setting('maint.dagster_run_id', true), '')
    )
$$;

drop function if exists maint.pluralize(bigint, text, text);

-- A count with its noun, in the singular for one.
create or replace function maint.pluralize(_count bigint, _one text, _many text default null)
    returns text
    language sql immutable
    set search_path = pg_catalog, pg_temp
as $$
    select format('%s %s', _count, case _count when 1 then _one else coalesce(_many, _one || 's') end)
$$;

-- A span of time for people: 2 days 4 hours.
create or replace function maint.in_words(_span interval) returns text
    language sql immutable
    set search_path = pg_catalog, pg_temp
as $$
    select string_agg(maint.pluralize(part.count, part.name), ' ' order by part.position)
    from (values
        (1, extract(year from _span)::bigint, 'year'), (2, extract(month from _span)::bigint, 'month'),
        (3, extract(day from _span)::bigint, 'day'), (4, extract(hour from _span)::bigint, 'hour'),
        (5, extract(minute from _span)::bigint, 'minute'), (6, extract(second from _span)::bigint, 'second')
    ) as part (position, count, name)
    where part.count <> 0
$$;
