"""What tests say again and again of the sample application: its tasks and its audit logs."""

import psycopg

TASKS = (
    "cleanup_old_audit_logs",
    "cleanup_old_security_alerts",
    "run_automated_security_checks",
    "verify_backup_health",
)
OLD = "time < now() - interval '90 days'"
CREATE_PROFILE = """
insert into auth.users (email) values ('a@b.example');
insert into public.profiles (id) select id from auth.users;
"""
CREATE_OLD_ROWS = f"""
{CREATE_PROFILE}
insert into public.audit_logs (entity, action, user_id, time)
    select 'invoice', 'read', (select id from public.profiles), now() - interval '200 days'
    from generate_series(1, 300);
"""
SLOW_DELETES = """
create function public.dawdle() returns trigger language plpgsql as
    $$ begin perform pg_sleep(600); return old; end $$;
create trigger dawdle before delete on public.audit_logs
    for each row execute function public.dawdle();
"""


def administrator(connection: psycopg.Connection) -> str:
    """Give the administrator's URL of the database of a connection."""
    return psycopg.conninfo.make_conninfo(connection.info.dsn, user="postgres")


def count(connection: psycopg.Connection, condition: str = "true") -> int:
    """Count audit logs, on a connection whose rows are dictionaries."""
    query = f"select count(*) as n from public.audit_logs where {condition}"
    return connection.execute(query).fetchone()["n"]
