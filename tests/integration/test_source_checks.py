"""Every check of behaviour and of backups finds its problem in an application of other names."""

import pytest

from maint_pipeline.checks.run import run_check, run_checks
from tests.other_names import UTC
from tests.seeds import spread


def log(  # noqa: PLR0917
    user: int, event: str, entity: str, count: int, more: str = "", at: str = UTC
) -> str:
    """Write rows of an hour."""
    columns, values = ("", "") if not more else more.split("=", 1)
    extra = (f", {columns}", f", {values}") if columns else ("", "")
    return (
        f"insert into public.activity_logs (actor_id, event, subject_type, subject_id, created_at"
        f"{extra[0]}) select {user}, '{event}', '{entity}', i, {at} - i * interval '1 second'"
        f"{extra[1]} from generate_series(1, {count}) as i"
    )


PROBLEMS = {
    "mass_delete": log(3, "delete", "invoice", 60),
    "mass_read": log(4, "read", "invoice", 1100),
    "mass_export": log(5, "export", "report", 12),
    "id_enumeration": log(6, "update", "invoice", 600),
    "failed_sign_ins": log(7, "create", "auth_session", 12, "blocked=true"),
    "failed_sign_ins_from_address": log(
        8, "create", "auth_session", 35, 'blocked, meta=true, \'{"ip": "198.51.100.1"}\''
    ),
    "address_trying_many_users": "insert into public.activity_logs "
    "(actor_id, event, subject_type, blocked, meta, created_at) "
    f"select i, 'create', 'auth_session', true, '{{\"ip\": \"203.0.113.5\"}}', {UTC} "
    "from generate_series(1, 8) as i",
    "rate_limit_abuse": log(9, "read", "invoice", 60, "blocked=true"),
    "sign_in_after_failures": log(10, "create", "auth_session", 6, "blocked=true") + ";"
    f"insert into public.activity_logs (actor_id, event, subject_type, created_at) "
    f"values (10, 'create', 'auth_session', {UTC} + interval '0 seconds')",
    "profile_enumeration": log(11, "read", "profile_access", 120),
    "tax_number_reads": log(12, "read", "customer_tin", 25),
    "first_tax_number_read": log(13, "read", "customer_tin", 1),
    "privileges_granted": log(14, "create", "role", 1),
    "activity_burst": None,
    "audit_rows_misdated": log(15, "read", "x", 1, at=f"{UTC} + interval '3 days'"),
    "audit_log_gap": "delete from public.activity_logs "
    f"where created_at between {UTC} - interval '30 minutes' and {UTC}",
    "new_administrator": "update public.members set is_admin = true where user_id = 16",
    "many_administrators": "update public.members set is_admin = true where user_id < 10",
    "admin_from_new_origin": log(
        1, "read", "x", 1, 'meta=\'{"ip": "198.51.100.77", "agent": "curl"}\''
    ),
    "admin_outside_working_hours": "update maint.check_thresholds set value = '0,9' "
    "where check_name = 'admin_outside_working_hours' and name = 'days'; " + log(2, "read", "x", 1),
    "audit_log_silent": None,
    "organization_without_backup": "insert into public.tenants (id, title) values (20, 'New')",
    "backup_settings_incomplete": "update ops.backup_config set secrets = '{}' where tenant = 1",
    "backup_overdue": "delete from ops.backups where tenant = 2",
    "backup_failed": "insert into ops.backups (tenant, succeeded, began, ended, remarks) "
    "values (3, false, now(), now(), 'no space')",
    "backup_stuck": "insert into ops.backups (tenant, began) "
    "values (4, now() - interval '7 hours')",
    "backup_empty": "insert into ops.backups (tenant, succeeded, began, ended, bytes, path) "
    "values (5, true, now(), now(), 0, 's3://b/f')",
    "backup_shrunk": "insert into ops.backups (tenant, succeeded, began, ended, bytes, path) "
    "values (4, true, now(), now(), 10, 's3://b/f')",
}
"""What each check of behaviour and of backups is to find; None where it takes weeks of a past."""


# At whatever time the test runs.
ALWAYS_WORKING = """
update maint.check_thresholds set value = case name when 'days' then '1,2,3,4,5,6,7'
    when 'opens' then '1 microsecond' else '23:59:59.999999' end
where check_name = 'admin_outside_working_hours' and name in ('days', 'opens', 'closes')
"""


def test_all_are_applicable_there(mapped):
    for category in ("security", "backups"):
        summary, _ = run_checks(mapped, category)
        assert summary["failed_checks"] == {}
        assert not set(PROBLEMS) & set(summary["not_applicable"])


@pytest.mark.parametrize("check", spread([name for name, plant in PROBLEMS.items() if plant], 4))
def test_each_finds_its_problem_there(mapped, others, check):
    others.execute(ALWAYS_WORKING)
    before = run_check(mapped, check)
    # The sixth tenant has no backup from the beginning.
    assert before["findings"] == (check == "organization_without_backup")
    others.execute(PROBLEMS[check])
    result = run_check(mapped, check)
    assert result["status"] == "findings", result
    assert result["findings"] > before["findings"]
