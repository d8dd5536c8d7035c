"""Who is in a history: tenants of one person to eighty, and what each of their users is like."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random

DAY = 86400.0
HOUR = 3600.0
PAST_DAYS = 56
"""What the checks learn from before the month in which they are judged."""

_SIZES = (1, 1, 2, 3, 3, 5, 6, 8, 10, 14, 20, 28, 40, 60, 80)
_ZONES = ((-8, "us"), (-5, "us"), (0, "uk"), (1, "eu"), (1, "eu"), (1, "eu"), (2, "gr"), (8, "sg"))
_BROWSERS = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/{}.0 Safari/537.36",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 14_6) AppleWebKit/605.1.15 Version/{}.1 Safari/605.1",
    "Mozilla/5.0 (X11; Linux x86_64; rv:{0}.0) Gecko/20100101 Firefox/{0}.0",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:{0}.0) Gecko/20100101 Firefox/{0}.0",
)
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_{} like Mac OS X) AppleWebKit/605.1.15 Mobile"


@dataclass
class User:
    """A person or a program, with habits. Hours are those of the tenant's clock."""

    number: int
    role: str
    starts: float
    pace: float
    tenant: Tenant
    home: str
    agent: str
    works_at_home: float
    on_the_phone: float
    joined: int = 0
    """Day of the history; 0 is its first."""
    left: int = 9999
    away: list[tuple[int, int]] = field(default_factory=list)
    travels: list[tuple[int, int]] = field(default_factory=list)
    abroad: float = 0.0
    """By how many hours the day is another one when they travel."""
    is_admin: bool = False
    is_attacked: bool = False

    @property
    def id(self) -> str:
        """As the database has it."""
        return f"00000000-0000-4000-8000-{self.number:012x}"

    def is_there(self, day: int) -> bool:
        """Whether they may work on a day of the history."""
        return self.joined <= day < self.left and not any(a <= day < b for a, b in self.away)


@dataclass
class Tenant:
    """An organization: one clock, one calendar, one office."""

    number: int
    kind: str
    zone: int
    holidays: set[int]
    office: str
    users: list[User] = field(default_factory=list)

    def thing(self, random: Random) -> str:
        """Give the id of one of the things that it stores."""
        size = 400 + 300 * len(self.users)
        return f"{self.number:08x}-0000-4000-9000-{random.randrange(size):012x}"


@dataclass
class World:
    """All of one history: day 0 begins at `begin`; it is judged from day 56 on."""

    random: Random
    begin: datetime
    days: int
    tenants: list[Tenant]

    @property
    def users(self) -> list[User]:
        """All users of all tenants."""
        return [user for tenant in self.tenants for user in tenant.users]

    def at(self, tenant: Tenant, day: int, hour: float) -> float:
        """Give seconds since `begin` of a tenant's local time."""
        summer = 1 if tenant.zone in {0, 1, 2} and self._is_summer(day) else 0
        return day * DAY + (hour - tenant.zone - summer) * HOUR

    def _is_summer(self, day: int) -> bool:
        moment = self.begin + timedelta(days=day)
        return (
            datetime(moment.year, 3, 29, tzinfo=UTC)
            <= moment
            < datetime(moment.year, 10, 25, tzinfo=UTC)
        )

    def weekday(self, day: int) -> int:
        """Monday is 0."""
        return (self.begin + timedelta(days=day)).weekday()

    def is_month_end(self, day: int) -> bool:
        """Whether accounts are closed: the last two days of a month and the two after."""
        moment = self.begin + timedelta(days=day)
        return (moment + timedelta(days=2)).day <= 4


def make_world(seed: int, tenants: int, days: int) -> World:
    """Make the people of a history; what they do comes from `life.py` and `attacks.py`.

    Args:
        seed: of all chance.
        tenants: how many.
        days: how many are judged, after `PAST_DAYS`.
    """
    random = Random(seed)
    begin = datetime(2026, 1, 5, tzinfo=UTC) + timedelta(days=7 * random.randrange(40))
    world = World(random, begin, PAST_DAYS + days, [])
    numbers = iter(range(1, 1 << 30))
    for number in range(tenants):
        world.tenants.append(_tenant(random, world.days, number, numbers))
    return world


def network(random: Random) -> str:
    """Give the first three numbers of somebody's address."""
    return f"{random.randrange(20, 200)}.{random.randrange(256)}.{random.randrange(256)}"


def _tenant(random: Random, days: int, number: int, numbers: Iterator[int]) -> Tenant:
    zone, country = random.choice(_ZONES)
    size = _SIZES[number % len(_SIZES)]
    kinds = ["office"] * 6 + ["practice", "retail"] + ["hospital"] * (2 if size > 5 else 0)
    calendar = Random(f"{country} {days}")
    tenant = Tenant(
        number, random.choice(kinds), zone,
        {calendar.randrange(days) for _ in range(4)}, network(random),
    )  # fmt: skip
    for place in range(size):
        tenant.users.append(_user(random, days, tenant, next(numbers), place))
    for _ in range(2 if size >= 40 else 1 if size >= 10 else 0):
        tenant.users.append(_program(random, tenant, next(numbers)))
    return tenant


def _user(random: Random, days: int, tenant: Tenant, number: int, place: int) -> User:
    role = "manager" if place == 0 else "accountant" if place % 6 == 1 else "clerk"
    if tenant.kind == "hospital" and place > 1:
        role = "nurse"
    user = User(
        number, role, min(11.0, max(6.0, random.gauss(8.5, 0.8))),
        min(25.0, random.lognormvariate(1.2, 0.7)), tenant, network(random),
        random.choice(_BROWSERS).format(random.randrange(130, 140)),
        random.choice((0.0, 0.0, 0.2, 0.4, 1.0)), random.choice((0.0, 0.0, 0.05, 0.3)),
    )  # fmt: skip
    user.is_admin = place == 0 and len(tenant.users) == 0 and number % 3 == 0
    user.abroad = random.choice((0.0, 0.0, 0.0, -7.0, 6.0))
    _plan_absences(random, days, user)
    if place > 2 and random.random() < 0.005 * days / 7:
        user.joined = random.randrange(days)
    elif place > 2 and random.random() < 0.004 * days / 7:
        user.left = random.randrange(days)
    return user


def _plan_absences(random: Random, days: int, user: User) -> None:
    for start in range(0, days, 7):
        chance = random.random()
        if chance < 0.06:
            user.away.append((start, start + random.choice((7, 7, 14, 14, 21))))
        elif chance < 0.065:
            user.away.append((start, start + random.randrange(30, 60)))
        elif chance < 0.08:
            user.travels.append((start, start + random.randrange(2, 5)))


def _program(random: Random, tenant: Tenant, number: int) -> User:
    return User(
        number, "program", 0.0, random.choice((3.0, 8.0, 20.0)), tenant, network(random),
        f"sync/{random.randrange(1, 5)}.{random.randrange(9)} (+python-httpx)", 0.0, 0.0,
    )  # fmt: skip
