"""The embedded PostgreSQL where something is in its way."""

import pytest

from tests.dev import maint


@pytest.mark.parametrize("command", [("run", "cleanup_old_audit_logs"), ("history",)])
def test_before_the_first_migration_it_is_said_what_to_do(tmp_path, command):
    answer = maint(tmp_path / "home", *command)
    assert answer.returncode == 2
    assert "run" in answer.stderr and "maint migrate" in answer.stderr
    assert "Traceback" not in answer.stderr
