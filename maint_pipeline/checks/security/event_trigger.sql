-- title: Event trigger that runs at every change of structure
-- severity: medium, because its function runs with the rights of whoever changes something, superusers too
-- needs: pg_catalog.pg_event_trigger
-- description: An event trigger is there that is neither an extension's, nor the platform's, nor among those that are
--     expected. Whoever placed one waits for an administrator to create or drop something.
-- remediation: Read its function. Drop it if nobody knows it, otherwise add its name to the expected ones.
-- cannot see: what its function does.
-- thresholds: expected text = pgrst_ddl_watch, pgrst_drop_watch, issue_graphql_placeholder, issue_pg_cron_access, issue_pg_graphql_access, issue_pg_net_access

select
    evtname::text as object,
    format('Event trigger %I (%s) runs %s at %s.', evtname,
        case evtenabled when 'D' then 'switched off' else 'on' end, evtfoid::regprocedure, evtevent) as detail,
    case when evtenabled = 'D' then 'low' else 'medium' end as severity,
    jsonb_build_object('function', evtfoid::regprocedure, 'owner', pg_get_userbyid(evtowner),
        'event', evtevent, 'tags', to_jsonb(evttags)) as metadata,
    format('drop event trigger %I;', evtname) as fix,
    jsonb_build_object('what', format('have %s run at every change', evtfoid::regprocedure), 'roles', jsonb_build_array(pg_get_userbyid(evtowner))) as takes,
    maint.platform_role(evtowner) as managed_by
from pg_event_trigger
where evtname <> all (maint.listed(_expected))
    and not exists (
        select from pg_depend
        where classid = 'pg_event_trigger'::regclass and objid = pg_event_trigger.oid and deptype = 'e'
    )
