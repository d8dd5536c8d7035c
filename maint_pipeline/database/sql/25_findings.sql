-- Findings: what checks see, before anything is made of it.

create or replace function maint.is_graver(_severity text, _than text) returns boolean
    language sql immutable
    set search_path = pg_catalog, pg_temp
as $$
    select array_position(array['low', 'medium', 'high', 'critical'], _severity)
        > array_position(array['low', 'medium', 'high', 'critical'], _than)
$$;

create or replace function maint.findings(_findings jsonb) returns setof maint.finding
    language sql immutable
    set search_path = pg_catalog, pg_temp
as $$
    -- A check that reports one object twice has one finding there, the graver one.
    select distinct on (finding.fingerprint) finding.*
    from jsonb_populate_recordset(null::maint.finding, _findings) as finding
    order by finding.fingerprint,
        array_position(array['critical', 'high', 'medium', 'low'], finding.severity)
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
