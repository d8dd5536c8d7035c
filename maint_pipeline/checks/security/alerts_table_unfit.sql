-- title: The application's alert table is not safe for alerts any more
-- severity: high, because alerts show where the database is vulnerable
-- needs: pg_catalog.pg_class
-- description: Alerts went to public.security_alerts, and now others than administrators may read or change them
--     there, or not every alert can be written. New ones go to maint.alerts; those that are open stay where
--     they are and can be resolved.
-- remediation: Undo what the detail names; alerts go to the table again from then on. Or drop its columns fingerprint,
--     occurrences, last_seen_at, absences, acknowledged_at and silenced_until: alerts go to maint.alerts for good.
-- cannot see: what a superuser may do with the table.

select
    'public.security_alerts' as object,
    format('New alerts go to maint.alerts and not to public.security_alerts: %s.', fit.problem) as detail,
    jsonb_build_object('problem', fit.problem) as metadata
from pg_attribute
cross join lateral (
    select coalesce(maint.alerts_table_problem(),
        'maint_owner may not work with it, or a column of ours is missing') as problem
) as fit
where attrelid = to_regclass('public.security_alerts') and attname = 'fingerprint' and not attisdropped
    and maint.alert_home() <> to_regclass('public.security_alerts')
