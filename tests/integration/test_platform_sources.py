"""An application of other names on a hosted platform: mapped by a customer who is no superuser."""

from contextlib import closing

import pytest

from maint_pipeline.checks.run import run_checks
from maint_pipeline.database.connection import connect
from maint_pipeline.errors import ConfigurationError, UsageError
from maint_pipeline.installation.install import install, remove
from maint_pipeline.sources.grants import grant_access
from maint_pipeline.sources.parts import Relation, list_sources, set_source
from maint_pipeline.sources.trigger import move_backup_trigger
from tests.other_names import APPLICATION, COMMANDS, columns_of, relation_of
from tests.platform import answer, call, dump, run


def test_mapped_looked_at_purged_and_taken_out_again(url):
    run(url, APPLICATION, *(
        f"alter table {table} enable row level security"
        for table in ("public.activity_logs", "public.tenants", "ops.backups")
    ))  # fmt: skip
    run(url, "insert into public.activity_logs (created_at) values (now() - interval '100 days')")
    before = dump(url)
    install(url)
    with (
        closing(connect(url, application_name="test", as_owner=False)) as administrator,
        closing(connect(url, application_name="test")) as worker,
    ):
        for part in COMMANDS:
            relation = relation_of(part)
            with pytest.raises(UsageError, match="needs "):
                set_source(worker, part, relation, columns_of(part))
            granted = grant_access(worker, administrator, relation, purge=part == "audit_log")
            assert granted
            assert grant_access(worker, administrator, relation, purge=part == "audit_log") == []
            set_source(worker, part, relation, columns_of(part))
        assert move_backup_trigger(worker, administrator) is True
        states = {row["part"]: row for row in list_sources(worker)}
        assert all(states[part]["status"] == "mapped" for part in COMMANDS)
        for category in ("security", "backups"):
            summary, _ = run_checks(worker, category)
            assert summary["failed_checks"] == {}
        assert summary["findings_by_check"]["organization_without_backup"] == 1
        assert call(url, "cleanup_old_audit_logs")["deleted_count"] == 1
        assert answer(url, "select count(*) from maint.sources", "anon") == "42501"
        assert answer(url, "select maint.audit_log()", "authenticated") == "42501"
    remove(url)
    assert dump(url) == before


def test_what_the_customer_may_not_grant_is_said_with_the_statement(url):
    install(url)
    with (
        closing(connect(url, application_name="test", as_owner=False)) as administrator,
        closing(connect(url, application_name="test")) as worker,
    ):
        with pytest.raises(ConfigurationError, match="not trusted"):
            grant_access(worker, administrator, Relation("auth", "users"))
        with pytest.raises(UsageError, match="no table or view"):
            grant_access(worker, administrator, Relation("public", "nothing"))
        summary, _ = run_checks(worker, "security")
        assert summary["failed_checks"] == {}
        assert "public_bucket_lists" in summary["not_applicable"]
