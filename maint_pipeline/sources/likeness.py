"""The parts that a relation can play, and how other applications call the columns of each.

The first name that fits is taken. What speaks for a relation as a whole is in `weighing.py`.
"""

from __future__ import annotations

from dataclasses import dataclass

from maint_pipeline.sources.catalog import Column, Relation

_ANY = frozenset({"time", "text", "number", "uuid", "boolean", "address", "bytes", "other"})
_TIME = frozenset({"time"})
_KEYS = frozenset({"uuid", "number", "text"})
_WORDS = frozenset({"text"})
_CODES = frozenset({"text", "number"})
_FLAG = frozenset({"boolean"})


@dataclass(frozen=True)
class OurColumn:
    """One of our column names, and what others call it.

    Attributes:
        called: plain names, the best first.
        kinds: of `Column.kind` that fit.
        is_needed: without it the relation can't play the part.
        is_read: whether anything reads it; the others only speak for a relation.
    """

    name: str
    called: tuple[str, ...]
    kinds: frozenset[str]
    is_needed: bool = False
    is_read: bool = True


def _column(name: str, called: str, kinds: frozenset[str], *, needed: bool = False) -> OurColumn:
    return OurColumn(name, (name, *called.split()), kinds, needed)


def _sign(name: str, called: str, kinds: frozenset[str], *, needed: bool = False) -> OurColumn:
    return OurColumn(name, (name, *called.split()), kinds, needed, is_read=False)


_CREATED = "created inserted_at date_created creation_date created_on create_time createdat at"
_ORG = (
    "organization_id organisation_id tenant_id workspace_id team_id account_id company_id "
    "business_id org organization tenant workspace team account company"
)
_ACTOR = (
    "actor_id performed_by performer_id changed_by whodunnit causer_id done_by acting_user_id "
    "actor_user_id created_by author_id member_id profile_id admin_id admin_user_id modified_by "
    "actor_email user_email admin_email actor username user_name account_id user owner_id"
)

COLUMNS: dict[str, tuple[OurColumn, ...]] = {
    "audit_log": (
        _column("id", "uuid log_id event_id audit_id", _KEYS),
        _column(
            "time", "created_at logged_at occurred_at performed_at timestamp action_time "
            f"event_time happened_at changed_at recorded_at datetime ts date {_CREATED}",
            _TIME, needed=True,
        ),
        _column("user_id", _ACTOR, _KEYS),
        _column(
            "action", "event event_type action_type operation activity_type activity event_name "
            "action_name verb op method action_flag change_type log_type event_category type "
            "category description message", _CODES,
        ),
        _column(
            "entity", "entity_type resource_type resource table_name target_type object_type "
            "auditable_type item_type subject_type entity_name model model_name target_table "
            "collection module tablename relation object target content_type_id record_type",
            _ANY - _TIME - {"uuid"},
        ),
        _column(
            "entity_id", "resource_id record_id target_id object_id auditable_id item_id "
            "subject_id row_id object_pk target_user_id reference_id row_pk", _KEYS,
        ),
        _column(
            "ip_address", "ip remote_address remote_addr client_ip remote_ip source_ip actor_ip "
            "ip_addr user_ip", frozenset({"address", "text"}),
        ),
        _column("user_agent", "agent browser client_user_agent", _WORDS),
        _sign("severity", "level log_level risk_level", _WORDS),
    ),
    "organizations": (
        _column("id", "uuid org_id organization_id tenant_id workspace_id team_id", _KEYS,
                needed=True),
        _column("name", "display_name title company_name organization_name org_name business_name "
                "label slug", _WORDS, needed=True),
        _sign("type", "kind plan_type category account_type", _WORDS),
        _sign("owner_id", "primary_owner_user_id owner_user_id created_by owner user_id", _KEYS),
        _sign("created_at", _CREATED, _TIME),
        _column("deleted_at", "archived_at deactivated_at removed_at disabled_at", _TIME),
    ),
    "backup_settings": (
        _column("org_id", _ORG, _KEYS),
        _sign("provider", "storage_provider storage_type destination_type backend target_type "
                "destination", _WORDS),
        _column("bucket", "bucket_name container storage_bucket destination_path path", _WORDS),
        _sign("prefix", "path_prefix folder key_prefix", _WORDS),
        _sign("region", "bucket_region aws_region", _WORDS),
        _column("enabled", "is_enabled active is_active auto_backup auto_backup_enabled "
                "backup_enabled", _FLAG, needed=True),
        _column("created_at", _CREATED, _TIME),
        _sign("updated_at", "modified_at updated", _TIME),
    ),
    "backup_runs": (
        _column("id", "uuid run_id backup_id job_id", _KEYS),
        _column("org_id", _ORG, _KEYS),
        _column("status", "state result outcome backup_status", _WORDS, needed=True),
        _column("started_at", "start_time begun_at started begin_time backup_date run_at "
                f"created_at {_CREATED}", _TIME, needed=True),
        _column("finished_at", "completed_at ended_at end_time finished completed stop_time",
                _TIME),
        _column("file_url", "url file_path path location storage_path backup_url file_name "
                "filename", _WORDS),
        _column("tables_count", "table_count num_tables", frozenset({"number"})),
        _column("rows_count", "row_count total_rows records_count record_count num_rows "
                "total_records", frozenset({"number"})),
        _column("notes", "error_message error message failure_reason", _WORDS),
    ),
    "user_roles": (
        _sign("id", "uuid", _KEYS),
        _column("user_id", "profile_id account_id member_id auth_user_id user id", _KEYS,
                needed=True),
        _column("role", "role_name user_role app_role role_type role_id role_code is_super_admin "
                "is_superadmin is_admin is_superuser is_staff admin", _ANY - _TIME, needed=True),
        _sign("created_at", f"granted_at assigned_at {_CREATED}", _TIME),
    ),
    "profiles": (
        OurColumn("id", ("user_id", "auth_user_id", "auth_id", "id", "uuid"), _KEYS, True),
        _sign("email", "email_address user_email", _WORDS),
        _sign("name", "full_name display_name username user_name first_name", _WORDS),
        _sign("created_at", f"date_joined joined_at {_CREATED}", _TIME),
    ),
    "data_export_requests": (
        _column("id", "uuid request_id", _KEYS),
        _sign("org_id", _ORG, _KEYS),
        _sign("requested_by", "user_id requester_id requester profile_id created_by "
                "subject_user_id account_id user", _KEYS, needed=True),
        _sign("status", "state request_status", _WORDS, needed=True),
        _sign("file_url", "download_url export_url url file_path result_url storage_path",
                _WORDS),
        _sign("error_message", "error failure_reason last_error", _WORDS),
        _sign("created_at", f"requested_at submitted_at {_CREATED}", _TIME, needed=True),
        _sign("finished_at", "completed_at processed_at fulfilled_at resolved_at ended_at",
                _TIME),
    ),
    "security_alerts": (
        _sign("id", "uuid alert_id", _KEYS),
        _sign("alert_type", "type event_type category rule incident_type kind", _WORDS),
        _sign("severity", "level priority risk_level threat_level", _CODES, needed=True),
        _sign("title", "name subject summary headline", _WORDS),
        _sign("description", "message details body detail", _WORDS),
        _sign("details", "metadata context data payload evidence", frozenset({"other"})),
        _sign("resolved", "is_resolved acknowledged is_acknowledged", _FLAG),
        _sign("resolved_at", "closed_at acknowledged_at", _TIME),
        _sign("resolved_by", "closed_by acknowledged_by", _KEYS),
        _sign("created_at", f"detected_at raised_at triggered_at occurred_at {_CREATED}", _TIME,
                needed=True),
    ),
}  # fmt: skip


def is_read(part: str, name: str) -> bool:
    """Return whether anything reads our column of that name."""
    return any(ours.name == name and ours.is_read for ours in COLUMNS[part])


DEFAULTS = {part: f"public.{part}" for part in COLUMNS} | {
    "audit_log": "public.audit_logs",
    "organizations": "public.orgs",
}
"""The relation that plays a part where nobody has said which."""


def time_names() -> tuple[str, ...]:
    """Return the plain names of columns with the creation time of a row, the best first."""
    (time,) = [ours for ours in COLUMNS["audit_log"] if ours.name == "time"]
    return (*time.called, "started_at", "start_time", "sent_at", "received_at", "failed_at",
            "last_activity", "last_seen_at", "requested_at", "expires_at",
            "expire_date")  # fmt: skip


def matched(relation: Relation, part: str) -> dict[str, Column]:
    """Say which columns of a relation fit ours, each used once.

    Args:
        relation: which.
        part: of `COLUMNS`.

    Returns:
        The relation's column, by our name.
    """
    found: dict[str, Column] = {}
    # Needed ones choose first: one column can't be two of ours.
    for ours in sorted(COLUMNS[part], key=lambda ours: not ours.is_needed):
        for called in ours.called:
            column = relation.by_name.get(called)
            if column and column.kind in ours.kinds and column not in found.values():
                found[ours.name] = column
                break
    return {ours.name: found[ours.name] for ours in COLUMNS[part] if ours.name in found}


def lacking(part: str, found: dict[str, Column]) -> list[str]:
    """Name our columns without which a relation can't play a part, and that it lacks."""
    return [ours.name for ours in COLUMNS[part] if ours.is_needed and ours.name not in found]
