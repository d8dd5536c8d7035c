"""Which alarms were right, which attacks were seen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from benchmarks.behaviour.attacks import Label
from benchmarks.behaviour.replay import Alarm, History
from benchmarks.behaviour.tenants import DAY, HOUR, PAST_DAYS

LATEST = 26 * HOUR
"""An alarm this long after an attack's last row is still about it."""
# Checks that name no user: hours and ages are everybody's.
_OF_THE_LOG = {"audit_log_gap": {"log tampered with"}, "audit_rows_misdated": {"log tampered with"}}
MONTH = 30.4 * DAY


@dataclass
class Score:
    """Counts over one or more histories."""

    months: float = 0.0
    """Of all tenants together."""
    attacks: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    seen: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    seen_by: dict[tuple[str, str], int] = field(default_factory=lambda: defaultdict(int))
    """By check and kind."""
    right: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    false: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    false_by_tenant: dict[tuple[int, int], int] = field(default_factory=lambda: defaultdict(int))
    missed: list[Label] = field(default_factory=list)
    false_alarms: list[Alarm] = field(default_factory=list)
    histories: int = 0

    @property
    def recall(self) -> float:
        """Share of the attacks that at least one right alarm was about."""
        return sum(self.seen.values()) / max(1, sum(self.attacks.values()))

    @property
    def false_a_month(self) -> float:
        """False alarms per tenant and month."""
        return sum(self.false.values()) / self.months

    def precision(self, check: str) -> float | None:
        """Give right alarms of all; None without any."""
        alarms = self.right[check] + self.false[check]
        return self.right[check] / alarms if alarms else None


def add(score: Score, history: History, alarms: Iterable[Alarm]) -> None:
    """Add a history to a score.

    Args:
        score: changed.
        history: with its labels.
        alarms: that were raised in it.
    """
    tenants = {user.id: user.tenant.number for user in history.world.users}
    labels = [attack.label for attack in history.attacks]
    seen: dict[int, set[str]] = defaultdict(set)
    score.histories += 1
    score.months += len(history.world.tenants) * (history.world.days - PAST_DAYS) * DAY / MONTH
    for alarm in alarms:
        about = [i for i, label in enumerate(labels) if _is_about(alarm, label)]
        if about:
            score.right[alarm.check] += 1
            for i in about:
                seen[i].add(alarm.check)
        else:
            score.false[alarm.check] += 1
            score.false_alarms.append(alarm)
            tenant = tenants.get(next(iter(_users(alarm) & set(tenants)), ""), -1)
            score.false_by_tenant[score.histories, tenant] += 1
    for i, label in enumerate(labels):
        score.attacks[label.kind] += 1
        score.seen[label.kind] += bool(seen[i])
        for check in seen[i]:
            score.seen_by[check, label.kind] += 1
        if not seen[i]:
            score.missed.append(label)


def _users(alarm: Alarm) -> set[str]:
    users = alarm.metadata.get("users")
    return {str(alarm.metadata.get("user_id", alarm.object))} | (
        {str(user) for user in users} if isinstance(users, list) else set()
    )


def _is_about(alarm: Alarm, label: Label) -> bool:
    if not label.begin <= alarm.at <= label.end + LATEST:
        return False
    if alarm.check in _OF_THE_LOG:
        return label.kind in _OF_THE_LOG[alarm.check]
    return bool(_users(alarm) & label.users) or alarm.object in label.addresses
