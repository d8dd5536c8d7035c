"""Where the attacks of a history are hidden: in which tenant, behind which user, on which day."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from benchmarks.behaviour.attacks import (
    KINDS,
    Attack,
    Scene,
    bulk_export,
    escalation,
    key_misuse,
    new_admin,
    revived,
    sabotage,
    slow_theft,
)
from benchmarks.behaviour.tenants import PAST_DAYS, User, World


def attacks(world: World, of_each: int) -> list[Attack]:
    """Hide attacks of each kind in the judged days, each with a user of its own.

    Args:
        world: whose users are marked as attacked; dormant ones get their absence here.
        of_each: how many of each kind.
    """
    random = Random(f"attacks {world.begin} {len(world.tenants)}")
    made = []
    for _ in range(of_each):
        for kind in KINDS:
            scene = _scene(random, world, kind)
            if scene is not None:
                made.append(kind(scene))
    return made


def _scene(random: Random, world: World, kind: Callable[[Scene], Attack]) -> Scene | None:
    free = [user for user in world.users if not user.is_attacked and user.joined == 0
            and (user.role == "program") == (kind is key_misuse)]  # fmt: skip
    if kind in {escalation, bulk_export}:
        free = [user for user in free if user.role in {"clerk", "nurse"}]
    if kind is new_admin:
        free = [user for user in free if not user.is_admin]
    if not free:
        return None
    # Tenants, not users, come first: small ones are attacked as often as large ones.
    tenant = random.choice(sorted({user.tenant.number for user in free}))
    user = random.choice([user for user in free if user.tenant.number == tenant])
    user.is_attacked = True
    last_weekdays: dict[Callable[[Scene], Attack], int] = {
        slow_theft: 0, bulk_export: 4, escalation: 4, sabotage: 4,
    }  # fmt: skip
    last = last_weekdays.get(kind, 6)
    days = range(PAST_DAYS + 1, world.days - 6)
    day = random.choice([day for day in days if world.weekday(day) <= last] or list(days))
    _be_there(random, user, kind, day)
    return Scene(random, world, user.tenant, user, day)


def _be_there(random: Random, user: User, kind: Callable[[Scene], Attack], day: int) -> None:
    """Have a user present on the day of an attack, or absent for weeks."""
    if kind is revived:
        user.left = day - random.randrange(35, 56)
    elif kind is not key_misuse:
        user.away = [span for span in user.away if not span[0] - 1 <= day < span[1] + 2]
        user.left = max(user.left, day + 1)
        if kind is sabotage:
            user.left = day + 1
