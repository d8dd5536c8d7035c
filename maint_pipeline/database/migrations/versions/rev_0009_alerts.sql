-- Locks: none on tables that exist. Runs as maint_owner.

create table maint.alerts (
    id uuid default gen_random_uuid() constraint alerts_pkey primary key,
    alert_type text not null,
    severity text not null,
    title text not null,
    description text,
    details jsonb default '{}',
    resolved boolean default false,
    resolved_at timestamptz,
    resolved_by uuid,
    created_at timestamptz default now(),
    fingerprint text,
    occurrences integer not null default 1,
    last_seen_at timestamptz,
    absences integer not null default 0,
    acknowledged_at timestamptz,
    silenced_until timestamptz
);

-- 02_closed.sql closes it in the transaction that makes it; 95_row_security.sql says who reads.
comment on table maint.alerts is
    'Findings that people should act on, where public.security_alerts of the application does not fit or is '
    'open to others than administrators (maint.alert_home). Read them with get_unresolved_security_alerts().';

-- One open alert for each fingerprint; what became of a finding before; the open ones of a check.
create unique index alerts_open_fingerprint_key on maint.alerts (fingerprint)
    where resolved is not true and fingerprint is not null;
create index alerts_fingerprint_idx on maint.alerts (fingerprint, resolved_at)
    where fingerprint is not null;
