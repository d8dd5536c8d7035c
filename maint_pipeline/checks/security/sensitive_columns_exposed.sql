-- title: Columns with secrets exposed through the API
-- severity: high, because their names say what would leak
-- needs: pg_catalog.pg_attribute
-- description: Columns whose names suggest passwords, keys, card or tax numbers can be read by anon, or by
--     every signed-in user, with nothing to say which rows: row level security is off, or a policy allows
--     to read all of them, or it is a view or materialized view. What is personal only (email, phone, ...) is
--     medium for anon and low for signed-in users. One finding for each table.
-- remediation: Revoke select on the table, or grant it on the other columns only; keep such data in a schema
--     that the API does not serve.
-- cannot see: secrets under other names.
-- thresholds: names text = password,passwd,secret,token,api_key,private_key,credit_card,card_number,iban,ssn,tax_number,tin; personal text = email,phone,phone_number,mobile,birth_date,date_of_birth,birthday,home_address,passport

with named as materialized (
    select exposed.relation, exposed.name, exposed.owner, exposed.kind, attname, attnum, relrowsecurity,
        attname ~* (select '(^|_)(' || array_to_string(maint.listed(_names), '|') || ')(_|$)') as is_secret
    from maint.exposed_relations('rpvmf') as exposed
    join pg_class on pg_class.oid = exposed.relation
    join pg_attribute on attrelid = exposed.relation and attnum > 0 and not attisdropped
    where attname ~* (select '(^|_)(' || array_to_string(maint.listed(_names || ',' || _personal), '|') || ')(_|$)')
        -- What is stored encrypted or hashed is no secret to whoever reads it, and a count is none.
        and attname !~* '(encrypted|hash|nonce|_id$|_at$|_count$|_type$|_limit$|_hint$|^(is|has|max|min|total|num)_)'
        and atttypid not in ('bool'::regtype, 'timestamptz'::regtype, 'date'::regtype)
        and (exposed.kind <> 'v' or pg_get_viewdef(exposed.relation)
            !~ 'auth\.(uid|jwt|role|email)\(|request\.(jwt|header)')
        -- A view with its reader's rights shows what the tables do.
        and not (exposed.kind = 'v' and coalesce((
            select option_value::boolean from pg_options_to_table(reloptions)
            where option_name = 'security_invoker'), false))
), open_to_all as materialized (
    select relation, visitor from maint.row_access() where command = 'select' and passers = 'everybody'
)
select
    named.name as object,
    format('%s of %s can be read by %s.',
        string_agg(distinct format('%I', named.attname), ', '), named.name,
        string_agg(distinct visitor.name, ', ')) as detail,
    case when bool_or(named.is_secret) then 'high' when bool_or(visitor.name = 'anon') then 'medium' else 'low' end
        as severity,
    jsonb_build_object('columns', jsonb_agg(distinct named.attname), 'roles', jsonb_agg(distinct visitor.name),
        'path', format('%s → %s → %s', min(visitor.name), named.name, min(named.attname::text))) as metadata,
    format('revoke select on %s from %s;', named.name,
        string_agg(distinct quote_ident(visitor.name), ', ')) as fix,
    jsonb_build_object('what', 'read ' || named.name, 'roles', jsonb_agg(distinct visitor.name), 'relations', jsonb_build_array(named.relation::oid)) as takes,
    maint.platform_role(named.owner) as managed_by
from named
join maint.api_roles() as visitor
    on has_column_privilege(visitor.role, named.relation, named.attnum, 'select')
where not named.relrowsecurity
    or (named.relation, visitor.role) in (select open_to_all.relation, open_to_all.visitor from open_to_all)
group by named.name, named.relation, named.owner
