"""Functions of the application that may test whether the signed-in user is an administrator."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from psycopg import sql

from maint_pipeline.sources.catalog import Function, singular, split_words
from maint_pipeline.sources.command_line import command
from maint_pipeline.sources.evidence import ORGANIZATIONS, Evidence
from maint_pipeline.sources.suggestion import LEAST_CONFIDENCE, Suggestion

_ACCEPT = sql.SQL("update maint.settings set value = {} where name = 'admin_test'")
DEFAULT = "public.has_role(uuid, public.app_role)"
_ASKING = frozenset({"is", "has", "check", "current", "am", "i", "get"})
_USER_ARGUMENTS = frozenset({"", "user", "uid", "id", "uuid", "auth", "check", "target", "p", "in"})
_WITHIN = ORGANIZATIONS | {
    "group",
    "room",
    "project",
    "club",
    "member",
    "league",
    "store",
    "branch",
}


def suggest_admin_tests(functions: Iterable[Function]) -> list[Suggestion]:
    """Propose functions for the setting admin_test.

    Args:
        functions: of the catalogs.
    """
    weighed = [(function, _weigh(function)) for function in functions]
    return [
        _suggestion(function, evidence)
        for function, evidence in weighed
        if evidence.confidence >= LEAST_CONFIDENCE
    ]


def roles_as_test(found: Iterable[Suggestion]) -> Iterator[Suggestion]:
    """Propose the source of roles if no function identifies administrators.

    Args:
        found: the suggestions of relations.
    """
    roles = [s for s in found if s.part == "user_roles" and s.state != "closed"]
    if not roles:
        return
    best = max(roles, key=lambda s: (s.state == "in use", s.confidence))
    yield Suggestion(
        part="admin_test",
        relation="user_roles",
        state="proposed",
        confidence=round(best.confidence - 0.05, 2),
        reasons=[
            "no function identifies administrators",
            f"{best.relation} may do so: users with the role admin in the source user_roles",
            *([] if best.state == "in use" else ["but set that source first"]),
        ],
        command=_command("user_roles"),
    )


def _command(value: str) -> str:
    return command(["maint", "psql", "-c", _ACCEPT.format(sql.Literal(value)).as_string()])


def _weigh(function: Function) -> Evidence:
    evidence = Evidence()
    words = split_words(function.name)
    name = " ".join(words)
    said = {word for word in map(singular, words) if word in _WITHIN}
    is_whole = name in {"is admin", "is administrator", "current user is admin", "i am admin"}
    evidence.add(0.5, "its name asks for administrators", is_whole)
    above = {"super", "superadmin", "superuser", "platform", "site", "system", "global", "app"}
    is_above = bool(above & set(words)) and not said
    evidence.add(0.55, "its name asks for administrators of everything", is_above)
    evidence.add(0.4, "its name asks for a role", "role" in words and not is_whole)
    is_like = not (is_whole or is_above) and ("admin" in words or "staff" in words)
    evidence.add(0.3, "its name has to do with administrators", is_like)
    evidence.add(-0.5, f"its name is about {', '.join(sorted(said))}", said)
    asks = words[:1] and (words[0] in _ASKING or words[:2] in (["user", "is"], ["user", "has"]))
    evidence.add(-0.8, "its name does not ask", not asks)
    evidence.add(
        -0.1, "it is declared volatile, so that it may write: read it", function.is_volatile
    )
    of_whom = [arg for arg in function.arguments if _is_organization(arg["name"])]
    evidence.add(-0.6, "it asks about one organization", of_whom)
    types = [argument["type"] for argument in function.arguments]
    evidence.add(0.3, "it takes no argument", not types)
    is_user = types == ["uuid"] and _is_user(function.arguments[0]["name"])
    evidence.add(0.25, "it takes the user's id", is_user)
    is_default = function.signature == DEFAULT
    evidence.add(0.4, "it takes the user's id and a role, as expected", is_default)
    evidence.add(0.05, "it reads roles with its owner's rights", function.is_definer)
    return evidence


def _is_organization(name: str) -> bool:
    return any(singular(word) in _WITHIN for word in split_words(name))


def _is_user(name: str) -> bool:
    return all(word in _USER_ARGUMENTS for word in split_words(name))


def _suggestion(function: Function, evidence: Evidence) -> Suggestion:
    types = [argument["type"] for argument in function.arguments]
    is_default = function.signature == DEFAULT
    problem = function.closed_because
    if problem is None and not is_default and types not in ([], ["uuid"]):
        problem = (
            "admin_test is called with the user's id, or with nothing: write a function of these "
            "arguments that calls this one"
        )
    proposed = problem is None and not is_default
    return Suggestion(
        part="admin_test",
        relation=function.signature,
        state="closed" if problem else "in use" if is_default else "proposed",
        confidence=evidence.confidence,
        reasons=evidence.reasons
        + (["it is asked where no admin_test is set"] if is_default else []),
        problem=problem,
        command=_command(function.signature) if proposed else None,
    )
