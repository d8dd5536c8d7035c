"""What speaks for and against a relation in a part: weights that add up to a confidence, and why.

The weights were set by trying schemas of real applications; all they compare is catalog facts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from maint_pipeline.sources.catalog import Relation
from maint_pipeline.sources.evidence import ORGANIZATIONS, USERS, Evidence, Found, Surroundings

_SURELY_ORGANIZATIONS = frozenset({"org", "organization", "organisation", "tenant", "workspace"})
_AUDIT_NAMES = {
    "audit": 0.45, "auditable": 0.45, "trail": 0.2, "activity": 0.25, "changelog": 0.25,
    "log": 0.25, "journal": 0.15, "history": 0.2, "event": 0.2, "version": 0.15,
}  # fmt: skip
_AUDIT_COMPANY = frozenset(_AUDIT_NAMES) | ORGANIZATIONS | frozenset({
    "user", "admin", "action", "security", "system", "entry", "record", "access", "change", "data",
    "compliance", "crud", "app", "logged", "staff", "operation", "entity", "global", "django",
    "easyaudit", "auditlog",
})  # fmt: skip
_EXPORTS = frozenset({"export", "gdpr", "dsar", "lgpd", "takeout", "portability"})
_UNMISTAKABLE = frozenset({"whodunnit", "causer_id", "auditable_type", "audited_changes"})
_HAPPENING = frozenset({
    "starts_at", "start_at", "start_date", "end_date", "ends_at", "start_time", "end_time",
    "location", "venue", "due_date",
})  # fmt: skip
_MONEY = frozenset({"balance", "account_number", "iban", "currency", "account_code"})
_LOGIN = frozenset({"provider_account_id", "access_token", "refresh_token", "password_hash"})


def audit_log(relation: Relation, found: Found, around: Surroundings) -> Evidence:
    """Weigh whether a relation records who did what, when."""
    evidence = Evidence()
    named = [word for word in relation.words if word in _AUDIT_NAMES]
    topics = [word for word in relation.words if word not in _AUDIT_COMPANY]
    for word in named[:2]:
        evidence.add(_AUDIT_NAMES[word], f"its name says {word}")
    weight = -0.12 if "audit" in named else -0.25
    evidence.add(weight * len(topics), f"its name is about {', '.join(topics)}", topics)
    special = sorted(_UNMISTAKABLE & set(relation.by_name))
    evidence.add(0.35, f"{', '.join(special)} is how audit libraries call it", special)
    _columns(evidence, found, {
        "time": 0.1, "user_id": 0.15, "action": 0.15, "entity": 0.1, "entity_id": 0.05,
        "ip_address": 0.1, "user_agent": 0.05,
    })  # fmt: skip
    time, actor = found.get("time"), found.get("user_id")
    evidence.add(0.05, "the time defaults to now()", time and time.is_default_now)
    evidence.add(0.05, "the actor points at users", actor and around.is_user(relation, actor))
    evidence.add(-0.5, "no column has the actor", not actor)
    evidence.add(-0.2, "no column has the action", "action" not in found)
    evidence.add(-0.15, "its rows are changed later (updated_at)", "updated_at" in relation.by_name)
    changed = relation.rows_updated > max(relation.rows_inserted, 100) // 2
    evidence.add(-0.15, "statistics show many updates", changed)
    plans = sorted(_HAPPENING & set(relation.by_name))
    evidence.add(-0.4, f"{', '.join(plans)} is for things that are planned", plans)
    evidence.add(-0.2, "other tables point at it", relation.referenced_by)
    evidence.add(-0.6, "its name says nothing of the kind", not named and not special)
    return evidence


def organizations(relation: Relation, found: Found, around: Surroundings) -> Evidence:
    """Weigh whether a relation has the customers that backups and roles belong to."""
    evidence = Evidence()
    *others, last = relation.words or [""]
    evidence.add(0.4, f"its name says {last}", last in _SURELY_ORGANIZATIONS)
    evidence.add(
        0.25, f"its name says {last}", last in ORGANIZATIONS and last not in _SURELY_ORGANIZATIONS
    )
    evidence.add(-0.8, "its name says nothing of the kind", last not in ORGANIZATIONS)
    evidence.add(-0.15 * len(others), f"also {', '.join(others)}", others)
    _columns(evidence, found, {"name": 0.1, "owner_id": 0.05, "deleted_at": 0.05})
    number = len(relation.referenced_by)
    weight = 0.0 if not number else 0.1 if number < 3 else 0.2 if number < 8 else 0.3  # noqa: PLR2004
    evidence.add(weight, f"{number} tables point at it", number)
    member = around.membership_of(relation)
    evidence.add(0.2, f"{member.name if member else ''} ties users to it", member)
    key = found.get("id")
    evidence.add(-0.3, "its key is a user's", key and around.is_user(relation, key))
    for columns, words in ((_MONEY, "is for money"), (_LOGIN, "is for sign-ins")):
        signs = sorted(columns & set(relation.by_name))
        evidence.add(-0.5, f"{', '.join(signs)} {words}", signs)
    parent = around.organization_of(relation)
    evidence.add(-0.1, f"it is a part of {parent}", parent)
    return evidence


def backup_settings(relation: Relation, found: Found, around: Surroundings) -> Evidence:
    """Weigh whether a relation says how organizations are backed up."""
    evidence = Evidence()
    kinds = {"setting", "config", "configuration", "schedule", "policy", "preference", "plan"}
    _named(evidence, relation, {"backup"}, 0.35)
    _named(evidence, relation, kinds, 0.25)
    _columns(evidence, found, {"enabled": 0.15, "org_id": 0.1, "provider": 0.1, "bucket": 0.1})
    evidence.add(0.05, "it points at organizations", around.organization_of(relation))
    return evidence


def backup_runs(relation: Relation, found: Found, around: Surroundings) -> Evidence:
    """Weigh whether a relation has a row for each backup that was made."""
    evidence = Evidence()
    kinds = {"run", "job", "history", "log", "record", "execution", "event"}
    _named(evidence, relation, {"backup"}, 0.35)
    _named(evidence, relation, kinds, 0.2)
    evidence.add(0.2, "its name is nothing else", relation.words[-1:] == ["backup"])
    _columns(evidence, found, {"status": 0.15, "started_at": 0.1, "finished_at": 0.1,
                               "org_id": 0.05, "file_url": 0.05})  # fmt: skip
    evidence.add(0.05, "it points at organizations", around.organization_of(relation))
    code = {"recovery", "code", "mfa", "two", "factor"} & set(relation.words)
    evidence.add(-0.6, f"its name is about {', '.join(sorted(code))}", code)
    return evidence


def user_roles(relation: Relation, found: Found, around: Surroundings) -> Evidence:
    """Weigh whether a relation says who is an administrator of the whole application."""
    evidence = Evidence()
    words = set(relation.words)
    evidence.add(0.4, "its name says role and user", "role" in words and words & USERS)
    evidence.add(0.25, "its name says users", relation.words[-1:] in (["user"], ["profile"]))
    evidence.add(0.3, "its name says administrators", relation.words[-1:] == ["admin"])
    _columns(evidence, found, {"user_id": 0.1, "role": 0.2})
    user, role = found.get("user_id"), found.get("role")
    evidence.add(0.1, "it points at users", user and around.is_user(relation, user))
    labels = [label for label in (role.labels if role else None) or [] if "admin" in label.lower()]
    evidence.add(0.15, f"one of its roles is {labels[0] if labels else ''}", labels)
    above = [label for label in labels if "super" in label.lower() or "platform" in label.lower()]
    evidence.add(0.2, f"{above[0] if above else ''} ranks above organizations", above)
    is_own = user and user.plain == "id" and relation.words[-1:] not in (
        ["user"], ["profile"], ["admin"])  # fmt: skip
    evidence.add(-0.5, "no column has the user", is_own)
    own = around.organization_of(relation)
    # Users who belong to one organization have roles of their own; members have one for each.
    is_member = words & {"member", "membership", "invitation", "invite"}
    evidence.add(-0.35, f"its roles are those within {own}", own and "role" not in words)
    evidence.add(-0.2, f"its roles may be those within {own}", own and "role" in words)
    evidence.add(-0.25, "its name says membership", is_member)
    return evidence


def profiles(relation: Relation, found: Found, around: Surroundings) -> Evidence:
    """Weigh whether a relation has a row for each user."""
    evidence = Evidence()
    *others, last = relation.words or [""]
    topics = [word for word in others if word not in USERS | {"public", "app", "auth"}]
    evidence.add(0.4, "its name says profiles", last == "profile")
    evidence.add(0.3, "its name says users", last == "user")
    key = found.get("id")
    is_key = bool(key and key.name in relation.primary_key)
    is_user = bool(key and around.is_user(relation, key))
    is_account = last == "account" and ((is_user and is_key) or "email" in found)
    evidence.add(0.3, "its name says accounts, and they are people's", is_account)
    is_other = last not in {"profile", "user"} and not is_account
    evidence.add(-0.8, "its name says nothing of the kind", is_other)
    evidence.add(-0.2, f"also {', '.join(topics)}", topics)
    evidence.add(0.25, "its key is a user's", is_user and is_key)
    evidence.add(0.15, "each row belongs to a user", is_user and not is_key)
    _columns(evidence, found, {"email": 0.15, "name": 0.1})
    number = len(relation.referenced_by)
    evidence.add(0.1, f"{number} tables point at it", number)
    own = around.organization_of(relation)
    evidence.add(-0.3, f"it ties users to {own}", own and len(relation.primary_key) > 1)
    return evidence


def data_export_requests(relation: Relation, found: Found, around: Surroundings) -> Evidence:
    """Weigh whether a relation has people's requests for their data."""
    evidence = Evidence()
    words = set(relation.words)
    if {"data", "subject"} <= words:
        evidence.add(0.3, "its name says data subject")
    else:
        _named(evidence, relation, _EXPORTS, 0.3)
    _named(evidence, relation, {"request", "job"}, 0.15)
    evidence.add(0.15, "its name says data", "data" in words)
    _columns(evidence, found, {"status": 0.15, "requested_by": 0.1, "created_at": 0.05,
                               "finished_at": 0.05, "file_url": 0.1})  # fmt: skip
    other = words & {"import", "deletion", "erasure", "delete", "access"}
    evidence.add(-0.25, f"its name is about {', '.join(sorted(other))}", other)
    return evidence


def security_alerts(relation: Relation, found: Found, around: Surroundings) -> Evidence:
    """Weigh whether a relation has what people should act on for security's sake."""
    del around
    evidence = Evidence()
    topics = set(relation.words) - {
        "security", "alert", "incident", "threat", "system", "admin", "fraud", "anomaly",
    }  # fmt: skip
    _named(evidence, relation, {"alert", "incident", "threat", "anomaly"}, 0.3)
    is_security = "security" in relation.words
    evidence.add(0.3, "its name says security", is_security)
    evidence.add(-0.1, "its name does not say security", not is_security)
    evidence.add(-0.2 * len(topics), f"its name is about {', '.join(sorted(topics))}", topics)
    _columns(evidence, found, {"severity": 0.15, "resolved": 0.15, "resolved_at": 0.1,
                               "title": 0.1, "created_at": 0.05})  # fmt: skip
    return evidence


WEIGH: dict[str, Callable[[Relation, Found, Surroundings], Evidence]] = {
    "audit_log": audit_log,
    "organizations": organizations,
    "backup_settings": backup_settings,
    "backup_runs": backup_runs,
    "user_roles": user_roles,
    "profiles": profiles,
    "data_export_requests": data_export_requests,
    "security_alerts": security_alerts,
}
"""By the name of the part."""


def _columns(evidence: Evidence, found: Found, weights: Mapping[str, float]) -> None:
    for ours, weight in weights.items():
        column = found.get(ours)
        evidence.add(weight, f"{column.name if column else ''} fits {ours}", column)


def _named(evidence: Evidence, relation: Relation, names: Iterable[str], weight: float) -> None:
    said = sorted(set(names) & set(relation.words))
    evidence.add(weight, f"its name says {', '.join(said)}", said)
    evidence.add(-0.4, "its name says nothing of the kind", not said and weight >= 0.3)  # noqa: PLR2004
