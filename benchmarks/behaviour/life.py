"""What the users of a history do when nobody attacks: work by the clock, and what comes up."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import NamedTuple

from benchmarks.behaviour.tenants import HOUR, PHONE, Tenant, User, World, network


class Event(NamedTuple):
    """A row of the audit log; `at` in seconds since the history's begin."""

    at: float
    user: str
    entity: str
    entity_id: str
    action: str
    is_refused: bool
    address: str
    agent: str


Kind = tuple[str, str]
_CLERK = {
    ("invoice", "read"): 300, ("invoice", "create"): 80, ("invoice", "update"): 90,
    ("appointment", "read"): 240, ("appointment", "create"): 90, ("appointment", "update"): 60,
    ("document", "read"): 120, ("document", "create"): 40, ("profile_access", "access"): 60,
    ("user_settings", "update"): 6, ("invoice", "delete"): 4, ("document", "delete"): 4,
}  # fmt: skip
_WORK: dict[str, dict[Kind, int]] = {
    "clerk": _CLERK,
    "nurse": {k: n for k, n in _CLERK.items() if k[0] != "invoice"},
    "manager": {**_CLERK, ("data_export", "export"): 3, ("report", "read"): 60},
    "accountant": {**_CLERK, ("client_tin", "read"): 25, ("data_export", "export"): 6,
                   ("payment", "update"): 40},
    "program": {("invoice", "read"): 5, ("invoice", "update"): 3, ("appointment", "create"): 2},
}  # fmt: skip
_CHOICES = {role: (list(work), list(work.values())) for role, work in _WORK.items()}
# Night, early and late, each a week; days off between them.
_SHIFTS = (22.0, 6.0, 14.0)


def work_of_everybody(world: World) -> Iterator[Event]:
    """Yield all everyday rows of a history, in no order."""
    for user in world.users:
        random = Random(f"{world.begin} {len(world.tenants)} {user.number}")
        for day in range(world.days):
            if user.role == "program":
                yield from _program_day(random, world, user, day)
            elif user.is_there(day):
                yield from _day(random, world, user, day)


def events(  # noqa: PLR0917
    random: Random,
    user: User,
    span: tuple[float, float],
    count: int,
    kind: Kind | None = None,
    origin: tuple[str, str] | None = None,
    refused: bool = False,
) -> Iterator[Event]:
    """Yield rows of one user, spread over a span.

    Args:
        random: the source of chance.
        user: who.
        span: seconds since the history's begin, from and to.
        count: how many rows.
        kind: entity and action; None: the user's usual ones.
        origin: address and program; None: the office and the usual program.
        refused: whether the application refused them.
    """  # fmt: skip
    address, agent = origin or (f"{user.tenant.office}.7", user.agent)
    kinds, weights = _CHOICES[user.role]
    for entity, action in [kind] * count if kind else random.choices(kinds, weights, k=count):
        at = span[0] + random.random() * (span[1] - span[0])
        thing = user.tenant.thing(random)
        yield Event(at, user.id, entity, thing, action, refused, address, agent)


def sign_in(
    random: Random, user: User, at: float, origin: tuple[str, str], failures: int
) -> Iterator[Event]:
    """Yield failed attempts and the sign-in that follows them."""
    for number in range(failures):
        moment = at - 20.0 * (failures - number)
        yield Event(moment, user.id, "auth_login", user.id, "access", True, *origin)
    yield Event(at, user.id, "auth_session", user.id, "create", False, *origin)


def _program_day(random: Random, world: World, user: User, day: int) -> Iterator[Event]:
    origin = (f"{user.home}.20", user.agent)
    for hour in range(24):
        begin = day * 24 * HOUR + hour * HOUR
        count = int(random.gauss(user.pace, user.pace**0.5))
        # It catches up in the night.
        count *= 4 if hour == user.number % 24 else 1
        yield from events(random, user, (begin, begin + HOUR), max(0, count), None, origin)


def _begins(random: Random, world: World, user: User, day: int) -> float | None:
    """At which local hour somebody begins to work that day, if at all."""
    weekday, week = world.weekday(day), day // 7
    if user.role == "nurse":
        on = (day + user.number) % 7 < 5
        return _SHIFTS[(week + user.number) % 3] + random.gauss(0, 0.1) if on else None
    if day in user.tenant.holidays:
        return None
    days = {"retail": 6, "practice": 5, "office": 5, "hospital": 5}[user.tenant.kind]
    if weekday >= days or (days == 6 and weekday == user.number % 6):
        return random.uniform(9, 20) if random.random() < 0.01 else None
    abroad = user.abroad if any(a <= day < b for a, b in user.travels) else 0.0
    return user.starts + random.gauss(0, 0.4) + abroad


def _origin(random: Random, user: User, day: int) -> tuple[str, str]:
    """From where and with what somebody works that day."""
    # Browsers renew themselves every four weeks; lines at home get another address at times.
    agent = user.agent
    for version in range(130, 140):
        agent = agent.replace(f"{version}.", f"{version + day // 28}.")
    if (day + user.number) % 150 > 120:
        agent = agent.replace("Windows NT 10.0", "Windows NT 11.0")
    if any(a <= day < b for a, b in user.travels):
        return f"{network(Random(day // 7 + user.number))}.9", agent
    if random.random() < user.on_the_phone:
        carrier = 64 + user.tenant.zone % 8
        return f"100.{carrier}.{random.randrange(40)}.{day % 200}", PHONE.format(1)
    if random.random() < user.works_at_home:
        moved = (user.number + (day + user.number * 7) // 60) % 250
        return f"{user.home.rsplit('.', 1)[0]}.{moved}.{user.number % 250}", agent
    return f"{user.tenant.office}.{7 + user.number % 3}", agent


def _day(random: Random, world: World, user: User, day: int) -> Iterator[Event]:
    begins = _begins(random, world, user, day)
    if begins is None or random.random() < 0.03:
        return
    origin = _origin(random, user, day)
    begin = world.at(user.tenant, day, begins)
    failures = random.choice((1, 1, 2, 3)) if random.random() < 0.04 else 0
    if random.random() < 0.001:
        failures = random.randrange(4, 9)
    yield from sign_in(random, user, begin - 30, origin, failures)
    busy = user.pace * random.lognormvariate(0, 0.35)
    if world.is_month_end(day) and user.role == "accountant":
        busy *= 2.5
        count = random.randrange(2, 7)
        yield from events(
            random, user, (begin, begin + 8 * HOUR), count, ("data_export", "export"), origin
        )
    for hour in range(9):
        if hour == 4:
            continue
        count = int(random.expovariate(1 / max(busy, 0.5)))
        yield from events(
            random, user, (begin + hour * HOUR, begin + (hour + 1) * HOUR), count, None, origin
        )
    if random.random() < 0.03:
        late = world.at(user.tenant, day, random.uniform(18.5, 22.5))
        home = (f"{user.home}.{user.number % 250}", origin[1])
        yield from events(random, user, (late, late + HOUR), int(busy) + 1, None, home)


def grants(random: Random, tenant: Tenant, world: World) -> Iterator[Event]:
    """Yield what administrators of a tenant do when somebody comes or goes."""
    manager = tenant.users[0]
    for user in tenant.users:
        for day in (user.joined, user.left):
            if 0 < day < world.days:
                at = world.at(tenant, day, 8.0 + random.random())
                origin = (f"{tenant.office}.7", manager.agent)
                yield Event(at, manager.id, "user_roles", user.id, "update", False, *origin)
