"""What comes up now and then in a history, and is no attack, however much it looks like one."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from benchmarks.behaviour.life import Event, events, grants
from benchmarks.behaviour.tenants import HOUR, PAST_DAYS, Tenant, User, World


def occasions(world: World) -> Iterator[Event]:
    """Yield the rows of all occasions: habits of some, and what happens once."""
    for tenant in world.tenants:
        random = Random(f"occasions {world.begin} {len(world.tenants)} {tenant.number}")
        yield from grants(random, tenant, world)
        yield from _habits(random, world, tenant)
        for week in range(world.days // 7):
            yield from _week(random, world, tenant, week * 7)
    yield from _migration(world)


def _habits(random: Random, world: World, tenant: Tenant) -> Iterator[Event]:
    """The one who tidies up on Fridays, the report on Mondays, the backup copy of every night."""
    people = _people(tenant)
    tidies = random.choice(people) if random.random() < 0.2 else None
    reports = random.choice(people) if random.random() < 0.4 else None
    exports = [user for user in tenant.users if user.role == "program"][:1]
    for day in range(world.days):
        weekday = world.weekday(day)
        if tidies and weekday == 4 and tidies.is_there(day):
            yield from _hour(random, world, tidies, day, 16, random.randrange(50, 120), "document",
                             "delete")  # fmt: skip
        if reports and weekday == 0 and reports.is_there(day):
            yield from _hour(random, world, reports, day, 9, random.randrange(400, 1500), "invoice",
                             "read")  # fmt: skip
        for user in exports:
            origin = (f"{user.home}.20", user.agent)
            begin = world.at(tenant, day, 2)
            count = 12 if tenant.number % 2 else 3
            yield from events(
                random, user, (begin, begin + HOUR), count, ("data_export", "export"), origin
            )


def _week(random: Random, world: World, tenant: Tenant, day: int) -> Iterator[Event]:
    """An import, somebody who deletes or reads or exports much for once, a broken client."""
    day += random.randrange(5)
    somebody = random.choice(_people(tenant))
    if not somebody.is_there(day) or day in tenant.holidays:
        return
    chance, size = random.random(), len(tenant.users)
    scale = min(1.0, size / 10)
    hour = random.uniform(9, 15)
    if chance < 0.08 * scale:
        yield from _hour(random, world, somebody, day, hour, random.randrange(500, 5000),
                         random.choice(("invoice", "appointment")), "create")  # fmt: skip
    elif chance < 0.10 * scale:
        yield from _hour(random, world, somebody, day, hour, random.randrange(15, 70), "document",
                         "delete")  # fmt: skip
    elif chance < 0.12 * scale:
        yield from _hour(random, world, somebody, day, hour, random.randrange(100, 600), "invoice",
                         "read")  # fmt: skip
    elif chance < 0.13 * scale:
        yield from _hour(random, world, somebody, day, hour, random.randrange(3, 8), "data_export",
                         "export")  # fmt: skip
    elif chance < 0.14 * scale:
        begin = world.at(tenant, day, hour)
        yield from events(random, somebody, (begin, begin + HOUR), random.randrange(20, 200),
                          ("appointment", "read"), refused=True)  # fmt: skip


def _migration(world: World) -> Iterator[Event]:
    """Once in a month a program of ours touches everything of one tenant, on a Sunday evening."""
    random = Random(f"migration {world.begin}")
    programs = [user for user in world.users if user.role == "program"]
    if not programs:
        return
    for first in (PAST_DAYS - 28, PAST_DAYS + 6):
        user = random.choice(programs)
        sunday = first + (6 - world.weekday(first)) % 7
        begin = world.at(user.tenant, sunday, 20)
        origin = (f"{user.home}.20", user.agent)
        span = (begin, begin + 2 * HOUR)
        yield from events(random, user, span, 6000, ("invoice", "update"), origin)


def _people(tenant: Tenant) -> list[User]:
    return [user for user in tenant.users if user.role != "program"]


def _hour(  # noqa: PLR0917
    random: Random, world: World, user: User, day: int, hour: float, count: int, entity: str,
    action: str,
) -> Iterator[Event]:  # fmt: skip
    begin = world.at(user.tenant, day, hour)
    yield from events(random, user, (begin, begin + 0.8 * HOUR), count, (entity, action))
