-- title: Changed since it was approved
-- severity: high, because what somebody had looked at and found right is not what runs
-- needs: maint.baseline
-- description: A function, a grant or a setting differs from the baseline that an administrator approved:
--     changed, new or gone. Deployments do that, and so do intruders.
-- remediation: Read the difference (maint baseline diff). Approve it (maint baseline approve) if it was meant;
--     otherwise restore what was approved.
-- cannot see: tables, columns and policies; what was wrong already when the baseline was approved.

select
    drift.kind || ' ' || drift.object as object,
    format('The %s %s is %s since the baseline was approved.', drift.kind, drift.object, drift.change)
        as detail,
    case drift.kind when 'setting' then 'medium' else 'high' end as severity,
    jsonb_build_object('change', drift.change, 'approved', left(drift.approved, 2000),
        'present', left(drift.present, 2000)) as metadata
from maint.baseline_drift() as drift
where maint.require(exists (select from maint.baseline),
    'needs an approved baseline: maint baseline approve stores what is there now as one')
