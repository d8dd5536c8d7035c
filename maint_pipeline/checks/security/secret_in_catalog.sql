-- title: Secret that every role can read
-- severity: high, because settings, function bodies, triggers and options of servers are shown to whoever runs SQL
-- needs: pg_catalog.pg_db_role_setting
-- description: A password, key or token stands where the catalogs show it to every role: in a setting of the database or
--     of a role, the options of a foreign server or table, a function's body, a trigger's arguments or a command
--     of pg_cron. Critical where it is the service's key or what signs tokens: whoever has it is everybody. The key of anonymous users
--     is no secret.
-- remediation: Keep it in the vault, or in a table that only the function's owner reads, and renew it: it has been seen.
-- cannot see: secrets of other shapes; commands of pg_cron, unless maint_owner is shown cron.job.
-- thresholds: names text = secret,password,passwd,private_key,service_role,service_key,api_key,apikey,access_key,token

with text (object, value, owner) as (
    select format('function %s', application.name), prosrc, application.owner
    from maint.application_functions() as application
    join pg_proc on pg_proc.oid = application.routine
    union all
    select format('trigger %I of %s', tgname, tgrelid::regclass), encode(tgargs, 'escape'), relowner
    from pg_trigger
    join pg_class on pg_class.oid = tgrelid
    where tgnargs > 0
    union all
    select format('scheduled command %s', scheduled.id), scheduled.command, null
    from maint.scheduled_commands() as scheduled
), named (object, name, value, owner) as (
    select case when setting.role = 0 then 'setting ' || setting.name
        else format('setting %s of %s', setting.name, setting.role_name) end, setting.name, setting.value, null::oid
    from maint.stored_settings() as setting
    union all
    select format('server %s', srvname), split_part(option, '=', 1), substr(option, strpos(option, '=') + 1), srvowner
    from pg_foreign_server
    cross join unnest(srvoptions) as option
    union all
    select format('foreign table %s', ftrelid::regclass), split_part(option, '=', 1),
        substr(option, strpos(option, '=') + 1), relowner
    from pg_foreign_table
    join pg_class on pg_class.oid = ftrelid
    cross join unnest(ftoptions) as option
), found (object, kind, is_master, owner) as (
    select text.object, case
            when text.value ~ 'eyJ[\w-]{8,}\.eyJ' then 'a token of the service' when text.value ~ 'PRIVATE KEY' then 'a private key'
            else 'a key' end,
        text.value ~ 'eyJ[\w-]{8,}\.eyJ', text.owner
    from text
    -- The role service_role in a token's middle part, wherever its letters fall.
    where text.value ~ 'eyJ[\w-]{8,}\.eyJ[\w-]*(c2VydmljZV9yb2xl|NlcnZpY2Vfcm9sZ|zZXJ2aWNlX3JvbGU)'
        or text.value ~ '\m(sk_live_|rk_live_|sb_secret_|sbp_|ghp_|whsec_|xox[bp]-)\w{12,}|\mAKIA[0-9A-Z]{16}\M|-----BEGIN [A-Z ]*PRIVATE KEY'
    union all
    select named.object, format('%s', named.name), named.name ~* 'jwt_secret|service_role|service_key', named.owner
    from named
    where named.name ~* (select '(^|[._])(' || array_to_string(maint.listed(_names), '|') || ')$')
        and length(named.value) >= 8 and named.value !~* '^(true|false|on|off|scram-sha-256)$'
)
select
    found.object,
    format('In %s stands %s, and every role of the database can read it.', found.object,
        string_agg(distinct found.kind, ' and ')) as detail,
    case when bool_or(found.is_master) and found.object not like 'scheduled command%' then 'critical' else 'high' end
        as severity,
    jsonb_build_object('kinds', jsonb_agg(distinct found.kind), 'path',
        format('whoever runs SQL → %s', found.object)) as metadata,
    maint.platform_role(found.owner) as managed_by
from found
group by found.object, found.owner
