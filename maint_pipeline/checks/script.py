"""The SQL that installs the check catalogue."""

from __future__ import annotations

from psycopg import sql

from maint_pipeline.checks.catalog import Check

# The body is a string, so nothing depends on the application's columns and its own migrations
# stay free (docs/decisions/0002). to_jsonb(): the query may or may not return severity and fix.
# Just-in-time compilation costs more than these queries, on servers that have it on.
# Variables, because the planner knows their values: it estimates ranges of time by them.
_INSTALL = """\
create or replace function maint.{function}() returns setof maint.finding
    language plpgsql stable
    set search_path = pg_catalog, pg_temp
    set jit = off
as {body};

create or replace view maint.{function} as
select name, title, severity, category, object, detail, remediation, fingerprint, metadata
from maint.{function}();

insert into maint.checks
    (name, title, category, also_in, severity, description, remediation, needs, cannot_see)
values
    ({name}, {title}, {category}, {also_in}, {severity}, {description}, {remediation}, {needs},
     {cannot_see})
on conflict (name) do update
set title = excluded.title, category = excluded.category, also_in = excluded.also_in,
    severity = excluded.severity,
    description = excluded.description, remediation = excluded.remediation, needs = excluded.needs,
    cannot_see = excluded.cannot_see;
"""

# A default that changed with the version is taken over, a value of the administrator's stays.
_INSTALL_THRESHOLD = """\
insert into maint.check_thresholds (check_name, name, type, default_value)
values ({check}, {name}, {type}, {default})
on conflict (check_name, name) do update
set type = excluded.type, default_value = excluded.default_value;
"""

_REMOVE_THRESHOLDS = """\
delete from maint.check_thresholds where check_name = {check} and name <> all ({names}::text[]);
"""

_BODY = """
#variable_conflict use_column
declare
{variables}
begin
return query
with seen as materialized (
{query}
), taken as (
    select jsonb_agg(jsonb_build_object('object', seen.object)
        || (to_jsonb(seen) -> 'takes')) as list
    from seen
    where jsonb_typeof(to_jsonb(seen) -> 'takes') = 'object'
)
select {name}::text, {title}::text, coalesce(to_jsonb(seen) ->> 'severity', {severity}),
    {category}::text, seen.object::text, seen.detail::text, {remediation}::text,
    maint.shortened({name} || ':' || seen.object),
    seen.metadata || coalesce(lost.loss, '{{}}') || jsonb_strip_nulls(jsonb_build_object(
        'fix', case when to_jsonb(seen) ->> 'managed_by' is null and lost.breaks is not true
            then to_jsonb(seen) ->> 'fix' end,
        'managed_by', to_jsonb(seen) ->> 'managed_by'))
from seen
left join maint.losses((select list from taken)) as lost on lost.object = seen.object::text;
end
"""

_VARIABLE = "    {variable} {type} := maint.threshold({check}, {name});"

_REMOVE_OTHERS = """\
delete from maint.checks where name <> all ({names});

do $$
declare
    _stale regprocedure;
begin
    for _stale in
        select oid::regprocedure from pg_proc
        where pronamespace = 'maint'::regnamespace and prorettype = 'maint.finding'::regtype
            and proname like 'check\\_%'
            and not exists (select from maint.checks where 'check_' || name = proname)
    loop
        execute format('drop view if exists maint.%I', (
            select proname from pg_proc where oid = _stale));
        execute format('drop function %s', _stale);
    end loop;
end
$$;
"""


def catalog_script(checks: list[Check]) -> str:
    """Give the SQL that installs these checks and removes all others.

    Args:
        checks: the whole catalogue.

    Returns:
        A script to run as `maint_owner`; running it again changes nothing.
    """
    names = sql.Literal([check.name for check in checks]).as_string()
    # A check may name relations that this database doesn't have: it is then not applicable.
    return "\n".join(
        ["set local check_function_bodies = off;"]
        + [_install_statement(check) for check in checks]
        + [sql.SQL(_REMOVE_OTHERS).format(names=sql.SQL(names)).as_string()]
    )


def _install_statement(check: Check) -> str:
    literals = {
        field: sql.Literal(getattr(check, field))
        for field in (
            "name",
            "title",
            "category",
            "severity",
            "description",
            "remediation",
            "cannot_see",
        )
    }
    variables = sql.SQL("\n").join(
        sql.SQL(_VARIABLE).format(
            variable=sql.Identifier(f"_{threshold.name}"),
            type=sql.SQL(threshold.type),
            check=literals["name"],
            name=sql.Literal(threshold.name),
        )
        for threshold in check.thresholds
    )
    query = sql.SQL(check.query)
    body = sql.SQL(_BODY).format(**literals, variables=variables, query=query).as_string()
    install = sql.SQL(_INSTALL).format(
        function=sql.Identifier(f"check_{check.name}"),
        body=sql.Literal(body),
        needs=sql.Literal(list(check.needs)),
        also_in=sql.Literal(list(check.also_in)),
        **literals,
    )
    names = sql.Literal([threshold.name for threshold in check.thresholds])
    parts = [
        install,
        sql.SQL(_REMOVE_THRESHOLDS).format(check=literals["name"], names=names),
        *(
            sql.SQL(_INSTALL_THRESHOLD).format(
                check=literals["name"],
                name=sql.Literal(threshold.name),
                type=sql.Literal(threshold.type),
                default=sql.Literal(threshold.default),
            )
            for threshold in check.thresholds
        ),
    ]
    return "\n".join(part.as_string() for part in parts)
