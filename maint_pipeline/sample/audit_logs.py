"""The sample's audit log: everyday work of its users, and a few attacks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

import psycopg

from maint_pipeline.sample.names import USER_AGENTS
from maint_pipeline.sample.rhythm import events_by_hour

DAYS = 180
_COPY = (
    "copy public.audit_logs (id, entity, entity_id, action, user_id, time, payload_hash, "
    "ip_address, user_agent, severity) from stdin"
)

# Entity, action, severity, and how often, against others.
_WORK = (
    ("invoice", "read", "low", 300), ("invoice", "create", "low", 80),
    ("invoice", "update", "low", 90), ("appointment", "read", "low", 240),
    ("appointment", "create", "low", 90), ("appointment", "update", "low", 60),
    ("document", "read", "low", 120), ("document", "create", "low", 40),
    ("profile_access", "access", "low", 70), ("user_settings", "update", "low", 20),
    ("auth_session", "create", "low", 90), ("client_tin", "read", "medium", 3),
    ("data_export", "export", "medium", 2), ("invoice", "delete", "medium", 4),
    ("user_roles", "update", "high", 1),
)  # fmt: skip
_WEIGHTS = [row[-1] for row in _WORK]


@dataclass(frozen=True)
class User:
    """A person of the sample, with habits: where they work from, and how much."""

    id: UUID
    address: str
    agent: str
    activity: float


@dataclass(frozen=True)
class Attack:
    """Many rows of one kind, `seconds` apart, on top of the everyday work."""

    begins: datetime
    count: int
    seconds: float
    entity: str
    action: str
    users: Sequence[UUID]
    address: str
    refused: bool = False
    severity: str = "medium"

    def lines(self, random: Random) -> Iterator[tuple[datetime, str]]:
        """Give (time, line of COPY) for each row."""
        for i in range(self.count):
            moment = self.begins + timedelta(seconds=i * self.seconds)
            user = User(self.users[i % len(self.users)], self.address, USER_AGENTS[-1], 0.0)
            kind = (self.entity, self.action, self.severity)
            yield moment, _line(random, moment, user, kind, refused=self.refused)


def make_user(random: Random, user_id: UUID) -> User:
    """Give a user habits; addresses are of the ranges reserved for documentation (RFC 5737)."""
    network = random.choice(("192.0.2", "198.51.100"))
    return User(
        id=user_id,
        address=f"{network}.{random.randrange(1, 255)}",
        agent=random.choice(USER_AGENTS[:-1]),
        # A few people do most of the work.
        activity=random.paretovariate(1.2),
    )


def write_audit_logs(
    connection: psycopg.Connection[tuple[object, ...]],
    random: Random,
    users: Sequence[User],
    attacks: Sequence[Attack],
    *,
    rows: int,
    now: datetime,
    report: Callable[[float], None],
) -> int:
    """Write audit logs in the order of their times, as a real log has them.

    One hour is made at a time, so memory doesn't grow with the number of rows.

    Args:
        connection: where public.audit_logs is.
        random: the source of chance.
        users: who works.
        attacks: what happens besides; counted on top of `rows`.
        rows: how many rows of everyday work, over 180 days.
        now: the end.
        report: called with the fraction done.

    Returns:
        How many rows were written.
    """
    begin = (now - timedelta(days=DAYS)).replace(minute=0, second=0, microsecond=0)
    special = sorted(line for attack in attacks for line in attack.lines(random))
    activity = [user.activity for user in users]
    written, total = 0, rows + len(special)
    with connection.cursor() as cursor, cursor.copy(_COPY) as copy:
        for span in events_by_hour(rows, begin, now):
            lines = list(_work(random, users, activity, span))
            end = span[0] + timedelta(seconds=span[1])
            while special and special[0][0] < end:
                lines.append(special.pop(0))
            lines.sort()
            copy.write("".join(line for _, line in lines))
            written += len(lines)
            report(written / total)
    return written


def _work(
    random: Random,
    users: Sequence[User],
    activity: Sequence[float],
    span: tuple[datetime, float, int],
) -> Iterator[tuple[datetime, str]]:
    begin, seconds, count = span
    people = random.choices(users, activity, k=count)
    for user, (*kind, _) in zip(people, random.choices(_WORK, _WEIGHTS, k=count), strict=True):
        moment = begin + timedelta(seconds=random.random() * seconds)
        yield moment, _line(random, moment, user, kind)


def _line(
    random: Random, moment: datetime, user: User, kind: Sequence[object], *, refused: bool = False
) -> str:
    """One line of COPY's text format; none of the values needs an escape."""
    entity, action, severity = kind
    # Plain digits are a UUID to PostgreSQL too, and this is most of the work of a million rows.
    digits = f"{random.getrandbits(320):080x}"
    payload_hash = "rate_limited" if refused else digits[64:]
    return (
        f"{digits[:32]}\t{entity}\t{digits[32:64]}\t{action}\t{user.id}\t{moment.isoformat()}\t"
        f"{payload_hash}\t{user.address}\t{user.agent}\t{severity}\n"
    )


def random_uuid(random: Random) -> str:
    """Give a version 4 UUID from a source of chance that can be repeated."""
    digits = f"{random.getrandbits(128):032x}"
    variant = "89ab"[int(digits[16], 16) & 3]
    return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-{variant}{digits[17:20]}-{digits[20:]}"
