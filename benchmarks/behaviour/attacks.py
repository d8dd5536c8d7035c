"""Twelve kinds of attack, hidden in the month in which the checks are judged, with labels."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from benchmarks.behaviour.life import Event, events, sign_in
from benchmarks.behaviour.tenants import HOUR, PAST_DAYS, Tenant, User, World, network


@dataclass
class Label:
    """An attack. Times are in seconds since the history's begin."""

    kind: str
    tenant: int
    users: set[str]
    begin: float
    end: float
    addresses: set[str] = field(default_factory=set)


@dataclass
class Attack:
    """What an attack leaves in the database."""

    label: Label
    events: list[Event]
    removed: tuple[float, str, float, float] | None = None
    """When which user's rows of which span vanish ('' is everybody's)."""
    late: list[Event] = field(default_factory=list)
    """Rows that are written at the attack's end with dates of long before."""
    new_admin: str | None = None


@dataclass
class Scene:
    """Where an attack happens: whom it uses, from where, and on which day."""

    random: Random
    world: World
    tenant: Tenant
    user: User
    day: int

    def stranger(self) -> tuple[str, str]:
        """An address and a program that nobody else has."""
        agents = ("Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/120.0", "curl/8.5",
                  "python-requests/2.32",
                  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/124.0 Safari/537.36")  # fmt: skip
        return f"{network(self.random)}.{self.random.randrange(1, 250)}", self.random.choice(agents)

    def own(self) -> tuple[str, str]:
        return f"{self.tenant.office}.{7 + self.user.number % 3}", self.user.agent

    def at(self, hour: float, day: int = 0) -> float:
        return self.world.at(self.tenant, self.day + day, hour)

    def do(self, begin: float, hours: float, count: int, what: str,
           origin: tuple[str, str]) -> list[Event]:  # fmt: skip
        """Give rows of the attacked user: what is "entity action"."""
        entity, action = what.split()
        span = (begin, begin + hours * HOUR)
        return list(events(self.random, self.user, span, count, (entity, action), origin))

    def sign_in(self, at: float, origin: tuple[str, str], failures: int = 0) -> list[Event]:
        return list(sign_in(self.random, self.user, at, origin, failures))

    def attack(self, kind: str, rows: list[Event], **more: object) -> Attack:
        """Put rows and their label together."""
        label = Label(kind, self.tenant.number, {row.user for row in rows},
                      min(row.at for row in rows), max(row.at for row in rows),
                      {row.address for row in rows} - {self.own()[0]})  # fmt: skip
        return Attack(label, rows, **more)  # type: ignore[arg-type]


def _takeover(scene: Scene) -> Attack:
    """Somebody else signs in at night, looks around, and reads."""
    random, origin = scene.random, scene.stranger()
    begin = scene.at(random.uniform(1, 4))
    rows = scene.sign_in(begin, origin)
    for what in ("invoice read", "document read", "profile_access access"):
        rows += scene.do(begin, random.uniform(0.5, 2), random.randrange(10, 80), what, origin)
    return scene.attack("account takeover at night", rows)


def _slow_theft(scene: Scene) -> Attack:
    """A user reads several times what is usual, every working day for a week."""
    random, rows = scene.random, []
    daily = random.randrange(150, 400)
    for day in range(6):
        if scene.world.weekday(scene.day + day) < 5:
            rows += scene.do(scene.at(9, day), 8, daily, "document read", scene.own())
    return scene.attack("slow theft", rows)


def _bulk_export(scene: Scene) -> Attack:
    """A user who hardly exports does it again and again, in working hours."""
    random = scene.random
    rows = scene.do(scene.at(random.uniform(9, 15)), random.uniform(0.5, 3),
                    random.randrange(6, 30), "data_export export", scene.own())  # fmt: skip
    return scene.attack("bulk export", rows)


def _mass_delete(scene: Scene) -> Attack:
    """Many deletions within an hour, from the usual place."""
    random = scene.random
    what = random.choice(("invoice delete", "document delete", "appointment delete"))
    rows = scene.do(scene.at(random.uniform(8, 20)), 1, random.randrange(30, 300), what, scene.own())
    return scene.attack("mass deletion", rows)


def _escalation(scene: Scene) -> Attack:
    """Somebody gives themselves rights, and uses them."""
    random = scene.random
    begin = scene.at(random.uniform(9, 18))
    rows = scene.do(begin, 0.1, 1, "user_roles update", scene.own())
    rows += scene.do(begin + 0.2 * HOUR, 1.5, random.randrange(5, 40), "client_tin read", scene.own())
    return scene.attack("escalation, then action", rows)


def _stuffing(scene: Scene) -> Attack:
    """Stolen passwords are tried on many users from one or a few addresses; one of them is right."""
    random = scene.random
    begin, rows = scene.at(random.uniform(0, 24)), []
    origins = [scene.stranger() for _ in range(random.choice((1, 1, 3)))]
    victims = random.sample(scene.world.users, min(random.randrange(15, 60), len(scene.world.users)))
    for number, victim in enumerate(victims):
        at = begin + number * random.uniform(20, 90)
        origin = random.choice(origins)
        rows.append(Event(at, victim.id, "auth_login", victim.id, "access", True, *origin))
    rows += scene.sign_in(rows[-1].at + 60, origins[0])
    rows += scene.do(rows[-1].at, 1, random.randrange(10, 50), "invoice read", origins[0])
    return scene.attack("credential stuffing", rows)


def _revived(scene: Scene) -> Attack:
    """An account that nobody has used for weeks is used from elsewhere."""
    random, origin = scene.random, scene.stranger()
    begin = scene.at(random.uniform(8, 22))
    rows = scene.sign_in(begin, origin, random.choice((0, 0, 1)))
    rows += scene.do(begin, 2, random.randrange(15, 120), "invoice read", origin)
    return scene.attack("dormant account revived", rows)


def _key_misuse(scene: Scene) -> Attack:
    """A program's key is used by somebody else, for what the program never does."""
    random, origin = scene.random, scene.stranger()
    begin = scene.at(random.uniform(0, 24))
    rows = scene.do(begin, 2, random.randrange(20, 200), "profile_access access", origin)
    rows += scene.do(begin, 2, random.randrange(1, 5), "data_export export", origin)
    return scene.attack("service key misused", rows)


def _enumeration(scene: Scene) -> Attack:
    """Ids of all tenants are tried one after the other, slowly, around the clock."""
    random, rows = scene.random, []
    origin = random.choice((scene.own(), scene.stranger()))
    begin, every = scene.at(random.uniform(0, 24)), random.uniform(60, 180)
    for number in range(int(random.uniform(24, 72) * HOUR / every)):
        other = random.choice(scene.world.tenants)
        at = begin + number * every + random.random() * 20
        rows.append(Event(at, scene.user.id, "invoice", other.thing(random), "read",
                          random.random() < 0.3, *origin))  # fmt: skip
    return scene.attack("slow enumeration across tenants", rows)


def _tampering(scene: Scene) -> Attack:
    """Traces are deleted from the log, or others are written into its past."""
    random = scene.random
    begin = scene.at(random.uniform(8, 17))
    rows = scene.do(begin, 0.5, random.randrange(15, 40), "payment update", scene.own())
    kind = random.choice(("soon", "next day", "past"))
    if kind == "past":
        late = scene.do(begin - 9 * 24 * HOUR, 1, 10, "payment update", scene.own())
        return scene.attack("log tampered with", rows[:1], late=late)
    after = begin + (random.uniform(1.2, 2) if kind == "soon" else random.uniform(8, 23)) * HOUR
    made = scene.attack("log tampered with", rows, removed=(after, scene.user.id, begin, after))
    made.label.begin = made.label.end = after
    return made


def _sabotage(scene: Scene) -> Attack:
    """On their last evening somebody deletes and overwrites what they can."""
    random = scene.random
    begin, origin = scene.at(random.uniform(17, 19)), scene.own()
    rows = scene.do(begin, 3, random.randrange(45, 150), "document delete", origin)
    rows += scene.do(begin, 3, random.randrange(40, 200), "invoice update", origin)
    return scene.attack("sabotage by a leaver", rows)


def _new_admin(scene: Scene) -> Attack:
    """A stolen session makes an administrator out of an account, which looks around."""
    random = scene.random
    begin = scene.at(random.uniform(0, 24))
    rows = scene.do(begin, 1, random.randrange(5, 60), "profile_access access", scene.own())
    return scene.attack("new administrator", rows, new_admin=scene.user.id)


KINDS: tuple[Callable[[Scene], Attack], ...] = (
    _takeover, _slow_theft, _bulk_export, _mass_delete, _escalation, _stuffing, _revived,
    _key_misuse, _enumeration, _tampering, _sabotage, _new_admin,
)  # fmt: skip


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
            and (user.role == "program") == (kind is _key_misuse)]  # fmt: skip
    if kind in {_escalation, _bulk_export}:
        free = [user for user in free if user.role in {"clerk", "nurse"}]
    if kind is _new_admin:
        free = [user for user in free if not user.is_admin]
    if not free:
        return None
    # Tenants, not users, come first: small ones are attacked as often as large ones.
    tenant = random.choice(sorted({user.tenant.number for user in free}))
    user = random.choice([user for user in free if user.tenant.number == tenant])
    user.is_attacked = True
    day = random.randrange(PAST_DAYS, world.days - 6)
    if kind in {_slow_theft, _bulk_export, _escalation, _sabotage}:
        while world.weekday(day) > (0 if kind is _slow_theft else 4):
            day = day - 1
    if kind is _revived:
        user.left = day - random.randrange(35, 56)
    elif kind is not _key_misuse:
        # They are there, as those are whose rights are used.
        user.away = [span for span in user.away if not span[0] - 1 <= day < span[1] + 2]
        user.left = max(user.left, day + 1) if user.left < 9999 else 9999
        if kind is _sabotage:
            user.left = day + 1
    return Scene(random, world, user.tenant, user, day)
