"""docs/json.md says what --json prints."""

import json
import re
from pathlib import Path

import pytest

from tests.seeds import spread

pytestmark = pytest.mark.any_version

PAGE = Path(__file__).parents[2] / "docs" / "json.md"
ALERT = "6f0c1d0e-7b39-4a53-9d55-0f7c7f0f1a2b"
RUN = "7f0c1d0e-7b39-4a53-9d55-0f7c7f0f1a2b"
LIKE = {
    "alerts show ALERT_ID": "alerts",
    "history show RUN_ID": "history",
    "policies show POLICY": "policies",
}
VALUES = {"RUN_ID": RUN, "TASK": "cleanup_old_audit_logs", "CHECK": "table_without_primary_key",
          "ALERT_ID": ALERT, "POLICY": "cleanup_old_audit_logs"}  # fmt: skip


def documented() -> dict[str, list[str]]:
    rows = re.findall(r"^\| `maint ([^`]*)` \| (.*) \|$", PAGE.read_text(), flags=re.MULTILINE)
    found = {command: re.findall(r"`(\w+)`", columns) for command, columns in rows}
    for one, every in LIKE.items():
        found[one] = found[every] + [name for name in found[one] if name not in found[every]]
    return found


@pytest.fixture
def full(cli, superuser, owner, database, tmp_path):
    """A database in which every list has something."""
    superuser.execute("create table public.heap (line text)")
    superuser.execute(
        "create table public.event_log (at timestamptz default now(), line text);"
        "insert into public.event_log select now(), 'x' from generate_series(1, 2000);"
        "analyze public.event_log"
    )
    superuser.execute("select public.verify_backup_health()")
    owner.execute("select maint.run_check('row_security_off')")
    superuser.execute(
        "insert into public.maintenance_task_runs (id, task_name, status) "
        "values (%s, 'x', 'failed')",
        [RUN],
    )
    superuser.execute(
        "insert into public.security_alerts (id, alert_type, severity, title, fingerprint) "
        "values (%s, 'x', 'high', 'X', 'x:1')",
        [ALERT],
    )
    superuser.execute(
        "insert into maint.maintenance_windows (name, opens, closes) values ('w', '01:00', '02:00')"
    )
    superuser.execute(
        "insert into maint.notification_channels (name, default_min_severity) values ('ops', 'low')"
    )
    superuser.execute(
        "insert into maint.notifications (alert_id, channel, event, severity) "
        "values (%s, 'ops', 'raised', 'high')",
        [ALERT],
    )
    owner.execute("select maint.ignore_finding('mass_read:x', 'tests', null)")
    superuser.execute("select maint.approve_baseline()")
    superuser.execute("grant delete on public.orgs to public")
    registry = tmp_path / "databases.toml"
    registry.write_text(f"[[database]]\nname = 'one'\nurl = {json.dumps(database)}\n")
    return cli.with_variables(MAINT_DATABASES_FILE=str(registry))


@pytest.mark.parametrize("command", spread(documented(), 4))
def test_names_are_the_documented_ones(full, command):
    words = [VALUES.get(word, word) for word in command.split()]
    answer = full(*words, "--json")
    assert answer.returncode in (0, 1), answer.stderr
    rows = json.loads(answer.stdout)
    assert rows and isinstance(rows, list)
    assert all(sorted(row) == sorted(documented()[command]) for row in rows), rows[0].keys()
