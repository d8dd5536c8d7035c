"""As whom each query is planned: its role, and the claims or settings that its policies read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

from maint_pipeline.advice.planner import Identity, by_role
from maint_pipeline.advice.target import Row, Target
from maint_pipeline.advice.workload import Query

CLAIMS = "request.jwt.claims"
SOMEBODY = "00000000-0000-4000-8000-00000000a0d1"
"""A user whom no statistics name: one of the many small ones."""

_CLAIM = re.compile(r"->>?\s*'(\w+)'(?:::\w+)?\s*\)*(?:::(\w+))?")
_SETTING = re.compile(
    r"current_setting\(\s*'([\w.]+)'(?:::text)?\s*(?:,\s*\w+)?\s*\)\s*\)*(?:::(\w+))?"
)
_IDS = ("sub", "user_id", "org_id", "organization_id", "tenant_id", "session_id")


class Identities:
    """Finds the identity of a query.

    Args:
        target: the database.
        claims: JSON that every query gets, where a query's own is not known.
    """

    def __init__(self, target: Target, claims: str | None = None) -> None:
        self._target = target
        self._settings = dict(_settings(target))
        self._keys = dict(_claim_keys(target))
        self._claims = claims
        self.assumed: dict[str, str] = {}

    def of(self, query: Query) -> Identity:
        """Give the role and settings with which a query is planned."""
        role = self._acting(query.role)
        return self.acting(role, query.claims)

    def acting(self, role: str, claims: str | None = None) -> Identity:
        """Give an identity of a role.

        Args:
            role: its name.
            claims: its JSON of claims; by default those given, else invented ones.
        """
        given = claims or self._claims
        settings = dict(self._settings)
        settings[CLAIMS] = given or json.dumps({**self._keys, "role": role})
        if given:  # policies that read older settings, one for each claim
            for name, value in json.loads(given).items():
                text = value if isinstance(value, str) else json.dumps(value)
                settings[f"request.jwt.claim.{name}"] = text
        return by_role(role, settings)

    def _acting(self, role: str) -> str:
        """Find as whom a login works that has no rights of its own, as PostgREST's has."""
        row = self._target.roles.get(role)
        if row is None or row["inherits"] or not row["member_of"] or row["is_superuser"]:
            return role
        named = {name for policy in self._target.policies for name in policy["roles"]}
        likely = sorted(
            (parent for parent in row["member_of"] if parent in self._target.roles),
            key=lambda parent: (parent not in named, parent != "authenticated", parent),
        )
        if not likely:
            return role
        self.assumed[role] = str(likely[0])
        return self.assumed[role]


def _texts(target: Target) -> Iterator[str]:
    for policy in target.policies:
        yield policy["using_text"] or ""
        yield policy["check_text"] or ""
        for function in policy["functions"]:
            yield function["source"]


def _claim_keys(target: Target) -> Iterator[tuple[str, object]]:
    yield "sub", SOMEBODY
    for text in _texts(target):
        for name, kind in _CLAIM.findall(text):
            if name not in ("sub", "role"):
                yield name, _value(name, kind)


def _settings(target: Target) -> Iterable[tuple[str, str]]:
    for text in _texts(target):
        for name, kind in _SETTING.findall(text):
            if "." in name and not name.startswith("request."):
                yield name, str(_value(name, kind))


def _value(name: str, kind: str) -> object:
    if kind in ("int", "integer", "bigint", "int4", "int8", "smallint", "numeric"):
        return 1
    if kind in ("bool", "boolean"):
        return True
    return SOMEBODY if kind == "uuid" or name in _IDS or name.endswith("id") else "member"


def roles_of(policy: Row, target: Target) -> list[str]:
    """Give the roles to which a policy applies, as far as they are there."""
    if "public" in policy["roles"]:
        return [name for name in ("authenticated", "anon") if name in target.roles]
    return [name for name in policy["roles"] if name in target.roles]
