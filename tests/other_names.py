"""The application of tests/integration/other_names.sql, and how it is mapped."""

from pathlib import Path

from maint_pipeline.sources.parts import Relation, list_sources, set_source

APPLICATION = (Path(__file__).parent / "integration" / "other_names.sql").read_text()
UTC = "(now() at time zone 'UTC')"
"""Now, as the application stores it."""
COMMANDS = {
    "audit_log": (
        "public.activity_logs",
        "time=created_at", "user_id=actor_id", "action=event", "entity=subject_type",
        "entity_id=subject_id", "payload_hash=case when blocked then 'rate_limited' end",
        "ip_address=meta->>'ip'", "user_agent=meta->>'agent'",
    ),
    "organizations": (
        "tenants", "name=title",
        "deleted_at=case when removed then '-infinity'::timestamptz end",
    ),
    "user_roles": ("public.members", "role=case when is_admin then 'admin' end"),
    "backup_runs": (
        "ops.backups",
        "org_id=tenant", "started_at=began", "finished_at=ended", "rows_count=bytes",
        "file_url=path", "notes=remarks",
        "status=case when succeeded then 'ok' when ended is null then 'running' else 'failed' end",
    ),
    "backup_settings": (
        "ops.backup_config",
        "org_id=tenant", "enabled=active", "bucket=target", "created_at=since",
        "access_key_encrypted=secrets->>'key'", "secret_key_encrypted=secrets->>'secret'",
    ),
}  # fmt: skip


def columns_of(part: str) -> dict[str, str]:
    return dict(column.split("=", 1) for column in COMMANDS[part][1:])


def relation_of(part: str) -> Relation:
    schema, _, name = COMMANDS[part][0].rpartition(".")
    return Relation(schema or "public", name)


def arguments(part: str) -> list[str]:
    named = [text for column in COMMANDS[part][1:] for text in ("--column", column)]
    return ["sources", "set", part, "--relation", COMMANDS[part][0], *named]


def map_all(application, worker) -> None:
    """Map all parts, with a superuser's grants."""
    application.execute("grant usage on schema ops to maint_owner")
    for part in COMMANDS:
        relation = relation_of(part)
        application.execute(
            f"grant select, delete, update on {relation.schema}.{relation.name} to maint_owner"
        )
        set_source(worker, part, relation, columns_of(part))


def status(worker, part: str) -> dict:
    return {row["part"]: row for row in list_sources(worker)}[part]
