-- title: Audit rows of a wrong time
-- severity: medium, because a clock is wrong, or somebody writes history
-- needs: audit_log.time, maint.recent_activity
-- description: The audit log has rows dated in the future, or rows that were written since the run before and are
--     dated long before. Of the latter, those on the table's last pages are seen, where rows come to stand unless
--     space was freed before.
-- remediation: Look at the clocks of the application's servers, and for imports. If there is neither, somebody
--     with the right to write the log has added to it.
-- cannot see: rows whose time is wrong by less than that.
-- thresholds: ahead interval = 5 minutes; late interval = 1 day

select
    case when at > now() then 'future' else 'past' end as object,
    case
        when at > now() then format('%s rows are dated in the future, up to %s.', count(*),
            to_char(max(at) at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"'))
        else format('%s rows were written lately and are dated from %s on.', count(*),
            to_char(min(at) at time zone 'UTC', 'YYYY-MM-DD HH24:MI "UTC"'))
    end as detail,
    jsonb_build_object('rows', count(*), 'first_at', min(at), 'last_at', max(at),
        'users', to_jsonb((array_agg(distinct user_id))[:10])) as metadata
from maint.recent_activity
where at > now() + _ahead
    or at < (select window_start from maint.observations) - _late
group by at > now()
