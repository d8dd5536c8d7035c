-- title: The server's certificate expires
-- severity: high, because from then on clients that verify it can't connect
-- scope: server
-- needs: maint.health_views
-- description: The certificate that the server shows to those who connect ends soon, or has ended (critical).
--     run_health_checks looks at it as a client.
-- remediation: Renew it, put it in place and reload the server; sessions stay.
-- cannot see: certificates of poolers and clients, and of authorities.
-- thresholds: within interval = 21 days

select
    'certificate' as object,
    format('The certificate of the server %s at %s.',
        case when ends.at < now() then 'has expired' else 'expires' end,
        to_char(ends.at at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"')) as detail,
    case when ends.at < now() then 'critical' else 'high' end as severity,
    jsonb_build_object('ends_at', ends.at) as metadata,
    null as fix
from maint.health_views as view
cross join lateral (select (view.figures ->> 'ends_at')::timestamptz) as ends (at)
where maint.require_view('certificate') and view.kind = 'certificate' and ends.at < now() + _within
