"""Twelve kinds of attack, hidden in the month in which the checks are judged, with labels."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from benchmarks.behaviour.life import Event, events, sign_in
from benchmarks.behaviour.tenants import HOUR, Tenant, User, World, network


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
                  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/136.0 "
                  "Safari/537.36", self.user.agent)  # fmt: skip
        return f"{network(self.random)}.{self.random.randrange(1, 250)}", self.random.choice(agents)

    def own(self) -> tuple[str, str]:
        """Give the usual address and program."""
        return f"{self.tenant.office}.{7 + self.user.number % 3}", self.user.agent

    def at(self, hour: float, day: int = 0) -> float:
        """Give the seconds of a local hour, so many days after the scene's."""
        return self.world.at(self.tenant, self.day + day, hour)

    def do(self, begin: float, hours: float, count: int, what: str,
           origin: tuple[str, str]) -> list[Event]:  # fmt: skip
        """Give rows of the attacked user: what is "entity action"."""
        entity, action = what.split()
        span = (begin, begin + hours * HOUR)
        return list(events(self.random, self.user, span, count, (entity, action), origin))

    def sign_in(self, at: float, origin: tuple[str, str], failures: int = 0) -> list[Event]:
        """Give the rows of a sign-in, with failures before it."""
        return list(sign_in(self.random, self.user, at, origin, failures))

    def attack(self, kind: str, rows: list[Event], **more: object) -> Attack:
        """Put rows and their label together."""
        label = Label(kind, self.tenant.number, {row.user for row in rows},
                      min(row.at for row in rows), max(row.at for row in rows),
                      {row.address for row in rows} - {self.own()[0]})  # fmt: skip
        return Attack(label, rows, **more)  # type: ignore[arg-type]


def takeover(scene: Scene) -> Attack:
    """Somebody else signs in at night, looks around, and reads."""
    random, origin = scene.random, scene.stranger()
    begin = scene.at(random.uniform(1, 4))
    rows = scene.sign_in(begin, origin)
    for what in ("invoice read", "document read", "profile_access access"):
        rows += scene.do(begin, random.uniform(0.5, 2), random.randrange(10, 80), what, origin)
    return scene.attack("account takeover at night", rows)


def slow_theft(scene: Scene) -> Attack:
    """A user reads several times what is usual, every working day for a week."""
    random, rows = scene.random, []
    daily = random.randrange(150, 400)
    for day in range(6):
        if scene.world.weekday(scene.day + day) < 5:
            rows += scene.do(scene.at(9, day), 8, daily, "document read", scene.own())
    return scene.attack("slow theft", rows)


def bulk_export(scene: Scene) -> Attack:
    """A user who hardly exports does it again and again, in working hours."""
    random = scene.random
    rows = scene.do(scene.at(random.uniform(9, 15)), random.uniform(0.5, 3),
                    random.randrange(6, 30), "data_export export", scene.own())  # fmt: skip
    return scene.attack("bulk export", rows)


def mass_delete(scene: Scene) -> Attack:
    """Many deletions within an hour, from the usual place."""
    random = scene.random
    what = random.choice(("invoice delete", "document delete", "appointment delete"))
    begin = scene.at(random.uniform(8, 20))
    rows = scene.do(begin, 1, random.randrange(30, 300), what, scene.own())
    return scene.attack("mass deletion", rows)


def escalation(scene: Scene) -> Attack:
    """Somebody gives themselves rights, and uses them."""
    random = scene.random
    begin = scene.at(random.uniform(9, 18))
    rows = scene.do(begin, 0.1, 1, "user_roles update", scene.own())
    reads = random.randrange(5, 40)
    rows += scene.do(begin + 0.2 * HOUR, 1.5, reads, "client_tin read", scene.own())
    return scene.attack("escalation, then action", rows)


def stuffing(scene: Scene) -> Attack:
    """Stolen passwords are tried on many users from some addresses; one of them is right."""
    random = scene.random
    begin, rows = scene.at(random.uniform(0, 24)), []
    origins = [scene.stranger() for _ in range(random.choice((1, 3, 40)))]
    people = scene.world.users
    victims = random.sample(people, min(random.randrange(15, 60), len(people)))
    for number, victim in enumerate(victims):
        at = begin + number * random.uniform(20, 90)
        origin = random.choice(origins)
        rows.append(Event(at, victim.id, "auth_login", victim.id, "access", True, *origin))
    rows += scene.sign_in(rows[-1].at + 60, origins[0])
    rows += scene.do(rows[-1].at, 1, random.randrange(10, 50), "invoice read", origins[0])
    return scene.attack("credential stuffing", rows)


def revived(scene: Scene) -> Attack:
    """An account that nobody has used for weeks is used from elsewhere."""
    random, origin = scene.random, scene.stranger()
    begin = scene.at(random.uniform(8, 22))
    rows = scene.sign_in(begin, origin, random.choice((0, 0, 1)))
    rows += scene.do(begin, 2, random.randrange(15, 120), "invoice read", origin)
    return scene.attack("dormant account revived", rows)


def key_misuse(scene: Scene) -> Attack:
    """A program's key is used by somebody else, for what the program never does."""
    random, origin = scene.random, scene.stranger()
    begin = scene.at(random.uniform(0, 24))
    rows = scene.do(begin, 2, random.randrange(20, 200), "profile_access access", origin)
    rows += scene.do(begin, 2, random.randrange(1, 5), "data_export export", origin)
    return scene.attack("service key misused", rows)


def enumeration(scene: Scene) -> Attack:
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


def tampering(scene: Scene) -> Attack:
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


def sabotage(scene: Scene) -> Attack:
    """On their last evening somebody deletes and overwrites what they can."""
    random = scene.random
    begin, origin = scene.at(random.uniform(17, 19)), scene.own()
    rows = scene.do(begin, 3, random.randrange(45, 150), "document delete", origin)
    rows += scene.do(begin, 3, random.randrange(40, 200), "invoice update", origin)
    return scene.attack("sabotage by a leaver", rows)


def new_admin(scene: Scene) -> Attack:
    """A stolen session makes an administrator out of an account, which looks around."""
    random = scene.random
    begin = scene.at(random.uniform(0, 24))
    rows = scene.do(begin, 1, random.randrange(5, 60), "profile_access access", scene.own())
    return scene.attack("new administrator", rows, new_admin=scene.user.id)


KINDS: tuple[Callable[[Scene], Attack], ...] = (
    takeover, slow_theft, bulk_export, mass_delete, escalation, stuffing, revived,
    key_misuse, enumeration, tampering, sabotage, new_admin,
)  # fmt: skip
